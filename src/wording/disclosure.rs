//! Sentences about whole documents: 部门决算, 部门预算.

use super::terms::signed;
use crate::block::{Block, Blocks};
use crate::disclosure::{Disclosure, DisclosureFinding, Figure, Relation, RelationKind, Spot, Verdict};
use crate::number::{Exact, group_digits};
use crate::prelude::*;

/// So many figures of a sum are written out.
const MOST_NAMED: usize = 8;

pub fn kind(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Within => "表内勾稽",
        RelationKind::Across => "表间勾稽",
    }
}

pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Right => "一致",
        Verdict::Tail => "尾差",
        Verdict::Wrong => "不一致",
    }
}

/// Where a figure stands: 《支出决算表》表3第5行第3列.
pub fn place(blocks: &Blocks, found: &Disclosure, figure: &Figure) -> String {
    let table = figure
        .spot
        .table()
        .and_then(|table| found.tables.get(table))
        .map_or(String::new(), |table| format!("《{}》", table.name));
    let at = match (figure.spot, blocks.list.get(figure.spot.block())) {
        (Spot::Cell { row, column, .. }, Some(Block::Grid(grid))) => super::recognise::cell_place(grid, row, column),
        (_, Some(Block::Paragraph(paragraph))) => format!("第{}段", paragraph.number),
        (_, Some(Block::Grid(_)) | None) => String::new(),
    };
    format!("{table}{at}")
}

/// What a figure is called in its table: “2080501行政单位离退休”行“基本支出”.
pub fn figure(figure: &Figure) -> String {
    let row = super::terms::short(&figure.row).replace('“', "‘").replace('”', "’");
    let code = match &figure.key.item {
        crate::disclosure::Item::Function(code) | crate::disclosure::Item::Economic(code) => code.as_str(),
        crate::disclosure::Item::All | crate::disclosure::Item::Named(_) => "",
    };
    let name = figure.key.name().replace('“', "‘").replace('”', "’");
    if row.is_empty() && code.is_empty() { format!("“{name}”") } else { format!("“{code}{row}”行“{name}”") }
}

/// An amount in 元, in the unit of a figure.
fn amount(value: Exact, power: u32) -> String {
    let shown = Exact::ten_to(power)
        .ok()
        .and_then(|factor| value.checked_div(factor).ok())
        .map_or(String::new(), |value| value.to_plain(8));
    group_digits(&shown)
}

/// A finding as a sentence.
pub fn finding(found: &Disclosure, finding: &DisclosureFinding) -> String {
    let Some(at) = found.figures.get(finding.at) else { return String::new() };
    let relations: Vec<&Relation> = finding.relations.iter().filter_map(|at| found.relations.get(*at)).collect();
    let claim = format!("{}填{}", figure(at), printed(at));
    match (finding.should, relations.as_slice()) {
        (Some(should), relations) => {
            let off = at.value.checked_sub(should).unwrap_or(Exact::ZERO);
            let way = if off.is_negative() { "少" } else { "多" };
            let named: Vec<String> = relations.iter().map(|relation| working(found, relation)).collect();
            format!(
                "{claim}，应为{}，{way}{}；有关{}处勾稽随之不符：{}。",
                amount(should, at.power),
                amount(off.abs(), at.power),
                relations.len(),
                named.join("；")
            )
        }
        (None, [relation]) if relation.verdict == Verdict::Tail => {
            format!("{claim}，{}，相差在四舍五入的尾差以内，可不调整。", against(found, relation))
        }
        (None, [relation]) => format!("{claim}，{}，相差{}。", against(found, relation), difference(found, relation)),
        (None, _) => format!("{claim}，与有关各处不符。"),
    }
}

fn printed(figure: &Figure) -> String {
    if figure.printed.is_empty() { "空白".into() } else { group_digits(&figure.printed) }
}

fn difference(found: &Disclosure, relation: &Relation) -> String {
    let power = found.figures.get(relation.claim).map_or(0, |figure| figure.power);
    let value =
        Exact::ten_to(power).ok().and_then(|factor| relation.difference.checked_div(factor).ok()).unwrap_or(relation.difference);
    signed(value)
}

/// 所含3项（1＋2＋3）相加为6; 《收入决算表》为6.
fn against(found: &Disclosure, relation: &Relation) -> String {
    let parts: Vec<&Figure> = relation.parts.iter().filter_map(|part| found.figures.get(*part)).collect();
    let power = found.figures.get(relation.claim).map_or(0, |figure| figure.power);
    if let [one] = parts.as_slice() {
        let table = one.spot.table().and_then(|table| found.tables.get(table)).map_or("", |table| table.name);
        return format!("《{table}》{}为{}", figure(one), printed(one));
    }
    let sum = parts.iter().try_fold(Exact::ZERO, |sum, part| sum.checked_add(part.value)).unwrap_or(Exact::ZERO);
    let filled: Vec<String> = parts.iter().filter(|part| !part.value.is_zero()).map(|part| printed(part)).collect();
    let named =
        if filled.len() > 1 && filled.len() <= MOST_NAMED { format!("（{}）", filled.join("＋")) } else { String::new() };
    format!("所含{}项{named}相加为{}", parts.len(), amount(sum, power))
}

fn working(found: &Disclosure, relation: &Relation) -> String {
    let claim = found.figures.get(relation.claim).map_or(String::new(), |claim| format!("{}填{}", figure(claim), printed(claim)));
    format!("{claim}，{}", against(found, relation))
}

/// One line of the list of 勾稽关系: its two sides and the result.
pub fn relation(blocks: &Blocks, found: &Disclosure, relation: &Relation) -> String {
    let Some(claim) = found.figures.get(relation.claim) else { return String::new() };
    format!(
        "  {} {}（{}）：{} {}填{}；{}",
        relation.kind.id(),
        relation.name,
        verdict(relation.verdict),
        place(blocks, found, claim),
        figure(claim),
        printed(claim),
        against(found, relation),
    )
}

/// The first line for a document: its tables and relations.
pub fn headline(source: &str, found: &Disclosure, counts: &str) -> String {
    let figures: usize = found.tables.iter().map(|table| table.figures).sum();
    let filled = found.tables.iter().filter(|table| table.figures > 0).count();
    let relations = found.relations.len();
    let across = found.relations.iter().filter(|relation| relation.kind == RelationKind::Across).count();
    let counts = if counts.is_empty() { "未发现问题".to_owned() } else { counts.to_owned() };
    let unplaced = match found.unplaced {
        0 => String::new(),
        count => format!("；另有{count}个数在文字中看不出属于哪一栏，未核对"),
    };
    format!(
        "{source}：整本公开文件，表{}张（有数{filled}张，数{figures}个），勾稽关系{relations}处（表间{across}处）{unplaced}：{counts}",
        found.tables.len()
    )
}

/// A finding with its code and place.
pub fn finding_line(blocks: &Blocks, found: &Disclosure, one: &DisclosureFinding) -> String {
    let place = found.figures.get(one.at).map_or(String::new(), |at| place(blocks, found, at));
    format!("  {} {} [{place}] {}", super::severity(one.severity), one.kind.id(), finding(found, one))
}
