use super::send;
use crate::page::command;
use crate::page::store::{Action, Dispatch, DraftState, Drawer, Entry, Held, Project, ProjectId};
use crate::page::text::{self, Text, t};
use jixiao::template::Library;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties)]
pub struct Props {
    pub projects: Vec<Rc<Project>>,
    /// What can still be had back.
    pub deleted: Vec<Rc<Project>>,
    pub open: Option<ProjectId>,
    pub library: Rc<Library>,
    pub dispatch: Dispatch,
}

impl PartialEq for Props {
    fn eq(&self, other: &Props) -> bool {
        let same = |these: &[Rc<Project>], those: &[Rc<Project>]| {
            these.len() == those.len() && these.iter().zip(those).all(|(this, that)| Rc::ptr_eq(this, that) || alike(this, that))
        };
        self.open == other.open
            && Rc::ptr_eq(&self.library, &other.library)
            && same(&self.projects, &other.projects)
            && same(&self.deleted, &other.deleted)
    }
}

/// Whether the list shows two projects alike. What a button does with one in memory needs it as it is now.
fn alike(this: &Project, that: &Project) -> bool {
    this.id == that.id
        && this.name == that.name
        && this.about == that.about
        && state(this) == state(that)
        && this.entry().map(|entry| entry.document().as_ref() as *const _)
            == that.entry().map(|entry| entry.document().as_ref() as *const _)
}

/// Of what a project holds, the list shows whether it can be read, and whether it is kept.
fn state(project: &Project) -> (Option<&str>, bool) {
    match &project.held {
        Held::Stored => (None, false),
        Held::Loaded(entry) => (None, is_refused(entry)),
        Held::Unreadable(reason) => (Some(reason), false),
    }
}

fn is_refused(entry: &Entry) -> bool {
    matches!(entry.draft, DraftState::Failed(_)) && entry.is_unkept()
}

/// The projects of this browser.
#[component]
pub fn ProjectList(props: &Props) -> Html {
    let Props { projects, deleted, open, dispatch, library } = props;
    let gone = deleted.iter().map(|project| gone(project, library, dispatch));
    let items = projects.iter().map(|project| item(project, open.as_ref() == Some(&project.id), library, dispatch));
    html! {
        <aside class="projects" aria-label={t(Text::Projects)}>
            <div class="pane-head">
                <h2>{ t(Text::Projects) }</h2>
                <button type="button" class="button small only-drawer" onclick={send(dispatch, Action::Drawer(Drawer::None))}>{ t(Text::Close) }</button>
                <button type="button" id="new-project" class="button small" onclick={send(dispatch, Action::Close)}>{ "＋ " }{ t(Text::NewProject) }</button>
            </div>
            if projects.is_empty() {
                <p class="note">{ t(Text::NoProjects) }</p>
            }
            <ul class="list">{ for items }</ul>
            if !deleted.is_empty() {
                <details class="deleted">
                    <summary>{ text::count_of(t(Text::Deleted), deleted.len()) }</summary>
                    <ul>{ for gone }</ul>
                </details>
            }
            <p class="note foot">{ t(Text::Privacy) }<br />{ t(Text::StorageNote) }</p>
        </aside>
    }
}

fn item(project: &Rc<Project>, is_open: bool, library: &Rc<Library>, dispatch: &Dispatch) -> Html {
    let id = project.id.clone();
    if let Held::Unreadable(reason) = &project.held {
        let download = Callback::from(move |_| command::download_stored(&id));
        let away = {
            let (project, library, dispatch) = (project.clone(), library.clone(), dispatch.clone());
            Callback::from(move |_: MouseEvent| command::delete(&project, &library, &dispatch))
        };
        return html! {
            <li key={project.id.to_string()} class="project unreadable">
                <div class="project-name">{ text::project_name(&project.name) }</div>
                <div class="project-about">{ t(Text::Unreadable) }{ "：" }{ reason }</div>
                <button type="button" class="link" onclick={download}>{ t(Text::DownloadRaw) }</button>
                <button type="button" class="link" onclick={away}>{ t(Text::PutAway) }</button>
            </li>
        };
    }
    let run = |command: fn(&Project, &Library, &Dispatch)| {
        let (project, library, dispatch) = (project.clone(), library.clone(), dispatch.clone());
        Callback::from(move |_: MouseEvent| command(&project, &library, &dispatch))
    };
    let refused = project.entry().is_some_and(|entry| is_refused(entry));
    html! {
        <li key={project.id.to_string()} class={classes!("project", is_open.then_some("is-open"))}>
            <button type="button" class="project-open" aria-current={is_open.then_some("true")} onclick={run(command::open)}>
                <span class="project-name">{ text::project_name(&project.name) }</span>
                <span class="project-about">{ &project.about }</span>
                if refused {
                    <span class="project-about trouble">{ t(Text::NotSaved) }</span>
                }
            </button>
            <div class="project-buttons">
                if is_open {
                    <button type="button" class="link" id="past" aria-haspopup="dialog" title={t(Text::Past)} onclick={run(command::look_back)}>{ t(Text::PastShort) }</button>
                }
                <button type="button" class="link" aria-label={t(Text::CopyProject)} title={t(Text::CopyProject)} onclick={run(command::copy)}>{ t(Text::Copy) }</button>
                <button type="button" class="link" aria-label={t(Text::DeleteProject)} title={t(Text::DeleteProject)} onclick={run(command::delete)}>{ t(Text::Delete) }</button>
            </div>
        </li>
    }
}

/// A deleted project, to be had back.
fn gone(project: &Rc<Project>, library: &Rc<Library>, dispatch: &Dispatch) -> Html {
    let restore = {
        let (project, library, dispatch) = (project.clone(), library.clone(), dispatch.clone());
        Callback::from(move |_: MouseEvent| command::restore(&project, &library, &dispatch))
    };
    html! {
        <li key={project.id.to_string()} class="project">
            <span class="project-name">{ text::project_name(&project.name) }</span>
            <button type="button" class="link" onclick={restore}>{ t(Text::RestoreProject) }</button>
        </li>
    }
}
