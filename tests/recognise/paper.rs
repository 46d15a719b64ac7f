//! A printed table that is still known cell by cell: it can be drawn as other writers would, and what is read from it judged as an auditor would.

use super::grids::{Builder, sheet};
use jixiao::block::{Block, Blocks, Grid, GridCell, Origin, Paragraph};
use jixiao::document::Document;
use jixiao::id::CellId;
use jixiao::layout::Content;
use jixiao::recognise::{Fate, Found, Recognised, SourcePlace};
use jixiao::template::{Form, Library, Role, Template};
use std::collections::{BTreeMap, BTreeSet};

/// What a printed text stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    Label,
    /// A cell of the document, and the text that must arrive in it.
    Field(CellId, String),
    /// The same text again, as writers without merged cells repeat it: it may end there or nowhere.
    Copy(CellId),
    /// Something beside the table, which must land in no cell.
    Beside,
}

/// A printed cell, by rows and columns of its grid.
#[derive(Clone, Debug)]
pub struct Piece {
    pub row: u32,
    pub column: u32,
    pub rows: u32,
    pub columns: u32,
    pub text: String,
    pub what: What,
    /// It is a title over columns.
    pub title: bool,
}

impl Piece {
    pub fn end(&self) -> u32 {
        self.column + self.columns
    }

    pub fn field(&self) -> Option<CellId> {
        match &self.what {
            What::Field(cell, _) => Some(*cell),
            What::Label | What::Copy(_) | What::Beside => None,
        }
    }

    /// The table and the row of the document that it stands in.
    pub fn list(&self) -> Option<(u8, u32)> {
        match self.field() {
            Some(CellId::Row { table, row, .. }) => Some((table, row)),
            Some(CellId::Fixed(_)) | None => None,
        }
    }
}

/// A table on paper: lines above it, one grid, lines below.
#[derive(Clone)]
pub struct Paper<'a> {
    pub form: &'a Form,
    pub document: &'a Document,
    pub above: Vec<(String, What)>,
    pub pieces: Vec<Piece>,
    pub below: Vec<(String, What)>,
    pub width: u32,
    /// Rows at which a new grid begins, and whether on a sheet of its own.
    pub cuts: BTreeSet<u32>,
    pub sheets: bool,
}

