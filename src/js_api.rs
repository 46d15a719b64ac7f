//! The engine for other programs in a browser or under Node: pure functions over plain objects, typed by `js_api.d.ts`. A program
//! of its own, with nothing of the page in it, and with the readers of office files.
//!
//! A document comes as an object or as JSON text, in the saved format. Every number goes out as text, because a JavaScript
//! number is a float. What can't be read is thrown as an `Error` with a `code`.

#![forbid(unsafe_code)]
#![deny(clippy::unwrap_used, clippy::panic)]

use jixiao::document::{CellId, Document};
use jixiao::evaluate as run;
use jixiao::explain::explain as trace;
use jixiao::export::blocks;
use jixiao::export::found::{self, Beside, Table};
use jixiao::export::{disclosure_json, mapping, tables};
use jixiao::fill::{self, Filling, Sample};
use jixiao::io::{Imported, json};
use jixiao::layout::layout;
use jixiao::office;
use jixiao::office::refill::{Filled, Original, Unfit};
use jixiao::paper::{Given, Parts, paper};
use jixiao::recognise::{Recogniser, SourcePlace};
use jixiao::template::{CellKind, ColumnDef, Form, Library, Template, amount_unit_name};
use jixiao::wording::fill as filling_words;
use jixiao::wording::io::command as wording;
use jixiao::wording::refusal as refusal_words;
use jixiao::workbook::workbook;
use jixiao::writer;
use serde::Serialize;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("js_api.d.ts");

thread_local! {
    /// Loaded once, when the first function is called, and kept as long as the program runs.
    static LIBRARY: &'static Library = Box::leak(Box::new(Library::builtin().0));
    /// Forms are turned round only once.
    static RECOGNISER: Recogniser<'static> = Recogniser::new(LIBRARY.with(|library| *library));
}

/// Nothing is done before a function is called.
fn main() {}

/// Everything that follows from a document.
#[wasm_bindgen(unchecked_return_type = "EvaluationWithNotices")]
pub fn evaluate(
    #[wasm_bindgen(unchecked_param_type = "JixiaoDocument | string")] document: JsValue,
    profile: Option<String>,
) -> Result<JsValue, JsValue> {
    LIBRARY.with(|library| {
        let (imported, template) = saved(library, &document, profile.as_deref())?;
        let evaluation = run(&template, &imported.document);
        let evaluation = json::v1::Evaluation::new(&template, &imported.document, &evaluation);
        to_js(&Evaluated { evaluation, notices: imported.notices.iter().map(ToString::to_string).collect() })
    })
}

/// How a cell is computed; `undefined` for a cell that nothing computes.
#[wasm_bindgen(unchecked_return_type = "Explanation | undefined")]
pub fn explain(
    #[wasm_bindgen(unchecked_param_type = "JixiaoDocument | string")] document: JsValue,
    cell: &str,
    profile: Option<String>,
) -> Result<JsValue, JsValue> {
    LIBRARY.with(|library| {
        let (imported, template) = saved(library, &document, profile.as_deref())?;
        let form = &template.form;
        let id = CellId::from_name(cell, form).ok_or_else(|| thrown("unknown-cell", &wording::unknown_cell(cell, form)))?;
        let evaluation = run(&template, &imported.document);
        match trace(library, &template, &imported.document, &evaluation, id) {
            Some(explanation) => to_js(&Explanation::new(&explanation, form)),
            None => Ok(JsValue::UNDEFINED),
        }
    })
}

/// What a file holds, as paragraphs and grids. Its name, where there is one, only helps to say why a file can't be read.
#[wasm_bindgen(unchecked_return_type = "Blocks")]
pub fn read(bytes: &[u8], name: Option<String>) -> Result<JsValue, JsValue> {
    let blocks = office::read(bytes, name.as_deref()).map_err(|refusal| thrown(refusal.code(), &refusal_words(refusal)))?;
    let list = from_json(&blocks::write(&blocks))?;
    let read = js_sys::Object::new();
    for (key, value) in [("list", list), ("notices", to_js(&found::notices(&blocks.notices))?)] {
        // Setting a key of a fresh object can't fail.
        let _ = js_sys::Reflect::set(&read, &key.into(), &value);
    }
    Ok(read.into())
}

