//! The rows of a strip as a tree: which are sums, which stand under which. Codes (208, 20805), numbers (一、（一）1.), 其中 and what is set in
//! tell it; where they leave a doubt, the row says so.

use super::column::Kind;
use super::lay::{Cell, Lay};
use super::section::Section;
use super::strip::Strip;
use super::words::{self, Name, Rank};
use crate::number::{half_width, is_space};
use crate::numbering::{Style, styles};
use crate::prelude::*;

#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// Row of the grid.
    pub row: usize,
    pub name: Name,
    pub text: String,
    pub rank: Option<Rank>,
    /// 其中: a part of the row above that others need not complete.
    pub part: bool,
    /// 减: taken off.
    pub less: bool,
    /// Neither an item nor a sum of items: a rate, a mean, last year's figure.
    pub outside: bool,
    pub parent: Option<usize>,
    /// Whether the row may as well stand at the top.
    pub doubt: bool,
    pub has_below: bool,
    /// 按性别分: under it the whole is divided once more.
    pub divides: bool,
    /// The lines that a name merged downwards covers, where this one is a sum among them.
    pub group: Option<(usize, usize)>,
    indent: usize,
    code: String,
    /// 一, （一）, 1 in a column of its own.
    number: String,
}

impl Line {
    /// Whether it is an item of some list, which sums add up.
    pub fn is_item(&self) -> bool {
        self.rank.is_none() && !self.outside && !self.part
    }
}

pub(super) fn lines(lay: &Lay<'_>, section: &Section, strip: &Strip) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut groups: Vec<(usize, usize)> = Vec::new();
    for row in &section.body {
        let line = line(lay, section, strip, *row);
        let merged =
            strip.labels.iter().filter_map(|at| lay.cell(*row, *at)).find(|cell| cell.is_words() && cell.to_row - cell.row > 1);
        groups.push(merged.map_or((*row, *row + 1), |cell| (cell.row, cell.to_row)));
        lines.push(line);
    }
    let at = |row: usize| section.body.partition_point(|known| *known < row);
    for (line, (from, to)) in lines.iter_mut().zip(groups) {
        line.group = (line.rank.is_some() && to - from > 1).then(|| (at(from), at(to)));
    }
    if !by_codes(&mut lines) {
        by_numbers(&mut lines);
    }
    lift(lay, strip, &mut lines);
    settle_net(&mut lines);
    lines
}

fn line(lay: &Lay<'_>, section: &Section, strip: &Strip, row: usize) -> Line {
    let mut line = Line { row, ..Line::default() };
    let kind = |at: usize| section.columns.get(at).map_or(Kind::Words, |column| column.kind);
    let labels = || strip.labels.iter().filter_map(|at| lay.own(row, *at));
    // 5.2匹配系统 is a name, though it reads as a number.
    let is_name = |cell: &&Cell<'_>| cell.is_words() || cell.value.number().is_some() && kind(cell.column) == Kind::Words;
    let named = strip.name.and_then(|at| lay.own(row, at)).filter(is_name);
    // 合计 may be merged over all the names.
    let cell = named.or_else(|| labels().rfind(|cell| is_name(cell) && kind(cell.column) != Kind::Code));
    if let Some(cell) = cell {
        line.name = cell.name.clone();
        line.text = cell.text.split_whitespace().collect();
        line.indent =
            cell.source.text.chars().take_while(|char| is_space(*char)).map(|char| if char == '\u{3000}' { 2 } else { 1 }).sum();
    }
    let ledger = section.is_ledger();
    let mut sums = labels().filter(|cell| cell.is_words() && (!ledger || words::is_alone(&cell.name)));
    let ranked = sums.find_map(|cell| Some((words::rank(&cell.name)?, cell)));
    if let Some((rank, cell)) = ranked {
        line.rank = Some(rank);
        line.text = cell.text.split_whitespace().collect();
        // The parts of a sum printed in several rows stand in several rows each.
        line.outside = cell.to_row - cell.row > 1;
        if line.outside {
            line.rank = None;
        }
    }
    line.part = line.rank.is_none() && words::is_part(&line.name);
    line.less = words::is_less(&line.name);
    line.divides = line.name.key.starts_with('按') && line.name.key.trim_end_matches(['类', '组', ':', '的']).ends_with('分');
    line.outside |= line.rank.is_none() && is_outside(lay, strip, &line, row);
    for at in strip.labels.iter().filter(|at| kind(**at) == Kind::Code) {
        line.code.extend(lay.own(row, *at).into_iter().flat_map(|cell| cell.text.chars().filter(char::is_ascii_digit)));
    }
    if line.code.is_empty() {
        line.code = leading_code(&line.text);
    }
    if let Some(cell) = strip.labels.first().and_then(|at| lay.own(row, *at)).filter(|cell| Some(cell.column) != strip.name) {
        line.number = mark(cell.text).unwrap_or_default();
    }
    line
}

