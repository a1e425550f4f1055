//! From text to records: `$ORIGIN`, `$TTL`, `@`, owners left out, TTLs and classes in either order, relative names, and values
//! in the form that Route 53 has them.

use super::RECORDS;
use super::scan::{Entry, Word, entries};
use crate::dns::{TYPES, name};

/// What is wrong with a file, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub remedy: String,
}

impl Fault {
    pub(super) fn new(line: usize, what: impl Into<String>, remedy: impl Into<String>) -> Fault {
        Fault {
            line,
            what: what.into(),
            remedy: remedy.into(),
        }
    }
}

/// One record of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// In normal form.
    pub owner: String,
    /// Seconds.
    pub ttl: i64,
    /// `A`, …
    pub record_type: String,
    /// As Route 53 has it.
    pub value: String,
    /// Its line.
    pub line: usize,
}

/// A file that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct File {
    /// Its records, in their order.
    pub records: Vec<Record>,
    /// What was left out or taken otherwise than it stands there.
    pub warnings: Vec<String>,
}

/// Most seconds of a TTL (RFC 2181 §8).
const LONGEST: i64 = 2_147_483_647;

struct Reader {
    zone: String,
    origin: String,
    /// `$TTL`.
    usual: Option<i64>,
    /// The TTL of the record before.
    last: Option<i64>,
    owner: Option<String>,
    file: File,
}

/// Reads a file of a zone, whose name is the origin to begin with.
///
/// # Errors
/// The first line that cannot be read, with what to do.
pub fn read(text: &str, zone: &str) -> Result<File, Fault> {
    let mut reader = Reader {
        zone: zone.to_owned(),
        origin: zone.to_owned(),
        usual: None,
        last: None,
        owner: None,
        file: File::default(),
    };
    for entry in entries(text)? {
        reader.entry(&entry)?;
        if reader.file.records.len() > RECORDS {
            let why = format!("the file has more than {RECORDS} records");
            return Err(Fault::new(entry.line, why, "Import it in parts."));
        }
    }
    Ok(reader.file)
}

impl Reader {
    fn entry(&mut self, entry: &Entry) -> Result<(), Fault> {
        let first = entry.words.first().map_or("", |word| word.text.as_str());
        if !entry.indented && first.starts_with('$') && entry.words.first().is_some_and(|word| !word.quoted) {
            return self.directive(entry, first);
        }
        let mut words = entry.words.as_slice();
        if !entry.indented {
            self.owner = Some(self.name(first, entry.line)?);
            words = words.get(1..).unwrap_or_default();
        }
        let Some(owner) = self.owner.clone() else {
            let why = "the first record has no name";
            let remedy = "Begin the line with the record's name, or with @ for the zone itself.";
            return Err(Fault::new(entry.line, why, remedy));
        };
        self.record(owner, words, entry.line)
    }

    fn directive(&mut self, entry: &Entry, first: &str) -> Result<(), Fault> {
        let value = entry.words.get(1).map(|word| word.text.clone());
        let missing = || {
            let remedy = "Write $ORIGIN example.com. or $TTL 3600.";
            Fault::new(entry.line, format!("{first} has no value"), remedy)
        };
        match first.to_ascii_uppercase().as_str() {
            "$ORIGIN" => self.origin = self.name(&value.ok_or_else(missing)?, entry.line)?,
            "$TTL" => {
                let text = value.ok_or_else(missing)?;
                self.usual = Some(seconds(&text).ok_or_else(|| bad_ttl(&text, entry.line))?);
            }
            "$INCLUDE" => {
                let remedy = "Put the lines of that file in its place: nothing but this text is read.";
                return Err(Fault::new(entry.line, "$INCLUDE names another file", remedy));
            }
            "$GENERATE" => {
                let remedy = "Write the records out, one a line.";
                return Err(Fault::new(
                    entry.line,
                    "$GENERATE is BIND's own and is not read",
                    remedy,
                ));
            }
            other => {
                let remedy = "A line that begins with $ is $ORIGIN or $TTL; a name that begins so is written \\$.";
                return Err(Fault::new(entry.line, format!("there is no directive {other}"), remedy));
            }
        }
        Ok(())
    }

