use super::send;
use crate::page::browser::focus;
use crate::page::store::{Action, Dialog as Which, Dispatch};
use crate::page::text::{Text, t};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub title: AttrValue,
    pub dispatch: Dispatch,
    pub children: Html,
    /// The buttons at the foot, the one to press first.
    pub actions: Html,
    /// With room for two columns.
    #[prop_or_default]
    pub wide: bool,
    /// The button that leaves everything as it is.
    #[prop_or(Text::Close)]
    pub close: Text,
}

/// A dialog over the page. It takes the focus, keeps it until it is closed, and gives it back.
#[component]
pub fn Dialog(props: &Props) -> Html {
    use_effect_with((), |_| {
        let before = focus::first_in("dialog");
        let trap = focus::keep_in("dialog");
        move || {
            drop(trap);
            before.give_back();
        }
    });
    let close = send(&props.dispatch, Action::Dialog(Which::None));
    html! {
        <div class="veil">
            <div id="dialog" class={classes!("dialog", props.wide.then_some("is-wide"))} role="dialog" aria-modal="true" aria-labelledby="dialog-title">
                <h2 id="dialog-title">{ props.title.clone() }</h2>
                <div class="dialog-body">{ props.children.clone() }</div>
                <div class="dialog-actions">
                    { props.actions.clone() }
                    <button type="button" class="button" onclick={close}>{ t(props.close) }</button>
                </div>
            </div>
        </div>
    }
}
