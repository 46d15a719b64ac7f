//! A short run of each target in every test run, and every kept input. Without counters nothing guides it.

use crate::run::{How, kept, once, quietly, run};
use crate::targets::all;

#[test]
fn a_short_run_of_every_target_finds_nothing() {
    let mut found = Vec::new();
    for target in all() {
        let runs = if matches!(target.name, "disclosure" | "fill" | "form") { 120 } else { 600 };
        let told = run(target, How { runs, seed: 2020, trace: false });
        println!("{told}");
        found.extend(told.findings.iter().map(|finding| format!("{}: {finding}", told.target)));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn what_failed_once_passes() {
    quietly();
    let mut count = 0;
    for target in all() {
        for input in kept(target.name) {
            count += 1;
            assert_eq!(once(&target, &input).0, None, "{}", target.name);
        }
    }
    assert!(count > 0, "the corpus is there");
}
