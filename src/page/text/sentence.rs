//! Sentences with something filled in.

use super::{LANG, Lang, Text, t};
use crate::page::browser::office::Trouble as OfficeTrouble;
use crate::page::store::Entry;
use jixiao::document::Conversion;
use jixiao::engine::{Standing, Totals};
use jixiao::number::{Magnitude, group_digits};
use jixiao::template::{Template, amount_unit_name};
use jixiao::wording;

/// Form and year, below the name of a project.
pub fn project_about(form: &str, year: &str) -> String {
    let year = year.trim_end_matches("年度").trim_end_matches('年');
    match LANG {
        Lang::Zh if year.is_empty() => form.to_owned(),
        Lang::Zh => format!("{year}年度 · {form}"),
    }
}

/// The name of a project, or what stands for it.
pub fn project_name(name: &str) -> &str {
    if name.is_empty() { t(Text::Unnamed) } else { name }
}

/// What a screen reader hears when a cell is left.
pub fn announcement(entry: &Entry) -> String {
    let findings = entry.evaluation.findings.len();
    let standing = entry.evaluation.progress.standing();
    let total = entry.evaluation.score.as_ref().map(|score| format!("总分{}，", total(&score.entered)));
    match LANG {
        Lang::Zh if findings == 0 => format!("{}{}", total.unwrap_or_default(), wording::progress::nothing_found(standing)),
        Lang::Zh => {
            let open = wording::progress::beside_findings(standing).map(|open| format!("，{open}"));
            format!("{}核对发现{findings}项{}", total.unwrap_or_default(), open.unwrap_or_default())
        }
    }
}

/// That nothing was found, as far as the table is filled in.
pub fn nothing_found(standing: Standing) -> String {
    sentence(&wording::progress::nothing_found(standing))
}

/// A change that is not made, since it would only move the fault.
pub fn not_mended() -> crate::page::store::Message {
    let (title, line) = match LANG {
        Lang::Zh => ("未作改动", "改动此处后，其他处将出现新的问题（如扣分而未填原因）；请核对后手工修改。"),
    };
    crate::page::store::Message { serious: false, title: title.to_owned(), lines: vec![line.to_owned()], offer: None }
}

/// A phrase that stands alone.
pub fn sentence(phrase: &str) -> String {
    match LANG {
        Lang::Zh => format!("{phrase}。"),
    }
}

/// A total as it is printed, or that it can't be said yet.
pub fn total(totals: &Totals) -> String {
    totals.shown.map_or_else(|| "—".to_owned(), |total| total.to_string())
}

/// The name of the grade that a total gets.
pub fn grade(totals: &Totals, template: &Template) -> String {
    let bands = template.profile.grades.as_ref().map(|grades| &grades.bands);
    let band = totals.grade.and_then(|at| bands?.get(at));
    band.map_or_else(|| "—".to_owned(), |band| band.name.clone())
}

/// The time of day of a stamp; the day too, unless it is today.
pub fn saved_draft(stamp: &str, now: &str) -> String {
    format!("草稿已存 {}", time(stamp, now))
}

pub fn saved_file(stamp: &str, now: &str, current: bool) -> String {
    let time = time(stamp, now);
    if current { format!("已导出 {time}") } else { format!("已导出 {time}，之后有改动") }
}

fn time<'a>(stamp: &'a str, now: &str) -> &'a str {
    match (stamp.split_once(' '), now.split_once(' ')) {
        (Some((day, time)), Some((today, _))) if day == today => time,
        _ => stamp,
    }
}

pub fn changed_elsewhere(name: &str) -> String {
    format!("另一窗口已修改“{name}”")
}

pub fn kept_aside(own: &str) -> String {
    format!("本窗口所填内容已另存为“{own}”，另一窗口的内容保留在原项目中。")
}

pub fn other_unreadable() -> &'static str {
    "未能取用另一窗口的内容"
}

pub fn project_deleted(name: &str) -> String {
    format!("已删除“{}”", project_name(name))
}

pub fn project_deleted_lead() -> String {
    format!("可以撤销；{}日内也可以在“{}”中恢复。已导出的文件不受影响。", crate::page::draft::DELETED_DAYS, t(Text::Deleted))
}

pub fn not_deleted(name: &str) -> String {
    format!("未删除“{}”", project_name(name))
}

pub fn download_first() -> String {
    "浏览器存储空间不足，删除后无法恢复。请先打开该项目并导出文件。".to_owned()
}

pub fn not_restored() -> &'static str {
    "浏览器存储空间不足，未能恢复"
}

