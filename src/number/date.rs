use super::deadline::{Deadline, Edge, MonthDay, days_in};
use super::lexeme::{is_longer, is_word, strip_any};

/// Words before a date that leave it as it is.
#[rustfmt::skip]
const LEADS: &[&str] = &[
    "实际完成时间", "计划完成时间", "完成时间", "完成时限", "完成日期", "完工时间", "竣工时间", "验收时间", "交付时间", "时间", ":",
    "截止到", "截至到", "截至", "截止", "已经于", "已于", "已在", "应于", "须于", "完成于", "力争", "确保", "争取", "计划", "预计",
    "每年", "于", "在", "至", "到", "从", "自",
];

/// Words between a date and what was done then.
#[rustfmt::skip]
const HOW: &[&str] = &[
    "已经", "已", "均", "全部", "全面", "按期", "按时", "如期", "准时", "及时", "提前", "顺利", "圆满", "正式", "按计划",
];

/// What a date may be followed by: 2021年12月完成.
#[rustfmt::skip]
pub(super) const DONE: &[&str] = &[
    "实施完毕", "完毕", "投入使用", "完成", "完工", "竣工", "交付", "交工", "建成", "结束", "验收", "到位", "支付", "发放", "拨付",
    "下达", "兑付", "兑现", "办结", "投用", "启用", "上线", "通车",
];

/// Reads a time to finish (完成时限) from a whole normalised text with Arabic digits.
pub(super) fn deadline(text: &str) -> Option<Deadline> {
    if !may_be_date(text) {
        return None;
    }
    // Systems that split sign and value (计算符号, 指标值) print ≤12月 for 12月底前.
    let at_most = text.starts_with('≤');
    let mut text = strip_any(text, &["≤", "="]).unwrap_or(text);
    while !text.starts_with(|first: char| first.is_ascii_digit())
        && let Some(rest) = strip_any(text, LEADS)
    {
        text = rest;
    }
    single(text).and_then(|(date, rest)| finish(date, rest, at_most)).or_else(|| span(text, at_most))
}

/// Whether a text has a 年, 月 or 季, or four digits and the marks of 2021-12 or 2021.12.31. Most have not, and cost no more than this.
fn may_be_date(text: &str) -> bool {
    let (mut digits, mut years, mut marks) = (0_u8, false, 0_u8);
    for byte in text.bytes() {
        digits = if byte.is_ascii_digit() { digits.saturating_add(1) } else { 0 };
        years |= digits == 4;
        marks = marks.saturating_add(match byte {
            b'-' | b'/' => 2,
            b'.' => 1,
            _ => 0,
        });
    }
    (years && marks >= 2) || text.contains(['年', '月', '季'])
}

fn single(text: &str) -> Option<(Deadline, &str)> {
    numeric(text, &['-', '/']).or_else(|| chinese(text))
}

/// Takes what stands behind a date: 前, 内, and what was done.
fn finish(mut date: Deadline, rest: &str, at_most: bool) -> Option<Deadline> {
    let rest = if date.day().is_some() { without_clock(rest) } else { rest };
    let included = rest.strip_prefix("(含)");
    let rest = included.unwrap_or(rest);
    let within = strip_any(rest, &["之内", "以内", "内", "为止", "止"]);
    let before = strip_any(rest, &["之前", "以前", "前"]);
    if date.edge == Edge::On {
        date.edge = match (within, before) {
            (None, Some(_)) if included.is_none() && date.day().is_none() => Edge::Before,
            (Some(_), _) | (_, Some(_)) => Edge::By,
            (None, None) if at_most => Edge::By,
            (None, None) => Edge::On,
        };
    }
    (exists(date) && is_done(within.or(before).unwrap_or(rest))).then_some(date)
}

/// 24时, 18:00, and the 00:00:00 that spreadsheets add to a date. A blank between two digits reads as a comma.
fn without_clock(text: &str) -> &str {
    let minutes = |text: &str| digits(text.strip_prefix(':')?, 2, 2).map(|(_, rest)| rest.len());
    let clock = || {
        let (hour, rest) = digits(text.strip_prefix([',', 'T']).unwrap_or(text), 1, 2)?;
        let behind = |left: usize| rest.get(rest.len().checked_sub(left)?..);
        let mut rest = strip_any(rest, &["时", "点"]).or_else(|| behind(minutes(rest)?))?;
        if let Some(left) = minutes(rest) {
            rest = rest.get(rest.len().checked_sub(left)?..)?;
        }
        (hour <= 24).then_some(rest)
    };
    clock().unwrap_or(text)
}

