//! Targets that read one text: numbers, prose, saved documents, profiles.

use super::{Outcome, Target, bytes, files_of, library, texts_of};
use crate::mutate;
use jixiao::io::json;
use jixiao::number::{self, Exact, Reading, Rounding, RoundingMode};
use jixiao::rates::{self, Entered};
use jixiao::template::{Library, TemplateError, load};
use jixiao::{prose, wording};

pub fn targets() -> Vec<Target> {
    vec![
        Target {
            name: "number",
            about: "what a cell reads as: numbers, intervals, dates, units; rounding; words about time",
            seeds: || bytes(["readings", "units", "timeliness"].iter().flat_map(|name| of(&format!("tests/number/{name}.toml")))),
            change: mutate::text,
            run: numbers,
        },
        Target {
            name: "prose",
            about: "official prose read into facts",
            seeds: || {
                bytes(files_of("tests/prose", "toml").iter().flat_map(|file| texts_of(file)).chain(of("tests/reasons.toml")))
            },
            change: mutate::text,
            run: prose_facts,
        },
        Target {
            name: "json",
            about: "the saved format: read, written, read again",
            seeds: || {
                bytes(
                    library().examples.iter().map(|example| example.json.clone()).chain(files_of("tests/fixtures/json", "json")),
                )
            },
            change: mutate::text,
            run: saved,
        },
        Target {
            name: "profile",
            about: "a profile that a person brings as a file",
            seeds: || bytes(own_profiles()),
            change: mutate::text,
            run: profile,
        },
        Target {
            name: "form",
            about: "a form as data, with its expressions and relations",
            seeds: || bytes(files_of("templates/forms", "toml")),
            change: mutate::text,
            run: form,
        },
        Target {
            name: "rate",
            about: "the rate calculator, a rate by its number and a text for each input",
            seeds: || bytes(library().rates.iter().map(|rate| format!("{}\n46%\n82\n180万元\n98\n12", rate.number))),
            change: mutate::text,
            run: rate,
        },
    ]
}

fn of(path: &str) -> Vec<String> {
    std::fs::read_to_string(super::root().join(path)).map(|text| texts_of(&text)).unwrap_or_default()
}

fn numbers(input: &[u8]) -> Outcome {
    let text = String::from_utf8_lossy(input);
    let reading = number::read(&text);
    if reading != number::read(&text) {
        return Err("a text reads in two ways".into());
    }
    number::timeliness(&text);
    if let Reading::Quantity(quantity) = &reading
        && let Ok(value) = quantity.value()
    {
        for dp in [0, 2, 4] {
            for mode in [RoundingMode::HalfUp, RoundingMode::Truncate] {
                let Ok(rounded) = value.round(Rounding { dp, mode }) else { continue };
                let _ = number::agreement(rounded, value);
                let printed = rounded.to_string();
                if number::group_digits(&printed).replace(',', "") != printed {
                    return Err(format!("{printed} is grouped as something else"));
                }
                // What was rounded stays when it is rounded again.
                if Exact::from_decimal(rounded).round(Rounding { dp, mode }) != Ok(rounded) {
                    return Err(format!("{printed} does not stay at {dp} places"));
                }
            }
        }
        value.to_text();
    }
    Ok(())
}

fn prose_facts(input: &[u8]) -> Outcome {
    let text = String::from_utf8_lossy(input);
    let read = prose::read(&text);
    for fact in &read.facts {
        // A fact is quoted on the page with the place it stands at.
        if fact.quote(&text).is_empty() {
            return Err(format!("{fact:?} quotes nothing"));
        }
    }
    Ok(())
}

fn saved(input: &[u8]) -> Outcome {
    let library = library();
    let imported = match json::read_bytes(input, library) {
        Ok(imported) => imported,
        Err(error) => return sentence(&wording::io::import_error(&error)),
    };
    for notice in &imported.notices {
        sentence(&wording::io::notice(notice))?;
    }
    again(&imported.document)
}

/// What was read is written, and read again as the same.
pub fn again(document: &jixiao::document::Document) -> Outcome {
    let library = library();
    let Some(form) = library.form(&document.form) else { return Err("a document of an unknown form".into()) };
    let written = json::write(document, &form);
    match json::read(&written, library) {
        Err(error) => Err(format!("what was written can't be read: {error:?}")),
        Ok(read) if read.document.cells != document.cells || read.document.tables != document.tables => {
            Err("what was written reads as another document".into())
        }
        Ok(read) if json::write(&read.document, &form) != written => Err("written again it is another text".into()),
        Ok(_) => Ok(()),
    }
}

pub fn sentence(text: &str) -> Outcome {
    if text.trim().is_empty() { Err("a sentence is blank".into()) } else { Ok(()) }
}

fn own_profiles() -> Vec<String> {
    let mut texts = Vec::new();
    for known in &library().profiles {
        if let Some(mut value) = Library::builtin_profile(&known.id) {
            value["id"] = "own".into();
            texts.push(serde_json::to_string_pretty(&value).unwrap_or_default());
        }
    }
    texts
}

fn problems(error: &TemplateError) -> Outcome {
    error.problems.iter().try_for_each(|problem| sentence(&wording::template_problem(problem)))
}

fn profile(input: &[u8]) -> Outcome {
    let Ok(value) = serde_json::from_slice::<serde_json::Value>(input) else { return Ok(()) };
    let mut library = library().clone();
    let profile = match library.add_profile(&value) {
        Ok(profile) => profile,
        Err(error) => return problems(&error),
    };
    // It scores the examples without a word.
    for example in library.examples.iter().take(2) {
        let Ok(imported) = json::read(&example.json, &library) else { return Err("an example can't be read".into()) };
        let Some(template) = library.template(&imported.document.form, &profile.id) else { continue };
        let evaluation = jixiao::evaluate(&template, &imported.document);
        jixiao::explain::annex_text(&library, &template, &imported.document, &evaluation);
    }
    Ok(())
}

fn form(input: &[u8]) -> Outcome {
    let Ok(table) = String::from_utf8_lossy(input).parse::<toml::Table>() else { return Ok(()) };
    let Ok(value) = serde_json::to_value(table) else { return Ok(()) };
    match load::form("own", &value, &library().sources) {
        Err(error) => problems(&error),
        Ok(form) => {
            let Some(profile) = library().profiles.first() else { return Ok(()) };
            let template = jixiao::template::Template { form: std::rc::Rc::new(form), profile: profile.clone() };
            let document = jixiao::document::Document::blank(&template.form);
            super::table::everything(&template, &document, 0)
        }
    }
}

fn rate(input: &[u8]) -> Outcome {
    let text = String::from_utf8_lossy(input);
    let mut lines = text.split('\n');
    let library = library();
    let Some(rate) = library.rate(lines.next().unwrap_or_default()).or(library.rates.first()) else { return Ok(()) };
    let printed = lines.next().unwrap_or_default().to_owned();
    let texts = rate.inputs.iter().zip(lines).map(|(input, text)| (input.id.clone(), text.to_owned())).collect();
    let answer = rates::answer(library, rate, &Entered { texts, printed, unit: None });
    answer.lines.iter().chain(&answer.remarks).try_for_each(|line| sentence(line))
}