    fn record(&mut self, owner: String, words: &[Word], line: usize) -> Result<(), Fault> {
        let (mut ttl, mut words) = (None, words);
        // A TTL and a class, in either order, each at most once; then the type.
        let record_type = loop {
            let Some((word, rest)) = words.split_first() else {
                let remedy = "After the name come a TTL and the class IN if you like, then the type and its data.";
                return Err(Fault::new(line, "the record has no type", remedy));
            };
            words = rest;
            let upper = word.text.to_ascii_uppercase();
            if TYPES.contains(&upper.as_str()) {
                break upper;
            }
            match upper.as_str() {
                "IN" => {}
                "CH" | "HS" | "CS" => {
                    let remedy = "Leave the class out, or write IN: Route 53 has no other.";
                    return Err(Fault::new(
                        line,
                        format!("the class {upper} is not the Internet's"),
                        remedy,
                    ));
                }
                _ if ttl.is_none() && upper.starts_with(|c: char| c.is_ascii_digit()) => {
                    ttl = Some(seconds(&upper).ok_or_else(|| bad_ttl(&word.text, line))?);
                }
                _ => {
                    let what = format!("'{}' is neither a TTL, a class nor a type that Route 53 has", word.text);
                    let remedy = format!("The types are {}.", TYPES.join(", "));
                    return Err(Fault::new(line, what, remedy));
                }
            }
        };
        if !name::within(&owner, &self.zone) {
            let (shown, zone) = (name::shown(&owner), name::shown(&self.zone));
            let what = format!("{shown} does not lie in the zone {zone}");
            let remedy = format!(
                "Check $ORIGIN and final dots: without a dot at its end, a name gets {} behind it.",
                self.origin
            );
            return Err(Fault::new(line, what, remedy));
        }
        let value = self.value(&record_type, words, line)?;
        let ttl = ttl
            .or(self.usual)
            .or(self.last)
            .or_else(|| minimum(&record_type, &value));
        let Some(ttl) = ttl else {
            let remedy = "Write $TTL 3600 at the top of the file, or a TTL into the line.";
            return Err(Fault::new(
                line,
                "the record has no TTL, and there is no $TTL before it",
                remedy,
            ));
        };
        self.last = Some(ttl);
        let record_type = self.type_of(record_type, line);
        self.file.records.push(Record {
            owner,
            ttl,
            record_type,
            value,
            line,
        });
        Ok(())
    }

    fn type_of(&mut self, record_type: String, line: usize) -> String {
        if record_type == "SPF" {
            let warning = format!("Line {line}: SPF records are no longer recommended (RFC 7208); write TXT.");
            self.file.warnings.push(warning);
        }
        record_type
    }

    /// A name in normal form: `@`, complete, or relative to the origin.
    fn name(&self, text: &str, line: usize) -> Result<String, Fault> {
        if text == "@" {
            return Ok(self.origin.clone());
        }
        let octal = octal_escapes(text, line)?;
        let complete = text == name::ROOT || is_complete(text);
        let whole = match complete {
            true => octal,
            false if self.origin == name::ROOT => format!("{octal}."),
            false => format!("{octal}.{}", self.origin),
        };
        name::normal(&whole).map_err(|fault| {
            let remedy = "Labels have 1 to 63 characters with dots between them, 255 in all.";
            Fault::new(line, format!("'{text}' is no domain name: {}", fault.words), remedy)
        })
    }

