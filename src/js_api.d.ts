/** A filled-in table in the saved format; see docs/format.md. Unknown keys are allowed everywhere. */
export interface JixiaoDocument {
  format: "jixiao";
  version: 1;
  form: { id: string; version?: number; [key: string]: unknown };
  profile?: string;
  /** What amounts without a unit are in; without it the form's own. */
  unit?: Unit;
  /** Columns that are shown or hidden otherwise than the form does of itself: "table.column" to true (shown) or false (hidden). */
  columns?: { [column: string]: boolean };
  /** What stands in the single cells. Write numbers as text, so that 180.00 stays 180.00. */
  cells?: { [cell: string]: unknown };
  tables?: { [table: string]: unknown };
  [key: string]: unknown;
}

/** 金额单位 */
export type Unit = "元" | "千元" | "万元" | "亿元";

export type State = "value" | "blank" | "not-applicable" | "undefined";

/** Exact values are texts: a decimal where it ends ("4.55"), else a fraction ("41/9"). */
export interface Value {
  state: State;
  /** Amounts in 元, rates as ratios, points as points. */
  value?: string;
  /** blank: the cells to fill in. */
  needs?: string[];
  /** undefined: why. */
  why?: Reason;
}

export interface Reason {
  code: "division-by-zero" | "unreadable" | "too-large" | "not-comparable" | "other-unit" | "needs-judgement"
    | "direction-open" | "at-bound" | "missed" | "copied" | "late";
  cell?: string;
}

export interface Agreement {
  class: "exact" | "rounds" | "truncates" | "padded" | "differs";
  dp?: number;
  /** Typed minus computed, in printed units. */
  by?: string;
}

export interface Cell extends Value {
  /** With everything recomputed; left out where it is the same. */
  by_rule?: Value;
  /** Rounded as the profile says, in printed units. */
  shown?: string;
  agreement?: Agreement;
}

export interface EvaluatedRow {
  id: number;
  state: "scored" | "not-applicable" | "unused" | "deduction" | "bonus" | "sum" | "plain";
  kind?: string;
  weight?: Value;
  claimed?: Value;
  suggested?: Value;
  shown?: string;
  interval?: [string, string];
  counted?: Value;
  by_rule?: Value;
  agreement?: Agreement;
  over?: boolean;
  cells?: { [column: string]: Cell };
}

export interface Totals {
  indicators: Value;
  execution: Value;
  sum: Value;
  total: Value;
  shown?: string;
  grade?: string;
  gate?: string;
  rescaled: boolean;
  missing: string[];
}

export interface Weights {
  total: Value;
  indicators: Value;
  execution: Value;
  not_applicable: string;
}

export interface Level {
  table: string;
  name: string;
  printed?: string;
  weight: Value;
  entered: Value;
  by_rule: Value;
  rows: number[];
  not_applicable: string;
}

export interface Finding {
  /** Stable, such as "A08"; see docs/checks.md. */
  code: string;
  severity: "error" | "warning" | "info";
  at: string[];
  place: string;
  /** Only for a table of a file: its place there. */
  source?: string;
  title: string;
  message: string;
  fix?: { cell: string; text: string }[];
}

/** Only where the state is "complete" does an empty list of findings say that nothing was found. */
export interface Progress {
  state: "unchecked" | "partial" | "complete";
  /** The places that are still to be filled in. */
  open: string[];
}

export interface ReportSection {
  /** With its number. */
  heading: string;
  level: number;
  /** None for a heading that only stands above others. */
  cell?: string;
  /** As it is read, with the numbers of the table. */
  text: string;
  /** Whether a person wrote it, or it is the draft. */
  typed: boolean;
  length: number;
  limit?: number;
}

export interface Report {
  outline: string;
  title: string;
  sections: ReportSection[];
}

