//! Random inputs for everything that reads what people and files say, guided by coverage, on stable Rust:
//!
//! ```text
//! cargo xtask fuzz [TARGET…] [--runs N] [--seed N]     instrumented, as long as asked for
//! cargo test -p fuzz                                   a short run of each target, and every kept input
//! ```
//!
//! Everything follows from the seed: what fails fails again. An input that panics, breaks a promise, takes seconds or more memory than a
//! page has is written to `target/fuzz-findings/`, and stays in `corpus/` once it is mended.

mod cover;
mod memory;
mod mutate;
mod run;
#[cfg(test)]
mod short;
mod targets;

#[path = "../../office/mutate.rs"]
mod damage;
#[allow(dead_code, reason = "shared with the tests of the readers")]
#[path = "../../office/make.rs"]
mod make;
#[allow(dead_code, reason = "shared with the tests of the readers")]
#[path = "../../office/make_doc.rs"]
mod make_doc;
#[allow(dead_code, reason = "shared with the tests of the readers")]
#[path = "../../office/make_ole.rs"]
mod make_ole;
#[allow(dead_code, reason = "shared with the tests of the readers")]
#[path = "../../office/make_pdf.rs"]
mod make_pdf;
#[allow(dead_code, reason = "shared with the tests of the readers")]
#[path = "../../office/make_xls.rs"]
mod make_xls;
#[allow(dead_code, reason = "shared with the tests of the readers")]
#[path = "../../office/samples.rs"]
mod samples;

use std::process::ExitCode;

/// What a run is asked for.
struct Asked {
    targets: Vec<String>,
    runs: u64,
    seed: u64,
    /// Writes each input before it is tried, for what kills the whole process.
    trace: bool,
    /// Writes the inputs that met something new, smallest first.
    keep: Option<usize>,
}

fn asked() -> Option<Asked> {
    let mut asked = Asked { targets: Vec::new(), runs: 100_000, seed: 1, trace: false, keep: None };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--runs" => asked.runs = words.next()?.parse().ok()?,
            "--seed" => asked.seed = words.next()?.parse().ok()?,
            "--keep" => asked.keep = Some(words.next()?.parse().ok()?),
            "--trace" => asked.trace = true,
            name if targets::all().iter().any(|target| target.name == name) => asked.targets.push(name.to_owned()),
            _ => return None,
        }
    }
    Some(asked)
}

fn main() -> ExitCode {
    let Some(asked) = asked() else {
        eprintln!("fuzz [TARGET…] [--runs N] [--seed N] [--keep N] [--trace]\n\ntargets:");
        for target in targets::all() {
            eprintln!("  {:<12} {}", target.name, target.about);
        }
        return ExitCode::FAILURE;
    };
    let chosen = |name: &str| asked.targets.is_empty() || asked.targets.iter().any(|asked| asked == name);
    let mut found = 0;
    for target in targets::all().into_iter().filter(|target| chosen(target.name)) {
        let how = run::How { runs: asked.runs, seed: asked.seed, trace: asked.trace };
        let told = run::run(target, how);
        println!("{told}");
        if let Some(most) = asked.keep {
            told.keep(most);
        }
        found += told.findings.len();
    }
    if found == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
