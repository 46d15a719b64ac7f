//! The page: a thin Yew shell over the core. It draws a [`jixiao::layout::Sheet`], turns what a person does into
//! [`jixiao::document::Edit`]s, and keeps drafts in the browser. It computes nothing itself.
#![forbid(unsafe_code)]
#![deny(clippy::unwrap_used, clippy::panic)]

mod page;

fn main() {
    page::start();
}
