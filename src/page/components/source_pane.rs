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

/// 原表: the table as it stands in its file, beside the form that it became. A text chosen here is marked there, and the other way round.
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
    // The line that parts it from the form; office.js moves it.
    let mut html = format!(
        "{}<div class=\"source-line\" id=\"source-line\" role=\"separator\" tabindex=\"0\" aria-orientation=\"vertical\" aria-label=\"{}\" aria-controls=\"source-table\" aria-valuemin=\"20\" aria-valuemax=\"70\" aria-valuenow=\"44\"></div>",
        source.html(),
        t(Text::SourceLine)
    );
    if !source.is_stored() {
        html += &format!("<p class=\"source-chosen\">{}</p>", t(Text::SourceTooLarge));
    }
    raw(if entry.draft == DraftState::Proposed { "source is-proposed" } else { "source" }, "source-title", html)
}
