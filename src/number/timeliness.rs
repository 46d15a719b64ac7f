//! Words about time (按期完成, 逾期) where a date would be expected.

use super::date::DONE;
use super::lexeme::{is_longer, strip_any};
use super::normalise::{is_longer_seen, is_space, normalise, without_stop};

/// What words say about the time (时效) of what was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timeliness {
    /// 按期完成, 如期, 已完成, 提前完成, 未逾期.
    OnTime,
    /// 逾期, 未完成, 延期, 未按期完成.
    Late,
}

/// Ways to be in time. Alone, or with what was done behind them.
#[rustfmt::skip]
const IN_TIME: &[&str] = &[
    "按期", "按时", "如期", "准时", "及时", "提前", "提早", "超前", "按序时进度", "按计划", "按进度", "按时间节点", "按规定时间", "按约定时间", "按合同约定时间",
    "规定时间内", "规定时限内", "规定期限内", "计划时间内", "计划期内", "合同期内", "时限内", "期限内", "按合同约定",
];

/// What may stand between the two: 按时足额发放.
const HOW: &[&str] =
    &["已经", "已", "均", "全部", "全面", "全额", "足额", "高质量", "高标准", "顺利", "圆满", "保质保量", "予以", "并"];

/// What is done, besides what a date may be followed by.
const ACTS: &[&str] = &["实施", "开展", "报送", "上报", "公开", "完结", "供应", "投产", "开工", "清算", "结算", "审核"];

/// Endings that say that all is done, and no word of delay.
const ALL_DONE: &[&str] =
    &["已完成", "均完成", "全部完成", "全面完成", "圆满完成", "顺利完成", "已经完成", "已完工", "已竣工", "已办结", "已完结"];

/// Words of delay. Where a negation stands before them they say that there was none.
const DELAY: &[&str] =
    &["逾期", "延期", "超期", "滞后", "推迟", "延迟", "延误", "拖延", "拖期", "误期", "超时", "迟延", "延后", "晚于计划"];

/// 未 and what it may be written as.
const NOT: &[&str] = &[
    "未能",
    "未在",
    "未",
    "没有",
    "没能",
    "没",
    "不能",
    "不",
    "无法",
    "无",
    "尚未",
    "并未",
    "从未",
    "未发生",
    "未出现",
    "不存在",
    "不得",
    "无一",
    "零",
    "欠",
];

/// What was not done.
const UNDONE: &[&str] = &[
    "未完成",
    "尚未",
    "没有完成",
    "没完成",
    "未完工",
    "未竣工",
    "未到位",
    "未验收",
    "未交付",
    "未实施",
    "未开工",
    "未支付",
    "未发放",
    "未拨付",
    "未办结",
];

/// With these the text speaks of a part, a plan or a rate, or weighs one thing against another.
#[rustfmt::skip]
const OPEN: &[&str] = &[
    "基本", "部分", "大部", "多数", "个别", "其余", "其他", "除", "但", "因", "预计", "计划于", "将", "争取", "力争", "确保", "拟", "正在", "进行",
    "陆续", "有望", "率", "性", "是否", "?", "如未", "若", "之前", "可能", "风险", "机制", "较", "通知", "申请", "批准",
];

/// The year behind that of the table.
const NEXT_YEAR: &[&str] = &["次年", "翌年", "下年", "下一年", "第二年"];

/// Whether a text says that something was done in the year behind that of the table: 次年1月, 于次年3月完成.
pub fn says_next_year(text: &str) -> bool {
    let plain = normalise(text.trim_matches(is_space));
    let plain = plain.strip_prefix('于').unwrap_or(&plain);
    strip_any(plain, NEXT_YEAR).is_some() && !is_longer(plain, 16) && !OPEN.iter().any(|word| plain.contains(word))
}

