//! Sentences about whole documents: 部门决算, 部门预算.

mod parts;

pub use parts::{
    FOUND, HAND_ON, HELD, ORIGINAL, Part, RELATIONS, UNBOUND, VERDICTS, checked, counted, leads, more, named, none, part,
    unbound_lead, verdicts,
};

use super::terms::signed;
use crate::block::{Block, Blocks};
use crate::disclosure::{
    Against, Disclosure, DisclosureFinding, Figure, Gap, GapKind, Relation, RelationKind, Remnant, RemnantKind, Spot, Standing,
    Statement, StatementKind, Verdict,
};
use crate::id::Severity;
use crate::number::{Exact, group_digits};
use crate::numbering::bare_name;
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
    let code = match &figure.key.item {
        crate::disclosure::Item::Function(code) | crate::disclosure::Item::Economic(code) => code.as_str(),
        crate::disclosure::Item::All | crate::disclosure::Item::Named(_) => "",
    };
    // Behind a code the number of the row says nothing more.
    let row = if code.is_empty() { figure.row.as_str() } else { bare_name(&figure.row) };
    let row = super::terms::short(row).replace('“', "‘").replace('”', "’");
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
    format!("  {} {}（{}）：{}", relation.kind.id(), relation.name, verdict(relation.verdict), sides(blocks, found, relation))
}

/// Both sides of a relation.
pub fn sides(blocks: &Blocks, found: &Disclosure, relation: &Relation) -> String {
    let Some(claim) = found.figures.get(relation.claim) else { return String::new() };
    format!("{} {}填{}；{}", place(blocks, found, claim), figure(claim), printed(claim), against(found, relation))
}

/// The first line for a document: its tables and relations.
pub fn headline(source: &str, found: &Disclosure, counts: &str) -> String {
    format!("{source}：{}", headline_of(found, counts))
}

/// The same without where it comes from.
pub fn headline_of(found: &Disclosure, counts: &str) -> String {
    format!("{}：{}", about(found), if counts.is_empty() { "未发现问题" } else { counts })
}

/// What a document is: its tables and relations.
fn about(found: &Disclosure) -> String {
    let figures: usize = found.tables.iter().map(|table| table.figures).sum();
    let filled = found.tables.iter().filter(|table| table.figures > 0).count();
    let relations = found.relations.len();
    let across = found.relations.iter().filter(|relation| relation.kind == RelationKind::Across).count();
    if found.tables.is_empty() {
        return "公开文件或报告的文字，没有决算、预算表，文字与上下文核对".to_owned();
    }
    let unplaced = match found.unplaced {
        0 => String::new(),
        count => format!("；另有{count}个数在文字中看不出属于哪一栏，未核对"),
    };
    format!(
        "整本公开文件，表{}张（有数{filled}张，数{figures}个），勾稽关系{relations}处（表间{across}处）{unplaced}",
        found.tables.len()
    )
}

/// A finding with its code and place.
pub fn finding_line(blocks: &Blocks, found: &Disclosure, one: &DisclosureFinding) -> String {
    let place = found.figures.get(one.at).map_or(String::new(), |at| place(blocks, found, at));
    format!("  {} {} [{place}] {}", super::severity(one.severity), one.kind.id(), finding(found, one))
}

/// Everything that was found, line by line: tables, text, and how much of the text could be held against something.
pub fn found(blocks: &Blocks, found: &Disclosure) -> Vec<String> {
    let mut lines: Vec<String> = found.findings.iter().map(|finding| finding_line(blocks, found, finding)).collect();
    lines.extend(found.statements.iter().filter_map(|one| statement_line(blocks, found, one)));
    lines.extend(found.gaps.iter().map(|one| {
        format!("  {} {} [{}] {}", super::severity(Severity::Warning), GapKind::CODE, paragraph(blocks, one.block), gap(one))
    }));
    lines.extend(found.remnants.iter().map(|remnant| remnant_line(blocks, remnant)));
    if !found.statements.is_empty() {
        lines.push(format!("  {}", coverage(found)));
    }
    lines
}

pub fn gap_kind(kind: GapKind) -> &'static str {
    match kind {
        GapKind::Absent => "缺表",
        GapKind::Unexplained => "空表未说明",
    }
}

