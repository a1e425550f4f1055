//! The words of `dig`'s command line: servers, types, classes, `-x`, `+flags`; several questions on one line, or in a file.
//! <https://bind9.readthedocs.io/en/v9.18/manpages.html#dig-dns-lookup-utility>

use super::dig_switches::{Complaint, Fault, Flags, switch};
use super::{kinds, reverse, typed};
use crate::dns::message::INTERNET;
use std::net::IpAddr;

/// One question with all that is said of it.
#[derive(Clone, Debug)]
pub(super) struct Lookup {
    pub name: Option<String>,
    pub record_type: Option<String>,
    pub class: u16,
    pub server: Option<String>,
    pub port: u16,
    /// `-b`: whose address the question comes from.
    pub source: Option<String>,
    /// `-u`: times in microseconds.
    pub micro: bool,
    pub flags: Flags,
}

impl Default for Lookup {
    fn default() -> Lookup {
        Lookup {
            name: None,
            record_type: None,
            class: INTERNET,
            server: None,
            port: 53,
            source: None,
            micro: false,
            flags: Flags::default(),
        }
    }
}

/// What a line asks for.
pub(super) struct Asked {
    /// These questions.
    pub lookups: Vec<Lookup>,
    /// What was left out, in BIND's words.
    pub warnings: Vec<String>,
    /// `-f`: a file of further lines.
    pub batch: Option<String>,
    /// What is said for all of them.
    pub usual: Lookup,
}

/// What the words come to.
pub(super) enum Words {
    /// Questions.
    Ask(Box<Asked>),
    /// `-v`.
    Version,
    /// `-h`: this text.
    Say(String),
    /// What is wrong.
    Wrong(Complaint),
}

pub(super) const USAGE: &str = "\
Usage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}
            {global-d-opt} host [@local-server] {local-d-opt}
            [ host [@local-server] {local-d-opt} [...]]
";

const HELP: &str = "Use \"dig -h\" (or \"dig -h | more\") for complete list of options";

fn invalid(option: &str) -> Words {
    Words::Wrong(Complaint::of(format!("Invalid option: {option}\n{USAGE}\n{HELP}")))
}

/// The line as far as it has been read.
struct Reader {
    usual: Lookup,
    all: Vec<Lookup>,
    warnings: Vec<String>,
    batch: Option<String>,
    /// `-4`, `-6`.
    families: [bool; 2],
}

impl Reader {
    fn current(&mut self) -> &mut Lookup {
        self.all.last_mut().unwrap_or(&mut self.usual)
    }

    /// A further question: what stood before the first name is for all.
    fn begin(&mut self, name: String) {
        self.all.push(Lookup {
            name: Some(name),
            ..self.usual.clone()
        });
    }

    fn flag(&mut self, text: &str) -> Result<(), Words> {
        match switch(&mut self.current().flags, text) {
            Ok(told) => {
                self.warnings.extend(told);
                Ok(())
            }
            // The value is no part of what is called invalid.
            Err(Fault::Unknown) => Err(invalid(&format!("+{}", text.split('=').next().unwrap_or_default()))),
            Err(Fault::Wrong(complaint)) => Err(Words::Wrong(complaint)),
        }
    }

    /// A letter with its value.
    fn option(&mut self, letter: char, value: &str) -> Result<(), Words> {
        match letter {
            'b' => self.current().source = Some(value.split('#').next().unwrap_or(value).to_owned()),
            'c' => match kinds::class(value) {
                Some(class) => self.current().class = class,
                None => self
                    .warnings
                    .push(format!(";; Warning, ignoring invalid class {value}")),
            },
            'f' => self.batch = Some(value.to_owned()),
            // Nobody has keys here.
            'k' => self
                .warnings
                .push(format!("Couldn't read key from {value}: file not found")),
            'p' => self.current().port = port(value)?,
            'q' => self.begin(typed(value)),
            't' => match transfer(value).or_else(|| kinds::kind(value).filter(|kind| kind != "IXFR")) {
                Some(kind) => self.current().record_type = Some(kind),
                None => self.warnings.push(format!(";; Warning, ignoring invalid type {value}")),
            },
            _ => {
                self.begin(backwards(value));
                self.current().record_type = Some("PTR".into());
            }
        }
        Ok(())
    }

