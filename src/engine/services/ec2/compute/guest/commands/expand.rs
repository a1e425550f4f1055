//! What stands in a line for something else: `$NAME` and `$(COMMAND)`. A variable lives as long as the lines that one call runs;
//! one that nobody gave a value is empty, as in a shell. No variables of the environment are simulated (ours).
//! Source: <https://www.gnu.org/software/bash/manual/bash.html#Shell-Expansions>

use super::parse::{self, Part, Word};
use super::{Done, FAILED, LOOK, Shell, arithmetic};
use crate::base::limits::{GUEST_EXPANDED, GUEST_NESTING, GUEST_VALUE, GUEST_VARIABLES, GUEST_WORD, GUEST_WORDS};
use crate::base::text::beginning;
use std::rc::Rc;

/// The status of a command whose words are too many to begin with.
const TOO_LONG: i64 = 126;

/// A command does not begin, with this status: what is wrong with its words has been said.
pub(super) type Expanded<T> = Result<T, i64>;

/// Words while they come about: so many bytes in all as there is room for, of which every word has some for itself.
struct Words {
    done: Vec<String>,
    open: Option<String>,
    room: usize,
    full: bool,
}

impl Words {
    fn new(room: usize) -> Words {
        Words {
            done: Vec::new(),
            open: None,
            room,
            full: false,
        }
    }

    fn push(&mut self, text: &str) {
        let needs = text.len() + if self.open.is_none() { GUEST_WORD } else { 0 };
        self.full |= needs > self.room;
        if !self.full {
            self.room -= needs;
            self.open.get_or_insert_default().push_str(text);
        }
    }

    fn end(&mut self) {
        self.done.extend(self.open.take());
    }

    /// What is put in without quotes: its blanks end words.
    fn split(&mut self, text: &str) {
        if text.starts_with(char::is_whitespace) {
            self.end();
        }
        for (place, word) in text.split_whitespace().enumerate() {
            if place > 0 {
                self.end();
            }
            self.push(word);
            if self.full {
                return;
            }
        }
        if text.ends_with(char::is_whitespace) {
            self.end();
        }
    }
}

