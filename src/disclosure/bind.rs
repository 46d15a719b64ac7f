//! Binding numbers of the text to what they mean: by the words before them, the sentence, and the heading above.

use super::clause::{self, Measure, Role, Token, behind_causes, has, last_clause};
use super::figure::{Item, Key};
use super::text::{Passage, Text};
use super::words::{self, About, FUNDS, MEASURES};
use crate::prelude::*;

/// A number with what it is about.
pub(super) struct Bound {
    pub passage: usize,
    pub token: Token,
    pub role: Role,
    pub key: Option<Key>,
    /// For a share: the words behind 占, as a key; `None` where only the list tells.
    pub over: Option<Key>,
    /// Words behind 占 that are no figure we know, or words before it.
    pub unknown: bool,
    /// The amount before 其中, by its position.
    pub whole: Option<usize>,
    /// 类 of an item.
    pub class: Option<&'static str>,
    /// Names of 款 and 项, where the item was told by names.
    pub names: Option<(String, String)>,
    /// Behind 主要原因: what it is about is anybody's guess.
    pub loose: bool,
    /// Since the last full stop.
    pub sentence: String,
    /// Which budget a completion is of.
    pub phase: &'static str,
    /// Where the list behind 其中 begins that it stands in.
    pub list: usize,
}

impl Bound {
    /// In how many brackets it stands.
    pub fn depth(&self) -> usize {
        self.sentence.matches('(').count().saturating_sub(self.sentence.matches(')').count())
    }

    /// An amount of money that is told exactly.
    pub fn is_amount(&self) -> bool {
        self.role == Role::Amount && !self.loose && matches!(self.token.measure, Measure::Money(_))
    }
}

/// What a heading says of the text below it.
#[derive(Clone, Copy, Default)]
struct Heading {
    fund: Option<&'static str>,
    measure: Option<&'static str>,
}

/// The items that the tables name, with their codes.
#[derive(Default)]
pub(super) struct Items {
    /// Name of the 项 and its code.
    pub names: Vec<(String, String)>,
    /// The same of 款.
    pub groups: Vec<(String, String)>,
    pub any: bool,
}

/// A longer paragraph is none that people wrote.
const LONGEST: usize = 8000;

pub(super) fn bind(text: &Text, items: &Items, about: About) -> Vec<Bound> {
    let headings = headings(text);
    let mut bound: Vec<Bound> = Vec::new();
    let mut item = None;
    for (at, passage) in text.passages.iter().enumerate().filter(|(_, passage)| passage.chars.len() <= LONGEST) {
        let tokens = clause::tokens(passage);
        let heading = headings.get(passage.heading).copied().unwrap_or_default();
        let mut walk = Walk {
            items,
            heading,
            about,
            at,
            passage,
            subject: None,
            whole: None,
            list: 0,
            item: item.take(),
            group: None,
            bound: &mut bound,
        };
        let none = tokens.is_empty();
        let mut from = 0;
        for token in tokens {
            let end = token.end;
            walk.token(token, from);
            from = end;
        }
        // The name of an item may stand in a line of its own.
        if none {
            walk.item_in(&passage.text(0, passage.chars.len()));
            item = walk.item;
        }
    }
    bound
}

/// What the headings say, each with what those above it say: 一、, (一), 1.
fn headings(text: &Text) -> Vec<Heading> {
    let mut above = [Heading::default(); LEVELS];
    let mut list = Vec::new();
    for heading in &text.headings {
        let key = words::key(heading);
        let fund = words::longest(FUNDS, &key).map(|(fund, _)| fund.id);
        let measure = words::longest(MEASURES, &key).map(|(measure, _)| measure.id);
        let level = level(heading);
        let upper = above.iter().take(level).next_back().copied().unwrap_or_default();
        let own = match (level, fund, measure) {
            (0, ..) => Heading { fund, measure },
            (_, None, None) => upper,
            _ => Heading { fund: fund.or(upper.fund), measure },
        };
        above.iter_mut().skip(level).for_each(|place| *place = own);
        list.push(own);
    }
    list
}

const LEVELS: usize = 3;

/// How deep a heading stands.
fn level(heading: &str) -> usize {
    let chinese = |char: char| "一二三四五六七八九十".contains(char);
    match heading.strip_prefix(['(', '（']) {
        Some(rest) if rest.starts_with(chinese) => 1,
        _ if heading.starts_with(|char: char| chinese(char) || char == '第') => 0,
        _ => 2,
    }
}

struct ItemAt {
    class: Option<&'static str>,
    item: Item,
    names: (String, String),
}

