//! Cuts one WebAssembly module in two that share memory, table and functions: bytes in, bytes out, no files.
//!
//! The first module is the whole program, except that the functions which belong to the later one are replaced by gates:
//! a gate makes sure that the later module is there, and calls through the function table. The later module imports what
//! it needs of the first, fills the table's slots when it is instantiated, and says so in a global. So no function's
//! meaning depends on where it lies: a wrong choice costs time, never correctness. Which goes where: [`super::plan`].
//!
//! Data that only later functions use ([`mod@super::uses`]) goes with them, in a module of its own that is instantiated before
//! them: Chromium compiles no more than 8 MiB at a time there and then. Until then its place in memory holds zeros.
//!
//! What may never happen here: a change to what the program does, or an order that depends on anything but the input.

use std::collections::BTreeMap;

use walrus::ir::{UnaryOp, Value};
use walrus::{
    ConstExpr, ElementItems, ElementKind, FunctionBuilder, FunctionId, FunctionKind, GlobalId, GlobalKind, ImportKind,
    ImportedFunction, Module, ModuleConfig, TableId, ValType,
};

use super::data::{Block, add, take};
use super::plan::{Number, Plan, Verdict, number, plan};
use super::uses::Uses;
use crate::failure::{Context, Failure, Outcome, failed};

/// The module name under which the later part imports from the first one.
const FROM: &str = "first";
/// The export of the first part that a gate calls: it loads the later part, at once, or traps.
pub const LOAD_NOW: &str = "load_later_now";
/// The first part's global that becomes 1 when the later part is there.
const HERE: &str = "later_is_here";

/// Both modules, and how many functions the later one has.
#[derive(Debug)]
pub struct Parts {
    /// What the page starts with.
    pub first: Vec<u8>,
    /// What it loads after that.
    pub later: Vec<u8>,
    /// What that finds in memory: loaded with it, instantiated before it.
    pub content: Vec<u8>,
    /// Functions in the later part.
    pub moved: usize,
    /// Gates in the first part.
    pub gates: usize,
    /// Bytes of data in the later part.
    pub data: usize,
}

/// Cuts `wasm`, which must have its name section. `judge` judges a function's name.
/// `uses`: which data its functions use; without it, all data stays in the first part. `names`: whether the first part keeps its
/// names; the later one would be too large with them.
pub fn carve(wasm: &[u8], judge: impl Fn(&str) -> Verdict, uses: Option<&Uses>, names: bool) -> Outcome<Parts> {
    let mut first = parse(wasm, names)?;
    let plan = plan(&first, judge, uses)?;
    let blocks = match uses {
        Some(uses) => take(&mut first, &|function| plan.later.contains(&number(function)), uses)?,
        None => Vec::new(),
    };
    let data = blocks.iter().map(|(_, block)| block.len()).sum();
    let mut later = parse(wasm, false)?;
    let needed = make_later(&mut later, &plan)?;
    make_first(&mut first, &plan, &needed)?;
    Ok(Parts {
        first: first.emit_wasm(),
        content: make_content(&later, blocks)?.emit_wasm(),
        later: later.emit_wasm(),
        moved: plan.later.len(),
        gates: plan.gates.len(),
        data,
    })
}

/// The custom sections that only the linker's reader wants.
const LINKERS: [&str; 3] = ["linking", "reloc.CODE", "reloc.DATA"];

fn parse(wasm: &[u8], names: bool) -> Outcome<Module> {
    let mut config = ModuleConfig::new();
    config.generate_name_section(names).generate_producers_section(false);
    let parsed = config.parse(wasm);
    let mut module = parsed.map_err(|error| Failure::Failed(format!("the module cannot be read: {error:#}")))?;
    for name in LINKERS {
        module.customs.remove_raw(name);
    }
    Ok(module)
}

/// The table of function pointers: the one with functions in it.
pub(super) fn function_table(module: &Module) -> Outcome<TableId> {
    let table = module
        .tables
        .main_function_table()
        .map_err(|error| Failure::Failed(error.to_string()))?;
    table.context("the module has no function table")
}

