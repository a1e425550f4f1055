//! JMESPath in full, with the error texts of the AWS CLI's own (<https://jmespath.org/specification.html>).
//!
//! Our own, for a feature that the crate `jmespath` 0.5 lacks: it keeps objects in sorted maps, while the CLI prints the
//! members of a `--query`'s answer in the order of the API or of the expression. (The crate also costs about 30 KB brotli.)

mod eval;
mod functions;
mod lexer;
mod parser;

use crate::data::Data;

/// A parsed expression.
#[derive(Clone, Debug)]
pub struct Expression {
    /// As it was written.
    pub text: String,
    node: Node,
}

/// One step of an expression.
#[derive(Clone, Debug)]
enum Node {
    Current,
    Field(String),
    Literal(Data),
    Index(i64),
    Slice([Option<i64>; 3]),
    /// One after the other.
    Chain(Vec<Node>),
    /// A chain that ends in an index: the parser goes on with it.
    Indexed(Vec<Node>),
    Projection(Box<Node>, Box<Node>),
    ValueProjection(Box<Node>, Box<Node>),
    Filter(Box<Node>, Box<Node>, Box<Node>),
    Flatten(Box<Node>),
    List(Vec<Node>),
    Hash(Vec<(String, Node)>),
    Or(Box<Node>, Box<Node>),
    And(Box<Node>, Box<Node>),
    Not(Box<Node>),
    Compare(Comparison, Box<Node>, Box<Node>),
    Function(String, Vec<Node>),
    Reference(Box<Node>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Expression {
    /// Reads an expression.
    ///
    /// # Errors
    /// What the CLI says about one that is none.
    pub fn parse(text: &str) -> Result<Expression, String> {
        Ok(Expression {
            text: text.to_owned(),
            node: parser::parse(text)?,
        })
    }

    /// What the expression finds.
    ///
    /// # Errors
    /// A function's complaint about its arguments.
    pub fn search(&self, data: &Data) -> Result<Data, String> {
        Ok(eval::eval(&self.node, data, 0)?.into_owned())
    }
}
