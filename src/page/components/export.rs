use super::dialog::Dialog;
use super::{open_matters, send};
use crate::page::browser::dom;
use crate::page::command::{self, Giving};
use crate::page::store::{Action, Dialog as Which, Dispatch, Workspace};
use crate::page::text::{Text, t};
use jixiao::paper::Parts;
use yew::prelude::*;

const TEMPLATE_FIELD: &str = "template-file";
/// The older ones can't be filled in; whoever chooses one is told to save it in a new format.
const TEMPLATES: &str = ".docx,.docm,.dotx,.xlsx,.xlsm,.xltx,.doc,.xls,.wps,.et";

/// What a project can be handed out as, each with a button of its own.
pub fn export(workspace: &Workspace, dispatch: &Dispatch) -> Html {
    let give = |id: &'static str, giving: Giving, name: Text, lead: Text| {
        let (workspace, dispatch) = (workspace.clone(), dispatch.clone());
        way(id, name, lead, Text::Save, Callback::from(move |_| command::give(giving, &workspace, &dispatch)))
    };
    let entry = workspace.entry().cloned();
    let with_entry = |done: fn(&crate::page::store::Entry, &Dispatch)| {
        let (entry, dispatch) = (entry.clone(), dispatch.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(entry) = &entry {
                done(entry, &dispatch);
            }
        })
    };
    let json = with_entry(|entry, dispatch| {
        dispatch.dispatch(Action::Dialog(Which::None));
        command::export(entry, dispatch);
    });
    let carry = |all: bool| {
        let (workspace, dispatch) = (workspace.clone(), dispatch.clone());
        Callback::from(move |_: MouseEvent| command::carry(all, &workspace, &dispatch))
    };
    html! {
        <Dialog title={t(Text::Export)} dispatch={dispatch.clone()} actions={html! {}} wide=true>
            <p>{ t(Text::ExportLead) }</p>
            { for workspace.entry().map(|entry| open_matters::errors(entry, dispatch)) }
            { for workspace.entry().filter(|_| workspace.parts.report).map(|entry| open_matters::empty_sections(entry)) }
            <fieldset class="parts"><legend>{ t(Text::Parts) }</legend>{ for parts(workspace.parts, dispatch) }</fieldset>
            <ul class="ways">
                { give("give-docx", Giving::Word, Text::ExportWord, Text::ExportWordLead) }
                { give("give-xlsx", Giving::Excel, Text::ExportExcel, Text::ExportExcelLead) }
                { give("give-html", Giving::Page, Text::ExportPage, Text::ExportPageLead) }
                { way("give-template", Text::Template, Text::TemplateLead, Text::ChooseFile, Callback::from(|_| dom::click(TEMPLATE_FIELD))) }
                { give("give-csv", Giving::List, Text::ExportList, Text::ExportListLead) }
                { give("give-txt", Giving::Text, Text::ExportPlain, Text::ExportPlainLead) }
                if workspace.projects.len() > 1 {
                    { give("give-all-xlsx", Giving::AllExcel, Text::ExportAllExcel, Text::ExportAllLead) }
                    { give("give-all-docx", Giving::AllWord, Text::ExportAllWord, Text::ExportAllLead) }
                    { give("give-all-html", Giving::AllPage, Text::ExportAllPage, Text::ExportAllLead) }
                    { give("give-all-csv", Giving::AllList, Text::ExportAllList, Text::ExportAllLead) }
                    { give("give-all-txt", Giving::AllText, Text::ExportAllPlain, Text::ExportAllLead) }
                }
                { way("give-json", Text::ExportJson, Text::ExportJsonLead, Text::Save, json) }
                { way("give-carried", Text::ExportCarried, Text::ExportCarriedLead, Text::Save, carry(false)) }
                if workspace.projects.len() > 1 {
                    { way("give-all-carried", Text::ExportAllCarried, Text::ExportAllCarriedLead, Text::Save, carry(true)) }
                }
                { way("copy-table", Text::CopyTable, Text::CopyTableLead, Text::Copy, with_entry(command::copy_table)) }
            </ul>
            { template_field(workspace, dispatch) }
        </Dialog>
    }
}

/// 套用模板: the bureau's own file is chosen first.
fn template_field(workspace: &Workspace, dispatch: &Dispatch) -> Html {
    let (workspace, dispatch) = (workspace.clone(), dispatch.clone());
    let chosen = Callback::from(move |event: Event| command::template_chosen(&event, &workspace, &dispatch));
    html! {
        <input id={TEMPLATE_FIELD} class="hidden-field" type="file" accept={TEMPLATES} tabindex="-1" aria-label={t(Text::Template)} onchange={chosen} />
    }
}

fn way(id: &'static str, name: Text, lead: Text, does: Text, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <li class="way">
            <span class="way-name">{ t(name) }<span class="note">{ t(lead) }</span></span>
            <button type="button" {id} class="button" aria-label={format!("{}：{}", t(does), t(name))} {onclick}>{ t(does) }</button>
        </li>
    }
}

fn parts(chosen: Parts, dispatch: &Dispatch) -> Vec<Html> {
    let part = |id: &'static str, name: Text, is_chosen: bool, other: Parts| {
        html! { <label class="check"><input type="checkbox" {id} checked={is_chosen} onchange={send(dispatch, Action::Parts(other))} /><span>{ t(name) }</span></label> }
    };
    vec![
        part("part-table", Text::Paper, chosen.table, Parts { table: !chosen.table, ..chosen }),
        part("part-report", Text::Report, chosen.report, Parts { report: !chosen.report, ..chosen }),
        part("part-findings", Text::PartFindings, chosen.findings, Parts { findings: !chosen.findings, ..chosen }),
        part("part-annex", Text::PartAnnex, chosen.annex, Parts { annex: !chosen.annex, ..chosen }),
        part("part-code", Text::Code, chosen.code, Parts { code: !chosen.code, ..chosen }),
    ]
}
