use super::row::{Part as Place, Row};
use super::row_menu::Menu;
use crate::page::store::Dispatch;
use jixiao::layout::{Part, SheetRow};
use jixiao::template::Form;
use std::rc::Rc;
use yew::prelude::*;

/// One table of the paper. All tables share the grid, so their columns stand in line.
pub fn form_table(
    part: &Part,
    key: String,
    label: &str,
    grid: &[u16],
    form: &Rc<Form>,
    menu: Option<&Rc<Menu>>,
    dispatch: &Dispatch,
) -> Html {
    let total = grid.iter().map(|width| u32::from(*width)).sum::<u32>().max(1);
    let columns = grid.iter().map(|width| {
        // The attribute, not a style: the page's policy allows no inline styles.
        let percent = u32::from(*width) * 10_000 / total;
        html! { <col width={format!("{}.{:02}%", percent / 100, percent % 100)} /> }
    });
    let draw = |row: &Rc<SheetRow>, part| {
        let menu = menu.filter(|menu| row.row.is_some_and(|(table, id, _)| (table, id) == (menu.table, menu.row))).cloned();
        html! { <Row key={row.key.clone()} row={row.clone()} form={form.clone()} dispatch={dispatch.clone()} {part} {menu} /> }
    };
    let head = part.head.as_ref().map(|head| html! { <thead>{ draw(head, Place::Head) }</thead> });
    let body = part.body.iter().enumerate().map(|(at, row)| match &part.head {
        Some(head) if at == 0 => draw(row, Place::First(head.clone())),
        Some(_) | None => draw(row, Place::Body),
    });
    html! {
        <table {key} class="form-table" aria-label={label.to_owned()}>
            <colgroup>{ for columns }</colgroup>
            { for head }
            <tbody>{ for body }</tbody>
        </table>
    }
}