impl Shell<'_> {
    /// The words of a command with all that is put in.
    pub(super) fn expand(&mut self, words: &[Word]) -> Expanded<Vec<String>> {
        let room = GUEST_WORDS.min(GUEST_EXPANDED.saturating_sub(self.expanded));
        let mut out = Words::new(room);
        let filled = self.fill(&mut out, words);
        self.expanded += room - out.room;
        filled.map(|()| out.done)
    }

    fn fill(&mut self, out: &mut Words, words: &[Word]) -> Expanded<()> {
        for word in words {
            if word.0.is_empty() {
                out.push("");
            }
            for part in &word.0 {
                let text = self.stands_for(part)?;
                match part {
                    Part::Variable(_, false) | Part::Otherwise(_, _, false) | Part::Output(_, false) => {
                        out.split(&text)
                    }
                    _ => out.push(&text),
                }
            }
            out.end();
            if out.full {
                let program = out.done.first().cloned().unwrap_or_default();
                self.complain("bash", &program, "Argument list too long");
                return Err(TOO_LONG);
            }
        }
        Ok(())
    }

    /// One word with all that is put in, which stays one: a path, the value of a variable, a here-document. The beginning of
    /// what is longer than commands look at.
    pub(super) fn expand_one(&mut self, word: &Word) -> Expanded<String> {
        let mut out = String::new();
        for part in &word.0 {
            let text = self.stands_for(part)?;
            let room = GUEST_EXPANDED.saturating_sub(self.expanded).min(LOOK - out.len());
            let text = beginning(&text, room);
            self.expanded += text.len();
            out.push_str(text);
        }
        Ok(out)
    }

    fn stands_for(&mut self, part: &Part) -> Expanded<String> {
        Ok(match part {
            Part::Text(text) => text.clone(),
            Part::Variable(name, _) => self.variable(name),
            Part::Otherwise(name, word, _) => match self.variable(name) {
                value if value.is_empty() => self.otherwise(word)?,
                value => value,
            },
            Part::Number(text) => match arithmetic::value(text, &self.variables) {
                Ok(number) => number.to_string(),
                Err(why) => return Err(self.complain("bash", text, why)),
            },
            Part::Output(command, _) => self.output_of(command)?,
            Part::Unknown(text) => return Err(self.complain("bash", text, "bad substitution")),
        })
    }

    /// The value of a variable. A call has no parameters of its own.
    fn variable(&self, name: &str) -> String {
        match name {
            "?" => self.last.to_string(),
            "#" => "0".to_owned(),
            "0" => "bash".to_owned(),
            _ => self.variables.get(name).cloned().unwrap_or_default(),
        }
    }

    fn otherwise(&mut self, word: &str) -> Expanded<String> {
        self.deeper()?;
        let text = self.expand_one(&parse::document(word, true));
        self.depth -= 1;
        text
    }

    fn deeper(&mut self) -> Expanded<()> {
        if self.depth >= GUEST_NESTING {
            return Err(self.complain("bash", "", "commands stand too deep within commands (ours)"));
        }
        self.depth += 1;
        Ok(())
    }

    /// What a command writes, without the ends of lines behind it.
    fn output_of(&mut self, command: &str) -> Expanded<String> {
        let bytes = self.bytes_of_shell(command)?;
        let text = String::from_utf8_lossy(&bytes);
        Ok(beginning(text.trim_end_matches('\n'), GUEST_VALUE).to_owned())
    }

    /// All that a command writes. What it complains of stands on the screen. It runs in a shell of its own, which begins where
    /// this one is and leaves nothing to it but its status.
    pub(super) fn bytes_of_shell(&mut self, command: &str) -> Expanded<Vec<u8>> {
        self.deeper()?;
        let (folder, variables) = (self.folder.clone(), self.variables.clone());
        self.captured.push(Vec::new());
        self.within = self.line(command, None);
        (self.folder, self.variables) = (folder, variables);
        self.depth -= 1;
        Ok(self.captured.pop().unwrap_or_default())
    }

    /// Gives variables their values, if these words do nothing else. The status is that of the last command in them.
    pub(super) fn assign(&mut self, words: &[Word]) -> Option<Done> {
        let all: Option<Vec<(&str, Word)>> = words.iter().map(Word::assignment).collect();
        let all = all.filter(|all| !all.is_empty())?;
        self.within = 0;
        for (name, value) in all {
            if let Err(status) = self.set(name, &value) {
                return Some(Done::ended(status));
            }
        }
        Some(Done::ended(self.within))
    }

    fn set(&mut self, name: &str, value: &Word) -> Expanded<()> {
        let value = self.expand_one(value)?;
        let others = self.variables.iter().filter(|(other, _)| *other != name);
        let all = others.map(|(name, value)| name.len() + value.len());
        let room = GUEST_VARIABLES.saturating_sub(all.sum::<usize>() + name.len());
        let value = beginning(&value, GUEST_VALUE.min(room));
        Rc::make_mut(&mut self.variables).insert(name.to_owned(), value.to_owned());
        Ok(())
    }

    /// `export NAME=VALUE`, `export NAME`: all commands see all variables here (ours). The status is its own, as in a shell.
    pub(super) fn export(&mut self, words: &[Word]) -> Option<Done> {
        let (_, words) = words
            .split_first()
            .filter(|(first, _)| first.literal() == Some("export"))?;
        for (name, value) in words.iter().filter_map(Word::assignment) {
            if let Err(status) = self.set(name, &value) {
                return Some(Done::ended(status));
            }
        }
        Some(Done::well(""))
    }

    /// `cut -d '"' -f 4`: a part of each line.
    /// <https://www.gnu.org/software/coreutils/manual/html_node/cut-invocation.html>
    pub(super) fn cut(&mut self, words: &[&str], input: Option<Vec<u8>>) -> Done {
        let read = super::packets::Words::read(words, &["-d", "--delimiter", "-f", "--fields"]);
        let mark = read.value(&["-d", "--delimiter"]).unwrap_or("\t");
        let field = read
            .value(&["-f", "--fields"])
            .and_then(|text| text.parse::<usize>().ok());
        let Some(field) = field.filter(|field| *field > 0 && mark.chars().count() == 1) else {
            return self.misuse("cut: guests know 'cut -d MARK -f NUMBER' (ours)\n", FAILED);
        };
        let input = match read.plain.first() {
            Some(path) => {
                let path = self.absolute(path);
                match self.read(&path, LOOK) {
                    Ok(bytes) => bytes,
                    Err(why) => return self.fails("cut", &path, &why),
                }
            }
            None => input.unwrap_or_default(),
        };
        let text = String::from_utf8_lossy(&input);
        // A line without the mark is shown whole.
        let part = |line: &str| match line.contains(mark) {
            true => line.split(mark).nth(field - 1).unwrap_or_default().to_owned() + "\n",
            false => format!("{line}\n"),
        };
        Done::well(text.lines().map(part).collect::<String>())
    }
}
