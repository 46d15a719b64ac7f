//! Word files of the binary kind.

use crate::make_doc::{Paragraph, Run, cell, doc, paragraph, row, sample, sprm};
use crate::print;
use jixiao::block::{FileKind, Refusal};
use jixiao::office;

fn lines(bytes: &[u8]) -> String {
    office::read(bytes, Some("a.doc")).map_or_else(|refusal| format!("× {refusal:?}"), |blocks| print::lines(&blocks))
}

#[test]
fn tables_fields_and_deletions_are_read() {
    let expected =
        "#1 自评表\n¶ 金额89.6万元⏎次行\n表1 3×2\n0,0 2×1 A\n0,1 B\n1,1 外\n2,0 1×2 宽\n表2 1×1\n0,0 内\n¶ 后\n! Deletions(1)";
    assert_eq!(lines(&sample()), expected);
}

#[test]
fn letters_of_symbol_fonts_hidden_text_and_signs_show_as_they_look() {
    // A tick in a font of symbols stands for the letter in the text.
    let symbol = [sprm(0x0855, &[1]), sprm(0x6a09, &[0, 0, 0xfe, 0xf0])].concat();
    let file = doc(
        &[paragraph("(是 2020\u{1e}2022\u{1f}藏")],
        &[Run { from: 0, to: 1, properties: symbol }, Run { from: 13, to: 14, properties: sprm(0x083c, &[1]) }],
    );
    // Without a table of fonts the sign stays a private one.
    assert_eq!(lines(&file), "¶ \u{f0fe}是 2020-2022\n! HiddenText(1)");
}

#[test]
fn cells_merged_across_by_a_flag_and_rows_of_other_widths() {
    let file = doc(
        &[
            cell("A"),
            cell(""),
            cell("B"),
            row(&[0, 500, 1_000, 1_500], &[1, 2, 0]),
            cell("C"),
            cell("D"),
            row(&[0, 1_010, 1_490], &[0, 0]),
        ],
        &[],
    );
    assert_eq!(lines(&file), "表1 2×3\n0,0 1×2 A\n0,2 B\n1,0 1×2 C\n1,2 D");
}

#[test]
fn a_file_without_its_tables_is_damaged_and_an_old_one_is_named() {
    let mut file = doc(&[paragraph("x")], &[]);
    let at = file.windows(4).position(|four| four == [0xec, 0xa5, 0xc1, 0]).unwrap();
    file[at + 10..at + 12].copy_from_slice(&0_u16.to_le_bytes());
    assert_eq!(office::read(&file, None), Err(Refusal::Damaged(FileKind::WordBinary)));
    file[at + 10..at + 12].copy_from_slice(&0x0300_u16.to_le_bytes());
    assert_eq!(office::read(&file, None), Err(Refusal::Encrypted(FileKind::WordBinary)));
    file[at + 2] = 101;
    assert_eq!(office::read(&file, None), Err(Refusal::Unsupported(FileKind::WordOld)));
    let blank = doc(&[Paragraph { text: " ", ..paragraph("") }], &[]);
    assert_eq!(office::read(&blank, None), Err(Refusal::Blank { kind: FileKind::WordBinary, pictures: false }));
}
