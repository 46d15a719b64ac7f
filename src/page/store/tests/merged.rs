//! Cells that are printed as one: what is typed goes into the rows that were one cell when the focus came, and into no other.

use super::*;
use jixiao::document::apply;
use jixiao::layout::layout;
use proptest::prelude::*;

/// Texts that pass through each other while they are typed.
const TEXTS: [&str; 7] = ["", "产", "产出", "产出指标", "效", "效益", " "];

/// A national table whose levels hold any of these texts.
fn with_levels(levels: &[(usize, usize)]) -> Document {
    let form = library().form("national").unwrap();
    let mut document = Document::blank(&form);
    let rows: Vec<RowId> = document.rows(1).iter().map(|row| row.id).collect();
    for (row, (first, second)) in rows.iter().zip(levels) {
        for (column, text) in [("level1", TEXTS[*first]), ("level2", TEXTS[*second])] {
            let cell = cell(&format!("indicators.{row}.{column}"));
            document = apply(&document, &form, &Edit::Set { cell, text: text.into() });
        }
    }
    document
}

/// The texts of the merged columns by cell.
fn levels(workspace: &Workspace) -> Vec<(CellId, String)> {
    let document = workspace.entry().unwrap().document().clone();
    let cells = document.rows(1).iter().flat_map(|row| (0..2).map(|column| CellId::Row { table: 1, row: row.id, column }));
    cells.map(|cell| (cell, document.typed(cell).text().to_owned())).collect()
}

fn is_as_printed(workspace: &Workspace) -> bool {
    let entry = workspace.entry().unwrap();
    *entry.sheet == layout(&entry.template, entry.document(), &entry.evaluation, None)
}

#[test]
fn the_merged_columns_come_first() {
    let form = library().form("national").unwrap();
    let merged: Vec<bool> = form.table(1).unwrap().columns.iter().map(|column| column.merge).collect();
    assert_eq!(&merged[..3], [true, true, false], "the tests here count on it");
}

#[test]
fn a_text_that_passes_through_the_neighbour_s_leaves_the_neighbour_alone() {
    // 数量指标 stands above; the row below it is typed to become 数量指标及质量指标.
    let mut workspace = after(opened(), [focus("indicators.5.level2")]);
    for text in ["", "数", "数量", "数量指标", "数量指标及", "数量指标及质量"] {
        workspace = reduced(workspace, typed("indicators.5.level2", text));
        assert_eq!(super::text(&workspace, "indicators.4.level2"), "数量指标");
        assert_eq!(workspace.entry().unwrap().field(cell("indicators.5.level2")).unwrap().id, cell("indicators.5.level2"));
        assert_eq!(workspace.focus, None, "the focus stays where it is");
    }
}

#[test]
fn equal_cells_are_drawn_as_one_when_the_focus_leaves_and_can_be_told_apart_again() {
    let typed_equal = after(opened(), [focus("indicators.5.level2"), typed("indicators.5.level2", "数量指标")]);
    let shown = |workspace: &Workspace| workspace.entry().unwrap().field(cell("indicators.5.level2")).unwrap().id;
    assert_eq!(shown(&typed_equal), cell("indicators.5.level2"));
    let left = after(typed_equal.clone(), [LEFT]);
    assert_eq!(shown(&left), cell("indicators.4.level2"));
    // The way to another cell of the paper settles it too, and a focus that went to the joined cell goes to what shows it.
    let moved = after(typed_equal, [Action::Left { to_field: true }, focus("indicators.5.indicator")]);
    assert_eq!(shown(&moved), cell("indicators.4.level2"));
    // Apart again: only that row is written.
    let apart = after(left, [Action::Split(cell("indicators.5.level2"))]);
    assert_eq!((shown(&apart), focused(&apart).as_str()), (cell("indicators.5.level2"), "indicators.5.level2"));
    let apart = after(apart, [focus("indicators.5.level2"), typed("indicators.5.level2", "质量指标"), LEFT]);
    assert_eq!(super::text(&apart, "indicators.4.level2"), "数量指标");
    assert_eq!(super::text(&apart, "indicators.5.level2"), "质量指标");
    let back = after(apart, [Action::Undo]);
    assert_eq!(super::text(&back, "indicators.5.level2"), "数量指标");
}

#[test]
fn a_merged_cell_stays_one_while_it_is_empty() {
    let cleared =
        after(opened(), [focus("indicators.4.level1"), typed("indicators.4.level1", ""), typed("indicators.4.level1", "产")]);
    for row in 4..8 {
        assert_eq!(super::text(&cleared, &format!("indicators.{row}.level1")), "产");
    }
}

#[test]
fn rows_keep_to_themselves_after_the_table_changed_under_the_focus() {
    let start =
        after(opened(), [focus("indicators.4.level1"), Action::MoveRow(Some((1, 4)), 3), typed("indicators.4.level1", "甲")]);
    let same = levels(&start).into_iter().filter(|(_, text)| text == "甲").count();
    let shown = start.entry().unwrap().field(cell("indicators.4.level1")).unwrap();
    assert_eq!(same, shown.merged.len() + 1, "what is drawn as one is what was written");
}

proptest! {
    /// Any texts in a table, any keys in one of its cells, with rests between: only the rows that were one cell are written, and
    /// all of them are. Afterwards the table is drawn as its texts say.
    #[test]
    fn typing_writes_only_what_was_one_cell(
        rows in prop::collection::vec((0..TEXTS.len(), 0..TEXTS.len()), 9),
        row in 0usize..9,
        column in 0u8..2,
        keys in prop::collection::vec((0..TEXTS.len(), any::<bool>()), 1..12),
        apart in any::<bool>(),
    ) {
        let start = after(empty(), [added("a", with_levels(&rows))]);
        let entry = start.entry().unwrap();
        let row = entry.document().rows(1)[row].id;
        let asked = CellId::Row { table: 1, row, column };
        let shown = entry.field(asked).unwrap();
        let (at, group): (CellId, Vec<CellId>) = if apart {
            (asked, vec![asked])
        } else {
            (shown.id, std::iter::once(shown.id).chain(shown.merged.iter().copied()).collect())
        };
        let mut workspace = start.clone();
        if apart {
            workspace = reduced(workspace, Action::Split(at));
        }
        workspace = reduced(workspace, Action::Focused { field: FieldName::Cell(at), given: false });
        let before = levels(&workspace);
        for (key, rest) in &keys {
            workspace = reduced(workspace, typed_into(at, TEXTS[*key]));
            if *rest {
                workspace = reduced(workspace, Action::Pause);
            }
            for ((cell, old), (_, new)) in before.iter().zip(levels(&workspace)) {
                let expected = if group.contains(cell) { TEXTS[*key] } else { old.as_str() };
                prop_assert_eq!(new, expected, "{:?}", cell);
            }
            let entry = workspace.entry().unwrap();
            let field = entry.field(at).unwrap();
            prop_assert_eq!(field.id, at, "the cell that is written stays where it is");
            prop_assert_eq!(field.merged.len() + 1, group.len());
        }
        let left = reduced(workspace.clone(), LEFT);
        prop_assert!(is_as_printed(&left));
        // Undo leads back to the very first texts.
        let mut back = left;
        while back.entry().unwrap().history.can_undo() {
            back = reduced(back, Action::Undo);
        }
        prop_assert_eq!(levels(&back), before);
    }
}