/// What the document lacks, as a sentence.
pub fn gap(gap: &Gap) -> String {
    match gap.kind {
        GapKind::Absent => format!("列有《{}》，文件中没有这张表，请核对。", gap.table),
        GapKind::Unexplained => format!("《{}》没有数据，文中也没有说明“本表无数据”，请补充说明。", gap.table),
    }
}

pub fn statement_kind(kind: StatementKind) -> &'static str {
    match kind {
        StatementKind::Amount => "文中金额",
        StatementKind::Change => "增减额",
        StatementKind::Growth => "增减率",
        StatementKind::Share => "占比",
        StatementKind::Done => "完成率",
        StatementKind::Count => "数量",
    }
}

pub fn remnant_kind(kind: RemnantKind) -> &'static str {
    match kind {
        RemnantKind::Template => "模板文字未改",
        RemnantKind::NoPercent => "缺百分号",
        RemnantKind::NoUnit => "单位不全",
        RemnantKind::NoReason => "未说明原因",
        RemnantKind::Separator => "千分位有误",
        RemnantKind::Chapter => "缺章节",
        RemnantKind::Numbering => "序号不连续",
        RemnantKind::Year => "年度有误",
    }
}

/// 第5段, 表2
pub fn paragraph(blocks: &Blocks, block: usize) -> String {
    match blocks.list.get(block) {
        Some(Block::Paragraph(paragraph)) => format!("第{}段", paragraph.number),
        Some(Block::Grid(grid)) => super::recognise::grid_place(grid),
        None => String::new(),
    }
}

fn statement_line(blocks: &Blocks, found: &Disclosure, one: &Statement) -> Option<String> {
    let severity = one.standing.severity()?;
    let sentence = statement(blocks, found, one)?;
    Some(format!("  {} {} [{}] {sentence}", super::severity(severity), one.kind.id(), paragraph(blocks, one.block)))
}

fn remnant_line(blocks: &Blocks, one: &Remnant) -> String {
    let at = paragraph(blocks, one.block);
    format!("  {} {} [{at}] {}", super::severity(Severity::Warning), RemnantKind::CODE, remnant(one))
}

/// What a template left behind, as a sentence.
pub fn remnant(remnant: &Remnant) -> String {
    let what = match remnant.kind {
        RemnantKind::Template => "模板的文字没有改定",
        RemnantKind::NoPercent => "比率缺百分号",
        RemnantKind::NoUnit => "金额缺“元”字",
        RemnantKind::NoReason => "没有说明原因",
        RemnantKind::Separator => "千分位的逗号位置不对，请核对数字",
        RemnantKind::Chapter => "列入目录，正文没有这一部分",
        RemnantKind::Numbering => "标题的序号与前一个不连续或重复",
        RemnantKind::Year => "标题的年度是上年，请核对",
    };
    format!("“{}”{what}。", quoted(&remnant.quote))
}

fn quoted(text: &str) -> String {
    text.replace('“', "‘").replace('”', "’")
}

fn percent(value: Exact) -> String {
    let rounded = value.round(crate::number::Rounding { dp: 2, mode: crate::number::RoundingMode::HalfUp });
    rounded.map_or_else(|_| value.to_plain(4), |value| value.to_string()) + "%"
}

