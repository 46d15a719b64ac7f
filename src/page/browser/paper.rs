//! Printing. Before the browser lays out the print, a copy of the paper is cut into pages (see [`crate::page::pages`]): labels of groups that
//! go on stand again on the next page, every page ends with a line, and a table that fits on one page in slightly smaller letters gets them.
//! The copy is measured with the style of the print, which is in force for that moment, and taken away after the print. Without it, where a
//! browser tells nobody that it prints, the style alone cuts the table.

mod fit;
mod style;

use super::dom;
use super::events::Listening;
use crate::page::pages::{self, Label, Line};
use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, NodeList};

/// Room on A4 within the margins of styles/print.css, in pixels: 261 and 177 mm. What lines may be taller in print than on the screen, by
/// roundings, is taken off.
const UPRIGHT: i32 = 986 - SPARE;
const LYING: i32 = 668 - SPARE;
const SPARE: i32 = 16;

/// From the letters of the paper to smaller ones, by class; at most one tenth.
const FITS: [&str; 3] = ["fits-97", "fits-94", "fits-90"];

pub fn listen() -> Listening {
    let Some(window) = web_sys::window() else { return Listening::of(Vec::new()) };
    Listening::of(vec![
        EventListener::new(&window, "beforeprint", |_| {
            clear();
            lay();
        }),
        EventListener::new(&window, "afterprint", |_| clear()),
    ])
}

fn clear() {
    dom::root_class("in-pages", false);
    if let Some(copy) = dom::element("pages") {
        copy.remove();
    }
}

/// Puts the paper in pages before everything else.
fn lay() -> Option<()> {
    let document = dom::document()?;
    let paper = document.query_selector(".paper.is-form").ok()??;
    let lies = document.query_selector(".is-landscape").ok()?.is_some();
    let copy: Element = paper.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
    for left_out in elements(copy.query_selector_all(".field, .handle")) {
        left_out.remove();
    }
    for named in elements(copy.query_selector_all("[id]")) {
        let _ = named.remove_attribute("id");
    }
    let pages = document.create_element("div").ok()?;
    pages.set_id("pages");
    // A browser without named pages prints upright, whatever was asked for.
    let lies = lies && js_sys::Reflect::has(&document.body()?.style(), &"page".into()).unwrap_or(false);
    pages.set_class_name(if lies { "is-landscape" } else { "" });
    pages.append_child(&copy).ok()?;
    let body = document.body()?;
    body.insert_before(&pages, body.first_child().as_ref()).ok()?;
    let print = style::Print::begin(&document);
    let room = if lies { LYING } else { UPRIGHT };
    fit::widen(&copy, room);
    fit::letters(&copy, room);
    cut(&copy, room);
    drop(print);
    dom::root_class("in-pages", true);
    Some(())
}

fn cut(paper: &Element, room: i32) {
    if height(paper) <= room {
        return;
    }
    for class in FITS {
        let _ = paper.class_list().add_1(class);
        if height(paper) <= room {
            return;
        }
        let _ = paper.class_list().remove_1(class);
    }
    let top = extent(paper).0;
    let (mut lines, mut rows) = (Vec::new(), Vec::new());
    for table in elements(paper.query_selector_all(".form-table")) {
        let titles = table.query_selector("thead").ok().flatten();
        for (at, row) in elements(table.query_selector_all("tbody > tr")).into_iter().enumerate() {
            let (begin, end) = extent(&row);
            let again = titles.as_ref().filter(|_| at > 0).map_or(0, height);
            let begin = if at > 0 { begin } else { extent(&block(&table)).0 };
            let labels = elements(row.query_selector_all("[rowspan]")).into_iter().filter_map(|cell| {
                let lines = span(&cell, "rowspan");
                // A label of the form is its cell's own text, which has no height to be asked for.
                (lines > 1).then(|| Label { lines, needs: cell.first_element_child().map_or(0, |text| height(&text)) })
            });
            lines.push(Line { top: begin - top, bottom: end - top, again, labels: labels.collect() });
            rows.push(row);
        }
    }
    if let Some(first) = lines.first_mut() {
        first.top = 0;
    }
    // The foot stays with the last line, which is mostly a total, and that with the line before it.
    if lines.len() > 1 {
        lines.pop();
    }
    if let Some(last) = lines.last_mut() {
        last.bottom = height(paper);
    }
    // From the end, so that what is cut lies whole before it.
    for at in pages::breaks(&lines, room).into_iter().rev() {
        if let Some(row) = rows.get(at) {
            begin_page(row);
        }
    }
}

