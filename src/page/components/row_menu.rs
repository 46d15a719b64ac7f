use super::send;
use crate::page::browser::focus;
use crate::page::store::{Action, Dispatch, Entry};
use crate::page::text::{self, Text, t};
use jixiao::document::{CellId, RowId};
use jixiao::template::TableIndex;
use std::rc::Rc;
use yew::prelude::*;

/// The element that holds the open menu and what opened it.
pub const OPEN: &str = "row-menu";

/// What can be done with a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Menu {
    pub table: TableIndex,
    pub row: RowId,
    first: bool,
    last: bool,
    /// Whether the table has room for another row.
    room: bool,
    /// The cells of this row that are printed as one with others, with the name of their column.
    joined: Vec<(CellId, String)>,
}

/// The menu of a row, where the row is there.
pub fn menu(entry: &Entry, table: TableIndex, row: RowId) -> Option<Rc<Menu>> {
    let def = entry.template.form.table(table)?;
    let count = entry.document().rows(table).len();
    let at = entry.document().row_position(table, row)?;
    let columns = (0..).zip(&def.columns).filter(|(_, column)| column.merge && !column.hidden);
    let joined = columns.filter_map(|(at, column)| {
        let cell = CellId::Row { table, row, column: at };
        let field = entry.field(cell)?;
        (!field.merged.is_empty()).then(|| (cell, column.label.clone()))
    });
    Some(Rc::new(Menu {
        table,
        row,
        first: at == 0,
        last: at + 1 == count,
        room: def.max_rows.is_none_or(|most| count < usize::from(most)),
        joined: joined.collect(),
    }))
}

/// The one handle of a row, for the mouse and for fingers. It only opens the menu: nothing that is done to a row lies beside it, and
/// the keyboard has F2.
pub fn handle(dispatch: &Dispatch, table: TableIndex, row: RowId, open: Option<&Rc<Menu>>) -> Html {
    let onclick = match open {
        Some(_) => send(dispatch, Action::CloseRowMenu { back: true }),
        None => send(dispatch, Action::RowMenu(Some((table, row)))),
    };
    let expanded = open.is_some();
    html! {
        <div class={classes!("handle", expanded.then_some("is-open"))} id={expanded.then_some(OPEN)}>
            <button type="button" class="grip" tabindex="-1" title={t(Text::RowMenu)} aria-label={t(Text::RowMenu)}
                aria-haspopup="menu" aria-expanded={expanded.to_string()} {onclick}>
                { "⋮" }<span class="grip-name">{ t(Text::RowMenuName) }</span>
            </button>
            if let Some(menu) = open {
                <RowMenu menu={menu.clone()} dispatch={dispatch.clone()} />
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct Props {
    menu: Rc<Menu>,
    dispatch: Dispatch,
}

/// The open menu. It takes the keyboard; arrows go about in it, Esc and everything outside close it.
#[component]
fn RowMenu(props: &Props) -> Html {
    let Props { menu, dispatch } = props;
    {
        let dispatch = dispatch.clone();
        use_effect_with((), move |()| {
            let kept = focus::menu(OPEN, move |back| dispatch.dispatch(Action::CloseRowMenu { back }));
            move || drop(kept)
        });
    }
    let at = Some((menu.table, menu.row));
    let item = |text: Text, key: &'static str, action: Action, enabled: bool| {
        html! {
            <button type="button" class="menu-item" role="menuitem" tabindex="-1" disabled={!enabled} onclick={send(dispatch, action)}>
                <span>{ t(text) }</span><kbd>{ key }</kbd>
            </button>
        }
    };
    let splits = menu.joined.iter().map(|(cell, column)| {
        html! {
            <button type="button" class="menu-item" role="menuitem" tabindex="-1" onclick={send(dispatch, Action::Split(*cell))}>
                <span>{ text::split(column) }</span>
            </button>
        }
    });
    html! {
        <div class="row-menu" role="menu" aria-label={t(Text::RowMenu)}>
            { item(Text::RowUp, "Alt＋↑", Action::MoveRow(at, -1), !menu.first) }
            { item(Text::RowDown, "Alt＋↓", Action::MoveRow(at, 1), !menu.last) }
            { item(Text::AddRow, "Ctrl＋Enter", Action::AddRow(Some((menu.table, Some(menu.row)))), menu.room) }
            { item(Text::CopyRow, "Ctrl＋Shift＋D", Action::CopyRow(at), menu.room) }
            { for splits }
            <div class="menu-line" role="separator" />
            { item(Text::RemoveRow, "Ctrl＋Delete", Action::RemoveRow(at), true) }
        </div>
    }
}
