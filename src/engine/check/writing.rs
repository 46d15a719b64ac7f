//! N02 and N03: how prose is written, and what is still to be filled in.

use super::Checked;
use crate::document::{CellId, Edit, Typed};
use crate::finding::{Code, Facts, Finding};
use crate::prelude::*;
use crate::prose::official;
use crate::template::CellKind;

pub fn check(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    let form = checked.form();
    for (at, def) in (0..).zip(&form.cells) {
        if def.kind == CellKind::Prose {
            prose(CellId::Fixed(at), checked.document().fixed(at), findings);
        }
    }
    for (table, def) in (0..).zip(&form.tables) {
        let columns = (0..).zip(&def.columns).filter(|(_, column)| column.kind == CellKind::Prose);
        for (column, _) in columns {
            for row in checked.document().rows(table) {
                prose(CellId::Row { table, row: row.id, column }, row.cell(column), findings);
            }
        }
    }
}

fn prose(cell: CellId, typed: &Typed, findings: &mut Vec<Finding>) {
    let prose = typed.prose();
    if !prose.slips.is_empty() {
        let slips = prose.slips.clone();
        let fix = Edit::Set { cell, text: official::mended(typed.text(), &slips) };
        findings.push(Finding::new(Code::N02, vec![cell], Facts::Writing { slips }).with_fix(Some(fix)));
    }
    if prose.blanks > 0 {
        findings.push(Finding::new(Code::N03, vec![cell], Facts::BlanksLeft { count: prose.blanks }));
    }
    if !prose.missing.is_empty() {
        let facts = Facts::NumbersLeft { missing: prose.missing.clone() };
        findings.push(Finding::new(Code::N03, vec![cell], facts));
    }
}