pub fn row_removed(place: usize) -> String {
    format!("已删除第{place}行")
}

/// The same for those who listen, with the way back.
pub fn row_removed_aloud(place: usize) -> String {
    format!("已删除第{place}行，按 Ctrl＋Z 撤销")
}

/// The entry of the menu that draws a joined cell of this column apart.
pub fn split(column: &str) -> String {
    format!("单独填写本行“{column}”")
}

pub fn imported_several(file: &str, brought: usize, failed: usize) -> String {
    let failed = if failed > 0 { format!("，{failed}个未能导入") } else { String::new() };
    format!("已从“{file}”导入{brought}个项目{failed}")
}

/// What a line speaks of, where a file holds several documents.
pub fn of_document(place: usize, name: Option<&str>, line: &str) -> String {
    match name.filter(|name| !name.is_empty()) {
        Some(name) => format!("“{name}”：{line}"),
        None => format!("第{place}个：{line}"),
    }
}

pub fn several_files() -> &'static str {
    "导入结果"
}

pub fn imported(name: &str) -> String {
    format!("已导入“{}”，请留意：", project_name(name))
}

pub fn import_failed(file: &str) -> String {
    format!("未能导入“{file}”")
}

pub fn import_failed_lead() -> String {
    "原有内容未受影响。".to_owned()
}

pub fn not_text() -> String {
    "文件不是 UTF-8 编码的文本，可能已损坏。".to_owned()
}

pub fn unreadable_file() -> String {
    "浏览器未能读取该文件。".to_owned()
}

/// Why an office file gave nothing, beside what the file itself is to blame for.
pub fn office_trouble(trouble: OfficeTrouble) -> String {
    match trouble {
        OfficeTrouble::Missing => "读取文件的部件未能载入。请检查网络连接后重试，或改用保存在本机的单文件版。",
        OfficeTrouble::Unreadable => "浏览器未能读取该文件，文件可能已被移动、改名或占用，请重新选择。",
        OfficeTrouble::Died => "读取该文件时中途出错，未能读完。请用 Word、Excel 或 WPS 打开并另存为新文件后再导入。",
        OfficeTrouble::Slow => "读取该文件超过2分钟仍未完成，已停止。请将其中的表格另存为单独的文件后再导入。",
    }
    .to_owned()
}

pub fn folder_kept_back() -> &'static str {
    "拖入的文件夹未能读取"
}

pub fn folder_kept_back_lead() -> &'static str {
    "浏览器不允许从本机网页读取拖入的文件夹。请点按“选择文件夹”，或直接拖入其中的文件。"
}

pub fn not_corrected() -> &'static str {
    "未能按更正重新识别"
}

pub fn accepted(count: usize) -> String {
    format!("已导入{count}个项目")
}

pub fn given_back(count: usize) -> String {
    format!("已撤销导入{count}个项目，可重新选择")
}

/// Those that were written in since.
pub fn kept_accepted(count: usize) -> String {
    format!("另有{count}个项目导入后已修改，未撤销。")
}

/// How far the reading is.
pub fn reading_progress(done: usize, of: usize) -> String {
    if done < of { format!("正在读取，已读 {done} / {of} 个文件") } else { format!("已读 {of} 个文件") }
}

/// The name of what was read, or what stands for it.
pub fn read_name(name: &str) -> &str {
    if name.is_empty() { "粘贴的内容" } else { name }
}

/// What the check of a table found, and how many of its texts are open.
pub fn found_in(entry: &Entry, open: usize) -> String {
    let found = wording::io::check::found(&entry.evaluation);
    if open > 0 { format!("{found}，待确认 {open} 处") } else { found }
}

/// The place that a cell had where it was brought in from.
pub fn in_source(place: &str) -> String {
    format!("原表：{place}")
}

pub fn cannot_save_file() -> &'static str {
    "浏览器未能保存所导出的文件"
}

pub fn damaged_draft() -> String {
    "草稿内容不完整".to_owned()
}

pub fn draft_kept() -> String {
    "原文已按原样保留，可下载备份。".to_owned()
}

pub fn draft_unreadable(name: &str) -> String {
    format!("未能打开“{}”", project_name(name))
}

pub fn profile_failed(file: &str) -> String {
    format!("未能导入口径文件“{file}”")
}

pub fn profile_not_kept(trouble: &str) -> String {
    format!("口径已导入，但未能保存：{trouble}")
}

pub fn profile_not_kept_lead() -> String {
    "本次可以使用，下次打开本页须重新导入该口径文件。".to_owned()
}

