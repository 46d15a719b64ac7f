use super::dialog::Dialog;
use crate::page::command;
use crate::page::store::{Dispatch, Past, Workspace};
use crate::page::text::{self, Text, t};
use jixiao::wording::history as words;
use std::rc::Rc;
use yew::prelude::*;

/// 历史版本: when, what was changed then, and the ways back.
pub fn past(list: Option<&Rc<[Past]>>, workspace: &Workspace, dispatch: &Dispatch) -> Html {
    let lead = match list {
        None => t(Text::PastReads),
        Some(list) if list.is_empty() => t(Text::PastNone),
        Some(_) => t(Text::PastLead),
    };
    let items =
        list.into_iter().flat_map(|list| list.iter()).enumerate().map(|(at, version)| item(at, version, workspace, dispatch));
    html! {
        <Dialog title={t(Text::Past)} dispatch={dispatch.clone()} actions={html! {}} wide=true>
            <p>{ lead }</p>
            <ol class="past">{ for items }</ol>
        </Dialog>
    }
}

fn item(at: usize, version: &Past, workspace: &Workspace, dispatch: &Dispatch) -> Html {
    let back = {
        let (version, dispatch) = (version.clone(), dispatch.clone());
        Callback::from(move |_: MouseEvent| command::take_back(&version, &dispatch))
    };
    let copy = {
        let (version, library, dispatch) = (version.clone(), workspace.library.clone(), dispatch.clone());
        Callback::from(move |_: MouseEvent| command::copy_back(&version, &library, &dispatch))
    };
    let all = version.now.iter().map(|change| html! { <li>{ change }</li> });
    html! {
        <li key={at.to_string()}>
            <div class="past-head">
                <strong>{ &version.at }</strong>
                <span>{ text::changed_then(&words::summary(&version.then)) }</span>
            </div>
            <details>
                <summary>{ text::differs_now(version.now.len()) }</summary>
                <ul>{ for all }</ul>
            </details>
            <button type="button" class="button small" aria-label={text::of_version(Text::TakeBack, &version.at)} onclick={back}>{ t(Text::TakeBack) }</button>
            <button type="button" class="button small" aria-label={text::of_version(Text::OpenCopy, &version.at)} onclick={copy}>{ t(Text::OpenCopy) }</button>
        </li>
    }
}
