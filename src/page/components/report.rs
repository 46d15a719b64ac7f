use super::report_editor::editor;
use super::send;
use super::text_field::TextField;
use crate::page::browser::dom;
use crate::page::command;
use crate::page::field::FieldName;
use crate::page::store::{Action, Dispatch, Entry};
use crate::page::text::{self, Text, t};
use jixiao::document::{CellId, Edit};
use jixiao::report::{self, Report, Section, Span, SpanKind};
use jixiao::wording;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub entry: Rc<Entry>,
    /// The section that is being written.
    pub writing: Option<CellId>,
    pub dispatch: Dispatch,
}

/// The report as it is printed. A section is read until someone writes it.
#[component]
pub fn ReportPaper(props: &Props) -> Html {
    let Props { entry, writing, dispatch } = props;
    let Some(report) = report::draft(&entry.template, entry.document(), &entry.evaluation) else { return html! {} };
    let sections = report.sections.iter().enumerate().map(|(at, section)| {
        let key = section.cell.map_or_else(|| format!("heading-{at}"), |cell| CellId::Fixed(cell).name(&entry.template.form));
        html! { <div key={key}>{ draw(entry, section, *writing, dispatch) }</div> }
    });
    html! {
        <>
            <article class="paper report" aria-label={t(Text::Report)}>
                { tools(entry, &report, dispatch) }
                <header class="report-title">{ draw(entry, &report.title, *writing, dispatch) }</header>
                { for sections }
            </article>
            { for pasted(entry) }
        </>
    }
}

/// The outline, and the copy of everything.
fn tools(entry: &Rc<Entry>, report: &Report, dispatch: &Dispatch) -> Html {
    let form = &entry.template.form;
    let cell = form.cell_index("report.outline").map(CellId::Fixed);
    let chosen = cell.map_or("", |cell| entry.document().typed(cell).text());
    let onchange = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: Event| {
            if let (Some(cell), Some(field)) = (cell, dom::target(&event)) {
                dispatch.dispatch(Action::SetAlone(Edit::Set { cell, text: dom::value(&field) }));
            }
        })
    };
    let usual = form.outlines.iter().find(|outline| chosen.is_empty() && outline.id == report.outline);
    let automatic = usual.map_or_else(|| t(Text::UsualOutline).to_owned(), |outline| outline.name.clone());
    let options = form.outlines.iter().filter(|outline| usual.is_none_or(|usual| usual.id != outline.id)).map(|outline| {
        html! { <option value={outline.id.clone()} selected={outline.id == chosen}>{ format!("{}：{}", outline.name, outline.about) }</option> }
    });
    let copy = {
        let (report, dispatch) = (report.clone(), dispatch.clone());
        Callback::from(move |_: MouseEvent| command::copy_report(&report, &dispatch))
    };
    html! {
        <div class="report-tools">
            <div class="report-bar">
                <label class="outline-choice">
                    <span>{ t(Text::Outline) }</span>
                    <select class="select" id="outline" key={report.outline.clone()} {onchange}>
                        <option value="" selected={chosen.is_empty()}>{ automatic }</option>
                        { for options }
                    </select>
                </label>
                <button type="button" class="button" id="copy-report" onclick={copy}>{ t(Text::CopyReport) }</button>
            </div>
            <p class="note">{ t(Text::ReportLead) }</p>
        </div>
    }
}

fn draw(entry: &Rc<Entry>, section: &Section, writing: Option<CellId>, dispatch: &Dispatch) -> Html {
    let heading = match section.level {
        0 => html! {},
        1 => html! { <h2>{ &section.heading }</h2> },
        2 => html! { <h3>{ &section.heading }</h3> },
        _ => html! { <h4>{ &section.heading }</h4> },
    };
    let Some(cell) = section.cell.map(CellId::Fixed) else { return heading };
    let open = writing == Some(cell);
    html! {
        <section class={classes!("report-section", open.then_some("is-open"))}>
            { heading }
            <div class="report-text">{ body(entry, section, dispatch) }</div>
            if open {
                { editor(entry, section, cell, dispatch) }
            } else {
                { beside(entry, section, cell, dispatch) }
            }
        </section>
    }
}