struct Walk<'a> {
    items: &'a Items,
    heading: Heading,
    about: About,
    at: usize,
    passage: &'a Passage,
    subject: Option<Key>,
    whole: Option<usize>,
    list: usize,
    item: Option<ItemAt>,
    /// A 款 that is spoken of as a whole; `None` within where no table names it.
    group: Option<Option<Item>>,
    bound: &'a mut Vec<Bound>,
}

impl Walk<'_> {
    fn token(&mut self, token: Token, from: usize) {
        let lead = self.passage.text(from, token.from);
        let before = self.passage.text(0, token.from);
        let sentence = before.rsplit('。').next().unwrap_or_default().to_owned();
        if lead.contains("(项)") {
            self.item_in(&lead);
            self.subject = None;
            self.group = None;
        } else if lead.contains("(款)") {
            self.group_in(&lead);
            self.subject = None;
        } else if lead.contains("(类)") {
            self.group = None;
        }
        let before_list = self.whole;
        // A list ends with its sentence.
        if lead.contains('。') {
            self.whole = None;
        }
        if has(&lead, words::PARTS) {
            let amount =
                |bound: &&(usize, &Bound)| bound.1.passage == self.at && bound.1.role == Role::Amount && bound.1.phase == "main";
            self.whole = self.bound.iter().enumerate().rev().take(12).collect::<Vec<_>>().iter().find(amount).map(|(at, _)| *at);
            // 其中…。按功能分类…: another list of the same whole.
            self.whole = before_list.filter(|_| has(&lead, words::BY_FUNCTION)).or(self.whole);
            self.list = self.bound.len();
        }
        // What stands in brackets is a part of a part.
        let whole = self.whole;
        let clause = last_clause(&lead);
        let role = clause::role(&token, &clause, &sentence);
        let behind = self.passage.text(token.end, token.end + 2);
        // 执行率达到95%
        let reached = clause.ends_with("达到") && (has(&clause, words::RATE) || has(&clause, words::ARRIVAL_RATE));
        let rough = !reached && words::ROUGH.iter().any(|word| clause.ends_with(word))
            || words::ROUGH_BEHIND.iter().any(|word| behind.starts_with(word));
        let loose = rough || has(behind_causes(&sentence), words::CAUSE);
        let mut next = Bound {
            passage: self.at,
            token,
            role,
            key: None,
            over: None,
            unknown: false,
            whole,
            class: None,
            names: None,
            loose,
            sentence,
            phase: "main",
            list: self.list,
        };
        if next.depth() > 0 {
            next.whole = None;
        }
        if !loose {
            self.mean(&mut next, &clause, &lead);
        }
        self.bound.push(next);
    }

    fn mean(&mut self, next: &mut Bound, clause: &str, lead: &str) {
        match next.role {
            Role::Amount => {
                next.phase = self.phase(clause);
                let class = class_in(clause);
                let key = self.key(clause, class, lead);
                next.class = class.or(self.item.as_ref().filter(|_| class.is_none()).and_then(|item| item.class));
                next.names = self.item.as_ref().filter(|_| class.is_none()).map(|item| item.names.clone());
                next.key = key.map(|key| Key { phase: next.phase, ..key });
                if let Some(key) = &next.key {
                    self.subject = Some(Key { phase: "main", ..key.clone() });
                }
            }
            Role::Change(_) | Role::Growth(_) => {
                if is_of_budget(&next.sentence) {
                    next.phase = "initial";
                }
                next.key = self.key(clause, class_in(clause), lead).or(self.subject.clone());
                if let (Role::Change(_), Some(key)) = (next.role, &next.key) {
                    self.subject = Some(key.clone());
                }
            }
            Role::Share => {
                next.key = self.subject.clone();
                let (own, over) = clause.rsplit_once('占').unwrap_or(("", clause));
                next.over = self.whole_key(over);
                // Words before 占 are of another amount than the one that stands before them.
                let other = own.chars().count() > 2;
                next.unknown = other
                    || next.over.is_none()
                        && words::key(over).chars().filter(|char| !"的比例为约达总".contains(*char)).count() > 0;
            }
            Role::Done => {
                next.key = self.subject.clone().or_else(|| self.key(clause, None, lead));
                next.phase = if has(clause, words::FINAL) { "final" } else { "initial" };
            }
            Role::Points | Role::Count => {}
        }
    }

    /// Which money and which plan: the later of the words tells.
    fn phase(&self, clause: &str) -> &'static str {
        let plain = ["一般公共预算", "政府性基金预算", "国有资本经营预算", "公共财政预算", "公共预算"]
            .iter()
            .fold(clause.to_owned(), |text, fund| text.replace(fund, ""));
        let last = |list: &[&str]| list.iter().filter_map(|word| plain.rfind(word)).max();
        let (initial, done) = (last(words::INITIAL), plain.rfind("决算").or_else(|| plain.rfind("执行")));
        let past = self.about.year.is_some_and(|year| plain.contains(&format!("{}年", year.saturating_sub(1))));
        if past || has(&plain, words::PAST) && !has(&plain, words::COMPARED) {
            "last"
        } else if has(&plain, words::FINAL) && last(words::FINAL) > done {
            "final"
        } else if initial.is_some() && initial > done && !self.about.budget {
            "initial"
        } else {
            "main"
        }
    }

    fn fund_or(&self, fund: Option<&'static str>) -> &'static str {
        fund.or(self.heading.fund).unwrap_or("all")
    }

    /// What an amount is: by its own words, else by the sentence, else by the heading.
    fn key(&self, clause: &str, class: Option<&'static str>, lead: &str) -> Option<Key> {
        let plain = words::key(clause);
        let fund = words::longest(FUNDS, &plain).map(|(fund, _)| fund.id);
        let found = words::longest(MEASURES, &plain).map(|(measure, end)| (measure.id, end));
        let word =
            MEASURES.iter().flat_map(|measure| measure.words).filter(|word| plain.contains(**word)).max_by_key(|word| word.len());
        let generic = word.is_none_or(|word| words::GENERIC.contains(word));
        let income = plain.contains("收入") && !plain.contains("支出");
        let subject_fund = |own: Option<&'static str>| {
            own.or(self.subject.as_ref().map(|subject| subject.fund)).unwrap_or_else(|| self.fund_or(None))
        };
        if let Some(code) = class {
            // 一般公共服务支出收入336.16: what came in for it.
            let measure = if plain.ends_with("收入") { "income" } else { "expenditure" };
            let fund = fund.filter(|_| !plain.starts_with("一般公共服务")).unwrap_or_else(|| self.heading.fund.unwrap_or("all"));
            return Some(Key::new(measure, fund, "main", Item::Function(code.into())));
        }
        if let Some(group) = self.group.as_ref().filter(|_| generic) {
            let fund = fund.unwrap_or_else(|| self.heading.fund.unwrap_or("all"));
            return group.clone().map(|item| Key::new("expenditure", fund, "main", item));
        }
        if let Some(item) = self.item.as_ref().filter(|_| generic) {
            let fund = fund.unwrap_or_else(|| self.heading.fund.unwrap_or("all"));
            return Some(Key::new("expenditure", fund, "main", item.item.clone()));
        }
        if let (Some((measure, _)), false) = (found, generic) {
            return Some(Key::new(measure, self.fund_or(fund), "main", Item::All));
        }
        let base = self.subject.as_ref().map(|subject| subject.measure).or(self.heading.measure);
        let of_total = base.is_some_and(|base| matches!(base, "total" | "income-total" | "expenditure-total"));
        // 工资福利支出 is no expenditure as a whole, where nothing else tells what is spoken of.
        if found.is_some() && !(self.about.report && is_narrower(&plain, word)) {
            let by_word = if income { "income" } else { "expenditure" };
            return match (fund, base) {
                (Some(fund), _) if !of_total || plain.contains("本年") => Some(Key::new(by_word, fund, "main", Item::All)),
                // 收入决算总计…，包括：本年收入决算合计…: a part of the total.
                (None, Some(_)) if of_total && plain.contains("本年") => {
                    Some(Key::new(by_word, subject_fund(None), "main", Item::All))
                }
                (fund, Some(_)) if of_total => {
                    let total = if income { "income-total" } else { "expenditure-total" };
                    Some(Key::new(total, subject_fund(fund), "main", Item::All))
                }
                // 支出决算为: of what the sentence is about.
                (None, Some(base)) if plain.contains("决算") || plain.contains("预算") || base == by_word => Some(Key::new(
                    base,
                    subject_fund(None),
                    "main",
                    self.subject.as_ref().map_or(Item::All, |subject| subject.item.clone()),
                )),
                (None, None)
                    if self.heading.fund.is_none()
                        && !self.about.year.is_some_and(|year| plain.starts_with(&format!("{year}年"))) =>
                {
                    None
                }
                (fund, _) => Some(Key::new(by_word, self.fund_or(fund), "main", Item::All)),
            };
        }
        // 年初预算为, 决算为, or nothing but a verb.
        let verb = ["预算", "决算", "为", "均为", "各"].iter().any(|word| plain.ends_with(word))
            || plain.is_empty() && lead.contains("总计");
        match (&self.subject, verb) {
            (Some(subject), true) => Some(Key { fund: fund.unwrap_or(subject.fund), ..subject.clone() }),
            (None, true) if !plain.is_empty() => {
                let measure = self.heading.measure?;
                Some(Key::new(measure, self.fund_or(fund), "main", Item::All))
            }
            _ => None,
        }
    }

    /// The whole of a share, by the words behind 占.
    fn whole_key(&self, over: &str) -> Option<Key> {
        let plain = words::key(over);
        let fund = words::longest(FUNDS, &plain).map(|(fund, _)| fund.id);
        let measure = words::longest(MEASURES, &plain).map(|(measure, _)| measure.id)?;
        // 货物支出金额 is not all expenditure.
        let generic = words::GENERIC.iter().filter(|word| plain.contains(**word)).max_by_key(|word| word.len());
        let word =
            MEASURES.iter().flat_map(|measure| measure.words).filter(|word| plain.contains(**word)).max_by_key(|word| word.len());
        if generic == word {
            let rest =
                FUNDS.iter().flat_map(|fund| fund.words).chain(word).fold(plain.clone(), |text, word| text.replace(word, ""));
            if rest.chars().any(|char| !"的年度全部总额当本合计决算数财政拨款预".contains(char)) {
                return None;
            }
        }
        Some(Key::new(measure, fund.unwrap_or("all"), "main", Item::All))
    }

    /// 行政事业单位养老支出(款)2021年度决算, of all its items.
    fn group_in(&mut self, text: &str) {
        let Some((before, _)) = text.rsplit_once("(款)") else { return };
        let name = before.rsplit(['。', ';', ':', ',']).next().unwrap_or_default();
        let name = words::key(name.rsplit_once("(类)").map_or(name, |(_, name)| name));
        let name = name.trim_start_matches(|char: char| char.is_ascii_digit() || matches!(char, '.' | '、'));
        let mut codes = self.items.groups.iter().filter(|(known, _)| known == name).map(|(_, code)| code);
        let first = codes.next().filter(|_| codes.next().is_none());
        self.group = Some(first.map(|code| Item::Function(code.clone())));
    }

    /// 社会保障和就业支出(类)行政事业单位养老支出(款)行政单位离退休(项)
    fn item_in(&mut self, text: &str) {
        let Some((before, _)) = text.rsplit_once("(项)") else { return };
        let name = before.rsplit(['。', ';', ':']).next().unwrap_or_default();
        let (class, rest) = name.split_once("(类)").unwrap_or(("", name));
        let (group, item) = rest.split_once("(款)").unwrap_or(("", rest));
        let class = class_in(class);
        let item = words::key(item);
        let group = words::key(group);
        let codes: Vec<&String> = self
            .items
            .names
            .iter()
            .filter(|(name, code)| *name == item && class.is_none_or(|class| code.starts_with(class)))
            .map(|(_, code)| code)
            .collect();
        let found = match codes.as_slice() {
            [code] => Item::Function((*code).clone()),
            _ => Item::Named(format!("{}{group}{item}", class.unwrap_or_default())),
        };
        self.item = Some(ItemAt { class, item: found, names: (group, item) });
    }
}