export interface Evaluation {
  engine: string;
  form: string;
  profile: string;
  /** What `shown` amounts are in. */
  unit: Unit;
  cells: { [cell: string]: Cell };
  tables: { [table: string]: EvaluatedRow[] };
  totals?: { entered: Totals; by_rule: Totals };
  weights?: Weights;
  levels: Level[];
  progress: Progress;
  findings: Finding[];
  /** In an exported file always; elsewhere only where some of it was typed. */
  report?: Report;
}

export interface EvaluationWithNotices extends Evaluation {
  /** What was kept without being understood, or taken otherwise than it was written. */
  notices: string[];
}

export interface Explanation {
  title: string;
  /** All lines as plain text. */
  text: string;
  lines: { text: string; cell?: string }[][];
  sources: { text: string; verified: boolean }[];
}

export interface CellInfo {
  id: string;
  label: string;
  kind: "text" | "prose" | "year" | "date" | "amount" | "price" | "count" | "percent" | "points" | "value" | "grade" | "choice";
  computed: boolean;
}

export interface FormInfo {
  id: string;
  version: number;
  name: string;
  short: string;
  about: string;
  /** The form's own profile. */
  profile: string;
  /** What amounts without a unit are in, unless a document says otherwise. */
  unit: Unit;
  cells: CellInfo[];
  tables: { id: string; name: string; fixed: boolean; columns: CellInfo[] }[];
}

export interface ProfileInfo {
  id: string;
  version: number;
  name: string;
  region: string;
  about: string;
}

/** What a file holds, in the order of the file. */
export interface Blocks {
  list: Block[];
  /** What was left out or could not be had. */
  notices: string[];
}

export type Block = Paragraph | Grid;

export interface Paragraph {
  text: string;
  /** Its place among the paragraphs of the file, from 1. */
  number: number;
  heading?: number;
}

/** A table of a document, or a sheet. */
export interface Grid {
  /** Its place among the tables of a document, from 1. */
  number: number;
  /** Its sheet, and the row and column of the sheet, from 0, that it begins at. */
  sheet?: [name: string, row: number, column: number];
  caption?: string;
  rows: number;
  columns: number;
  /** Row and column from 0, rows and columns covered, what a person sees, and the stored number where that hides it. */
  cells?: [row: number, column: number, rows: number, columns: number, text: string, exact: string | null][];
}

/** What was recognised; the same as `jixiao import` writes, see docs/format.md. */
export interface Recognised {
  tables: Table[];
  /** Grids that no form fits. */
  others?: { place: string; block: number; checked?: CheckedGrid }[];
  /** Texts that belong to no table that was found. */
  outside?: PlacedText[];
}

/** What the words of a grid say of its figures, see docs/tables.md. */
export interface CheckedGrid {
  /** How many figures were held against others; 0 says that nothing was checked. */
  relations: number;
  findings: GridFinding[];
}

export interface GridFinding {
  /** "T01" to "T08". */
  code: string;
  severity: "error" | "warning" | "info";
  title: string;
  place: string;
  at: At;
  row: string;
  column: string;
  printed: string;
  message: string;
  /** What the figure should be, by each reading that the words allow. */
  readings: { computed: string; shown: string; tail: boolean; count: number; operands: GridOperand[] }[];
}

/** A figure that another follows from. */
export interface GridOperand {
  role: string;
  place: string;
  at: At;
  row: string;
  column: string;
  printed: string;
}

export interface Table {
  /** Where it stands: "表2", "工作表“Sheet1”". */
  place: string;
  /** Id of the form that explains most of it. */
  form: string;
  /** How much of it that form explains: a decimal from "0" to "1". */
  certainty: string;
  why: string[];
  near: { form: string; certainty: string }[];
  document: JixiaoDocument;
  /** Where the text of each cell stands: "表2第5行第3列", "Sheet1!F7". */
  sources: { [cell: string]: string };
  at: { [cell: string]: At };
  unrecognised: PlacedText[];
  /** Texts that may be two things; in each option, texts for cells. */
  questions: (PlacedText & { options: { [cell: string]: string }[] })[];
  notices: string[];
}

