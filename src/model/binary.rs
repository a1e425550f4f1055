//! Trees of values as bytes: what share links pack. Members are keyed by their append-only numbers, so that the bytes mean
//! the same in every version of Stratus; shapes play no part.
//!
//! ```text
//! varint      7 bits a byte, low first, the high bit says that more follow; signed ones are zigzagged first
//! structure   (varint number × 16 + kind, content)… in the order of the numbers, then 0
//! list        varint count × 16 + kind of all items, then their contents; kind 0: each item has its kind in front
//! map         varint count, then (text, kind, content)…
//! ```
//! Reading never panics, makes nothing that is larger than a fixed multiple of its input, and refuses what it does not
//! know instead of guessing. What may never happen: a kind's number changes its meaning.

use crate::{Name, Structure, Value, limits};
use std::collections::BTreeMap;
use std::fmt;

const EACH: u8 = 0;
const FALSE: u8 = 1;
const TRUE: u8 = 2;
const INTEGER: u8 = 3;
const DOUBLE: u8 = 4;
/// A double that is a whole number: as a signed varint.
const WHOLE: u8 = 5;
const TEXT: u8 = 6;
/// A text in a form that the [`Texts`] in use knows.
const FORMED: u8 = 7;
const BLOB: u8 = 8;
const TIMESTAMP: u8 = 9;
const LIST: u8 = 10;
const MAP: u8 = 11;
const STRUCTURE: u8 = 12;

/// Whole doubles up to here are exact.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Writes some texts in a shorter form than their letters: references, encodings of other things.
pub trait Texts {
    /// Writes the text in a form of its own and says so; `false`, with nothing written, for a text that stays as it is.
    fn write(&mut self, text: &str, out: &mut Vec<u8>) -> bool;
    /// Reads what `write` wrote.
    ///
    /// # Errors
    /// What is wrong with the bytes.
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<String, BinaryError>;
}

/// All texts stay as they are.
#[derive(Clone, Copy, Debug, Default)]
pub struct Letters;

impl Texts for Letters {
    fn write(&mut self, _: &str, _: &mut Vec<u8>) -> bool {
        false
    }
    fn read(&mut self, _: &mut Reader<'_>) -> Result<String, BinaryError> {
        Err(BinaryError::UnknownKind(FORMED))
    }
}

/// Why bytes are not a tree of values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BinaryError {
    /// They end too early.
    CutShort,
    /// A number takes more than 64 bits.
    Overlong,
    /// No member has this number: the bytes come from a newer version, or are damaged.
    UnknownName(u64),
    /// No kind has this number: the same.
    UnknownKind(u8),
    /// A text is not UTF-8.
    NotText,
    /// A number is not one: NaN or infinite.
    NotFinite,
    /// Members are not in the order of their numbers.
    Disordered,
    /// More containers inside each other than [`limits::DEPTH`].
    TooDeep,
    /// More values than the reader was told to allow.
    TooMany,
}

impl fmt::Display for BinaryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BinaryError::CutShort => write!(f, "the data ends too early"),
            BinaryError::Overlong => write!(f, "a number has more than 64 bits"),
            BinaryError::UnknownName(number) => write!(f, "no member has the number {number}"),
            BinaryError::UnknownKind(kind) => write!(f, "there is no kind of value {kind}"),
            BinaryError::NotText => write!(f, "a text is not UTF-8"),
            BinaryError::NotFinite => write!(f, "a number is not finite"),
            BinaryError::Disordered => write!(f, "members are not in order"),
            BinaryError::TooDeep => write!(f, "values nest deeper than {} levels", limits::DEPTH),
            BinaryError::TooMany => write!(f, "there are too many values"),
        }
    }
}

impl std::error::Error for BinaryError {}

/// Writes a number from 0 on.
pub fn write_varint(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Writes a number of either sign; small ones of either sign are short.
pub fn write_signed(number: i64, out: &mut Vec<u8>) {
    write_varint(((number << 1) ^ (number >> 63)) as u64, out);
}

/// Writes a length and bytes.
pub fn write_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    write_varint(bytes.len() as u64, out);
    out.extend_from_slice(bytes);
}

