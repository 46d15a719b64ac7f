use super::dialog::Dialog;
use super::{open_matters, send};
use crate::page::command;
use crate::page::store::{Action, Dispatch, View, Workspace};
use crate::page::text::{Text, t};
use jixiao::paper::Parts;
use yew::prelude::*;

/// What to print, before the browser's own dialog asks how.
pub fn print(workspace: &Workspace, dispatch: &Dispatch) -> Html {
    let Workspace { annex, charts, view, parts, .. } = *workspace;
    let landscape = workspace.lies();
    let now = {
        let dispatch = dispatch.clone();
        Callback::from(move |_| command::print(&dispatch))
    };
    let actions = html! { <button type="button" class="button primary" onclick={now}>{ t(Text::PrintNow) }</button> };
    let table = view == View::Table;
    html! {
        <Dialog title={t(Text::PrintTitle)} dispatch={dispatch.clone()} {actions} close={Text::Cancel}>
            <p>{ t(if table { Text::PrintLead } else { Text::PrintReport }) }</p>
            { for workspace.entry().map(|entry| open_matters::errors(entry, dispatch)) }
            { for workspace.entry().filter(|_| !table).map(|entry| open_matters::empty_sections(entry)) }
            if table {
            <label class="check">
                <input type="checkbox" id="print-landscape" checked={landscape} onchange={send(dispatch, Action::Landscape(!landscape))} />
                <span>{ t(Text::Landscape) }</span>
            </label>
            <label class="check"><input type="checkbox" id="print-charts" checked={charts} onchange={send(dispatch, Action::Charts(!charts))} /><span>{ t(Text::PrintCharts) }</span></label>
            <label class="check"><input type="checkbox" checked={annex} onchange={send(dispatch, Action::Annex(!annex))} /><span>{ t(Text::Annex) }</span></label>
            <label class="check"><input type="checkbox" id="print-code" checked={parts.code} onchange={send(dispatch, Action::Parts(Parts { code: !parts.code, ..parts }))} /><span>{ t(Text::Code) }</span></label>
            }
        </Dialog>
    }
}