    /// A value as Route 53 has it: names complete, strings in quotation marks with octal escapes.
    fn value(&self, record_type: &str, words: &[Word], line: usize) -> Result<String, Fault> {
        let name = |word: &Word| self.name(&word.text, line);
        let few = |what: &str| {
            let remedy = format!("Write {what}.");
            Fault::new(
                line,
                format!("the data of the {record_type} record is incomplete"),
                remedy,
            )
        };
        let plain = || -> String {
            let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
            texts.join(" ")
        };
        if words.is_empty() {
            return Err(few("the data behind the type"));
        }
        match record_type {
            "A" | "AAAA" => one_word(words, record_type, line).map(str::to_owned),
            "CNAME" | "NS" | "PTR" => {
                one_word(words, record_type, line)?;
                words.first().map_or_else(|| Err(few("one name")), name)
            }
            "MX" => match words {
                [priority, target] => Ok(format!("{} {}", priority.text, name(target)?)),
                _ => Err(few("a priority and a name: MX 10 mail")),
            },
            "SRV" => match words {
                [a, b, c, target] => Ok(format!("{} {} {} {}", a.text, b.text, c.text, name(target)?)),
                _ => Err(few("priority, weight, port and a name: SRV 10 5 5060 sip")),
            },
            "SOA" => match words {
                [server, mailbox, numbers @ ..] if numbers.len() == 5 => {
                    let numbers = numbers
                        .iter()
                        .enumerate()
                        .map(|(place, word)| match (place, seconds(&word.text)) {
                            (1.., Some(seconds)) => seconds.to_string(),
                            _ => word.text.clone(),
                        });
                    let numbers: Vec<String> = numbers.collect();
                    Ok(format!("{} {} {}", name(server)?, name(mailbox)?, numbers.join(" ")))
                }
                _ => Err(few(
                    "two names and five numbers: serial, refresh, retry, expire, minimum",
                )),
            },
            "TXT" | "SPF" => strings(words, line),
            "CAA" => match words {
                [flags, tag, value] => Ok(format!("{} {} {}", flags.text, tag.text, string(value, line)?)),
                _ => Err(few("flags, a tag and a value: CAA 0 issue \"ca.example.net\"")),
            },
            "NAPTR" => match words {
                [order, preference, flags, service, regexp, target] => Ok(format!(
                    "{} {} {} {} {} {}",
                    order.text,
                    preference.text,
                    string(flags, line)?,
                    string(service, line)?,
                    string(regexp, line)?,
                    name(target)?
                )),
                _ => Err(few("two numbers, three strings and a name")),
            },
            "HTTPS" | "SVCB" => match words {
                [priority, target, rest @ ..] => {
                    let mut text = format!(
                        "{} {}",
                        priority.text,
                        if target.text == "." { ".".into() } else { name(target)? }
                    );
                    for word in rest {
                        text.push(' ');
                        // `alpn="h2,h3"` is scanned as two words.
                        match word.quoted {
                            true => {
                                text.pop();
                                text.push_str(&format!("\"{}\"", word.text));
                            }
                            false => text.push_str(&word.text),
                        }
                    }
                    Ok(text)
                }
                _ => Err(few("a priority and a name: HTTPS 1 .")),
            },
            _ => Ok(plain()),
        }
    }
}

fn one_word<'w>(words: &'w [Word], record_type: &str, line: usize) -> Result<&'w str, Fault> {
    match words {
        [only] => Ok(&only.text),
        _ => {
            let what = format!("the {record_type} record has more than one field");
            Err(Fault::new(
                line,
                what,
                "Put a ; before a comment, and each value on a line of its own.",
            ))
        }
    }
}

fn bad_ttl(text: &str, line: usize) -> Fault {
    let remedy = "A TTL is a number of seconds, or one with units: 3600, 1h, 2d12h.";
    Fault::new(line, format!("'{text}' is no TTL"), remedy)
}

/// Whether the final dot is one, not an escaped character.
fn is_complete(text: &str) -> bool {
    let Some(rest) = text.strip_suffix('.') else {
        return false;
    };
    let backslashes = rest.chars().rev().take_while(|c| *c == '\\').count();
    backslashes.is_multiple_of(2)
}

