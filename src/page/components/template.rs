use super::dialog::Dialog;
use super::raw::raw;
use crate::page::browser::dom;
use crate::page::command;
use crate::page::store::{Dispatch, Workspace};
use crate::page::text::{Text, t};
use yew::prelude::*;

const MAPPING_FIELD: &str = "mapping-file";

/// 套用模板: what goes where in the bureau's own file. The list is HTML already; `office.js` hears what is changed in it.
pub fn template(html: Option<&str>, workspace: &Workspace, dispatch: &Dispatch) -> Html {
    let save = {
        let (workspace, dispatch) = (workspace.clone(), dispatch.clone());
        Callback::from(move |_: MouseEvent| command::save_template(&workspace, &dispatch))
    };
    let keep = {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| command::save_mapping(&dispatch))
    };
    let choose = Callback::from(|_: MouseEvent| dom::click(MAPPING_FIELD));
    let chosen = {
        let (workspace, dispatch) = (workspace.clone(), dispatch.clone());
        Callback::from(move |event: Event| command::mapping_chosen(&event, &workspace, &dispatch))
    };
    let actions = html! {
        if html.is_some() {
            <input id={MAPPING_FIELD} class="hidden-field" type="file" accept=".json" tabindex="-1" aria-label={t(Text::MappingRead)} onchange={chosen} />
            <button type="button" class="button" id="read-mapping" onclick={choose}>{ t(Text::MappingRead) }</button>
            <button type="button" class="button" id="save-mapping" onclick={keep}>{ t(Text::MappingSave) }</button>
            <button type="button" class="button primary" id="save-template" onclick={save}>{ t(Text::TemplateSave) }</button>
        }
    };
    html! {
        <Dialog title={t(Text::Template)} dispatch={dispatch.clone()} {actions} wide=true>
            <p>{ t(Text::TemplateHelp) }</p>
            { raw("filling", "", html.unwrap_or(t(Text::TemplateReads)).to_owned()) }
        </Dialog>
    }
}
