//! A table as the lines of a page's text: its figures are in order, but blank cells left no trace. So a figure is placed only where the
//! order leaves no doubt; the rest is counted and said.

use super::figure::{self, Figure, Item, Key, Spot};
use super::found::Found;
use super::words::{self, Shape, TableKind, unnumbered};
use crate::block::{Block, Blocks};
use crate::prelude::*;
use rust_decimal::Decimal;

/// A table of such a document has no more lines than this.
const MOST_LINES: usize = 2000;

/// Reads the table that a line names, from the lines below it. Gives where it ends; `None` where no table follows the name.
pub(super) fn read(blocks: &Blocks, title: usize, kind: &'static TableKind, found: &mut Found) -> Option<usize> {
    let mut lines: Vec<(usize, &str)> = Vec::new();
    let mut power = None;
    let mut end = title + 1;
    for (at, block) in blocks.list.iter().enumerate().skip(title + 1).take(MOST_LINES) {
        let Block::Paragraph(paragraph) = block else { break };
        let text = paragraph.text.as_str();
        if words::table(text).is_some() || is_end(text) {
            break;
        }
        end = at + 1;
        power = power.or(words::power(text));
        if !words::is_between(text) {
            lines.push((at, text));
        }
    }
    let figures =
        lines.iter().any(|(_, line)| line.split_whitespace().any(|word| number(word).is_some_and(|number| number.scale() > 0)));
    if power.is_none() && !figures {
        return None;
    }
    // A name above a grid.
    if !figures && matches!(blocks.list.get(end), Some(Block::Grid(_))) {
        return None;
    }
    found.covered.extend(title..end);
    let table = found.begin(kind, title, power.unwrap_or(4));
    if let Some(entry) = found.tables.get_mut(table) {
        entry.blocks.extend(title + 1..end);
    }
    let mut reader = Reader { kind, table, power: power.unwrap_or(4), found };
    match kind.shape {
        Shape::Sides => reader.sides(&lines),
        Shape::Functions => reader.functions(&lines),
        Shape::Economic => reader.economic(&lines),
        Shape::Plain => reader.plain(&lines),
        Shape::None => {}
    }
    Some(end)
}

/// A note, a sentence or the next part of the document: the table is over.
fn is_end(text: &str) -> bool {
    words::NOTE.iter().any(|word| text.trim_start().starts_with(word))
        || text.contains(['。', '；'])
        || text.trim_start().starts_with("第") && text.contains("部分")
}

/// A number of a line, with where it stands.
type Number = (Decimal, (usize, usize));

/// The words of a line, with where each begins and ends.
fn words(line: &str) -> Vec<(&str, (usize, usize))> {
    let mut found = Vec::new();
    let mut from = None;
    for (at, char) in line.char_indices().chain(core::iter::once((line.len(), ' '))) {
        match (char.is_whitespace(), from) {
            (true, Some(begin)) => {
                found.extend(line.get(begin..at).map(|word| (word, (begin, at))));
                from = None;
            }
            (false, None) => from = Some(at),
            (true, None) | (false, Some(_)) => {}
        }
    }
    found
}

/// A word that is a number.
fn numbered(word: &(&str, (usize, usize))) -> Option<Number> {
    number(word.0).map(|number| (number, word.1))
}

fn number(word: &str) -> Option<Decimal> {
    figure::read(word).flatten()
}

struct Reader<'a> {
    kind: &'static TableKind,
    table: usize,
    power: u32,
    found: &'a mut Found,
}

/// A row with a code, or the whole.
struct Row {
    block: usize,
    item: Item,
    name: String,
    numbers: Vec<Number>,
}

