//! 历史版本: what stood in a project before, as it was stored. A version is kept when the first change of a visit is written, and then every
//! ten minutes of work.

use super::browser::storage::{self, PAST_PREFIX};

/// So much work lies between two versions, in milliseconds.
pub const INTERVAL: u64 = 10 * 60 * 1000;
/// Of the newest ones every one is kept.
const NEWEST: usize = 30;
/// Of older ones the last of each day, and no more than this of all.
const MOST: usize = 200;

/// The beginning of the keys of a project's versions.
pub fn prefix(id: &str) -> String {
    format!("{PAST_PREFIX}{id}/")
}

/// The key of a version. Keys are in the order of time.
pub fn key(id: &str, milliseconds: u64) -> String {
    format!("{}{milliseconds:015}", prefix(id))
}

/// Which of these keys, in their order, are to be cleared away.
pub fn surplus(keys: &[String]) -> Vec<&String> {
    const DAY: u64 = 24 * 60 * 60 * 1000;
    let day = |key: &str| key.rsplit_once('/').and_then(|(_, at)| at.parse::<u64>().ok()).map(|at| at / DAY);
    let older = keys.len().saturating_sub(NEWEST);
    let mut kept = NEWEST.min(keys.len());
    let mut gone = Vec::new();
    for at in (0..older).rev() {
        let (Some(key), next) = (keys.get(at), keys.get(at + 1)) else { continue };
        let last_of_day = next.is_none_or(|next| at + 1 >= older || day(next) != day(key));
        if last_of_day && kept < MOST {
            kept += 1;
        } else {
            gone.push(key);
        }
    }
    gone
}

/// Clears away versions that are too many.
pub fn thin_out(id: &str) {
    storage::past(&prefix(id), |texts| {
        let keys: Vec<String> = texts.into_iter().map(|(key, _)| key).collect();
        storage::remove(surplus(&keys).into_iter().cloned());
    });
}

/// Clears away all versions of a project that is gone for good.
pub fn forget(id: &str) {
    storage::past(&prefix(id), |texts| storage::remove(texts.into_iter().map(|(key, _)| key)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_versions_and_one_of_each_day_before_stay() {
        const HOUR: u64 = 60 * 60 * 1000;
        let keys = |count: u64| (0..count).map(|at| key("p", 1_700_000_000_000 + at * HOUR)).collect::<Vec<_>>();
        assert_eq!(surplus(&keys(30)), [&String::new(); 0]);
        let hundred = keys(100);
        let gone = surplus(&hundred);
        // Seventy hours before the newest thirty lie on four days.
        assert!((64..=67).contains(&gone.len()), "{}", gone.len());
        assert!(hundred[70..].iter().all(|key| !gone.contains(&key)));
        let many = keys(24 * 400);
        assert_eq!(many.len() - surplus(&many).len(), MOST);
        assert!(keys(3).is_sorted());
    }
}