/// The text in paragraphs, or what to write where there is none.
fn body(entry: &Entry, section: &Section, dispatch: &Dispatch) -> Html {
    if section.text.is_empty() {
        return html! { <p class="hint">{ &section.hint }</p> };
    }
    let lines = paragraphs(&section.text);
    let title = section.level == 0;
    let lines = lines.iter().map(|line| {
        let spans = line.iter().map(|(text, span)| draw_span(entry, text, span, dispatch));
        if title {
            html! { <h1>{ for spans }</h1> }
        } else {
            html! { <p>{ for spans }</p> }
        }
    });
    html! { <>{ for lines }</> }
}

/// Spans by paragraph: a span may hold several lines.
fn paragraphs(spans: &[Span]) -> Vec<Vec<(&str, &Span)>> {
    let mut lines: Vec<Vec<(&str, &Span)>> = vec![Vec::new()];
    for span in spans {
        for (at, text) in span.text.split('\n').enumerate() {
            if at > 0 {
                lines.push(Vec::new());
            }
            if let Some(line) = lines.last_mut().filter(|_| !text.is_empty()) {
                line.push((text, span));
            }
        }
    }
    lines.retain(|line| line.iter().any(|(text, _)| !text.trim().is_empty()));
    lines
}

fn draw_span(entry: &Entry, text: &str, span: &Span, dispatch: &Dispatch) -> Html {
    let text = text.to_owned();
    let class = match span.kind {
        SpanKind::Words => return html! { { text } },
        SpanKind::Field => "bound",
        SpanKind::Missing | SpanKind::Unknown => "bound open",
        SpanKind::Blank => return html! { <span class="blank-to-fill">{ text }</span> },
    };
    let Some(cell) = span.cell else { return html! { <span class={class}>{ text }</span> } };
    let place = wording::place(cell, &entry.template.form, entry.document());
    let onkeydown = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" {
                dispatch.dispatch(Action::Go(cell));
            }
        })
    };
    // Not a button: that would not break over lines.
    html! { <span class={class} role="link" tabindex="0" title={place} onclick={send(dispatch, Action::Go(cell))} {onkeydown}>{ text }</span> }
}

/// What stands beside a section that is only read.
fn beside(entry: &Entry, section: &Section, cell: CellId, dispatch: &Dispatch) -> Html {
    let over = section.limit.is_some_and(|limit| section.length > usize::from(limit));
    html! {
        <div class="section-tools">
            if section.level > 0 && !section.text.is_empty() {
                <span class="note">{ t(if section.typed { Text::Written } else { Text::Drafted }) }</span>
            }
            if section.limit.is_some() {
                <span class={classes!("note", over.then_some("over"))}>{ text::length(section.length, section.limit) }</span>
            }
            <button type="button" class="button small" id={command::write_button(cell, &entry.template.form)} aria-label={text::rewrite(&section.heading)}
                onclick={send(dispatch, Action::Write(Some(cell)))}>{ t(Text::Rewrite) }</button>
        </div>
    }
}

/// A report from elsewhere, to be checked against the table.
fn pasted(entry: &Entry) -> Option<Html> {
    let form = &entry.template.form;
    let cell = CellId::Fixed(form.cell_index("report.pasted")?);
    let typed = entry.document().typed(cell).text().to_owned();
    Some(html! {
        <section class="pasted">
            <h2>{ t(Text::PastedTitle) }</h2>
            <p class="note">{ t(Text::PastedLead) }</p>
            <div class="stack boxed">
                <span class="mirror" aria-hidden="true">{ &typed }{ "\u{200b}" }</span>
                <TextField mark={FieldName::Cell(cell).mark(form)} label={t(Text::PastedTitle)} {typed} lines=true free=true />
            </div>
        </section>
    })
}
