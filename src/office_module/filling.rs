//! 套用模板 for the page: the filled file, and in HTML what went where, each line open to another word.

use super::drawn::key;
use jixiao::block::Blocks;
use jixiao::document::{CellId, Document, passed};
use jixiao::export::mapping;
use jixiao::fill::{self, Filling, Sample};
use jixiao::office::refill::{Filled, Original, Unfit};
use jixiao::recognise::{Recogniser, SourcePlace};
use jixiao::template::{Form, Library};
use jixiao::wire::{PARTS, PIECE, THING, escaped, joined};
use jixiao::wording::fill as words;
use jixiao::wording::recognise::source_place;
use jixiao::wording::source as said;
use jixiao::wording::{self, place};

/// Between the HTML and the bytes of the file.
const END: u8 = 0;
/// Between a place and the number of one of its values.
const VALUE: char = '#';

/// What is to be remembered of the template, HTML, which place holds which cell as a file for colleagues, and the filled file; where nothing
/// could be filled in only a sentence, without the signs between them. `told`: places with the labels of the cells that are to stand
/// there, a line each with a tab between; behind it what is remembered of other templates, each with its shape before it; and last
/// such a file, where one was read.
pub fn answer(recogniser: &Recogniser<'_>, library: &Library, template: &[u8], document: &str, told: &str) -> Vec<u8> {
    match filled(recogniser, library, template, document, told) {
        Ok((parts, bytes)) => joined(&parts, PARTS).into_bytes().into_iter().chain([END]).chain(bytes).collect(),
        Err(why) => why.into_bytes(),
    }
}

fn filled(
    recogniser: &Recogniser<'_>,
    library: &Library,
    template: &[u8],
    document: &str,
    told: &str,
) -> Result<([String; 4], Vec<u8>), String> {
    let unfit = |unfit| match unfit {
        Unfit::Refused(refusal) => wording::refusal(refusal),
        Unfit::Kind => words::not_a_template().to_owned(),
        Unfit::Structure => words::structure().to_owned(),
    };
    let original = Original::open(template).map_err(unfit)?;
    let (form, document) = passed::read(document, &library.forms).ok_or_else(|| words::structure().to_owned())?;
    let blocks = original.blocks();
    let mut sample = fill::sample(recogniser, blocks, form).ok_or_else(|| words::no_table(&form.short))?;
    let labels = labels(&sample, form);
    let shape = shape(&sample, blocks);
    let (told, file) = told.split_once(PARTS).unwrap_or((told, ""));
    let (own, others) = told.split_once(THING).unwrap_or((told, ""));
    let remembered = others.split(THING).filter_map(|known| known.split_once(PIECE)).find(|(known, _)| *known == shape);
    let named = |label: &str| {
        let cell = labels.iter().find(|(known, _)| known == label);
        cell.map(|(_, cell)| cell.name(form)).unwrap_or_default()
    };
    // Remembered are the names of cells: what a cell is called depends on the template.
    let before = remembered.into_iter().flat_map(|(_, lines)| lines.lines()).filter_map(|line| line.split_once('\t'));
    let file = if file.is_empty() { Vec::new() } else { mapping::read(file).map_err(|why| words::bad_mapping(&why))? };
    if let Some(told) = file.iter().find(|told| !told.cell.is_empty() && CellId::from_name(&told.cell, form).is_none()) {
        return Err(words::no_such_cell(&told.cell));
    }
    let given = file.iter().map(|told| (name(told.place(), told.value), told.cell.clone()));
    let given: Vec<(String, String)> = given.collect();
    let given = given.iter().map(|(at, name)| (at.as_str(), name.clone()));
    let now = own.lines().filter_map(|line| line.split_once('\t'));
    let mut learnt: Vec<(&str, String)> = Vec::new();
    for (at, name) in before.map(|(at, name)| (at, name.to_owned())).chain(given).chain(now.map(|(at, label)| (at, named(label))))
    {
        let (at_place, value) = at.split_once(VALUE).map_or((at, None), |(at, value)| (at, value.parse().ok()));
        if super::told::place(at_place, blocks).is_some_and(|place| sample.correct(place, value, &name, form)) {
            // The last word counts.
            learnt.retain(|(known, _)| *known != at);
            learnt.push((at, name));
        }
    }
    let filling = fill::fill_completed(&sample, blocks, form, &document);
    let filled = original.write(&filling).map_err(unfit)?;
    let signed = if original.is_signed() { line(words::signed()) } else { String::new() };
    let told = if remembered.is_some() {
        format!(
            "<p>{} <button type=\"button\" class=\"button small quiet\" data-do=\"template-forget\">{}</button></p>",
            words::remembered(),
            said::FORGET
        )
    } else {
        String::new()
    };
    let html = signed + &told + &list(&sample, &filling, &filled, blocks, form, &document, &labels);
    let learnt: String = learnt.iter().map(|(at, name)| format!("{at}\t{name}\n")).collect();
    let file = mapping::write(&form.id, &sample.mapping(form));
    Ok(([shape, learnt, html, file], filled.bytes))
}

