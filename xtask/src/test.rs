//! Every check there is, from the format of the sources to the page in a browser.

use crate::command::{cargo, run};
use crate::{axe, bundle, licences, machine, old, trunk};
use anyhow::{Context, Result};
use std::env;
use std::time::Instant;

type Step = (&'static str, fn() -> Result<()>);

const STEPS: &[Step] = &[
    ("format", || run(&mut cargo("fmt --all --check"))),
    ("licences and crates", licences::check),
    ("lints", || run(&mut cargo("clippy --workspace --all-targets --features jixiao/schema,jixiao/libreoffice -- -D warnings"))),
    ("lints of the page", || {
        run(&mut cargo("clippy --no-default-features --features page --bin page --target wasm32-unknown-unknown -- -D warnings"))
    }),
    ("lints for JavaScript", || {
        run(&mut cargo(
            "clippy --no-default-features --features javascript --bin javascript --target wasm32-unknown-unknown -- -D warnings",
        ))
    }),
    ("lints of the office module", || {
        run(&mut cargo(
            "clippy --no-default-features --features office_module --bin office_module --target wasm32-unknown-unknown -- -D warnings",
        ))
    }),
    ("lints of the module for any table", || {
        run(&mut cargo(
            "clippy --no-default-features --features tables_module --bin tables_module --target wasm32-unknown-unknown -- -D warnings",
        ))
    }),
    ("lints of the module for whole documents", || {
        run(&mut cargo(
            "clippy --no-default-features --features whole_module --bin whole_module --target wasm32-unknown-unknown -- -D warnings",
        ))
    }),
    ("lints of the writer module", || {
        run(&mut cargo(
            "clippy --no-default-features --features writer_module --bin writer_module --target wasm32-unknown-unknown -- -D warnings",
        ))
    }),
    ("tests", || run(&mut cargo("test --features schema"))),
    ("tests with LibreOffice", || run(&mut cargo("test --features libreoffice --test recalculated --test converted"))),
    ("tests of the page", || run(&mut cargo("test --no-default-features --features page --bin page"))),
    ("tests of the office module", || run(&mut cargo("test --features office_module --bin office_module"))),
    ("tests of the module for whole documents", || run(&mut cargo("test --features whole_module --bin whole_module"))),
    ("short runs of random inputs", || run(&mut cargo("test -p fuzz"))),
    ("tests of the tools", || run(&mut cargo("test -p xtask -p local"))),
    ("bundle", bundle::run),
    ("axe, for the tests in a browser", || {
        axe::ensure();
        Ok(())
    }),
    // Every test starts a browser; more than two at once only get in each other's way on a small machine.
    ("tests in a browser", || run(&mut cargo("test -p browser-tests -- --test-threads=2"))),
    ("tests in old browsers", old::run_all),
];

/// Runs all steps up to the first that fails. The one with trunk takes minutes where trunk has to be built first, so
/// that is done only on request and where `CI` is set.
pub fn run_all(with_trunk: bool) -> Result<()> {
    machine::ensure_wasm_target()?;
    machine::ensure_browser()?;
    machine::ensure_spreadsheet()?;
    machine::ensure_other_browsers();
    let mut steps = STEPS.to_vec();
    let build_trunk = with_trunk || env::var_os("CI").is_some_and(|value| value != "false");
    if build_trunk || trunk::find().is_some() {
        steps.push(("build with trunk", build_with_trunk));
    }
    let mut summary = String::new();
    for (name, step) in &steps {
        eprintln!("\n== {name}");
        let start = Instant::now();
        step().with_context(|| format!("stopped at: {name}"))?;
        summary += &format!("{:>6.1} s  {name}\n", start.elapsed().as_secs_f64());
    }
    println!("\nAll passed:\n{summary}");
    if steps.len() == STEPS.len() {
        println!("Not run, since trunk is not installed: the build with trunk (CI runs it; --with-trunk does too).");
    }
    Ok(())
}

fn build_with_trunk() -> Result<()> {
    trunk::build(&trunk::find().map_or_else(trunk::install, Ok)?)?;
    let mut smoke = cargo("test -p browser-tests --test smoke the_hosted_page_opens");
    run(smoke.env("JIXIAO_DIST", trunk::FOLDER))
}

/// Runs a program of the browser tests on a fresh bundle: the pictures of the documentation, or measurements.
pub fn with_browser(program: &str) -> Result<()> {
    machine::ensure_browser()?;
    bundle::run()?;
    run(&mut cargo(&format!("run -p browser-tests --bin {program}")))
}

/// How often each fault is tried for docs/reliability.md.
pub const FAULTS: &str = "30";

/// Everything that may lose a text, this often, at moments that differ; each test says what was lost.
pub fn faults(times: &str) -> Result<()> {
    machine::ensure_browser()?;
    let tests = "--test killed --test faults --test carried --test home --test kept --test stored --test extremes --test failed";
    let mut all = cargo(&format!("test -p browser-tests {tests} -- --nocapture --test-threads=2"));
    run(all.env("JIXIAO_KILLS", times).env("JIXIAO_FAULTS", times))
}

/// Lets a browser start the page and type, and writes down which functions that calls.
pub fn record() -> Result<()> {
    machine::ensure_browser()?;
    bundle::recording()?;
    run(&mut cargo("run -p browser-tests --bin record"))
}
