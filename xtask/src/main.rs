//! `cargo xtask …`: everything around the code itself, so that a machine with only Rust can build, serve and test it.

mod axe;
mod bundle;
mod command;
mod floor;
mod fuzz;
mod glue;
mod index;
mod lean;
mod licences;
mod machine;
mod notices;
mod npm;
mod old;
mod parts;
mod policy;
mod serve;
mod sizes;
mod test;
mod trunk;
mod wasm;

use crate::test::FAULTS;
use anyhow::{Result, bail};
use std::env;
use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask serve [--port N]      build the page and serve it on this machine
cargo xtask bundle [--quick]      write dist/: the page to host, and dist/jixiao.html, the page to keep
cargo xtask test [--with-trunk]   run every check there is, in order, up to the first that fails
cargo xtask old-browsers          try a bundle that is there in Chromium 79, 86 and 92
cargo xtask faults [--times N]    kill and break a bundle that is there as often as docs/reliability.md counts, and count what is lost
cargo xtask crates                hold licences and duplicates of all crates against xtask/crates.toml
cargo xtask fuzz [TARGET…] [--runs N] [--seed N]
                                  random inputs for every reader, guided by coverage
cargo xtask screenshots           draw docs/screenshots/ anew
cargo xtask record                write down anew which functions the first part of the page holds
cargo xtask measure               time the start of the saved file, and keys in tables of 14 to 1000 rows";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // One line for whoever runs this; a backtrace would bury it.
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let mut arguments: Vec<String> = env::args().collect();
    let program = arguments.remove(0);
    if trunk::is_wasm_bindgen(Path::new(&program)) {
        return trunk::wasm_bindgen(&arguments);
    }
    env::set_current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))?;
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["serve"] => serve::run(serve::DEFAULT_PORT),
        ["serve", "--port", port] => serve::run(port.parse()?),
        ["bundle"] => bundle::run(),
        ["bundle", "--quick"] => bundle::quick(),
        ["record"] => test::record(),
        ["test"] => test::run_all(false),
        ["test", "--with-trunk"] => test::run_all(true),
        ["old-browsers"] => old::run_all(),
        ["faults"] => test::faults(FAULTS),
        ["faults", "--times", times] => test::faults(times),
        ["fuzz", ref rest @ ..] => fuzz::with(rest),
        ["crates"] => licences::check(),
        ["screenshots"] => test::with_browser("screenshots"),
        ["measure"] => test::with_browser("measure"),
        _ => bail!("unknown command; there are\n\n{USAGE}"),
    }
}
