//! Sentences of `jixiao check`.

use crate::block::{Blocks, Grid};
use crate::engine::Evaluation;
use crate::finding::{Finding, Severity};
use crate::prelude::*;
use crate::recognise::{Question, Unread};
use crate::tabular::{Checked, TableFinding};
use crate::template::{Form, Profile};
use crate::wording::recognise::source_place;
use crate::wording::{FindingText, progress, severity, short, tabular};

/// So many texts that were not understood are named; the rest is counted.
const MOST_NAMED: usize = 5;

/// How many findings there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub errors: usize,
    pub warnings: usize,
    pub infos: usize,
}

impl Counts {
    pub fn of(findings: &[Finding]) -> Counts {
        Counts::of_severities(findings.iter().map(|finding| finding.severity))
    }

    pub fn of_severities(severities: impl Iterator<Item = Severity> + Clone) -> Counts {
        let count = |kind| severities.clone().filter(|severity| *severity == kind).count();
        Counts { errors: count(Severity::Error), warnings: count(Severity::Warning), infos: count(Severity::Info) }
    }

    pub fn add(&mut self, other: Counts) {
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.infos += other.infos;
    }

    /// 错误 2 项，提醒 1 项; blank where there are none.
    pub fn words(self) -> String {
        let kinds = [(Severity::Error, self.errors), (Severity::Warning, self.warnings), (Severity::Info, self.infos)];
        let named: Vec<String> =
            kinds.iter().filter(|(_, count)| *count > 0).map(|(kind, count)| format!("{} {count} 项", severity(*kind))).collect();
        named.join("，")
    }
}

/// What was found in a table, and how much of it is still to be filled in.
pub fn found(evaluation: &Evaluation) -> String {
    let standing = evaluation.progress.standing();
    let counts = Counts::of(&evaluation.findings).words();
    match progress::beside_findings(standing) {
        _ if counts.is_empty() => progress::nothing_found(standing),
        Some(open) => format!("{counts}，{open}"),
        None => counts,
    }
}

/// The first line for a table: where it is from, what it is, how many findings it has, and how much is still to be filled in.
pub fn headline(source: &str, project: &str, form: &Form, profile: &Profile, evaluation: &Evaluation) -> String {
    let counts = found(evaluation);
    let project = if project.is_empty() { String::new() } else { format!(" {project}") };
    format!("{source}：{counts}{project}（{}，{}）", form.short, profile.name)
}

pub fn noticed(notice: &str) -> String {
    format!("  提示 {notice}")
}

/// `place` is where the finding is, as the form calls it; `source` where that stands in the file.
pub fn finding(finding: &Finding, place: &str, source: Option<&str>, text: &FindingText) -> String {
    // Most sentences name their place themselves.
    let place = Some(place).filter(|place| !text.text.contains(place));
    let places: Vec<&str> = place.into_iter().chain(source).collect();
    let places = if places.is_empty() { String::new() } else { format!("[{}] ", places.join("，")) };
    format!("  {} {} {places}{}", severity(finding.severity), finding.code.id(), text.text)
}

/// A text that may be two things, and is in no cell.
pub fn question(question: &Question, blocks: &Blocks) -> String {
    let place = source_place(blocks, question.place);
    format!("  待定 {place}“{}”有 {} 种可能，未填入。", short(&question.text), question.options.len())
}

/// What of a table was not understood.
pub fn not_understood(list: &[Unread], blocks: &Blocks) -> Option<String> {
    Some(format!("  未识别 {}。", named(list, blocks)?))
}

/// Texts of a file that belong to none of its tables.
pub fn outside(source: &str, list: &[Unread], blocks: &Blocks) -> Option<String> {
    Some(format!("{source}：表外文字未识别 {}。", named(list, blocks)?))
}