/// A number that stands alone, as it stands before a name: 一、 for 一, （一） as it is.
fn mark(text: &str) -> Option<String> {
    let plain: String = text.chars().filter(|char| !is_space(*char)).map(half_width).collect();
    let inner = plain.trim_matches(['(', ')']);
    let digits = |char: char| char.is_ascii_digit() || "一二三四五六七八九十".contains(char);
    let alone = !inner.is_empty() && inner.chars().count() <= 3 && inner.chars().all(digits);
    alone.then(|| if plain.starts_with('(') { plain.clone() } else { format!("{plain}、") })
}

/// 20805社会保障: at least three digits before a name.
fn leading_code(text: &str) -> String {
    let code: String = text.trim_start_matches(['[', '（', '(']).chars().take_while(char::is_ascii_digit).collect();
    let named = text.chars().any(|char| char.is_alphabetic());
    let year = code.len() == 4 && text.get(4..).is_some_and(|rest| rest.starts_with('年'));
    if code.len() >= 3 && named && !year { code } else { String::new() }
}

/// A row of rates, means or other years among rows of amounts.
fn is_outside(lay: &Lay<'_>, strip: &Strip, line: &Line, row: usize) -> bool {
    let key = &line.name.key;
    let of_rates = ["率", "占比", "比重", "比例", "%", "增幅", "幅度"].iter().any(|word| key.ends_with(word));
    let other = words::OUTSIDE_ROW.iter().any(|word| key.starts_with(word));
    let carried = key.contains("结转") || key.contains("结余");
    if of_rates || other && !carried {
        return true;
    }
    let mut numbers = strip.figures.iter().filter_map(|at| lay.own(row, *at)?.value.number()).peekable();
    let amounts = key.ends_with('额') || key.ends_with('数');
    numbers.peek().is_some() && strip.figures.len() > 1 && !amounts && numbers.all(|number| number.percent)
}

/// The tree that codes tell: 20805 stands under 208. Says whether they tell any.
fn by_codes(lines: &mut [Line]) -> bool {
    let mut parents: Vec<Option<usize>> = Vec::with_capacity(lines.len());
    let mut open: Vec<usize> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if line.code.is_empty() {
            // A name without a code, such as that of an office, begins a list of its own.
            open.clear();
            parents.push(None);
            continue;
        }
        while let Some(last) = open.last().and_then(|last| lines.get(*last)) {
            if line.code.len() > last.code.len() && line.code.starts_with(&last.code) {
                break;
            }
            open.pop();
        }
        parents.push(open.last().copied().filter(|_| line.is_item()));
        if line.is_item() {
            open.push(at);
        }
    }
    if parents.iter().flatten().next().is_none() {
        return false;
    }
    for (line, parent) in lines.iter_mut().zip(&parents) {
        line.parent = *parent;
    }
    true
}

