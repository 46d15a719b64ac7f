//! Word refuses a whole file for one child in the wrong place. What we write of WordprocessingML, in the order in which ECMA-376, part 1, 17
//! has the children of each element; whatever is not in the list is not written.

use quick_xml::Reader;
use quick_xml::events::Event;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Each element with its children, in their order; `*` after those that may stand several times, `|` between those whose order is free.
const CHILDREN: &[(&str, &[&str])] = &[
    ("w:document", &["w:body"]),
    ("w:body", &["w:p|w:tbl*", "w:sectPr"]),
    ("w:ftr", &["w:p*"]),
    ("w:p", &["w:pPr", "w:r|w:fldSimple*"]),
    ("w:fldSimple", &["w:r*"]),
    ("w:r", &["w:rPr", "w:t|w:br*"]),
    ("w:t", &[]),
    ("w:pPr", &["w:pStyle", "w:keepNext", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:sectPr"]),
    ("w:rPr", &["w:rFonts", "w:b", "w:spacing", "w:sz", "w:szCs", "w:lang"]),
    ("w:sectPr", &["w:footerReference*", "w:type", "w:pgSz", "w:pgMar", "w:docGrid"]),
    ("w:tbl", &["w:tblPr", "w:tblGrid", "w:tr*"]),
    ("w:tblPr", &["w:tblStyle", "w:tblW", "w:jc", "w:tblBorders", "w:tblLayout", "w:tblCellMar"]),
    ("w:tblGrid", &["w:gridCol*"]),
    ("w:tr", &["w:trPr", "w:tc*"]),
    ("w:trPr", &["w:cantSplit|w:tblHeader*"]),
    ("w:tc", &["w:tcPr", "w:p*"]),
    ("w:tcPr", &["w:tcW", "w:gridSpan", "w:vMerge", "w:tcBorders", "w:vAlign"]),
    ("w:tcBorders", &["w:top", "w:bottom"]),
    ("w:tblBorders", &["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"]),
    ("w:tblCellMar", &["w:top", "w:left", "w:bottom", "w:right"]),
    ("w:styles", &["w:docDefaults", "w:style*"]),
    ("w:docDefaults", &["w:rPrDefault", "w:pPrDefault"]),
    ("w:rPrDefault", &["w:rPr"]),
    ("w:style", &["w:name", "w:basedOn", "w:qFormat", "w:pPr", "w:rPr", "w:tblPr"]),
    ("w:settings", &["w:evenAndOddHeaders", "w:characterSpacingControl", "w:compat"]),
    ("w:compat", &["w:compatSetting*"]),
];

/// What is wrong with the order of elements in the parts of a package.
pub fn problems(package: &[u8]) -> Vec<String> {
    let mut archive = ZipArchive::new(Cursor::new(package)).unwrap();
    let mut problems = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        problems.extend(of_part(&text).into_iter().map(|problem| format!("{:?}: {problem}", part.name())));
    }
    problems
}

fn of_part(text: &str) -> Vec<String> {
    let mut reader = Reader::from_str(text);
    // Open elements, each with the position of its last child in the list, and how many of it there were.
    let mut open: Vec<(String, usize, usize)> = Vec::new();
    let mut problems = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                let name = start.name().as_ref().to_owned();
                problems.extend(child(&mut open, &name));
                open.push((name, 0, 0));
            }
            Event::Empty(empty) => {
                let name = empty.name().as_ref().to_owned();
                problems.extend(child(&mut open, &name));
                problems.extend(ends(&name, None));
            }
            Event::End(_) => {
                let (name, last, _) = open.pop().unwrap();
                problems.extend(ends(&name, Some(last)));
            }
            Event::Eof => return problems,
            _ => {}
        }
    }
}

fn children(name: &str) -> Option<&'static [&'static str]> {
    CHILDREN.iter().find(|(known, _)| *known == name).map(|(_, children)| *children)
}

fn child(open: &mut [(String, usize, usize)], name: &str) -> Option<String> {
    let (parent, last, count) = open.last_mut()?;
    // Parts of the package itself, and properties, have schemas of their own.
    if !parent.starts_with("w:") {
        return None;
    }
    let Some(children) = children(parent) else { return Some(format!("{parent} has no children here, and yet {name}")) };
    let fits = |entry: &&str| entry.trim_end_matches('*').split('|').any(|known| known == name);
    let Some(at) = children.iter().position(fits) else { return Some(format!("{name} in {parent}")) };
    let position = at + 1;
    let again = position == *last && !children[at].ends_with('*');
    let problem = (position < *last || again).then(|| format!("{name} too late in {parent}"));
    *count = if position == *last { *count + 1 } else { 1 };
    *last = position;
    problem
}

/// A cell needs a paragraph, a line a cell, a body its page.
fn ends(name: &str, last: Option<usize>) -> Option<String> {
    let needs = ["w:tc", "w:tr", "w:tbl", "w:body"].contains(&name);
    let all = children(name).map_or(0, <[_]>::len);
    (needs && last != Some(all)).then(|| format!("{name} ends too early"))
}

#[test]
fn a_child_in_the_wrong_place_is_noticed() {
    let part = |body: &str| of_part(&format!("<w:document><w:body>{body}<w:sectPr/></w:body></w:document>"));
    assert_eq!(part("<w:p><w:pPr><w:pStyle/><w:jc/></w:pPr><w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r></w:p>"), [""; 0]);
    for (body, problem) in [
        ("<w:p><w:pPr><w:jc/><w:pStyle/></w:pPr></w:p>", "w:pStyle too late in w:pPr"),
        ("<w:p><w:pPr><w:jc/><w:jc/></w:pPr></w:p>", "w:jc too late in w:pPr"),
        ("<w:p><w:foo/></w:p>", "w:foo in w:p"),
        ("<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:tcPr/></w:tc></w:tr></w:tbl>", "w:tc ends too early"),
        ("<w:tbl><w:tblPr/><w:tblGrid/></w:tbl>", "w:tbl ends too early"),
    ] {
        assert_eq!(part(body), [problem]);
    }
}