/// 3 处：表1第5行第3列“…”、…
fn named(list: &[Unread], blocks: &Blocks) -> Option<String> {
    let texts: Vec<&Unread> = list.iter().filter(|unread| !unread.text.is_empty()).collect();
    let name = |unread: &&Unread| format!("{}“{}”", source_place(blocks, unread.place), short(&unread.text));
    let first: Vec<String> = texts.iter().take(MOST_NAMED).map(name).collect();
    let more = if texts.len() > MOST_NAMED { "等" } else { "" };
    (!texts.is_empty()).then(|| format!("{} 处：{}{more}", texts.len(), first.join("、")))
}

/// The first line for a grid that no form fits: what of it could be checked, and how many findings there are.
pub fn by_words(source: &str, checked: &Checked, counts: Counts) -> String {
    // Without a source it stands below the place already.
    let source = if source.is_empty() { String::new() } else { format!("{source}：") };
    if checked.relations == 0 {
        return format!("{source}没有对应的表式，表内也没有合计、占比、比率等可核对的关系，未核对。");
    }
    let counts = counts.words();
    let counts = if counts.is_empty() { "未发现问题".to_owned() } else { counts };
    format!("{source}{counts}（没有对应的表式，按表内文字核对关系 {} 处）", checked.relations)
}

/// Findings that are not listed.
pub fn more_found(count: usize) -> String {
    format!("另有 {count} 处未列出。")
}

/// A finding of such a grid, with its place.
pub fn table_finding(finding: &TableFinding, grid: &Grid) -> String {
    let place = tabular::place(grid, &finding.claim);
    format!("  {} {} [{place}] {}", severity(finding.severity), finding.relation.id(), tabular::finding(finding))
}

/// What was checked in all.
#[derive(Clone, Copy, Debug, Default)]
pub struct Summary {
    pub files: usize,
    pub tables: usize,
    /// Tables with an error.
    pub wrong: usize,
    /// Tables without an error that are not filled in completely.
    pub open: usize,
    pub findings: Counts,
    /// Grids that no form fits, checked by their words.
    pub by_words: usize,
    /// Those of them with an error.
    pub by_words_wrong: usize,
    /// Grids that no form fits, and of which no words tell what must hold.
    pub unfit: usize,
    /// Whole published documents.
    pub documents: usize,
    /// Those of them with an error.
    pub documents_wrong: usize,
    /// Files without a table.
    pub without: usize,
    /// Files that can't be read.
    pub unreadable: usize,
    /// Lines of files that can't be read.
    pub unreadable_lines: usize,
}

/// The last line.
pub fn summary(summary: &Summary) -> String {
    let open = if summary.open > 0 { format!("（其中未填完 {} 张）", summary.open) } else { String::new() };
    let good = summary.tables.saturating_sub(summary.wrong);
    let mut line = format!("共 {} 个文件，核对表格 {} 张", summary.files, summary.tables);
    if summary.tables > 0 {
        line.push_str(&format!("：有错误 {} 张，无错误 {good} 张{open}", summary.wrong));
    }
    let by_words = match (summary.by_words, summary.by_words_wrong) {
        (0, _) => String::new(),
        (all, 0) => format!("没有对应表式、按表内文字核对的表格 {all} 张"),
        (all, wrong) => format!("没有对应表式、按表内文字核对的表格 {all} 张（有错误 {wrong} 张）"),
    };
    let documents = match (summary.documents, summary.documents_wrong) {
        (0, _) => String::new(),
        (all, 0) => format!("整本公开文件 {all} 个"),
        (all, wrong) => format!("整本公开文件 {all} 个（有错误 {wrong} 个）"),
    };
    for part in [
        documents,
        by_words,
        summary.findings.words(),
        counted("没有对应表式、未核对的表格", summary.unfit, "张"),
        counted("没有表格的文件", summary.without, "个"),
        counted("读不出的文件", summary.unreadable, "个"),
        counted("读不出的行", summary.unreadable_lines, "行"),
    ] {
        if !part.is_empty() {
            line.push('；');
            line.push_str(&part);
        }
    }
    line.push('。');
    line
}

fn counted(what: &str, count: usize, unit: &str) -> String {
    if count > 0 { format!("{what} {count} {unit}") } else { String::new() }
}
