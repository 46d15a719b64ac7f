//! From template data to [`Form`], [`Profile`] and [`Source`], or to all problems at once.

mod form;
mod formula;
mod profile;

pub use form::form;
pub use profile::profile;

use super::reader::{Object, Problems};
use super::{Source, SourceId, Sourced};
use crate::number::{Exact, Reading, read};
use crate::prelude::*;
use serde_json::Value;

/// One thing wrong in a template file: where, and what was expected there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub path: String,
    pub expected: String,
}

/// A template that can't be used, with every problem found in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateError {
    pub file: String,
    pub problems: Vec<Problem>,
}

/// Runs `load` over a value and turns its problems into an error.
fn loaded<T>(file: &str, value: &Value, load: impl FnOnce(&Object<'_>, &Problems) -> Option<T>) -> Result<T, TemplateError> {
    let problems = Problems::default();
    let object = Object::new(file, value, &problems);
    let result = load(&object, &problems);
    object.finish();
    let problems = problems.into_list();
    match result {
        Some(result) if problems.is_empty() => Ok(result),
        _ => Err(TemplateError { file: file.to_owned(), problems }),
    }
}

/// Reads `sources.toml`.
pub fn sources(value: &Value) -> Result<BTreeMap<SourceId, Source>, TemplateError> {
    loaded("sources", value, |file, problems| {
        let mut sources = BTreeMap::new();
        for object in file.objects("source") {
            let id: SourceId = Rc::from(object.text("id").as_str());
            let source = Source {
                id: id.clone(),
                title: object.text("title"),
                number: object.optional_text("number"),
                date: object.optional_text("date"),
                address: object.optional_text("address"),
                verified: object.flag("verified", false),
                note: object.optional_text("note"),
            };
            if sources.insert(id.clone(), source).is_some() {
                problems.add(object.path(), format_args!("an id that is not used twice: {id}"));
            }
            object.finish();
        }
        Some(sources)
    })
}

/// The sources a template may cite.
type Sources = BTreeMap<SourceId, Source>;

/// A key that names a source.
fn cited(object: &Object<'_>, key: &'static str, sources: &Sources) -> SourceId {
    let id: SourceId = Rc::from(object.text(key).as_str());
    if !sources.contains_key(&id) {
        object.problem(key, format_args!("the id of an entry in sources.toml, not {id:?}"));
    }
    id
}

/// A decimal in quotes: numbers of a template never pass through a float.
fn exact(object: &Object<'_>, key: &'static str) -> Exact {
    let text = object.text(key);
    match read(&text) {
        Reading::Quantity(quantity) if quantity.comparator.is_none() => match quantity.value() {
            Ok(value) => return value,
            Err(_) => object.problem(key, "a number that fits 28 digits"),
        },
        _ => object.problem(key, format_args!("a decimal in quotes, not {text:?}")),
    }
    Exact::ZERO
}

/// `{ value = "10", source = "…" }`
fn sourced(object: &Object<'_>, key: &'static str, sources: &Sources) -> Option<Sourced> {
    let inner = object.object(key)?;
    let result = Sourced { value: exact(&inner, "value"), source: cited(&inner, "source", sources) };
    inner.finish();
    Some(result)
}

fn required(object: &Object<'_>, key: &'static str, sources: &Sources) -> Sourced {
    sourced(object, key, sources).unwrap_or_else(|| {
        object.problem(key, "a number with its source; it is missing");
        Sourced { value: Exact::ZERO, source: Rc::from("") }
    })
}
