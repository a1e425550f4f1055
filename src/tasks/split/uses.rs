//! Which data each function of a program uses, and which slots of the function table functions and data refer to: facts that
//! [`super::relocations`] reads, and what follows from them.
//!
//! What may never happen here: data that is called unused by the first part, and is used by it; a slot that is not found
//! from what refers to it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The bytes in memory that a symbol of data names.
pub type Place = Range<u64>;

/// What refers to something: a function by its name, a symbol's bytes, bytes in no symbol.
pub enum From<'a> {
    Function(&'a str),
    Symbol(usize),
    Nobody,
}

/// What is referred to, by its symbol: an address in memory, or a function's slot in the table.
#[derive(Clone, Copy)]
pub enum To {
    Memory(usize),
    Slot(usize),
}

/// What the relocations say.
#[derive(Debug, Default)]
pub struct Uses {
    /// By symbol's number: where it lies; functions and the like lie nowhere.
    pub symbols: Vec<Option<Place>>,
    /// By function's name: the symbols of data that it refers to. Functions of one name are one.
    pub by_function: BTreeMap<String, BTreeSet<usize>>,
    /// By symbol: those that its bytes refer to.
    by_symbol: BTreeMap<usize, BTreeSet<usize>>,
    /// Those that bytes refer to which are in no symbol.
    by_nobody: BTreeSet<usize>,
    /// By symbol's number: the function that it names.
    pub functions: BTreeMap<usize, String>,
    /// The function symbols whose slots of the table are referred to, in the same three ways.
    slots: Slots,
}

/// Who refers to slots of the function table, by the symbols of the functions that stand there.
#[derive(Debug, Default)]
struct Slots {
    by_function: BTreeMap<String, BTreeSet<usize>>,
    by_symbol: BTreeMap<usize, BTreeSet<usize>>,
    by_nobody: BTreeSet<usize>,
}

/// Which slots of the function table can be referred to, as functions are entered one after the other.
#[derive(Debug)]
pub struct Reach<'a> {
    uses: &'a Uses,
    seen: BTreeSet<usize>,
}

impl<'a> Reach<'a> {
    /// Nothing is entered yet. With it come the functions that bytes in no symbol refer to.
    pub fn new(uses: &'a Uses) -> (Reach<'a>, Vec<&'a str>) {
        let seen = BTreeSet::new();
        let mut reach = Reach { uses, seen };
        let mut pointed: Vec<&str> = reach.named(&uses.slots.by_nobody).collect();
        pointed.extend(reach.through(&uses.by_nobody));
        // What has no name may be anybody's.
        pointed.extend(reach.enter(""));
        (reach, pointed)
    }

    /// A function of this name is entered: the functions whose slots it refers to, or data that it uses.
    pub fn enter(&mut self, name: &str) -> Vec<&'a str> {
        let uses = self.uses;
        let mut pointed: Vec<&str> = uses
            .slots
            .by_function
            .get(name)
            .into_iter()
            .flat_map(|symbols| self.named(symbols))
            .collect();
        if let Some(symbols) = uses.by_function.get(name) {
            pointed.extend(self.through(symbols));
        }
        pointed
    }

    fn named(&self, symbols: &'a BTreeSet<usize>) -> impl Iterator<Item = &'a str> + use<'a> {
        let functions = &self.uses.functions;
        symbols
            .iter()
            .filter_map(|symbol| functions.get(symbol).map(String::as_str))
    }

    /// What these symbols of data and those behind them refer to, but for what was seen before.
    fn through(&mut self, symbols: &BTreeSet<usize>) -> Vec<&'a str> {
        let uses = self.uses;
        let mut waiting: Vec<usize> = symbols.iter().copied().collect();
        let mut pointed = Vec::new();
        while let Some(symbol) = waiting.pop() {
            if self.seen.insert(symbol) {
                waiting.extend(uses.by_symbol.get(&symbol).into_iter().flatten());
                pointed.extend(
                    uses.slots
                        .by_symbol
                        .get(&symbol)
                        .into_iter()
                        .flat_map(|found| self.named(found)),
                );
            }
        }
        pointed
    }
}

impl Uses {
    /// A program in which each of these functions refers to the slot of another.
    #[cfg(test)]
    pub fn of_slots(pairs: &[(&str, &str)]) -> Uses {
        let mut uses = Uses::default();
        for (number, (from, to)) in pairs.iter().enumerate() {
            uses.functions.insert(number, (*to).to_owned());
            uses.note(From::Function(from), To::Slot(number));
        }
        uses
    }

