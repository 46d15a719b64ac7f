//! From the text of a saved document to a [`Document`].

use super::found::{Found, pointer};
use super::raw::{self, Map, misfit};
use super::{FORMAT, MOST_BYTES, VERSION, rows};
use crate::document::{Document, Typed};
use crate::io::{ImportError, Imported, Limit, Misfit, Notice, Place};
use crate::prelude::*;
use crate::template::{Form, Library, amount_unit};

pub fn read(text: &str, library: &Library) -> Result<Imported, ImportError> {
    if text.len() > MOST_BYTES {
        return Err(ImportError::TooLarge(Limit::Bytes { most: MOST_BYTES }));
    }
    let mut top = raw::document(crate::io::without_mark(text))?;
    check_format(&mut top)?;
    let mut found = Found::default();
    let form = form(&mut top, library, &mut found)?;
    let mut document = Document::blank(&form);
    profile(&mut top, library, &form, &mut document, &mut found)?;
    unit(&mut top, &mut document)?;
    columns(&mut top, &form, &mut document, &mut found)?;
    cells(&mut top, &form, &mut document, &mut found)?;
    let tables = match top.remove("tables") {
        Some(tables) => raw::object(tables, || Place::Key("tables".to_owned()))?,
        None => SortedMap::new(),
    };
    rows::read(tables, &form, &mut document, &mut found)?;
    // What follows from the rest is computed anew.
    top.remove("evaluation");
    for (key, value) in top {
        let pointer = pointer(&[&key]);
        found.keep(Place::Key(key.into_owned()), pointer, value);
    }
    let Found { extra, unknown, mut notices } = found;
    if !unknown.is_empty() {
        notices.push(Notice::Unknown { places: unknown });
    }
    document.extra = extra;
    Ok(Imported { document, notices })
}

fn check_format(top: &mut Map<'_>) -> Result<(), ImportError> {
    let place = || Place::Key("version".to_owned());
    let format = top.remove("format").map(|raw| raw::text(raw, || Place::Key("format".to_owned()))).transpose();
    if !matches!(format, Ok(Some(format)) if format == FORMAT) {
        return Err(misfit(Place::Document, Misfit::NotOurs));
    }
    let version = top.remove("version").ok_or_else(|| misfit(place(), Misfit::Missing))?;
    match raw::whole(version) {
        Some(VERSION) => Ok(()),
        Some(newer) if newer > VERSION => Err(ImportError::Newer { version: newer.to_string() }),
        Some(_) | None => Err(misfit(place(), Misfit::NotAWholeNumber)),
    }
}

fn form(top: &mut Map<'_>, library: &Library, found: &mut Found) -> Result<Rc<Form>, ImportError> {
    let key = |name: &str| Place::Key(name.to_owned());
    let raw = top.remove("form").ok_or_else(|| misfit(key("form"), Misfit::Missing))?;
    let mut parts = raw::object(raw, || key("form"))?;
    let id = parts.remove("id").ok_or_else(|| misfit(key("form.id"), Misfit::Missing))?;
    let id = raw::text(id, || key("form.id"))?.into_owned();
    let form = library.form(&id).ok_or(ImportError::UnknownForm { id })?;
    if let Some(version) = parts.remove("version").filter(|version| !raw::is_null(version)) {
        let version = raw::whole(version).ok_or_else(|| misfit(key("form.version"), Misfit::NotAWholeNumber))?;
        if version != form.version {
            found.notices.push(Notice::FormVersion { file: version, current: form.version });
        }
    }
    for (name, value) in parts {
        found.keep(Place::Key(format!("form.{name}")), pointer(&["form", &name]), value);
    }
    Ok(form)
}

fn profile(
    top: &mut Map<'_>,
    library: &Library,
    form: &Form,
    document: &mut Document,
    found: &mut Found,
) -> Result<(), ImportError> {
    let Some(raw) = top.remove("profile") else { return Ok(()) };
    let id = raw::text(raw, || Place::Key("profile".to_owned()))?.into_owned();
    if id.is_empty() {
        return Ok(());
    }
    if library.profile(&id).is_none() {
        found.notices.push(Notice::UnknownProfile { id: id.clone(), used: form.default_profile.clone() });
    }
    document.profile = id;
    Ok(())
}

/// A unit that is not known is refused: no amount could be read.
fn unit(top: &mut Map<'_>, document: &mut Document) -> Result<(), ImportError> {
    let Some(raw) = top.remove("unit") else { return Ok(()) };
    let place = || Place::Key("unit".to_owned());
    let name = raw::text(raw, place)?;
    if !name.trim().is_empty() {
        document.unit = amount_unit(&name).ok_or_else(|| misfit(place(), Misfit::NotAUnit(name.into_owned())))?;
    }
    Ok(())
}

/// Which columns are shown. What names no column that a document may choose is kept like everything unknown.
fn columns(top: &mut Map<'_>, form: &Form, document: &mut Document, found: &mut Found) -> Result<(), ImportError> {
    let Some(raw) = top.remove("columns") else { return Ok(()) };
    for (name, value) in raw::object(raw, || Place::Key("columns".to_owned()))? {
        match (form.open_column(&name), raw::flag(value)) {
            (Some((table, column)), Some(shown)) => {
                document.columns.insert((table, column), shown);
            }
            (Some(_), None) => return Err(misfit(Place::Key(format!("columns.{name}")), Misfit::NotAFlag)),
            (None, _) => found.keep(Place::Key(format!("columns.{name}")), pointer(&["columns", &name]), value),
        }
    }
    Ok(())
}

fn cells(top: &mut Map<'_>, form: &Form, document: &mut Document, found: &mut Found) -> Result<(), ImportError> {
    let Some(raw) = top.remove("cells") else { return Ok(()) };
    let mut cells = raw::object(raw, || Place::Key("cells".to_owned()))?;
    for (typed, def) in document.cells.iter_mut().zip(&form.cells) {
        if let Some(raw) = cells.remove(def.id.as_str()) {
            *typed = Typed::new(&raw::text(raw, || Place::Cell(def.id.clone()))?);
        }
    }
    for (name, value) in cells {
        let pointer = pointer(&["cells", &name]);
        found.keep(Place::Cell(name.into_owned()), pointer, value);
    }
    Ok(())
}
