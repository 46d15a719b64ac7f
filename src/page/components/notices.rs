//! What is said above the paper: that nothing is kept, that another window has written, what was just done, each with the way out
//! beside it.

use super::profile::PROFILE_FIELD;
use super::send;
use crate::page::browser::dom;
use crate::page::browser::home::How;
use crate::page::command;
use crate::page::store::{Action, Dialog, Dispatch, DraftState, Entry, Message, Offer, Workspace};
use crate::page::text::{self, Text, t};
use std::rc::Rc;
use yew::prelude::*;

/// Everything that is to be said now. It stays in sight while the paper scrolls.
pub fn notices(workspace: &Workspace, dispatch: &Dispatch) -> Html {
    let all: Vec<Html> = [
        storage(workspace, dispatch),
        elsewhere(workspace, dispatch),
        profile(workspace),
        workspace.message.as_ref().map(|said| message(said, workspace, dispatch)),
    ]
    .into_iter()
    .flatten()
    .collect();
    html! {
        if !all.is_empty() {
            <div class="notices">{ for all }</div>
        }
    }
}

/// The bar itself: serious ones are read out at once.
fn bar(id: &'static str, serious: bool, words: Html, buttons: Html) -> Html {
    let (class, role) = if serious { ("message serious", "alert") } else { ("message", "status") };
    html! {
        <div {id} key={id} {class} {role}>
            <div class="message-words">{ words }</div>
            <div class="message-buttons">{ buttons }</div>
        </div>
    }
}

/// This browser keeps nothing, or not this: said where the person looks, before anything is lost.
fn storage(workspace: &Workspace, dispatch: &Dispatch) -> Option<Html> {
    let open = workspace.entry();
    let failed = open.and_then(|entry| match &entry.draft {
        DraftState::Failed(reason) => Some(Rc::from(reason.as_str())),
        DraftState::Unsaved | DraftState::Saved(_) | DraftState::Elsewhere(_) | DraftState::Gone | DraftState::Proposed => None,
    });
    let unkept =
        workspace.loaded().filter(|(_, entry)| entry.is_unkept() && matches!(entry.draft, DraftState::Failed(_))).count();
    let reason = failed.or_else(|| workspace.storage.clone().filter(|_| open.is_none() || unkept > 0))?;
    let in_file = open.and_then(|entry| entry.file_time()).is_some_and(|(_, current)| current);
    if open.is_some() && in_file && unkept == 0 {
        return None;
    }
    let again = send(dispatch, Action::SaveAgain);
    let export = open.map(|entry| {
        let (entry, dispatch) = (entry.clone(), dispatch.clone());
        Callback::from(move |_: MouseEvent| command::export(&entry, &dispatch))
    });
    let unkept_elsewhere = unkept > usize::from(open.is_some_and(|entry| entry.is_unkept()));
    let export_all = unkept_elsewhere.then(|| {
        let (workspace, dispatch) = (workspace.clone(), dispatch.clone());
        Callback::from(move |_: MouseEvent| command::export_unkept(&workspace, &dispatch))
    });
    let words = html! {
        <>
            <strong>{ text::not_kept(&reason) }</strong>
            <p>{ t(if open.is_some() || unkept > 0 { Text::NotKeptLead } else { Text::NothingKeptLead }) }</p>
        </>
    };
    let buttons = html! {
        <>
            if let Some(export) = export {
                <button type="button" class="button primary" id="save-file" onclick={export}>{ t(Text::SaveFile) }</button>
            }
            if let Some(export) = export_all {
                <button type="button" class={classes!("button", open.is_none().then_some("primary"))} id="save-all" onclick={export}>{ text::save_unkept(unkept) }</button>
            }
            if unkept > 0 {
                <button type="button" class="button quiet" onclick={again}>{ t(Text::TryAgain) }</button>
            }
        </>
    };
    Some(bar("storage-notice", true, words, buttons))
}

