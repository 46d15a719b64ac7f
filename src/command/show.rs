//! The commands that show one thing: forms, profiles, a profile as a file, an explanation.

use crate::Failure;
use crate::input::only;
use jixiao::document::CellId;
use jixiao::evaluate;
use jixiao::explain::explain;
use jixiao::template::{Library, Profile};
use jixiao::wording::io::command as wording;
use std::ffi::OsStr;
use std::io::Write;
use std::rc::Rc;

/// Id, name and use of each form, with tabs between.
pub fn forms(library: &Library, out: &mut dyn Write) -> Result<(), Failure> {
    for form in &library.forms {
        writeln!(out, "{}\t{}\t{}", form.id, form.short, form.about)?;
    }
    Ok(())
}

/// Id, name and region of each profile, with tabs between.
pub fn profiles(library: &Library, out: &mut dyn Write) -> Result<(), Failure> {
    for profile in &library.profiles {
        writeln!(out, "{}\t{}\t{}", profile.id, profile.name, profile.region)?;
    }
    Ok(())
}

/// A profile as a file that can be changed and loaded.
pub fn profile(id: &str, out: &mut dyn Write) -> Result<(), Failure> {
    let file = Library::builtin_profile(id).ok_or_else(|| Failure::Said(wording::unknown_profile(id)))?;
    Ok(writeln!(out, "{file:#}")?)
}

/// How a cell of the one document of a file is computed.
pub fn explanation(
    library: &Library,
    profile: Option<Rc<Profile>>,
    file: &OsStr,
    cell: &str,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let said = |sentence: String| Failure::Said(sentence);
    let (template, document) = only(library, profile.as_ref(), file).map_err(Failure::Said)?;
    let known = CellId::from_name(cell, &template.form).filter(|id| match id {
        CellId::Fixed(_) => true,
        CellId::Row { table, row, .. } => document.row(*table, *row).is_some(),
    });
    let id = known.ok_or_else(|| said(wording::unknown_cell(cell, &template.form)))?;
    let evaluation = evaluate(&template, &document);
    let explanation = explain(library, &template, &document, &evaluation, id).ok_or_else(|| said(wording::not_computed(cell)))?;
    writeln!(out, "{}", explanation.title)?;
    out.write_all(explanation.text().as_bytes())?;
    for source in &explanation.sources {
        writeln!(out, "{}", wording::citation(&source.text, source.verified))?;
    }
    Ok(())
}

/// The report of the one document of a file, with the numbers of its table.
pub fn report(library: &Library, profile: Option<Rc<Profile>>, file: &OsStr, out: &mut dyn Write) -> Result<(), Failure> {
    let (template, document) = only(library, profile.as_ref(), file).map_err(Failure::Said)?;
    let report = jixiao::report::draft(&template, &document, &evaluate(&template, &document));
    let report = report.ok_or_else(|| Failure::Said(wording::no_outline(&template.form)))?;
    Ok(out.write_all(jixiao::report::to_text(&report).as_bytes())?)
}