/// Writes a structure. What is nested deeper than [`limits::DEPTH`] is not read again: check first.
pub fn write_structure(structure: &Structure, texts: &mut impl Texts, out: &mut Vec<u8>) {
    for (name, value) in structure.iter() {
        let (kind, content) = pack(value, texts);
        write_varint(u64::from(name.number()) << 4 | u64::from(kind), out);
        out.extend(content);
    }
    out.push(0);
}

fn pack(value: &Value, texts: &mut impl Texts) -> (u8, Vec<u8>) {
    let mut out = Vec::new();
    let kind = match value {
        Value::Bool(false) => FALSE,
        Value::Bool(true) => TRUE,
        Value::Integer(number) => {
            write_signed(*number, &mut out);
            INTEGER
        }
        Value::Double(number) if number.fract() == 0.0 && number.abs() <= EXACT && !is_negative_zero(*number) => {
            write_signed(*number as i64, &mut out);
            WHOLE
        }
        Value::Double(number) => {
            out.extend(number.to_le_bytes());
            DOUBLE
        }
        Value::String(text) => {
            if texts.write(text, &mut out) {
                FORMED
            } else {
                write_bytes(text.as_bytes(), &mut out);
                TEXT
            }
        }
        Value::Blob(bytes) => {
            write_bytes(bytes, &mut out);
            BLOB
        }
        Value::Timestamp(at) => {
            write_signed(*at, &mut out);
            TIMESTAMP
        }
        Value::List(items) => {
            let items: Vec<_> = items.iter().map(|item| pack(item, texts)).collect();
            let first = items.first().map_or(EACH, |(kind, _)| *kind);
            let alike = !matches!(first, FALSE | TRUE) && items.iter().all(|(kind, _)| *kind == first);
            write_varint(
                (items.len() as u64) << 4 | u64::from(if alike { first } else { EACH }),
                &mut out,
            );
            for (kind, content) in items {
                if !alike {
                    out.push(kind);
                }
                out.extend(content);
            }
            LIST
        }
        Value::Map(entries) => {
            write_varint(entries.len() as u64, &mut out);
            for (key, value) in entries {
                write_bytes(key.as_bytes(), &mut out);
                let (kind, content) = pack(value, texts);
                out.push(kind);
                out.extend(content);
            }
            MAP
        }
        Value::Structure(structure) => {
            write_structure(structure, texts, &mut out);
            STRUCTURE
        }
    };
    (kind, out)
}

fn is_negative_zero(number: f64) -> bool {
    number == 0.0 && number.is_sign_negative()
}

/// Reads from the front of some bytes.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
    /// How many more values may be made.
    values: usize,
}

impl<'a> Reader<'a> {
    /// Reads these bytes; makes at most `values` values, containers included.
    pub fn new(bytes: &'a [u8], values: usize) -> Self {
        Self { rest: bytes, values }
    }

    /// Whether all has been read.
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// How many bytes are left: a count of things that take a byte each cannot be larger.
    pub fn left(&self) -> usize {
        self.rest.len()
    }

    /// One byte.
    ///
    /// # Errors
    /// There is none; likewise below.
    pub fn byte(&mut self) -> Result<u8, BinaryError> {
        let (first, rest) = self.rest.split_first().ok_or(BinaryError::CutShort)?;
        self.rest = rest;
        Ok(*first)
    }