impl Reader<'_> {
    fn add(&mut self, block: usize, (number, at): Number, key: Key, row: &str) {
        let spot = Spot::Line { table: self.table, block, at };
        let Some((value, last)) = figure::measured(number, self.power) else { return };
        let column = words::named(words::MEASURES, key.measure).map_or(String::new(), |measure| measure.name.to_owned());
        self.found.add(Figure {
            spot,
            printed: number.to_string(),
            value,
            last,
            power: self.power,
            key,
            row: row.to_owned(),
            column,
        });
    }

    fn functions(&mut self, lines: &[(usize, &str)]) {
        let mut rows: Vec<Row> = Vec::new();
        for (block, line) in lines {
            let words = words(line);
            let first = words.first().map_or("", |word| word.0);
            let named = words.iter().skip(1).position(|word| number(word.0).is_some()).map_or(words.len(), |at| at + 1);
            let numbers: Vec<Number> = words.iter().skip(named).filter_map(numbered).collect();
            let name: String = words.get(1..named).unwrap_or(&[]).iter().map(|word| word.0).collect();
            if words::is_code(first) && first.len() > 2 {
                rows.push(Row { block: *block, item: Item::Function(first.into()), name, numbers });
            } else if words::WHOLE.contains(&words::key(first).as_str()) && !numbers.is_empty() {
                rows.push(Row { block: *block, item: Item::All, name: first.to_owned(), numbers });
            } else if let Some(row) = rows.last_mut() {
                let own: Vec<Number> = words.iter().filter_map(numbered).collect();
                let text: String = words.iter().filter(|word| number(word.0).is_none()).map(|word| word.0).collect();
                if row.numbers.is_empty() {
                    row.numbers = own;
                    row.block = *block;
                    row.name.push_str(&text);
                } else if own.is_empty() && !row.name.is_empty() {
                    row.name.push_str(&text);
                }
            }
        }
        let most = rows.iter().map(|row| row.numbers.len()).max().unwrap_or(0);
        // The first figure of a row is its whole; the others are told where every column has one, or where they add up to it.
        let full: Vec<&Row> = rows.iter().filter(|row| row.numbers.len() == most).collect();
        let adds = |row: &&&Row| matches!(row.numbers.split_first(), Some((first, rest)) if rest.iter().map(|number| number.0).sum::<Decimal>() == first.0);
        let told = most == self.kind.columns.len() || most > 1 && full.iter().filter(adds).count() * 10 >= full.len() * 6;
        // Whether the first column of the table is the whole of the others.
        let leads = matches!(self.kind.measure, "expenditure" | "income")
            && self.kind.columns.first().is_some_and(|first| first.starts_with(self.kind.measure));
        for row in &rows {
            let certain = if told && row.numbers.len() == most { most } else { usize::from(leads || most == 1) };
            self.found.unplaced += row.numbers.len().saturating_sub(certain);
            for (number, column) in row.numbers.iter().zip(self.kind.columns).take(certain) {
                let key = self.key(column, row.item.clone());
                self.add(row.block, *number, key, &row.name);
            }
        }
    }

    /// What a column of `templates/disclosure.toml` means: measure/fund/phase.
    fn key(&self, column: &'static str, item: Item) -> Key {
        let mut parts = column.split('/');
        let mut next = |default: &'static str| parts.next().filter(|part| !part.is_empty()).unwrap_or(default);
        let (measure, fund, phase) = (next(self.kind.measure), next(self.kind.fund), next("main"));
        Key::new(measure, fund, phase, item)
    }

    fn sides(&mut self, lines: &[(usize, &str)]) {
        let mut running = ["income", "expenditure"];
        let mut met_total = false;
        let mut right: Vec<(usize, &'static str, Item, String, Vec<Number>)> = Vec::new();
        // The money of which there was any.
        let mut funds: Vec<&'static str> = Vec::new();
        for (block, line) in lines {
            let mut groups: Vec<(&str, Vec<Number>)> = Vec::new();
            for word in words(line) {
                match (numbered(&word), groups.last_mut()) {
                    (Some(number), Some((_, numbers))) => numbers.push(number),
                    (Some(_), None) => {}
                    (None, _) => groups.push((word.0, Vec::new())),
                }
            }
            for (label, numbers) in groups {
                let plain = words::key(label);
                let key = unnumbered(&plain);
                let class = words::class(words::FUNCTIONS, key);
                let measure = words::longest(words::MEASURES, key).map(|(measure, _)| measure.id);
                let fund = words::longest(words::FUNDS, key).map(|(fund, _)| fund.id);
                let is_total = words::WHOLE.contains(&key) || key.ends_with("总计");
                let to_right = class.is_some()
                    || matches!(measure, Some("expenditure" | "distribution" | "carry-out" | "expenditure-total"));
                match (is_total, measure) {
                    (true, _) => {
                        let whole = if met_total { "expenditure-total" } else { "income-total" };
                        if met_total {
                            right.push((*block, whole, Item::All, label.to_owned(), numbers));
                        } else if let Some(number) = numbers.first() {
                            self.add(*block, *number, Key::new(whole, self.kind.fund, "main", Item::All), label);
                        }
                        met_total = !met_total;
                    }
                    (_, Some(measure @ ("carry-in" | "use-surplus"))) => {
                        running = [measure, "expenditure"];
                        if let Some(number) = numbers.first() {
                            self.add(*block, *number, Key::new(measure, self.kind.fund, "main", Item::All), label);
                        }
                    }
                    _ if to_right => {
                        let item = class.map_or(Item::All, |code| Item::Function(code.into()));
                        let measure = measure.filter(|_| class.is_none()).unwrap_or("expenditure");
                        right.push((*block, measure, item, label.to_owned(), numbers));
                    }
                    _ => {
                        let fund = fund.filter(|fund| *fund != self.kind.fund);
                        let whole = key.starts_with("本年") || key.ends_with("合计");
                        let Some(number) = numbers.first().filter(|_| fund.is_some() || whole) else { continue };
                        funds.extend(fund.filter(|_| !number.0.is_zero()));
                        let measure = running.first().copied().unwrap_or("income");
                        let measure = if whole { "income" } else { measure };
                        self.add(*block, *number, Key::new(measure, fund.unwrap_or(self.kind.fund), "main", Item::All), label);
                    }
                }
            }
        }
        funds.order();
        funds.dedup();
        for (block, measure, item, name, numbers) in right {
            for (at, number) in numbers.iter().enumerate() {
                let fund = match (self.kind.right.len(), at) {
                    (..=1, 0) => self.kind.fund,
                    (_, 0) => "fiscal",
                    // All columns have a figure, or there is money of one kind only.
                    (count, at) if numbers.len() == count => match self.kind.right.get(at) {
                        Some(column) => column.trim_start_matches('/'),
                        None => continue,
                    },
                    (_, 1) if numbers.len() == 2 && funds.len() == 1 => funds.first().copied().unwrap_or("fiscal"),
                    _ => {
                        self.found.unplaced += 1;
                        continue;
                    }
                };
                let fund = words::named(words::FUNDS, fund).map_or(self.kind.fund, |fund| fund.id);
                self.add(block, *number, Key::new(measure, fund, "main", item.clone()), &name);
            }
        }
    }

    fn economic(&mut self, lines: &[(usize, &str)]) {
        let text: Vec<(usize, &str, (usize, usize))> =
            lines.iter().flat_map(|(block, line)| words(line).into_iter().map(|(word, at)| (*block, word, at))).collect();
        let mut current: Option<(Item, &'static str, String)> = None;
        for (nth, (block, word, at)) in text.iter().enumerate() {
            let next_is_word = text.get(nth + 1).is_some_and(|(_, next, _)| number(next).is_none());
            let is_row = words::is_code(word) && word.starts_with('3') && (current.is_none() || next_is_word);
            if is_row {
                current = Some((Item::Economic((*word).into()), "basic", String::new()));
                continue;
            }
            match number(word) {
                Some(number) => {
                    if let Some((item, measure, name)) = current.take() {
                        self.add(*block, (number, *at), Key::new(measure, self.kind.fund, "main", item), &name);
                    }
                }
                None => {
                    let plain = words::key(word);
                    let measure = words::longest(words::MEASURES, &plain).map(|(measure, _)| measure.id);
                    match (&mut current, measure) {
                        (_, Some(measure @ ("staff" | "public"))) if plain.ends_with("合计") => {
                            current = Some((Item::All, measure, (*word).to_owned()));
                        }
                        (_, _) if words::WHOLE.contains(&plain.as_str()) => {
                            current = Some((Item::All, "basic", (*word).to_owned()))
                        }
                        (Some((_, _, name)), _) => name.push_str(word),
                        (None, _) => {}
                    }
                }
            }
        }
    }

    fn plain(&mut self, lines: &[(usize, &str)]) {
        // 预算数 and 决算数 in turn, or first all of the one.
        let in_turn = lines.iter().any(|(_, line)| line.matches("预算数").count() > 1);
        let columns = self.kind.columns;
        for (block, line) in lines {
            let numbers: Option<Vec<Number>> = words(line).iter().map(numbered).collect();
            let Some(numbers) = numbers.filter(|numbers| numbers.len() == columns.len()) else { continue };
            let half = columns.len() / 2;
            for (at, number) in numbers.iter().enumerate() {
                let column = if in_turn { at } else { at % half * 2 + at / half };
                let Some(column) = columns.get(column) else { continue };
                let key = self.key(column, Item::All);
                self.add(*block, *number, key, "");
            }
            return;
        }
    }
}
