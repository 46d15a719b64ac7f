use super::send;
use crate::page::browser::dom;
use crate::page::command;
use crate::page::store::{Action, Dialog, Dispatch, Drawer, Entry, Tab};
use crate::page::text::{self, Text, t};
use jixiao::template::{Library, Role};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties)]
pub struct Props {
    pub entry: Option<Rc<Entry>>,
    pub library: Rc<Library>,
    pub large: bool,
    pub dispatch: Dispatch,
}

impl PartialEq for Props {
    fn eq(&self, other: &Props) -> bool {
        self.entry == other.entry && Rc::ptr_eq(&self.library, &other.library) && self.large == other.large
    }
}

/// The element that opens the browser's own dialog for choosing a file.
pub const FILE_FIELD: &str = "file-field";
/// The one for a folder.
pub const FOLDER_FIELD: &str = "folder-field";

/// Name, what is open, and what can be done with it.
#[component]
pub fn TopBar(props: &Props) -> Html {
    let Props { entry, dispatch, large, library } = props;
    let can_undo = entry.as_ref().is_some_and(|entry| entry.history.can_undo());
    let can_redo = entry.as_ref().is_some_and(|entry| entry.history.can_redo());
    let closed = entry.is_none();
    let chosen = {
        let (library, dispatch) = (library.clone(), dispatch.clone());
        Callback::from(move |event: Event| command::files_chosen(&event, &library, &dispatch))
    };
    let button = |text: Text, action: Action, disabled: bool| {
        html! { <button type="button" class="button bar" {disabled} onclick={send(dispatch, action)}>{ t(text) }</button> }
    };
    let travel = |text: Text, back: bool, disabled: bool| {
        let dispatch = dispatch.clone();
        let onclick = Callback::from(move |_: MouseEvent| command::travel(back, &dispatch));
        html! { <button type="button" class="button bar" {disabled} {onclick}>{ t(text) }</button> }
    };
    html! {
        <header class="top-bar">
            <button type="button" class="button bar only-drawer" aria-label={t(Text::Projects)} onclick={send(dispatch, Action::Drawer(Drawer::Projects))}>{ "☰" }</button>
            <strong class="name">{ t(Text::Name) }</strong>
            <dl class="what">{ for what(entry.as_deref(), dispatch) }</dl>
            <nav class="bar-buttons" aria-label={t(Text::Name)}>
                <button type="button" class="button bar" onclick={Callback::from(|_| dom::click(FILE_FIELD))}>{ t(Text::Import) }</button>
                <button type="button" class="button bar" id="export" disabled={closed} onclick={send(dispatch, Action::Dialog(Dialog::Export))}>{ t(Text::Export) }</button>
                { button(Text::Print, Action::Dialog(Dialog::Print), closed) }
                <button type="button" class="button bar" id="rates" onclick={send(dispatch, Action::Dialog(Dialog::Rates))}>{ t(Text::Rates) }</button>
                <span class="bar-gap" />
                { travel(Text::Undo, true, !can_undo) }
                { travel(Text::Redo, false, !can_redo) }
                <span class="bar-gap" />
                <button type="button" class="button bar" aria-pressed={large.to_string()} onclick={send(dispatch, Action::ToggleLarge)}>{ t(Text::Large) }</button>
                { button(Text::Help, Action::Dialog(Dialog::Help), false) }
            </nav>
            <input id={FILE_FIELD} class="hidden-field" type="file" multiple=true tabindex="-1" aria-label={t(Text::Import)} onchange={chosen.clone()} />
            <input id={FOLDER_FIELD} class="hidden-field" type="file" webkitdirectory=true tabindex="-1" aria-label={t(Text::ChooseFolder)} onchange={chosen} />
        </header>
    }
}

/// 项目, 表式 and 口径 of what is open.
fn what(entry: Option<&Entry>, dispatch: &Dispatch) -> Vec<Html> {
    let Some(entry) = entry else { return Vec::new() };
    let item = |label: Text, value: Html| html! { <div class="item"><dt>{ t(label) }</dt><dd>{ value }</dd></div> };
    let profile = html! {
        <button type="button" class="link" onclick={send(dispatch, Action::Show(Tab::Profile))}>{ &entry.template.profile.name }</button>
    };
    // A form without points has nothing that a profile would score.
    let profile = entry.evaluation.score.is_some().then(|| item(Text::Rules, profile));
    let shown = [
        item(Text::Project, html! { text::project_name(entry.role_text(Role::ProjectName)) }),
        item(Text::Form, html! { &entry.template.form.short }),
    ];
    shown.into_iter().chain(profile).collect()
}