/// The tables among blocks, each as the form that explains most of it; those that no form fits with what their own words say.
#[wasm_bindgen(unchecked_return_type = "Recognised")]
pub fn recognise(#[wasm_bindgen(unchecked_param_type = "Blocks")] blocks: JsValue) -> Result<JsValue, JsValue> {
    let list = js_sys::Reflect::get(&blocks, &"list".into()).unwrap_or(JsValue::UNDEFINED);
    let unfit = || thrown("not-blocks", wording::not_blocks());
    let blocks = blocks::read(&as_json(&list)?).ok_or_else(unfit)?;
    LIBRARY.with(|library| {
        let recognised = RECOGNISER.with(|recogniser| recogniser.recognise(&blocks));
        let forms: Vec<_> = recognised.tables.iter().filter_map(|found| library.form(&found.form)).collect();
        let tables = recognised.tables.iter().zip(&forms).map(|(found, form)| Table::new(found, form, &blocks)).collect();
        let checks = tables::checks(&blocks, &recognised.others);
        let tables = Tables { tables, beside: Beside::checked(&recognised, &blocks, &checks) };
        from_json(&serde_json::to_string(&tables).map_err(|error| thrown("internal", &error.to_string()))?)
    })
}

/// Blocks as a whole published document (部门决算, 部门预算): its tables and sentences held against each other. `undefined` where they are none.
#[wasm_bindgen(unchecked_return_type = "Disclosure | undefined")]
pub fn disclosure(#[wasm_bindgen(unchecked_param_type = "Blocks")] blocks: JsValue) -> Result<JsValue, JsValue> {
    let list = js_sys::Reflect::get(&blocks, &"list".into()).unwrap_or(JsValue::UNDEFINED);
    let blocks = blocks::read(&as_json(&list)?).ok_or_else(|| thrown("not-blocks", wording::not_blocks()))?;
    let found = jixiao::disclosure::check(&blocks);
    found.map_or(Ok(JsValue::UNDEFINED), |found| from_json(&disclosure_json(&blocks, &found)))
}

/// A document as an Excel workbook whose formulas compute on. `date` is the day that it says it was made on.
#[wasm_bindgen(js_name = toXlsx)]
pub fn to_xlsx(
    #[wasm_bindgen(unchecked_param_type = "JixiaoDocument | string")] document: JsValue,
    profile: Option<String>,
    date: Option<String>,
) -> Result<Vec<u8>, JsValue> {
    let date = date.unwrap_or_default();
    with_given(&document, profile.as_deref(), &date, |given| {
        let too_large = || thrown("too-large", &wording::too_large_to_write(&given.template.form.short));
        writer::xlsx::write(&workbook(given)).ok_or_else(too_large)
    })
}

/// A document as Word. `parts`: `table` (without any named), `report`, `findings`, `annex`.
#[wasm_bindgen(js_name = toDocx)]
pub fn to_docx(
    #[wasm_bindgen(unchecked_param_type = "JixiaoDocument | string")] document: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Part[] | undefined")] parts: Option<Vec<String>>,
    profile: Option<String>,
    date: Option<String>,
) -> Result<Vec<u8>, JsValue> {
    let parts = match parts {
        None => Parts::TABLE,
        Some(names) => Parts::named(&names).map_err(|name| thrown("unknown-part", &wording::unknown_part(&name)))?,
    };
    let date = date.unwrap_or_default();
    with_given(&document, profile.as_deref(), &date, |given| Ok(writer::docx::write(&paper(given, parts))))
}

/// A bureau's own `.docx` or `.xlsx` with a document in it. `mapping`: which of its places hold which cells, as an earlier call gave it.
#[wasm_bindgen(unchecked_return_type = "Filled")]
pub fn fill(
    template: &[u8],
    #[wasm_bindgen(unchecked_param_type = "JixiaoDocument | string")] document: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Mapped[] | undefined")] mapping: JsValue,
    profile: Option<String>,
) -> Result<JsValue, JsValue> {
    let original = Original::open(template).map_err(|unfit| match unfit {
        Unfit::Refused(refusal) => thrown(refusal.code(), &refusal_words(refusal)),
        Unfit::Kind => thrown("unsupported", filling_words::not_a_template()),
        Unfit::Structure => thrown("unfit", filling_words::structure()),
    })?;
    let told: Vec<mapping::Told> = match mapping.is_undefined() || mapping.is_null() {
        true => Vec::new(),
        false => serde_wasm_bindgen::from_value(mapping)
            .map_err(|error| thrown("not-mapping", &filling_words::bad_mapping(&error.to_string())))?,
    };
    LIBRARY.with(|library| {
        let (imported, template) = saved(library, &document, profile.as_deref())?;
        let (form, blocks) = (&template.form, original.blocks());
        let none = || thrown("no-table", &filling_words::no_table(&form.short));
        let mut sample = RECOGNISER.with(|recogniser| fill::sample(recogniser, blocks, form)).ok_or_else(none)?;
        for told in &told {
            if !sample.correct(told.place(), told.value, &told.cell, form) {
                return Err(thrown("unknown-cell", &filling_words::no_such_cell(&told.cell)));
            }
        }
        let document = Document { profile: template.profile.id.clone(), ..imported.document };
        let filling = fill::fill(&sample, blocks, library, &document).ok_or_else(none)?;
        let filled = original.write(&filling).map_err(|_| thrown("unfit", filling_words::structure()))?;
        let told = to_js(&Told::of(&filling, &filled, &sample, form))?;
        // Setting a key of a fresh object can't fail.
        let _ = js_sys::Reflect::set(&told, &"bytes".into(), &js_sys::Uint8Array::from(filled.bytes.as_slice()));
        Ok(told)
    })
}

