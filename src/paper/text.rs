//! The findings as plain text, to be pasted into a letter or a chat.

use super::findings::{About, Listed, result};
use super::{Given, listed};
use crate::prelude::*;
use crate::wording::{self, paper as words};

/// 核对结果: what it is about, how many findings there are, and a paragraph for each.
pub fn findings(given: Given<'_>) -> String {
    let all = listed(given);
    let about = given.about().into_iter().map(|paragraph| paragraph.text);
    let head = [words::FINDINGS.to_owned()].into_iter().chain(about).chain([result(given, &all)]);
    let paragraphs = all.iter().enumerate().map(|(at, listed)| paragraph(at, listed));
    let mut text = head.collect::<Vec<_>>().join("\n");
    for paragraph in paragraphs {
        text.push_str("\n\n");
        text.push_str(&paragraph);
    }
    text.push('\n');
    text
}

/// The same of many projects: the line of each, and its findings below.
pub fn many(projects: &[(About, Vec<Listed>)]) -> String {
    let date = projects.first().map_or("", |(about, _)| about.date.as_str());
    let mut text = format!("{}\n{}\n", words::FINDINGS, words::about_many(projects.len(), date));
    for (at, (about, all)) in projects.iter().enumerate() {
        let About { file, project, form, profile, result, .. } = about;
        text.push('\n');
        text.push_str(&words::of_many(at.saturating_add(1), file, project, form, profile, result));
        text.push('\n');
        for (at, listed) in all.iter().enumerate() {
            text.push('\n');
            text.push_str(&paragraph(at, listed));
            text.push('\n');
        }
    }
    text
}

fn paragraph(at: usize, listed: &Listed) -> String {
    let mut lines = vec![words::item(
        at.saturating_add(1),
        wording::severity(listed.severity),
        listed.code.id(),
        listed.title,
        &listed.place,
    )];
    lines.extend(listed.source.iter().map(|source| words::in_source(source)));
    lines.push(listed.text.clone());
    if !listed.due.is_empty() || !listed.stands.is_empty() {
        lines.push(words::stands_and_due(&listed.stands, &listed.due));
    }
    lines.extend(listed.basis.lines().map(str::to_owned));
    lines.join("\n")
}
