//! Which data each function uses, and which slots of the function table functions and data refer to, read from what the linker writes with `--emit-relocs` (.cargo/config.toml): bytes in, facts
//! out. wasm-bindgen changes functions and keeps data where it was, so the facts of the linked program hold for the page's.
//!
//! What may never happen here: data that is called unused by the first part, and is used by it. Whatever is not understood,
//! or lies in no symbol, counts as used by everybody.
//!
//! The format: <https://github.com/WebAssembly/tool-conventions/blob/main/Linking.md>.

use std::collections::BTreeMap;
use std::ops::Range;

use super::uses::{From, Place, To, Uses};

/// What a symbol names.
enum Symbol {
    /// Bytes in memory.
    Data(Place),
    /// A function, by its number.
    Function(u64),
    /// What matters to nobody here.
    Other,
}

/// Reads a linked program. `None`: it is no module with relocations and names as they are known here.
pub fn read(wasm: &[u8]) -> Option<Uses> {
    sections(wasm)?.uses()
}

/// The functions of a linked program: name, bytes of code. `None` as in [`read`].
pub fn functions(wasm: &[u8]) -> Option<Vec<(&str, u64)>> {
    let found = sections(wasm)?;
    let names = function_names(found.names)?;
    let bodies = bodies(found.code.1)?;
    let named = |(at, body): (u64, Range<u64>)| {
        let name = names.get(&(found.imported + at)).copied().unwrap_or_default();
        (name, body.end - body.start)
    };
    Some((0..).zip(bodies).map(named).collect())
}

fn sections(wasm: &[u8]) -> Option<Sections<'_>> {
    let mut reader = Reader { bytes: wasm, at: 8 };
    let mut found = Sections::default();
    let mut place = 0;
    while reader.at < wasm.len() {
        let id = reader.byte()?;
        let length = usize::try_from(reader.number()?).ok()?;
        let content = wasm.get(reader.at..reader.at + length)?;
        match id {
            0 => {
                let mut inner = Reader { bytes: content, at: 0 };
                let name = inner.text()?;
                let rest = content.get(inner.at..)?;
                match name {
                    "linking" => found.linking = rest,
                    "name" => found.names = rest,
                    _ if name.starts_with("reloc.") => found.relocations.push(rest),
                    _ => {}
                }
            }
            2 => found.imported = imported_functions(content)?,
            10 => found.code = (place, content),
            11 => found.data = (place, content),
            _ => {}
        }
        reader.at += length;
        place += 1;
    }
    Some(found)
}

/// The content of the first section of this kind.
pub fn section(wasm: &[u8], kind: u8) -> Option<&[u8]> {
    let mut reader = Reader { bytes: wasm, at: 8 };
    while reader.at < wasm.len() {
        let id = reader.byte()?;
        let length = usize::try_from(reader.number()?).ok()?;
        let content = wasm.get(reader.at..reader.at + length)?;
        if id == kind {
            return Some(content);
        }
        reader.at += length;
    }
    None
}

/// The sections that matter, with their places among all sections.
#[derive(Default)]
struct Sections<'a> {
    linking: &'a [u8],
    names: &'a [u8],
    relocations: Vec<&'a [u8]>,
    code: (u64, &'a [u8]),
    data: (u64, &'a [u8]),
    imported: u64,
}

impl Sections<'_> {
    fn uses(&self) -> Option<Uses> {
        let segments = segments(self.data.1)?;
        let mut uses = Uses::default();
        let names = function_names(self.names)?;
        for (number, symbol) in symbols(self.linking, &segments)?.into_iter().enumerate() {
            if let Symbol::Function(index) = symbol {
                let name = names.get(&index).copied().unwrap_or_default();
                uses.functions.insert(number, name.to_owned());
            }
            uses.symbols.push(match symbol {
                Symbol::Data(place) => Some(place),
                _ => None,
            });
        }
        let bodies = bodies(self.code.1)?;
        // By address: which symbols lie there, to find whose bytes refer to something.
        let mut by_place: Vec<(u64, usize)> = Vec::new();
        for (number, symbol) in uses.symbols.iter().enumerate() {
            by_place.extend(
                symbol
                    .as_ref()
                    .filter(|symbol| !symbol.is_empty())
                    .map(|symbol| (symbol.start, number)),
            );
        }
        by_place.sort_unstable();
        for section in &self.relocations {
            let mut reader = Reader { bytes: section, at: 0 };
            let target = reader.number()?;
            for _ in 0..reader.number()? {
                let Some((offset, to)) = reader.relocation()? else {
                    continue;
                };
                let known = match to {
                    To::Memory(symbol) => uses.symbols.get(symbol).is_some_and(Option::is_some),
                    To::Slot(symbol) => uses.functions.contains_key(&symbol),
                };
                if !known {
                    continue;
                }
                let from = if target == self.code.0 {
                    let at = bodies.partition_point(|body| body.end <= offset);
                    From::Function(names.get(&(self.imported + at as u64)).copied().unwrap_or_default())
                } else if target == self.data.0 {
                    let segment = segments.iter().find(|segment| segment.content.contains(&offset))?;
                    let address = segment.address + (offset - segment.content.start);
                    holder(&uses.symbols, &by_place, address).map_or(From::Nobody, From::Symbol)
                } else {
                    continue;
                };
                uses.note(from, to);
            }
        }
        (!uses.by_function.is_empty()).then_some(uses)
    }
}