/// Every function of the function table with its slot.
pub(super) fn slots(module: &Module, table: TableId) -> Outcome<Vec<(u64, FunctionId)>> {
    let mut found = Vec::new();
    for element in module.elements.iter() {
        match (&element.kind, &element.items) {
            (ElementKind::Active { table: of, .. }, _) if *of != table => {}
            (
                ElementKind::Active {
                    offset: ConstExpr::Value(Value::I32(offset)),
                    ..
                },
                ElementItems::Functions(functions),
            ) => {
                let offset = u64::from(offset.cast_unsigned());
                found.extend((offset..).zip(functions.iter().copied()));
            }
            (ElementKind::Declared, _) => {}
            _ => return failed("an element segment of a kind that the linker did not make until now"),
        }
    }
    Ok(found)
}

/// What the later part needs of the first one: short names and what they stand for.
#[derive(Default)]
struct Needed {
    functions: Vec<(String, Number)>,
    globals: Vec<(String, usize)>,
    tables: Vec<(String, usize)>,
    memories: Vec<(String, usize)>,
}

fn make_later(module: &mut Module, plan: &Plan) -> Outcome<Needed> {
    module.start = None;
    for export in module.exports.iter().map(walrus::Export::id).collect::<Vec<_>>() {
        module.exports.delete(export);
    }
    let table = function_table(module)?;
    for element in module.elements.iter().map(walrus::Element::id).collect::<Vec<_>>() {
        module.elements.delete(element);
    }
    for data in module.data.iter().map(walrus::Data::id).collect::<Vec<_>>() {
        module.data.delete(data);
    }
    let originals = import_everything(module, plan);
    fill_slots(module, plan, table);
    say_here(module);
    walrus::passes::gc::run(module);
    Ok(name_imports(module, &originals))
}

/// A module that puts blocks into the memory that the later part imports, and has nothing else.
fn make_content(later: &Module, blocks: Vec<Block>) -> Outcome<Module> {
    let mut content = Module::with_config(ModuleConfig::new());
    if blocks.is_empty() {
        return Ok(content);
    }
    let memory = later.memories.iter().next().context("the later part uses no memory")?;
    let import = memory.import.context("the later part has a memory of its own")?;
    let name = &later.imports.get(import).name;
    let (id, _) = content.add_import_memory(
        FROM,
        name,
        memory.shared,
        memory.memory64,
        memory.initial,
        memory.maximum,
        memory.page_size_log2,
    );
    for (at, block) in blocks {
        add(&mut content, id, at, block);
    }
    Ok(content)
}

/// Makes imports of all that the first part keeps. The indices of the globals, tables and memories are the whole module's.
fn import_everything(module: &mut Module, plan: &Plan) -> BTreeMap<FunctionId, Number> {
    let mut originals = BTreeMap::new();
    let kept: Vec<(FunctionId, walrus::TypeId, Option<walrus::ImportId>)> = module
        .funcs
        .iter()
        .filter(|function| !plan.later.contains(&number(function.id())))
        .map(|function| match &function.kind {
            FunctionKind::Import(import) => (function.id(), function.ty(), Some(import.import)),
            _ => (function.id(), function.ty(), None),
        })
        .collect();
    for (id, ty, import) in kept {
        originals.insert(id, number(id));
        match import {
            // JavaScript's functions come by way of the first part too.
            Some(import) => FROM.clone_into(&mut module.imports.get_mut(import).module),
            None => {
                let import = module.imports.add(FROM, "", ImportKind::Function(id));
                module.funcs.get_mut(id).kind = FunctionKind::Import(ImportedFunction { import, ty });
            }
        }
    }
    for id in module.globals.iter().map(walrus::Global::id).collect::<Vec<_>>() {
        let import = module.imports.add(FROM, "", ImportKind::Global(id));
        module.globals.get_mut(id).kind = GlobalKind::Import(import);
    }
    for id in module.tables.iter().map(walrus::Table::id).collect::<Vec<_>>() {
        let import = module.imports.add(FROM, "", ImportKind::Table(id));
        let table = module.tables.get_mut(id);
        table.import = Some(import);
        table.elem_segments.clear();
    }
    for id in module.memories.iter().map(walrus::Memory::id).collect::<Vec<_>>() {
        let import = module.imports.add(FROM, "", ImportKind::Memory(id));
        let memory = module.memories.get_mut(id);
        memory.import = Some(import);
        memory.data_segments.clear();
    }
    originals
}