    /// Some bytes.
    pub fn bytes(&mut self, count: usize) -> Result<&'a [u8], BinaryError> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(BinaryError::CutShort)?;
        self.rest = rest;
        Ok(taken)
    }

    /// What [`write_varint`] wrote.
    pub fn varint(&mut self) -> Result<u64, BinaryError> {
        let mut number = 0;
        for shift in (0..70).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                return Err(BinaryError::Overlong);
            }
            number |= bits << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(BinaryError::Overlong)
    }

    /// What [`write_signed`] wrote.
    pub fn signed(&mut self) -> Result<i64, BinaryError> {
        let number = self.varint()?;
        Ok((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    /// A varint that counts things of at least one byte each.
    pub fn count(&mut self) -> Result<usize, BinaryError> {
        let count = self.varint()?;
        self.fits(count)
    }

    fn fits(&self, count: u64) -> Result<usize, BinaryError> {
        usize::try_from(count)
            .ok()
            .filter(|count| *count <= self.rest.len())
            .ok_or(BinaryError::CutShort)
    }

    /// What [`write_bytes`] wrote, as text.
    pub fn text(&mut self) -> Result<&'a str, BinaryError> {
        let count = self.count()?;
        std::str::from_utf8(self.bytes(count)?).map_err(|_| BinaryError::NotText)
    }

    /// What [`write_structure`] wrote.
    ///
    /// # Errors
    /// What is wrong with the bytes.
    pub fn structure(&mut self, texts: &mut impl Texts) -> Result<Structure, BinaryError> {
        self.members(texts, 0)
    }

    fn members(&mut self, texts: &mut impl Texts, depth: usize) -> Result<Structure, BinaryError> {
        let mut structure = Structure::new();
        let mut last = 0;
        loop {
            let key = self.varint()?;
            if key == 0 {
                return Ok(structure);
            }
            let number = key >> 4;
            let name = u16::try_from(number).ok().and_then(Name::from_number);
            let name = name.ok_or(BinaryError::UnknownName(number))?;
            if number <= last {
                return Err(BinaryError::Disordered);
            }
            last = number;
            structure.set(name, self.content((key & 15) as u8, texts, depth + 1)?);
        }
    }

    fn content(&mut self, kind: u8, texts: &mut impl Texts, depth: usize) -> Result<Value, BinaryError> {
        if depth > limits::DEPTH {
            return Err(BinaryError::TooDeep);
        }
        self.values = self.values.checked_sub(1).ok_or(BinaryError::TooMany)?;
        Ok(match kind {
            FALSE => Value::Bool(false),
            TRUE => Value::Bool(true),
            INTEGER => Value::Integer(self.signed()?),
            DOUBLE => {
                let bytes = self.bytes(8)?.try_into().map_err(|_| BinaryError::CutShort)?;
                let number = f64::from_le_bytes(bytes);
                if !number.is_finite() {
                    return Err(BinaryError::NotFinite);
                }
                Value::Double(number)
            }
            WHOLE => Value::Double(self.signed()? as f64),
            TEXT => Value::String(self.text()?.to_owned()),
            FORMED => Value::String(texts.read(self)?),
            BLOB => {
                let count = self.count()?;
                Value::Blob(self.bytes(count)?.to_vec())
            }
            TIMESTAMP => Value::Timestamp(self.signed()?),
            LIST => self.list(texts, depth)?,
            MAP => {
                let count = self.count()?;
                let mut entries = BTreeMap::new();
                for _ in 0..count {
                    let key = self.text()?.to_owned();
                    let kind = self.byte()?;
                    entries.insert(key, self.content(kind, texts, depth + 1)?);
                }
                Value::Map(entries)
            }
            STRUCTURE => Value::Structure(self.members(texts, depth)?),
            unknown => return Err(BinaryError::UnknownKind(unknown)),
        })
    }

    fn list(&mut self, texts: &mut impl Texts, depth: usize) -> Result<Value, BinaryError> {
        let head = self.varint()?;
        let alike = (head & 15) as u8;
        if matches!(alike, FALSE | TRUE) {
            // They would take no bytes at all: a short text could ask for any number of them.
            return Err(BinaryError::UnknownKind(alike));
        }
        let count = self.fits(head >> 4)?;
        // Grown as items come: the count alone is not believed.
        let mut items = Vec::new();
        for _ in 0..count {
            let kind = if alike == EACH { self.byte()? } else { alike };
            items.push(self.content(kind, texts, depth + 1)?);
        }
        Ok(Value::List(items))
    }
}