/// The symbol in which an address lies.
fn holder(symbols: &[Option<Place>], by_place: &[(u64, usize)], address: u64) -> Option<usize> {
    let after = by_place.partition_point(|(start, _)| *start <= address);
    let before = by_place.get(..after)?.iter().rev().take(64);
    let holds = |number: &usize| {
        symbols
            .get(*number)
            .and_then(Option::as_ref)
            .is_some_and(|symbol| symbol.contains(&address))
    };
    before.map(|(_, number)| *number).find(|number| holds(number))
}

/// A piece of data: where it goes in memory, and where its bytes are in the section.
struct Segment {
    address: u64,
    content: Range<u64>,
}

fn segments(data: &[u8]) -> Option<Vec<Segment>> {
    let mut reader = Reader { bytes: data, at: 0 };
    let mut segments = Vec::new();
    for _ in 0..reader.number()? {
        // Active, in the first memory, at a constant: the linker makes no others without threads.
        if reader.number()? != 0 || reader.byte()? != 0x41 {
            return None;
        }
        let address = reader.signed()?;
        if reader.byte()? != 0x0b {
            return None;
        }
        let length = reader.number()?;
        let start = reader.at as u64;
        reader.at += usize::try_from(length).ok()?;
        segments.push(Segment {
            address: u64::from(address as u32),
            content: start..start + length,
        });
    }
    Some(segments)
}

/// Where the code of each function is in the section, in order.
fn bodies(code: &[u8]) -> Option<Vec<Range<u64>>> {
    let mut reader = Reader { bytes: code, at: 0 };
    let mut bodies = Vec::new();
    for _ in 0..reader.number()? {
        let length = reader.number()?;
        let start = reader.at as u64;
        reader.at += usize::try_from(length).ok()?;
        bodies.push(start..start + length);
    }
    Some(bodies)
}

fn imported_functions(imports: &[u8]) -> Option<u64> {
    let mut reader = Reader { bytes: imports, at: 0 };
    let mut functions = 0;
    for _ in 0..reader.number()? {
        reader.text()?;
        reader.text()?;
        match reader.byte()? {
            0 => {
                reader.number()?;
                functions += 1;
            }
            // A table has a type before its limits.
            1 => {
                reader.byte()?;
                reader.limits()?;
            }
            2 => reader.limits()?,
            3 => {
                reader.byte()?;
                reader.byte()?;
            }
            _ => return None,
        }
    }
    Some(functions)
}

fn function_names(names: &[u8]) -> Option<BTreeMap<u64, &str>> {
    let mut reader = Reader { bytes: names, at: 0 };
    let mut found = BTreeMap::new();
    while reader.at < names.len() {
        let kind = reader.byte()?;
        let length = usize::try_from(reader.number()?).ok()?;
        let end = reader.at + length;
        if kind == 1 {
            for _ in 0..reader.number()? {
                let number = reader.number()?;
                found.insert(number, reader.text()?);
            }
        }
        reader.at = end;
    }
    Some(found)
}

fn symbols(linking: &[u8], segments: &[Segment]) -> Option<Vec<Symbol>> {
    const TABLE: u8 = 8;
    const UNDEFINED: u64 = 0x10;
    const NAMED: u64 = 0x40;
    let mut reader = Reader { bytes: linking, at: 0 };
    if reader.number()? != 2 {
        return None;
    }
    let mut symbols = Vec::new();
    while reader.at < linking.len() {
        let kind = reader.byte()?;
        let length = usize::try_from(reader.number()?).ok()?;
        let end = reader.at + length;
        if kind == TABLE {
            for _ in 0..reader.number()? {
                let (kind, flags) = (reader.byte()?, reader.number()?);
                let mut named = Symbol::Other;
                match kind {
                    1 => {
                        reader.text()?;
                        if flags & UNDEFINED == 0 {
                            let (segment, offset, size) = (reader.number()?, reader.number()?, reader.number()?);
                            // Zeros have no segment in the file.
                            if let Some(segment) = segments.get(usize::try_from(segment).ok()?) {
                                let start = segment.address + offset;
                                named = Symbol::Data(start..start + size);
                            }
                        }
                    }
                    3 => {
                        reader.number()?;
                    }
                    _ => {
                        let index = reader.number()?;
                        if kind == 0 {
                            named = Symbol::Function(index);
                        }
                        if flags & UNDEFINED == 0 || flags & NAMED != 0 {
                            reader.text()?;
                        }
                    }
                }
                symbols.push(named);
            }
        }
        reader.at = end;
    }
    Some(symbols)
}

