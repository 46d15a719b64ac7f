//! Makes workbooks of records (BIFF8) in their container, for what no XML can be written.

use crate::make_ole::container;

/// What a cell holds.
#[derive(Clone)]
pub enum Value<'a> {
    Number(f64),
    /// In the four bytes of an RK record.
    Short(u32),
    Text(&'a str),
    /// By a record of its own, not shared.
    Label(&'a str),
    Formula(f64),
    FormulaText(&'a str),
    Bool(bool),
    Error(u8),
}

pub struct Cell<'a> {
    pub row: u16,
    pub column: u16,
    /// 0 is General, then the formats in their order.
    pub style: u16,
    pub value: Value<'a>,
}

pub fn cell(row: u16, column: u16, value: Value<'_>) -> Cell<'_> {
    Cell { row, column, style: 0, value }
}

pub struct Sheet<'a> {
    pub name: &'a str,
    pub hidden: u8,
    pub cells: Vec<Cell<'a>>,
    /// First row, last row, first column, last column.
    pub merges: Vec<[u16; 4]>,
    pub zeros: bool,
}

fn record(out: &mut Vec<u8>, id: u16, data: &[u8]) {
    out.extend_from_slice(&id.to_le_bytes());
    out.extend_from_slice(&(data.len() as u16).to_le_bytes());
    out.extend_from_slice(data);
}

/// A text with a length of one or two bytes, in wide characters.
fn text(value: &str, short: bool) -> Vec<u8> {
    let units: Vec<u16> = value.encode_utf16().collect();
    let mut out = if short { vec![units.len() as u8] } else { (units.len() as u16).to_le_bytes().to_vec() };
    out.push(1);
    out.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    out
}

const BOF: [u8; 16] = [0, 6, 5, 0, 0xbb, 0x0d, 0xcc, 7, 0, 0, 0, 0, 6, 0, 0, 0];

/// The stream of a workbook.
pub fn stream(sheets: &[Sheet<'_>], formats: &[&str], mode_1904: bool) -> Vec<u8> {
    let mut strings: Vec<&str> = Vec::new();
    let bodies: Vec<Vec<u8>> = sheets.iter().map(|sheet| body(sheet, &mut strings)).collect();
    let head = |places: &[u32]| {
        let mut out = Vec::new();
        record(&mut out, 0x809, &BOF);
        record(&mut out, 0x042, &1200_u16.to_le_bytes());
        record(&mut out, 0x022, &u16::from(mode_1904).to_le_bytes());
        for (at, code) in formats.iter().enumerate() {
            let number = (164 + at as u16).to_le_bytes().to_vec();
            record(&mut out, 0x41e, &[number, text(code, false)].concat());
        }
        let xf = |format: u16| [vec![0, 0], format.to_le_bytes().to_vec(), vec![0; 16]].concat();
        record(&mut out, 0x0e0, &xf(0));
        for at in 0..formats.len() {
            record(&mut out, 0x0e0, &xf(164 + at as u16));
        }
        for (sheet, place) in sheets.iter().zip(places) {
            let data = [place.to_le_bytes().to_vec(), vec![sheet.hidden, 0], text(sheet.name, true)].concat();
            record(&mut out, 0x085, &data);
        }
        // The texts over as many records as they need.
        let mut shared = [strings.len() as u32; 2].iter().flat_map(|count| count.to_le_bytes()).collect::<Vec<u8>>();
        let mut id = 0x0fc;
        for string in &strings {
            let string = text(string, false);
            if shared.len() + string.len() > 8_000 {
                record(&mut out, id, &shared);
                id = 0x03c;
                shared.clear();
            }
            shared.extend(string);
        }
        record(&mut out, id, &shared);
        record(&mut out, 0x00a, &[]);
        out
    };
    let start = head(&vec![0; sheets.len()]).len();
    let mut places = Vec::new();
    let mut at = start;
    for body in &bodies {
        places.push(at as u32);
        at += body.len();
    }
    [head(&places), bodies.concat()].concat()
}

fn body<'a>(sheet: &Sheet<'a>, strings: &mut Vec<&'a str>) -> Vec<u8> {
    let mut out = Vec::new();
    record(&mut out, 0x809, &[&BOF[..2], &[0x10], &BOF[3..]].concat());
    for cell in &sheet.cells {
        let place: Vec<u8> = [cell.row, cell.column, cell.style].iter().flat_map(|part| part.to_le_bytes()).collect();
        let with = |rest: &[u8]| [&place, rest].concat();
        let formula = |value: &[u8]| [value, &[0; 6], &[0, 0]].concat();
        match &cell.value {
            Value::Number(number) => record(&mut out, 0x203, &with(&number.to_le_bytes())),
            Value::Short(bits) => record(&mut out, 0x27e, &with(&bits.to_le_bytes())),
            Value::Text(string) => {
                strings.push(string);
                record(&mut out, 0x0fd, &with(&(strings.len() as u32 - 1).to_le_bytes()));
            }
            Value::Label(string) => record(&mut out, 0x204, &with(&text(string, false))),
            Value::Formula(number) => record(&mut out, 0x006, &with(&formula(&number.to_le_bytes()))),
            Value::FormulaText(string) => {
                record(&mut out, 0x006, &with(&formula(&[0, 0, 0, 0, 0, 0, 0xff, 0xff])));
                record(&mut out, 0x207, &text(string, false));
            }
            Value::Bool(value) => record(&mut out, 0x205, &with(&[u8::from(*value), 0])),
            Value::Error(code) => record(&mut out, 0x205, &with(&[*code, 1])),
        }
    }
    let merges: Vec<u8> = sheet.merges.iter().flatten().flat_map(|part| part.to_le_bytes()).collect();
    record(&mut out, 0x0e5, &[&(sheet.merges.len() as u16).to_le_bytes()[..], &merges].concat());
    let flags: u16 = 0x6a6 | if sheet.zeros { 0x10 } else { 0 };
    record(&mut out, 0x23e, &[&flags.to_le_bytes()[..], &[0; 16]].concat());
    record(&mut out, 0x00a, &[]);
    out
}

/// A whole `.xls`.
pub fn xls(sheets: &[Sheet<'_>], formats: &[&str]) -> Vec<u8> {
    container(&[("Workbook", &stream(sheets, formats, false))])
}