/// Puts the later functions into their slots, neighbours in one segment.
fn fill_slots(module: &mut Module, plan: &Plan, table: TableId) {
    let ids: BTreeMap<Number, FunctionId> = module.funcs.iter().map(|f| (number(f.id()), f.id())).collect();
    let filled: BTreeMap<u64, FunctionId> = plan
        .gates
        .iter()
        .chain(&plan.quiet)
        .flat_map(|(function, slots)| slots.iter().map(|slot| (*slot, ids[function])))
        .collect();
    let mut runs: Vec<(u64, Vec<FunctionId>)> = Vec::new();
    for (slot, function) in filled {
        match runs.last_mut() {
            Some((start, run)) if *start + run.len() as u64 == slot => run.push(function),
            _ => runs.push((slot, vec![function])),
        }
    }
    for (start, run) in runs {
        let offset = ConstExpr::Value(Value::I32(start as i32));
        let element = module
            .elements
            .add(ElementKind::Active { table, offset }, ElementItems::Functions(run));
        module.tables.get_mut(table).elem_segments.insert(element);
    }
    // At least as many slots as the first part declares.
    let table = module.tables.get_mut(table);
    table.initial = table.initial.max(plan.slots);
    table.maximum = table.maximum.map(|most| most.max(plan.slots));
}

/// The later part's start function: everything is in place.
fn say_here(module: &mut Module) {
    let import = module.imports.add(FROM, HERE, ImportKind::Global(placeholder(module)));
    let here = module.globals.add_import(ValType::I32, true, false, import);
    module.imports.get_mut(import).kind = ImportKind::Global(here);
    let mut builder = FunctionBuilder::new(&mut module.types, &[], &[]);
    builder.func_body().i32_const(1).global_set(here);
    module.start = Some(builder.finish(Vec::new(), &mut module.funcs));
}

/// Any global: an import must name one before its own exists.
fn placeholder(module: &Module) -> GlobalId {
    let first = module.globals.iter().next();
    first.map_or_else(
        || unreachable!("the linker always makes a stack pointer"),
        walrus::Global::id,
    )
}

/// Gives the imports that are left short names, in their order.
fn name_imports(module: &mut Module, originals: &BTreeMap<FunctionId, Number>) -> Needed {
    let mut needed = Needed::default();
    let imports: Vec<_> = module
        .imports
        .iter()
        .map(|import| (import.id(), import.kind.clone(), import.name.clone()))
        .collect();
    for (place, (id, kind, name)) in imports.into_iter().enumerate() {
        if name == HERE {
            continue;
        }
        let short = short(place);
        match kind {
            ImportKind::Function(function) => needed.functions.push((short.clone(), originals[&function])),
            ImportKind::Global(global) => needed.globals.push((short.clone(), global.index())),
            ImportKind::Table(table) => needed.tables.push((short.clone(), table.index())),
            ImportKind::Memory(memory) => needed.memories.push((short.clone(), memory.index())),
            ImportKind::Tag(_) => continue,
        }
        module.imports.get_mut(id).name = short;
    }
    needed
}

/// A number as a short name that no export of wasm-bindgen has.
fn short(mut place: usize) -> String {
    const DIGITS: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut name = String::from("$");
    loop {
        name.push(char::from(DIGITS[place % DIGITS.len()]));
        place /= DIGITS.len();
        if place == 0 {
            return name;
        }
    }
}

fn make_first(module: &mut Module, plan: &Plan, needed: &Needed) -> Outcome {
    let load = module
        .exports
        .get_func(LOAD_NOW)
        .map_err(|_| Failure::Failed(format!("the module exports no {LOAD_NOW}")))?;
    let table = function_table(module)?;
    let here = module
        .globals
        .add_local(ValType::I32, true, false, ConstExpr::Value(Value::I32(0)));
    module.exports.add(HERE, here);
    let ids: BTreeMap<Number, FunctionId> = module.funcs.iter().map(|f| (number(f.id()), f.id())).collect();
    for (function, slots) in &plan.gates {
        gate(module, ids[function], slots[0], (load, here, table));
    }
    leave_open(module, plan);
    let grown = module.tables.get_mut(table);
    grown.initial = plan.slots;
    grown.maximum = grown.maximum.map(|most| most.max(plan.slots));
    for (name, function) in &needed.functions {
        module.exports.add(name, ids[function]);
    }
    let globals: BTreeMap<usize, GlobalId> = module.globals.iter().map(|g| (g.id().index(), g.id())).collect();
    for (name, global) in &needed.globals {
        module.exports.add(name, globals[global]);
    }
    let tables: BTreeMap<usize, TableId> = module.tables.iter().map(|t| (t.id().index(), t.id())).collect();
    for (name, table) in &needed.tables {
        module.exports.add(name, tables[table]);
    }
    let memories: BTreeMap<usize, walrus::MemoryId> =
        module.memories.iter().map(|m| (m.id().index(), m.id())).collect();
    for (name, memory) in &needed.memories {
        module.exports.add(name, memories[memory]);
    }
    walrus::passes::gc::run(module);
    Ok(())
}

