//! What may be said of a document as a whole: how far it is filled in, and whether anything was found.

use crate::engine::Standing;
use crate::prelude::*;

/// Where nothing was found: 未发现问题 only where everything is filled in.
pub fn nothing_found(standing: Standing) -> String {
    match standing {
        Standing::Unchecked => "未核对，尚无可核对的内容".to_owned(),
        Standing::Partial(open) => format!("已填部分未发现问题，{}", still_open(open)),
        Standing::Complete => "未发现问题".to_owned(),
    }
}

/// Beside what was found; nothing where everything is filled in.
pub fn beside_findings(standing: Standing) -> Option<String> {
    match standing {
        Standing::Partial(open) => Some(still_open(open)),
        Standing::Unchecked | Standing::Complete => None,
    }
}

fn still_open(open: usize) -> String {
    format!("还有{open}处未填")
}