impl<'a> Paper<'a> {
    pub fn of(template: &'a Template, document: &'a Document) -> Paper<'a> {
        let form: &Form = &template.form;
        let sheet = sheet(template, document);
        let year = form.role(Role::FiscalYear).filter(|year| form.table_cells().len() > usize::from(*year));
        let year = match year {
            Some(at) if sheet.year.contains(|char: char| char.is_ascii_digit()) => {
                What::Field(CellId::Fixed(at), document.fixed(at).text().to_owned())
            }
            _ => What::Label,
        };
        let above =
            vec![(sheet.title.clone(), What::Label), (sheet.year.clone(), year), (format!("单位：{}", sheet.unit), What::Label)];
        let width = u32::try_from(sheet.grid.len()).unwrap();
        let mut pieces: Vec<Piece> = Vec::new();
        let mut covered = vec![0_u32; sheet.grid.len()];
        let mut row = 0;
        for section in &sheet.sections {
            if let Some(heading) = &section.heading {
                let (text, what) = (heading.clone(), What::Label);
                pieces.push(Piece { row, column: 0, rows: 1, columns: width, text, what, title: false });
                row += 1;
            }
            for line in &section.rows {
                let mut column = 0_u32;
                let title = line.cells.iter().all(|cell| matches!(cell.content, Content::Label(_)));
                for cell in &line.cells {
                    while covered.get(column as usize).is_some_and(|end| *end > row) {
                        column += 1;
                    }
                    let (columns, rows) = (u32::from(cell.column_span), u32::from(cell.row_span));
                    covered[column as usize..(column + columns) as usize].fill(row + rows);
                    let (text, what) = match &cell.content {
                        Content::Label(text) => (text.clone(), What::Label),
                        Content::Field(field) if field.locked => (field.typed.clone(), What::Label),
                        Content::Field(field) => (field.typed.clone(), What::Field(field.id, field.typed.trim().to_owned())),
                    };
                    let title = title && rows == 1;
                    pieces.push(Piece { row, column, rows, columns, text, what, title });
                    column += columns;
                }
                row += 1;
            }
        }
        let mut below = Vec::new();
        for part in &sheet.sign {
            below.push(match &part.field {
                Some(field) => (format!("{}{}", part.label, field.typed), What::Field(field.id, field.typed.trim().to_owned())),
                None => (part.label.clone(), What::Label),
            });
        }
        Paper { form, document, above, pieces, below, width, cuts: BTreeSet::new(), sheets: false }
    }

    pub fn rows(&self) -> u32 {
        self.pieces.iter().map(|piece| piece.row + piece.rows).max().unwrap_or(0)
    }

    /// Room for a row before this one.
    pub fn make_row(&mut self, at: u32) {
        for piece in &mut self.pieces {
            if piece.row >= at {
                piece.row += 1;
            } else if piece.row + piece.rows > at {
                piece.rows += 1;
            }
        }
        self.cuts = self.cuts.iter().map(|cut| if *cut >= at { cut + 1 } else { *cut }).collect();
    }

    /// For each list of the document, the rows it is printed in.
    pub fn lists(&self) -> BTreeMap<u8, BTreeSet<u32>> {
        let mut lists: BTreeMap<u8, BTreeSet<u32>> = BTreeMap::new();
        for piece in &self.pieces {
            if let Some((table, _)) = piece.list() {
                lists.entry(table).or_default().insert(piece.row);
            }
        }
        lists
    }

    /// The row of titles right above a list.
    pub fn titles_of(&self, list: &BTreeSet<u32>) -> Option<u32> {
        let first = *list.first()?;
        self.pieces.iter().filter(|piece| piece.title && piece.row < first).map(|piece| piece.row).max()
    }

    /// The blocks of a file that holds this, and what each place of it means.
    pub fn drawn(&self) -> Drawn {
        let mut builder = Builder::default();
        let mut meant = BTreeMap::new();
        let paragraph = |builder: &mut Builder, meant: &mut BTreeMap<SourcePlace, What>, (text, what): &(String, What)| {
            meant.insert(SourcePlace::Paragraph { block: builder.blocks.list.len() }, what.clone());
            builder.blocks.list.push(Block::Paragraph(Paragraph { text: text.clone(), number: 1, heading: None }));
        };
        for line in &self.above {
            paragraph(&mut builder, &mut meant, line);
        }
        let edges: Vec<u32> = [0].into_iter().chain(self.cuts.iter().copied()).chain([self.rows()]).collect();
        for (number, edge) in (1..).zip(edges.windows(2)) {
            let mut own: Vec<&Piece> = self.pieces.iter().filter(|piece| edge[0] <= piece.row && piece.row < edge[1]).collect();
            own.sort_by_key(|piece| (piece.row, piece.column));
            let block = builder.blocks.list.len();
            let mut cells = Vec::new();
            for piece in own {
                let (row, column) = (piece.row - edge[0], piece.column);
                meant.insert(SourcePlace::Cell { block, row, column }, piece.what.clone());
                let (row_span, column_span) = (piece.rows.min(edge[1] - piece.row), piece.columns);
                cells.push(GridCell { row, column, row_span, column_span, text: piece.text.clone(), exact: None });
            }
            let origin = match self.sheets {
                true => Origin::Sheet { name: format!("Sheet{number}"), row: 0, column: 0 },
                false => Origin::Table(number),
            };
            let grid = Grid { origin, caption: None, rows: edge[1] - edge[0], columns: self.width, cells };
            builder.blocks.list.push(Block::Grid(grid));
        }
        for line in &self.below {
            paragraph(&mut builder, &mut meant, line);
        }
        Drawn { blocks: builder.blocks, meant }
    }
}