/// Slots that the first part refers to nowhere hold a function that does nothing but trap, until the later part fills them.
fn leave_open(module: &mut Module, plan: &Plan) {
    if plan.quiet.is_empty() {
        return;
    }
    let mut builder = FunctionBuilder::new(&mut module.types, &[], &[]);
    builder.func_body().unreachable();
    let trap = builder.finish(Vec::new(), &mut module.funcs);
    for element in module.elements.iter_mut() {
        if let ElementItems::Functions(functions) = &mut element.items {
            for function in functions {
                if plan.quiet.contains_key(&number(*function)) {
                    *function = trap;
                }
            }
        }
    }
}

/// Replaces a later function by a gate: load the later part if it is not here, then call through the slot.
fn gate(module: &mut Module, id: FunctionId, slot: u64, (load, here, table): (FunctionId, GlobalId, TableId)) {
    let ty = module.funcs.get(id).ty();
    let (params, results) = module.types.params_results(ty);
    let (params, results) = (params.to_vec(), results.to_vec());
    let arguments: Vec<walrus::LocalId> = params.iter().map(|ty| module.locals.add(*ty)).collect();
    let mut builder = FunctionBuilder::new(&mut module.types, &params, &results);
    let mut body = builder.func_body();
    body.global_get(here).unop(UnaryOp::I32Eqz).if_else(
        None,
        |then| {
            then.call(load);
        },
        |_| {},
    );
    for argument in &arguments {
        body.local_get(*argument);
    }
    body.i32_const(slot as i32).call_indirect(ty, table);
    module.funcs.get_mut(id).kind = FunctionKind::Local(builder.local_func(arguments));
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::plan::callees;
    use super::*;
    use std::collections::BTreeSet;
    use walrus::ir::BinaryOp;

    /// Additions that make a function too long to be like another by chance.
    const LONG: usize = 300;

    /// A program with a hot function `main`, which calls `cold`, which calls `helper` and `shared`; and a table that holds
    /// `pointed` (cold), `shared`, and two functions of a library for cold types, of which `main` calls the second too.
    fn program() -> Vec<u8> {
        let mut module = Module::default();
        module
            .globals
            .add_local(ValType::I32, true, false, ConstExpr::Value(Value::I32(1024)));
        let memory = module.memories.add_local(false, false, 1, None, None);
        module.exports.add("memory", memory);
        let table = module.tables.add_local(false, 5, Some(5), walrus::RefType::FUNCREF);
        module.exports.add("table", table);
        let function = |module: &mut Module, name: &str, calls: &[FunctionId]| {
            let mut builder = FunctionBuilder::new(&mut module.types, &[ValType::I32], &[ValType::I32]);
            builder.name(name.to_owned());
            let argument = module.locals.add(ValType::I32);
            let mut body = builder.func_body();
            body.local_get(argument);
            for call in calls {
                body.call(*call);
            }
            for _ in 0..if name.starts_with("library") { LONG } else { 10 } {
                body.i32_const(1).binop(BinaryOp::I32Add);
            }
            body.i32_const(1).binop(BinaryOp::I32Add);
            builder.finish(vec![argument], &mut module.funcs)
        };
        let shared = function(&mut module, "shared", &[]);
        let helper = function(&mut module, "helper", &[]);
        let cold = function(&mut module, "rare::cold", &[helper, shared]);
        let pointed = function(&mut module, "rare::pointed", &[shared]);
        let library = function(&mut module, "library::<rare>", &[]);
        let folded = function(&mut module, "library::<folded>", &[]);
        let main = function(&mut module, "main", &[cold, shared, folded]);
        module.exports.add("main", main);
        let load = FunctionBuilder::new(&mut module.types, &[], &[]).finish(Vec::new(), &mut module.funcs);
        module.exports.add(LOAD_NOW, load);
        let offset = ConstExpr::Value(Value::I32(1));
        let segment = module.elements.add(
            ElementKind::Active { table, offset },
            ElementItems::Functions(vec![pointed, shared, library, folded]),
        );
        module.tables.get_mut(table).elem_segments.insert(segment);
        module.emit_wasm()
    }

    fn judge(name: &str) -> Verdict {
        match name {
            "rare::cold" | "rare::pointed" => Verdict::Later,
            "library::<rare>" | "library::<folded>" => Verdict::LaterUnlessCalled,
            _ => Verdict::First,
        }
    }

    fn cut() -> (Parts, Module, Module) {
        let parts = carve(&program(), judge, None, false).unwrap();
        let (first, later) = (parse(&parts.first, false).unwrap(), parse(&parts.later, false).unwrap());
        (parts, first, later)
    }

    #[test]
    fn what_only_later_functions_use_goes_with_them() {
        let (parts, first, later) = cut();
        // cold, pointed, helper and the library's one move; main, shared, folded, the loader and three gates stay.
        assert_eq!((parts.moved, parts.gates), (4, 3));
        assert_eq!(first.funcs.iter_local().count(), 7);
        // … and a start function that says so.
        assert_eq!(later.funcs.iter_local().count(), 5);
    }

    #[test]
    fn a_slot_that_only_later_functions_refer_to_has_no_gate_and_is_filled_later() {
        let uses = Uses::of_slots(&[
            ("main", "rare::pointed"),
            ("rare::cold", "library::<rare>"),
            ("main", "shared"),
        ]);
        let parts = carve(&program(), judge, Some(&uses), false).unwrap();
        // cold is called, pointed is pointed to; the library's goes with cold, and nobody asks for it before.
        assert_eq!((parts.moved, parts.gates), (4, 2));
        let (first, later) = (parse(&parts.first, false).unwrap(), parse(&parts.later, false).unwrap());
        let slots_of = |module: &Module| slots(module, function_table(module).unwrap()).unwrap();
        let filled: Vec<u64> = slots_of(&later).into_iter().map(|(slot, _)| slot).collect();
        assert_eq!(
            filled,
            [1, 3, 5],
            "pointed, the library's, and cold in a slot of its own"
        );
        let (_, open) = slots_of(&first).into_iter().find(|(slot, _)| *slot == 3).unwrap();
        assert!(
            callees(&first, open).is_empty(),
            "it waits for the later part and loads nothing"
        );
    }

    #[test]
    fn everything_the_later_part_imports_the_first_one_exports() {
        let (_, first, later) = cut();
        let exports: BTreeSet<&str> = first.exports.iter().map(|export| export.name.as_str()).collect();
        let imports: Vec<_> = later
            .imports
            .iter()
            .map(|i| (i.module.as_str(), i.name.as_str()))
            .collect();
        assert!(!imports.is_empty());
        for (module, name) in imports {
            assert_eq!(module, FROM);
            assert!(exports.contains(name), "{name} is not exported");
        }
        for name in ["memory", "table", "main", LOAD_NOW, HERE] {
            assert!(exports.contains(name), "{name} is lost");
        }
    }

    #[test]
    fn the_later_part_fills_the_slot_of_each_gate_and_no_other() {
        let (_, first, later) = cut();
        let table = function_table(&first).unwrap();
        assert_eq!(
            first.tables.get(table).initial,
            6,
            "one slot for the function that had none"
        );
        let filled: Vec<u64> = slots(&later, function_table(&later).unwrap())
            .unwrap()
            .into_iter()
            .map(|(slot, _)| slot)
            .collect();
        assert_eq!(filled, [1, 3, 5]);
        let before: Vec<u64> = slots(&first, table)
            .unwrap()
            .into_iter()
            .map(|(slot, _)| slot)
            .collect();
        assert_eq!(before, [1, 2, 3, 4], "what had a slot keeps it");
        assert!(later.start.is_some() && later.exports.iter().next().is_none());
    }

    #[test]
    fn the_same_program_is_cut_the_same_way() {
        let (one, two) = (cut().0, cut().0);
        assert_eq!((one.first, one.later), (two.first, two.later));
    }

    #[test]
    fn a_program_that_cannot_load_is_not_cut() {
        let mut module = Module::from_buffer(&program()).unwrap();
        module.exports.remove(LOAD_NOW).unwrap();
        let error = carve(&module.emit_wasm(), judge, None, false).unwrap_err();
        assert!(error.to_string().contains(LOAD_NOW), "{error}");
        assert!(carve(b"\0asm", |_| Verdict::First, None, false).is_err());
    }
}
