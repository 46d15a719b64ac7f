//! Nothing printed is dropped: each text of a file ends in exactly one place.

use jixiao::block::{Block, Blocks};
use jixiao::recognise::{Fate, Recognised, SourcePlace};
use std::collections::BTreeMap;

/// Every place of a file that holds a text.
pub fn places(blocks: &Blocks) -> BTreeMap<SourcePlace, String> {
    let blank = |text: &str| text.chars().all(|char| char.is_whitespace() || char == '\u{FEFF}');
    let mut places = BTreeMap::new();
    for (block, content) in blocks.list.iter().enumerate() {
        match content {
            Block::Paragraph(paragraph) => {
                places.insert(SourcePlace::Paragraph { block }, paragraph.text.clone());
            }
            Block::Grid(grid) => {
                places.extend(grid.caption.iter().map(|caption| (SourcePlace::Caption { block }, caption.clone())));
                for cell in &grid.cells {
                    places.insert(SourcePlace::Cell { block, row: cell.row, column: cell.column }, cell.text.clone());
                }
            }
        }
    }
    places.retain(|_, text| !blank(text));
    places
}

/// Panics unless each text has one fate, and each cell of a document comes from a text that says it.
pub fn accounted(name: &str, blocks: &Blocks, recognised: &Recognised) {
    let places = places(blocks);
    let mut seen: BTreeMap<SourcePlace, u32> = BTreeMap::new();
    for table in &recognised.tables {
        for (place, fate) in &table.fates {
            *seen.entry(*place).or_default() += 1;
            let listed = table.unrecognised.iter().any(|unread| unread.place == *place);
            assert!(*fate != Fate::Unrecognised || listed, "{name}: {place:?} is not understood and not listed");
        }
        for (cell, place) in &table.sources {
            assert!(places.contains_key(place), "{name}: {cell:?} comes from {place:?}, where nothing stands");
        }
    }
    for unread in &recognised.unrecognised {
        *seen.entry(unread.place).or_default() += 1;
    }
    for (place, text) in &places {
        let times = seen.get(place).copied().unwrap_or_default();
        assert!(times == 1, "{name}: {text:?} at {place:?} ends in {times} places");
    }
}
