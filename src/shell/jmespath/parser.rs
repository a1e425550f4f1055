//! Tokens to a tree, by binding power. What it complains of, and where, is the CLI's.

use super::lexer::{self, Token};
use super::{Comparison, Node};
use crate::data::Data;

/// Expressions inside each other.
const DEPTH: usize = 100;
/// Tokens that bind less than this end a projection.
const PROJECTION_STOP: u8 = 10;
const STAR: u8 = 20;

fn power(kind: &str) -> u8 {
    match kind {
        "pipe" => 1,
        "or" => 2,
        "and" => 3,
        "eq" | "gt" | "lt" | "gte" | "lte" | "ne" => 5,
        "flatten" => 9,
        "star" => STAR,
        "filter" => 21,
        "dot" => 40,
        "not" => 45,
        "lbrace" => 50,
        "lbracket" => 55,
        "lparen" => 60,
        _ => 0,
    }
}

enum Fault {
    /// The text ends too early.
    Incomplete,
    /// The whole sentence.
    Said(String),
    At(Token, String),
}

/// Reads an expression.
pub fn parse(text: &str) -> Result<Node, String> {
    let mut parser = Parser {
        tokens: lexer::tokens(text)?,
        at: 0,
    };
    parser.whole().map_err(|fault| match fault {
        Fault::Said(text) => text,
        Fault::Incomplete => {
            let width = text.chars().count() + 1;
            format!(
                "Invalid jmespath expression: Incomplete expression:\n\"{text}\"\n{}^",
                " ".repeat(width)
            )
        }
        Fault::At(token, message) => format!(
            "{message}: Parse error at column {}, token \"{}\" ({}), for expression:\n\"{text}\"\n{}^",
            token.start,
            token.value.text(),
            token.kind.to_ascii_uppercase(),
            " ".repeat(token.start + 1)
        ),
    })
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
}

type Parsed = Result<Node, Fault>;

fn both(left: Node, right: Node, make: fn(Box<Node>, Box<Node>) -> Node) -> Node {
    make(Box::new(left), Box::new(right))
}

