//! The page's program in two parts: what runs until a table is open and typed into comes first, and the rest while the person reads.
//!
//! `first.txt` names the functions of the first part, as `cargo xtask record` wrote them down while a browser started the page and
//! typed. It decides only what comes when: a function that the list misses is fetched in the moment it is called, so a list that is
//! behind costs time and never a result. Both parts share memory, tables and globals. Where the first part calls into the rest stands a
//! short function that looks the other one up in the table, where the rest puts its own functions when it arrives.

use anyhow::{Context, Result, bail};
use rustc_demangle::demangle;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportKind, ExportSection, Function,
    FunctionSection, GlobalSection, GlobalType, ImportSection, Instruction, MemorySection, Module, TableSection, TableType,
    TypeSection, ValType,
};
use wasmparser::{
    DataSectionReader, ElementItems, ElementSectionReader, Export, ExternalKind, FuncType, FunctionBody, GlobalSectionReader,
    Import, KnownCustom, MemorySectionReader, Name, Operator, Parser, Payload, TableSectionReader, TypeRef, TypeSectionReader,
};

/// Where the rest finds what it shares with the first part, and the first part what fetches the rest.
const SHARED: &str = "first";
const TABLE: &str = "table";
const LOADED: &str = "loaded";
const LOAD: &str = "load";
const SEEN: &str = "seen";

pub struct Parts {
    pub first: Vec<u8>,
    pub rest: Vec<u8>,
}

/// The functions of the first part.
pub fn recorded() -> BTreeSet<String> {
    include_str!("first.txt").lines().map(str::to_owned).collect()
}

/// Divides a program that carries the names of its functions.
pub fn split(wasm: &[u8], first: &BTreeSet<String>) -> Result<Parts> {
    let program = Program::read(wasm)?;
    let names = program.names();
    // What has no name was made by wasm-bindgen, such as what starts the program.
    let is_first: Vec<bool> = names.iter().map(|name| name.is_empty() || first.contains(name)).collect();
    program.split(&is_first)
}

/// The program with a note at the head of each function that says when it is called.
pub fn recording(wasm: &[u8]) -> Result<Vec<u8>> {
    Program::read(wasm)?.recording()
}

/// The names of its functions, by the numbers that a recording notes.
pub fn names(wasm: &[u8]) -> Result<Vec<String>> {
    Ok(Program::read(wasm)?.names())
}

/// The program without the names of its functions.
pub fn without_names(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut bare = b"\0asm\x01\0\0\0".to_vec();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        if let Some((id, range)) = payload.as_section().filter(|(id, _)| *id != 0) {
            wasm_encoder::Section::append_to(&wasm_encoder::RawSection { id, data: &wasm[range] }, &mut bare);
        }
    }
    Ok(bare)
}

/// A compiled program, with what names its functions.
struct Program<'a> {
    types: TypeSectionReader<'a>,
    signatures: Vec<FuncType>,
    imports: Vec<Import<'a>>,
    /// The type of each function, imported ones first.
    functions: Vec<u32>,
    tables: TableSectionReader<'a>,
    memories: MemorySectionReader<'a>,
    globals: GlobalSectionReader<'a>,
    exports: Vec<Export<'a>>,
    elements: ElementSectionReader<'a>,
    bodies: Vec<FunctionBody<'a>>,
    data: DataSectionReader<'a>,
    named: BTreeMap<u32, &'a str>,
}

/// A section that no program of ours is without.
fn needed<T>(section: Option<T>, name: &str) -> Result<T> {
    section.with_context(|| format!("the program has no {name}"))
}

