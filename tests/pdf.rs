//! What is read of a PDF, page by page, as text: files made here, of few lines each.
#![allow(clippy::unwrap_used, clippy::float_arithmetic, reason = "a test fails by panicking, and places are measured in points")]

#[path = "office/make_pdf.rs"]
mod make_pdf;
#[allow(dead_code, reason = "shared with the tests of the other readers")]
#[path = "office/print.rs"]
mod print;

use jixiao::block::{Block, Blocks, FileKind, Grid, Limit, Refusal};
use jixiao::{office, wording};
use make_pdf::{NAMELESS, Page, file, page, pdf, pdf_with};

fn read(bytes: &[u8]) -> Result<Blocks, Refusal> {
    office::read(bytes, Some("a.pdf"))
}

fn grids(blocks: &Blocks) -> Vec<&Grid> {
    blocks.list.iter().filter_map(|block| if let Block::Grid(grid) = block { Some(grid) } else { None }).collect()
}

fn paragraphs(blocks: &Blocks) -> Vec<&str> {
    blocks
        .list
        .iter()
        .filter_map(|block| if let Block::Paragraph(paragraph) = block { Some(&*paragraph.text) } else { None })
        .collect()
}

/// Cells as `row,column[rows x columns] text`, spans of one left out.
fn cells(grid: &Grid) -> Vec<String> {
    let span = |cell: &jixiao::block::GridCell| match (cell.row_span, cell.column_span) {
        (1, 1) => String::new(),
        (rows, columns) => format!("[{rows}x{columns}]"),
    };
    grid.cells
        .iter()
        .map(|cell| format!("{},{}{} {}", cell.row, cell.column, span(cell), cell.text).trim_end().to_owned())
        .collect()
}

fn notices(blocks: &Blocks) -> Vec<String> {
    blocks.notices.iter().map(wording::block_notice).collect()
}

const COLUMNS: &[f64] = &[60.0, 200.0, 300.0, 400.0];

#[test]
fn a_ruled_table_between_its_lines() {
    let blocks = read(&pdf(&[page()
        .text(200.0, 60.0, 14.0, "收入决算表")
        .text(330.0, 90.0, 10.0, "单位：万元")
        .grid(COLUMNS, &[100.0, 120.0, 140.0], &["项目", "预算数", "决算数", "合计", "9746.50", "1,234.56"])
        .text(60.0, 160.0, 10.0, "注：本表反映收入情况。")]))
    .unwrap();
    assert_eq!(paragraphs(&blocks), ["收入决算表", "单位：万元", "注：本表反映收入情况。"]);
    assert_eq!(cells(grids(&blocks)[0]), ["0,0 项目", "0,1 预算数", "0,2 决算数", "1,0 合计", "1,1 9746.50", "1,2 1,234.56"]);
    assert_eq!(notices(&blocks), Vec::<String>::new());
}

#[test]
fn a_rule_parts_only_what_it_runs_between() {
    // 项目 over two columns; what is white, thick or half as long as the cell is no rule.
    let drawn = page()
        .line(60.0, 100.0, 400.0, 100.0)
        .line(60.0, 120.0, 300.0, 120.0)
        .line(60.0, 140.0, 400.0, 140.0)
        .line(60.0, 160.0, 400.0, 160.0)
        .line(60.0, 100.0, 60.0, 160.0)
        .line(400.0, 100.0, 400.0, 160.0)
        .line(300.0, 100.0, 300.0, 160.0)
        .line(200.0, 120.0, 200.0, 160.0)
        .bar(200.0, 100.0, 0.5, 20.0, 1.0)
        .bar(61.0, 121.0, 138.0, 18.0, 0.8)
        .bar(350.0, 140.0, 0.5, 8.0, 0.0)
        .text(150.0, 115.0, 10.0, "项目")
        .text(330.0, 125.0, 10.0, "决算数")
        .text(64.0, 135.0, 10.0, "科目编码")
        .text(204.0, 135.0, 10.0, "科目名称")
        .text(64.0, 155.0, 10.0, "208")
        .text(204.0, 155.0, 10.0, "社会保障")
        .text(360.0, 155.0, 10.0, "754.75");
    let blocks = read(&pdf(&[drawn])).unwrap();
    assert_eq!(
        cells(grids(&blocks)[0]),
        ["0,0[1x2] 项目", "0,2[2x1] 决算数", "1,0 科目编码", "1,1 科目名称", "2,0 208", "2,1 社会保障", "2,2 754.75"]
    );
}

#[test]
fn lines_that_were_broken_for_want_of_room_are_one_text() {
    let first = "财政拨款".repeat(12) + "完成预算的九成";
    let second = "二、".to_owned() + &"项目支出".repeat(11);
    let blocks = read(&pdf(&[page()
        .grid(&[60.0, 148.0, 300.0], &[100.0, 140.0, 180.0], &["机关事业单位基本", "446.11", "（一）目标", ""])
        .text(64.0, 130.0, 10.0, "养老保险缴费支出")
        .text(64.0, 170.0, 10.0, "（二）完成")
        .text(80.0, 300.0, 10.0, &first[..3 * 45])
        .text(60.0, 316.0, 10.0, &first[3 * 45..])
        .text(80.0, 332.0, 10.0, &second)
        .text(60.0, 348.0, 10.0, "三、第三段。")]))
    .unwrap();
    assert_eq!(
        cells(grids(&blocks)[0]),
        ["0,0 机关事业单位基本养老保险缴费支出", "0,1 446.11", "1,0 （一）目标\n（二）完成", "1,1"]
    );
    assert_eq!(paragraphs(&blocks), [&*first, &*second, "三、第三段。"]);
}