    /// A word that is neither a server nor an option.
    fn word(&mut self, word: &str) {
        let kind = transfer(word).or_else(|| kinds::kind(word));
        if kind.as_deref() == Some("IXFR") && !word.contains('=') {
            self.warnings.push(";; Warning, ixfr requires a serial number".into());
        } else if let Some(kind) = kind.filter(|_| self.current().record_type.is_none()) {
            self.current().record_type = Some(kind);
        } else if let Some(class) = kinds::class(word) {
            self.current().class = class;
        } else {
            self.begin(typed(word));
        }
    }
}

/// Reads the words after `dig`, or of a line of its file.
pub(super) fn read(words: &[String], usual: Lookup) -> Words {
    let mut reader = Reader {
        usual,
        all: Vec::new(),
        warnings: Vec::new(),
        batch: None,
        families: [false; 2],
    };
    if let Err(wrong) = through(&mut reader, words) {
        return wrong;
    }
    if reader.families == [true; 2] {
        return Words::Wrong(Complaint::of("dig: only one of -4 and -6 allowed".into()));
    }
    if reader.all.is_empty() && reader.batch.is_none() {
        reader.all.push(reader.usual.clone());
    }
    // These two are the program's, not a question's.
    let every = || reader.all.iter().chain([&reader.usual]);
    let short = every().any(|lookup| lookup.flags.short);
    let command = every().all(|lookup| lookup.flags.command);
    for lookup in reader.all.iter_mut().chain([&mut reader.usual]) {
        lookup.flags.short = short;
        lookup.flags.command = command;
    }
    Words::Ask(Box::new(Asked {
        lookups: reader.all,
        warnings: reader.warnings,
        batch: reader.batch,
        usual: reader.usual,
    }))
}

fn through(reader: &mut Reader, words: &[String]) -> Result<(), Words> {
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        if let Some(server) = word.strip_prefix('@') {
            reader.current().server = Some(server.to_owned());
        } else if let Some(flag) = word.strip_prefix('+') {
            reader.flag(flag)?;
        } else if let Some(letters) = word.strip_prefix('-').filter(|letters| !letters.is_empty()) {
            let letter = letters.chars().next().unwrap_or_default();
            let glued = letters.get(letter.len_utf8()..).unwrap_or_default();
            match letter {
                '4' => reader.families[0] = true,
                '6' => reader.families[1] = true,
                'u' => reader.current().micro = true,
                'm' | 'r' | 'i' => {}
                'v' => return Err(Words::Version),
                'h' => return Err(Words::Say(format!("{USAGE}\n{HELP}\n"))),
                't' | 'c' | 'x' | 'p' | 'b' | 'q' | 'f' | 'k' => {
                    let value = match glued {
                        "" => rest.next().map(String::as_str),
                        glued => Some(glued),
                    };
                    let value = value.ok_or_else(|| invalid(&format!("-{letters}")))?;
                    reader.option(letter, value)?;
                }
                _ => return Err(invalid(&format!("-{letters}"))),
            }
        } else {
            reader.word(word);
        }
    }
    Ok(())
}

/// `ixfr=SERIAL`.
pub(super) fn transfer(word: &str) -> Option<String> {
    let (kind, serial) = word.split_once('=')?;
    let is_one = kind.eq_ignore_ascii_case("ixfr") && serial.parse::<u32>().is_ok();
    is_one.then(|| "IXFR".to_owned())
}

fn port(value: &str) -> Result<u16, Words> {
    let wrong = |_| Words::Wrong(Complaint::number("port number", value, 1));
    value.parse().map_err(wrong)
}

/// What `-x` asks for: an address the other way round, or as many of its parts as are there.
fn backwards(value: &str) -> String {
    match value.parse::<IpAddr>() {
        Ok(address) => reverse(address),
        Err(_) => {
            let parts: Vec<&str> = value.split('.').filter(|part| !part.is_empty()).rev().collect();
            typed(&format!("{}.in-addr.arpa.", parts.join(".")))
        }
    }
}
