use super::send;
use super::text_field::TextField;
use crate::page::browser::dom;
use crate::page::field::FieldName;
use crate::page::store::{Action, Dispatch, Entry};
use crate::page::text::{self, Text, t};
use jixiao::document::{CellId, Edit, Row, RowId};
use jixiao::engine::scoring::ScoringKind;
use jixiao::report;
use jixiao::template::{CellKind, ColumnChoice, ColumnIndex, TableDef, TableIndex};
use jixiao::wording;
use yew::prelude::*;

/// What belongs to the row of the selected cell and is not printed: how it is scored, and its own titles where the print merges them.
pub fn row_panel(entry: &Entry, cell: CellId, dispatch: &Dispatch) -> Option<Html> {
    let CellId::Row { table, row: id, .. } = cell else { return None };
    let def = entry.template.form.table(table)?;
    let row = entry.document().row(table, id)?;
    let kind = def.at.kind.map(|column| kind_choice(entry, table, id, row, column, dispatch));
    let tier =
        def.at.tier.filter(|_| is_tiered(entry, table, id)).map(|column| tier_choice(entry, table, id, row, column, dispatch));
    let titles: Vec<Html> = titles(def).map(|(column, label)| title_field(entry, table, id, row, column, label)).collect();
    let notes: Vec<Html> = notes(def).map(|(column, label)| title_field(entry, table, id, row, column, label)).collect();
    let more: Vec<Html> = more(def).map(|(column, label)| title_field(entry, table, id, row, column, label)).collect();
    let phrases = phrases(entry, table, id, dispatch);
    if kind.is_none() && titles.is_empty() && notes.is_empty() && more.is_empty() && phrases.is_none() {
        return None;
    }
    Some(html! {
        // A panel of its own for each row, so that a field never shows another row's text.
        <div class="row-panel" key={format!("{table}.{id}")}>
            <h4>{ t(Text::ThisRow) }</h4>
            { for kind }
            { for tier }
            { for phrases }
            { for notes }
            if !titles.is_empty() {
                <p class="note">{ t(Text::ThisRowLead) }</p>
                { for titles }
            }
            if !more.is_empty() {
                <details class="more">
                    <summary>{ t(Text::MoreColumns) }</summary>
                    <p class="note">{ t(Text::MoreColumnsLead) }</p>
                    { for more }
                </details>
            }
        </div>
    })
}

/// Beginnings for the reason, where the row needs one.
fn phrases(entry: &Entry, table: TableIndex, row: RowId, dispatch: &Dispatch) -> Option<Html> {
    let (template, document) = (&entry.template, entry.document());
    let phrases = report::phrases::reasons(template, document, &entry.evaluation, table, row);
    let buttons: Vec<Html> = phrases
        .iter()
        .filter_map(|phrase| {
            let edit = report::phrases::inserted(template, document, table, row, phrase)?;
            let onclick = send(dispatch, Action::Edit(edit));
            Some(html! { <li><button type="button" class="phrase" {onclick}>{ phrase }</button></li> })
        })
        .collect();
    (!buttons.is_empty()).then(|| {
        html! {
            <div class="phrases">
                <h4>{ t(Text::Phrases) }</h4>
                <p class="note">{ t(Text::PhrasesLead) }</p>
                <ul>{ for buttons }</ul>
            </div>
        }
    })
}

fn is_tiered(entry: &Entry, table: TableIndex, row: RowId) -> bool {
    entry.evaluation.row(table, row).is_some_and(|eval| eval.kind == ScoringKind::Tier)
}

fn titles(def: &TableDef) -> impl Iterator<Item = (ColumnIndex, &str)> {
    (0..).zip(&def.columns).filter(|(_, column)| column.merge && !column.hidden).map(|(at, column)| (at, column.label.as_str()))
}

/// What is written down for a row and not printed, such as where a value comes from.
fn notes(def: &TableDef) -> impl Iterator<Item = (ColumnIndex, &str)> {
    let hidden = (0..).zip(&def.columns).filter(|(_, column)| {
        column.hidden && column.choice == ColumnChoice::Fixed && matches!(column.kind, CellKind::Text | CellKind::Prose)
    });
    hidden.map(|(at, column)| (at, column.label.as_str()))
}

/// The columns that the sheet shows when they are used. They stay here when they are, so that the typing goes on.
fn more(def: &TableDef) -> impl Iterator<Item = (ColumnIndex, &str)> {
    let open = (0..).zip(&def.columns).filter(|(_, column)| column.choice == ColumnChoice::WhenUsed);
    open.map(|(at, column)| (at, column.label.as_str()))
}

/// Sets this cell of this row alone, without the cells that are printed as one with it.
fn set(dispatch: &Dispatch, cell: CellId) -> Callback<Event> {
    let dispatch = dispatch.clone();
    Callback::from(move |event: Event| {
        if let Some(field) = dom::target(&event) {
            dispatch.dispatch(Action::SetAlone(Edit::Set { cell, text: dom::value(&field) }));
        }
    })
}

fn kind_choice(entry: &Entry, table: TableIndex, id: RowId, row: &Row, column: ColumnIndex, dispatch: &Dispatch) -> Html {
    let chosen = row.cell(column).text();
    let automatic = match entry.evaluation.row(table, id) {
        Some(eval) if chosen.is_empty() => text::automatic(wording::scoring_kind(eval.kind)),
        Some(_) | None => t(Text::Automatic).to_owned(),
    };
    // The form's own rules first: they are what its rows are made for.
    let rules = entry.template.form.table(table).into_iter().flat_map(|def| &def.rules);
    let rules = rules.map(|rule| (rule.id.clone(), text::by_rule(&rule.name)));
    let kinds = ScoringKind::ALL.into_iter().map(|kind| (kind.id().to_owned(), wording::scoring_kind(kind).to_owned()));
    let options = rules.chain(kinds);
    choice(Text::ScoringKind, automatic, options, chosen, set(dispatch, CellId::Row { table, row: id, column }))
}

fn tier_choice(entry: &Entry, table: TableIndex, id: RowId, row: &Row, column: ColumnIndex, dispatch: &Dispatch) -> Html {
    let options = entry.template.profile.tiers.list.iter().map(|tier| (tier.id.clone(), tier.name.clone()));
    let onchange = set(dispatch, CellId::Row { table, row: id, column });
    choice(Text::TierChoice, t(Text::Automatic).to_owned(), options, row.cell(column).text(), onchange)
}

fn choice(
    label: Text,
    automatic: String,
    options: impl Iterator<Item = (String, String)>,
    chosen: &str,
    onchange: Callback<Event>,
) -> Html {
    let options = options.map(|(id, name)| {
        let selected = id == chosen;
        html! { <option {selected} value={id}>{ name }</option> }
    });
    html! {
        <label class="choice-field">
            <span>{ t(label) }</span>
            <select class="select" {onchange}>
                <option value="" selected={chosen.is_empty()}>{ automatic }</option>
                { for options }
            </select>
        </label>
    }
}

fn title_field(entry: &Entry, table: TableIndex, row_id: RowId, row: &Row, column: ColumnIndex, label: &str) -> Html {
    let cell = CellId::Row { table, row: row_id, column };
    let mark = FieldName::Alone(cell).mark(&entry.template.form);
    html! {
        <label class="choice-field">
            <span>{ label }</span>
            <span class="boxed"><TextField {mark} label={label.to_owned()} typed={row.cell(column).text().to_owned()} /></span>
        </label>
    }
}
