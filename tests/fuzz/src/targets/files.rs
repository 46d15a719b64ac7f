//! Files of every kind that is read: bytes, markup, and the parts of packages, packed again so that the damage is seen. The first byte of an
//! input says which kind it is; what changes it works on the sound file of that kind, or on what is there.

use super::{Outcome, Target, library};
use crate::damage::{self, Random};
use crate::mutate::Pool;
use crate::samples::{self, Sample};
use jixiao::block::{Block, Blocks};
use jixiao::io::json;
use jixiao::office::refill::Original;
use jixiao::{fill, office, wording};

pub fn targets() -> Vec<Target> {
    vec![
        Target {
            name: "files",
            about: "Word, Excel, OpenDocument, PDF, web pages, texts: every reader",
            seeds: sound,
            change: damaged,
            run: |input| input.split_first().map_or(Ok(()), |(_, file)| check(office::read(file, None))),
        },
        Target {
            name: "refill",
            about: "a template of Word or Excel filled in",
            seeds: templates,
            change: damaged,
            run: refilled,
        },
    ]
}

fn all() -> &'static [(&'static str, Sample)] {
    thread_local! {
        static SAMPLES: &'static [(&'static str, Sample)] = Box::leak(samples::all().into_boxed_slice());
    }
    SAMPLES.with(|samples| *samples)
}

fn whole(sample: &Sample) -> Vec<u8> {
    match sample {
        Sample::Bytes(bytes) => bytes.clone(),
        Sample::Markup(text) => text.clone().into_bytes(),
        Sample::Parts(parts) => samples::packed(parts, true),
    }
}

fn marked(at: usize, file: Vec<u8>) -> Vec<u8> {
    [vec![u8::try_from(at).unwrap_or_default()], file].concat()
}

fn sound() -> Vec<Vec<u8>> {
    all().iter().enumerate().map(|(at, (_, sample))| marked(at, whole(sample))).collect()
}

fn templates() -> Vec<Vec<u8>> {
    let packed = all().iter().enumerate().filter(|(_, (kind, _))| ["docx", "xlsx"].contains(kind));
    packed.map(|(at, (_, sample))| marked(at, whole(sample))).collect()
}

/// What grew longer than this is left, or each change would make it larger still.
const LONGEST: usize = 60_000;

/// A damaged form of the sound file of the same kind; of plain kinds also of what an earlier input became.
fn damaged(original: &[u8], random: &mut Random, _: &Pool<'_>) -> Vec<u8> {
    let (kind, file) = original.split_first().map_or((0, &[][..]), |(kind, file)| (usize::from(*kind), file));
    let at = kind % all().len();
    let sound = whole(&all()[at].1);
    let file = if file.len() > LONGEST { &sound } else { file };
    let changed = match &all()[at].1 {
        Sample::Bytes(bytes) => damage::bytes(if random.below(2) == 0 { bytes } else { file }, random),
        Sample::Markup(text) => match random.below(4) {
            0 => damage::bytes(file, random),
            1 => damage::markup(text, random).into_bytes(),
            _ => damage::markup(&String::from_utf8_lossy(file), random).into_bytes(),
        },
        Sample::Parts(parts) => package(parts, random),
    };
    marked(at, changed)
}

fn package(parts: &[(String, Vec<u8>)], random: &mut Random) -> Vec<u8> {
    let mut parts = parts.to_vec();
    if random.below(5) == 0 {
        return damage::bytes(&samples::packed(&parts, random.below(2) == 0), random);
    }
    for _ in 0..=random.below(3) {
        let at = random.below(parts.len());
        parts[at].1 = match random.below(6) {
            0 => damage::bytes(&parts[at].1, random),
            _ => damage::markup(&String::from_utf8_lossy(&parts[at].1), random).into_bytes(),
        };
    }
    if random.below(40) == 0 {
        parts.remove(random.below(parts.len()));
    }
    samples::packed(&parts, random.below(4) == 0)
}

/// What every reader owes, whatever it is given.
fn check(read: Result<Blocks, jixiao::block::Refusal>) -> Outcome {
    let blocks = match read {
        Ok(blocks) => blocks,
        Err(refusal) => return super::text::sentence(&wording::refusal(refusal)),
    };
    for block in &blocks.list {
        let Block::Grid(grid) = block else { continue };
        if u64::from(grid.rows) * u64::from(grid.columns) > office::limits::AREA {
            return Err(format!("{} x {} cells", grid.rows, grid.columns));
        }
        let inside = |cell: &jixiao::block::GridCell| {
            u64::from(cell.row) + u64::from(cell.row_span) <= u64::from(grid.rows)
                && u64::from(cell.column) + u64::from(cell.column_span) <= u64::from(grid.columns)
        };
        if let Some(cell) = grid.cells.iter().find(|cell| !inside(cell)) {
            return Err(format!("{cell:?} lies outside of {} x {}", grid.rows, grid.columns));
        }
    }
    blocks.notices.iter().for_each(|notice| drop(wording::block_notice(notice)));
    Ok(())
}

fn refilled(input: &[u8]) -> Outcome {
    let Some((_, file)) = input.split_first() else { return Ok(()) };
    let Ok(original) = Original::open(file) else { return Ok(()) };
    let library = library();
    let at = input.len() % library.examples.len();
    let Ok(imported) = json::read(&library.examples[at].json, library) else { return Err("an example can't be read".into()) };
    let Some(form) = library.form(&imported.document.form) else { return Err("an example of an unknown form".into()) };
    let Some(sample) = fill::sample(super::blocks::recogniser(), original.blocks(), &form) else { return Ok(()) };
    let Some(filling) = fill::fill(&sample, original.blocks(), library, &imported.document) else {
        return Err("a known form is unknown".into());
    };
    match original.write(&filling) {
        Ok(filled) => check(office::read(&filled.bytes, None)),
        Err(_) => Ok(()),
    }
}
