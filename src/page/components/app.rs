use super::charts::{Charts, PRINT};
use super::import_list::import_list;
use super::source_pane::SourcePane;
use super::{annex, choices, export, notices, pasted, print, views};
use super::{
    inspector::Inspector, paper::Paper, project_list::ProjectList, report::ReportPaper, status_line::StatusLine, top_bar::TopBar,
    welcome::Welcome,
};
use crate::page::autosave::use_autosave;
use crate::page::browser::{choosing, crash, dom, events, focus, office, paper, storage, timer};
use crate::page::command;
use crate::page::draft;
use crate::page::field::FieldName;
use crate::page::store::{Action, Dialog, DraftState, Drawer, Entry, Project, View, Workspace};
use crate::page::text::{self, Text, t};
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// So long a rest from typing ends the step that one undo takes back.
const PAUSE_MILLISECONDS: u32 = 1000;

/// The whole page.
#[component]
pub fn App() -> Html {
    let workspace = use_reducer(command::restored);
    let dispatch = workspace.dispatcher();
    use_autosave(&workspace);
    use_listeners(&workspace);
    use_browser_state(&workspace);

    let entry = workspace.entry();
    let reads = workspace.view == View::Report;
    let centre = match entry {
        Some(entry) if reads => {
            html! { <ReportPaper key={entry.key} entry={entry.clone()} writing={workspace.writing} dispatch={dispatch.clone()} /> }
        }
        // A paper of its own for each entry: a field that has the focus is never written, and would carry one project's text into
        // another.
        Some(entry) => {
            html! { <Paper key={entry.key} entry={entry.clone()} menu={workspace.menu} code={workspace.parts.code} dispatch={dispatch.clone()} /> }
        }
        None if workspace.importing.is_some() => {
            workspace.importing.as_ref().map(|importing| import_list(&workspace, importing)).unwrap_or_default()
        }
        None => html! { <Welcome library={workspace.library.clone()} dispatch={dispatch.clone()} /> },
    };
    let proposed = entry.is_some_and(|entry| entry.draft == DraftState::Proposed);
    // A proposal is always shown beside its source, another project where that is asked for.
    let source = |entry: &Rc<Entry>| entry.source.as_ref().filter(|_| !proposed).map(|_| workspace.shows_source);
    let shown = entry.and_then(|entry| entry.source.as_ref()).filter(|_| proposed || workspace.shows_source);
    let source_pane = entry.zip(shown).map(|(entry, source)| {
        html! { <SourcePane key={workspace.open.as_deref().unwrap_or_default().to_owned()} entry={entry.clone()} source={source.clone()} selected={workspace.selected} /> }
    });
    let drawer = match workspace.drawer {
        Drawer::None => None,
        Drawer::Projects => Some("shows-projects"),
        Drawer::Inspector => Some("shows-inspector"),
    };
    let printed_charts =
        entry.filter(|_| workspace.charts && !reads).map(|entry| html! { <Charts entry={entry.clone()} place={PRINT} /> });
    let printed_annex = entry.filter(|_| workspace.annex && !reads).map(|entry| annex::annex(&workspace.library, entry));
    html! {
        <div class={classes!("page", drawer, entry.is_none().then_some("is-start"), source_pane.is_some().then_some("has-source"), (workspace.lies() && !reads).then_some("is-landscape"))}>
            <a class="skip" href="#desk">{ t(Text::SkipToDesk) }</a>
            <TopBar entry={entry.cloned()} dispatch={dispatch.clone()} large={workspace.large} library={workspace.library.clone()} />
            <ProjectList projects={accepted(&workspace)} deleted={workspace.deleted.clone()} open={workspace.open.clone()} dispatch={dispatch.clone()} library={workspace.library.clone()} />
            <main id="desk" class={classes!("desk", source_pane.is_some().then_some("with-source"))} aria-label={t(if reads { Text::Report } else { Text::Paper })} tabindex="-1">
                { notices::notices(&workspace, &dispatch) }
                { for entry.map(|entry| views::views(workspace.view, source(entry), &dispatch)) }
                { for source_pane }
                { centre }
                { for printed_charts }
                { for printed_annex }
            </main>
            <Inspector entry={entry.cloned()} library={workspace.library.clone()} tab={workspace.tab} selected={workspace.selected}
                finding={workspace.finding} dispatch={dispatch.clone()} />
            <StatusLine entry={entry.cloned()} left={workspace.pasted.is_some()} dispatch={dispatch.clone()} />
            <div class="announced" role="status" aria-live="polite">{ workspace.announced.to_string() }</div>
            { dialog(&workspace, &dispatch) }
        </div>
    }
}

/// The projects that are no mere proposals.
fn accepted(workspace: &Workspace) -> Vec<Rc<Project>> {
    workspace.projects.iter().filter(|project| !workspace.is_proposal(&project.id)).cloned().collect()
}

