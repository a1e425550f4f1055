//! Commands that hold others: loops, conditions, choices, functions. Part of the reader of [`super::read`].

use super::read::{Fault, Read, Reader, incomplete, is_name, unexpected};
use super::syntax::*;
use std::rc::Rc;

impl Reader {
    pub(super) fn for_loop(&mut self) -> Read<Command> {
        self.at += 3;
        self.blanks();
        let name = self.ahead();
        if !is_name(&name) {
            return Err(match self.peek() {
                None => incomplete("syntax error: unexpected end of file"),
                Some(_) => Fault {
                    text: format!("`{name}': not a valid identifier"),
                    incomplete: false,
                },
            });
        }
        self.skip(&name);
        self.lines()?;
        if self.ahead() != "in" {
            return Err(self.unexpected_here());
        }
        self.at += 2;
        let mut words = Vec::new();
        loop {
            self.blanks();
            match self.peek() {
                Some('\n' | ';') | None => break,
                Some(c) if "&|<>()".contains(c) => return Err(self.unexpected_here()),
                Some(_) => words.push(self.word()?),
            }
        }
        self.skip(";");
        self.lines()?;
        if self.ahead() != "do" {
            return Err(self.unexpected_here());
        }
        self.at += 2;
        let body = self.block(&["done"])?;
        Ok(Command::For { name, words, body })
    }

    pub(super) fn condition(&mut self) -> Read<Command> {
        self.at += 2;
        let mut arms = Vec::new();
        let mut otherwise = Vec::new();
        loop {
            let test = self.block(&["then"])?;
            let body = self.list(&["elif", "else", "fi"])?;
            if body.is_empty() {
                return Err(self.unexpected_here());
            }
            arms.push((test, body));
            let word = self.ahead();
            self.skip(&word);
            match word.as_str() {
                "elif" => {}
                "else" => {
                    otherwise = self.block(&["fi"])?;
                    break;
                }
                _ => break,
            }
        }
        Ok(Command::If { arms, otherwise })
    }

    /// `[[ … ]]`: words, and the signs between them.
    pub(super) fn condition_items(&mut self) -> Read<Command> {
        self.at += 2;
        let mut items = Vec::new();
        loop {
            self.lines()?;
            let signs = [
                ("&&", Item::And),
                ("||", Item::Or),
                ("(", Item::Open),
                (")", Item::Close),
                ("<", Item::Less),
                (">", Item::Greater),
            ];
            let after_match = matches!(items.last(), Some(Item::Word(word)) if is_match(word));
            if !after_match && let Some((_, item)) = signs.into_iter().find(|(sign, _)| self.skip(sign)) {
                items.push(item);
                continue;
            }
            match self.peek() {
                None => return Err(incomplete("syntax error: unexpected end of file")),
                Some(';' | '&' | '|') if !after_match => return Err(self.unexpected_here()),
                Some(_) if self.ahead() == "]]" => break,
                Some(_) => {
                    let word = if after_match { self.expression()? } else { self.word()? };
                    items.push(Item::Word(word));
                }
            }
        }
        self.at += 2;
        Ok(Command::Condition(items))
    }

    /// The regular expression after `=~`, in which parentheses and bars are its own.
    pub(super) fn expression(&mut self) -> Read<Word> {
        let mut word = Word::new();
        loop {
            word.extend(self.word()?);
            match self.peek() {
                Some(c) if "()|<>".contains(c) => {
                    self.at += 1;
                    word.push(Part::Text {
                        text: c.to_string(),
                        quoted: false,
                    });
                }
                _ => return Ok(word),
            }
        }
    }

    /// Whether `()` follows the name that stands here.
    pub(super) fn defines(&self, name: &str) -> bool {
        let after = self.at + name.chars().count();
        let rest = self.chars.get(after..).unwrap_or_default();
        let mut signs = rest.iter().filter(|c| !matches!(c, ' ' | '\t'));
        let is_word = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-.:".contains(c));
        is_word && signs.next() == Some(&'(') && signs.next() == Some(&')')
    }

    /// After a function's name: `()`, which `function` may go without, and what it does.
    pub(super) fn function(&mut self, name: String) -> Read<Command> {
        self.enter()?;
        self.blanks();
        if self.skip("(") {
            self.blanks();
            if !self.skip(")") {
                return Err(self.unexpected_here());
            }
        }
        self.lines()?;
        if self.peek().is_none() {
            return Err(incomplete("syntax error: unexpected end of file"));
        }
        let body = self.stage()?;
        if name.is_empty() || matches!(body.command, Command::Simple { .. }) {
            return Err(unexpected(&name));
        }
        self.leave();
        let body = Rc::new(body);
        Ok(Command::Function { name, body })
    }

    /// `case word in … esac`.
    pub(super) fn case(&mut self) -> Read<Command> {
        self.enter()?;
        self.at += "case".len();
        self.blanks();
        let word = self.target()?;
        self.lines()?;
        if self.ahead() != "in" {
            return Err(self.unexpected_here());
        }
        self.at += 2;
        let mut arms = Vec::new();
        loop {
            self.lines()?;
            if self.peek().is_none() {
                return Err(incomplete("syntax error: unexpected end of file"));
            }
            if self.ahead() == "esac" {
                break;
            }
            self.skip("(");
            let mut patterns = Vec::new();
            loop {
                self.blanks();
                patterns.push(self.target()?);
                self.blanks();
                if !self.skip("|") {
                    break;
                }
            }
            if !self.skip(")") {
                return Err(self.unexpected_here());
            }
            let body = self.list(&[";;", "esac"])?;
            arms.push((patterns, body));
            self.skip(";;");
        }
        self.at += "esac".len();
        self.leave();
        Ok(Command::Case { word, arms })
    }
}

fn is_match(word: &Word) -> bool {
    matches!(word.as_slice(), [Part::Text { text, quoted: false }] if text == "=~")
}
