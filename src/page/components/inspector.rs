use super::charts::Charts;
use super::findings::findings;
use super::formula::Formula;
use super::profile::ProfilePane;
use super::send;
use crate::page::browser::dom;
use crate::page::store::{Action, Dispatch, Drawer, Entry, Tab};
use crate::page::text::{self, Text, t};
use jixiao::document::CellId;
use jixiao::template::Library;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties)]
pub struct Props {
    pub entry: Option<Rc<Entry>>,
    pub library: Rc<Library>,
    pub tab: Tab,
    pub selected: Option<CellId>,
    pub finding: Option<usize>,
    pub dispatch: Dispatch,
}

impl PartialEq for Props {
    fn eq(&self, other: &Props) -> bool {
        self.entry == other.entry
            && Rc::ptr_eq(&self.library, &other.library)
            && self.tab == other.tab
            && self.finding == other.finding
            // Only the formulas show the selected cell, so moving about redraws nothing else.
            && (self.selected == other.selected || self.tab != Tab::Formula)
    }
}

/// The pages, in their order, and their buttons.
const TABS: [(Tab, &str); 4] =
    [(Tab::Findings, "tab-findings"), (Tab::Formula, "tab-formula"), (Tab::Profile, "tab-profile"), (Tab::Charts, "tab-charts")];

/// Arrows, Home and End lead from tab to tab.
fn turn(tab: Tab, dispatch: &Dispatch) -> Callback<KeyboardEvent> {
    let dispatch = dispatch.clone();
    Callback::from(move |event: KeyboardEvent| {
        let at = TABS.iter().position(|(known, _)| *known == tab).unwrap_or_default();
        let to = match event.key().as_str() {
            "ArrowRight" => (at + 1) % TABS.len(),
            "ArrowLeft" => (at + TABS.len() - 1) % TABS.len(),
            "Home" => 0,
            "End" => TABS.len() - 1,
            _ => return,
        };
        event.prevent_default();
        if let Some((tab, button)) = TABS.get(to) {
            dispatch.dispatch(Action::Show(*tab));
            dom::focus(button);
        }
    })
}

/// What the engine says about the form: findings, formulas, and the profile.
#[component]
pub fn Inspector(props: &Props) -> Html {
    let Props { entry, library, tab, selected, finding, dispatch } = props;
    let count = entry.as_ref().map_or(0, |entry| entry.evaluation.findings.len());
    let labels = [
        text::count_of(t(Text::Findings), count),
        t(Text::Formula).to_owned(),
        t(Text::Rules).to_owned(),
        t(Text::Charts).to_owned(),
    ];
    let tab_button = |((which, id), label): ((Tab, &'static str), String)| {
        let (selected, tabindex) = ((which == *tab).to_string(), if which == *tab { "0" } else { "-1" });
        html! { <button type="button" role="tab" id={id} class="tab" {tabindex} aria-selected={selected} aria-controls="inspector-pane" onclick={send(dispatch, Action::Show(which))}>{ label }</button> }
    };
    let pane = match (entry, tab) {
        (None, _) => html! { <p class="note">{ t(Text::OpenFirst) }</p> },
        (Some(entry), Tab::Findings) => findings(entry, *finding, dispatch),
        (Some(entry), Tab::Formula) => {
            html! { <Formula entry={entry.clone()} library={library.clone()} selected={*selected} dispatch={dispatch.clone()} /> }
        }
        (Some(entry), Tab::Charts) => html! { <Charts entry={entry.clone()} place="tab" /> },
        (Some(entry), Tab::Profile) => {
            html! { <ProfilePane entry={entry.clone()} library={library.clone()} dispatch={dispatch.clone()} /> }
        }
    };
    html! {
        <aside class="inspector" aria-label={t(Text::Inspector)}>
            <h2 class="announced">{ t(Text::Inspector) }</h2>
            <div class="tabs">
                <div class="tab-list" role="tablist" aria-label={t(Text::Inspector)} onkeydown={turn(*tab, dispatch)}>
                    { for TABS.into_iter().zip(labels).map(tab_button) }
                </div>
                <button type="button" class="tab only-narrow" onclick={send(dispatch, Action::Drawer(Drawer::None))}>{ t(Text::Close) }</button>
            </div>
            <div id="inspector-pane" class="pane" role="tabpanel" tabindex="0" aria-labelledby={TABS.iter().find(|(known, _)| known == tab).map(|(_, id)| *id)}>{ pane }</div>
        </aside>
    }
}
