use super::cell;
use super::row_menu::{self, Menu};
use crate::page::store::Dispatch;
use jixiao::layout::{self, CellView, Content, SheetRow};
use jixiao::template::Form;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties)]
pub struct Props {
    pub row: Rc<SheetRow>,
    pub form: Rc<Form>,
    pub dispatch: Dispatch,
    pub part: Part,
    /// The open menu, where it is this row's.
    pub menu: Option<Rc<Menu>>,
}

/// Where in its table a line stands.
#[derive(Clone)]
pub enum Part {
    Head,
    /// The first line under a head. A side label that began in the head goes on here.
    First(Rc<SheetRow>),
    Body,
}

/// Lines are compared by identity: the layout keeps the same object for a line that did not change.
impl PartialEq for Props {
    fn eq(&self, other: &Props) -> bool {
        let part = match (&self.part, &other.part) {
            (Part::Head, Part::Head) | (Part::Body, Part::Body) => true,
            (Part::First(this), Part::First(that)) => Rc::ptr_eq(this, that),
            (Part::Head | Part::First(_) | Part::Body, _) => false,
        };
        part && self.menu == other.menu
            && Rc::ptr_eq(&self.row, &other.row)
            && Rc::ptr_eq(&self.form, &other.form)
            && self.dispatch == other.dispatch
    }
}

/// One line of the paper. Only lines that changed are drawn anew.
#[component]
pub fn Row(props: &Props) -> Html {
    let Props { row, form, part, .. } = props;
    let side = match part {
        Part::First(head) => layout::side(head).map(|(cell, below)| html! {
            <th class="label side goes-on" rowspan={below.to_string()} colspan={span(cell.column_span)} scope="rowgroup"><span>{ layout::label(cell) }</span></th>
        }),
        Part::Head | Part::Body => None,
    };
    let last = row.cells.len().saturating_sub(1);
    let cells = row.cells.iter().enumerate().map(|(at, view)| {
        let handle = row
            .row
            .filter(|(_, _, changeable)| at == last && *changeable)
            .map(|(table, id, _)| row_menu::handle(&props.dispatch, table, id, props.menu.as_ref()));
        let beside = at.checked_sub(1).and_then(|before| row.cells.get(before)).map(|cell| &cell.content);
        draw(view, form, part, row.heading, beside, handle)
    });
    // A line that begins a tall cell is as tall as that cell to the printer, which would move it whole to the next page.
    let tall = side.is_some() || row.cells.iter().any(|cell| cell.row_span > 1);
    // Titles say nothing in a small window, where every field bears its own.
    let titles = row.cells.iter().all(|cell| matches!(cell.content, Content::Label(_)));
    html! { <tr class={classes!(tall.then_some("begins-tall"), titles.then_some("titles"))}>{ for side }{ for cells }</tr> }
}

fn span(count: u16) -> Option<String> {
    (count > 1).then(|| count.to_string())
}

fn draw(view: &CellView, form: &Form, part: &Part, heading: bool, beside: Option<&Content>, handle: Option<Html>) -> Html {
    let colspan = span(view.column_span);
    match &view.content {
        // A tall label in the head is drawn beside the body, since no cell can reach out of its head. On paper it stands here, and so again
        // on every page.
        Content::Label(text) if matches!(part, Part::Head) && view.row_span > 1 => {
            html! { <td class="label side-top" {colspan}><span class="on-paper" aria-hidden="true">{ text }</span></td> }
        }
        Content::Label(text) if heading => {
            html! { <th class="label title" {colspan} rowspan={span(view.row_span)} scope="col">{ text }</th> }
        }
        // A corner without words is no title.
        Content::Label(text) if text.is_empty() => html! { <td class="label" {colspan} /> },
        // Nor is a figure that the form itself gives, such as the 100% of all shares.
        Content::Label(text)
            if text.strip_suffix('%').is_some_and(|digits| digits.chars().all(|digit| digit.is_ascii_digit())) =>
        {
            html! { <td class="label figure" {colspan}>{ text }</td> }
        }
        Content::Label(text) => {
            let class = if view.row_span > 1 { "label side" } else { "label" };
            html! { <th {class} {colspan} rowspan={span(view.row_span)} scope="row">{ text }</th> }
        }
        Content::Field(field) => {
            let named = matches!(beside, Some(Content::Label(text)) if text.replace('\n', "").contains(&field.column));
            let title = (!named).then(|| field.column.clone());
            html! {
                <td class={cell::classes(field, form)} {colspan} rowspan={span(view.row_span)} data-title={title}>{ cell::content(field) }{ for handle }</td>
            }
        }
    }
}
