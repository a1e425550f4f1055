//! Decides which functions of a module that is cut in two come later: a module and names in, a plan out; nothing is changed.
//!
//! A function stays if the first part can come to it: by a call, or by a slot of the function table that the first part's
//! code or data refers to. What the rules name as later is never entered: where the first part can come to it, it gets a
//! gate. Everything else comes later, whatever its name.
//!
//! What may never happen here: a function in the later part without a gate to which the first part can come.

use std::collections::{BTreeMap, BTreeSet};

use walrus::ir::{self, Visitor};
use walrus::{ExportItem, FunctionId, FunctionKind, Module};

use super::carve::{function_table, slots};
use super::uses::{Reach, Uses};
use crate::failure::Outcome;

/// Functions with fewer bytes of code are often the same for several types: the compiler keeps one of them, under the name
/// of any. So those get no gate: they stay if the first part can come to them. Measured: with 256 a first visit steps over
/// no border.
const ALIKE_BELOW: usize = 256;

/// So few bytes may be the same for anything: a constant returned, a field read.
const TRIVIAL_BELOW: usize = 24;

/// Number of a function in the whole module; both parts are parsed from the same bytes, so it means the same in both.
pub type Number = usize;

/// Which functions go where, and through which slots of the table they are reached.
pub struct Plan {
    /// Functions of the later part.
    pub later: BTreeSet<Number>,
    /// Those that the first part can come to: their slots in the function table.
    pub gates: BTreeMap<Number, Vec<u64>>,
    /// Later functions with slots that the first part does not refer to.
    pub quiet: BTreeMap<Number, Vec<u64>>,
    /// Slots of the table in the first part, with the added ones.
    pub slots: u64,
}

/// What a function's name says of where it belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// To the first part.
    First,
    /// To the later part.
    Later,
    /// A library's function, made for a type of the later part: it goes there unless the first part calls it by itself,
    /// or it is so small that others may be the same to the byte: of those the compiler keeps one, under the name of any.
    LaterUnlessCalled,
}

/// See [`Number`].
pub fn number(id: FunctionId) -> Number {
    id.index()
}

/// The functions that a function calls or takes the address of.
#[derive(Default)]
struct Callees(BTreeSet<FunctionId>);

impl<'instr> Visitor<'instr> for Callees {
    fn visit_function_id(&mut self, function: &FunctionId) {
        self.0.insert(*function);
    }
}

/// See [`Callees`].
pub fn callees(module: &Module, id: FunctionId) -> BTreeSet<FunctionId> {
    let mut found = Callees::default();
    if let FunctionKind::Local(local) = &module.funcs.get(id).kind {
        ir::dfs_in_order(&mut found, local, local.entry_block());
    }
    found.0
}

/// Bytes of a function's code.
fn size(module: &Module, id: FunctionId) -> usize {
    match &module.funcs.get(id).kind {
        FunctionKind::Local(local) => local.original_range.as_ref().map_or(0, ExactSizeIterator::len),
        _ => 0,
    }
}

/// Functions of the table: by function its slots, and by name the functions.
struct Table<'a> {
    slots: BTreeMap<FunctionId, Vec<u64>>,
    by_name: BTreeMap<&'a str, Vec<FunctionId>>,
}