fn dialog(workspace: &Workspace, dispatch: &crate::page::store::Dispatch) -> Html {
    match &workspace.dialog {
        Dialog::None => html! {},
        Dialog::Help => html! { <super::help::Help dispatch={dispatch.clone()} /> },
        Dialog::Rates => {
            let (library, calculator) = (workspace.library.clone(), workspace.calculator.clone());
            let takeable = !workspace.takeable().is_empty();
            html! { <super::rates::Rates {library} {calculator} {takeable} dispatch={dispatch.clone()} /> }
        }
        Dialog::Print => print::print(workspace, dispatch),
        Dialog::Export => export::export(workspace, dispatch),
        Dialog::Unit(chosen) => workspace.entry().map(|entry| choices::unit(entry, *chosen, dispatch)).unwrap_or_default(),
        Dialog::Pasted => pasted::pasted(workspace, dispatch),
        Dialog::Table(table) => pasted::table(table, workspace, dispatch),
        Dialog::Past(list) => super::past::past(list.as_ref(), workspace, dispatch),
        Dialog::Template(html) => super::template::template(html.as_deref(), workspace, dispatch),
        Dialog::Columns => workspace.entry().map(|entry| choices::columns(entry, dispatch)).unwrap_or_default(),
    }
}

/// Hears typing, keys, dropped files and what other windows write, for as long as the page lives.
#[hook]
fn use_listeners(workspace: &UseReducerHandle<Workspace>) {
    let latest = use_mut_ref(|| workspace.clone());
    *latest.borrow_mut() = workspace.clone();
    let dispatch = workspace.dispatcher();
    use_effect_with((), move |()| {
        let fields = {
            let (dispatch, latest) = (dispatch.clone(), latest.clone());
            let idle = Rc::new(RefCell::new(None));
            let name = {
                let latest = latest.clone();
                move |mark| FieldName::of(mark, latest.borrow().entry().map(|entry| &*entry.template.form))
            };
            events::listen_to_fields(move |event| match event {
                events::FieldEvent::Typed { mark, text, how } => {
                    if let Some(field) = name(mark) {
                        dispatch.dispatch(Action::Typed { field, text, how });
                        // A pause ends the step that one undo takes back. Waiting anew ends the wait before.
                        let dispatch = dispatch.clone();
                        *idle.borrow_mut() = Some(timer::after(PAUSE_MILLISECONDS, move || dispatch.dispatch(Action::Pause)));
                    }
                    false
                }
                events::FieldEvent::Pasted { mark, text, html } => {
                    let field = name(mark);
                    let workspace = latest.borrow().clone();
                    field.is_some_and(|field| command::paste(workspace.take(&field, &text), (text, html), &workspace, &dispatch))
                }
                events::FieldEvent::Focused { mark, given } => {
                    if let Some(field) = name(mark) {
                        dispatch.dispatch(Action::Focused { field, given });
                    }
                    false
                }
                events::FieldEvent::Left { to_field } => {
                    dispatch.dispatch(Action::Left { to_field });
                    false
                }
            })
        };
        let keys = {
            let (dispatch, latest) = (dispatch.clone(), latest.clone());
            events::listen_to_keys(move |press, under| {
                let workspace = latest.borrow().clone();
                command::press(&press, under, &workspace, &dispatch)
            })
        };
        let drops = {
            let (dispatch, latest) = (dispatch.clone(), latest.clone());
            events::listen_to_drops(move |files, missed| {
                let library = latest.borrow().library.clone();
                command::bring_files(files, missed, &library, &dispatch);
            })
        };
        let asked = {
            let (dispatch, latest) = (dispatch.clone(), latest.clone());
            office::hear(move |asked| {
                let workspace = latest.borrow().clone();
                command::office_asks(&asked, &workspace, &dispatch);
            })
        };
        let pastes = {
            let (dispatch, latest) = (dispatch.clone(), latest.clone());
            events::listen_to_pastes(move |files, html, plain| {
                let workspace = latest.borrow().clone();
                let free = workspace.open.is_none() && workspace.dialog == Dialog::None;
                free && command::bring_pasted(files, html, plain, &workspace.library, &dispatch)
            })
        };
        {
            let latest = latest.clone();
            crash::ask(move |typed| {
                latest.try_borrow().map_or_else(|_| String::new(), |latest| command::last_words(&latest, typed))
            });
        }
        command::try_storage(&dispatch);
        storage::listen(move |key, value| command::storage_changed(key.as_deref(), value.as_deref(), &dispatch));
        let choosing = choosing::listen();
        let prints = paper::listen();
        move || drop((fields, keys, drops, asked, pastes, choosing, prints))
    });
}

/// Keeps what is outside of the page's own elements in step: the focus, the title, the size of the type, and what was open.
#[hook]
fn use_browser_state(workspace: &UseReducerHandle<Workspace>) {
    let wanted = workspace.focus.zip(workspace.entry().cloned());
    use_effect_with(workspace.focus, move |_| {
        // After everything has been drawn. Who goes to another field meanwhile stays there.
        let choices = dom::focus_choices();
        let soon = wanted.map(|((_, cell), entry)| {
            let name = cell.name(&entry.template.form);
            timer::after(0, move || {
                if dom::focus_choices() == choices {
                    focus::cell(&name);
                }
            })
        });
        move || drop(soon)
    });
    let title = workspace.open.as_deref().and_then(|id| workspace.project(id)).map(|project| project.name.clone());
    use_effect_with(title, |title| {
        dom::set_title(&text::page_title(title.as_deref()));
    });
    use_effect_with(workspace.large, |large| {
        dom::root_class("large", *large);
        storage::keep_wish(draft::LARGE_KEY, if *large { "1" } else { "" });
    });
    use_effect_with(workspace.open.clone(), |open| {
        storage::keep_wish(draft::LAST_KEY, open.as_deref().unwrap_or(""));
    });
    // Not where the same text only became a project of its own: someone may be typing in it.
    use_effect_with(workspace.entry().map(|entry| entry.key), |_| dom::scroll_to_top("desk"));
}
