//! What means something to any of the forms, and so may be a word of a table before its form is known.

use super::key::{bare, key};
use super::plan::Plan;
use crate::prelude::*;
use crate::template::Labels;

/// What means something to any of the forms.
pub(super) struct Known {
    labels: SortedSet<String>,
    /// Names of levels and indicators that forms give.
    given: SortedSet<String>,
    /// What a table begins with: 项目名称.
    pub starts: SortedSet<String>,
    /// 一级指标, 二级指标, 三级指标
    pub levels: SortedSet<String>,
    /// 总分
    pub totals: SortedSet<String>,
}

impl Known {
    pub fn of(plans: &[Plan<'_>], words: &Labels) -> Known {
        let mut known = Known {
            labels: SortedSet::new(),
            given: SortedSet::new(),
            starts: SortedSet::new(),
            levels: SortedSet::new(),
            totals: SortedSet::new(),
        };
        for plan in plans {
            known.labels.extend(plan.keys().cloned());
            known.given.extend(plan.given.iter().map(|(_, name)| name.clone()));
            known.starts.extend(plan.starts().cloned());
        }
        for group in &words.groups {
            let names = [&group.is].into_iter().chain(&group.also).map(|word| key(word));
            match group.is.as_str() {
                "一级指标" | "二级指标" | "三级指标" => known.levels.extend(names),
                "总分" => known.totals.extend(names),
                _ => {}
            }
        }
        known
    }

    pub fn is_label(&self, key: &str) -> bool {
        holds(&self.labels, key) || holds(&self.given, key)
    }

    /// A word of a form that names no row of a list.
    pub fn is_word(&self, key: &str) -> bool {
        holds(&self.labels, key) && !holds(&self.given, key)
    }
}

pub(super) fn holds(set: &SortedSet<String>, key: &str) -> bool {
    !key.is_empty() && (set.contains(key) || set.contains(bare(key)))
}
