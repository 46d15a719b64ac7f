use super::send;
use super::text_field::TextField;
use crate::page::browser::dom;
use crate::page::command;
use crate::page::field::FieldName;
use crate::page::store::{Action, Dispatch, Entry};
use crate::page::text::{self, Text, t};
use jixiao::document::{CellId, Edit};
use jixiao::report::{Bound, Section};
use std::rc::Rc;
use yew::prelude::*;

/// The text of a section as it is written, with its fields in brackets. Nothing is set before something is typed, so looking at a draft
/// leaves it a draft.
pub fn editor(entry: &Rc<Entry>, section: &Section, cell: CellId, dispatch: &Dispatch) -> Html {
    let form = &entry.template.form;
    let label = text::rewrite(&section.heading);
    let over = section.limit.is_some_and(|limit| section.length > usize::from(limit));
    let done = {
        let (form, dispatch) = (form.clone(), dispatch.clone());
        Callback::from(move |_: MouseEvent| command::finish_writing(cell, &form, &dispatch))
    };
    let restore = send(dispatch, Action::SetAlone(Edit::Set { cell, text: String::new() }));
    html! {
        <div class="report-editor">
            <div class="stack boxed">
                <span class="mirror" aria-hidden="true">{ &section.raw }{ "\u{200b}" }</span>
                <TextField mark={FieldName::Cell(cell).mark(form)} {label} typed={section.raw.clone()} placeholder={section.hint.clone()} lines=true free=true />
            </div>
            <div class="section-tools">
                { fields(entry, cell, dispatch) }
                <span class={classes!("note", "length", over.then_some("over"))}>{ text::length(section.length, section.limit) }</span>
                <button type="button" class="button small" disabled={!section.typed} onclick={restore}>{ t(Text::RestoreDraft) }</button>
                <button type="button" class="button small primary" onclick={done}>{ t(Text::Done) }</button>
            </div>
            <p class="note">{ t(Text::WriteLead) }{ &section.hint }</p>
        </div>
    }
}

/// The fields that have a value. The first entry of the list is its name, and what is chosen goes in where the caret stands.
fn fields(entry: &Rc<Entry>, cell: CellId, dispatch: &Dispatch) -> Html {
    let bound = Bound { template: &entry.template, document: entry.document(), evaluation: &entry.evaluation };
    let options = bound.choices().into_iter().map(|choice| {
        html! { <option value={format!("【{}】", choice.name)}>{ text::field_choice(&choice.name, &choice.text) }</option> }
    });
    let onchange = {
        let (form, dispatch) = (entry.template.form.clone(), dispatch.clone());
        Callback::from(move |event: Event| {
            if let Some(list) = dom::target(&event) {
                let field = dom::value(&list);
                dom::choose_first(&list);
                command::insert_field(cell, &form, &field, &dispatch);
            }
        })
    };
    html! {
        <select class="select field-choice" aria-label={t(Text::InsertField)} {onchange}>
            <option value="" selected=true>{ t(Text::InsertField) }</option>
            { for options }
        </select>
    }
}
