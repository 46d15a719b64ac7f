//! From template data to [`Form`], [`Profile`] and [`Source`], or to all problems at once.

mod chart;
mod expr;
mod form;
mod formula;
mod kind;
mod labels;
mod number;
mod outline;
mod profile;
mod rate;
mod rule;
mod shared;

pub use form::form;
pub use labels::labels;
pub use outline::outline;
pub use profile::profile;
pub use rate::rates;

use number::{exact, optional, required, sourced};

use super::reader::{Object, Problems};
use super::{Expected, Source, SourceId, TemplateError};
use crate::prelude::*;
use serde_json::Value;

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
pub fn sources(value: &Value) -> Result<SortedMap<SourceId, Source>, TemplateError> {
    loaded("sources", value, |file, problems| Some(source_list(file, problems)))
}

/// The `[[source]]` entries of a file.
fn source_list(file: &Object<'_>, problems: &Problems) -> Sources {
    let mut sources = Sources::new();
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
            problems.add(object.path(), Expected::Unique);
        }
        object.finish();
    }
    sources
}

/// The sources a template may cite.
type Sources = SortedMap<SourceId, Source>;

/// A key that names a source.
fn cited(object: &Object<'_>, key: &'static str, sources: &Sources) -> SourceId {
    let id: SourceId = Rc::from(object.text(key).as_str());
    if !sources.contains_key(&id) {
        object.problem(key, Expected::Source(id.to_string()));
    }
    id
}
