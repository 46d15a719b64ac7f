//! Workbooks of records.

use crate::make_ole::container;
use crate::make_xls::{Sheet, Value, cell, stream, xls};
use crate::print;
use jixiao::block::{FileKind, Refusal};
use jixiao::office;

fn sheet<'a>(name: &'a str, cells: Vec<crate::make_xls::Cell<'a>>) -> Sheet<'a> {
    Sheet { name, hidden: 0, cells, merges: Vec::new(), zeros: true }
}

fn lines(bytes: &[u8]) -> String {
    match office::read(bytes, None) {
        Ok(blocks) => print::lines(&blocks),
        Err(refusal) => format!("× {refusal:?}"),
    }
}

#[test]
fn every_kind_of_cell_is_read() {
    let file = xls(
        &[sheet(
            "表一",
            vec![
                cell(0, 0, Value::Text("项目名称")),
                cell(0, 1, Value::Label("水库")),
                cell(0, 2, Value::Number(4.2 + 0.4)),
                // 8960 in hundredths; the upper half of 0.5 in hundredths.
                cell(1, 0, Value::Short(8_960 << 2 | 3)),
                cell(1, 1, Value::Short(0x3fe0_0000 | 1)),
                cell(1, 2, Value::Short((-3_i32 << 2) as u32 | 2)),
                cell(2, 0, Value::Formula(0.1 + 0.2)),
                cell(2, 1, Value::FormulaText("优")),
                cell(2, 2, Value::Bool(true)),
                cell(3, 0, Value::Error(7)),
                cell(3, 1, Value::Number(0.0)),
            ],
        )],
        &[],
    );
    let expected = "表一@0,0 4×3\n0,0 项目名称\n0,1 水库\n0,2 4.6\n1,0 89.6\n1,1 0.005\n1,2 -3\n2,0 0.3\n2,1 优\n2,2 TRUE\n3,0 #DIV/0!\n3,1 0";
    assert_eq!(lines(&file), expected);
}

#[test]
fn merged_cells_hidden_sheets_and_zeros_that_are_not_shown() {
    let mut first = sheet(
        "甲",
        vec![
            cell(0, 0, Value::Text("标题")),
            cell(0, 1, Value::Text("残留")),
            cell(1, 3, Value::Number(0.0)),
            cell(1, 2, Value::Number(1.0)),
        ],
    );
    first.merges = vec![[0, 0, 0, 3]];
    first.zeros = false;
    let hidden = Sheet { hidden: 1, ..sheet("乙", vec![cell(0, 0, Value::Number(1.0))]) };
    assert_eq!(
        lines(&xls(&[first, hidden], &[])),
        "甲@0,0 2×4\n0,0 1×4 标题\n1,2 1\n1,3  0\n! HiddenSheet(\"乙\")".replace("1,3  0", "1,3  =0")
    );
}

#[test]
fn texts_go_on_in_further_records_and_dates_begin_in_1904() {
    let long: &'static str = Box::leak("绩效".repeat(1_500).into_boxed_str());
    let cells = (0..20).map(|row| cell(row, 0, Value::Text(long))).collect();
    let read = office::read(&xls(&[sheet("表", cells)], &[]), None).unwrap();
    assert_eq!(print::lines(&read).matches(long).count(), 20);

    let mut date = cell(0, 0, Value::Number(42_734.0));
    date.style = 1;
    let file = container(&[("Book", &stream(&[sheet("表", vec![date])], &["yyyy\"年\"m\"月\"d\"日\""], true))]);
    assert_eq!(lines(&file), "表@0,0 1×1\n0,0 2020年12月31日");
}

#[test]
fn a_stream_without_a_container_is_read_and_one_that_is_cut_off_is_refused() {
    let whole = stream(&[sheet("表", vec![cell(0, 0, Value::Text("项目"))])], &[], false);
    assert_eq!(lines(&whole), "表@0,0 1×1\n0,0 项目");
    let cut = &whole[..whole.len() - 6];
    assert_eq!(office::read(cut, None), Err(Refusal::Damaged(FileKind::ExcelBinary)));
}

#[test]
fn scrambled_and_too_old_workbooks_are_named() {
    let mut scrambled = stream(&[sheet("表", vec![cell(0, 0, Value::Number(1.0))])], &[], false);
    let place = 20;
    scrambled.splice(place..place, [0x2f, 0, 6, 0, 0, 0, 1, 2, 3, 4]);
    assert_eq!(office::read(&scrambled, None), Err(Refusal::Encrypted(FileKind::ExcelBinary)));
    let old = [0x09, 0x04, 6, 0, 0, 4, 0x10, 0, 0, 0];
    assert_eq!(office::read(&old, None), Err(Refusal::Unsupported(FileKind::ExcelOld)));
}
