//! Lines and words of a zone file: comments, quotes, parentheses over several lines, escapes. Words keep their escapes.

use super::read::Fault;

/// A word, and whether it stood in quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Its text, escapes as they were written, quotation marks left out.
    pub text: String,
    /// Whether it stood in quotation marks.
    pub quoted: bool,
}

/// One entry: a line, or several within parentheses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// The number of its first line.
    pub line: usize,
    /// Whether it begins with a blank: the owner is the one before.
    pub indented: bool,
    /// Its words.
    pub words: Vec<Word>,
}

/// Most words of an entry, so that a file cannot make one without end.
const WORDS: usize = 2_000;

struct Scanner<'t> {
    chars: std::iter::Peekable<std::str::Chars<'t>>,
    line: usize,
    depth: usize,
    opened: usize,
    entry: Entry,
    entries: Vec<Entry>,
}

/// All entries of a text.
pub(super) fn entries(text: &str) -> Result<Vec<Entry>, Fault> {
    let mut scanner = Scanner {
        chars: text.chars().peekable(),
        line: 1,
        depth: 0,
        opened: 0,
        entry: blank(1),
        entries: Vec::new(),
    };
    scanner.run()?;
    Ok(scanner.entries)
}

fn blank(line: usize) -> Entry {
    Entry {
        line,
        indented: false,
        words: Vec::new(),
    }
}

impl Scanner<'_> {
    fn run(&mut self) -> Result<(), Fault> {
        let mut at_start = true;
        while let Some(c) = self.chars.next() {
            match c {
                '\n' => {
                    self.line += 1;
                    if self.depth == 0 {
                        self.finish();
                        at_start = true;
                        continue;
                    }
                }
                '\r' | '\u{feff}' => {}
                ' ' | '\t' => {
                    if at_start {
                        self.entry.indented = true;
                    }
                }
                ';' => self.comment(),
                '(' => {
                    self.depth += 1;
                    self.opened = self.line;
                }
                ')' => {
                    let why = "there is a ) without its (";
                    let wrong = Fault::new(
                        self.line,
                        why,
                        "Remove it, or put the ( where the record's data begins.",
                    );
                    self.depth = self.depth.checked_sub(1).ok_or(wrong)?;
                }
                '"' => self.quoted()?,
                c => self.plain(c),
            }
            if c != '\u{feff}' {
                at_start = false;
            }
            if self.entry.words.len() > WORDS {
                let why = format!("the entry has more than {WORDS} words");
                return Err(Fault::new(self.entry.line, why, "Look for a ( that is never closed."));
            }
        }
        if self.depth > 0 {
            let why = "the ( is never closed";
            return Err(Fault::new(
                self.opened,
                why,
                "Put a ) behind the last field of the record.",
            ));
        }
        self.finish();
        Ok(())
    }

    fn finish(&mut self) {
        let entry = std::mem::replace(&mut self.entry, blank(self.line));
        if !entry.words.is_empty() {
            self.entries.push(entry);
        }
    }

    fn comment(&mut self) {
        while self.chars.peek().is_some_and(|c| *c != '\n') {
            self.chars.next();
        }
    }

    fn quoted(&mut self) -> Result<(), Fault> {
        let mut text = String::new();
        loop {
            match self.chars.next() {
                Some('"') => break,
                Some('\\') => {
                    text.push('\\');
                    text.extend(self.chars.next());
                }
                Some('\n') | None => {
                    let why = "the quotation mark is never closed";
                    let remedy = "Put a \" at the end of the string; a string may not go over a line's end.";
                    return Err(Fault::new(self.line, why, remedy));
                }
                Some(c) => text.push(c),
            }
        }
        self.entry.words.push(Word { text, quoted: true });
        Ok(())
    }

    fn plain(&mut self, first: char) {
        let mut text = String::new();
        let mut next = Some(first);
        while let Some(c) = next {
            text.push(c);
            if c == '\\' {
                text.extend(self.chars.next());
            }
            let ends = |c: &char| matches!(c, ' ' | '\t' | '\n' | '\r' | ';' | '(' | ')' | '"');
            next = self.chars.next_if(|c| !ends(c));
        }
        self.entry.words.push(Word { text, quoted: false });
    }
}
