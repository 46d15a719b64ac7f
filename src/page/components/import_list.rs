use super::raw::raw;
use crate::page::store::importing::{Item, ItemState};
use crate::page::store::{Importing, Project, Workspace};
use crate::page::text::{self, Text, t};
use jixiao::finding::Severity;
use jixiao::wire::escaped;
use yew::prelude::*;

/// How a whole document begins, as its module draws it.
const WHOLE: &str = "<div class=\"whole\">";

/// 导入的文件: what was found in each, while the rest is read.
pub fn import_list(workspace: &Workspace, importing: &Importing) -> Html {
    let (done, of, open) = (importing.done(), importing.items.len(), workspace.proposals().len());
    let mut html = format!(
        "<h1 id=\"imported-title\">{}</h1><p class=\"lead\">{}</p><div class=\"import-state\"><span role=\"status\">{}</span>",
        t(Text::Imported),
        t(Text::ImportedLead),
        text::reading_progress(done, of)
    );
    if done < of {
        html += &format!("<progress max=\"{of}\" value=\"{done}\" aria-labelledby=\"imported-title\"></progress>");
        html += &button("import-cancel", "", "cancel", "", t(Text::Cancel));
    }
    if open > 0 {
        html += &button("accept-all", "primary", "accept-all", "", &text::count_of(t(Text::AcceptAll), open));
    }
    html += &button("import-close", "", "close", "", t(Text::Close));
    html += "</div><ul class=\"list import-items\">";
    for each in &importing.items {
        item(each, workspace, &mut html);
    }
    // A whole document beside what was found in it wants all the room there is.
    let whole =
        importing.items.iter().any(|each| matches!(&each.state, ItemState::Read { beside, .. } if beside.contains(WHOLE)));
    raw(if whole { "paper welcome imported has-whole" } else { "paper welcome imported" }, "imported-title", html + "</ul>")
}

fn button(id: &str, class: &str, asks: &str, value: &str, label: &str) -> String {
    format!(
        "<button type=\"button\" class=\"button {class}\" id=\"{id}\" data-do=\"{asks}\" data-value=\"{value}\">{label}</button>"
    )
}

fn item(item: &Item, workspace: &Workspace, html: &mut String) {
    *html += &format!("<li class=\"import-item\" data-item=\"{}\"><h2>{}</h2>", item.id, escaped(text::read_name(&item.name)));
    match &item.state {
        ItemState::Waiting => *html += &paragraph("note", t(Text::Waiting)),
        ItemState::Cancelled => *html += &paragraph("note", t(Text::Cancelled)),
        ItemState::Refused(reason) => *html += &paragraph("trouble", &escaped(reason)),
        ItemState::Read { projects, beside } => {
            for project in projects.iter().filter_map(|id| workspace.project(id)) {
                table(project, workspace, html);
            }
            *html += beside;
        }
    }
    *html += "</li>";
}

fn paragraph(class: &str, html: &str) -> String {
    format!("<p class=\"{class}\">{html}</p>")
}

fn table(project: &Project, workspace: &Workspace, html: &mut String) {
    let Some(entry) = project.entry() else { return };
    let errors = entry.evaluation.findings.iter().any(|finding| finding.severity == Severity::Error);
    let (place, open) = entry.source.as_ref().map_or(("", 0), |source| (source.place(), source.open()));
    let id = escaped(&project.id);
    let accept =
        if workspace.is_proposal(&project.id) { button("", "small", "accept", &id, t(Text::Accept)) } else { String::new() };
    *html += &paragraph(
        "import-table",
        &format!(
            "<button type=\"button\" class=\"link\" data-do=\"open\" data-value=\"{id}\">{}</button>\
             <span class=\"project-about\">{} · {}</span><span class=\"import-found{}\">{}</span>{accept}",
            escaped(text::project_name(&project.name)),
            escaped(place),
            escaped(&project.about),
            if errors { " trouble" } else { "" },
            text::found_in(entry, open),
        ),
    );
}