/// Reads numbers and texts, and refuses what is not there.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn number(&mut self) -> Option<u64> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f).checked_shl(shift)?;
            shift += 7;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
    }

    fn signed(&mut self) -> Option<i64> {
        let (mut number, mut shift) = (0_i64, 0);
        loop {
            let byte = self.byte()?;
            number |= i64::from(byte & 0x7f).checked_shl(shift)?;
            shift += 7;
            if byte & 0x80 == 0 {
                let sign = if byte & 0x40 != 0 && shift < 64 {
                    -1_i64 << shift
                } else {
                    0
                };
                return Some(number | sign);
            }
        }
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = usize::try_from(self.number()?).ok()?;
        let text = self.bytes.get(self.at..self.at + length)?;
        self.at += length;
        std::str::from_utf8(text).ok()
    }

    fn limits(&mut self) -> Option<()> {
        let flags = self.byte()?;
        self.number()?;
        if flags & 1 != 0 {
            self.number()?;
        }
        Some(())
    }

    /// An entry: its place in the section and what it refers to, if that is an address in memory or a slot of the function
    /// table. Types have no symbol.
    fn relocation(&mut self) -> Option<Option<(u64, To)>> {
        let kind = self.byte()?;
        let (offset, index) = (self.number()?, self.number()?);
        let is_address = matches!(kind, 3 | 4 | 5 | 11 | 14 | 15 | 16 | 17 | 21 | 23);
        if is_address || matches!(kind, 8 | 9 | 22) {
            self.signed()?;
        }
        let symbol = usize::try_from(index).ok()?;
        let to = match kind {
            _ if is_address => Some(To::Memory(symbol)),
            1 | 2 | 12 | 18 | 19 | 24 => Some(To::Slot(symbol)),
            _ => None,
        };
        Some(to.map(|to| (offset, to)))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::collections::BTreeSet;

    fn made(id: u8, content: &[u8]) -> Vec<u8> {
        let mut bytes = vec![id];
        bytes.push(u8::try_from(content.len()).unwrap());
        bytes.extend(content);
        bytes
    }

    fn custom(name: &str, content: &[u8]) -> Vec<u8> {
        let mut bytes = vec![u8::try_from(name.len()).unwrap()];
        bytes.extend(name.bytes());
        bytes.extend(content);
        made(0, &bytes)
    }

    /// Two functions, `hot` and `rare`, with four symbols of four bytes from address 16 on: `hot` refers to the first; `rare`
    /// to the first and the second, whose bytes refer to the third. Nobody refers to the fourth.
    fn program() -> Vec<u8> {
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        wasm.extend(made(1, &[1, 0x60, 0, 0]));
        wasm.extend(made(3, &[2, 0, 0]));
        wasm.extend(made(10, &[2, 4, 0, 1, 1, 0x0b, 6, 0, 1, 1, 1, 1, 0x0b]));
        let mut data = vec![1, 0, 0x41, 16, 0x0b, 16];
        data.extend(b"aaaabbbbccccdddd");
        wasm.extend(made(11, &data));
        let mut table = vec![4];
        for (name, offset) in [("a", 0), ("b", 4), ("c", 8), ("d", 12)] {
            table.extend([1, 0, 1]);
            table.extend(name.bytes());
            table.extend([0, offset, 4]);
        }
        let mut linking = vec![2, 8, u8::try_from(table.len()).unwrap()];
        linking.extend(table);
        wasm.extend(custom("linking", &linking));
        // Places in the code section: `hot` begins at 2, `rare` at 7.
        wasm.extend(custom("reloc.CODE", &[2, 3, 4, 3, 0, 0, 4, 8, 0, 0, 4, 9, 1, 0]));
        // `b` begins at 10 of the data section.
        wasm.extend(custom("reloc.DATA", &[3, 1, 5, 10, 2, 0]));
        wasm.extend(custom("name", b"\x01\x0c\x02\x00\x03hot\x01\x04rare"));
        wasm
    }

    #[test]
    fn what_only_rare_functions_refer_to_is_found() {
        let uses = read(&program()).unwrap();
        assert_eq!(
            uses.only_of(&BTreeSet::from(["rare"])).as_slice(),
            std::slice::from_ref(&(20..28))
        );
        assert_eq!(uses.only_of(&BTreeSet::from(["hot"])), []);
        let all = uses.only_of(&BTreeSet::from(["hot", "rare"]));
        assert_eq!(all.as_slice(), std::slice::from_ref(&(16..28)));
    }

    #[test]
    fn a_program_without_relocations_says_nothing() {
        assert!(read(b"\0asm\x01\0\0\0").is_none());
        let mut cut = program();
        while cut.pop().is_some() {
            // Whatever is left: no panic.
            let _ = read(&cut);
        }
    }
}