/// A scoring rule of the form, as a way of scoring to choose.
pub fn by_rule(rule: &str) -> String {
    format!("评分标准：{rule}")
}

pub fn automatic(kind: &str) -> String {
    format!("自动判断：{kind}")
}

pub fn count_of(word: &str, count: usize) -> String {
    format!("{word} {count}")
}

pub fn more_findings(count: usize) -> String {
    format!("另有 {count} 项，处理以上各项后列出。")
}

pub fn add_to(table: &str) -> String {
    format!("在“{table}”中增加一行")
}

pub fn copy_name(name: &str) -> String {
    format!("{name}（副本）")
}

/// The title of the browser's tab.
pub fn page_title(project: Option<&str>) -> String {
    match project {
        Some(name) => format!("{} - {}", project_name(name), t(Text::Name)),
        None => t(Text::Name).to_owned(),
    }
}

pub fn profile_not_json() -> String {
    "不是有效的 JSON 文件。".to_owned()
}

/// The title of a chart, with the unit of its numbers.
pub fn chart_title(title: &str, unit: &str) -> String {
    match LANG {
        Lang::Zh if unit.is_empty() => title.to_owned(),
        Lang::Zh => format!("{title}（单位：{unit}）"),
    }
}

/// 字数 120/200
pub fn length(length: usize, limit: Option<u16>) -> String {
    match limit {
        Some(limit) => format!("字数 {length}/{limit}"),
        None => format!("字数 {length}"),
    }
}

/// What a screen reader says of the button that opens a section.
pub fn rewrite(heading: &str) -> String {
    let heading = if heading.is_empty() { "标题" } else { heading };
    format!("改写：{heading}")
}

/// A field in the list to choose from.
pub fn field_choice(name: &str, value: &str) -> String {
    let mut shown: String = value.chars().take(16).collect();
    if value.chars().count() > 16 {
        shown.push('…');
    }
    format!("{name}（{shown}）")
}

pub fn report_copied() -> &'static str {
    "报告全文已复制"
}

pub fn left_open(count: usize) -> Option<String> {
    (count > 0).then(|| format!("其中还有{count}处待填或没有数。"))
}

pub fn cannot_copy() -> &'static str {
    "浏览器未能复制，请打印或导出"
}

/// What the dialog of the unit says before another one is chosen.
pub fn unit_current(unit: Magnitude) -> String {
    format!("本表金额单位为{}。选择其他单位后，可换算金额，也可只改单位。", amount_unit_name(unit))
}

/// What either way would do to the amounts, by the first of them.
pub fn unit_choices(entry: &Entry, from: Magnitude, to: Magnitude, conversion: &Conversion) -> Vec<String> {
    let (from, to) = (amount_unit_name(from), amount_unit_name(to));
    let example = conversion.cells.iter().find(|(_, text)| !matches!(text.as_str(), "0" | "0.00"));
    let Some((cell, after)) = example else {
        return vec![format!("表中还没有填写金额，单位由{from}改为{to}。")];
    };
    let before = entry.document().typed(*cell).text().trim();
    let (before, after) = (group_digits(before), group_digits(after));
    vec![
        format!(
            "{}：表中{}处金额换算为{to}，数额不变，如{before}{from}改写为{after}{to}。",
            t(Text::Convert),
            conversion.cells.len()
        ),
        format!("{}：数字不动，如{before}{from}变为{before}{to}。用于原来单位标错的表。", t(Text::Relabel)),
    ]
}

/// What 换算 did.
pub fn unit_converted(from: Magnitude, to: Magnitude, conversion: &Conversion) -> (String, Vec<String>) {
    let (from, to) = (amount_unit_name(from), amount_unit_name(to));
    let title = format!("已将{}处金额由{from}换算为{to}。", conversion.cells.len());
    let mut lines = Vec::new();
    if conversion.with_unit > 0 {
        lines.push(format!("另有{}处自带单位，保持原样。", conversion.with_unit));
    }
    if !conversion.left.is_empty() {
        lines.push(format!("有{}处不是可换算的数，保持原样，请核对。", conversion.left.len()));
    }
    (title, lines)
}

/// What 只改单位 did.
pub fn unit_relabelled(from: Magnitude, to: Magnitude, conversion: &Conversion) -> (String, Vec<String>) {
    let title = format!("单位已由{}改为{}，金额的数字未动。", amount_unit_name(from), amount_unit_name(to));
    let kept = (conversion.with_unit > 0).then(|| format!("有{}处自带单位，数额不受影响。", conversion.with_unit));
    (title, kept.into_iter().collect())
}
