//! Every table of the golden cases, and every form filled, as other writers draw them.

use super::grids::notation;
use super::paper::{Drawn, Paper, Verdict, judge};
use super::round_trip::filled;
use super::support::{cases, library};
use super::writers::{Cuts, Foot, Spans, Titles, Writer};
use jixiao::document::Document;
use jixiao::recognise::Recogniser;
use jixiao::template::{Labels, Library, Template};
use proptest::prelude::*;

struct Table {
    name: String,
    template: Template,
    document: Document,
}

fn tables(library: &Library) -> Vec<Table> {
    let known = |document: &Document| library.form(&document.form).is_some();
    let published = cases(library).into_iter().filter(|case| known(&case.document));
    let mut tables: Vec<Table> =
        published.map(|case| Table { name: case.name, template: case.template, document: case.document }).collect();
    for form in &library.forms {
        let document = filled(form);
        let template = library.template(&form.id, &document.profile).unwrap();
        tables.push(Table { name: format!("form {}", form.id), template, document });
    }
    tables
}

fn verdict(library: &Library, recogniser: &Recogniser<'_>, labels: &Labels, table: &Table, writer: &Writer) -> (Verdict, Drawn) {
    let mut paper = Paper::of(&table.template, &table.document);
    writer.write(&mut paper, labels);
    let drawn = paper.drawn();
    let recognised = recogniser.recognise(&drawn.blocks);
    super::accounts::accounted(&table.name, &drawn.blocks, &recognised);
    (judge(library, &table.template.form, &table.document, &drawn, &recognised), drawn)
}

/// Each way of writing alone.
fn ways() -> Vec<(&'static str, Writer)> {
    let plain = Writer::default;
    vec![
        ("as the form", plain()),
        ("synonyms", Writer { synonyms: 1, ..plain() }),
        ("other synonyms", Writer { synonyms: 2, ..plain() }),
        ("third synonyms", Writer { synonyms: 3, ..plain() }),
        ("another order", Writer { order: 1, ..plain() }),
        ("third order", Writer { order: 5, ..plain() }),
        ("without a column", Writer { without: 1, ..plain() }),
        ("without another", Writer { without: 2, ..plain() }),
        ("without a third", Writer { without: 3, ..plain() }),
        ("blank for merged", Writer { spans: Spans::Blank, ..plain() }),
        ("repeated for merged", Writer { spans: Spans::Repeated, ..plain() }),
        ("levels in every row", Writer { spans: Spans::Down, ..plain() }),
        ("grouped titles", Writer { titles: Titles::Grouped, ..plain() }),
        ("counted titles", Writer { titles: Titles::Counted, ..plain() }),
        ("titles again", Writer { titles: Titles::Again, ..plain() }),
        ("foot in one line", Writer { foot: Foot::One, ..plain() }),
        ("foot in a row", Writer { foot: Foot::Row, ..plain() }),
        ("foot in pairs", Writer { foot: Foot::Pairs, ..plain() }),
        ("in parts", Writer { cuts: Cuts::Parts, ..plain() }),
        ("on sheets", Writer { cuts: Cuts::Sheets, ..plain() }),
        ("on pages", Writer { cuts: Cuts::Pages, ..plain() }),
        ("half width", Writer { half: true, ..plain() }),
        ("spaced", Writer { spaced: true, ..plain() }),
        ("broken", Writer { broken: true, ..plain() }),
        ("numbered", Writer { numbered: true, ..plain() }),
        ("blank rows", Writer { blanks: true, ..plain() }),
        ("notes", Writer { notes: true, ..plain() }),
        ("pairs in one cell", Writer { pairs: true, ..plain() }),
        ("units", Writer { units: true, ..plain() }),
    ]
}

/// How many cells came in right, were listed, or were wrong.
#[derive(Default)]
struct Shares {
    right: usize,
    listed: usize,
    wrong: usize,
}

