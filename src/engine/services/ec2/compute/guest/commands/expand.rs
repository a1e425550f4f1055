//! What stands in a line for something else: `$NAME` and `$(COMMAND)`. A variable lives as long as the lines that one call runs;
//! one that nobody gave a value is empty, as in a shell. No variables of the environment are simulated (ours).
//! Source: <https://www.gnu.org/software/bash/manual/bash.html#Shell-Expansions>

use super::parse::{Part, Word};
use super::{Done, FAILED, LOOK, Shell};

/// How deep commands may stand within commands.
const DEPTH: usize = 4;
/// Bytes of a variable's value, so that no script makes one grow without end.
const VALUE: usize = 1 << 16;

/// The beginning of a text, so many bytes of it at most.
fn beginning(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    text.get(..end.unwrap_or(0)).unwrap_or_default()
}

/// Words while they come about: so many bytes in all as commands look at.
#[derive(Default)]
struct Words {
    done: Vec<String>,
    open: Option<String>,
    bytes: usize,
}

impl Words {
    fn push(&mut self, text: &str) {
        let text = beginning(text, LOOK - self.bytes);
        self.bytes += text.len();
        self.open.get_or_insert_default().push_str(text);
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
        }
        if text.ends_with(char::is_whitespace) {
            self.end();
        }
    }
}

impl Shell<'_> {
    /// The words of a command with all that is put in.
    pub(super) fn expand(&mut self, words: &[Word]) -> Vec<String> {
        let mut out = Words::default();
        for word in words {
            if word.0.is_empty() {
                out.push("");
            }
            for part in &word.0 {
                match part {
                    Part::Text(text) => out.push(text),
                    Part::Variable(_, true) | Part::Output(_, true) => {
                        let text = self.stands_for(part);
                        out.push(&text);
                    }
                    Part::Variable(_, false) | Part::Output(_, false) => {
                        let text = self.stands_for(part);
                        out.split(&text);
                    }
                }
            }
            out.end();
        }
        out.done
    }

    /// One word with all that is put in, which stays one: a path, the value of a variable.
    pub(super) fn expand_one(&mut self, word: &Word) -> String {
        let mut out = Words::default();
        for part in &word.0 {
            let text = self.stands_for(part);
            out.push(&text);
        }
        out.open.unwrap_or_default()
    }

    fn stands_for(&mut self, part: &Part) -> String {
        match part {
            Part::Text(text) => text.clone(),
            Part::Variable(name, _) => self.variables.get(name).cloned().unwrap_or_default(),
            Part::Output(command, _) => self.output_of(command),
        }
    }

    /// What a command writes, without the ends of lines behind it. What it complains of stands on the screen.
    fn output_of(&mut self, command: &str) -> String {
        if self.captured.len() >= DEPTH {
            self.within = self.complain("bash", "", "commands stand too deep within commands (ours)");
            return String::new();
        }
        self.captured.push(Vec::new());
        self.within = self.line(command);
        let bytes = self.captured.pop().unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        beginning(text.trim_end_matches('\n'), VALUE).to_owned()
    }

    /// Gives variables their values, if these words do nothing else. The status is that of the last command in them.
    pub(super) fn assign(&mut self, words: &[Word]) -> Option<Done> {
        let all: Option<Vec<(&str, Word)>> = words.iter().map(Word::assignment).collect();
        let all = all.filter(|all| !all.is_empty())?;
        self.within = 0;
        for (name, value) in all {
            let value = self.expand_one(&value);
            self.variables
                .insert(name.to_owned(), beginning(&value, VALUE).to_owned());
        }
        Some(Done {
            output: Vec::new(),
            status: self.within,
        })
    }

    /// `export NAME=VALUE`: all commands see all variables here (ours).
    pub(super) fn export(&mut self, words: &[String]) -> Done {
        let words: Vec<Word> = words.iter().map(|word| Word::plain(word)).collect();
        self.assign(&words).unwrap_or(Done::well(""))
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
