use super::raw::raw;
use crate::page::browser::office;
use crate::page::store::{DraftState, Entry, Source};
use crate::page::text::{Text, t};
use jixiao::document::CellId;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub entry: Rc<Entry>,
    pub source: Rc<Source>,
    /// The cell of the form that was chosen.
    pub selected: Option<CellId>,
}

/// 原表: the table as it stands in its file, above the form that it became. A text chosen here is marked there, and the other way round.
#[component]
pub fn SourcePane(props: &Props) -> Html {
    let Props { entry, source, selected } = props;
    let again = use_mut_ref(|| false);
    use_effect_with(Rc::as_ptr(source), move |_| office::shown(again.replace(true)));
    let name = selected.map(|cell| cell.name(&entry.template.form));
    use_effect_with(name, |name| {
        if let Some(name) = name {
            office::link(name);
        }
    });
    let mut html = source.html().to_owned();
    if !source.is_stored() {
        html += &format!("<p class=\"source-chosen\">{}</p>", t(Text::SourceTooLarge));
    }
    raw(if entry.draft == DraftState::Proposed { "source is-proposed" } else { "source" }, "source-title", html)
}