#[test]
fn a_table_over_pages_is_one_and_its_head_stands_once() {
    let part = |number: u32, rows: &[&str]| {
        let mut texts = vec!["科目编码", "科目名称", "决算数"];
        texts.extend(rows);
        let edges: Vec<f64> = (0..=texts.len() / 3).map(|row| 100.0 + 20.0 * row as f64).collect();
        page().text(200.0, 40.0, 9.0, "某市财政局").grid(COLUMNS, &edges, &texts).text(
            290.0,
            810.0,
            9.0,
            &format!("— {number} —"),
        )
    };
    let blocks = read(&pdf(&[
        part(1, &["208", "社会保障", "754.75", "20805", "养老", "754.75"]),
        part(2, &["210", "卫生健康", "236.63"]),
        part(3, &["221", "住房保障", "461.08"]).text(60.0, 200.0, 10.0, "注：合计。"),
    ]))
    .unwrap();
    assert_eq!(grids(&blocks).len(), 1);
    let texts = cells(grids(&blocks)[0]);
    assert_eq!(texts.iter().filter(|text| text.contains("科目编码")).count(), 1, "{texts:?}");
    assert_eq!((grids(&blocks)[0].rows, &*texts[texts.len() - 1]), (5, "4,2 461.08"));
    assert_eq!(paragraphs(&blocks), ["注：合计。"]);
    assert_eq!(notices(&blocks), ["页眉或页脚有“某市财政局”，未计入正文。", "页眉或页脚有“— 1 —”，未计入正文。"]);
}

#[test]
fn turned_pages_and_sideways_text_are_read_along_their_lines() {
    // A page that is turned by its own entry, and one whose text runs upwards.
    let turned = Page { rotate: 90, ..page() }.upwards(100.0, 500.0, 10.0, "横排的第一行").upwards(120.0, 500.0, 10.0, "第二行");
    let sideways = page().upwards(100.0, 500.0, 10.0, "横排的第一行").upwards(120.0, 500.0, 10.0, "第二行");
    for drawn in [turned, sideways] {
        let blocks = read(&pdf(&[drawn])).unwrap();
        assert_eq!(paragraphs(&blocks), ["横排的第一行", "第二行"]);
    }
    let label = page().grid(&[60.0, 90.0, 200.0], &[100.0, 180.0, 200.0], &["", "数量指标完成情况良好", "总分", "98"]).upwards(
        78.0,
        170.0,
        10.0,
        "产出指标",
    );
    assert_eq!(
        cells(grids(&read(&pdf(&[label])).unwrap())[0]),
        ["0,0 产出指标", "0,1 数量指标完成情况良好", "1,0 总分", "1,1 98"]
    );
}

#[test]
fn what_can_not_be_read_is_said() {
    let some = page().text(60.0, 100.0, 10.0, "文字");
    let picture = "q 500 0 0 700 50 70 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \0 EI Q\n";
    let scanned = Page { content: picture.into(), ..page() };
    let locked = "/Encrypt<</Filter/Standard/V 1/R 2/O(01234567890123456789012345678901)/U(01234567890123456789012345678901)/P -4>>/ID[(a)(a)]";
    let drawn = || [page().text(60.0, 100.0, 10.0, "文字")];
    for (bytes, refusal) in [
        (b"%PDF-1.7\n".to_vec(), Refusal::Damaged(FileKind::Pdf)),
        (pdf(&[scanned]), Refusal::Blank { kind: FileKind::Pdf, pictures: true }),
        (pdf(&[page()]), Refusal::Blank { kind: FileKind::Pdf, pictures: false }),
        (pdf_with(&drawn(), NAMELESS, ""), Refusal::NoLetters),
        (pdf_with(&[some], NAMELESS, locked), Refusal::Encrypted(FileKind::Pdf)),
        (bomb(), Refusal::Over(Limit::Unpacked)),
    ] {
        assert_eq!(read(&bytes).err(), Some(refusal));
        assert!(wording::refusal(refusal).ends_with('。'));
    }
}

/// A page of 200 MB, packed.
fn bomb() -> Vec<u8> {
    let packed = miniz_oxide::deflate::compress_to_vec_zlib(&vec![b' '; 200 << 20], 1);
    let mut stream = format!("<</Length {}/Filter/FlateDecode>>stream\n", packed.len()).into_bytes();
    stream.extend(&packed);
    stream.extend(b"\nendstream");
    file(
        &[
            b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>".to_vec(),
            stream,
        ],
        "",
    )
}

#[test]
fn pages_that_ask_for_too_much_end() {
    // Forms that draw the next one twice each: 2 to the power of 40 in all.
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</X 5 0 R>>>>/Contents 4 0 R>>".to_vec(),
        b"<</Length 4>>stream\n/X Do\nendstream".to_vec(),
    ];
    for at in 0..40 {
        let next = at + 6;
        objects.push(
            format!("<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {next} 0 R>>>>/Length 11>>stream\n/X Do /X Do\nendstream")
                .into_bytes(),
        );
    }
    let start = std::time::Instant::now();
    assert_eq!(read(&file(&objects, "")).err(), Some(Refusal::Over(Limit::Count)));
    assert!(start.elapsed().as_secs() < 10);
}