impl<'a> Program<'a> {
    fn read(wasm: &'a [u8]) -> Result<Program<'a>> {
        let (mut types, mut tables, mut memories, mut globals, mut elements, mut data) = (None, None, None, None, None, None);
        let (mut imports, mut functions, mut own, mut exports, mut bodies) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut named = BTreeMap::new();
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::TypeSection(section) => types = Some(section),
                Payload::ImportSection(section) => imports = section.into_imports().collect::<Result<_, _>>()?,
                Payload::FunctionSection(section) => own = section.into_iter().collect::<Result<Vec<u32>, _>>()?,
                Payload::TableSection(section) => tables = Some(section),
                Payload::MemorySection(section) => memories = Some(section),
                Payload::GlobalSection(section) => globals = Some(section),
                Payload::ExportSection(section) => exports = section.into_iter().collect::<Result<_, _>>()?,
                Payload::ElementSection(section) => elements = Some(section),
                Payload::CodeSectionEntry(body) => bodies.push(body),
                Payload::DataSection(section) => data = Some(section),
                Payload::StartSection { .. } | Payload::TagSection(_) => {
                    bail!("the program has a section that cannot be divided")
                }
                Payload::CustomSection(section) => {
                    if let KnownCustom::Name(section) = section.as_known() {
                        for group in section {
                            if let Name::Function(names) = group? {
                                for name in names {
                                    let name = name?;
                                    named.insert(name.index, name.name);
                                }
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        for import in &imports {
            let TypeRef::Func(signature) = import.ty else { bail!("the program imports something else than functions") };
            functions.push(signature);
        }
        functions.extend(own);
        let types = needed(types, "types")?;
        Ok(Program {
            signatures: types.clone().into_iter_err_on_gc_types().collect::<Result<_, _>>()?,
            types,
            imports,
            functions,
            tables: needed(tables, "table")?,
            memories: needed(memories, "memory")?,
            globals: needed(globals, "globals")?,
            exports,
            elements: needed(elements, "elements")?,
            bodies,
            data: needed(data, "data")?,
            named,
        })
    }

    fn imported(&self) -> usize {
        self.imports.len()
    }

    /// Every own function with its number and whatever it calls.
    fn own(&self) -> impl Iterator<Item = (usize, &FunctionBody<'a>)> {
        (self.imported()..).zip(&self.bodies)
    }

    /// What its own functions are called: their paths with all types, which last from one build to the next.
    fn names(&self) -> Vec<String> {
        let name = |(at, _): (usize, _)| {
            let known = u32::try_from(at).ok().and_then(|at| self.named.get(&at));
            known.map_or_else(String::new, |name| lasting(&format!("{:#}", demangle(name))).to_owned())
        };
        self.own().map(name).collect()
    }

    fn signature(&self, function: usize) -> &FuncType {
        &self.signatures[self.functions[function] as usize]
    }

    /// The number of the type without parameters and results, and that with one number as its parameter; added where the program has none.
    fn notice_types(&self) -> (TypeSection, u32, u32) {
        let mut types = TypeSection::new();
        Same.parse_type_section(&mut types, self.types.clone()).expect("types were read before");
        let (plain, one) = (types.len(), types.len() + 1);
        types.ty().function([], []);
        types.ty().function([ValType::I32], []);
        (types, plain, one)
    }

    fn split(&self, is_first: &[bool]) -> Result<Parts> {
        let imported = self.imported();
        let of_first = |function: usize| function.checked_sub(imported).is_some_and(|own| is_first[own]);
        let of_rest = |function: usize| function.checked_sub(imported).is_some_and(|own| !is_first[own]);
        // What of the rest is called from the first part, from outside or by way of the table, and what of the first part the rest calls.
        let (mut entries, mut shared, mut js) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for element in self.elements.clone() {
            if let ElementItems::Functions(items) = element?.items {
                for item in items {
                    entries.insert(item? as usize);
                }
            }
        }
        entries
            .extend(self.exports.iter().filter(|export| export.kind == ExternalKind::Func).map(|export| export.index as usize));
        for (function, body) in self.own() {
            for operator in body.get_operators_reader()? {
                let Operator::Call { function_index } = operator? else { continue };
                let called = function_index as usize;
                if of_first(function) {
                    entries.insert(called);
                } else if called < imported {
                    js.insert(called);
                } else if of_first(called) {
                    shared.insert(called);
                }
            }
        }
        entries.retain(|function| of_rest(*function));
        let table = self.table()?;
        Ok(Parts {
            first: self.first(&of_first, &entries, &shared, &table)?,
            rest: self.rest(&of_rest, &entries, &shared, &js, &table)?,
        })
    }

    /// The one table, and how long it is.
    fn table(&self) -> Result<(TableType, u64)> {
        let mut tables = self.tables.clone().into_iter();
        let (Some(table), None) = (tables.next().transpose()?, tables.next()) else { bail!("the program has not one table") };
        Ok((Same.table_type(table.ty)?, table.ty.initial))
    }

    fn first(
        &self,
        of_first: &dyn Fn(usize) -> bool,
        entries: &BTreeSet<usize>,
        shared: &BTreeSet<usize>,
        (table, slots): &(TableType, u64),
    ) -> Result<Vec<u8>> {
        let imported = self.imported();
        let mut renumber = Renumber(vec![None; self.functions.len()]);
        let (types, plain, _) = self.notice_types();
        let mut imports = ImportSection::new();
        for (at, import) in self.imports.iter().enumerate() {
            Same.parse_import(&mut imports, *import)?;
            renumber.put(at, at);
        }
        imports.import(SHARED, LOAD, EntityType::Function(plain));
        let (load, mut next) = (count(imported)?, imported + 1);
        let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
        for function in (imported..self.functions.len()).filter(|at| of_first(*at)).chain(entries.iter().copied()) {
            functions.function(self.functions[function]);
            renumber.put(function, next);
            next += 1;
        }
        let mut globals = GlobalSection::new();
        Same.parse_global_section(&mut globals, self.globals.clone())?;
        let loaded = globals.len();
        globals.global(GlobalType { val_type: ValType::I32, mutable: true, shared: false }, &ConstExpr::i32_const(0));
        for (function, body) in self.own() {
            if of_first(function) {
                renumber.parse_function_body(&mut code, body.clone())?;
            }
        }
        for (slot, function) in (*slots..).zip(entries) {
            let mut stub = Function::new([]);
            let parameters = 0..count(self.signature(*function).params().len())?;
            stub.instruction(&Instruction::GlobalGet(loaded))
                .instruction(&Instruction::I32Eqz)
                .instruction(&Instruction::If(wasm_encoder::BlockType::Empty))
                .instruction(&Instruction::Call(load))
                .instruction(&Instruction::End);
            parameters.for_each(|parameter| {
                stub.instruction(&Instruction::LocalGet(parameter));
            });
            stub.instruction(&Instruction::I32Const(i32::try_from(slot)?))
                .instruction(&Instruction::CallIndirect { type_index: self.functions[*function], table_index: 0 })
                .instruction(&Instruction::End);
            code.function(&stub);
        }
        let longer = |length: u64| length + entries.len() as u64;
        let mut tables = TableSection::new();
        tables.table(TableType { minimum: longer(table.minimum), maximum: table.maximum.map(longer), ..*table });
        let mut exports = ExportSection::new();
        for export in &self.exports {
            renumber.parse_export(&mut exports, *export)?;
        }
        for function in shared {
            exports.export(&name(*function), ExportKind::Func, renumber.of(*function)?);
        }
        exports.export(TABLE, ExportKind::Table, 0).export(LOADED, ExportKind::Global, loaded);
        (0..loaded).for_each(|at| {
            exports.export(&global(at), ExportKind::Global, at);
        });
        let mut elements = ElementSection::new();
        renumber.parse_element_section(&mut elements, self.elements.clone())?;
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions).section(&tables);
        let mut memories = MemorySection::new();
        Same.parse_memory_section(&mut memories, self.memories.clone())?;
        let mut data = DataSection::new();
        Same.parse_data_section(&mut data, self.data.clone())?;
        module.section(&memories).section(&globals).section(&exports).section(&elements).section(&code).section(&data);
        Ok(module.finish())
    }

    fn rest(
        &self,
        of_rest: &dyn Fn(usize) -> bool,
        entries: &BTreeSet<usize>,
        shared: &BTreeSet<usize>,
        js: &BTreeSet<usize>,
        (table, slots): &(TableType, u64),
    ) -> Result<Vec<u8>> {
        let mut renumber = Renumber(vec![None; self.functions.len()]);
        let (types, ..) = self.notice_types();
        let mut imports = ImportSection::new();
        let mut next = 0;
        for function in js {
            Same.parse_import(&mut imports, self.imports[*function])?;
            renumber.put(*function, next);
            next += 1;
        }
        for function in shared {
            imports.import(SHARED, &name(*function), EntityType::Function(self.functions[*function]));
            renumber.put(*function, next);
            next += 1;
        }
        imports.import(SHARED, TABLE, EntityType::Table(TableType { maximum: None, ..*table }));
        for memory in self.memories.clone() {
            let memory = Same.memory_type(memory?)?;
            imports.import(SHARED, "memory", EntityType::Memory(memory));
        }
        for (at, known) in (0..).zip(self.globals.clone()) {
            imports.import(SHARED, &global(at), EntityType::Global(Same.global_type(known?.ty)?));
        }
        let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
        for (function, _) in self.own().filter(|(function, _)| of_rest(*function)) {
            functions.function(self.functions[function]);
            renumber.put(function, next);
            next += 1;
        }
        for (_, body) in self.own().filter(|(function, _)| of_rest(*function)) {
            renumber.parse_function_body(&mut code, body.clone())?;
        }
        let own: Vec<u32> = entries.iter().map(|function| renumber.of(*function)).collect::<Result<_, _>>()?;
        let mut elements = ElementSection::new();
        elements.active(None, &ConstExpr::i32_const(i32::try_from(*slots)?), Elements::Functions(own.into()));
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions).section(&elements).section(&code);
        Ok(module.finish())
    }

    fn recording(&self) -> Result<Vec<u8>> {
        let imported = self.imported();
        let mut renumber = Renumber(vec![None; self.functions.len()]);
        (0..self.functions.len()).for_each(|at| renumber.put(at, if at < imported { at } else { at + 1 }));
        let (types, _, one) = self.notice_types();
        let mut imports = ImportSection::new();
        for import in &self.imports {
            Same.parse_import(&mut imports, *import)?;
        }
        imports.import(SHARED, SEEN, EntityType::Function(one));
        let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
        for (own, (function, body)) in (0..).zip(self.own()) {
            functions.function(self.functions[function]);
            let mut noted = renumber.new_function_with_parsed_locals(body)?;
            noted.instruction(&Instruction::I32Const(own)).instruction(&Instruction::Call(count(imported)?));
            let mut reader = body.get_operators_reader()?;
            while !reader.eof() {
                noted.instruction(&renumber.parse_instruction(&mut reader)?);
            }
            code.function(&noted);
        }
        let mut module = Module::new();
        let (mut tables, mut memories, mut globals) = (TableSection::new(), MemorySection::new(), GlobalSection::new());
        Same.parse_table_section(&mut tables, self.tables.clone())?;
        Same.parse_memory_section(&mut memories, self.memories.clone())?;
        Same.parse_global_section(&mut globals, self.globals.clone())?;
        let (mut exports, mut elements, mut data) = (ExportSection::new(), ElementSection::new(), DataSection::new());
        for export in &self.exports {
            renumber.parse_export(&mut exports, *export)?;
        }
        renumber.parse_element_section(&mut elements, self.elements.clone())?;
        Same.parse_data_section(&mut data, self.data.clone())?;
        module.section(&types).section(&imports).section(&functions).section(&tables).section(&memories).section(&globals);
        module.section(&exports).section(&elements).section(&code).section(&data);
        Ok(module.finish())
    }
}

/// A name without the number that the compiler puts behind the copies of a function: `f.395` is another one in the next build.
fn lasting(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((lasting, copy)) if !copy.is_empty() && copy.bytes().all(|byte| byte.is_ascii_digit()) => lasting,
        _ => name,
    }
}

fn count(number: usize) -> Result<u32> {
    Ok(u32::try_from(number)?)
}

/// What a function of the first part is called between the two.
fn name(function: usize) -> String {
    format!("f{function:x}")
}

fn global(at: u32) -> String {
    format!("g{at}")
}

/// Everything as it was.
struct Same;

impl Reencode for Same {
    type Error = std::convert::Infallible;
}

/// A function is called where it cannot be.
#[derive(Debug)]
struct InNeither(usize);

impl fmt::Display for InNeither {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "function {} is in neither part", self.0)
    }
}

impl std::error::Error for InNeither {}

/// Functions under new numbers; none for one that is not there.
struct Renumber(Vec<Option<u32>>);

impl Renumber {
    fn put(&mut self, function: usize, number: usize) {
        self.0[function] = u32::try_from(number).ok();
    }

    fn of(&self, function: usize) -> Result<u32, InNeither> {
        self.0[function].ok_or(InNeither(function))
    }
}

impl Reencode for Renumber {
    type Error = InNeither;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<InNeither>> {
        self.of(function as usize).map_err(Error::UserError)
    }
}

#[cfg(test)]
mod tests;
