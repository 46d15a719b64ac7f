//! What the page is told of a file, by the separators of [`jixiao::wire`]: the page has no more to carry for it than a few cuts.

use super::told::Said;
use super::{filling, other, pane};
use jixiao::block::{Blocks, Refusal};
use jixiao::document::passed;
use jixiao::export::found;
use jixiao::office;
use jixiao::paper::stated;
use jixiao::paste::{self, Open, is_table};
use jixiao::recognise::{Found, Recogniser};
use jixiao::template::{Form, Labels, Library};
use jixiao::wire::{LIST, PARTS, PIECE, THING, joined, plain};
use jixiao::wording;
use jixiao::wording::recognise as words;

thread_local! {
    static LIBRARY: &'static Library = Box::leak(Box::new(Library::forms_alone()));
    /// Forms are turned round only once.
    static RECOGNISER: Recogniser<'static> = Recogniser::new(LIBRARY.with(|library| *library));
}

/// Why nothing was laid; otherwise blank, and what came of it, or nothing for a whole table, of which a person says what it is to be.
pub fn laid(html: &str, plain: &str, open: &str, sure: bool) -> String {
    let Some(open) = LIBRARY.with(|library| Open::read(open, &library.forms)) else { return wording::not_laid().to_owned() };
    // What can't be read as a table is still a text.
    let read = Some(html).filter(|html| !html.is_empty()).and_then(|html| office::read_pasted(Some(html), Some(plain)).ok());
    let block = match read.map(|blocks| paste::Block::of_blocks(&blocks)) {
        Some(Ok(block)) if block.is_empty() => paste::Block::of_text(plain),
        Some(read) => read,
        None => paste::Block::of_text(plain),
    };
    let Ok(block) = block else { return wording::too_large_to_lay().to_owned() };
    let labels = Labels::builtin();
    if !sure && is_table(&block, &labels) {
        return joined(&["", ""], PARTS);
    }
    joined(&["", &open.paste(&block, &labels).write(&open)], PARTS)
}

pub fn fill(template: &[u8], document: &str, told: &str) -> Vec<u8> {
    let library = LIBRARY.with(|library| *library);
    RECOGNISER.with(|recogniser| filling::answer(recogniser, library, template, document, told))
}

/// Why nothing was read; otherwise blank, what is to be said beside the tables as HTML, and the tables.
pub fn of(read: Result<Blocks, Refusal>, file: &str, said: &str) -> String {
    let library = LIBRARY.with(|library| *library);
    match read {
        Err(refusal) => wording::refusal(refusal),
        Ok(blocks) => RECOGNISER.with(|recogniser| tables(recogniser, library, &blocks, file, &Said::read(said))),
    }
}

fn tables(recogniser: &Recogniser<'_>, library: &Library, blocks: &Blocks, file: &str, said: &Said) -> String {
    let first = recogniser.recognise(blocks);
    let heard = said.about(&first, blocks);
    let mut recognised = if heard.is_empty() { first } else { recogniser.recognise_told(blocks, &heard.told) };
    let mut tables = Vec::new();
    for found in &mut recognised.tables {
        let Some(form) = library.form(&found.form) else { continue };
        heard.choose(found, &form);
        let about = about(found, &form, blocks, heard.remembers(found));
        let pane = pane::Pane { found, form: &form, blocks, library, told: !heard.is_empty() };
        // What is kept with the project: where it stands, how much of it is open, the places of its texts, and how it looks.
        let open = found.unrecognised.len() + found.questions.len();
        let source = [words::table_place(blocks, found), open.to_string(), pane.links(), pane.html(file, &about)];
        let source = joined(&source.map(|part| plain(&part)), PIECE);
        let learnt = serde_json::to_string(&heard.learnt(found)).unwrap_or_default();
        // What the page, which computes, holds against what came of the table.
        let code = stated(found, blocks).unwrap_or_default();
        tables.push(joined(&[passed::write(&found.document, &form), heard.shape(found), learnt, source, code], THING));
    }
    let notices: String = found::notices(&blocks.notices).iter().map(|notice| pane::note(notice)).collect();
    let others: String = recognised.others.iter().filter_map(|block| other::other(*block, blocks, library)).collect();
    let whole = other::whole(blocks, recognised.tables.len());
    joined(&[String::new(), plain(&(notices + &whole + &others)), joined(&tables, LIST)], PARTS)
}

