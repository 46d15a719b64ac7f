use super::dialog::Dialog;
use crate::page::browser::storage;
use crate::page::command;
use crate::page::store::{Action, Dispatch};
use crate::page::text::{self, Text, t};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub dispatch: Dispatch,
}

/// The keys, what the marks in the cells mean, and where drafts are kept.
#[component]
pub fn Help(Props { dispatch }: &Props) -> Html {
    let room = use_state(|| None);
    {
        let room = room.clone();
        use_effect_with((), move |()| storage::room(move |told| room.set(Some(told))));
    }
    let nothing = use_state(storage::keeps_nothing);
    let keep = {
        let (nothing, dispatch) = (nothing.clone(), dispatch.clone());
        Callback::from(move |_: Event| {
            storage::keep_nothing(!*nothing);
            nothing.set(!*nothing);
            // What could not be kept is kept now, or said not to be.
            dispatch.dispatch(Action::SaveAgain);
            command::try_storage(&dispatch);
        })
    };
    let keys =
        text::keys().iter().map(|(keys, what)| html! { <tr><th scope="row"><kbd>{ *keys }</kbd></th><td>{ *what }</td></tr> });
    html! {
        <Dialog title={t(Text::HelpTitle)} dispatch={dispatch.clone()} actions={html! {}}>
            <p>{ t(Text::HelpCells) }</p>
            <p>{ t(Text::HelpPaste) }</p>
            <p>{ t(Text::HelpImport) }</p>
            <table class="keys" aria-label={t(Text::Keys)}><tbody>{ for keys }</tbody></table>
            <p class="note">{ t(Text::Privacy) }{ t(Text::StorageNote) }{ room.map(text::room).unwrap_or_default() }</p>
            <label class="check"><input type="checkbox" id="keep-nothing" checked={*nothing} onchange={keep} /><span>{ t(Text::KeepNothing) }</span></label>
            <p class="note">{ t(Text::KeepNothingNote) }</p>
            // office.js fetches the list when it is opened.
            <details id="about">
                <summary>{ t(Text::About) }{ " " }{ env!("CARGO_PKG_VERSION") }</summary>
                <p class="note">{ t(Text::AboutTerms) }</p>
                <pre id="notices" tabindex="0" aria-label={t(Text::AboutTerms)} data-missing={t(Text::NoticesMissing)}></pre>
            </details>
        </Dialog>
    }
}
