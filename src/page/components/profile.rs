use super::what_if::what_if;
use crate::page::browser::dom;
use crate::page::command;
use crate::page::store::{Action, Dispatch, Entry};
use crate::page::text::{self, Text, facts, t};
use jixiao::template::{Library, SourceId};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties)]
pub struct Props {
    pub entry: Rc<Entry>,
    pub library: Rc<Library>,
    pub dispatch: Dispatch,
}

impl PartialEq for Props {
    fn eq(&self, other: &Props) -> bool {
        self.entry == other.entry && Rc::ptr_eq(&self.library, &other.library)
    }
}

/// Where the file of a profile is chosen.
pub const PROFILE_FIELD: &str = "profile-field";

/// 口径: how points are given, every number with its source, and what the other profiles would give.
#[component]
pub fn ProfilePane(props: &Props) -> Html {
    let Props { entry, library, dispatch } = props;
    let profile = &entry.template.profile;
    let chosen = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: Event| {
            if let Some(field) = dom::target(&event) {
                dispatch.dispatch(Action::SetProfile(dom::value(&field)));
            }
        })
    };
    let options = library.profiles.iter().map(|known| {
        html! { <option value={known.id.clone()} selected={known.id == profile.id}>{ &known.name }</option> }
    });
    let loaded = {
        let (library, dispatch) = (library.clone(), dispatch.clone());
        Callback::from(move |event: Event| command::profile_chosen(&event, &library, &dispatch))
    };
    let rows = facts(profile).into_iter().map(|fact| {
        html! {
            <tr><th scope="row">{ fact.label }</th><td>{ fact.value }{ source(library, &fact.source) }</td></tr>
        }
    });
    let own: Vec<Html> = library
        .profiles
        .iter()
        .filter(|known| library.is_added(&known.id))
        .map(|known| {
            let (id, name) = (known.id.clone(), known.name.clone());
            let hand_out = {
                let (id, dispatch) = (id.clone(), dispatch.clone());
                Callback::from(move |_: MouseEvent| {
                    command::export_profile(&id, &dispatch);
                })
            };
            let remove = {
                let dispatch = dispatch.clone();
                Callback::from(move |_: MouseEvent| command::remove_profile(&id, &dispatch))
            };
            html! {
                <li key={known.id.clone()}>
                    <span>{ format!("{name}（{}）", known.id) }</span>
                    <button type="button" class="link" aria-label={text::of_profile(Text::Export, &name)} onclick={hand_out}>{ t(Text::Export) }</button>
                    <button type="button" class="link" aria-label={text::of_profile(Text::RemoveProfile, &name)} onclick={remove}>{ t(Text::RemoveProfile) }</button>
                </li>
            }
        })
        .collect();
    let open_points =
        profile.not_modelled.iter().map(|point| html! { <li>{ &point.text }{ source(library, &point.source) }</li> });
    html! {
        <div class="profile">
            <label class="choice-field">
                <span>{ t(Text::CurrentRules) }</span>
                <select class="select" id="profile" onchange={chosen}>{ for options }</select>
            </label>
            <p>{ &profile.about }</p>
            { what_if(entry, library, dispatch) }
            <h3>{ t(Text::Numbers) }</h3>
            <table class="facts" aria-label={t(Text::Numbers)}><tbody>{ for rows }</tbody></table>
            if !profile.not_modelled.is_empty() {
                <h3>{ t(Text::NotModelled) }</h3>
                <ul class="open-points">{ for open_points }</ul>
            }
            if !own.is_empty() {
                <h3>{ t(Text::OwnProfiles) }</h3>
                <ul class="own-profiles">{ for own }</ul>
            }
            <p><button type="button" class="button small" onclick={Callback::from(|_| dom::click(PROFILE_FIELD))}>{ t(Text::LoadProfile) }</button></p>
            <input id={PROFILE_FIELD} class="hidden-field" type="file" accept=".json,application/json" tabindex="-1" aria-label={t(Text::LoadProfile)} onchange={loaded} />
        </div>
    }
}

fn source(library: &Library, id: &SourceId) -> Html {
    let Some(source) = library.sources.get(id) else { return html! {} };
    html! {
        <span class="source">{ source.citation() }if !source.verified { <span class="tag">{ t(Text::NotVerified) }</span> }</span>
    }
}
