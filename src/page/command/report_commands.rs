//! What the report does beyond the store: where the keyboard goes, and the clipboard.

use crate::page::browser::{clipboard, dom, timer};
use crate::page::field::FieldName;
use crate::page::store::{Action, Dispatch, How, Message, View};
use crate::page::text;
use jixiao::document::CellId;
use jixiao::report::{Report, SpanKind, to_text};
use jixiao::template::Form;

/// The button that shows a view.
pub fn view_button(view: View) -> &'static str {
    match view {
        View::Table => "view-table",
        View::Report => "view-report",
    }
}

/// Lays the table or the report on the desk. What had the focus is gone then, so the button gets it.
pub fn show(view: View, dispatch: &Dispatch) {
    dispatch.dispatch(Action::View(view));
    timer::after(0, move || {
        dom::scroll_to_top("desk");
        dom::focus(view_button(view));
    })
    .forget();
}

/// The button that opens a section for writing.
pub fn write_button(cell: CellId, form: &Form) -> String {
    format!("write-{}", cell.name(form))
}

/// Closes a section; the keyboard goes back to the button that opened it.
pub fn finish_writing(cell: CellId, form: &Form, dispatch: &Dispatch) {
    let button = write_button(cell, form);
    dispatch.dispatch(Action::Write(None));
    timer::after(0, move || dom::focus(&button)).forget();
}

/// Puts a field into the section that is being written, where the caret stands.
pub fn insert_field(cell: CellId, form: &Form, field: &str, dispatch: &Dispatch) {
    let name = cell.name(form);
    if let Some(text) = dom::insert_at_caret(&name, field) {
        dispatch.dispatch(Action::Typed { field: FieldName::Cell(cell), text, how: How::Whole });
    }
}

/// The whole report as text, for a word processor.
pub fn copy_report(report: &Report, dispatch: &Dispatch) {
    let open = |kind| report.sections.iter().flat_map(|section| &section.text).filter(|span| span.kind == kind).count();
    let said = if clipboard::write(&to_text(report)) {
        let left = open(SpanKind::Blank) + open(SpanKind::Missing) + open(SpanKind::Unknown);
        Message::plain(text::report_copied().to_owned(), text::left_open(left).into_iter().collect())
    } else {
        Message::serious(text::cannot_copy().to_owned(), Vec::new())
    };
    dispatch.dispatch(Action::Say(said));
}