/// The end of 2019年12月至2020年3月, 1-12月, 2020.1.1-2020.12.31.
fn span(text: &str, at_most: bool) -> Option<Deadline> {
    text.char_indices().filter(|(_, char)| matches!(char, '-' | '~' | '至' | '到')).find_map(|(at, _)| {
        let (from, to) = text.split_at_checked(at)?;
        let to = to.trim_start_matches(['-', '~', '至', '到']);
        let points = &['.', '-', '/'];
        let alone = |(date, rest): (Deadline, &str)| matches!(rest, "" | "起" | "开始").then_some(date);
        let first = numeric(from, points)
            .and_then(alone)
            .or_else(|| chinese(from).and_then(alone))
            .or_else(|| beginning(from).and_then(alone))?;
        let same_month = || {
            let (day, rest) = digits(to, 1, 2)?;
            let day = MonthDay { month: first.day().and(first.month())?, day: u8::try_from(day).ok()? };
            Some((Deadline { year: first.year, first: day, last: day, edge: Edge::On }, rest.strip_prefix(['日', '号'])?))
        };
        let (mut last, rest) = numeric(to, points).or_else(|| chinese(to)).or_else(same_month)?;
        last.year = last.year.or(first.year);
        let ordered = match (first.year, last.year) {
            (Some(from), Some(to)) => (from, first.first) <= (to, last.last),
            (None, None) => first.first <= last.last,
            (None, Some(_)) | (Some(_), None) => false,
        };
        finish(last, rest, at_most).filter(|_| ordered && exists(first))
    })
}

/// The first end of a span without its unit: 1-12月, 2020年1-12月, 2020-2022年.
fn beginning(text: &str) -> Option<(Deadline, &str)> {
    if let Some((year, "")) = digits(text, 4, 4) {
        return Some((whole_year(Some(year)), ""));
    }
    let (year, rest) = year_part(text).unwrap_or((None, text));
    let (month, rest) = digits(rest, 1, 2)?;
    Some((month_of(year, u8::try_from(month).ok()?), rest))
}

/// 2021年, 2021年度, 本年, and for 2021.12月 the year and the point.
fn year_part(text: &str) -> Option<(Option<u16>, &str)> {
    if let Some((year, rest)) = digits(text, 4, 4) {
        if let Some(rest) = rest.strip_prefix('年') {
            return Some((Some(year), rest.strip_prefix('度').unwrap_or(rest)));
        }
        let month = rest.strip_prefix(['.', '-', '/'])?;
        return digits(month, 1, 2).filter(|(_, rest)| rest.starts_with('月')).map(|_| (Some(year), month));
    }
    strip_any(text, &["本年度", "当年度", "本年", "当年", "今年"]).map(|rest| (None, rest))
}

/// 2021年12月31日, 12月底, 9月份, 年底, 第1季度, 上半年, 2019年.
fn chinese(text: &str) -> Option<(Deadline, &str)> {
    let stated = year_part(text);
    let (year, rest) = stated.unwrap_or((None, text));
    let in_year = |first, last, edge| Deadline { year, first, last, edge };
    let whole = whole_year(year);
    // 2021年底, 2021年年底, 年底.
    let end = if stated.is_some() {
        Some(strip_any(rest, &["年度", "年"]).unwrap_or(rest))
    } else {
        rest.strip_prefix("年度").or_else(|| rest.strip_prefix('年'))
    };
    if let Some(rest) = end.and_then(|rest| rest.strip_prefix(['底', '末', '终'])) {
        return Some((in_year(MonthDay { month: 12, day: 1 }, whole.last, Edge::By), rest));
    }
    if let Some(rest) = end.and_then(|rest| rest.strip_prefix('内')) {
        return Some((in_year(whole.first, whole.last, Edge::By), rest));
    }
    if let Some(rest) = rest.strip_prefix("全年") {
        return Some((whole, rest));
    }
    if let Some((first_month, last_month, rest)) = months(rest) {
        let date = months_of(year, first_month, last_month);
        return Some(match rest.strip_prefix(['底', '末']) {
            Some(rest) => (in_year(MonthDay { month: last_month, day: 1 }, date.last, Edge::By), rest),
            None => (date, rest),
        });
    }
    match month(year, rest) {
        Some(found) => Some(found),
        // 2021年3个 is no month, and no year either.
        None => stated.map(|_| (whole, rest)),
    }
}