/// What the page calls one of the values at a place.
fn name(place: SourcePlace, value: Option<usize>) -> String {
    value.map_or_else(|| key(place), |value| format!("{}{VALUE}{value}", key(place)))
}

/// Two templates have one shape where the same words of the form stand in the same places, but for digits: years change.
fn shape(sample: &Sample, blocks: &Blocks) -> String {
    let labels = sample.labels(blocks).into_iter().map(|(place, text)| {
        let words = text.chars().filter(|char| !char.is_whitespace() && !char.is_ascii_digit());
        format!("{}{}", key(place), words.collect::<String>())
    });
    super::told::fingerprint(labels)
}

/// What the cells of the template are called, and which they are.
fn labels(sample: &Sample, form: &Form) -> Vec<(String, CellId)> {
    let cells = sample.cells(form);
    cells.into_iter().map(|cell| (place(cell, form, sample.document()), cell)).collect()
}

fn line(text: &str) -> String {
    format!("<p>{}</p>", escaped(text))
}

fn list(
    sample: &Sample,
    filling: &Filling,
    filled: &Filled,
    blocks: &Blocks,
    form: &Form,
    document: &Document,
    labels: &[(String, CellId)],
) -> String {
    let said = |texts: Vec<String>| texts.iter().map(|text| line(text)).collect::<String>();
    let mut html = line(&words::done(
        filling.writes.iter().filter(|write| write.cell.is_some()).count() - filled.formulas.len(),
        filling.copies.len() - filled.rows.len(),
        filling.cleared.len(),
        filling.left.len() + filled.rows.len(),
    ));
    html += &said(filling.left.iter().map(|(cell, text)| words::left(&place(*cell, form, document), text)).collect());
    html += &said(filling.cleared.iter().map(|(at, old)| words::cleared(blocks, *at, old)).collect());
    html += &said(filling.kept.iter().map(|(at, old)| words::kept(blocks, *at, old)).collect());
    html += &said(filled.formulas.iter().map(|(at, text)| words::formula_stays(blocks, *at, text)).collect());
    let row = |copy: &fill::Copy| {
        let texts = copy.texts.iter().map(|(_, _, text)| text.clone()).filter(|text| !text.is_empty());
        let table = copy.texts.first().and_then(|(_, cell, _)| match cell {
            CellId::Row { table, .. } => form.table(*table),
            CellId::Fixed(_) => None,
        });
        (table.map_or(words::TABLE, |table| &table.name), texts.collect::<Vec<String>>())
    };
    let added = filling.copies.iter().filter(|copy| !filled.rows.contains(copy)).map(row);
    html += &said(added.map(|(table, texts)| words::row_added(table, &texts)).collect());
    html += &said(filled.rows.iter().map(row).map(|(table, texts)| words::row_missing(table, &texts)).collect());
    let options: String = labels.iter().map(|(label, _)| format!("<option value=\"{}\">", escaped(label))).collect();
    html += &format!("<datalist id=\"fill-cells\">{options}</datalist><table class=\"fill-list\"><thead><tr>");
    for title in words::COLUMNS {
        html += &format!("<th scope=\"col\">{title}</th>");
    }
    html += "</tr></thead><tbody>";
    for (at, value, cell) in sample.places() {
        let label = cell.map(|cell| place(cell, form, sample.document())).unwrap_or_default();
        html += &line_of(at, value, &label, text(filling, at), blocks);
    }
    html + "</tbody></table>"
}

fn text(filling: &Filling, at: SourcePlace) -> &str {
    filling.writes.iter().find(|write| write.place == at).map_or("", |write| write.text.as_str())
}

fn line_of(at: SourcePlace, value: Option<usize>, label: &str, text: &str, blocks: &Blocks) -> String {
    let place = source_place(blocks, at);
    let place = escaped(&value.map_or_else(|| place.clone(), |value| words::value_of(&place, value)));
    format!(
        "<tr><td>{place}</td><td><input list=\"fill-cells\" data-do=\"template-cell\" data-at=\"{}\" value=\"{}\" aria-label=\"{place}\"></td>\
         <td>{}</td></tr>",
        name(at, value),
        escaped(label),
        escaped(text)
    )
}