/// Whether a clause says more than that it is income or expenditure.
fn is_narrower(plain: &str, word: Option<&'static &'static str>) -> bool {
    let funds = FUNDS.iter().flat_map(|fund| fund.words);
    let rest = funds.chain(word).fold(plain.to_owned(), |text, word| text.replace(word, ""));
    rest.chars().any(|char| {
        !char.is_ascii_digit() && !"年度全部总额当本单位门合计决算数财政拨款预实际累计共已为是其中月日完成了的1、.".contains(char)
    })
}

/// 比年初预算增加: what it changed by is not since last year.
pub(super) fn is_of_budget(sentence: &str) -> bool {
    let behind = sentence.rsplit_once(['比', '较', '与']).map_or("", |(_, behind)| behind);
    behind.contains("预算") && !has(behind, words::PAST)
}

/// The class that a clause names at its beginning or its end.
fn class_in(clause: &str) -> Option<&'static str> {
    let plain = words::key(clause);
    let plain = plain.trim_start_matches(|char: char| char.is_ascii_digit() || matches!(char, '.' | '、'));
    let mut best: Option<(usize, &'static str)> = None;
    for (code, names) in words::FUNCTIONS {
        for name in *names {
            let rest = plain.strip_prefix(name);
            // 教育支出（类）2021年度决算349.39万元
            let whole = rest.is_some_and(|rest| {
                matches!(rest, "收入" | "支出收入")
                    || rest.chars().all(|char| char.is_ascii_digit() || "年度支出决算数为".contains(char))
            });
            if (whole || plain.ends_with(name) && name.ends_with("支出") && name.chars().count() > 4)
                && best.is_none_or(|(length, _)| length < name.len())
            {
                best = Some((name.len(), code));
            }
        }
    }
    best.map(|(_, code)| code)
}