fn by_numbers(lines: &mut [Line]) {
    // 1, 2, 3 alone count rows; beside 一 and （一） they tell of what.
    let told = lines.iter().any(|line| line.number.chars().any(|char| "一二三四五六七八九十".contains(char)));
    let name = |line: &Line| if told { format!("{}{}", line.number, line.text) } else { line.text.clone() };
    let names: Vec<String> = lines.iter().map(name).collect();
    let styles = styles(names.iter().map(String::as_str));
    let style = |at: usize| styles.get(at).map_or(Style::None, |numbered| numbered.style);
    let items = || lines.iter().filter(|line| line.rank.is_none() && !line.text.is_empty());
    let least = items().map(|line| line.indent).min().unwrap_or(0);
    let set_in = items().any(|line| line.indent > least);
    // For each row, whether a numbered one follows.
    let mut follows = vec![false; lines.len()];
    for at in (1..lines.len()).rev() {
        let next = style(at).is_numbered() || follows.get(at).copied().unwrap_or(false);
        if let Some(known) = follows.get_mut(at - 1) {
            *known = next;
        }
    }
    let mut open: Vec<(Style, usize)> = Vec::new();
    // Styles whose rows have rows without a number under them.
    let mut leading: Vec<Style> = Vec::new();
    for at in 0..lines.len() {
        let Some(line) = lines.get(at) else { continue };
        if line.rank.is_some_and(|rank| rank > Rank::Sub) {
            open.clear();
        }
        if line.rank.is_some() || line.text.is_empty() {
            continue;
        }
        let indent = |at: usize| lines.get(at).map_or(0, |line| line.indent);
        let own = match style(at) {
            // 其中：（1）购置费 is numbered like those that go on with its list.
            numbered if numbered.is_numbered() => numbered,
            _ if line.part => Style::OfWhich,
            plain => plain,
        };
        let (level, doubt, part) = match own {
            Style::Whole => (0, false, false),
            Style::OfWhich => {
                let level = open.iter().position(|(style, _)| *style == Style::OfWhich).unwrap_or(open.len());
                (level, false, true)
            }
            Style::None => {
                let of_which = open.iter().position(|(style, _)| *style == Style::OfWhich);
                let deeper = open.iter().rposition(|(_, above)| indent(*above) < line.indent).map_or(0, |above| above + 1);
                let numbered = open.iter().rposition(|(style, _)| style.is_numbered());
                match (of_which, numbered) {
                    // What goes on behind 其中 without a word may be another part, or the next item.
                    (Some(list), _) if set_in && deeper >= list => (list, false, true),
                    (Some(list), _) if !set_in => (list, true, true),
                    _ if set_in => (deeper, false, false),
                    (_, Some(above)) => {
                        let style = open.get(above).map_or(Style::None, |(style, _)| *style);
                        let between = follows.get(at).copied().unwrap_or(false);
                        let led = leading.contains(&style);
                        if between && !led {
                            leading.push(style);
                        }
                        if between || led { (above + 1, !between, false) } else { (0, false, false) }
                    }
                    _ => (0, false, false),
                }
            }
            numbered => (open.iter().position(|(known, _)| *known == numbered).unwrap_or(open.len()), false, line.part),
        };
        open.truncate(level);
        let parent = open.last().map(|(_, parent)| *parent);
        open.push((own, at));
        if let Some(line) = lines.get_mut(at) {
            line.parent = parent;
            line.doubt = doubt;
            line.part |= part;
        }
    }
}

/// A row without any figure but 0 only heads those under it: they stand where it stands.
fn lift(lay: &Lay<'_>, strip: &Strip, lines: &mut [Line]) {
    let counts = |at: &usize, row: usize| {
        lay.own(row, *at).and_then(|cell| cell.value.number()).is_some_and(|number| !number.printed.is_zero())
    };
    let has_figure = |line: &Line| strip.figures.iter().any(|at| counts(at, line.row));
    let blank: Vec<bool> = lines.iter().map(|line| !has_figure(line)).collect();
    for at in 0..lines.len() {
        // Parents stand before their children, so theirs is settled already.
        let parent = lines.get(at).and_then(|line| line.parent);
        let above = parent.filter(|parent| blank.get(*parent).copied().unwrap_or(false)).and_then(|parent| lines.get(parent));
        let lifted = match (parent, above) {
            (Some(_), Some(above)) => above.parent,
            (parent, _) => parent,
        };
        let counts = !blank.get(at).copied().unwrap_or(true);
        let part = lines.get(at).is_some_and(|line| line.part);
        if let Some(line) = lines.get_mut(at) {
            line.parent = lifted;
        }
        if let Some(parent) = lifted.and_then(|parent| lines.get_mut(parent)).filter(|_| counts && !part) {
            parent.has_below = true;
        }
    }
}

/// 固定资产净值 behind 固定资产原价 and 减：累计折旧: it is what the two come to, and alone counts.
fn settle_net(lines: &mut [Line]) {
    for at in 1..lines.len() {
        let is = |at: usize, of: fn(&Line) -> bool| lines.get(at).is_some_and(of);
        if !is(at, |line| line.name.has(words::NET)) || !is(at - 1, |line| line.less) {
            continue;
        }
        let first = (0..at).rev().find(|at| !is(*at, |line| line.less)).unwrap_or(at);
        lines.iter_mut().take(at).skip(first).for_each(|line| line.outside = true);
    }
}
