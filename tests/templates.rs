//! Forms and profiles: the builtin ones load, and bad ones are refused with every problem named.

use jixiao::template::{Library, load};
use serde_json::{Value, json};

#[test]
fn builtin_templates_load_without_a_problem() {
    let (library, errors) = Library::builtin();
    assert!(errors.is_empty(), "{errors:#?}");
    assert!(library.forms.len() >= 4 && library.profiles.len() >= 6 && library.examples.len() >= 3);
    for form in &library.forms {
        assert!(library.profile(&form.default_profile).is_some(), "{}: profile {}", form.id, form.default_profile);
        assert!(form.role(jixiao::template::Role::ProjectName).is_some(), "{}: a project name", form.id);
    }
}

#[test]
fn every_source_is_cited_and_says_what_was_checked() {
    let (library, _) = Library::builtin();
    let text = packed().to_string();
    for (id, source) in &library.sources {
        assert!(text.matches(&format!("\"{id}\"")).count() > 1, "{id} is cited by no template");
        assert!(source.note.is_some(), "{id}: what was checked in it");
    }
}

/// The builtin files, as `build.rs` packs them.
fn packed() -> Value {
    serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/templates.json"))).unwrap()
}

fn one<'a>(packed: &'a Value, kind: &str, id: &str) -> &'a Value {
    packed[kind].as_array().unwrap().iter().find(|value| value["id"] == id).unwrap()
}

/// Each broken file and a part of the problem that it must be refused for.
#[test]
fn bad_forms_are_refused_with_every_problem() {
    let (library, _) = Library::builtin();
    let packed = packed();
    let national = one(&packed, "forms", "national");
    let broken = |change: &dyn Fn(&mut Value)| {
        let mut form = national.clone();
        change(&mut form);
        let error = load::form("test", &form, &library.sources).map(|form| form.id).unwrap_err();
        error.problems.iter().map(|problem| format!("{} {:?}", problem.path, problem.expected)).collect::<Vec<_>>().join("\n")
    };
    let expect = |part: &str, change: &dyn Fn(&mut Value)| {
        let problems = broken(change);
        assert!(problems.contains(part), "expected {part:?} in:\n{problems}");
    };
    expect("NoSuchKey", &|form| form["colour"] = json!("blue"));
    expect("test.name Missing", &|form| form["name"] = Value::Null);
    expect("Source(\"", &|form| form["source"] = json!("nowhere"));
    expect("test.unit Unit", &|form| form["unit"] = json!("美元"));
    expect("Spans { needed: 9", &|form| form["block"][0]["line"][0]["cells"][0]["span"] = json!(3));
    expect("Name(\"funds.nothing\")", &|form| {
        form["block"][1]["line"][1]["cells"][5]["formula"] = json!("funds.executed / funds.nothing")
    });
    expect("NoCycle", &|form| {
        form["block"][1]["line"][1]["cells"][5]["formula"] = json!("funds.rate / funds.adjusted");
    });
    expect("Check(\"A99\")", &|form| form["block"][1]["line"][1]["cells"][5]["check"] = json!("A99"));
    expect("funds.rate Unique", &|form| form["head"][0]["id"] = json!("funds.rate"));
    let rule = |rule: Value| {
        move |form: &mut Value| {
            let tables = form["table"].as_array_mut().unwrap();
            let mut whole = json!({ "id": "r", "name": "规则", "source": "product-default" });
            whole.as_object_mut().unwrap().extend(rule.as_object().unwrap().clone());
            tables.iter_mut().find(|table| table["id"] == "indicators").unwrap()["rule"] = json!([whole]);
        }
    };
    let steps = json!({ "kind": "steps", "better": "at-most", "limit": "1", "step": "1%", "points": "1" });
    let with = |key: &str, value: Value| {
        let mut steps = steps.clone();
        steps[key] = value;
        steps
    };
    expect("RuleKind", &rule(json!({ "kind": "magic" })));
    expect("Better", &rule(with("better", json!("more"))));
    expect("AboveZero", &rule(with("step", json!("0"))));
    expect("Source(\"nowhere", &rule(with("source", json!("nowhere"))));
    expect("Rate(\"funds.executed", &rule(with("reads", json!("funds.executed"))));
    expect("LastRuleBand", &rule(json!({ "kind": "bands", "band": [{ "to": "1", "points": "1" }] })));
    expect("ScoringKind(\"magic", &|form| {
        let tables = form["table"].as_array_mut().unwrap();
        tables.iter_mut().find(|table| table["id"] == "indicators").unwrap()["rows"][0]["kind"] = json!("magic");
    });
    expect("UniqueRole", &|form| form["head"][0]["role"] = json!("project_name"));
    let both = broken(&|form| {
        form["unit"] = json!("美元");
        form["colour"] = json!("blue");
    });
    assert!(both.contains("test.unit Unit") && both.contains("test.colour NoSuchKey"), "all problems at once: {both}");
}

