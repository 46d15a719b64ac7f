use super::send;
use crate::page::browser::clock;
use crate::page::command;
use crate::page::store::{Action, Dialog, Dispatch, DraftState, Drawer, Entry};
use crate::page::text::{self, Text, t};
use jixiao::engine::Score;
use jixiao::wording;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties)]
pub struct Props {
    pub entry: Option<Rc<Entry>>,
    /// The last paste left something over, or asks something.
    pub left: bool,
    pub dispatch: Dispatch,
}

impl PartialEq for Props {
    fn eq(&self, other: &Props) -> bool {
        self.entry == other.entry && self.left == other.left
    }
}

/// Always in view: the totals, the weights, and where the work is kept.
#[component]
pub fn StatusLine(props: &Props) -> Html {
    let Props { entry, left, dispatch } = props;
    let figures = entry.as_ref().map(|entry| match &entry.evaluation.score {
        Some(score) => figures(score, entry),
        None => html! { <span class="figure">{ t(Text::NoPoints) }</span> },
    });
    let open = entry.as_ref().and_then(|entry| {
        let open = wording::progress::beside_findings(entry.evaluation.progress.standing())?;
        Some(html! { <span class="figure" id="open">{ open }</span> })
    });
    let found = entry.as_ref().map(|entry| {
        html! {
            <button type="button" class="button small only-narrow" onclick={send(dispatch, Action::Drawer(Drawer::Inspector))}>
                { text::count_of(t(Text::Findings), entry.evaluation.findings.len()) }
            </button>
        }
    });
    html! {
        <footer class="status">
            { for figures }
            { for open }
            { for found }
            if *left {
                <button type="button" class="button small" id="pasted-left" aria-haspopup="dialog" onclick={send(dispatch, Action::Dialog(Dialog::Pasted))}>
                    { t(Text::PastedDialog) }
                </button>
            }
            <span class="spring" />
            { for entry.as_ref().map(|entry| draft(entry, dispatch)) }
            { for entry.as_ref().map(|entry| file(entry)) }
            <span class="offline" title={t(Text::Privacy)}>{ t(Text::Offline) }</span>
        </footer>
    }
}

fn figures(score: &Score, entry: &Entry) -> Html {
    let template = &entry.template;
    let entered = &score.entered;
    let expected = template.profile.weights.total.value;
    let weight = score.weight.value();
    let wrong_weight = weight.is_some_and(|weight| weight != expected) && !entry.document().is_untouched(&template.form);
    let weight = weight.map_or_else(|| "—".to_owned(), wording::number);
    html! {
        <>
            <span class="figure">{ t(Text::Total) }<b id="total">{ text::total(entered) }</b>{ t(Text::AsEntered) }</span>
            <span class="figure"><b id="total-by-rule">{ text::total(&score.by_rule) }</b>{ t(Text::ByRule) }</span>
            <span class="figure">{ t(Text::Grade) }<b id="grade">{ text::grade(entered, template) }</b></span>
            <span class={classes!("figure", wrong_weight.then_some("is-wrong"))}>
                { t(Text::Weight) }<b id="weight">{ weight }{ "/" }{ wording::number(expected) }</b>{ if wrong_weight { "✕" } else { "" } }
            </span>
        </>
    }
}

/// Where the draft stands, and the way out where it can't be kept.
fn draft(entry: &Rc<Entry>, dispatch: &Dispatch) -> Html {
    match &entry.draft {
        DraftState::Unsaved => html! { <span class="saving" id="draft">{ t(Text::Saving) }</span> },
        DraftState::Saved(at) => html! { <span id="draft">{ text::saved_draft(at, &clock::now().stamp()) }</span> },
        DraftState::Failed(reason) => {
            let (entry, dispatch) = (entry.clone(), dispatch.clone());
            let export = Callback::from(move |_: MouseEvent| command::export(&entry, &dispatch));
            html! {
                <span class="trouble" id="draft">{ t(Text::SaveFailed) }{ reason }
                    <button type="button" class="button small" onclick={export}>{ t(Text::SaveFile) }</button>
                </span>
            }
        }
        // What to do about it stands above the paper.
        DraftState::Elsewhere(_) => html! { <span class="trouble" id="draft">{ t(Text::ChangedElsewhere) }</span> },
        DraftState::Proposed => html! { <span id="draft">{ t(Text::Proposed) }</span> },
        DraftState::Gone => html! { <span class="trouble" id="draft">{ t(Text::GoneElsewhere) }</span> },
    }
}

fn file(entry: &Entry) -> Html {
    let shown = match entry.file_time() {
        None => t(Text::NoFile).to_owned(),
        Some((at, current)) => text::saved_file(at, &clock::now().stamp(), current),
    };
    html! { <span id="file-state">{ shown }</span> }
}
