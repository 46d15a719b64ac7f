use super::*;
use wasm_encoder::{IndirectNameMap, MemoryType, NameMap, NameSection, RefType};
use wasmparser::Validator;

/// `start` calls `shared` and `late`; `late`, which stands in the table too, calls the page's `js` and `shared`.
fn program() -> Vec<u8> {
    let mut types = TypeSection::new();
    types.ty().function([ValType::I32], [ValType::I32]);
    let mut imports = ImportSection::new();
    imports.import("page", "js", EntityType::Function(0));
    let mut functions = FunctionSection::new();
    for _ in 0..3 {
        functions.function(0);
    }
    let mut tables = TableSection::new();
    tables.table(TableType { element_type: RefType::FUNCREF, minimum: 2, maximum: Some(2), table64: false, shared: false });
    let mut memories = MemorySection::new();
    memories.memory(MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None });
    let mut globals = GlobalSection::new();
    globals.global(GlobalType { val_type: ValType::I32, mutable: true, shared: false }, &ConstExpr::i32_const(64));
    let mut exports = ExportSection::new();
    exports.export("memory", ExportKind::Memory, 0).export("start", ExportKind::Func, 1).export("late", ExportKind::Func, 3);
    let mut elements = ElementSection::new();
    elements.active(None, &ConstExpr::i32_const(1), Elements::Functions(vec![3].into()));
    let mut code = CodeSection::new();
    for calls in [&[2, 3][..], &[], &[0, 2]] {
        let mut function = Function::new([]);
        function.instruction(&Instruction::LocalGet(0));
        for called in calls {
            function.instruction(&Instruction::Call(*called));
        }
        code.function(function.instruction(&Instruction::End));
    }
    let mut data = DataSection::new();
    data.active(0, &ConstExpr::i32_const(0), *b"data");
    let mut names = NameSection::new();
    let mut map = NameMap::new();
    (1..).zip(["start", "shared", "late"]).for_each(|(at, name)| map.append(at, name));
    names.functions(&map);
    names.locals(&IndirectNameMap::new());
    let mut module = Module::new();
    module.section(&types).section(&imports).section(&functions).section(&tables).section(&memories).section(&globals);
    module.section(&exports).section(&elements).section(&code).section(&data).section(&names);
    module.finish()
}

fn first(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// Imports, exports, own functions, and the least length of the table that is its own.
fn shape(wasm: &[u8]) -> (Vec<String>, Vec<String>, usize, Option<u64>) {
    Validator::new().validate_all(wasm).unwrap();
    let (mut imports, mut exports, mut own, mut table) = (Vec::new(), Vec::new(), 0, None);
    for payload in Parser::new(0).parse_all(wasm) {
        match payload.unwrap() {
            Payload::ImportSection(section) => {
                imports.extend(section.into_imports().map(|import| import.unwrap().name.to_owned()));
            }
            Payload::ExportSection(section) => exports.extend(section.into_iter().map(|export| export.unwrap().name.to_owned())),
            Payload::FunctionSection(section) => own = section.count() as usize,
            Payload::TableSection(section) => table = section.into_iter().next().map(|table| table.unwrap().ty.initial),
            _ => {}
        }
    }
    (imports, exports, own, table)
}

#[test]
fn each_part_is_whole_and_shares_what_the_other_needs() {
    let parts = split(&program(), &first(&["start", "shared"])).unwrap();
    let (imports, exports, own, table) = shape(&parts.first);
    assert_eq!(imports, ["js", "load"]);
    assert_eq!(exports, ["memory", "start", "late", "f2", "table", "loaded", "g0"]);
    // Its own two, and what stands for `late`, which gets a place in the table.
    assert_eq!((own, table), (3, Some(3)));
    let (imports, exports, own, _) = shape(&parts.rest);
    assert_eq!(imports, ["js", "f2", "table", "memory", "g0"]);
    assert_eq!((exports.len(), own), (0, 1));
}

/// Whatever the list says, nothing is missing: with all names, with none, and with names that no function has.
#[test]
fn any_list_gives_two_whole_parts() {
    for list in [first(&["start", "shared", "late"]), first(&[]), first(&["gone"]), first(&["late"])] {
        let parts = split(&program(), &list).unwrap();
        let own = shape(&parts.first).2 + shape(&parts.rest).2;
        assert!(own >= 3, "{list:?}");
    }
}

#[test]
fn names_go_and_are_written_down() {
    assert_eq!(names(&program()).unwrap(), ["start", "shared", "late"]);
    assert_eq!(shape(&recording(&program()).unwrap()).0, ["js", "seen"]);
    let bare = without_names(&program()).unwrap();
    assert_eq!(shape(&bare), shape(&program()));
    assert!(bare.len() < program().len());
    assert!(split(&bare, &first(&["start"])).is_ok(), "a program without names is divided too");
}

#[test]
fn a_copy_keeps_its_name_from_one_build_to_the_next() {
    for (name, kept) in
        [("a::b.395", "a::b"), ("a::b", "a::b"), ("<[u8; 3.]>::f", "<[u8; 3.]>::f"), ("a::b.llvm", "a::b.llvm"), ("", "")]
    {
        assert_eq!(lasting(name), kept);
    }
}
