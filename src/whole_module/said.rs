//! What was found in a document, part by part; each line leads to its places.

use super::drawn::button;
use super::places;
use jixiao::block::Blocks;
use jixiao::disclosure::{Disclosure, Standing};
use jixiao::id::Severity;
use jixiao::paper::{Told, ToldAbout, told, whole};
use jixiao::wire::escaped;
use jixiao::wording::disclosure as words;

/// So many lines of a part are shown.
const MOST: usize = 300;

/// What the document is, how much of its text could be held against something, and the ways to hand that on.
pub fn head(blocks: &Blocks, found: &Disclosure, file: &str, date: &str) -> String {
    let counts = words::counted(told(blocks, found).iter().map(|told| told.part));
    let trouble = if found.severities().any(|severity| severity == Severity::Error) { " trouble" } else { "" };
    let said = words::headline_of(found, &counts);
    let coverage = if found.statements.is_empty() { String::new() } else { note(&words::coverage(found)) };
    let paper = serde_json::to_string(&whole(blocks, found, file, date)).unwrap_or_default();
    let ways = words::HAND_ON.map(|(way, name)| button("button", &format!("data-do=\"whole-{way}\""), name));
    format!(
        "<p class=\"whole-about{trouble}\">{}</p>{coverage}<div class=\"whole-ways\">{}</div><div class=\"whole-paper\" hidden>{}</div>{}",
        escaped(&said),
        ways.concat(),
        escaped(&paper),
        note(words::leads())
    )
}

/// All that was found: 问题, 存疑, 体例与缺项, 尾差, 勾稽关系, 未关联的数.
pub fn lists(blocks: &Blocks, found: &Disclosure) -> String {
    let mut html = String::from("<div class=\"whole-said\">");
    let all = told(blocks, found);
    for part in words::Part::ALL {
        let of_part = all.iter().filter(|told| told.part == part);
        let lines: Vec<String> =
            of_part.map(|told| line(told.title, told.code, &told.text, &told.place, &at(blocks, found, told))).collect();
        let title = words::part(words::named(part), lines.len());
        match part {
            words::Part::Wrong | words::Part::Doubt if lines.is_empty() => {
                html += &format!("<h3>{title}</h3>{}", note(words::none()))
            }
            words::Part::Wrong | words::Part::Doubt => html += &format!("<h3>{title}</h3>{}", list(&lines)),
            words::Part::Formal | words::Part::Tail if lines.is_empty() => {}
            words::Part::Formal => html += &format!("<h3>{title}</h3>{}", list(&lines)),
            words::Part::Tail => html += &folded(&title, &list(&lines)),
        }
    }
    if !found.relations.is_empty() {
        html += &relations(blocks, found);
    }
    let unbound = unbound(blocks, found);
    if !unbound.is_empty() {
        html += &folded(&words::part(words::UNBOUND, unbound.len()), &(note(words::unbound_lead()) + &list(&unbound)));
    }
    html + "</div>"
}

/// The places that a line leads to.
fn at(blocks: &Blocks, found: &Disclosure, told: &Told<'_>) -> String {
    match told.about {
        ToldAbout::Tables(finding) => places::finding(found, finding),
        ToldAbout::Text(statement) => places::against(blocks, found, statement),
        ToldAbout::Block(block) => block.to_string(),
    }
}

fn note(text: &str) -> String {
    format!("<p class=\"note\">{}</p>", escaped(text))
}

fn folded(title: &str, html: &str) -> String {
    format!("<details><summary>{title}</summary>{html}</details>")
}

fn list(lines: &[String]) -> String {
    let shown: String = lines.iter().take(MOST).map(|line| format!("<li class=\"finding\">{line}</li>")).collect();
    let left = lines.len().saturating_sub(MOST);
    let more = if left > 0 { note(&words::more(left)) } else { String::new() };
    format!("<ul class=\"list\">{shown}</ul>{more}")
}

/// A line that leads to its places: what kind, the sentence, and where it stands.
fn line(title: &str, code: &str, sentence: &str, place: &str, at: &str) -> String {
    let label = format!(
        "<span class=\"finding-title\">{title}<span class=\"code\">{code}</span></span><span>{}</span><span class=\"in-source\">{}</span>",
        escaped(sentence),
        escaped(place)
    );
    button("finding-text", &format!("data-do=\"mark\" data-at=\"{at}\""), &label)
}

/// 勾稽关系, those that do not hold first.
fn relations(blocks: &Blocks, found: &Disclosure) -> String {
    let mut lines = Vec::new();
    for verdict in words::VERDICTS {
        for relation in found.relations.iter().filter(|relation| relation.verdict == verdict) {
            let title = format!("{}　{}", words::verdict(verdict), escaped(relation.name));
            let sides = words::sides(blocks, found, relation);
            lines.push(line(&title, relation.kind.id(), &sides, "", &places::relation(found, relation)));
        }
    }
    folded(&words::part(words::RELATIONS, lines.len()), &(note(&words::verdicts(found)) + &list(&lines)))
}

fn unbound(blocks: &Blocks, found: &Disclosure) -> Vec<String> {
    let open = found.statements.iter().filter(|one| one.standing == Standing::Unbound);
    open.map(|one| {
        let place = words::paragraph(blocks, one.block);
        line(words::statement_kind(one.kind), "", &one.quote, &place, &places::statement(blocks, one))
    })
    .collect()
}
