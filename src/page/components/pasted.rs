use super::dialog::Dialog;
use super::send;
use crate::page::browser::clipboard;
use crate::page::command;
use crate::page::store::paste::Table;
use crate::page::store::{Action, Dialog as Which, Dispatch, Workspace};
use crate::page::text::{self, Text, t};
use jixiao::document::Edit;
use jixiao::paste::Asked;
use std::rc::Rc;
use yew::prelude::*;

/// The text that can be copied from the dialog.
const REST: &str = "pasted-rest";

/// What the last paste left over, to be had elsewhere, and the numbers that it could not tell.
pub fn pasted(workspace: &Workspace, dispatch: &Dispatch) -> Html {
    let Some(pasted) = workspace.pasted.as_ref() else { return html! {} };
    let asked = pasted.asked.iter().map(|asked| question(asked, workspace, dispatch));
    let rest = pasted.rest();
    let rows = rest.lines().count().clamp(2, 10).to_string();
    let actions = html! {
        if !pasted.left.is_empty() {
            <CopyRest />
        }
    };
    html! {
        <Dialog title={t(Text::PastedDialog)} dispatch={dispatch.clone()} {actions}>
            if !pasted.asked.is_empty() {
                <h3>{ t(Text::PastedAsked) }</h3>
                <div class="pasted-asked">{ for asked }</div>
            }
            if !pasted.left.is_empty() {
                <h3>{ t(Text::PastedRest) }</h3>
                <p>{ t(Text::PastedRestLead) }</p>
                <textarea id={REST} class="pasted-rest" readonly={true} {rows} wrap="off" aria-label={t(Text::PastedRest)} value={rest} />
            }
        </Dialog>
    }
}

/// A whole table: a project of its own, or laid over the open one.
pub fn table(table: &Rc<Table>, workspace: &Workspace, dispatch: &Dispatch) -> Html {
    let import = {
        let (table, library, dispatch) = (table.clone(), workspace.library.clone(), dispatch.clone());
        Callback::from(move |_: MouseEvent| {
            dispatch.dispatch(Action::Dialog(Which::None));
            command::bring_pasted(Vec::new(), table.html.clone(), table.plain.clone(), &library, &dispatch);
        })
    };
    let lay = {
        let (table, workspace, dispatch) = (table.clone(), workspace.clone(), dispatch.clone());
        Callback::from(move |_: MouseEvent| {
            dispatch.dispatch(Action::Dialog(Which::None));
            command::lay(&table, &workspace, &dispatch);
        })
    };
    let actions = html! {
        <>
            <button type="button" class="button primary" id="paste-import" onclick={import}>{ t(Text::PastedImport) }</button>
            <button type="button" class="button" id="paste-here" onclick={lay}>{ t(Text::PastedHere) }</button>
        </>
    };
    html! {
        <Dialog title={t(Text::PastedTable)} dispatch={dispatch.clone()} {actions} close={Text::Cancel}>
            <p>{ t(Text::PastedTableLead) }</p>
        </Dialog>
    }
}

/// Says where it was pressed that it copied: the notice above the paper goes on leading here.
#[component]
fn CopyRest() -> Html {
    let copied = use_state(|| false);
    let label = t(if *copied { Text::Copied } else { Text::Copy });
    let onclick = Callback::from(move |_: MouseEvent| copied.set(clipboard::copy(REST)));
    html! { <button type="button" class="button primary" id="copy-rest" {onclick}>{ label }</button> }
}

/// A number that may be one or another, until it is changed.
fn question(asked: &Asked, workspace: &Workspace, dispatch: &Dispatch) -> Html {
    let Some(entry) = workspace.entry() else { return html! {} };
    let place = entry.field(asked.cell).map(|field| field.label.clone()).unwrap_or_default();
    let now = entry.document().typed(asked.cell).text();
    let options = asked.options.iter().map(|option| {
        let set = send(dispatch, Action::SetAlone(Edit::Set { cell: asked.cell, text: option.clone() }));
        let chosen = now == option;
        html! { <button type="button" class={classes!("button", "small", chosen.then_some("primary"))} aria-pressed={chosen.to_string()} onclick={set}>{ option }</button> }
    });
    html! {
        <p class="pasted-question" key={place.clone()}>
            <span>{ text::asked(asked, &place) }</span>
            { for options }
            if now != asked.text {
                <span class="note">{ t(Text::PastedAskedDone) }</span>
            }
        </p>
    }
}