/// Another window has written or deleted what is open here.
fn elsewhere(workspace: &Workspace, dispatch: &Dispatch) -> Option<Html> {
    let id = workspace.open.clone()?;
    let entry: &Rc<Entry> = workspace.entry()?;
    let (title, lead, buttons) = match &entry.draft {
        DraftState::Elsewhere(_) => {
            let take = {
                let (id, library, dispatch) = (id.clone(), workspace.library.clone(), dispatch.clone());
                Callback::from(move |_: MouseEvent| command::take_other(&id, &library, &dispatch))
            };
            let keep = send(dispatch, Action::KeepAside(id));
            let buttons = html! {
                <>
                    <button type="button" class="button primary" id="take-other" onclick={take}>{ t(Text::LoadOther) }</button>
                    <button type="button" class="button" id="keep-aside" onclick={keep}>{ t(Text::KeepAside) }</button>
                </>
            };
            (Text::ChangedElsewhere, Text::ChangedElsewhereLead, buttons)
        }
        DraftState::Gone => (Text::GoneElsewhere, Text::GoneElsewhereLead, html! {}),
        DraftState::Unsaved | DraftState::Saved(_) | DraftState::Failed(_) | DraftState::Proposed => return None,
    };
    let words = html! { <><strong>{ t(title) }</strong><p>{ t(lead) }</p></> };
    Some(bar("elsewhere-notice", true, words, buttons))
}

/// The open project is scored by another profile than it names, because that one is not at hand.
fn profile(workspace: &Workspace) -> Option<Html> {
    let entry = workspace.entry()?;
    let (named, used) = (&entry.document().profile, &entry.template.profile);
    if *named == used.id {
        return None;
    }
    let title = text::profile_not_at_hand(named, &used.name);
    let words = html! { <><strong>{ title }</strong><p>{ t(Text::ProfileNotAtHandLead) }</p></> };
    let load = Callback::from(|_: MouseEvent| dom::click(PROFILE_FIELD));
    let button =
        html! { <button type="button" class="button" id="load-missing" onclick={load}>{ t(Text::LoadProfile) }</button> };
    Some(bar("profile-notice", true, words, button))
}

/// Something that has to be said once, and the way back where it was done by the person.
fn message(message: &Message, workspace: &Workspace, dispatch: &Dispatch) -> Html {
    let back: Option<Callback<MouseEvent>> = match &message.offer {
        None => None,
        Some(Offer::Undo) => {
            let dispatch = dispatch.clone();
            Some(Callback::from(move |_| command::travel(true, &dispatch)))
        }
        Some(Offer::Pasted | Offer::Home { .. }) => None,
        Some(Offer::GiveBack(accepted)) => {
            let (accepted, workspace, dispatch) = (accepted.clone(), workspace.clone(), dispatch.clone());
            Some(Callback::from(move |_| command::give_back(&accepted, &workspace, &dispatch)))
        }
        Some(Offer::Restore(id)) => workspace.deleted.iter().find(|project| project.id == *id).map(|project| {
            let (project, library, dispatch) = (project.clone(), workspace.library.clone(), dispatch.clone());
            Callback::from(move |_| command::restore(&project, &library, &dispatch))
        }),
    };
    let home = |id: &'static str, how: How, label: Text| {
        let (workspace, dispatch) = (workspace.clone(), dispatch.clone());
        let onclick = Callback::from(move |_: MouseEvent| command::save_home(how, &workspace, &dispatch));
        html! { <button type="button" class="button" {id} {onclick}>{ t(label) }</button> }
    };
    let words = html! {
        <>
            <strong>{ &message.title }</strong>
            { for message.lines.iter().map(|line| html! { <p>{ line }</p> }) }
        </>
    };
    let buttons = html! {
        <>
            if message.offer == Some(Offer::Pasted) && workspace.pasted.is_some() {
                <button type="button" class="button" id="show-rest" aria-haspopup="dialog" onclick={send(dispatch, Action::Dialog(Dialog::Pasted))}>{ t(Text::ShowRest) }</button>
            }
            if let Some(Offer::Home { over }) = message.offer {
                { home("save-anew", How::Anew, Text::SaveAnew) }
                if over {
                    { home("save-over", How::Over, Text::SaveOver) }
                }
            }
            if let Some(back) = back {
                <button type="button" class="button" id="take-back" onclick={back}>{ t(Text::Undo) }</button>
            }
            <button type="button" class="button quiet" onclick={send(dispatch, Action::Hush)}>{ t(Text::Close) }</button>
        </>
    };
    bar("notice", message.serious, words, buttons)
}
