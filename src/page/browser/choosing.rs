//! Choosing a block of cells on the paper with the mouse or with Shift and arrows, and copying it as it is seen: computed values too, each
//! once, and no words of the page. Text that is selected within one field stays the browser's matter.

use super::events::Listening;
use super::{clipboard, dom};
use gloo::events::{EventListener, EventListenerOptions};
use jixiao::order::InOrder;
use jixiao::wire::escaped;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, HtmlTextAreaElement, KeyboardEvent, MouseEvent};

/// Marks a chosen cell for the style sheet.
const CHOSEN: &str = "data-chosen";
const CELLS: &str = ".form-table td, .form-table th";

#[derive(Default)]
struct Choice {
    /// The cell in which the button went down, or which has the focus.
    from: Option<Element>,
    /// Up to where it is chosen.
    to: Option<Element>,
    cells: Vec<Element>,
}

thread_local! {
    static CHOICE: RefCell<Choice> = RefCell::default();
}

/// Edges of a cell in the window, in whole pixels.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Edges {
    left: i32,
    top: i32,
    right: i32,
    bottom: i32,
}

impl Edges {
    #[expect(clippy::cast_possible_truncation, reason = "pixels of a window")]
    fn of(element: &Element) -> Edges {
        let place = element.get_bounding_client_rect();
        let [left, top, right, bottom] =
            [place.left(), place.top(), place.right(), place.bottom()].map(|edge| edge.round() as i32);
        Edges { left, top, right, bottom }
    }