/// 上半年, 第1季度: the first and the last month.
fn months(text: &str) -> Option<(u8, u8, &str)> {
    if let Some(rest) = text.strip_prefix("上半年") {
        return Some((1, 6, rest));
    }
    if let Some(rest) = text.strip_prefix("下半年") {
        return Some((7, 12, rest));
    }
    let text = text.strip_prefix('第').unwrap_or(text);
    let (quarter, rest) = digits(text, 1, 1)?;
    let (first, last) = match quarter {
        1 => (1, 3),
        2 => (4, 6),
        3 => (7, 9),
        4 => (10, 12),
        _ => return None,
    };
    Some((first, last, strip_any(rest, &["季度", "季"])?))
}

/// 12月, 12月底, 6月中旬, 12月31日.
fn month(year: Option<u16>, text: &str) -> Option<(Deadline, &str)> {
    let (month, rest) = digits(text, 1, 2)?;
    let month = u8::try_from(month).ok()?;
    let rest = rest.strip_prefix('月')?;
    let rest = rest.strip_prefix('份').unwrap_or(rest);
    let end = days_in(year, month);
    let part =
        |first, last, edge| Deadline { year, first: MonthDay { month, day: first }, last: MonthDay { month, day: last }, edge };
    const PARTS: &[(&str, u8)] = &[("底", 4), ("末", 4), ("初", 1), ("上旬", 1), ("中旬", 2), ("中", 2), ("下旬", 3)];
    if let Some((rest, place)) = super::lexeme::take_start(rest, PARTS) {
        return Some((
            match place {
                1 => part(1, 10, Edge::On),
                2 => part(11, 20, Edge::On),
                3 => part(21, end, Edge::On),
                _ => part(21, end, Edge::By),
            },
            rest,
        ));
    }
    if let Some((day, rest)) = digits(rest, 1, 2) {
        // 2019年12月31 without 日, where nothing else can be meant.
        let unmarked = || (year.is_some() && (rest.is_empty() || rest.starts_with(['前', '之', '以']))).then_some(rest);
        let day = u8::try_from(day).ok()?;
        return rest.strip_prefix(['日', '号']).or_else(unmarked).map(|rest| (part(day, day, Edge::On), rest));
    }
    Some((part(1, end, Edge::On), rest))
}

/// 2021-12-31, 2021/12/31, 2020.12.31, 2021-12. A point between year and month alone is an amount, unless it is one of `pairs`.
fn numeric<'a>(text: &'a str, pairs: &[char]) -> Option<(Deadline, &'a str)> {
    let (year, rest) = digits(text, 4, 4)?;
    let separator = rest.chars().next().filter(|separator| matches!(separator, '-' | '/' | '.'))?;
    let (month, rest) = digits(rest.strip_prefix(separator)?, 1, 2)?;
    let month = u8::try_from(month).ok()?;
    let Some((day, rest)) = rest.strip_prefix(separator).and_then(|rest| digits(rest, 1, 2)) else {
        return (pairs.contains(&separator) && !rest.starts_with('月')).then(|| (month_of(Some(year), month), rest));
    };
    let day = MonthDay { month, day: u8::try_from(day).ok()? };
    let date = Deadline { year: Some(year), first: day, last: day, edge: Edge::On };
    Some((date, rest.strip_prefix('日').unwrap_or(rest)))
}

fn whole_year(year: Option<u16>) -> Deadline {
    months_of(year, 1, 12)
}

fn month_of(year: Option<u16>, month: u8) -> Deadline {
    months_of(year, month, month)
}

fn months_of(year: Option<u16>, first: u8, last: u8) -> Deadline {
    let first = MonthDay { month: first, day: 1 };
    Deadline { year, first, last: MonthDay { month: last, day: days_in(year, last) }, edge: Edge::On }
}

/// A whole number of `least` to `most` digits at the beginning of a text, and the text behind it.
fn digits(text: &str, least: usize, most: usize) -> Option<(u16, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(least..=most).contains(&length) {
        return None;
    }
    let (number, rest) = text.split_at_checked(length)?;
    Some((number.parse().ok()?, rest))
}

fn is_done(mut rest: &str) -> bool {
    if rest.is_empty() {
        return true;
    }
    while let Some(after) = strip_any(rest, HOW) {
        rest = after;
    }
    strip_any(rest, DONE)
        .is_some_and(|rest| !is_longer(rest, 8) && rest.chars().all(is_word) && !rest.contains(['不', '未', '没', '率', '分']))
}

fn exists(date: Deadline) -> bool {
    let real = |day: MonthDay| (1..=days_in(date.year, day.month)).contains(&day.day);
    date.year.is_none_or(|year| (1900..=2100).contains(&year)) && real(date.first) && real(date.last)
}
