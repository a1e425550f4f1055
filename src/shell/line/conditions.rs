//! `[[ … ]]`: a condition of the shell's language, in which nothing is split and `==` takes a pattern.
//! <https://www.gnu.org/software/bash/manual/html_node/Conditional-Constructs.html>

use super::filters::regex;
use super::run::{Halt, Run};
use super::streams::Printed;
use super::syntax::{Item, Part, Word};
use super::test;
use crate::glob::Glob;
use crate::limits::DEPTH;

/// A condition being judged.
struct Judge<'a, 'r> {
    run: &'a mut Run<'r>,
    printed: &'a mut Printed,
    items: &'a [Item],
    at: usize,
    depth: usize,
}

type Judged = Result<bool, Halt>;

/// Its exit status: 0 true, 1 false.
pub(super) fn judge(run: &mut Run<'_>, items: &[Item], printed: &mut Printed) -> Result<i32, Halt> {
    let mut judge = Judge {
        run,
        printed,
        items,
        at: 0,
        depth: 0,
    };
    let holds = judge.either(true)?;
    if judge.at < items.len() {
        return Err(syntax());
    }
    Ok(i32::from(!holds))
}

fn syntax() -> Halt {
    Halt::Fault("syntax error in conditional expression".into())
}

impl Judge<'_, '_> {
    fn sees(&self, item: &Item) -> bool {
        self.items.get(self.at) == Some(item)
    }

    /// `a || b`. `wanted`: false where the outcome is settled, so that nothing is expanded any more.
    fn either(&mut self, wanted: bool) -> Judged {
        let mut holds = self.both(wanted)?;
        while self.sees(&Item::Or) {
            self.at += 1;
            holds |= self.both(wanted && !holds)?;
        }
        Ok(holds)
    }

    fn both(&mut self, wanted: bool) -> Judged {
        let mut holds = self.one(wanted)?;
        while self.sees(&Item::And) {
            self.at += 1;
            holds &= self.one(wanted && holds)?;
        }
        Ok(holds)
    }

    fn one(&mut self, wanted: bool) -> Judged {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(Halt::Fault(format!("more than {DEPTH} conditions inside each other")));
        }
        let judged = self.judged(wanted);
        self.depth -= 1;
        judged
    }

    fn judged(&mut self, wanted: bool) -> Judged {
        match self.items.get(self.at) {
            Some(Item::Open) => {
                self.at += 1;
                let holds = self.either(wanted)?;
                if !self.sees(&Item::Close) {
                    return Err(syntax());
                }
                self.at += 1;
                Ok(holds)
            }
            Some(Item::Word(word)) if bare(word) == Some("!") => {
                self.at += 1;
                Ok(!self.one(wanted)?)
            }
            Some(Item::Word(_)) => self.comparison(wanted),
            _ => Err(syntax()),
        }
    }

    fn comparison(&mut self, wanted: bool) -> Judged {
        let rest = self.items.get(self.at..).unwrap_or_default();
        let words: Vec<&Word> = rest
            .iter()
            .map_while(|item| match item {
                Item::Word(word) => Some(word),
                _ => None,
            })
            .take(3)
            .collect();
        let order = matches!(rest.get(1), Some(Item::Less | Item::Greater));
        match words.as_slice() {
            [left] if order => {
                let Some(Item::Word(right)) = rest.get(2) else {
                    return Err(syntax());
                };
                let less = rest.get(1) == Some(&Item::Less);
                self.at += 3;
                let (left, right) = (self.text(left, wanted)?, self.text(right, wanted)?);
                Ok(if less { left < right } else { left > right })
            }
            [left, operator, right] if !bare(left).is_some_and(is_unary) => {
                self.at += 3;
                let operator = bare(operator).unwrap_or_default();
                self.compared(left, operator, right, wanted)
            }
            [operator, word, ..] if bare(operator).is_some_and(is_unary) => {
                self.at += 2;
                let words = [bare(operator).unwrap_or_default().to_owned(), self.text(word, wanted)?];
                self.tested(&words, wanted)
            }
            [word] => {
                self.at += 1;
                Ok(!self.text(word, wanted)?.is_empty())
            }
            _ => Err(syntax()),
        }
    }

    fn compared(&mut self, left: &Word, operator: &str, right: &Word, wanted: bool) -> Judged {
        let text = self.text(left, wanted)?;
        match operator {
            "=" | "==" | "!=" => {
                let pattern = if wanted {
                    self.run.pattern(right, self.printed)?
                } else {
                    String::new()
                };
                Ok(Glob::of_text(&pattern).matches(&text) == (operator != "!="))
            }
            "=~" => {
                let pattern = self.text(right, wanted)?;
                let style = regex::Style {
                    extended: true,
                    fixed: false,
                    ignore_case: false,
                    words: false,
                    lines: false,
                };
                let pattern = regex::read(&[pattern], style).map_err(Halt::Fault)?;
                Ok(pattern.find(&regex::seen(&text, style), 0).is_some())
            }
            _ => {
                let words = [text, operator.to_owned(), self.text(right, wanted)?];
                self.tested(&words, wanted)
            }
        }
    }

    fn tested(&mut self, words: &[String], wanted: bool) -> Judged {
        Ok(wanted && test::run("[[", words, &self.run.shell.session.tray, self.printed) == 0)
    }

    fn text(&mut self, word: &Word, wanted: bool) -> Result<String, Halt> {
        if wanted {
            self.run.text(word, self.printed)
        } else {
            Ok(String::new())
        }
    }
}

/// The word's text where it stands there as it is.
fn bare(word: &Word) -> Option<&str> {
    match word.as_slice() {
        [Part::Text { text, quoted: false }] => Some(text),
        _ => None,
    }
}

fn is_unary(word: &str) -> bool {
    matches!(
        word,
        "-n" | "-z" | "-f" | "-r" | "-w" | "-e" | "-d" | "-s" | "-x" | "-v"
    )
}
