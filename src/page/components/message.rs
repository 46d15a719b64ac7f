use super::send;
use crate::page::store::{Action, Dispatch, Message};
use crate::page::text::{Text, t};
use yew::prelude::*;

/// Something that has to be said once.
pub fn message(message: &Message, dispatch: &Dispatch) -> Html {
    let class = if message.serious { "message serious" } else { "message" };
    let role = if message.serious { "alert" } else { "status" };
    html! {
        <div {class} {role}>
            <div>
                <strong>{ &message.title }</strong>
                { for message.lines.iter().map(|line| html! { <p>{ line }</p> }) }
            </div>
            <button type="button" class="button quiet" onclick={send(dispatch, Action::Hush)}>{ t(Text::Close) }</button>
        </div>
    }
}