    fn with(self, other: Edges) -> Edges {
        Edges {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// Whether they share more than an edge: lines are a pixel wide.
    fn meets(self, other: Edges) -> bool {
        let apart = |from: i32, to: i32| to - from <= 2;
        !apart(self.left.max(other.left), self.right.min(other.right))
            && !apart(self.top.max(other.top), self.bottom.min(other.bottom))
    }
}

/// Listens to the mouse and to copying.
pub fn listen() -> Listening {
    let Some(document) = dom::document() else { return Listening::of(Vec::new()) };
    let options = EventListenerOptions { passive: false, ..EventListenerOptions::default() };
    let forget = |event: &Event| {
        if CHOICE.with_borrow(|choice| choice.from.as_ref() != cell_around(event).as_ref()) {
            clear();
        }
    };
    Listening::of(vec![
        EventListener::new_with_options(&document, "mousedown", options, press),
        EventListener::new(&document, "mouseover", drag),
        EventListener::new_with_options(&document, "keydown", options, |event| {
            if event.dyn_ref::<KeyboardEvent>().and_then(stretch).is_some() {
                event.prevent_default();
            }
        }),
        EventListener::new(&document, "input", |_| clear()),
        EventListener::new(&document, "focusin", forget),
        EventListener::new_with_options(&document, "copy", options, |event| {
            if copy(event).is_some() {
                event.prevent_default();
            }
        }),
    ])
}

fn cell_around(event: &Event) -> Option<Element> {
    dom::target(event)?.closest(CELLS).ok().flatten()
}

fn press(event: &Event) {
    let Some(mouse) = event.dyn_ref::<MouseEvent>().filter(|mouse| mouse.button() == 0) else { return };
    let cell = cell_around(event);
    let from = CHOICE.with_borrow(|choice| choice.from.clone());
    match (mouse.shift_key(), from, cell) {
        // The field keeps the focus, and the text in it stays as it was selected.
        (true, Some(from), Some(to)) if from != to => {
            event.prevent_default();
            choose(&from, &to);
        }
        (_, _, cell) => {
            clear();
            CHOICE.with_borrow_mut(|choice| choice.from = cell);
        }
    }
}

fn drag(event: &Event) {
    if event.dyn_ref::<MouseEvent>().is_none_or(|mouse| mouse.buttons() & 1 == 0) {
        return;
    }
    let (from, any) = CHOICE.with_borrow(|choice| (choice.from.clone(), !choice.cells.is_empty()));
    if let (Some(from), Some(to)) = (from, cell_around(event))
        && (from != to || any)
    {
        choose(&from, &to);
    }
}

/// Shift and an arrow choose one cell more in its direction, or one less; in a text only where they have nothing more of it to select.
/// Another arrow ends the choice.
fn stretch(key: &KeyboardEvent) -> Option<()> {
    let name = key.key();
    let (right, down) = match name.as_str() {
        "ArrowRight" => (1, 0),
        "ArrowLeft" => (-1, 0),
        "ArrowDown" => (0, 1),
        "ArrowUp" => (0, -1),
        _ => return None,
    };
    if !key.shift_key() || key.ctrl_key() || key.alt_key() || key.meta_key() || key.is_composing() {
        unmark();
        return None;
    }
    let field = dom::document()?.active_element()?;
    let own = dom::mark(&field).and_then(|_| field.closest(CELLS).ok().flatten())?;
    let (begun, to) =
        CHOICE.with_borrow(|choice| (choice.cells.len() > 1 && choice.from.as_ref() == Some(&own), choice.to.clone()));
    if !begun && !selects_up_to(&field, right < 0 || down < 0) {
        return None;
    }
    let to = to.filter(|_| begun).unwrap_or_else(|| own.clone());
    let here = Edges::of(&to);
    // The nearest of those beside it; of several, the first.
    let beside = cells_of(&to)?.into_iter().filter_map(|(cell, edges)| {
        let along = |from: i32, to: i32| to - from > 2;
        let (away, shares, place) = match (right, down) {
            (1, _) => (edges.left - here.right, along(edges.top.max(here.top), edges.bottom.min(here.bottom)), edges.top),
            (-1, _) => (here.left - edges.right, along(edges.top.max(here.top), edges.bottom.min(here.bottom)), edges.top),
            (_, 1) => (edges.top - here.bottom, along(edges.left.max(here.left), edges.right.min(here.right)), edges.left),
            _ => (here.top - edges.bottom, along(edges.left.max(here.left), edges.right.min(here.right)), edges.left),
        };
        (shares && away >= -2).then_some(((away, place), cell))
    });
    if let Some((_, next)) = beside.min_by_key(|(order, _)| *order) {
        CHOICE.with_borrow_mut(|choice| choice.from = Some(own.clone()));
        choose(&own, &next);
        dom::bring_into_view(&next);
    }
    Some(())
}

/// Whether the text of a field is selected up to its beginning, or its end, or nothing stands there.
fn selects_up_to(field: &Element, beginning: bool) -> bool {
    let (start, end) = match (field.dyn_ref::<HtmlInputElement>(), field.dyn_ref::<HtmlTextAreaElement>()) {
        (Some(input), _) => (input.selection_start(), input.selection_end()),
        (None, Some(area)) => (area.selection_start(), area.selection_end()),
        (None, None) => return false,
    };
    let length = u32::try_from(dom::value(field).encode_utf16().count()).unwrap_or(u32::MAX);
    if beginning { start == Ok(Some(0)) } else { matches!(end, Ok(Some(end)) if end >= length) }
}

/// Every cell of the paper around one, with its edges.
fn cells_of(cell: &Element) -> Option<Vec<(Element, Edges)>> {
    let list = cell.closest(".paper").ok()??.query_selector_all(CELLS).ok()?;
    let cells = (0..list.length()).filter_map(|at| list.get(at)?.dyn_into::<Element>().ok());
    let with_edges = cells.map(|cell| {
        let edges = Edges::of(&cell);
        (cell, edges)
    });
    Some(with_edges.collect())
}

/// Chooses all cells of the rectangle that two cells span; a merged cell that reaches out of it makes it larger.
fn choose(from: &Element, to: &Element) {
    let Some(all) = cells_of(from) else { return };
    let mut block = Edges::of(from).with(Edges::of(to));
    loop {
        let larger = all.iter().filter(|(_, edges)| edges.meets(block)).fold(block, |block, (_, edges)| block.with(*edges));
        if larger == block {
            break;
        }
        block = larger;
    }
    unmark();
    let cells: Vec<Element> = all.into_iter().filter(|(_, edges)| edges.meets(block)).map(|(cell, _)| cell).collect();
    for cell in &cells {
        let _ = cell.set_attribute(CHOSEN, "");
    }
    CHOICE.with_borrow_mut(|choice| {
        choice.cells = cells;
        choice.to = Some(to.clone());
    });
}

fn unmark() {
    CHOICE.with_borrow_mut(|choice| {
        for cell in choice.cells.drain(..) {
            let _ = cell.remove_attribute(CHOSEN);
        }
    });
}

fn clear() {
    unmark();
    CHOICE.with_borrow_mut(|choice| choice.from = None);
}

/// Copies the chosen cells, or the cell with the focus where no text in it is selected; `None` leaves it to the browser.
fn copy(event: &Event) -> Option<()> {
    let field = dom::document()?.active_element().filter(|active| active.tag_name() != "BODY");
    if field.as_ref().is_some_and(|field| is_text(field) && dom::mark(field).is_none()) {
        return None;
    }
    let cells = CHOICE.with_borrow(|choice| choice.cells.clone());
    let (html, plain) = if cells.len() > 1 {
        block(&cells)
    } else {
        let field = field.filter(selects_nothing)?;
        let text = seen(&field.closest(CELLS).ok().flatten()?);
        (String::new(), text)
    };
    let data = clipboard::data(event)?;
    if !html.is_empty() {
        data.set_data("text/html", &html).ok()?;
    }
    data.set_data("text/plain", &plain).ok()
}

fn is_text(element: &Element) -> bool {
    matches!(element.tag_name().as_str(), "TEXTAREA" | "INPUT")
}

fn selects_nothing(field: &Element) -> bool {
    let ends = match (field.dyn_ref::<HtmlInputElement>(), field.dyn_ref::<HtmlTextAreaElement>()) {
        (Some(input), _) => (input.selection_start(), input.selection_end()),
        (None, Some(area)) => (area.selection_start(), area.selection_end()),
        (None, None) => return false,
    };
    matches!(ends, (Ok(Some(start)), Ok(Some(end))) if start == end)
}

/// What a person sees in a cell.
fn seen(cell: &Element) -> String {
    if cell.query_selector(".on-paper").ok().flatten().is_some() {
        return String::new();
    }
    let inner = cell.query_selector(".mirror").ok().flatten();
    let text = match inner {
        Some(mirror) => mirror.text_content(),
        None => cell.first_child().and_then(|first| first.text_content()),
    };
    text.unwrap_or_default().trim().to_owned()
}

/// The cells as a table in HTML and as lines with tabs. Rows and columns are the edges at which cells begin.
fn block(cells: &[Element]) -> (String, String) {
    let cells: Vec<(Edges, String)> = cells.iter().map(|cell| (Edges::of(cell), seen(cell))).collect();
    let sorted = |mut edges: Vec<i32>| {
        edges.order();
        edges.dedup_by(|next, before| *next - *before <= 2);
        edges
    };
    let rows = sorted(cells.iter().map(|(edges, _)| edges.top).collect());
    let columns = sorted(cells.iter().map(|(edges, _)| edges.left).collect());
    let near = |edge: i32, other: i32| (edge - other).abs() <= 2;
    let covered =
        |all: &[i32], from: i32, to: i32| all.iter().filter(|edge| **edge >= from - 2 && **edge < to - 2).count().max(1);
    let (mut html, mut plain) = ("<table>".to_owned(), String::new());
    for row in &rows {
        html.push_str("<tr>");
        let mut line: Vec<String> = vec![String::new(); columns.len()];
        for (edges, text) in cells.iter().filter(|(edges, _)| near(edges.top, *row)) {
            let (down, across) = (covered(&rows, edges.top, edges.bottom), covered(&columns, edges.left, edges.right));
            html.push_str(&format!("<td rowspan=\"{down}\" colspan=\"{across}\">{}</td>", escaped(text).replace('\n', "<br>")));
            if let Some(slot) = columns.iter().position(|edge| near(*edge, edges.left)).and_then(|at| line.get_mut(at)) {
                let quoted = text.contains(['\n', '\t', '"']);
                *slot = if quoted { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.clone() };
            }
        }
        html.push_str("</tr>");
        plain.push_str(&line.join("\t"));
        plain.push_str("\r\n");
    }
    html.push_str("</table>");
    (html, plain)
}
