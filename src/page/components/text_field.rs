use crate::page::browser::dom;
use crate::page::field::{Mark, Place};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// By which everything else finds the field.
    pub mark: Mark,
    pub label: AttrValue,
    /// Exactly what was typed.
    pub typed: AttrValue,
    /// Shown in an empty field that has the focus: the computed value.
    #[prop_or_default]
    pub placeholder: AttrValue,
    /// Words may take several lines; numbers take one.
    #[prop_or_default]
    pub lines: bool,
    #[prop_or_default]
    pub numeric: bool,
    #[prop_or_default]
    pub locked: bool,
    #[prop_or_default]
    pub invalid: bool,
    /// The element that says what is found in it.
    #[prop_or_default]
    pub described: Option<AttrValue>,
    /// For writing at length: Enter begins a paragraph.
    #[prop_or_default]
    pub free: bool,
}

/// The one field that people type into. What is typed is heard on the whole document (`browser::events`); this never writes
/// a field that someone is typing into, so no caret jumps and no input method is disturbed.
#[component]
pub fn TextField(props: &Props) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(props.typed.clone(), move |typed| {
            if let Some(field) = node.cast() {
                dom::set_value_if_idle(&field, typed);
            }
        });
    }
    let Props { mark, label, placeholder, locked, numeric, invalid, .. } = props;
    let invalid = invalid.then_some("true");
    let (label, placeholder, readonly) = (label.clone(), placeholder.clone(), *locked);
    let described = props.described.clone();
    let named = |place: Place| (mark.place == place).then(|| mark.name.clone());
    let (cell, alone, rate, printed) = (named(Place::Cell), named(Place::Alone), named(Place::Rate), named(Place::PrintedRate));
    if props.lines {
        html! {
            <textarea ref={node} class="field" rows="1" data-cell={cell} data-alone={alone} data-rate={rate} data-printed-rate={printed} data-free={props.free.then_some("true")} aria-label={label} {placeholder} {readonly} aria-invalid={invalid} aria-describedby={described} spellcheck="false" />
        }
    } else {
        let inputmode = numeric.then_some("decimal");
        html! {
            <input ref={node} class="field" type="text" data-cell={cell} data-alone={alone} data-rate={rate} data-printed-rate={printed} aria-label={label} {placeholder} {readonly} aria-invalid={invalid} aria-describedby={described} {inputmode} autocomplete="off" spellcheck="false" />
        }
    }
}