fn about(found: &Found, form: &Form, blocks: &Blocks, remembered: bool) -> Vec<String> {
    let certainty = words::certainty(&form.short, found.certainty);
    let notices = found.notices.iter().map(|notice| words::found_notice(notice, blocks));
    let remembered = remembered.then(|| words::remembered().to_owned());
    [certainty].into_iter().chain(remembered).chain(notices).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jixiao::block::{Block, Grid, GridCell, Origin};
    use serde_json::{Value, json};

    /// A table whose fourth column is called by a word that no form knows; `paid` stands below 全年执行数.
    fn table(title: &str, paid: &str) -> Blocks {
        let rows: [&[&str]; 9] = [
            &["项目支出绩效自评表"],
            &["项目名称", "水库清淤"],
            &["主管部门", "水利局", "", "实施单位", "水库管理所"],
            &["项目资金（万元）", "", "年初预算数", title, "全年执行数", "分值", "执行率", "得分"],
            &["", "年度资金总额", "200", "200", paid, "10", "75%", "7.5"],
            &["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"],
            &["产出指标", "数量指标", "清淤量", "≥100立方米", "100立方米", "50", "50"],
            &["效益指标", "社会效益指标", "受益人口", "≥500人", "500人", "40", "40"],
            &["总分", "", "", "", "", "100", "97.5"],
        ];
        let mut cells = Vec::new();
        for (row, line) in (0..).zip(rows) {
            for (column, text) in (0..).zip(line).filter(|(_, text)| !text.is_empty()) {
                let text = (*text).to_owned();
                cells.push(GridCell { row, column, row_span: 1, column_span: 1, text, exact: None });
            }
        }
        let grid = Grid { origin: Origin::Table(1), caption: None, rows: 9, columns: 8, cells };
        Blocks { list: vec![Block::Grid(grid)], notices: Vec::new() }
    }

    /// The first table of an answer: its document, shape, corrections to remember, and how it looks.
    struct Answered {
        document: Value,
        shape: String,
        learnt: Value,
        links: String,
        html: String,
    }

    fn asked(blocks: Blocks, said: &Value) -> Answered {
        let answer = of(Ok(blocks), "甲<b>.docx", &said.to_string());
        let tables = answer.split(PARTS).nth(2).unwrap();
        let parts: Vec<&str> = tables.split(LIST).next().unwrap().split(THING).collect();
        let source: Vec<&str> = parts[3].split(PIECE).collect();
        assert_eq!((parts.len(), source.len()), (5, 4));
        Answered {
            document: serde_json::from_str(&document(parts[0])).unwrap(),
            shape: parts[1].to_owned(),
            learnt: serde_json::from_str(parts[2]).unwrap(),
            links: source[2].to_owned(),
            html: source[3].to_owned(),
        }
    }

    /// What came of a table, as it is saved.
    fn document(passed: &str) -> String {
        LIBRARY.with(|library| {
            let (form, document) = passed::read(passed, &library.forms).unwrap();
            jixiao::io::json::write(&document, form)
        })
    }

    fn adjusted(answer: &Answered) -> Option<&str> {
        answer.document["cells"]["funds.adjusted"].as_str()
    }

    #[test]
    fn a_column_is_told_by_any_of_its_cells_and_remembered_for_its_shape() {
        let plain = asked(table("本年安排", "150"), &json!({}));
        assert_eq!(adjusted(&plain), None);
        assert!(!plain.html.contains("forget"));
        for at in ["0.3.3", "0.4.3"] {
            let told = asked(table("本年安排", "150"), &json!({ "told": [["column", at, "全年预算数"]] }));
            assert_eq!(adjusted(&told), Some("200"), "{at}");
            assert!(told.html.contains("forget"));
            assert_eq!(told.learnt, json!([["word", 3, "本年安排", "全年预算数"]]), "{at}");
            // Other numbers, the same shape.
            let learnt = json!({ "learnt": { told.shape.clone(): told.learnt } });
            let other = asked(table("本年安排", "160"), &learnt);
            assert_eq!(adjusted(&other), Some("200"));
            assert!(other.html.contains(words::remembered()));
            // A column of another name is another shape, or at least no correction that was made.
            assert_eq!(adjusted(&asked(table("上年结转", "160"), &learnt)), None);
            let forgotten = asked(table("本年安排", "160"), &json!({ "told": [["forget", "", ""]], "learnt": learnt["learnt"] }));
            assert_eq!((adjusted(&forgotten), &forgotten.learnt), (None, &json!([])));
        }
    }

    #[test]
    fn a_cell_and_a_form_are_told() {
        let cell = json!({ "told": [["cell", "0.4.3", "funds.adjusted"]] });
        let told = asked(table("本年安排", "150"), &cell);
        assert_eq!(adjusted(&told), Some("200"));
        // The cell of that row and column, whatever it holds in another table of the shape.
        let learnt = json!({ "learnt": { told.shape.clone(): told.learnt } });
        assert_eq!(adjusted(&asked(table("本年安排", "160"), &learnt)), Some("200"));
        assert_eq!(adjusted(&asked(table("上年结转", "160"), &learnt)), None);
        let other = "national-sustained";
        let told = asked(table("全年预算数", "150"), &json!({ "told": [["form", "0.0.0", other]] }));
        assert_eq!(told.document["form"]["id"], other);
    }

    #[test]
    fn every_text_of_the_file_is_shown_with_what_became_of_it() {
        let answer = asked(table("本年<安排>", "150"), &json!({}));
        assert_eq!(answer.html.matches("<td").count(), 72, "each place once");
        assert!(answer.html.contains(r#"<td class="cell" data-at="0.1.1" data-goes="project_name""#), "{}", answer.html);
        assert!(answer.html.contains(r#"<td class="label" data-at="0.1.0">项目名称</td>"#));
        assert!(answer.html.contains(r#"<td class="unread" data-at="0.3.3">本年&lt;安排&gt;</td>"#));
        assert!(answer.html.contains("甲&lt;b&gt;.docx") && !answer.html.contains("甲<b>"));
        assert!(answer.links.lines().any(|line| line == "project_name\t表1第2行第2列"), "{}", answer.links);
    }

    #[test]
    fn a_file_that_may_be_a_whole_document_is_handed_on_as_it_was_read() {
        use jixiao::block::BlockNotice;
        use jixiao::export::blocks;
        use jixiao::wire::WHOLE;
        let text = "某市教育局2023年度部门决算\n一、收入决算情况说明\n本年收入合计100.00万元";
        let read = office::read(text.as_bytes(), Some("决算.txt")).unwrap();
        for aligned in [false, true] {
            let mut read = read.clone();
            read.notices.extend(aligned.then_some(BlockNotice::AlignedColumns));
            let answer = of(Ok(read.clone()), "决算.txt", "{}");
            let pieces: Vec<&str> = answer.split(WHOLE).collect();
            assert_eq!(pieces.len(), 4);
            assert!(pieces[1].contains("未作整本核对"));
            let told: Vec<&str> = pieces[2].splitn(3, ' ').collect();
            assert_eq!(&told[..2], &["0", if aligned { "1" } else { "0" }]);
            assert_eq!(blocks::read(told[2]).unwrap().list, read.list);
        }
        // A table alone is none.
        assert!(!of(Ok(table("全年预算数", "150")), "", "{}").contains(WHOLE));
    }

    #[test]
    fn every_form_is_at_hand() {
        let ids = |library: &Library| library.forms.iter().map(|form| form.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(&Library::forms_alone()), ids(&Library::builtin().0));
    }

    #[test]
    fn what_no_form_fits_is_named_and_what_says_nothing_harms_nothing() {
        let cell =
            |column, text: &str| GridCell { row: 0, column, row_span: 1, column_span: 1, text: text.to_owned(), exact: None };
        let grid =
            Grid { origin: Origin::Table(1), caption: None, rows: 1, columns: 2, cells: vec![cell(0, "甲"), cell(1, "乙")] };
        let blocks = Blocks { list: vec![Block::Grid(grid)], notices: Vec::new() };
        for said in
            [json!({}), json!(null), json!({ "told": [["column", "9.9.9", "x"], ["choice", "0.0.0", "7"], ["row", "0", ""]] })]
        {
            let answer = of(Ok(blocks.clone()), "", &said.to_string());
            let parts: Vec<&str> = answer.split(PARTS).collect();
            assert_eq!((parts.len(), parts[0], parts[2]), (3, "", ""));
            assert!(parts[1].contains("表1") && parts[1].contains("data-do=\"form\" data-at=\"0.0.0\""), "{}", parts[1]);
        }
        assert_eq!(of(Err(Refusal::Empty), "", ""), wording::refusal(Refusal::Empty));
    }
}
