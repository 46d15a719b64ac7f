use super::form_table::form_table;
use super::row_menu;
use super::text_field::TextField;
use super::{cell, send};
use crate::page::browser::focus;
use crate::page::field::FieldName;
use crate::page::store::{Action, Dialog, Dispatch, Entry};
use crate::page::text::{self, Text, t};
use jixiao::document::{CellId, RowId};
use jixiao::layout::{self, Signature};
use jixiao::paper::code;
use jixiao::template::{Form, Role, TableIndex};
use jixiao::wording::paper as words;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub entry: Rc<Entry>,
    /// The row whose menu is open.
    pub menu: Option<(TableIndex, RowId)>,
    /// Whether the print bears 计算核对码.
    pub code: bool,
    pub dispatch: Dispatch,
}

/// The form as it looks on paper. It is the place to type, and what is printed.
#[component]
pub fn Paper(props: &Props) -> Html {
    let Props { entry, dispatch, .. } = props;
    let menu = props.menu.and_then(|(table, row)| row_menu::menu(entry, table, row));
    let sheet = &entry.sheet;
    let form = &entry.template.form;
    let sections = sheet.sections.iter().enumerate().map(|(at, section)| {
        let label = section.heading.as_deref().unwrap_or(&sheet.title);
        let parts = layout::parts(section);
        let tables = parts.iter().enumerate().map(|(part_at, part)| {
            form_table(part, format!("{at}.{part_at}"), label, &sheet.grid, form, menu.as_ref(), dispatch)
        });
        html! {
            <section key={at} class="section">
                if let Some(heading) = &section.heading {
                    <h2>{ heading }</h2>
                }
                { for tables }
            </section>
        }
    });
    let open = send(dispatch, Action::Dialog(Dialog::Columns));
    let columns = (!entry.column_choices().is_empty()).then(|| {
        html! { <button type="button" id="columns" class="columns" aria-haspopup="dialog" onclick={open}>{ t(Text::Columns) }</button> }
    });
    let sign = sheet.sign.iter().map(|part| signature(part, form));
    html! {
        <article class={classes!("paper", "is-form", form.landscape.then_some("is-wide"))} onclick={Callback::from(|event: MouseEvent| focus::field_around(&event))}>
            <header class="paper-head">
                <h1>{ &sheet.title }</h1>
                <div class="under-title">
                    { for columns }
                    { year(entry) }
                    <button type="button" id="unit" class="unit" title={t(Text::ChangeUnit)} aria-haspopup="dialog" onclick={send(dispatch, Action::Dialog(Dialog::Unit(entry.document().unit)))}>{ t(Text::Unit) }{ &sheet.unit }</button>
                </div>
            </header>
            { for sections }
            { for empty_tables(entry, dispatch) }
            <footer class="sign">{ for sign }</footer>
            if props.code {
                <p class="paper-code">{ words::code(&code(&entry.template, &entry.evaluation, sheet)) }</p>
            }
        </article>
    }
}

/// A part of the foot: words, or a cell after its label.
fn signature(part: &Signature, form: &Form) -> Html {
    let Some(field) = &part.field else { return html! { <div class="sign-words">{ &part.label }</div> } };
    html! {
        <div class="sign-item">
            <span class="sign-label">{ &part.label }</span>
            <div class={classes!(cell::classes(field, form), "sign-cell")}>{ cell::content(field) }</div>
        </div>
    }
}

/// The year stands under the title, outside the table.
fn year(entry: &Entry) -> Html {
    let form = &entry.template.form;
    let Some(at) = form.role(Role::FiscalYear) else { return html! { <span class="year" /> } };
    let id = CellId::Fixed(at);
    html! {
        <span class="year cell">
            <span class="stack">
                <span class="mirror" aria-hidden="true">{ &entry.sheet.year }</span>
                <TextField mark={FieldName::Cell(id).mark(form)} label={t(Text::Year)} typed={entry.document().fixed(at).text().to_owned()} placeholder={t(Text::Year)} />
            </span>
        </span>
    }
}

/// A table without rows has no row to add the next one from.
fn empty_tables(entry: &Entry, dispatch: &Dispatch) -> Vec<Html> {
    let form = &entry.template.form;
    let empty = (0..).zip(&form.tables).filter(|(at, table)| !table.fixed && entry.document().rows(*at).is_empty());
    empty
        .map(|(at, table)| html! {
            <p class="empty-table"><button type="button" class="button" onclick={send(dispatch, Action::AddRow(Some((at, None))))}>{ "＋ " }{ text::add_to(&table.name) }</button></p>
        })
        .collect()
}
