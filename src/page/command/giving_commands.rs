//! Handing a project out as files for other programs, and as a table for the clipboard.

use super::draft_commands::stored;
use crate::page::browser::{clipboard, clock, files, office};
use crate::page::store::{Action, Dialog, Dispatch, Entry, Held, Message, Workspace};
use crate::page::text;
use jixiao::export::file_name;
use jixiao::finding::Finding;
use jixiao::paper::csv::{self, Separator};
use jixiao::paper::{About, Given, Listed, Paper, Parts, html, listed, many, paper, sheet, text as plain};
use jixiao::template::{Library, Role};
use jixiao::wording::paper::FINDINGS;
use jixiao::workbook::{self, workbook_of};
use serde::Serialize;
use std::rc::Rc;

/// What a project is handed out as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Giving {
    Word,
    Excel,
    Page,
    /// 核对结果, a line for each finding.
    List,
    /// 核对结果, a paragraph for each finding.
    Text,
    /// 核对结果 of all projects as one list.
    AllExcel,
    AllWord,
    AllPage,
    AllList,
    AllText,
}

/// Hands the open project out.
pub fn give(giving: Giving, workspace: &Workspace, dispatch: &Dispatch) {
    let Some(entry) = workspace.entry() else { return };
    dispatch.dispatch(Action::Dialog(Dialog::None));
    let date = clock::now().day();
    let source = |finding: &Finding| source(entry, finding);
    let given = given(&workspace.library, entry, &date, &source);
    match giving {
        Giving::Word => write("docx", &parts(given, workspace), name(entry, "", "docx"), dispatch),
        Giving::Excel => {
            let all = workbook_of(given, Parts { code: workspace.parts.code, ..Parts::ALL });
            write("xlsx", &all, name(entry, "", "xlsx"), dispatch);
        }
        Giving::Page => save_text(entry, "", "html", &html::page(&parts(given, workspace)), dispatch),
        Giving::AllExcel => write("xlsx", &workbook::list(&all(workspace, &date)), file_name(FINDINGS, "", "", "xlsx"), dispatch),
        Giving::AllWord => write("docx", &list(workspace, &date), file_name(FINDINGS, "", "", "docx"), dispatch),
        Giving::AllPage => save_list("html", &html::page(&list(workspace, &date)), dispatch),
        Giving::AllList => {
            let list = csv::findings(&all(workspace, &date));
            save_list("csv", &format!("{}{list}", csv::MARK), dispatch);
        }
        Giving::AllText => {
            let text = plain::many(&all(workspace, &date)).replace('\n', "\r\n");
            save_list("txt", &format!("{}{text}", csv::MARK), dispatch);
        }
        Giving::List => {
            let all = listed(given);
            let list = csv::findings(&[(About::of("", given, &all), all)]);
            save_text(entry, FINDINGS, "csv", &format!("{}{list}", csv::MARK), dispatch);
        }
        // Notepad on Windows takes a text without a mark for the local encoding.
        Giving::Text => {
            let text = plain::findings(given).replace('\n', "\r\n");
            save_text(entry, FINDINGS, "txt", &format!("{}{text}", csv::MARK), dispatch);
        }
    }
}

/// Hands out what was found in a whole document of a file: `content` is a paper for Word, else the file itself.
pub fn hand_on(kind: &str, file: &str, content: &str, dispatch: &Dispatch) {
    let plain = file.rsplit('/').next().unwrap_or_default();
    let stem = plain.rsplit_once('.').map_or(plain, |(stem, _)| stem);
    let name = file_name(stem, "", &format!("{FINDINGS}_{}", clock::now().compact()), kind);
    if kind == "docx" {
        return write_described("docx", content, name, dispatch);
    }
    said(!content.is_empty() && files::save(&name, content), &name, dispatch);
}