impl Parser {
    fn kind(&self) -> &'static str {
        self.ahead(0)
    }

    fn ahead(&self, by: usize) -> &'static str {
        self.tokens.get(self.at + by).map_or("", |token| token.kind)
    }

    fn token(&self) -> Result<Token, Fault> {
        self.tokens
            .get(self.at)
            .cloned()
            .ok_or_else(|| Fault::Said("list index out of range".into()))
    }

    fn invalid<T>(&self, message: &str) -> Result<T, Fault> {
        Err(Fault::At(self.token()?, message.to_owned()))
    }

    fn expect(&mut self, kinds: &[&str], said: &str) -> Result<Token, Fault> {
        let token = self.token()?;
        if kinds.contains(&token.kind) {
            self.at += 1;
            return Ok(token);
        }
        if token.kind == "eof" {
            return Err(Fault::Incomplete);
        }
        let message = format!("Expecting: {said}, got: {}", token.kind);
        Err(Fault::At(token, message))
    }

    fn matching(&mut self, kind: &str) -> Result<Token, Fault> {
        self.expect(&[kind], kind)
    }

    fn whole(&mut self) -> Parsed {
        let node = self.expression(0, 0)?;
        let token = self.token()?;
        if token.kind != "eof" {
            let message = format!("Unexpected token: {}", token.value.text());
            return Err(Fault::At(token, message));
        }
        Ok(node)
    }

    fn expression(&mut self, binding: u8, depth: usize) -> Parsed {
        if depth > DEPTH {
            return Err(Fault::Said("maximum recursion depth exceeded".into()));
        }
        let token = self.token()?;
        self.at += 1;
        let mut left = self.first(token, depth + 1)?;
        while binding < power(self.kind()) {
            left = self.following(left, depth + 1)?;
        }
        if self.kind().is_empty() {
            return Err(Fault::Said("list index out of range".into()));
        }
        Ok(left)
    }

    /// What a token means where an expression begins.
    fn first(&mut self, token: Token, depth: usize) -> Parsed {
        Ok(match token.kind {
            "literal" => Node::Literal(token.value),
            "unquoted_identifier" => Node::Field(token.value.text()),
            "quoted_identifier" => {
                if self.kind() == "lparen" {
                    let mut paren = self.token()?;
                    paren.start = 0;
                    let message = "Quoted identifier not allowed for function names.";
                    return Err(Fault::At(paren, message.into()));
                }
                Node::Field(token.value.text())
            }
            "star" => {
                let right = if self.kind() == "rbracket" {
                    Node::Current
                } else {
                    self.projected(STAR, depth)?
                };
                both(Node::Current, right, Node::ValueProjection)
            }
            "filter" => self.filter(Node::Current, depth)?,
            "lbrace" => self.hash(depth)?,
            "lparen" => {
                let node = self.expression(0, depth)?;
                self.matching("rparen")?;
                node
            }
            "flatten" => {
                let right = self.projected(power("flatten"), depth)?;
                both(Node::Flatten(Box::new(Node::Current)), right, Node::Projection)
            }
            "not" => Node::Not(Box::new(self.expression(power("not"), depth)?)),
            "lbracket" => match (self.kind(), self.ahead(1)) {
                ("number" | "colon", _) => {
                    let right = self.index()?;
                    self.project_if_slice(Node::Current, right, depth)?
                }
                ("star", "rbracket") => {
                    self.at += 2;
                    both(Node::Current, self.projected(STAR, depth)?, Node::Projection)
                }
                _ => self.list(depth)?,
            },
            "current" => Node::Current,
            "expref" => Node::Reference(Box::new(self.expression(0, depth)?)),
            "eof" => return Err(Fault::Incomplete),
            _ => return Err(Fault::At(token, "invalid token".into())),
        })
    }

    /// What the next token makes of the expression before it.
    fn following(&mut self, left: Node, depth: usize) -> Parsed {
        let token = self.token()?;
        let comparison = |comparison| Some(comparison);
        let compared = match token.kind {
            "eq" => comparison(Comparison::Equal),
            "ne" => comparison(Comparison::Unequal),
            "lt" => comparison(Comparison::Less),
            "lte" => comparison(Comparison::LessOrEqual),
            "gt" => comparison(Comparison::Greater),
            "gte" => comparison(Comparison::GreaterOrEqual),
            _ => None,
        };
        if matches!(token.kind, "star" | "not" | "lbrace") {
            return Err(Fault::At(token, "invalid token".into()));
        }
        self.at += 1;
        if let Some(comparison) = compared {
            let right = self.expression(power(token.kind), depth)?;
            return Ok(Node::Compare(comparison, Box::new(left), Box::new(right)));
        }
        match token.kind {
            "dot" if self.kind() == "star" => {
                self.at += 1;
                Ok(both(left, self.projected(power("dot"), depth)?, Node::ValueProjection))
            }
            "dot" => {
                let right = self.after_dot(power("dot"), depth)?;
                Ok(match left {
                    Node::Chain(mut steps) => {
                        steps.push(right);
                        Node::Chain(steps)
                    }
                    left => Node::Chain(vec![left, right]),
                })
            }
            "pipe" => Ok(Node::Chain(vec![left, self.expression(power("pipe"), depth)?])),
            "or" => Ok(both(left, self.expression(power("or"), depth)?, Node::Or)),
            "and" => Ok(both(left, self.expression(power("and"), depth)?, Node::And)),
            "lparen" => self.function(left, depth),
            "filter" => self.filter(left, depth),
            "flatten" => {
                let right = self.projected(power("flatten"), depth)?;
                Ok(both(Node::Flatten(Box::new(left)), right, Node::Projection))
            }
            "lbracket" if matches!(self.kind(), "number" | "colon") => {
                let right = self.index()?;
                match left {
                    Node::Indexed(mut steps) => {
                        steps.push(right);
                        Ok(Node::Indexed(steps))
                    }
                    left => self.project_if_slice(left, right, depth),
                }
            }
            _ => {
                self.matching("star")?;
                self.matching("rbracket")?;
                Ok(both(left, self.projected(STAR, depth)?, Node::Projection))
            }
        }
    }

    fn index(&mut self) -> Parsed {
        if self.kind() == "colon" || self.ahead(1) == "colon" {
            return self.slice();
        }
        let place = self.token()?;
        self.at += 1;
        self.matching("rbracket")?;
        match place.value {
            Data::Int(place) => Ok(Node::Index(place)),
            _ => Ok(Node::Index(0)),
        }
    }

    fn slice(&mut self) -> Parsed {
        let mut parts = [None, None, None];
        let mut part = 0;
        while self.kind() != "rbracket" && part < 3 {
            let token = self.token()?;
            match (token.kind, &token.value) {
                ("colon", _) => {
                    part += 1;
                    if part == 3 {
                        return self.invalid("syntax error");
                    }
                }
                ("number", Data::Int(number)) => {
                    if let Some(place) = parts.get_mut(part) {
                        *place = Some(*number);
                    }
                }
                _ => return self.invalid("syntax error"),
            }
            self.at += 1;
        }
        self.matching("rbracket")?;
        Ok(Node::Slice(parts))
    }

    fn project_if_slice(&mut self, left: Node, right: Node, depth: usize) -> Parsed {
        let is_slice = matches!(right, Node::Slice(_));
        let indexed = Node::Indexed(vec![left, right]);
        if is_slice {
            Ok(both(indexed, self.projected(STAR, depth)?, Node::Projection))
        } else {
            Ok(indexed)
        }
    }

    fn filter(&mut self, left: Node, depth: usize) -> Parsed {
        let condition = self.expression(0, depth)?;
        self.matching("rbracket")?;
        let right = if self.kind() == "flatten" {
            Node::Current
        } else {
            self.projected(power("filter"), depth)?
        };
        Ok(Node::Filter(Box::new(left), Box::new(right), Box::new(condition)))
    }

    fn function(&mut self, left: Node, depth: usize) -> Parsed {
        let Node::Field(name) = left else {
            let token = self
                .at
                .checked_sub(2)
                .and_then(|at| self.tokens.get(at).cloned())
                .ok_or(Fault::Incomplete)?;
            let message = format!("Invalid function name '{}'", token.value.text());
            return Err(Fault::At(token, message));
        };
        let mut arguments = Vec::new();
        while self.kind() != "rparen" {
            arguments.push(self.expression(0, depth)?);
            if self.kind() == "comma" {
                self.at += 1;
            }
        }
        self.matching("rparen")?;
        Ok(Node::Function(name, arguments))
    }

    fn list(&mut self, depth: usize) -> Parsed {
        let mut nodes = Vec::new();
        loop {
            nodes.push(self.expression(0, depth)?);
            if self.kind() == "rbracket" {
                break;
            }
            self.matching("comma")?;
        }
        self.matching("rbracket")?;
        Ok(Node::List(nodes))
    }

    fn hash(&mut self, depth: usize) -> Parsed {
        let mut pairs = Vec::new();
        loop {
            let key = self.expect(
                &["quoted_identifier", "unquoted_identifier"],
                "['quoted_identifier', 'unquoted_identifier']",
            )?;
            self.matching("colon")?;
            pairs.push((key.value.text(), self.expression(0, depth)?));
            match self.kind() {
                "comma" => self.at += 1,
                "rbrace" => {
                    self.at += 1;
                    return Ok(Node::Hash(pairs));
                }
                _ => {}
            }
        }
    }

    /// What is done with each item of a projection.
    fn projected(&mut self, binding: u8, depth: usize) -> Parsed {
        match self.kind() {
            kind if power(kind) < PROJECTION_STOP => Ok(Node::Current),
            "lbracket" | "filter" => self.expression(binding, depth),
            "dot" => {
                self.at += 1;
                self.after_dot(binding, depth)
            }
            _ => self.invalid("syntax error"),
        }
    }

    fn after_dot(&mut self, binding: u8, depth: usize) -> Parsed {
        match self.kind() {
            "quoted_identifier" | "unquoted_identifier" | "star" => self.expression(binding, depth),
            "lbracket" => {
                self.at += 1;
                self.list(depth)
            }
            "lbrace" => {
                self.at += 1;
                self.hash(depth)
            }
            kind => {
                let message = format!(
                    "Expecting: ['quoted_identifier', 'unquoted_identifier', 'lbracket', 'lbrace'], got: {kind}"
                );
                self.invalid(&message)
            }
        }
    }
}
