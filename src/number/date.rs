use super::lexeme::strip_any;
use super::reading::{Deadline, Edge};

/// Words before a date that leave it as it is.
const LEADS: &[&str] =
    &["截止到", "截至到", "截至", "截止", "已于", "已在", "力争", "确保", "争取", "计划", "预计", "于", "在", "至", "到"];

/// What a date may be followed by: 2021年12月完成.
const DONE: &[&str] = &[
    "全部完成",
    "全面完成",
    "按时完成",
    "如期完成",
    "完成",
    "完工",
    "竣工",
    "交付",
    "建成",
    "结束",
    "验收",
    "到位",
    "支付",
    "发放",
];

/// Reads a time to finish (完成时限) from a whole normalised text.
pub(super) fn deadline(text: &str) -> Option<Deadline> {
    // Systems that split sign and value (计算符号, 指标值) print ≤12月 for 12月底前.
    let at_most = text.starts_with('≤');
    let text = strip_any(text, &["≤", "="]).unwrap_or(text);
    let text = strip_any(text, LEADS).unwrap_or(text);
    let (mut date, rest) = numeric(text).or_else(|| chinese(text))?;
    let included = rest.strip_prefix("(含)");
    let rest = included.unwrap_or(rest);
    let before = strip_any(rest, &["之前", "以前", "前"]);
    if before.is_some() && date.edge == Edge::On {
        let clear = included.is_some() || date.day.is_some();
        date.edge = if clear { Edge::By } else { Edge::Before };
    }
    if at_most && date.edge == Edge::On {
        date.edge = Edge::By;
    }
    (exists(date) && is_done(before.unwrap_or(rest))).then_some(date)
}

/// 2021年12月31日, 12月底, 9月份, 年底.
fn chinese(text: &str) -> Option<(Deadline, &str)> {
    let stated = digits(text, 4, 4).and_then(|(year, rest)| Some((Some(year), rest.strip_prefix('年')?)));
    let implied = || strip_any(text, &["本年度", "当年度", "本年", "当年", "今年"]).map(|rest| (None, rest));
    let whole_year = stated.or_else(implied);
    if let Some((year, rest)) = whole_year.or_else(|| Some((None, text.strip_prefix('年')?)))
        && let Some(rest) = rest.strip_prefix(['底', '末', '终'])
    {
        return Some((Deadline { year, month: 12, day: Some(31), edge: Edge::By }, rest));
    }
    let (year, rest) = whole_year.unwrap_or((None, text));
    let (month, rest) = digits(rest, 1, 2)?;
    let month = u8::try_from(month).ok()?;
    let rest = rest.strip_prefix('月')?;
    let rest = rest.strip_prefix('份').unwrap_or(rest);
    if let Some(rest) = rest.strip_prefix(['底', '末']) {
        return Some((Deadline { year, month, day: None, edge: Edge::By }, rest));
    }
    let day = digits(rest, 1, 2).and_then(|(day, rest)| Some((u8::try_from(day).ok()?, rest.strip_prefix(['日', '号'])?)));
    let (day, rest) = day.map_or((None, rest), |(day, rest)| (Some(day), rest));
    Some((Deadline { year, month, day, edge: Edge::On }, rest))
}

/// 2021-12-31, 2021/12/31, 2020.12.31, 2021-12. With points all three parts are needed: 2021.12 is an amount.
fn numeric(text: &str) -> Option<(Deadline, &str)> {
    let (year, rest) = digits(text, 4, 4)?;
    let separator = rest.chars().next().filter(|separator| matches!(separator, '-' | '/' | '.'))?;
    let (month, rest) = digits(rest.strip_prefix(separator)?, 1, 2)?;
    let day = rest.strip_prefix(separator).and_then(|rest| digits(rest, 1, 2));
    if day.is_none() && separator == '.' {
        return None;
    }
    let (day, rest) = day.map_or((None, rest), |(day, rest)| (Some(day), rest));
    let day = day.map(u8::try_from).transpose().ok()?;
    Some((Deadline { year: Some(year), month: u8::try_from(month).ok()?, day, edge: Edge::On }, rest))
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

fn is_done(rest: &str) -> bool {
    rest.is_empty()
        || strip_any(rest, DONE).is_some_and(|rest| {
            !super::lexeme::is_longer(rest, 4)
                && rest.chars().all(super::lexeme::is_word)
                && !rest.contains(['不', '未', '没', '率'])
        })
}

fn exists(date: Deadline) -> bool {
    let leap = date.year.is_none_or(|year| (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400));
    let longest = match date.month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    date.year.is_none_or(|year| (1900..=2100).contains(&year)) && date.day.is_none_or(|day| (1..=longest).contains(&day))
}
