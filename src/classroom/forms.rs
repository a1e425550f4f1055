//! Texts of a link in a shorter form than their letters: back-references as (path by numbers, how many calls ago), user
//! data without its base64.
//!
//! ```text
//! 0 reference                       the whole text is one reference
//! 1 bytes                           the text is their base64
//! 2 + n, then n parts               0 text | 1 reference
//! reference = path, calls ago       path = (1 + number × 2 + indexed, index?)… 0
//!                                   at its end 2 in the place of 0: `~`; in its place 1 text: a path that has no numbers
//! ```

use crate::references::{Part, SHORT, parts, text_of};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use stratus_model::Name;
use stratus_model::binary::{BinaryError, Reader, Texts, write_bytes, write_varint};

const ONE_REFERENCE: u64 = 0;
const FROM_BASE64: u64 = 1;
const PARTS: u64 = 2;
const LITERAL: u8 = 0;
const REFERENCE: u8 = 1;
const END: u64 = 0;
const TEXT_PATH: u64 = 1;
const SHORT_END: u64 = 2;
/// Shorter texts are words that happen to be base64.
const BASE64_FROM: usize = 16;

/// Letters that all paths of one link may have together: a step of one byte stands for a name of many.
const PATH_LETTERS: usize = 4 << 20;

/// The forms of the texts of a call.
#[derive(Clone, Copy, Debug)]
pub struct Forms {
    /// The call's number: references count back from here.
    pub call: usize,
    /// Letters that paths may still have.
    left: usize,
}

impl Texts for Forms {
    fn write(&mut self, text: &str, out: &mut Vec<u8>) -> bool {
        self.write_references(text, out) || write_decoded(text, out)
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<String, BinaryError> {
        match reader.varint()? {
            ONE_REFERENCE => self.read_reference(reader),
            FROM_BASE64 => {
                let count = reader.count()?;
                Ok(BASE64.encode(reader.bytes(count)?))
            }
            more => {
                let mut out = String::new();
                for _ in PARTS..more {
                    match reader.byte()? {
                        LITERAL => out.push_str(&text_of(&[Part::Literal(reader.text()?.to_owned())])),
                        REFERENCE => out.push_str(&self.read_reference(reader)?),
                        other => return Err(BinaryError::UnknownKind(other)),
                    }
                }
                Ok(out)
            }
        }
    }
}

impl Forms {
    /// The forms of the texts of the call with this number.
    pub fn new(call: usize) -> Forms {
        Forms {
            call,
            left: PATH_LETTERS,
        }
    }

    fn write_references(&self, text: &str, out: &mut Vec<u8>) -> bool {
        // What is not a reference to an earlier call, or is spelled otherwise than we do, stays as it is.
        let Ok(parts) = parts(text) else { return false };
        let earlier = |part: &Part<'_>| match part {
            Part::Literal(_) => true,
            Part::Reference(call, _) => (1..self.call).contains(call),
        };
        let literal = !parts.iter().any(|part| matches!(part, Part::Reference(..)));
        if literal || !parts.iter().all(earlier) || text_of(&parts) != text {
            return false;
        }
        if let [Part::Reference(call, path)] = parts.as_slice() {
            write_varint(ONE_REFERENCE, out);
            self.write_reference(*call, path, out);
            return true;
        }
        write_varint(PARTS + parts.len() as u64, out);
        for part in &parts {
            match part {
                Part::Literal(text) => {
                    out.push(LITERAL);
                    write_bytes(text.as_bytes(), out);
                }
                Part::Reference(call, path) => {
                    out.push(REFERENCE);
                    self.write_reference(*call, path, out);
                }
            }
        }
        true
    }

    fn write_reference(&self, call: usize, path: &str, out: &mut Vec<u8>) {
        write_path(path, out);
        write_varint(self.call.saturating_sub(call) as u64, out);
    }

    fn read_reference(&mut self, reader: &mut Reader<'_>) -> Result<String, BinaryError> {
        let path = self.read_path(reader)?;
        let ago = usize::try_from(reader.varint()?).unwrap_or(usize::MAX);
        let call = self.call.checked_sub(ago).filter(|call| (1..self.call).contains(call));
        let call = call.ok_or(BinaryError::Disordered)?;
        Ok(text_of(&[Part::Reference(call, &path)]))
    }

    fn read_path(&mut self, reader: &mut Reader<'_>) -> Result<String, BinaryError> {
        let mut path = String::new();
        loop {
            let before = path.len();
            match reader.varint()? {
                END => return Ok(path),
                TEXT_PATH => {
                    // A brace would end the reference early: the text would come back as another one.
                    let text = reader.text()?;
                    return if text.contains('}') {
                        Err(BinaryError::NotText)
                    } else {
                        Ok(text.to_owned())
                    };
                }
                SHORT_END => {
                    path.push(SHORT);
                    return Ok(path);
                }
                step => {
                    let number = (step - 1) >> 1;
                    let name = u16::try_from(number).ok().and_then(Name::from_number);
                    let name = name.ok_or(BinaryError::UnknownName(number))?;
                    let index = if (step - 1) & 1 == 1 {
                        Some(reader.varint()?)
                    } else {
                        None
                    };
                    spell(name, index, &mut path);
                    self.left = self.left.checked_sub(path.len() - before).ok_or(BinaryError::TooMany)?;
                }
            }
        }
    }
}

fn write_decoded(text: &str, out: &mut Vec<u8>) -> bool {
    if text.len() < BASE64_FROM {
        return false;
    }
    let readable = |bytes: &Vec<u8>| {
        bytes
            .iter()
            .all(|byte| (b' '..=b'~').contains(byte) || b"\n\r\t".contains(byte))
    };
    match BASE64.decode(text).ok().filter(readable) {
        Some(bytes) => {
            write_varint(FROM_BASE64, out);
            write_bytes(&bytes, out);
            true
        }
        None => false,
    }
}

fn write_path(path: &str, out: &mut Vec<u8>) {
    let (plain, end) = match path.strip_suffix(SHORT) {
        Some(plain) => (plain, SHORT_END),
        None => (path, END),
    };
    match steps(plain) {
        Some(steps) => {
            for (name, index) in steps {
                write_varint(1 + u64::from(name.number()) * 2 + u64::from(index.is_some()), out);
                if let Some(index) = index {
                    write_varint(index, out);
                }
            }
            write_varint(end, out);
        }
        None => {
            write_varint(TEXT_PATH, out);
            write_bytes(path.as_bytes(), out);
        }
    }
}

/// A path's steps; `None` for one that is not spelled as we do.
fn steps(path: &str) -> Option<Vec<(Name, Option<u64>)>> {
    let step = |text: &str| {
        let (name, index) = match text.split_once('[') {
            Some((name, index)) => (name, Some(index.strip_suffix(']')?.parse::<u64>().ok()?)),
            None => (text, None),
        };
        Some((Name::find(name)?, index))
    };
    let steps: Vec<_> = path.split('.').map(step).collect::<Option<_>>()?;
    let mut spelled = String::new();
    steps
        .iter()
        .for_each(|(name, index)| spell(*name, *index, &mut spelled));
    (spelled == path).then_some(steps)
}

fn spell(name: Name, index: Option<u64>, path: &mut String) {
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(name.text());
    if let Some(index) = index {
        path.push_str(&format!("[{index}]"));
    }
}
