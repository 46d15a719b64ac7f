//! What every file of the core needs from `alloc`, in one place.

pub use alloc::{
    borrow::ToOwned,
    boxed::Box,
    format,
    rc::Rc,
    string::{String, ToString},
    vec,
    vec::Vec,
};

pub use crate::order::{Gather, InOrder, SortedMap, SortedSet};