/// What a file is written from: the document with everything that follows from it.
fn with_given<T>(
    document: &JsValue,
    profile: Option<&str>,
    date: &str,
    write: impl FnOnce(Given<'_>) -> Result<T, JsValue>,
) -> Result<T, JsValue> {
    LIBRARY.with(|library| {
        let (imported, template) = saved(library, document, profile)?;
        let (document, evaluation) = (&imported.document, run(&template, &imported.document));
        let sheet = layout(&template, document, &evaluation, None);
        let (template, evaluation, sheet) = (&template, &evaluation, &sheet);
        let landscape = template.form.landscape;
        write(Given { library, template, document, evaluation, sheet, landscape, date, source: &|_| None })
    })
}

/// The forms at hand, with the names of their cells.
#[wasm_bindgen(unchecked_return_type = "FormInfo[]")]
pub fn forms() -> Result<JsValue, JsValue> {
    LIBRARY.with(|library| to_js(&library.forms.iter().map(|form| FormInfo::new(form)).collect::<Vec<_>>()))
}

/// The profiles at hand.
#[wasm_bindgen(unchecked_return_type = "ProfileInfo[]")]
pub fn profiles() -> Result<JsValue, JsValue> {
    LIBRARY.with(|library| {
        let info = library.profiles.iter().map(|profile| ProfileInfo {
            id: &profile.id,
            version: profile.version,
            name: &profile.name,
            region: &profile.region,
            about: &profile.about,
        });
        to_js(&info.collect::<Vec<_>>())
    })
}

/// Reads a document and finds what it is scored by.
fn saved(library: &Library, document: &JsValue, profile: Option<&str>) -> Result<(Imported, Template), JsValue> {
    let text = match document.as_string() {
        Some(text) => text,
        // Text is what the format is defined on, so an object means exactly what its file would mean.
        None => as_json(document)?,
    };
    let imported = json::read(&text, library).map_err(|error| thrown(error.code(), &error.to_string()))?;
    let used = match profile {
        Some(id) if library.profile(id).is_none() => return Err(thrown("unknown-profile", &wording::unknown_profile(id))),
        Some(id) => id,
        None => &imported.document.profile,
    };
    let template = library.template(&imported.document.form, used);
    let template = template.ok_or_else(|| thrown("unknown-profile", &wording::unknown_profile(used)))?;
    let template = imported.document.fitted(template);
    Ok((imported, template))
}

fn as_json(value: &JsValue) -> Result<String, JsValue> {
    match js_sys::JSON::stringify(value) {
        Ok(text) => Ok(text.as_string().unwrap_or_default()),
        // A cycle or a BigInt has no JSON; the engine's own words say which.
        Err(error) => Err(thrown("not-json", &String::from(error.unchecked_into::<js_sys::Error>().message()))),
    }
}

/// Our own JSON, which is always whole.
fn from_json(text: &str) -> Result<JsValue, JsValue> {
    js_sys::JSON::parse(text)
}

/// An `Error` with a stable `code`.
fn thrown(code: &str, message: &str) -> JsValue {
    let error = js_sys::Error::new(message);
    // Setting a key of a fresh object can't fail.
    let _ = js_sys::Reflect::set(&error, &"code".into(), &code.into());
    error.into()
}

fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).map_err(|error| thrown("internal", &error.to_string()))
}

#[derive(Serialize)]
struct Evaluated<'a> {
    #[serde(flatten)]
    evaluation: json::v1::Evaluation<'a>,
    notices: Vec<String>,
}

#[derive(Serialize)]
struct Tables<'a> {
    tables: Vec<Table<'a>>,
    #[serde(flatten)]
    beside: Beside<'a>,
}