pub struct Drawn {
    pub blocks: Blocks,
    pub meant: BTreeMap<SourcePlace, What>,
}

/// What became of the printed cells of a document.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    pub right: usize,
    pub listed: Vec<String>,
    pub wrong: Vec<String>,
}

/// The texts of a row with those of merged cells, which stand for each row they reach over.
fn whole_row(form: &Form, document: &Document, table: u8, id: u32) -> BTreeMap<u8, String> {
    let Some(def) = form.table(table) else { return BTreeMap::new() };
    let mut above: BTreeMap<u8, String> = BTreeMap::new();
    for row in document.rows(table) {
        let mut texts = BTreeMap::new();
        let mut begun = false;
        for (column, _) in (0..).zip(&def.columns).filter(|(_, column)| column.merge && !column.hidden) {
            let mut text = row.cell(column).text().trim().to_owned();
            if text.is_empty() && !begun && !row.cells.iter().all(|cell| cell.text().trim().is_empty()) {
                text = above.get(&column).cloned().unwrap_or_default();
            } else {
                begun |= above.get(&column) != Some(&text);
                above.insert(column, text.clone());
            }
            texts.insert(column, text);
        }
        if row.id == id {
            return texts;
        }
    }
    BTreeMap::new()
}

/// What the column of a printed cell holds in a row that was read.
fn beside(
    form: &Form,
    cell: CellId,
    table: u8,
    row: u32,
    found: Option<&Found>,
    own: &Option<std::rc::Rc<Form>>,
) -> Option<String> {
    let CellId::Row { table: from, column, .. } = cell else { return None };
    let id = &form.table(from)?.column(column)?.id;
    let column = own.as_ref()?.table(table)?.column_index(id)?;
    Some(flat(&text_of(&found?.document, CellId::Row { table, row, column })))
}

fn flat(text: &str) -> String {
    text.chars().filter(|char| !char.is_whitespace()).collect()
}

/// `indicators.target`, `funds.rate`
fn name(form: &Form, cell: CellId) -> String {
    match cell {
        CellId::Fixed(_) => cell.name(form),
        CellId::Row { table, column, .. } => {
            let def = form.table(table).expect("a table");
            format!("{}.*.{}", def.id, def.column(column).expect("a column").id)
        }
    }
}

fn text_of(document: &Document, cell: CellId) -> String {
    document.typed(cell).text().trim().to_owned()
}

