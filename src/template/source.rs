use crate::number::Exact;
use crate::prelude::*;

/// Where a number or a rule comes from (依据).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub id: SourceId,
    pub title: String,
    /// 文号, with 〔〕 around the year.
    pub number: Option<String>,
    pub date: Option<String>,
    pub address: Option<String>,
    /// False where the point is only remembered: the page then says that it was not checked against the original.
    pub verified: bool,
    pub note: Option<String>,
}

impl Source {
    /// As it is cited in an explanation: title and 文号.
    pub fn citation(&self) -> String {
        match &self.number {
            Some(number) if !self.title.contains(number.as_str()) => format!("{}（{number}）", self.title),
            Some(_) | None => self.title.clone(),
        }
    }
}

/// A source as it is cited, and whether it was checked against the original.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    pub text: String,
    pub verified: bool,
}

/// The `id` of a [`Source`] in `templates/sources.toml`.
pub type SourceId = Rc<str>;

/// A number that cites where it comes from. A profile cannot hold a number without a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sourced {
    pub value: Exact,
    pub source: SourceId,
}
