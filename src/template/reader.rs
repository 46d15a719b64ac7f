//! Reads template data and collects every problem, instead of stopping at the first.

use super::{Expected, Problem};
use crate::prelude::*;
use core::cell::RefCell;
use core::fmt::Display;
use serde_json::{Map, Value};

/// Collects problems while a file is read.
#[derive(Default)]
pub struct Problems(RefCell<Vec<Problem>>);

impl Problems {
    pub fn add(&self, path: impl Display, expected: Expected) {
        self.0.borrow_mut().push(Problem { path: path.to_string(), expected });
    }

    pub fn into_list(self) -> Vec<Problem> {
        self.0.into_inner()
    }
}

/// One object of the file. Keys that nobody asked for are problems too, so a misspelt key never goes unnoticed.
pub struct Object<'a> {
    path: String,
    map: Option<&'a Map<String, Value>>,
    asked: RefCell<Vec<&'static str>>,
    problems: &'a Problems,
}

impl<'a> Object<'a> {
    pub fn new(path: impl Into<String>, value: &'a Value, problems: &'a Problems) -> Object<'a> {
        let path = path.into();
        if !value.is_object() {
            problems.add(&path, Expected::Object);
        }
        Object { path, map: value.as_object(), asked: RefCell::default(), problems }
    }

    pub fn path(&self) -> &str {
        &self.path
    }

    pub fn problem(&self, key: &str, expected: Expected) {
        self.problems.add(format_args!("{}.{key}", self.path), expected);
    }

    pub fn get(&self, key: &'static str) -> Option<&'a Value> {
        self.asked.borrow_mut().push(key);
        self.map?.get(key).filter(|value| !value.is_null())
    }

    pub fn has(&self, key: &'static str) -> bool {
        self.get(key).is_some()
    }

    pub fn optional_text(&self, key: &'static str) -> Option<String> {
        let value = self.get(key)?;
        if value.as_str().is_none() {
            self.problem(key, Expected::Text);
        }
        value.as_str().map(ToOwned::to_owned)
    }

    pub fn text(&self, key: &'static str) -> String {
        if !self.has(key) {
            self.problem(key, Expected::Missing);
        }
        self.optional_text(key).unwrap_or_default()
    }

    pub fn flag(&self, key: &'static str, default: bool) -> bool {
        match self.get(key) {
            None => default,
            Some(Value::Bool(flag)) => *flag,
            Some(_) => {
                self.problem(key, Expected::Flag);
                default
            }
        }
    }

    pub fn optional_number(&self, key: &'static str) -> Option<u32> {
        let value = self.get(key)?;
        let number = value.as_u64().and_then(|number| u32::try_from(number).ok());
        if number.is_none() {
            self.problem(key, Expected::WholeNumber);
        }
        number
    }

    pub fn number(&self, key: &'static str) -> u32 {
        if !self.has(key) {
            self.problem(key, Expected::Missing);
        }
        self.optional_number(key).unwrap_or_default()
    }

    /// The values of a list; a missing list is empty.
    pub fn values(&self, key: &'static str) -> &'a [Value] {
        match self.get(key) {
            None => &[],
            Some(Value::Array(list)) => list,
            Some(_) => {
                self.problem(key, Expected::List);
                &[]
            }
        }
    }

    pub fn texts(&self, key: &'static str) -> Vec<String> {
        let mut texts = Vec::new();
        for value in self.values(key) {
            match value.as_str() {
                Some(text) => texts.push(text.to_owned()),
                None => self.problem(key, Expected::TextList),
            }
        }
        texts
    }

    pub fn objects(&self, key: &'static str) -> impl Iterator<Item = Object<'a>> {
        let path = format!("{}.{key}", self.path);
        let problems = self.problems;
        self.values(key).iter().enumerate().map(move |(at, value)| Object::new(format!("{path}[{at}]"), value, problems))
    }

    pub fn object(&self, key: &'static str) -> Option<Object<'a>> {
        let value = self.get(key)?;
        Some(Object::new(format!("{}.{key}", self.path), value, self.problems))
    }

    /// All keys with text values, for rows of a skeleton.
    pub fn entries(&self) -> Vec<(&'a str, &'a Value)> {
        self.map.map(|map| map.iter().map(|(key, value)| (key.as_str(), value)).collect()).unwrap_or_default()
    }

    /// Reports the keys that nobody asked for.
    pub fn finish(self) {
        let asked = self.asked.borrow();
        for key in self.map.into_iter().flat_map(Map::keys) {
            if !asked.contains(&key.as_str()) {
                self.problem(key, Expected::NoSuchKey);
            }
        }
    }
}