#[test]
fn each_way_of_writing_comes_in_right() {
    let library = library();
    let (recogniser, labels) = (Recogniser::new(&library), Labels::builtin());
    let tables = tables(&library);
    let mut lines = Vec::new();
    println!("way: right, listed, wrong");
    for (number, (way, writer)) in ways().into_iter().enumerate() {
        let mut shares = Shares::default();
        // Every form, and with each way other ones of the published tables.
        let own = (0..).zip(&tables).filter(|(at, table)| table.name.starts_with("form ") || (at + number) % 5 == 0);
        for (_, table) in own {
            let (verdict, drawn) = verdict(&library, &recogniser, &labels, table, &writer);
            shares.right += verdict.right;
            shares.listed += verdict.listed.len();
            shares.wrong += verdict.wrong.len();
            let wrong = verdict.wrong.iter().map(|line| format!("{way}, {}: {line}", table.name));
            lines.extend(wrong);
            if std::env::var("WRITER").is_ok_and(|only| only == way) && (!verdict.wrong.is_empty() || !verdict.listed.is_empty())
            {
                println!("{}: listed {:?}\n{}", table.name, verdict.listed, notation(&drawn.blocks));
            }
        }
        println!("{way}: {}, {}, {}", shares.right, shares.listed, shares.wrong);
        let all = shares.right + shares.listed + shares.wrong;
        if shares.right * 1000 < all * 995 {
            lines.push(format!("{way}: only {} of {all} are right", shares.right));
        }
    }
    assert!(lines.is_empty(), "{} lines\n{}", lines.len(), lines.join("\n"));
}

fn writer() -> impl Strategy<Value = Writer> {
    let spans = prop_oneof![Just(Spans::Kept), Just(Spans::Blank), Just(Spans::Repeated), Just(Spans::Down)];
    let titles = prop_oneof![Just(Titles::Kept), Just(Titles::Grouped), Just(Titles::Again), Just(Titles::Counted)];
    let foot = prop_oneof![Just(Foot::Lines), Just(Foot::One), Just(Foot::Row), Just(Foot::Pairs)];
    let cuts = prop_oneof![Just(Cuts::None), Just(Cuts::Parts), Just(Cuts::Sheets), Just(Cuts::Pages)];
    let flags = prop::array::uniform8(any::<bool>());
    (0..40_u64, 0..40_u64, 0..4_usize, (spans, titles, foot, cuts), flags).prop_map(|(synonyms, order, without, shape, flags)| {
        let (spans, titles, foot, cuts) = shape;
        let [half, spaced, broken, numbered, blanks, notes, pairs, units] = flags;
        Writer {
            synonyms,
            order,
            without,
            spans,
            titles,
            foot,
            cuts,
            half,
            spaced,
            broken,
            numbered,
            blanks,
            notes,
            pairs,
            units,
        }
    })
}

/// Several ways at once: nothing is wrong, and what is listed stays little.
#[test]
fn several_ways_of_writing_come_in_right() {
    let library = library();
    let (recogniser, labels) = (Recogniser::new(&library), Labels::builtin());
    let tables = tables(&library);
    let shares = std::cell::RefCell::new(Shares::default());
    super::mutations::holds(&(0..tables.len(), writer()), |(which, writer)| {
        let (verdict, drawn) = verdict(&library, &recogniser, &labels, &tables[which], &writer);
        let mut shares = shares.borrow_mut();
        shares.right += verdict.right;
        shares.listed += verdict.listed.len();
        let name = &tables[which].name;
        prop_assert!(
            verdict.wrong.is_empty(),
            "{name}, {writer:?}\n{}\nlisted {:?}\n{}",
            verdict.wrong.join("\n"),
            verdict.listed,
            notation(&drawn.blocks)
        );
        if std::env::var("LISTED").is_ok() && !verdict.listed.is_empty() {
            println!("{name}, {writer:?}\nlisted {:?}\n{}", verdict.listed, notation(&drawn.blocks));
        }
        Ok(())
    });
    let Shares { right, listed, .. } = shares.into_inner();
    println!("{right} right, {listed} listed");
    // Some ways together leave too little to go by.
    assert!(right * 100 >= (right + listed) * 99, "{right} right, {listed} listed");
}
