//! PDF: letters at places and lines between them become paragraphs and tables. The library reads the file and draws its pages; what it
//! draws is heard in [`page`], in whole numbers, and put together by place alone: [`lines`] of letters, [`ruled`] tables, [`join`]ed over
//! the pages.
//!
//! The library may fail on a damaged file and can't be told to stop, so that it works in a thread of its own.

use super::limits;
use crate::block::{BlockNotice, Blocks, FileKind, Limit, Refusal};
use crate::prelude::*;
use hayro_interpret::InterpreterCache;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

mod aligned;
mod join;
mod letters;
mod lines;
mod page;
mod ruled;
mod sheet;
mod signs;
mod streams;
mod table;

/// What the thread may use of the stack; only what is used is taken from memory.
const STACK: usize = 64 << 20;
/// How long reading may take.
const TIME: Duration = Duration::from_secs(8);

pub fn read(bytes: &[u8]) -> Result<Blocks, Refusal> {
    let damaged = Refusal::Damaged(FileKind::Pdf);
    let until = Instant::now() + TIME;
    streams::bounded(bytes, until).map_err(Refusal::Over)?;
    let bytes = bytes.to_vec();
    let (answer, answered) = std::sync::mpsc::channel();
    let work = move || {
        let blocks = catch_unwind(AssertUnwindSafe(|| {
            let (sheets, notices) = pages(bytes, until)?;
            join::blocks(sheets, notices)
        }));
        // Nobody listens any more where it took too long.
        let _ = answer.send(match blocks {
            Ok(blocks) => blocks,
            Err(fault) if fault.is::<page::Stopped>() => Err(Refusal::Over(Limit::Count)),
            Err(_) => Err(damaged),
        });
    };
    std::thread::Builder::new().stack_size(STACK).spawn(work).map_err(|_| damaged)?;
    let left = until.saturating_duration_since(Instant::now()) + Duration::from_secs(1);
    answered.recv_timeout(left).map_err(|_| Refusal::Over(Limit::Count))?
}

/// The pages of a file, read and put in order, and what there is to say of them.
fn pages(bytes: Vec<u8>, until: Instant) -> Result<(Vec<sheet::Sheet>, Vec<BlockNotice>), Refusal> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Refusal::Encrypted(FileKind::Pdf),
        LoadPdfError::Invalid => Refusal::Damaged(FileKind::Pdf),
    })?;
    let pages = pdf.pages();
    if pages.len() > limits::PAGES {
        return Err(Refusal::Over(Limit::Count));
    }
    if !streams::pages_are_bounded(&pdf) {
        return Err(Refusal::Over(Limit::Unpacked));
    }
    let cache = InterpreterCache::new();
    let mut rest = page::Rest { letters: limits::LETTERS, rules: limits::RULES, calls: limits::DRAWN, until };
    let (mut sheets, mut sum) = (Vec::new(), page::Heard::default());
    let (mut letters, mut loose) = (0, 0);
    let mut places = limits::CELLS;
    for page in pages.iter() {
        let over = Refusal::Over(Limit::Count);
        if Instant::now() >= until {
            return Err(over);
        }
        let heard = page::hear(page, &cache, pdf.xref(), &mut rest);
        letters += heard.letters.iter().filter(|letter| !letter.letter.is_whitespace()).count();
        sum.pictures += heard.pictures;
        sum.slanted += heard.slanted;
        sum.unseen += heard.unseen;
        sum.unknown += heard.unknown;
        let sheet = sheet::sheet(heard);
        loose += sheet.loose;
        // One page drawn again and again costs its file nothing, and each of its cells is kept.
        places = places.checked_sub(sheet.places()).ok_or(over)?;
        sheets.push(sheet);
    }
    if letters == 0 {
        return Err(Refusal::Blank { kind: FileKind::Pdf, pictures: sum.pictures > 0 });
    }
    if usize::try_from(sum.unknown).unwrap_or(usize::MAX) * 4 > letters {
        return Err(Refusal::NoLetters);
    }
    let mut notices = Vec::new();
    let said = [
        (sum.unknown, BlockNotice::DamagedText(sum.unknown)),
        (sum.slanted, BlockNotice::SlantedText(sum.slanted)),
        (sum.unseen, BlockNotice::RecognisedText(sum.unseen)),
        (loose, BlockNotice::LooseColumns(loose)),
        (sum.pictures, BlockNotice::Pictures(sum.pictures)),
    ];
    notices.extend(said.into_iter().filter(|(count, _)| *count > 0).map(|(_, notice)| notice));
    Ok((sheets, notices))
}