/// What was filled in, and what was not.
#[derive(Serialize)]
struct Told<'a> {
    mapping: Vec<mapping::Cell>,
    left: Vec<Left<'a>>,
    kept: Vec<mapping::Cell>,
    cleared: Vec<mapping::Cell>,
    formulas: Vec<mapping::Cell>,
    added: usize,
}

#[derive(Serialize)]
struct Left<'a> {
    cell: String,
    text: &'a str,
}

impl<'a> Told<'a> {
    fn of(filling: &'a Filling, filled: &'a Filled, sample: &Sample, form: &Form) -> Told<'a> {
        let texts = |list: &[(SourcePlace, String)]| list.iter().map(|(place, text)| mapping::Cell::new(*place, text)).collect();
        let missing = filled.rows.iter().flat_map(|copy| &copy.texts).map(|(_, cell, text)| (cell, text));
        Told {
            mapping: sample.mapping(form).iter().map(|(place, value, cell)| mapping::Cell::of(*place, *value, cell)).collect(),
            left: filling
                .left
                .iter()
                .map(|(cell, text)| (cell, text))
                .chain(missing)
                .map(|(cell, text)| Left { cell: cell.name(form), text })
                .collect(),
            kept: texts(&filling.kept),
            cleared: texts(&filling.cleared),
            formulas: texts(&filled.formulas),
            added: filling.copies.len() - filled.rows.len(),
        }
    }
}

#[derive(Serialize)]
struct Explanation<'a> {
    title: &'a str,
    text: String,
    lines: Vec<Vec<Span<'a>>>,
    sources: Vec<Citation<'a>>,
}

#[derive(Serialize)]
struct Span<'a> {
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<String>,
}

#[derive(Serialize)]
struct Citation<'a> {
    text: &'a str,
    verified: bool,
}

impl<'a> Explanation<'a> {
    fn new(explanation: &'a jixiao::explain::Explanation, form: &Form) -> Explanation<'a> {
        let span = |span: &'a jixiao::explain::Span| Span { text: &span.text, cell: span.cell.map(|cell| cell.name(form)) };
        Explanation {
            title: &explanation.title,
            text: explanation.text(),
            lines: explanation.lines.iter().map(|line| line.iter().map(span).collect()).collect(),
            sources: explanation
                .sources
                .iter()
                .map(|source| Citation { text: &source.text, verified: source.verified })
                .collect(),
        }
    }
}

#[derive(Serialize)]
struct FormInfo<'a> {
    id: &'a str,
    version: u32,
    name: &'a str,
    short: &'a str,
    about: &'a str,
    profile: &'a str,
    unit: &'static str,
    cells: Vec<CellInfo<'a>>,
    tables: Vec<TableInfo<'a>>,
}

#[derive(Serialize)]
struct CellInfo<'a> {
    id: &'a str,
    label: String,
    kind: &'static str,
    computed: bool,
}

#[derive(Serialize)]
struct TableInfo<'a> {
    id: &'a str,
    name: &'a str,
    fixed: bool,
    columns: Vec<CellInfo<'a>>,
}

#[derive(Serialize)]
struct ProfileInfo<'a> {
    id: &'a str,
    version: u32,
    name: &'a str,
    region: &'a str,
    about: &'a str,
}

impl<'a> FormInfo<'a> {
    fn new(form: &'a Form) -> FormInfo<'a> {
        let column = |column: &'a ColumnDef| CellInfo {
            id: &column.id,
            label: column.label.clone(),
            kind: kind(column.kind),
            computed: column.formula.is_some(),
        };
        FormInfo {
            id: &form.id,
            version: form.version,
            name: &form.name,
            short: &form.short,
            about: &form.about,
            profile: &form.default_profile,
            unit: amount_unit_name(form.unit),
            cells: form
                .cells
                .iter()
                .map(|cell| CellInfo {
                    id: &cell.id,
                    label: cell.place(),
                    kind: kind(cell.kind),
                    computed: cell.formula.is_some(),
                })
                .collect(),
            tables: form
                .tables
                .iter()
                .map(|table| TableInfo {
                    id: &table.id,
                    name: &table.name,
                    fixed: table.fixed,
                    columns: table.columns.iter().map(column).collect(),
                })
                .collect(),
        }
    }
}

fn kind(kind: CellKind) -> &'static str {
    match kind {
        CellKind::Text => "text",
        CellKind::Prose => "prose",
        CellKind::Year => "year",
        CellKind::Date => "date",
        CellKind::Amount => "amount",
        CellKind::Price => "price",
        CellKind::Count => "count",
        CellKind::Percent => "percent",
        CellKind::Points => "points",
        CellKind::Value => "value",
        CellKind::Grade => "grade",
        CellKind::Choice => "choice",
    }
}