/// What goes to the next page with the first line of a table.
fn block(table: &Element) -> Element {
    let section =
        table.parent_element().filter(|_| table.previous_element_sibling().is_none_or(|before| before.tag_name() == "H2"));
    section.unwrap_or_else(|| table.clone())
}

/// Lets a page begin with a line: in a table of its own, with the same titles and the cells that reach into it from above.
fn begin_page(row: &Element) -> Option<()> {
    let table = row.closest("table").ok()??;
    let rows = elements(table.query_selector_all("tbody > tr"));
    let at = rows.iter().position(|other| other == row)?;
    if at == 0 {
        return block(&table).class_list().add_1("next-page").ok();
    }
    let mut reaching = columns(&rows, at);
    let own = reaching.pop()?;
    let next: Element = table.clone_node().ok()?.dyn_into().ok()?;
    let _ = next.class_list().add_1("next-page");
    for part in elements(table.query_selector_all("colgroup, thead")) {
        next.append_child(&part.clone_node_with_deep(true).ok()?).ok()?;
    }
    let body = row.parent_element()?.clone_node().ok()?;
    next.append_child(&body).ok()?;
    for (begin, cells) in reaching.iter().enumerate() {
        for (column, cell) in cells {
            let above = at - begin;
            let Some(below) = span(cell, "rowspan").checked_sub(above).filter(|below| *below > 0) else { continue };
            let again: Element = cell.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
            let _ = again.set_attribute("rowspan", &below.to_string());
            let _ = cell.set_attribute("rowspan", &above.to_string());
            let beside = own.iter().find(|(other, _)| other > column).map(|(_, cell)| cell);
            row.insert_before(&again, beside.map(AsRef::as_ref)).ok()?;
        }
    }
    for row in rows.get(at..)? {
        body.append_child(row).ok()?;
    }
    table.after_with_node_1(&next).ok()
}

/// The cells of the first lines of a table up to one, each with the column in which it begins.
fn columns(rows: &[Element], last: usize) -> Vec<Vec<(usize, Element)>> {
    // For each column, up to which line a cell from above covers it.
    let mut covered: Vec<usize> = Vec::new();
    let mut all = Vec::new();
    for (at, row) in rows.iter().enumerate().take(last.saturating_add(1)) {
        let mut column = 0;
        let mut cells = Vec::new();
        for cell in elements(row.query_selector_all("td, th")) {
            while covered.get(column).is_some_and(|end| *end > at) {
                column += 1;
            }
            let end = column + span(&cell, "colspan");
            if covered.len() < end {
                covered.resize(end, 0);
            }
            covered.get_mut(column..end).into_iter().for_each(|under| under.fill(at + span(&cell, "rowspan")));
            cells.push((column, cell));
            column = end;
        }
        all.push(cells);
    }
    all
}

fn span(cell: &Element, name: &str) -> usize {
    cell.get_attribute(name).and_then(|span| span.parse().ok()).unwrap_or(1)
}

/// Where an element begins and ends downwards, in pixels.
#[expect(clippy::cast_possible_truncation, reason = "a paper is some thousand pixels high")]
fn extent(element: &Element) -> (i32, i32) {
    let place = element.get_bounding_client_rect();
    let [top, bottom] = [place.top(), place.bottom()].map(|edge| edge.round() as i32);
    (top, bottom)
}

fn height(element: &Element) -> i32 {
    let (top, bottom) = extent(element);
    bottom - top
}

fn elements(list: Result<NodeList, wasm_bindgen::JsValue>) -> Vec<Element> {
    let list = list.ok();
    let count = list.as_ref().map_or(0, NodeList::length);
    (0..count).filter_map(|at| list.as_ref()?.get(at)?.dyn_into().ok()).collect()
}
