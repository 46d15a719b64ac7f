//! What is drawn, one component per file.

mod annex;
mod app;
mod cell;
mod chart;
mod charts;
mod choices;
mod dialog;
mod export;
mod findings;
mod form_table;
mod formula;
mod help;
mod import_list;
mod inspector;
mod notices;
mod open_matters;
mod paper;
mod past;
mod pasted;
mod print;
mod profile;
mod project_list;
mod rates;
mod raw;
mod report;
mod report_editor;
mod row;
mod row_menu;
mod row_panel;
mod source_pane;
mod status_line;
mod template;
mod text_field;
mod top_bar;
mod views;
mod welcome;
mod what_if;

pub use app::App;

use super::store::{Action, Dispatch};
use yew::Callback;

/// A handler that sends one action, whatever the event is.
fn send<E>(dispatch: &Dispatch, action: Action) -> Callback<E> {
    let dispatch = dispatch.clone();
    Callback::from(move |_| dispatch.dispatch(action.clone()))
}