impl<'a> Table<'a> {
    fn read(module: &'a Module) -> Outcome<Table<'a>> {
        let mut table = Table {
            slots: BTreeMap::new(),
            by_name: BTreeMap::new(),
        };
        for (slot, function) in slots(module, function_table(module)?)? {
            table.slots.entry(function).or_default().push(slot);
        }
        for function in table.slots.keys() {
            let name = module.funcs.get(*function).name.as_deref().unwrap_or_default();
            table.by_name.entry(name).or_default().push(*function);
        }
        Ok(table)
    }
}

/// Makes the plan. `judge` judges a function's name. Without `uses` each slot of the table counts as referred to.
pub fn plan(module: &Module, judge: impl Fn(&str) -> Verdict, uses: Option<&Uses>) -> Outcome<Plan> {
    let table = Table::read(module)?;
    let exported: BTreeSet<FunctionId> = module
        .exports
        .iter()
        .filter_map(|export| match export.item {
            ExportItem::Function(function) => Some(function),
            _ => None,
        })
        .chain(module.start)
        .collect();
    let verdict = |id: FunctionId| match module.funcs.get(id).name.as_deref().map(&judge) {
        Some(Verdict::LaterUnlessCalled) if size(module, id) < ALIKE_BELOW => Verdict::First,
        Some(Verdict::Later) if size(module, id) < TRIVIAL_BELOW => Verdict::First,
        Some(verdict) if !exported.contains(&id) => verdict,
        _ => Verdict::First,
    };
    let verdicts: BTreeMap<FunctionId, Verdict> = module.funcs.iter_local().map(|(id, _)| (id, verdict(id))).collect();
    let (reached, called, mut pointed) = reach(module, &table, &exported, &verdicts, uses);
    // What is reached by a call after all needs no gate.
    pointed.retain(|function| !reached.contains(function));
    let mut gates: BTreeMap<Number, Vec<u64>> = BTreeMap::new();
    let mut quiet: BTreeMap<Number, Vec<u64>> = BTreeMap::new();
    for (function, slots) in &table.slots {
        if pointed.contains(function) || called.contains(function) {
            gates.insert(number(*function), slots.clone());
        } else if !reached.contains(function) {
            quiet.insert(number(*function), slots.clone());
        }
    }
    let mut slots = module.tables.get(function_table(module)?).initial;
    for function in called.iter().filter(|function| !reached.contains(function)) {
        gates.entry(number(*function)).or_insert_with(|| {
            slots += 1;
            vec![slots - 1]
        });
    }
    let later = module.funcs.iter_local().map(|(id, _)| id);
    Ok(Plan {
        later: later.filter(|id| !reached.contains(id)).map(number).collect(),
        gates,
        quiet,
        slots,
    })
}

/// What the first part can come to without entering a later function; the later functions that it calls; those whose slots
/// it can refer to.
fn reach(
    module: &Module,
    table: &Table,
    exported: &BTreeSet<FunctionId>,
    verdicts: &BTreeMap<FunctionId, Verdict>,
    uses: Option<&Uses>,
) -> (BTreeSet<FunctionId>, BTreeSet<FunctionId>, BTreeSet<FunctionId>) {
    let of = |id: &FunctionId| verdicts.get(id).copied().unwrap_or(Verdict::First);
    let (mut reached, mut called, mut pointed) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut waiting: Vec<FunctionId> = exported.iter().copied().collect();
    let mut point = |functions: &[FunctionId], waiting: &mut Vec<FunctionId>| {
        for function in functions {
            match of(function) {
                Verdict::First => waiting.push(*function),
                Verdict::Later | Verdict::LaterUnlessCalled => _ = pointed.insert(*function),
            }
        }
    };
    let named = |name: &str| table.by_name.get(name).map_or(&[][..], Vec::as_slice);
    let mut entered = uses.map(Reach::new);
    match &entered {
        Some((_, at_once)) => at_once.iter().for_each(|name| point(named(name), &mut waiting)),
        None => table
            .slots
            .keys()
            .for_each(|function| point(&[*function], &mut waiting)),
    }
    // A function without a name may be anybody's.
    point(named(""), &mut waiting);
    while let Some(function) = waiting.pop() {
        if of(&function) == Verdict::Later {
            called.insert(function);
        } else if reached.insert(function) {
            waiting.extend(callees(module, function));
            let name = module.funcs.get(function).name.as_deref();
            if let Some(((reach, _), name)) = entered.as_mut().zip(name) {
                reach
                    .enter(name)
                    .into_iter()
                    .for_each(|name| point(named(name), &mut waiting));
            }
        }
    }
    (reached, called, pointed)
}
