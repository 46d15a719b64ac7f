use super::send;
use crate::page::command;
use crate::page::store::{Action, Dialog, Dispatch, Drawer, Held, Project, ProjectId};
use crate::page::text::{self, Text, t};
use jixiao::template::Library;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties)]
pub struct Props {
    pub projects: Vec<Rc<Project>>,
    pub open: Option<ProjectId>,
    pub library: Rc<Library>,
    pub dispatch: Dispatch,
}

impl PartialEq for Props {
    fn eq(&self, other: &Props) -> bool {
        let same = |this: &Rc<Project>, that: &Rc<Project>| {
            this.id == that.id && this.name == that.name && this.about == that.about && loaded(this) == loaded(that)
        };
        self.open == other.open
            && Rc::ptr_eq(&self.library, &other.library)
            && self.projects.len() == other.projects.len()
            && self.projects.iter().zip(&other.projects).all(|(this, that)| Rc::ptr_eq(this, that) || same(this, that))
    }
}

/// Of what a project holds, the list shows only whether it can be read.
fn loaded(project: &Project) -> Option<&str> {
    match &project.held {
        Held::Stored | Held::Loaded(_) => None,
        Held::Unreadable(reason) => Some(reason),
    }
}

/// The projects of this browser.
#[component]
pub fn ProjectList(props: &Props) -> Html {
    let Props { projects, open, dispatch, library } = props;
    let items = projects.iter().map(|project| item(project, open.as_ref() == Some(&project.id), library, dispatch));
    html! {
        <aside class="projects" aria-label={t(Text::Projects)}>
            <div class="pane-head">
                <h2>{ t(Text::Projects) }</h2>
                <button type="button" class="button small only-drawer" onclick={send(dispatch, Action::Drawer(Drawer::None))}>{ t(Text::Close) }</button>
                <button type="button" class="button small" onclick={send(dispatch, Action::Close)}>{ "＋ " }{ t(Text::NewProject) }</button>
            </div>
            if projects.is_empty() {
                <p class="note">{ t(Text::NoProjects) }</p>
            }
            <ul class="list">{ for items }</ul>
            <p class="note foot">{ t(Text::Privacy) }<br />{ t(Text::StorageNote) }</p>
        </aside>
    }
}

fn item(project: &Rc<Project>, is_open: bool, library: &Rc<Library>, dispatch: &Dispatch) -> Html {
    let id = project.id.clone();
    if let Held::Unreadable(reason) = &project.held {
        let download = Callback::from(move |_| command::download_stored(&id));
        return html! {
            <li key={project.id.to_string()} class="project unreadable">
                <div class="project-name">{ text::project_name(&project.name) }</div>
                <div class="project-about">{ t(Text::Unreadable) }{ "：" }{ reason }</div>
                <button type="button" class="link" onclick={download}>{ t(Text::DownloadRaw) }</button>
            </li>
        };
    }
    let run = |command: fn(&Project, &Library, &Dispatch)| {
        let (project, library, dispatch) = (project.clone(), library.clone(), dispatch.clone());
        Callback::from(move |_: MouseEvent| command(&project, &library, &dispatch))
    };
    let delete = send(dispatch, Action::Dialog(Dialog::Delete(id)));
    html! {
        <li key={project.id.to_string()} class={classes!("project", is_open.then_some("is-open"))}>
            <button type="button" class="project-open" aria-current={is_open.then_some("true")} onclick={run(command::open)}>
                <span class="project-name">{ text::project_name(&project.name) }</span>
                <span class="project-about">{ &project.about }</span>
            </button>
            <div class="project-buttons">
                <button type="button" class="link" aria-label={t(Text::CopyProject)} title={t(Text::CopyProject)} onclick={run(command::copy)}>{ t(Text::Copy) }</button>
                <button type="button" class="link" aria-label={t(Text::DeleteProject)} title={t(Text::DeleteProject)} onclick={delete}>{ t(Text::Delete) }</button>
            </div>
        </li>
    }
}