/// The SOA's minimum stands in for a TTL in the oldest files (RFC 1035).
fn minimum(record_type: &str, value: &str) -> Option<i64> {
    let last = value.split(' ').next_back().filter(|_| record_type == "SOA")?;
    last.parse().ok()
}

/// Seconds of `3600`, `1h`, `1W2D`.
pub(super) fn seconds(text: &str) -> Option<i64> {
    let (mut total, mut number): (i64, Option<i64>) = (0, None);
    for c in text.chars() {
        if let Some(digit) = c.to_digit(10) {
            let before = number.unwrap_or(0).checked_mul(10)?;
            number = Some(before.checked_add(i64::from(digit))?);
            continue;
        }
        let unit = match c.to_ascii_lowercase() {
            's' => 1,
            'm' => 60,
            'h' => 3_600,
            'd' => 86_400,
            'w' => 604_800,
            _ => return None,
        };
        total = total.checked_add(number.take()?.checked_mul(unit)?)?;
    }
    let total = total.checked_add(number.unwrap_or(0))?;
    let said = text.chars().any(|c| c.is_ascii_digit());
    (said && total <= LONGEST).then_some(total)
}

/// BIND's escapes are decimal (`\042`), Route 53's octal; `\.` is a dot within a label.
fn octal_escapes(text: &str, line: usize) -> Result<String, Fault> {
    let mut out = String::with_capacity(text.len());
    for byte in unescaped(text, line)? {
        match byte {
            Piece::Plain(c) => out.push(c),
            Piece::Escaped(byte) => out.push_str(&format!("\\{byte:03o}")),
        }
    }
    Ok(out)
}

/// A character as it stands, or a byte that was escaped.
enum Piece {
    Plain(char),
    Escaped(u8),
}

fn unescaped(text: &str, line: usize) -> Result<Vec<Piece>, Fault> {
    let bad = || {
        let remedy = "A backslash stands before one character, or before three decimal digits up to 255.";
        Fault::new(line, format!("the escape in '{text}' is none"), remedy)
    };
    let mut out = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(Piece::Plain(c));
            continue;
        }
        let next = chars.next().ok_or_else(bad)?;
        if !next.is_ascii_digit() {
            out.push(Piece::Escaped(u8::try_from(next).map_err(|_| bad())?));
            continue;
        }
        let mut digits = next.to_string();
        digits.extend(chars.next_if(char::is_ascii_digit));
        digits.extend(chars.next_if(char::is_ascii_digit));
        let byte = digits.parse::<u8>().ok().filter(|_| digits.len() == 3);
        out.push(Piece::Escaped(byte.ok_or_else(bad)?));
    }
    Ok(out)
}

/// A word as a string in quotation marks, with Route 53's escapes.
fn string(word: &Word, line: usize) -> Result<String, Fault> {
    let mut out = String::from("\"");
    let mut length = 0;
    for piece in unescaped(&word.text, line)? {
        let mut byte = |byte: u8| {
            length += 1;
            match byte {
                b'"' => out.push_str("\\\""),
                b'\\' => out.push_str("\\\\"),
                0x20..=0x7e => out.push(char::from(byte)),
                other => out.push_str(&format!("\\{other:03o}")),
            }
        };
        match piece {
            Piece::Escaped(escaped) => byte(escaped),
            Piece::Plain(c) => c.encode_utf8(&mut [0; 4]).bytes().for_each(byte),
        }
    }
    out.push('"');
    if length > 255 {
        let remedy = "Split it into several strings on the same line: \"first part\" \"second part\".";
        return Err(Fault::new(
            line,
            format!("a string has {length} bytes; at most 255 fit"),
            remedy,
        ));
    }
    Ok(out)
}

fn strings(words: &[Word], line: usize) -> Result<String, Fault> {
    let strings: Vec<String> = words.iter().map(|word| string(word, line)).collect::<Result<_, _>>()?;
    Ok(strings.join(" "))
}