/// Puts the table onto the clipboard, with its merged cells and computed values.
pub fn copy_table(entry: &Entry, dispatch: &Dispatch) {
    dispatch.dispatch(Action::Dialog(Dialog::None));
    let pages = sheet(&entry.sheet, entry.template.form.landscape);
    let said = if clipboard::write_both(&html::fragment(&pages), &csv::pages(&pages, Separator::Tab)) {
        Message::plain(text::table_copied().to_owned(), Vec::new())
    } else {
        Message::serious(text::cannot_copy().to_owned(), Vec::new())
    };
    dispatch.dispatch(Action::Say(said));
}

/// The findings of every project that was accepted and can be read, in the order of the list.
fn all(workspace: &Workspace, date: &str) -> Vec<(About, Vec<Listed>)> {
    let library = &workspace.library;
    let accepted = workspace.projects.iter().filter(|project| !workspace.is_proposal(&project.id));
    let entries = accepted.filter_map(|project| match &project.held {
        Held::Loaded(entry) => Some(entry.clone()),
        Held::Stored => stored(&project.id, library).map(Rc::new),
        Held::Unreadable(_) => None,
    });
    let listed = |entry: Rc<Entry>| {
        let source = |finding: &Finding| source(&entry, finding);
        let given = given(library, &entry, date, &source);
        let all = listed(given);
        (About::of("", given, &all), all)
    };
    entries.map(listed).collect()
}

/// The same on paper.
fn list(workspace: &Workspace, date: &str) -> Paper {
    Paper { title: FINDINGS.to_owned(), pages: vec![many(&all(workspace, date))] }
}

fn save_list(ending: &str, content: &str, dispatch: &Dispatch) {
    let name = file_name(FINDINGS, "", "", ending);
    said(files::save(&name, content), &name, dispatch);
}

fn given<'a>(library: &'a Library, entry: &'a Entry, date: &'a str, source: &'a dyn Fn(&Finding) -> Option<String>) -> Given<'a> {
    let (template, evaluation, sheet) = (&entry.template, &*entry.evaluation, &*entry.sheet);
    Given { library, template, document: entry.document(), evaluation, sheet, landscape: template.form.landscape, date, source }
}

/// The chosen parts. A paper without any is the table.
fn parts(given: Given<'_>, workspace: &Workspace) -> Paper {
    let chosen = if workspace.parts.is_none() { Parts { table: true, ..workspace.parts } } else { workspace.parts };
    paper(Given { landscape: workspace.lies(), ..given }, chosen)
}

/// Where the text that a finding is about stands in the file that the table came from.
fn source(entry: &Entry, finding: &Finding) -> Option<String> {
    let words = entry.source.as_ref()?.words(*finding.at.first()?, &entry.template.form)?;
    Some(words.to_owned())
}

fn name(entry: &Entry, what: &str, ending: &str) -> String {
    let tail = [what, &clock::now().compact()].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("_");
    file_name(entry.role_text(Role::ProjectName), entry.role_text(Role::FiscalYear), &tail, ending)
}

fn save_text(entry: &Entry, what: &str, ending: &str, content: &str, dispatch: &Dispatch) {
    let name = name(entry, what, ending);
    said(files::save(&name, content), &name, dispatch);
}

/// Has the module for office files write one, and hands it out when it is there.
fn write(kind: &str, described: &impl Serialize, name: String, dispatch: &Dispatch) {
    // Serializing these types can't fail: all keys are texts.
    write_described(kind, &serde_json::to_string(described).unwrap_or_default(), name, dispatch);
}

fn write_described(kind: &str, described: &str, name: String, dispatch: &Dispatch) {
    let dispatch = dispatch.clone();
    office::write(kind, described, move |written| match written {
        Ok(bytes) => said(files::save_bytes(&name, &bytes), &name, &dispatch),
        Err(trouble) => dispatch
            .dispatch(Action::Say(Message::serious(text::cannot_write().to_owned(), vec![text::writing_trouble(trouble)]))),
    });
}

fn said(saved: bool, name: &str, dispatch: &Dispatch) {
    let message = if saved {
        Message::plain(text::handed_out(name), Vec::new())
    } else {
        Message::serious(text::cannot_save_file().to_owned(), Vec::new())
    };
    dispatch.dispatch(Action::Say(message));
}
