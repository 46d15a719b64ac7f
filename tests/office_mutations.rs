//! Damaged files of every kind: none may panic, hang or pass the limits. A short run here; `OFFICE_MUTATIONS=1000000` of each kind in
//! a long one, `OFFICE_KIND=docx` for one kind, `OFFICE_SEED=…` to begin elsewhere.

#[path = "office/make.rs"]
mod make;
#[path = "office/make_doc.rs"]
mod make_doc;
#[path = "office/make_ole.rs"]
mod make_ole;
#[allow(dead_code, reason = "shared with the tests of PDF")]
#[path = "office/make_pdf.rs"]
mod make_pdf;
#[path = "office/make_xls.rs"]
mod make_xls;
#[path = "office/mutate.rs"]
mod mutate;
#[path = "office/samples.rs"]
mod samples;

use jixiao::block::{Block, Blocks, Refusal};
use jixiao::{office, wording};
use mutate::Random;
use samples::Sample;
use std::panic::{AssertUnwindSafe, catch_unwind};

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// A damaged form of a sample: of its bytes, or of the XML in it, packed again so that the damage is seen.
fn damaged(sample: &Sample, random: &mut Random) -> Vec<u8> {
    match sample {
        Sample::Bytes(bytes) => mutate::bytes(bytes, random),
        Sample::Markup(text) => match random.below(4) {
            0 => mutate::bytes(text.as_bytes(), random),
            _ => mutate::markup(text, random).into_bytes(),
        },
        Sample::Parts(parts) => {
            let mut parts = parts.clone();
            if random.below(5) == 0 {
                return mutate::bytes(&samples::packed(&parts, random.below(2) == 0), random);
            }
            let at = random.below(parts.len());
            let text = String::from_utf8_lossy(&parts[at].1).into_owned();
            parts[at].1 = match random.below(6) {
                0 => mutate::bytes(&parts[at].1, random),
                _ => mutate::markup(&text, random).into_bytes(),
            };
            if random.below(40) == 0 {
                parts.remove(at);
            }
            samples::packed(&parts, random.below(4) == 0)
        }
    }
}

/// What every reader owes, whatever it is given.
fn check(read: Result<Blocks, Refusal>) -> Result<(), String> {
    let blocks = match read {
        Ok(blocks) => blocks,
        Err(refusal) => {
            let sentence = wording::refusal(refusal);
            return if sentence.ends_with('。') { Ok(()) } else { Err(sentence) };
        }
    };
    let mut cells = 0;
    for block in &blocks.list {
        let Block::Grid(grid) = block else { continue };
        cells += grid.cells.len();
        if u64::from(grid.rows) * u64::from(grid.columns) > office::limits::AREA {
            return Err(format!("{} x {} cells", grid.rows, grid.columns));
        }
        let mut last = None;
        for cell in &grid.cells {
            let inside = cell.row_span >= 1
                && cell.column_span >= 1
                && u64::from(cell.row) + u64::from(cell.row_span) <= u64::from(grid.rows)
                && u64::from(cell.column) + u64::from(cell.column_span) <= u64::from(grid.columns);
            if !inside {
                return Err(format!("{cell:?} lies outside of {} x {}", grid.rows, grid.columns));
            }
            if last.is_some_and(|last| last >= (cell.row, cell.column)) {
                return Err(format!("{cell:?} is out of order or there twice"));
            }
            last = Some((cell.row, cell.column));
        }
    }
    for notice in &blocks.notices {
        wording::block_notice(notice);
    }
    if cells > 2 * office::limits::CELLS { Err(format!("{cells} cells")) } else { Ok(()) }
}

#[test]
fn damaged_files_never_panic_hang_or_pass_the_limits() {
    let count = setting("OFFICE_MUTATIONS").unwrap_or(250);
    let start = setting("OFFICE_SEED").unwrap_or(1);
    let only = std::env::var("OFFICE_KIND").ok();
    for (kind, sample) in samples::all() {
        if only.as_ref().is_some_and(|only| only != kind) {
            continue;
        }
        let mut read = 0_u64;
        for seed in start..start + count {
            let mut random = Random::new(seed);
            let bytes = damaged(&sample, &mut random);
            let result = catch_unwind(AssertUnwindSafe(|| office::read(&bytes, Some(&format!("a.{kind}")))));
            let fault = match result {
                Ok(result) => {
                    read += u64::from(result.is_ok());
                    check(result).err()
                }
                Err(_) => Some("it panics".into()),
            };
            if let Some(fault) = fault {
                let path = std::env::temp_dir().join(format!("damaged-{seed}.{kind}"));
                std::fs::write(&path, &bytes).unwrap();
                panic!("{kind}, OFFICE_SEED={seed}: {fault}; kept as {}", path.display());
            }
        }
        println!("{kind}: {count} damaged files, {read} of them read");
    }
}