/// Judges each printed cell: right, listed as not understood or asked, or wrong, which is everything else.
pub fn judge(library: &Library, form: &Form, document: &Document, drawn: &Drawn, recognised: &Recognised) -> Verdict {
    let mut verdict = Verdict::default();
    // The printed row that each row of what was read comes from.
    let mut origins: BTreeMap<(usize, CellId), BTreeSet<(u8, u32)>> = BTreeMap::new();
    let table_at = |place: &SourcePlace| recognised.tables.iter().position(|found| found.fates.contains_key(place));
    for (place, what) in &drawn.meant {
        let at = table_at(place);
        let found = at.and_then(|at| recognised.tables.get(at));
        let fate = found.and_then(|found| found.fates.get(place)).copied();
        let own = found.and_then(|found| library.form(&found.form));
        let landed = match (fate, &own) {
            (Some(Fate::Cell(cell)), Some(own)) => Some((name(own, cell), cell)),
            _ => None,
        };
        let is_report = |cell: &str| cell.starts_with("report.");
        // With columns left out another form may fit as well: its list is called otherwise, its columns are not.
        let other = own.as_ref().is_some_and(|own| own.id != form.id);
        let same = |a: &str, b: &str| {
            let column = |name: &str| name.split_once(".*.").map(|(_, column)| column.to_owned());
            a == b || other && column(a).is_some() && column(a) == column(b)
        };
        match what {
            What::Field(_, text) if text.is_empty() => {}
            What::Field(cell, text) => {
                let wanted = name(form, *cell);
                let got = landed.as_ref().zip(found).map(|((_, cell), found)| text_of(&found.document, *cell));
                match (&landed, got) {
                    (Some((own, _)), Some(got))
                        if same(own, &wanted) && (flat(&got) == flat(text) || got.contains(text.as_str()) && merges(&wanted)) =>
                    {
                        verdict.right += 1;
                    }
                    // A name that stands for two levels is told by one of them.
                    (Some((_, CellId::Row { table, row, .. })), _)
                        if beside(form, *cell, *table, *row, found, &own) == Some(flat(text)) =>
                    {
                        verdict.right += 1
                    }
                    (Some((own, _)), got) => {
                        verdict.wrong.push(format!("{wanted}: {text:?} became {own} {:?}", got.unwrap_or_default()));
                    }
                    (None, _) if fate.is_none() || fate == Some(Fate::Unrecognised) => {
                        verdict.listed.push(format!("{wanted}: {text:?}"))
                    }
                    // Parts of a line that were not understood are listed by themselves.
                    (None, _) if found.is_some_and(|found| found.unrecognised.iter().any(|unread| unread.place == *place)) => {
                        verdict.listed.push(format!("{wanted}: {text:?}"));
                    }
                    (None, _) => verdict.wrong.push(format!("{wanted}: {text:?} was taken for {fate:?}")),
                }
                if let (Some((_, CellId::Row { table, row, column })), CellId::Row { table: from, row: id, column: printed }) =
                    (&landed, cell)
                    && !form.table(*from).and_then(|def| def.column(*printed)).is_some_and(|column| column.merge)
                {
                    let _ = column;
                    let key = CellId::Row { table: *table, row: *row, column: 0 };
                    origins.entry((at.unwrap_or(0), key)).or_default().insert((*from, *id));
                }
            }
            What::Copy(cell) => {
                // A name that stands for two levels was printed once, and filled in over both.
                let levels = |landed: CellId| match landed {
                    CellId::Row { table, row, .. } => {
                        beside(form, *cell, table, row, found, &own) == found.map(|found| flat(&text_of(&found.document, landed)))
                    }
                    CellId::Fixed(_) => false,
                };
                if let Some((own, _)) = landed.filter(|(own, landed)| !same(own, &name(form, *cell)) && !levels(*landed)) {
                    verdict.wrong.push(format!("a copy of {} went to {own}", name(form, *cell)));
                }
            }
            What::Beside | What::Label => {
                if let Some((own, _)) = landed.filter(|(own, _)| {
                    !is_report(own) && own != "fiscal_year" && own != "funds.weight" && !own.ends_with(".year")
                }) {
                    verdict.wrong.push(format!("{place:?}, no cell of the table, became {own}"));
                }
            }
        }
    }
    for ((at, key), rows) in &origins {
        let found: &Found = &recognised.tables[*at];
        let (CellId::Row { table, row, .. }, Some(own)) = (key, library.form(&found.form)) else { continue };
        let rows: Vec<&(u8, u32)> = rows.iter().collect();
        let [(from, id)] = rows.as_slice() else {
            verdict.wrong.push(format!("a row holds texts of {} rows", rows.len()));
            continue;
        };
        for (column, wanted) in whole_row(form, document, *from, *id) {
            let Some(target) = form.table(*from).and_then(|def| def.column(column)) else { continue };
            let Some(place) = own.table(*table).and_then(|def| def.column_index(&target.id)) else { continue };
            let got = text_of(&found.document, CellId::Row { table: *table, row: *row, column: place });
            // A blank name may wait to be told; another name is wrong.
            if flat(&got) != flat(&wanted) && !got.is_empty() {
                verdict.wrong.push(format!("{} of the row: {wanted:?} became {got:?}", target.id));
            }
        }
    }
    verdict
}

/// Cells whose text takes up what stands beside them: a level with its points, a value with its sign and unit.
fn merges(name: &str) -> bool {
    ["level1", "level2", "target"].iter().any(|end| name.ends_with(end))
}
