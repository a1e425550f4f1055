//! An expression's text as tokens.

use crate::data::Data;
use crate::reading;

/// A token, and where in the text (in characters) it starts.
#[derive(Clone, Debug)]
pub struct Token {
    pub kind: &'static str,
    pub value: Data,
    pub start: usize,
}

/// Cuts the text. The error is the CLI's whole sentence.
pub fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut lexer = Lexer {
        chars: text.chars().collect(),
        at: 0,
        tokens: Vec::new(),
    };
    if lexer.chars.is_empty() {
        return Err("Invalid JMESPath expression: cannot be empty.".into());
    }
    match lexer.run() {
        Ok(()) => Ok(lexer.tokens),
        Err((at, message)) => Err(format!(
            "Bad jmespath expression: {message}:\n{text}\n{}^",
            " ".repeat(at)
        )),
    }
}

type Fault = (usize, String);

struct Lexer {
    chars: Vec<char>,
    at: usize,
    tokens: Vec<Token>,
}

impl Lexer {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn slice(&self, from: usize, to: usize) -> String {
        self.chars.get(from..to).unwrap_or_default().iter().collect()
    }

    fn push(&mut self, kind: &'static str, start: usize) {
        let value = Data::Text(self.slice(start, self.at));
        self.tokens.push(Token { kind, value, start });
    }

    fn while_is(&mut self, known: impl Fn(char) -> bool) {
        while self.peek().is_some_and(&known) {
            self.at += 1;
        }
    }

    fn run(&mut self) -> Result<(), Fault> {
        while let Some(c) = self.peek() {
            let start = self.at;
            match c {
                ' ' | '\t' | '\n' | '\r' => self.at += 1,
                '.' | '*' | ']' | ',' | ':' | '@' | '(' | ')' | '{' | '}' => {
                    self.at += 1;
                    self.push(simple(c), start);
                }
                c if c.is_ascii_alphabetic() || c == '_' => {
                    self.while_is(|c| c.is_ascii_alphanumeric() || c == '_');
                    self.push("unquoted_identifier", start);
                }
                '[' => {
                    self.at += 1;
                    let kind = match self.peek() {
                        Some(']') => "flatten",
                        Some('?') => "filter",
                        _ => "lbracket",
                    };
                    self.at += usize::from(kind != "lbracket");
                    self.push(kind, start);
                }
                '\'' => {
                    let text = self.until('\'')?.replace("\\'", "'");
                    self.literal("literal", Data::Text(text), start);
                }
                '`' => self.json_literal(start)?,
                '"' => self.quoted_identifier(start)?,
                '0'..='9' | '-' => self.number(start)?,
                '|' => self.either('|', "or", "pipe"),
                '&' => self.either('&', "and", "expref"),
                '<' => self.either('=', "lte", "lt"),
                '>' => self.either('=', "gte", "gt"),
                '!' => self.either('=', "ne", "not"),
                '=' => {
                    self.at += 1;
                    if self.peek() != Some('=') {
                        // The CLI's lexer does not move at the end of the text, and points one further back elsewhere.
                        let at = if self.peek().is_none() { start } else { self.at - 1 };
                        return Err((at, "Unknown token '='".into()));
                    }
                    self.at += 1;
                    self.push("eq", start);
                }
                c => return Err((start, format!("Unknown token {c}"))),
            }
        }
        self.tokens.push(Token {
            kind: "eof",
            value: Data::from(""),
            start: self.chars.len(),
        });
        Ok(())
    }

    fn literal(&mut self, kind: &'static str, value: Data, start: usize) {
        self.tokens.push(Token { kind, value, start });
    }

    fn either(&mut self, next: char, double: &'static str, single: &'static str) {
        let start = self.at;
        self.at += 1;
        let kind = if self.peek() == Some(next) {
            self.at += 1;
            double
        } else {
            single
        };
        self.push(kind, start);
    }

    fn number(&mut self, start: usize) -> Result<(), Fault> {
        self.at += 1;
        self.while_is(|c| c.is_ascii_digit());
        let text = self.slice(start, self.at);
        if text == "-" {
            return Err((start, "Unknown token '-'".into()));
        }
        // A number beyond 64 bits is no place in any list.
        let least = if text.starts_with('-') { i64::MIN } else { i64::MAX };
        self.literal("number", Data::Int(text.parse().unwrap_or(least)), start);
        Ok(())
    }

    fn until(&mut self, delimiter: char) -> Result<String, Fault> {
        let start = self.at;
        let unclosed = || (start, format!("Unclosed {delimiter} delimiter"));
        self.at += 1;
        let mut text = String::new();
        loop {
            let mut c = self.peek().ok_or_else(unclosed)?;
            if c == delimiter {
                self.at += 1;
                return Ok(text);
            }
            if c == '\\' {
                text.push('\\');
                self.at += 1;
                c = self.peek().ok_or_else(unclosed)?;
            }
            text.push(c);
            self.at += 1;
        }
    }

    fn json_literal(&mut self, start: usize) -> Result<(), Fault> {
        let text = self.until('`')?.replace("\\`", "`");
        let value = reading::json(&text)
            .or_else(|_| reading::json(&format!("\"{}\"", text.trim_start())))
            .map_err(|_| (start, format!("Bad token {text}")))?;
        self.literal("literal", value, start);
        Ok(())
    }

    fn quoted_identifier(&mut self, start: usize) -> Result<(), Fault> {
        let text = format!("\"{}\"", self.until('"')?);
        let value =
            reading::json(&text).map_err(|error| (start, error.split(':').next().unwrap_or_default().to_owned()))?;
        self.literal("quoted_identifier", value, start);
        Ok(())
    }
}

fn simple(c: char) -> &'static str {
    match c {
        '.' => "dot",
        '*' => "star",
        ']' => "rbracket",
        ',' => "comma",
        ':' => "colon",
        '@' => "current",
        '(' => "lparen",
        ')' => "rparen",
        '{' => "lbrace",
        _ => "rbrace",
    }
}
