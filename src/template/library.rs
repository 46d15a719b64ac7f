//! The forms, profiles and sources that come with the program.

use super::{Expected, Form, Outline, Problem, Profile, Rate, Source, SourceId, Template, TemplateError, load};
use crate::prelude::*;
use serde_json::Value;

/// The files of `templates/`, as `build.rs` packs them: one compact text, so no TOML parser is needed at run time.
const PACKED: &str = include_str!(concat!(env!("OUT_DIR"), "/templates.json"));

/// The forms and what they cite, alone.
const FORMS: &str = include_str!(concat!(env!("OUT_DIR"), "/forms.json"));

/// All forms and profiles at hand, builtin and added by the person.
#[derive(Clone, Debug, Default)]
pub struct Library {
    pub forms: Vec<Rc<Form>>,
    pub profiles: Vec<Rc<Profile>>,
    /// 报告提纲; every form has them too.
    pub outlines: Rc<[Rc<Outline>]>,
    /// What the rate calculator knows, in the order of its list.
    pub rates: Vec<Rc<Rate>>,
    pub sources: SortedMap<SourceId, Source>,
    /// Example documents: label and JSON text.
    pub examples: Vec<Example>,
    /// The ids of the profiles that did not come with the program.
    added: Vec<String>,
}

/// A document that shows a form filled in, made from a public one.
#[derive(Clone, Debug)]
pub struct Example {
    pub id: String,
    pub label: String,
    pub about: String,
    /// A document in the saved format.
    pub json: String,
}

impl Library {
    /// The builtin forms without anything that computes or writes by them: enough to recognise tables.
    pub fn forms_alone() -> Library {
        let packed: Value = serde_json::from_str(FORMS).unwrap_or_default();
        let sources = load::sources(packed.get("sources").unwrap_or(&Value::Null)).unwrap_or_default();
        let forms = packed.get("forms").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let forms = forms.iter().filter_map(|value| load::form(file_name(value), value, &sources).ok()).map(Rc::new).collect();
        Library { forms, sources, ..Library::default() }
    }

    /// Loads everything that comes with the program. A problem in a builtin file leaves that file out and is reported;
    /// a test asserts that there are none.
    pub fn builtin() -> (Library, Vec<TemplateError>) {
        let mut errors = Vec::new();
        let mut library = Library::default();
        let packed: Value = serde_json::from_str(PACKED).unwrap_or_default();
        let list = |key: &str| packed.get(key).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        match load::sources(packed.get("sources").unwrap_or(&Value::Null)) {
            Ok(sources) => library.sources = sources,
            Err(error) => errors.push(error),
        }
        let mut outlines = Vec::new();
        for value in list("outlines") {
            match load::outline(file_name(value), value, &library.sources) {
                Ok(outline) => outlines.push(Rc::new(outline)),
                Err(error) => errors.push(error),
            }
        }
        library.outlines = Rc::from(outlines);
        for value in list("forms") {
            match load::form(file_name(value), value, &library.sources) {
                Ok(form) => library.forms.push(Rc::new(Form { outlines: library.outlines.clone(), ..form })),
                Err(error) => errors.push(error),
            }
        }
        for value in list("profiles") {
            match load::profile(file_name(value), value, &library.sources) {
                Ok(profile) => library.profiles.push(Rc::new(profile)),
                Err(error) => errors.push(error),
            }
        }
        let mut rules = library.profiles.clone();
        for value in list("rules") {
            match load::profile(file_name(value), value, &library.sources) {
                Ok(profile) => rules.push(Rc::new(profile)),
                Err(error) => errors.push(error),
            }
        }
        match load::rates(packed.get("rates").unwrap_or(&Value::Null), &library.sources, &rules) {
            Ok(rates) => library.rates = rates,
            Err(error) => errors.push(error),
        }
        for value in list("examples") {
            let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
            let json = value.get("document").map(Value::to_string).unwrap_or_default();
            library.examples.push(Example { id: text("id"), label: text("label"), about: text("about"), json });
        }
        (library, errors)
    }

    /// The file of a builtin profile, to be changed and brought back with [`Library::add_profile`].
    pub fn builtin_profile(id: &str) -> Option<Value> {
        let packed: Value = serde_json::from_str(PACKED).ok()?;
        packed.get("profiles")?.as_array()?.iter().find(|profile| file_name(profile) == id).cloned()
    }

    pub fn form(&self, id: &str) -> Option<Rc<Form>> {
        self.forms.iter().find(|form| form.id == id).cloned()
    }

    /// The rate of a number (F4b), however it is cased, or of its name.
    pub fn rate(&self, name: &str) -> Option<&Rc<Rate>> {
        self.rates.iter().find(|rate| rate.number.eq_ignore_ascii_case(name) || rate.name == name)
    }

    pub fn profile(&self, id: &str) -> Option<Rc<Profile>> {
        self.profiles.iter().find(|profile| profile.id == id).cloned()
    }

    /// The form and the profile of these ids; where the profile is unknown, the form's own.
    pub fn template(&self, form: &str, profile: &str) -> Option<Template> {
        let form = self.form(form)?;
        let profile = self.profile(profile).or_else(|| self.profile(&form.default_profile))?;
        Some(Template { form, profile })
    }

    /// Adds a profile that the person brought as a file, with its sources, or replaces the one that a file brought before under the same id.
    ///
    /// # Errors
    /// Every problem of the file. The id of a builtin profile is one of them: documents that name it must go on meaning that one.
    pub fn add_profile(&mut self, value: &Value) -> Result<Rc<Profile>, TemplateError> {
        let id = file_name(value);
        if self.profile(id).is_some_and(|known| !self.is_added(&known.id)) {
            let problem = Problem { path: format!("{id}.id"), expected: Expected::BuiltinId(id.to_owned()) };
            return Err(TemplateError { file: id.to_owned(), problems: vec![problem] });
        }
        // What the replaced one brought goes with it.
        let others = || self.profiles.iter().filter(|known| known.id != id);
        let mut sources = self.sources.clone();
        for replaced in self.profiles.iter().filter(|known| known.id == id) {
            sources.retain(|id, _| !replaced.sources.contains_key(id) || others().any(|other| other.sources.contains_key(id)));
        }
        let profile = Rc::new(load::profile(id, value, &sources)?);
        sources.extend(profile.sources.clone());
        self.sources = sources;
        self.profiles.retain(|known| known.id != profile.id);
        self.profiles.push(profile.clone());
        self.added.retain(|known| *known != profile.id);
        self.added.push(profile.id.clone());
        Ok(profile)
    }

    /// Takes a profile away that the person brought, with its sources. Documents that name it go on naming it, and are scored by the form's
    /// own until it is at hand again. A builtin one stays.
    pub fn remove_profile(&mut self, id: &str) {
        if !self.is_added(id) {
            return;
        }
        let Some(gone) = self.profile(id) else { return };
        self.profiles.retain(|known| known.id != id);
        self.added.retain(|known| known != id);
        let others = &self.profiles;
        self.sources.retain(|id, _| !gone.sources.contains_key(id) || others.iter().any(|other| other.sources.contains_key(id)));
    }

    /// Whether a profile came from a file of the person.
    pub fn is_added(&self, profile: &str) -> bool {
        self.added.iter().any(|known| known == profile)
    }
}

/// How a file is named in problems: by its id.
fn file_name(value: &Value) -> &str {
    value.get("id").and_then(Value::as_str).unwrap_or("template")
}