#[test]
fn bad_profiles_are_refused_with_every_problem() {
    let (library, _) = Library::builtin();
    let packed = packed();
    let national = one(&packed, "profiles", "national-2020");
    let expect = |part: &str, change: &dyn Fn(&mut Value)| {
        let mut profile = national.clone();
        change(&mut profile);
        let error = load::profile("test", &profile, &library.sources).map(|profile| profile.id).unwrap_err();
        assert!(format!("{error:?}").contains(part), "expected {part:?} in {error:#?}");
    };
    expect("SourcedNumber", &|profile| profile["weights"]["total"] = Value::Null);
    expect("Source(\"", &|profile| profile["weights"]["total"]["source"] = json!("hearsay"));
    expect("Number {", &|profile| profile["weights"]["total"]["value"] = json!("hundred"));
    expect("RoundingMode", &|profile| profile["rounding"]["rate"]["mode"] = json!("bankers"));
    expect("BandOrder", &|profile| profile["grades"]["band"][0]["from"] = json!("10"));
    expect("LastBand", &|profile| profile["grades"]["band"][3]["from"] = json!("5"));
    expect("TierOrder", &|profile| profile["tiers"]["tier"][1]["to"] = json!("0.9"));
    expect("NotApplicableEffect", &|profile| profile["not_applicable"]["effect"] = json!("guess"));
}

#[test]
fn bad_rates_are_refused_with_every_problem() {
    let (library, _) = Library::builtin();
    let mut rules = library.profiles.clone();
    rules.extend(library.rates.iter().map(|rate| rate.profile.clone()));
    let expect = |part: &str, change: &dyn Fn(&mut Value)| {
        let mut rates = packed()["rates"].clone();
        change(&mut rates);
        let error = load::rates(&rates, &library.sources, &rules).map(|rates| rates.len()).unwrap_err();
        let problems: Vec<String> =
            error.problems.iter().map(|problem| format!("{} {:?}", problem.path, problem.expected)).collect();
        assert!(problems.iter().any(|problem| problem.contains(part)), "expected {part:?} in:\n{problems:#?}");
    };
    expect("NoSuchKey", &|file| file["rate"][0]["colour"] = json!("blue"));
    expect("Unique", &|file| file["rate"][1]["number"] = json!("F1"));
    expect("Source(\"nowhere\")", &|file| file["rate"][0]["source"] = json!("nowhere"));
    expect("F1 Name(\"nothing\")", &|file| file["rate"][0]["formula"] = json!("executed / nothing"));
    expect("rate[0].formula Missing", &|file| file["rate"][0]["formula"] = Value::Null);
    expect("executed Name(\"nothing\")", &|file| file["rate"][0]["input"][0]["with"] = json!("nothing"));
    expect("check[0].holds Name(\"nothing\")", &|file| file["rate"][0]["check"][0]["holds"] = json!("nothing <= 1"));
    expect("rate[0].profile Name(\"nowhere\")", &|file| file["rate"][0]["profile"] = json!("nowhere"));
    expect("rate[0].scoring Rule", &|file| file["rate"][0]["scoring"] = json!("by-heart"));
}

/// Each number of `tests/templates/numbers.toml`, written in every way that is listed there.
#[test]
fn a_number_of_a_template_is_what_its_place_asks_for() {
    let file: toml::Table = include_str!("templates/numbers.toml").parse().unwrap();
    let file = serde_json::to_value(file).unwrap();
    let (library, _) = Library::builtin();
    let packed = packed();
    let texts = |entry: &Value, key: &str| -> Vec<String> {
        entry[key].as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
    };
    let mut tried = 0;
    let mut check = |name: &str, entry: &Value, refused: &dyn Fn(&str) -> Option<String>| {
        for text in texts(entry, "good") {
            assert_eq!(refused(&text), None, "{name} = {text:?} is as good as any");
            tried += 1;
        }
        for text in texts(entry, "bad") {
            assert!(refused(&text).is_some(), "{name} = {text:?} must be refused");
            tried += 1;
        }
    };
    for entry in file["profile"].as_array().unwrap() {
        let path = entry["path"].as_str().unwrap();
        check(path, entry, &|text| {
            let mut profile = one(&packed, "profiles", "national-2020").clone();
            let keys: Vec<&str> = path.split('.').collect();
            if let Some(part) = entry.get("part") {
                let part: Vec<&str> = part.as_str().unwrap().split('.').collect();
                *place(&mut profile, &part) = entry["make"].clone();
            }
            *place(&mut profile, &keys) = json!(text);
            load::profile("test", &profile, &library.sources).err().map(|error| format!("{error:?}"))
        });
    }
    for entry in file["rule"].as_array().unwrap() {
        let key = entry["key"].as_str().unwrap();
        check(key, entry, &|text| {
            let mut rule = json!({
                "id": "r", "name": "规则", "source": "product-default", "kind": "steps", "better": "at-most", "limit": "1", "step": "1%", "points": "1",
                "rate": entry.get("rate").cloned().unwrap_or(json!(true)),
            });
            if rule["rate"] == json!(false) {
                rule["step"] = json!("1");
            }
            rule[key] = json!(text);
            if key == "share" {
                rule.as_object_mut().unwrap().remove("points");
            }
            let mut form = one(&packed, "forms", "national").clone();
            form["table"][1]["rule"] = json!([rule]);
            load::form("test", &form, &library.sources).err().map(|error| format!("{error:?}"))
        });
    }
    assert!(tried > 150, "{tried} numbers");
}

