use super::send;
use crate::page::store::{Action, Dispatch, Entry};
use crate::page::text::{self, Text, t};
use jixiao::engine::Progress;
use jixiao::finding::{Finding, Severity};
use jixiao::order::SortedSet;
use jixiao::wording;
use yew::prelude::*;

/// How many findings of a severity are listed: nobody reads on before mending these, and a longer list slows every key.
const MOST: usize = 100;

/// The element that holds the first words found of a cell, while the findings are shown.
pub fn words_of(cell: &str) -> AttrValue {
    AttrValue::from(format!("found-{cell}"))
}

/// 核对: what was found, the most serious first.
pub fn findings(entry: &Entry, current: Option<usize>, dispatch: &Dispatch) -> Html {
    let all = &entry.evaluation.findings;
    if entry.document().is_untouched(&entry.template.form) {
        return html! { <div class="nothing"><p>{ t(Text::Untouched) }</p><p class="note">{ t(Text::UntouchedLead) }</p></div> };
    }
    let progress = &entry.evaluation.progress;
    let standing = progress.standing();
    if all.is_empty() {
        return html! {
            <div class="nothing">
                <p>{ text::nothing_found(standing) }</p>
                <p class="note">{ t(Text::NoFindingsLead) }</p>
                { for next_open(progress, dispatch) }
            </div>
        };
    }
    let mut described = SortedSet::new();
    let groups = [Severity::Error, Severity::Warning, Severity::Info].into_iter().map(|severity| {
        let of_group: Vec<(usize, &Finding)> =
            all.iter().enumerate().filter(|(_, finding)| finding.severity == severity).collect();
        if of_group.is_empty() {
            return html! {};
        }
        let listed = of_group.iter().enumerate().filter(|(place, (at, _))| *place < MOST || current == Some(*at));
        let items: Vec<Html> = listed
            .map(|(_, (at, finding))| {
                let cell = finding.at.first().filter(|cell| described.insert(**cell));
                let words = cell.map(|cell| words_of(&cell.name(&entry.template.form)));
                item(entry, finding, words, current == Some(*at), dispatch)
            })
            .collect();
        let more = of_group.len().checked_sub(MOST).filter(|more| *more > 0);
        html! {
            <section class={classes!("findings", severity.id())} key={severity.id()}>
                <h3>{ sign(severity) }{ " " }{ text::count_of(wording::severity(severity), of_group.len()) }</h3>
                <ul class="list">{ for items }</ul>
                if let Some(more) = more {
                    <p class="note more">{ text::more_findings(more) }</p>
                }
            </section>
        }
    });
    html! {
        <>
            <div class="pane-head"><button type="button" class="button small" onclick={send(dispatch, Action::NextFinding)}>{ t(Text::NextFinding) }</button></div>
            { for groups }
            if let Some(open) = wording::progress::beside_findings(standing) {
                <div class="nothing"><p class="note">{ text::sentence(&open) }</p>{ for next_open(progress, dispatch) }</div>
            }
        </>
    }
}

/// A way to the first place that is still to be filled in.
fn next_open(progress: &Progress, dispatch: &Dispatch) -> Option<Html> {
    let cell = *progress.open.first()?;
    Some(html! {
        <button type="button" class="button small" onclick={send(dispatch, Action::Go(cell))}>{ t(Text::NextOpen) }</button>
    })
}

/// A sign beside the word, so that colour alone says nothing.
fn sign(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "✕",
        Severity::Warning => "△",
        Severity::Info => "○",
    }
}

fn item(entry: &Entry, finding: &Finding, words: Option<AttrValue>, is_current: bool, dispatch: &Dispatch) -> Html {
    let said = wording::finding(finding, &entry.template, entry.document());
    let go = finding.at.first().map(|cell| send(dispatch, Action::Go(*cell)));
    // Whether it leaves no other fault behind is tried out when it is asked for: with every key that would cost too much.
    let fix = said.fix.map(|label| {
        html! { <button type="button" class="button small" onclick={send(dispatch, Action::Mend(Box::new(finding.clone())))}>{ label }</button> }
    });
    let place = entry.source.as_ref().and_then(|source| source.words(*finding.at.first()?, &entry.template.form));
    // One check may find several things at one cell; what it says of them differs.
    let key = format!("{}{}", finding.code.id(), said.text);
    html! {
        <li class={classes!("finding", is_current.then_some("is-current"))} {key}>
            <button type="button" class="finding-text" onclick={go}>
                <span class="finding-title">{ said.title }<span class="code">{ finding.code.id() }</span></span>
                <span id={words}>{ said.text }</span>
                if let Some(place) = place {
                    <span class="in-source">{ text::in_source(place) }</span>
                }
            </button>
            { for fix }
        </li>
    }
}