/// What there is to say of a number of the text.
pub fn statement(blocks: &Blocks, found: &Disclosure, one: &Statement) -> Option<String> {
    let quote = quoted(&one.quote);
    let tail = match one.standing {
        Standing::Tail => "，相差在尾数以内，可不调整",
        Standing::Doubt => "，请核对",
        Standing::Right | Standing::Wrong | Standing::Unbound => "",
    };
    let yuan = |value: Exact| amount(value, one.power);
    let said = match one.against.as_ref()? {
        Against::Figure(at) => {
            let known = found.figures.get(*at)?;
            let off = one
                .value
                .checked_sub(known.value)
                .map_or(String::new(), |off| format!("，文表相差{}", signed(in_power(off, one.power))));
            let off = if one.standing == Standing::Wrong { off } else { String::new() };
            format!("{}{}为{}{off}", place(blocks, found, known), figure(known), printed(known))
        }
        Against::Statement(at) => {
            let other = found.statements.get(*at)?;
            format!("前后不一：{}“{}”", paragraph(blocks, other.block), quoted(&other.quote))
        }
        Against::Sum { parts, sum } => {
            let parts: Vec<String> =
                parts.iter().filter_map(|part| found.statements.get(*part)).map(|part| group_digits(&part.printed)).collect();
            let named = if parts.len() <= MOST_NAMED { format!("（{}）", parts.join("＋")) } else { String::new() };
            let off = one.value.checked_sub(*sum).map_or(String::new(), |off| signed(in_power(off, one.power)));
            format!("所列{}项{named}相加为{}，相差{off}", parts.len(), yuan(*sum))
        }
        Against::Change { now, before } => {
            let off = now.checked_sub(*before).unwrap_or(Exact::ZERO);
            format!("按{}－{}应为{}", yuan(*now), yuan(*before), signed(in_power(off, one.power)))
        }
        Against::Growth { value, change, computed } => {
            let power = money_power(found, one);
            let sign = if change.is_negative() { "＋" } else { "－" };
            let (value, change) = (amount(*value, power), amount(change.abs(), power));
            format!("按{change}÷（{value}{sign}{change}）应为{}", percent(computed.abs()))
        }
        Against::Quotient { of, over, computed } => {
            let power = money_power(found, one);
            format!("按{}÷{}应为{}", amount(*of, power), amount(*over, power), percent(*computed))
        }
        Against::NoBase => "基数为0，不能计算比率".to_owned(),
        Against::Compared(order) => {
            let word = match order {
                core::cmp::Ordering::Less => "小于",
                core::cmp::Ordering::Equal => "等于",
                core::cmp::Ordering::Greater => "大于",
            };
            format!("按所列的数，决算数{word}预算数，与文字不符")
        }
        Against::LastYear { income, expenditure } => {
            let power = money_power(found, one);
            format!("由增减额推算，上年收入总计{}与支出总计{}不等", amount(*income, power), amount(*expenditure, power))
        }
        Against::Beside(at) => format!("与“{}”不相称", quoted(&found.statements.get(*at)?.quote)),
        Against::Between { least, most } => {
            format!("应在所列各项的{}至{}之间", percent(*least), percent(*most))
        }
        Against::Year { said, expected } => format!("比较的年度为{said}年，上年应为{expected}年"),
        Against::Unit { power } => format!("单位应为{}，按此与所列各项相符", unit(*power)),
        Against::Instalments(sum) => format!("各次支付的比例相加为{}，不是100%", percent(*sum)),
        Against::Claim { said, other } => {
            let other = found.statements.get(*other)?;
            format!("与“{said}”不符：{}“{}”", paragraph(blocks, other.block), quoted(&other.quote))
        }
        Against::Due(due) => format!("按合同金额和所写比例应为{}", yuan(*due)),
        Against::Payments { sum, whole } => format!("各次支付相加为{}，与合同金额{}不等", yuan(*sum), yuan(*whole)),
        Against::LeftOver(rest) => format!("按预算数减支出数应为{}", yuan(*rest)),
        Against::Points(points) => format!("所列两个比率相差{}个百分点", points.to_plain(4)),
        Against::Negative => "“减少”“下降”之后的数为负数".to_owned(),
        Against::Level => "与前面所写的“持平”不一致".to_owned(),
        Against::Grade(grade) => format!("按90分、80分、60分的通用标准应为“{grade}”"),
        Against::NoSuchItem(names) if names.is_empty() => "表中没有这个科目".to_owned(),
        Against::NoSuchItem(names) => format!("表中没有这个名称的科目，可能是{}", names.join("、")),
    };
    Some(format!("“{quote}”{said}{tail}。"))
}

/// The unit of the amounts near a rate: that of the first amount of the text.
fn money_power(found: &Disclosure, one: &Statement) -> u32 {
    let near = found.statements.iter().rev().find(|other| {
        other.block <= one.block && matches!(other.kind, StatementKind::Amount | StatementKind::Change) && other.power > 0
    });
    near.map_or(one.power, |other| other.power)
}

fn unit(power: u32) -> &'static str {
    match power {
        8 => "亿元",
        4 => "万元",
        3 => "千元",
        _ => "元",
    }
}

fn in_power(value: Exact, power: u32) -> Exact {
    Exact::ten_to(power).ok().and_then(|factor| value.checked_div(factor).ok()).unwrap_or(value)
}

/// How many numbers of the text could be held against something.
pub fn coverage(found: &Disclosure) -> String {
    let coverage = found.coverage();
    let all = found.statements.len();
    format!(
        "文字中的金额、比率和数量{all}个：已关联且相符{}个，不符{}个，存疑{}个，未关联{}个",
        coverage.right, coverage.wrong, coverage.doubt, coverage.unbound
    )
}
