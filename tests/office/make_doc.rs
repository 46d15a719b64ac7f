//! Makes Word files of the binary kind: one piece of text, one page of properties of each sort.

use crate::make_ole::container;

/// A paragraph: its text, its mark and the properties that the mark has.
pub struct Paragraph {
    pub text: &'static str,
    pub mark: char,
    pub style: u16,
    pub properties: Vec<u8>,
}

/// Letters from one to before another, by their place in the text, with their properties.
pub struct Run {
    pub from: usize,
    pub to: usize,
    pub properties: Vec<u8>,
}

pub fn paragraph(text: &'static str) -> Paragraph {
    Paragraph { text, mark: '\r', style: 0, properties: Vec::new() }
}

/// One property.
pub fn sprm(id: u16, value: &[u8]) -> Vec<u8> {
    [&id.to_le_bytes()[..], value].concat()
}

/// The last paragraph of a cell.
pub fn cell(text: &'static str) -> Paragraph {
    Paragraph { mark: '\u{7}', properties: sprm(0x2416, &[1]), ..paragraph(text) }
}

/// The end of a row: the edges of its cells and what each says of its merges.
pub fn row(edges: &[i16], flags: &[u16]) -> Paragraph {
    let mut table = vec![flags.len() as u8];
    table.extend(edges.iter().flat_map(|edge| edge.to_le_bytes()));
    for flags in flags {
        table.extend(flags.to_le_bytes());
        table.extend([0; 18]);
    }
    let length = (table.len() as u16 + 1).to_le_bytes();
    let properties = [sprm(0x2416, &[1]), sprm(0x2417, &[1]), sprm(0xd608, &[&length[..], &table].concat())].concat();
    Paragraph { mark: '\u{7}', properties, ..paragraph("") }
}

/// Where the text begins in the stream.
const TEXT: usize = 1_024;

/// A page of runs: their places, and their properties from the end of the page on.
fn page(places: &[u32], properties: &[Vec<u8>], width: usize) -> Vec<u8> {
    let count = properties.len();
    let mut page = vec![0; 512];
    for (at, place) in places.iter().enumerate() {
        page[at * 4..at * 4 + 4].copy_from_slice(&place.to_le_bytes());
    }
    let mut end = 510;
    for (at, data) in properties.iter().enumerate() {
        if data.is_empty() {
            continue;
        }
        end = (end - data.len()) & !1;
        assert!(end > (count + 1) * 4 + count * width, "one page is enough");
        page[end..end + data.len()].copy_from_slice(data);
        page[(count + 1) * 4 + at * width] = (end / 2) as u8;
    }
    page[511] = count as u8;
    page
}

pub fn doc(paragraphs: &[Paragraph], runs: &[Run]) -> Vec<u8> {
    let mut units: Vec<u16> = Vec::new();
    let mut places = vec![TEXT as u32];
    let mut properties = Vec::new();
    for paragraph in paragraphs {
        units.extend(paragraph.text.encode_utf16());
        units.push(paragraph.mark as u16);
        places.push((TEXT + units.len() * 2) as u32);
        let mut data = [&paragraph.style.to_le_bytes()[..], &paragraph.properties].concat();
        // The length in pairs: an odd number of bytes, or a zero in front of an even one.
        if data.len().is_multiple_of(2) {
            data.splice(0..0, [0, (data.len() / 2) as u8]);
        } else {
            data.insert(0, data.len().div_ceil(2) as u8);
        }
        properties.push(data);
    }
    let mut stream = vec![0; TEXT];
    stream.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    stream.resize(stream.len().next_multiple_of(512), 0);
    let paragraph_page = stream.len() / 512;
    stream.extend(page(&places, &properties, 13));
    let mut places = vec![TEXT as u32];
    let mut properties = Vec::new();
    for run in runs {
        places.extend([(TEXT + run.from * 2) as u32, (TEXT + run.to * 2) as u32]);
        properties.extend([Vec::new(), [&[run.properties.len() as u8][..], &run.properties].concat()]);
    }
    places.push((TEXT + units.len() * 2) as u32);
    properties.push(Vec::new());
    let character_page = stream.len() / 512;
    stream.extend(page(&places, &properties, 1));
    let mut table = Vec::new();
    let mut part = |data: &[u32]| {
        let start = table.len() as u32;
        table.extend(data.iter().flat_map(|word| word.to_le_bytes()));
        (start, data.len() as u32 * 4)
    };
    let last = (TEXT + units.len() * 2) as u32;
    let parts =
        [(12, part(&[TEXT as u32, last, character_page as u32])), (13, part(&[TEXT as u32, last, paragraph_page as u32]))];
    let pieces = table.len() as u32;
    table.push(2);
    table.extend(16_u32.to_le_bytes());
    table.extend([0_u32, units.len() as u32].iter().flat_map(|word| word.to_le_bytes()));
    table.extend([0, 0]);
    table.extend((TEXT as u32).to_le_bytes());
    table.extend([0, 0]);
    let length = table.len() as u32 - pieces;
    for (number, (start, length)) in parts.into_iter().chain([(33, (pieces, length))]) {
        let at = 154 + number * 8;
        stream[at..at + 4].copy_from_slice(&start.to_le_bytes());
        stream[at + 4..at + 8].copy_from_slice(&length.to_le_bytes());
    }
    stream[..4].copy_from_slice(&[0xec, 0xa5, 0xc1, 0]);
    stream[10..12].copy_from_slice(&0x0200_u16.to_le_bytes());
    stream[76..80].copy_from_slice(&(units.len() as u32).to_le_bytes());
    container(&[("WordDocument", &stream), ("1Table", &table)])
}

/// A file with most of what its reader knows.
pub fn sample() -> Vec<u8> {
    let nested = |text, more: Vec<u8>| Paragraph {
        properties: [sprm(0x2416, &[1]), sprm(0x6649, &2_u32.to_le_bytes()), more].concat(),
        ..paragraph(text)
    };
    let mut end = row(&[0, 900], &[0]);
    end.properties =
        [sprm(0x2416, &[1]), sprm(0x6649, &2_u32.to_le_bytes()), sprm(0x244c, &[1]), end.properties[6..].to_vec()].concat();
    end.mark = '\r';
    doc(
        &[
            Paragraph { style: 1, ..paragraph("自评表") },
            paragraph("金额\u{13}=SUM(ABOVE)\u{14}89.6\u{15}万元旧\u{b}次行"),
            cell("A"),
            cell("B"),
            row(&[0, 1_000, 2_000], &[0x60, 0]),
            cell(""),
            nested("内", sprm(0x244b, &[1])),
            end,
            cell("外"),
            row(&[5, 1_000, 2_005], &[0x20, 0]),
            cell("宽"),
            row(&[0, 2_000], &[0]),
            paragraph("后"),
        ],
        // 旧 was deleted.
        &[Run { from: 26, to: 27, properties: sprm(0x0800, &[1]) }],
    )
}