    /// Notes that something is referred to.
    pub fn note(&mut self, from: From, to: To) {
        let slots = &mut self.slots;
        match (from, to) {
            (From::Function(name), To::Memory(symbol)) => {
                self.by_function.entry(name.to_owned()).or_default().insert(symbol);
            }
            (From::Function(name), To::Slot(symbol)) => {
                slots.by_function.entry(name.to_owned()).or_default().insert(symbol);
            }
            (From::Symbol(holder), To::Memory(symbol)) => {
                self.by_symbol.entry(holder).or_default().insert(symbol);
            }
            (From::Symbol(holder), To::Slot(symbol)) => {
                slots.by_symbol.entry(holder).or_default().insert(symbol);
            }
            (From::Nobody, To::Memory(symbol)) => _ = self.by_nobody.insert(symbol),
            (From::Nobody, To::Slot(symbol)) => _ = slots.by_nobody.insert(symbol),
        }
    }

    /// The bytes in memory that only functions of these names use: ranges, in order, that do not touch.
    pub fn only_of(&self, names: &BTreeSet<&str>) -> Vec<Range<u64>> {
        let others = self
            .by_function
            .iter()
            .filter(|(name, _)| !names.contains(name.as_str()));
        let first = self.reached(others.flat_map(|(_, symbols)| symbols).chain(&self.by_nobody).copied());
        let own = self
            .by_function
            .iter()
            .filter(|(name, _)| names.contains(name.as_str()));
        let later = self.reached(own.flat_map(|(_, symbols)| symbols).copied());
        let place = |symbol: &usize| self.symbols.get(*symbol).cloned().flatten();
        let taken = joined(first.iter().filter_map(place).collect());
        let wanted = joined(later.difference(&first).filter_map(place).collect());
        without(wanted, &taken)
    }

    fn reached(&self, from: impl Iterator<Item = usize>) -> BTreeSet<usize> {
        let mut waiting: Vec<usize> = from.collect();
        let mut reached = BTreeSet::new();
        while let Some(symbol) = waiting.pop() {
            if reached.insert(symbol) {
                waiting.extend(self.by_symbol.get(&symbol).into_iter().flatten());
            }
        }
        reached
    }
}

/// Ranges in order, those that touch or overlap as one.
fn joined(mut ranges: Vec<Range<u64>>) -> Vec<Range<u64>> {
    ranges.retain(|range| !range.is_empty());
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut out: Vec<Range<u64>> = Vec::new();
    for range in ranges {
        match out.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}

/// `ranges` without what is in `taken`; both are in order and do not touch.
fn without(ranges: Vec<Range<u64>>, taken: &[Range<u64>]) -> Vec<Range<u64>> {
    let mut out = Vec::new();
    for mut range in ranges {
        let from = taken.partition_point(|taken| taken.end <= range.start);
        for taken in taken.iter().skip(from).take_while(|taken| taken.start < range.end) {
            out.push(range.start..taken.start.max(range.start));
            range.start = taken.end.min(range.end);
        }
        out.push(range);
    }
    out.retain(|range| !range.is_empty());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_found_through_code_and_through_data() {
        let mut uses = Uses::of_slots(&[("hot", "called back"), ("rare", "rarely called back")]);
        // `hot` uses a symbol whose bytes refer to another, which holds a table of methods.
        uses.functions.insert(2, "method".to_owned());
        uses.note(From::Function("hot"), To::Memory(7));
        uses.note(From::Symbol(7), To::Memory(8));
        uses.note(From::Symbol(8), To::Slot(2));
        uses.functions.insert(3, "anybody's".to_owned());
        uses.note(From::Nobody, To::Slot(3));
        let (mut reach, at_once) = Reach::new(&uses);
        assert_eq!(at_once, ["anybody's"]);
        assert_eq!(reach.enter("hot"), ["called back", "method"]);
        assert_eq!(reach.enter("rare"), ["rarely called back"]);
        assert!(reach.enter("unknown").is_empty());
    }

    #[test]
    fn ranges_without_ranges() {
        assert_eq!(
            without(vec![0..10, 20..30], &[2..4, 8..22, 29..40]),
            [0..2, 4..8, 22..29]
        );
        assert_eq!(joined(vec![5..7, 0..2, 2..3, 6..9, 4..4]), [0..3, 5..9]);
    }
}
