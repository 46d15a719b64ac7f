use super::send;
use crate::page::store::{Action, Dialog, Dispatch, Entry};
use crate::page::text;
use jixiao::finding::{Finding, Severity};
use jixiao::report;
use jixiao::wording;
use yew::prelude::*;

/// So many errors are named, each with a way to it.
const NAMED: usize = 3;

/// What is still wrong in a table that is about to leave the page: its errors.
pub fn errors(entry: &Entry, dispatch: &Dispatch) -> Html {
    let errors: Vec<&Finding> = entry.evaluation.findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
    if errors.is_empty() {
        return html! {};
    }
    let named = errors.iter().take(NAMED).map(|finding| {
        let said = wording::finding(finding, &entry.template, entry.document());
        let go = finding.at.first().map(|cell| {
            let (close, go) = (send::<MouseEvent>(dispatch, Action::Dialog(Dialog::None)), send(dispatch, Action::Go(*cell)));
            Callback::from(move |event: MouseEvent| {
                close.emit(event.clone());
                go.emit(event);
            })
        });
        html! { <li><button type="button" class="link" onclick={go}>{ said.text }</button></li> }
    });
    html! {
        <div class="open-matters" role="note">
            <p>{ text::open_errors(errors.len(), NAMED) }</p>
            <ul>{ for named }</ul>
        </div>
    }
}

/// The sections of the report in which nothing stands.
pub fn empty_sections(entry: &Entry) -> Html {
    let report = report::draft(&entry.template, entry.document(), &entry.evaluation);
    let sections = report.into_iter().flat_map(|report| report.sections);
    let empty: Vec<String> =
        sections.filter(|section| section.cell.is_some() && section.text.is_empty()).map(|section| section.heading).collect();
    if empty.is_empty() {
        return html! {};
    }
    html! { <p class="open-matters" role="note">{ text::empty_sections(&empty) }</p> }
}
