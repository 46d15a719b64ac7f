use super::text_field::TextField;
use crate::page::field::{Mark, Place};
use crate::page::text::{Text, t};
use jixiao::document::CellId;
use jixiao::finding::Severity;
use jixiao::layout::{CellState, Field};
use jixiao::template::{CellKind, Form};
use jixiao::wording;
use yew::prelude::*;

/// The inside of a cell: what is shown and printed, the field above it, and the mark of its state.
pub fn content(field: &Field) -> Html {
    let lines = has_lines(field.kind);
    let computed = matches!(field.state, CellState::Computed);
    let placeholder = if computed { field.shown.clone() } else { String::new() };
    let named = Mark { place: Place::Cell, name: field.name.clone() };
    let invalid = field.severity == Some(Severity::Error);
    let described = field.severity.is_some().then(|| super::findings::words_of(&field.name));
    html! {
        <>
            <div class="stack">
                // The line break at the end keeps an empty last line as tall as the field shows it.
                <span class="mirror" aria-hidden="true">{ &field.shown }{ if field.shown.ends_with('\n') { "\u{200b}" } else { "" } }</span>
                <TextField mark={named} label={field.label.clone()} typed={field.typed.clone()} {placeholder} {lines} numeric={field.kind.is_numeric()} locked={field.locked} {invalid} {described} />
            </div>
            { mark(field) }
            if let Some(words) = field.read_as {
                <span class="read-as">{ words }</span>
            }
            if let Some(suggestion) = &field.suggestion {
                <span class="suggestion">{ t(Text::Suggested) }{ " " }<span>{ suggestion }</span></span>
            }
        </>
    }
}

fn mark(field: &Field) -> Html {
    match field.state {
        CellState::Agrees(agreement) => {
            html! { <span class="mark agrees" title={wording::agreement(agreement, None)}>{ "✓" }</span> }
        }
        CellState::Differs => html! { <span class="mark differs" title={t(Text::Differs)}>{ "✕" }</span> },
        CellState::Typed | CellState::Computed | CellState::Needed | CellState::Blank | CellState::NotApplicable => html! {},
    }
}

/// The classes that show what a cell is and how it stands.
pub fn classes(field: &Field, form: &Form) -> Classes {
    let kind = match field.kind {
        CellKind::Amount | CellKind::Price | CellKind::Count | CellKind::Percent | CellKind::Points => "number",
        // What stands alone on the form is written at length; in a row it is a remark.
        CellKind::Prose if matches!(field.id, CellId::Fixed(_)) => "essay",
        CellKind::Prose => "prose",
        CellKind::Year | CellKind::Date | CellKind::Grade | CellKind::Choice => "short",
        CellKind::Text if is_title(field, form) => "short",
        CellKind::Text | CellKind::Value => "words",
    };
    let state = match field.state {
        CellState::Typed | CellState::Blank | CellState::Agrees(_) => None,
        CellState::Computed => Some("computed"),
        CellState::Differs => Some("wrong"),
        CellState::Needed => Some("needed"),
        CellState::NotApplicable => Some("not-applicable"),
    };
    let severity = field.severity.map(|severity| match severity {
        Severity::Error => "has-error",
        Severity::Warning => "has-warning",
        Severity::Info => "has-info",
    });
    let depth = match field.depth {
        0 => None,
        1 => Some("set-in-1"),
        _ => Some("set-in-2"),
    };
    classes!("cell", kind, state, severity, depth)
}

/// Merged columns hold the titles of the rows beside them, and are centred like titles.
fn is_title(field: &Field, form: &Form) -> bool {
    match field.id {
        CellId::Fixed(_) => false,
        CellId::Row { table, column, .. } => {
            form.table(table).and_then(|table| table.column(column)).is_some_and(|column| column.merge)
        }
    }
}

/// Words wrap in their cell, so they need a field that wraps too.
fn has_lines(kind: CellKind) -> bool {
    match kind {
        CellKind::Text | CellKind::Prose | CellKind::Value => true,
        CellKind::Year
        | CellKind::Date
        | CellKind::Amount
        | CellKind::Price
        | CellKind::Count
        | CellKind::Percent
        | CellKind::Points
        | CellKind::Grade
        | CellKind::Choice => false,
    }
}
