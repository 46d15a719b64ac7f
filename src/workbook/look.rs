//! Fonts, looks and the room that texts need.

use super::{Across, Down, Flow, Look};
use crate::prelude::*;

/// 五号: the letters of a table.
pub(super) const TEXT: u16 = 105;
/// 小二: those of its title.
pub(super) const TITLE: u16 = 180;
const SONG: &str = "宋体";
const TITLE_FONT: &str = "方正小标宋简体";
/// No row of a spreadsheet is higher, in points.
pub(super) const HIGHEST: u16 = 400;
/// The smallest letters that are read on paper.
pub(super) const SMALLEST: u16 = 60;
/// Half of what A4 holds between its margins, in points: a label of more lines may reach over the end of a page.
pub(super) const UPRIGHT: u32 = 370;
pub(super) const LYING: u32 = 240;
/// A cell holds no longer text.
const LONGEST: usize = 32_000;

/// The looks of a workbook, each once.
#[derive(Default)]
pub(super) struct Looks {
    pub(super) list: Vec<Look>,
}

impl Looks {
    pub(super) fn number(&mut self, look: Look) -> usize {
        self.list.iter().position(|known| *known == look).unwrap_or_else(|| {
            self.list.push(look);
            self.list.len().saturating_sub(1)
        })
    }
}

/// A text in a table.
pub(super) fn text() -> Look {
    Look {
        font: SONG.to_owned(),
        size: TEXT,
        bold: false,
        across: Across::Left,
        down: Down::Center,
        flow: Flow::Wrap,
        border: true,
        indent: 0,
        format: String::new(),
    }
}

/// Words of the form.
pub(super) fn label() -> Look {
    Look { across: Across::Center, ..text() }
}

/// A number in a table.
pub(super) fn number(format: &str) -> Look {
    Look { across: Across::Right, flow: Flow::Shrink, format: format.to_owned(), ..text() }
}

/// Words outside of tables.
pub(super) fn outside(across: Across) -> Look {
    Look { across, border: false, ..text() }
}

pub(super) fn title() -> Look {
    Look { font: TITLE_FONT.to_owned(), size: TITLE, ..outside(Across::Center) }
}

/// How high a row has to be for a text in a cell of a width, in points. A Chinese letter is as wide as it is high, others half as wide.
pub(super) fn height(text: &str, width: u32, size: u16) -> u16 {
    // In tenths of a millimetre: a point is 3.53 of them. What borders and padding take is 20.
    let letter = u32::from(size).saturating_mul(353) / 1000;
    let room = (width.saturating_sub(20).saturating_mul(2) / letter.max(1)).max(2);
    let halves = |line: &str| line.chars().map(|char| if char.is_ascii() { 1 } else { 2 }).sum::<u32>();
    let lines: u32 = text.split('\n').map(|line| halves(line).div_ceil(room).max(1)).sum();
    // A line is a third higher than its letters.
    let high = lines.saturating_mul(u32::from(size)).saturating_mul(4) / 30;
    u16::try_from(high).unwrap_or(u16::MAX).saturating_add(6)
}

/// A text as a cell can hold it. Nothing is lost with the rest: it stands in the project.
pub(super) fn cut(text: String) -> String {
    if text.len() <= LONGEST || text.chars().count() <= LONGEST {
        return text;
    }
    text.chars().take(LONGEST).chain("……".chars()).collect()
}