/// Reads words about time (时效) in the cell of an actual value (实际完成值); `None` where they leave it open, as 基本完成 does.
///
/// A text with a date is read by [`read`](super::read) and not here.
pub fn timeliness(text: &str) -> Option<Timeliness> {
    let text = text.trim_matches(is_space);
    if text.is_empty() || is_longer_seen(text, 20) {
        return None;
    }
    let plain = normalise(text);
    let plain = without_stop(&plain);
    if OPEN.iter().any(|word| plain.contains(word)) {
        return None;
    }
    // 100% leaves nothing out; any other number is a part, unless it says by how much.
    let plain = &plain.replace("100%", "");
    let (late, on_time) = (lateness(plain), in_time(plain));
    match (late, on_time) {
        (Some(said), None) | (None, Some(said)) => Some(said),
        (Some(late), Some(on_time)) => (late == on_time).then_some(late),
        (None, None) => None,
    }
}

/// What words of delay say: 逾期 is late and 未逾期 is not.
fn lateness(text: &str) -> Option<Timeliness> {
    let mut said = None;
    for word in DELAY {
        for (at, _) in text.match_indices(word) {
            let (Some(before), Some(behind)) = (text.get(..at), text.get(at.saturating_add(word.len())..)) else { continue };
            let negated = NOT.iter().any(|not| before.ends_with(not));
            let left = by_how_much(behind).unwrap_or(behind);
            if has_digit(before) || has_digit(left) || (negated && left.len() != behind.len()) {
                return None;
            }
            let here = if negated { Timeliness::OnTime } else { Timeliness::Late };
            if said.is_some_and(|said| said != here) {
                return None;
            }
            said = Some(here);
        }
    }
    said
}

fn has_digit(text: &str) -> bool {
    text.contains(|char: char| char.is_ascii_digit())
}

/// What is said of being in time: 按期完成 is, 未按期完成 and 未完成 are not.
fn in_time(text: &str) -> Option<Timeliness> {
    // 3项未完成 and 已完成3项 are parts of something; 提前5天完成 is not.
    let counts = has_digit(text);
    let mut found: Option<Timeliness> = None;
    for word in IN_TIME {
        for (at, _) in text.match_indices(word) {
            let (Some(before), Some(behind)) = (text.get(..at), text.get(at.saturating_add(word.len())..)) else { continue };
            let early = matches!(*word, "提前" | "提早");
            let behind = if early { by_how_much(behind).unwrap_or(behind) } else { behind };
            if !is_done(behind) {
                continue;
            }
            if has_digit(before) || has_digit(behind) {
                return None;
            }
            let here = if NOT.iter().any(|not| before.ends_with(not)) {
                Timeliness::Late
            } else if before.contains(['未', '没', '无', '不']) {
                return None;
            } else {
                Timeliness::OnTime
            };
            if found.is_some_and(|found| found != here) {
                return None;
            }
            found = Some(here);
        }
    }
    let undone = UNDONE.iter().any(|word| text.contains(word)) && !text.contains("无未") && !text.contains("不存在");
    match found {
        Some(Timeliness::OnTime) if undone => None,
        Some(said) => Some(said),
        None if counts => None,
        None if undone => Some(Timeliness::Late),
        None => {
            let done = text == "完成" || ALL_DONE.iter().any(|word| text.ends_with(word));
            (done && !text.contains(['未', '没', '不'])).then_some(Timeliness::OnTime)
        }
    }
}

/// Whether nothing, or only what was done, stands behind a way to be in time.
fn is_done(mut text: &str) -> bool {
    while let Some(rest) = strip_any(text, HOW) {
        text = rest;
    }
    let rest = strip_any(text, DONE).or_else(|| strip_any(text, ACTS));
    text.is_empty()
        || text.starts_with([',', ';', '。'])
        || rest.is_some_and(|rest| !is_longer(rest, 6) && !rest.contains(['未', '没', '不']))
}

/// 提前5天, 逾期1个月. 逾期0天 is no delay.
fn by_how_much(text: &str) -> Option<&str> {
    let rest =
        text.strip_prefix(|first: char| matches!(first, '1'..='9'))?.trim_start_matches(|char: char| char.is_ascii_digit());
    strip_any(rest, &["个工作日", "个月", "个星期", "天", "日", "周", "月", "小时"])
}