/** Among the blocks, from 0. A paragraph has no row and no column. */
export interface At {
  block: number;
  row?: number;
  column?: number;
}

export interface PlacedText {
  text: string;
  place: string;
  at: At;
}

/** Why `read` reads nothing; the message says what to do. */
export type Refusal = "empty" | "blank" | "encrypted" | "damaged" | "unsupported" | "not-as-named" | "too-large" | "entities"
  | "no-sheet" | "lock-file" | "placeholder" | "encoding" | "unknown-format";

/** What the functions throw. */
export interface JixiaoError extends Error {
  code:
    | "too-large"
    | "not-json"
    | "not-a-document"
    | "newer"
    | "unknown-form"
    | "unknown-profile"
    | "unknown-cell"
    | "not-blocks"
    | "internal"
    | Refusal;
}

/** A part of what goes onto paper: 自评表, 自评报告, 核对结果, 计算底稿. */
export type Part = "table" | "report" | "findings" | "annex" | "all" | "no-code";

/** A place of a template and the cell that stands there, by its name; nothing where it is empty. Rows of lists are those of the template. */
export interface Mapped extends At {
  /** Which of several values at the place is meant, from 0. */
  value?: number;
  cell: string;
}

/** A template that was filled in. */
export interface Filled {
  bytes: Uint8Array;
  mapping: Mapped[];
  /** Texts that the template has no place for. */
  left: { cell: string; text: string }[];
  /** Texts of the template that stay, in cells that are blank in the document; `cell` is the text. */
  kept: Mapped[];
  /** Old texts that were taken out of rows; `cell` is the text. */
  cleared: Mapped[];
  /** Texts that were not written, because a formula stands there; `cell` is the text. */
  formulas: Mapped[];
  /** How many rows were added. */
  added: number;
}

/** A whole published document, its tables and sentences held against each other; the same as `jixiao check --json` writes. See docs/disclosure.md. */
export interface Disclosure {
  tables: { kind: string; name: string; blocks: number[]; figures: number }[];
  relations: DisclosureRelation[];
  findings: {
    code: string;
    severity: "error" | "warning" | "info";
    title: string;
    message: string;
    figure: DisclosureFigure | null;
    /** In 元, where one value mends every relation. */
    should?: string;
    /** Positions in `relations`. */
    relations: number[];
  }[];
  /** The numbers of the text. */
  statements: DisclosureStatement[];
  remnants: { code: string; title: string; at: DisclosureAt; quote: string }[];
  gaps: { code: string; title: string; at: DisclosureAt; table: string; message: string }[];
  coverage: { right: number; wrong: number; doubt: number; unbound: number };
  year?: number;
  /** Figures whose column the text of a page does not tell. */
  unplaced: number;
}

/** A place among the blocks of the file, counted from 0. */
export interface DisclosureAt {
  block: number;
  row?: number;
  column?: number;
}

export interface DisclosureFigure {
  place: string;
  at: DisclosureAt;
  row: string;
  column: string;
  printed: string;
  measure: string;
  fund: string;
  phase: string;
  item?: string;
}

export interface DisclosureRelation {
  code: string;
  name: string;
  source: string;
  verdict: "right" | "tail" | "wrong";
  claim: DisclosureFigure | null;
  parts: DisclosureFigure[];
  /** The claim less its parts, in 元. */
  difference: string;
}

export interface DisclosureStatement {
  code: string;
  title: string;
  at: DisclosureAt;
  /** The bytes of the number in its paragraph. */
  from: number;
  to: number;
  printed: string;
  quote: string;
  standing: "right" | "tail" | "wrong" | "doubt" | "unbound";
  measure?: string;
  fund?: string;
  phase?: string;
  item?: string;
  message?: string;
}
