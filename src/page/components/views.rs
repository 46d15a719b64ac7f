use super::send;
use crate::page::command;
use crate::page::store::{Action, Dispatch, View};
use crate::page::text::{Text, t};
use yew::prelude::*;

/// The switch above the paper: the table or the report; and the table that it was brought in from, where there is one, shown or not.
pub fn views(view: View, source: Option<bool>, dispatch: &Dispatch) -> Html {
    let button = |which: View, label: Text| {
        let onclick = {
            let dispatch = dispatch.clone();
            Callback::from(move |_: MouseEvent| command::show(which, &dispatch))
        };
        html! {
            <button type="button" class="view" id={command::view_button(which)} aria-pressed={(which == view).to_string()} {onclick}>{ t(label) }</button>
        }
    };
    html! {
        <div class="views" role="group" aria-label={t(Text::Views)}>
            { button(View::Table, Text::Paper) }
            { button(View::Report, Text::Report) }
            if let Some(shown) = source {
                <button type="button" class="view" id="show-source" aria-pressed={shown.to_string()} onclick={send(dispatch, Action::ToggleSource)}>{ t(Text::Source) }</button>
            }
        </div>
    }
}
