use super::dialog::Dialog;
use crate::page::store::Dispatch;
use crate::page::text::{self, Text, t};
use yew::prelude::*;

/// The keys, and what the marks in the cells mean.
pub fn help(dispatch: &Dispatch) -> Html {
    let keys =
        text::keys().iter().map(|(keys, what)| html! { <tr><th scope="row"><kbd>{ *keys }</kbd></th><td>{ *what }</td></tr> });
    html! {
        <Dialog title={t(Text::HelpTitle)} dispatch={dispatch.clone()} actions={html! {}}>
            <p>{ t(Text::HelpCells) }</p>
            <p>{ t(Text::HelpPaste) }</p>
            <p>{ t(Text::HelpImport) }</p>
            <table class="keys" aria-label={t(Text::Keys)}><tbody>{ for keys }</tbody></table>
            <p class="note">{ t(Text::Privacy) }{ t(Text::StorageNote) }</p>
        </Dialog>
    }
}