fn place<'a>(value: &'a mut Value, keys: &[&str]) -> &'a mut Value {
    keys.iter().fold(value, |value, key| match key.parse::<usize>() {
        Ok(at) => &mut value[at],
        Err(_) => &mut value[*key],
    })
}

/// A profile of a person: the national one under another id, with a source of its own that its total cites.
fn own_profile(id: &str, total: &str, title: &str) -> Value {
    let mut profile = one(&packed(), "profiles", "national-2020").clone();
    profile["id"] = json!(id);
    profile["source"] = json!([{ "id": "county-notice", "title": title, "number": "县财绩〔2024〕7号", "verified": true }]);
    profile["weights"]["total"] = json!({ "value": total, "source": "county-notice" });
    profile
}

#[test]
fn a_profile_brings_its_own_sources() {
    let (mut library, _) = Library::builtin();
    let before = library.sources.len();
    let profile = library.add_profile(&own_profile("county", "100", "县财政局通知")).unwrap();
    assert_eq!(&*profile.weights.total.source, "county-notice");
    assert_eq!(library.sources.get("county-notice").unwrap().title, "县财政局通知");
    // Under the same id it is replaced, together with what it brought.
    library.add_profile(&own_profile("county", "120", "县财政局新通知")).unwrap();
    assert_eq!(library.sources.get("county-notice").unwrap().title, "县财政局新通知");
    assert_eq!(library.profile("county").unwrap().weights.total.value.to_plain(0), "120");
    assert_eq!((library.profiles.iter().filter(|known| known.id == "county").count(), library.sources.len()), (1, before + 1));
    // Another file may bring the same source, but not another one under its name.
    library.add_profile(&own_profile("town", "100", "县财政局新通知")).unwrap();
    let error = library.add_profile(&own_profile("village", "100", "别的通知")).unwrap_err();
    assert!(format!("{error:?}").contains("SourceTaken(\"county-notice\")"), "{error:?}");
    // What two files bring stays as long as one of them does.
    let mut without = own_profile("county", "100", "县财政局新通知");
    without["source"] = json!([]);
    without["weights"]["total"]["source"] = json!("product-default");
    library.add_profile(&without).unwrap();
    assert!(library.sources.contains_key("county-notice"));
    let mut builtin = own_profile("county", "100", "县财政局通知");
    builtin["source"][0]["id"] = json!("mof-grades");
    let error = library.add_profile(&builtin).unwrap_err();
    assert!(format!("{error:?}").contains("SourceTaken(\"mof-grades\")"), "{error:?}");
    let mut nameless = own_profile("hamlet", "100", "县财政局新通知");
    nameless["source"][0]["title"] = Value::Null;
    assert!(format!("{:?}", library.add_profile(&nameless).unwrap_err()).contains("Missing"));
}

#[test]
fn no_profile_takes_the_place_of_a_builtin_one() {
    let (mut library, _) = Library::builtin();
    let ids: Vec<String> = library.profiles.iter().map(|profile| profile.id.clone()).collect();
    for id in ids {
        let before = library.profile(&id).unwrap();
        let error = library.add_profile(&own_profile(&id, "100", "县财政局通知")).unwrap_err();
        let sentence = jixiao::wording::template_problem(&error.problems[0]);
        assert!(sentence.contains("是内置口径的编号"), "{sentence}");
        assert!(std::rc::Rc::ptr_eq(&before, &library.profile(&id).unwrap()));
    }
}
