//! Beginnings for a reason. They state what the table shows and leave blank what only the person knows.

use super::number;
use crate::number::Exact;
use crate::prelude::*;

/// How an actual value stands to its target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// Two rates: so many percentage points below (or above, where less is better).
    Points {
        actual: String,
        by: String,
        above: bool,
    },
    /// Two amounts: the actual one is this percentage of the target.
    Share {
        actual: String,
        percent: String,
    },
    /// More than there should be, by this percentage.
    Excess {
        actual: String,
        percent: String,
    },
    /// The target was exceeded by far, so it may have been too low.
    Exceeded {
        actual: String,
        percent: String,
    },
    Late {
        actual: String,
        target: String,
    },
    /// Reached, and points are lost all the same.
    Met,
    /// In words, so that it can't be compared.
    Judged,
}

/// `lost`: points that were taken off.
pub fn reasons(gap: &Gap, lost: Option<Exact>) -> Vec<String> {
    let lost = lost.map(number);
    if matches!(gap, Gap::Met) {
        let lost = lost.map(|lost| format!("扣{lost}分，")).unwrap_or_default();
        return vec![
            format!("指标已完成，{lost}主要原因是＿＿；下一步＿＿。"),
            "指标已完成，＿＿方面尚有不足；下一步＿＿。".to_owned(),
            format!("{lost}扣分依据是＿＿；改进措施：＿＿。"),
        ];
    }
    let fact = fact(gap);
    let mut reasons = vec![format!("{fact}，主要原因是＿＿；下一步＿＿。")];
    if matches!(gap, Gap::Exceeded { .. }) {
        reasons.push(format!("{fact}，原定指标值按＿＿测算；下年度按＿＿调整指标值。"));
    } else {
        reasons.push(format!("受＿＿影响，{fact}；拟采取＿＿措施，＿＿前完成。"));
        reasons.push(format!("{fact}，原定目标未考虑＿＿；下年度按＿＿重新测算。"));
    }
    if let Some(lost) = lost {
        reasons.push(format!("扣{lost}分，扣分原因是＿＿；改进措施：＿＿。"));
    }
    reasons
}

fn fact(gap: &Gap) -> String {
    match gap {
        Gap::Points { actual, by, above: false } => format!("实际完成{actual}，比指标值低{by}个百分点"),
        Gap::Points { actual, by, above: true } => format!("实际为{actual}，比指标值高{by}个百分点"),
        Gap::Share { actual, percent } => format!("实际完成{actual}，为指标值的{percent}"),
        Gap::Excess { actual, percent } => format!("实际为{actual}，超过指标值{percent}"),
        Gap::Exceeded { actual, percent } => format!("实际完成{actual}，为指标值的{percent}"),
        Gap::Late { actual, target } => format!("实际完成时间为{actual}，未按期完成（指标值为{target}）"),
        Gap::Met => "指标已完成".to_owned(),
        Gap::Judged => "＿＿未完全达到要求".to_owned(),
    }
}
