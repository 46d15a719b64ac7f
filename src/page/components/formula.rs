use super::row_panel::row_panel;
use super::send;
use crate::page::command;
use crate::page::store::{Action, Dispatch, Entry};
use crate::page::text::{Text, t};
use jixiao::document::CellId;
use jixiao::explain::{Explanation, Span, explain};
use jixiao::template::Citation;
use jixiao::template::Library;
use jixiao::wording;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties)]
pub struct Props {
    pub entry: Rc<Entry>,
    pub library: Rc<Library>,
    pub selected: Option<CellId>,
    pub dispatch: Dispatch,
}

impl PartialEq for Props {
    fn eq(&self, other: &Props) -> bool {
        self.entry == other.entry && Rc::ptr_eq(&self.library, &other.library) && self.selected == other.selected
    }
}

/// 算式: how the number in the selected cell comes about.
#[component]
pub fn Formula(props: &Props) -> Html {
    let Props { entry, library, selected, dispatch } = props;
    let Some(cell) = *selected else { return html! { <p class="note">{ t(Text::NoFormula) }</p> } };
    let explained = explain(library, &entry.template, entry.document(), &entry.evaluation, cell);
    let body = match &explained {
        Some(explained) => html! { <>{ explanation(explained, dispatch) }</> },
        None => html! {
            <>
                <h3>{ wording::place(cell, &entry.template.form, entry.document()) }</h3>
                <p class="note">{ t(Text::TypedOnly) }</p>
            </>
        },
    };
    let save = {
        let (entry, library, dispatch) = (entry.clone(), library.clone(), dispatch.clone());
        Callback::from(move |_| command::export_annex(&entry, &library, &dispatch))
    };
    html! {
        <div class="formula">
            { body }
            { for row_panel(entry, cell, dispatch) }
            <p class="after"><button type="button" class="button small" id="export-annex" onclick={save}>{ t(Text::ExportAnnex) }</button></p>
        </div>
    }
}

fn explanation(explained: &Explanation, dispatch: &Dispatch) -> Html {
    let lines = explained.lines.iter().map(|line| {
        let spans = line.iter().map(|span| draw(span, dispatch));
        html! { <p class="line">{ for spans }</p> }
    });
    html! {
        <>
            <h3>{ &explained.title }</h3>
            <div class="lines">{ for lines }</div>
            { sources(&explained.sources) }
        </>
    }
}

fn draw(span: &Span, dispatch: &Dispatch) -> Html {
    match span.cell {
        Some(cell) => {
            html! { <button type="button" class="link operand" onclick={send(dispatch, Action::Go(cell))}>{ &span.text }</button> }
        }
        None => html! { <span>{ &span.text }</span> },
    }
}

/// 依据, with a word where the point was not read in the original.
pub fn sources(citations: &[Citation]) -> Html {
    if citations.is_empty() {
        return html! {};
    }
    let items = citations.iter().map(|citation| {
        html! {
            <li>{ &citation.text }if !citation.verified { <span class="tag">{ t(Text::NotVerified) }</span> }</li>
        }
    });
    html! { <div class="sources"><h4>{ t(Text::Basis) }</h4><ul>{ for items }</ul></div> }
}
