//! The document as it stands: paragraphs with the numbers that were told, tables with the figures that were held against others.

use super::drawn::{drawn, key, span};
use super::places;
use jixiao::block::{Block, Blocks, Grid, Paragraph};
use jixiao::disclosure::{Disclosure, Spot, Standing, Statement, Verdict};
use jixiao::order::{Gather, SortedMap};
use jixiao::recognise::SourcePlace;
use jixiao::wire::escaped;
use jixiao::wording::disclosure as words;

/// More paragraphs and tables than these are not shown.
const MOST: usize = 6000;

pub fn shown(blocks: &Blocks, found: &Disclosure) -> String {
    let figures = of_figures(found);
    // Figures of tables that were given as text, by their paragraph.
    let mut lines: SortedMap<usize, Vec<Mark>> = SortedMap::new();
    for (spot, class) in figures.iter() {
        if let Spot::Line { block, at: (from, to), .. } = spot {
            lines.entry(*block).or_default().push(Mark { from: *from, to: *to, class, said: String::new() });
        }
    }
    let mut numbers: SortedMap<usize, Vec<&Statement>> = SortedMap::new();
    for one in &found.statements {
        numbers.entry(one.block).or_default().push(one);
    }
    let mut html = format!("<div class=\"whole-text\" tabindex=\"0\" role=\"region\" aria-label=\"{}\">", words::ORIGINAL);
    for (at, block) in blocks.list.iter().enumerate().take(MOST) {
        let told = numbers.get(&at).map_or(&[][..], Vec::as_slice);
        match block {
            Block::Paragraph(one) => {
                let said = |each: &&Statement| words::statement(blocks, found, each).unwrap_or_default();
                let of_text =
                    |each: &&Statement| Mark { from: each.at.0, to: each.at.1, class: class(each.standing), said: said(each) };
                let marks = lines.get(&at).cloned().unwrap_or_default().into_iter().chain(told.iter().map(of_text));
                html += &paragraph(at, one, marks.map(|mark| (mark.from, mark)).into_map());
            }
            Block::Grid(grid) => html += &table(blocks, found, at, grid, told, &figures),
        }
    }
    if blocks.list.len() > MOST {
        html += &format!("<p class=\"note\">{}</p>", words::more(blocks.list.len().saturating_sub(MOST)));
    }
    html + "</div>"
}

/// How each figure of a table stands: named by a finding, or held against others.
fn of_figures(found: &Disclosure) -> SortedMap<Spot, &'static str> {
    let mut classes: SortedMap<Spot, &'static str> = SortedMap::new();
    for relation in &found.relations {
        for at in core::iter::once(relation.claim).chain(relation.parts.iter().copied()) {
            if let Some(figure) = found.figures.get(at) {
                classes.insert(plain(figure.spot), "agrees");
            }
        }
    }
    for (finding, figure) in found.findings.iter().filter_map(|one| Some((one, found.figures.get(one.at)?))) {
        let wrong = finding.relations.iter().filter_map(|at| found.relations.get(*at)).any(|one| one.verdict == Verdict::Wrong);
        classes.insert(plain(figure.spot), if wrong { "wrong" } else { "tail" });
    }
    classes
}

/// A spot as it is looked up: whichever table it belongs to.
fn plain(spot: Spot) -> Spot {
    match spot {
        Spot::Cell { block, row, column, .. } => Spot::Cell { table: 0, block, row, column },
        Spot::Line { block, at, .. } => Spot::Line { table: 0, block, at },
    }
}

fn class(standing: Standing) -> &'static str {
    match standing {
        Standing::Right => "agrees",
        Standing::Tail => "tail",
        Standing::Wrong => "wrong",
        Standing::Doubt => "doubt",
        Standing::Unbound => "open",
    }
}

/// A number of a paragraph: the bytes that it is, how it stands, and what is said of it.
#[derive(Clone)]
struct Mark {
    from: usize,
    to: usize,
    class: &'static str,
    said: String,
}

fn paragraph(at: usize, one: &Paragraph, marks: SortedMap<usize, Mark>) -> String {
    let mut html = String::new();
    let mut done = 0;
    for (_, mark) in marks.iter() {
        let (Some(before), Some(number)) = (one.text.get(done..mark.from), one.text.get(mark.from..mark.to)) else { continue };
        let title = if mark.said.is_empty() { String::new() } else { format!(" title=\"{}\"", escaped(&mark.said)) };
        let (class, place) = (mark.class, places::number(at, mark.from));
        html += &format!("{}<span class=\"{class}\" data-at=\"{place}\"{title}>{}</span>", escaped(before), escaped(number));
        done = mark.to;
    }
    html += &escaped(one.text.get(done..).unwrap_or_default());
    let heading = if one.heading.is_some() { " class=\"is-heading\"" } else { "" };
    format!("<p data-at=\"{at}\"{heading}>{html}</p>")
}

fn table(
    blocks: &Blocks,
    found: &Disclosure,
    at: usize,
    grid: &Grid,
    told: &[&Statement],
    figures: &SortedMap<Spot, &'static str>,
) -> String {
    // Sentences in cells: a cell stands as the worst of its numbers.
    let worst = |class: &str| ["open", "agrees", "tail", "doubt", "wrong"].iter().position(|known| *known == class);
    let mut cells: SortedMap<String, &'static str> = SortedMap::new();
    for each in told {
        let (place, class) = (places::statement(blocks, each), class(each.standing));
        if cells.get(&place).is_none_or(|known| worst(known) < worst(class)) {
            cells.insert(place, class);
        }
    }
    let class = |place: SourcePlace| match place {
        SourcePlace::Cell { block, row, column } => figures
            .get(&Spot::Cell { table: 0, block, row, column })
            .or_else(|| cells.get(&key(place)))
            .copied()
            .unwrap_or("none"),
        SourcePlace::Paragraph { .. } | SourcePlace::Caption { .. } => "none",
    };
    let cell = |place: SourcePlace, text: &str, down: u32, across: u32| {
        format!("<td class=\"{}\" data-at=\"{}\"{}>{}</td>", class(place), key(place), span(down, across), escaped(text))
    };
    let named = found.tables.iter().find(|table| table.blocks.first() == Some(&at)).map_or("", |table| table.name);
    let named = if named.is_empty() { String::new() } else { format!("<p class=\"whole-table\">{}</p>", escaped(named)) };
    format!("<div class=\"whole-grid\">{named}{}</div>", drawn(at, grid, &cell))
}
