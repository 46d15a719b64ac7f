//! What a local run of the page needs and both the build tool and the browser tests use: a static server, and the
//! place where a browser is. It has no dependencies, so that neither side makes the other slower to build.

pub mod chromium;
pub mod server;
