//! An expression applied to data.

use super::functions::{self, Argument};
use super::{Comparison, Node};
use crate::data::{Data, Dict};
use std::borrow::Cow;

/// Steps inside each other; what a parsed expression cannot reach.
const DEPTH: usize = 400;

pub(super) type Found<'a> = Result<Cow<'a, Data>, String>;

fn owned<'a>(data: Data) -> Found<'a> {
    Ok(Cow::Owned(data))
}

/// What the node finds in the data.
pub(super) fn eval<'a>(node: &Node, data: &'a Data, depth: usize) -> Found<'a> {
    if depth > DEPTH {
        return Err("maximum recursion depth exceeded".into());
    }
    let depth = depth + 1;
    match node {
        Node::Current => Ok(Cow::Borrowed(data)),
        Node::Field(name) => Ok(Cow::Borrowed(
            data.as_dict().and_then(|dict| dict.get(name)).unwrap_or(&Data::Null),
        )),
        Node::Literal(value) => owned(value.clone()),
        Node::Index(place) => Ok(Cow::Borrowed(
            data.as_list()
                .and_then(|items| items.get(position(*place, items.len())?))
                .unwrap_or(&Data::Null),
        )),
        Node::Slice(parts) => match data {
            Data::List(items) => owned(Data::List(slice(items, parts)?)),
            _ => owned(Data::Null),
        },
        Node::Chain(steps) | Node::Indexed(steps) => {
            let mut found = Cow::Borrowed(data);
            for step in steps {
                found = then(step, found, depth)?;
            }
            Ok(found)
        }
        Node::Projection(..) | Node::Filter(..) | Node::ValueProjection(..) | Node::Flatten(_) => {
            projection(node, data, depth)
        }
        Node::List(_) | Node::Hash(_) => selection(node, data, depth),
        Node::Or(left, right) => {
            let found = eval(left, data, depth)?;
            if is_false(&found) {
                eval(right, data, depth)
            } else {
                Ok(found)
            }
        }
        Node::And(left, right) => {
            let found = eval(left, data, depth)?;
            if is_false(&found) {
                Ok(found)
            } else {
                eval(right, data, depth)
            }
        }
        Node::Not(inner) => {
            let found = eval(inner, data, depth)?;
            let number = matches!(found.as_ref(), Data::Int(_) | Data::Float(_));
            owned(Data::Bool(!number && !found.is_true()))
        }
        Node::Compare(comparison, left, right) => {
            let (left, right) = (eval(left, data, depth)?, eval(right, data, depth)?);
            compare(*comparison, &left, &right).map(Cow::Owned)
        }
        Node::Function(name, arguments) => {
            let mut values = Vec::with_capacity(arguments.len());
            for argument in arguments {
                values.push(match argument {
                    Node::Reference(node) => Argument::Reference(node),
                    node => Argument::Value(eval(node, data, depth)?.into_owned()),
                });
            }
            functions::call(name, &values, depth).map(Cow::Owned)
        }
        // An expression outside a function's arguments has no value that could be printed.
        Node::Reference(_) => owned(Data::Null),
    }
}

/// What is done with each part of a list or an object.
fn projection<'a>(node: &Node, data: &'a Data, depth: usize) -> Found<'a> {
    match node {
        Node::Projection(left, right) => project(left, right, None, data, depth),
        Node::Filter(left, right, condition) => project(left, right, Some(condition), data, depth),
        Node::ValueProjection(left, right) => match eval(left, data, depth)?.as_ref() {
            Data::Dict(dict) => {
                let values: Vec<&Data> = dict.iter().map(|(_, value)| value).collect();
                collect(values, right, None, depth)
            }
            _ => owned(Data::Null),
        },
        Node::Flatten(left) => match eval(left, data, depth)?.as_ref() {
            Data::List(items) => {
                let mut flat = Vec::new();
                for item in items {
                    match item {
                        Data::List(inner) => flat.extend(inner.iter().cloned()),
                        other => flat.push(other.clone()),
                    }
                }
                owned(Data::List(flat))
            }
            _ => owned(Data::Null),
        },
        _ => owned(Data::Null),
    }
}

/// Several things picked at once.
fn selection<'a>(node: &Node, data: &'a Data, depth: usize) -> Found<'a> {
    match node {
        Node::List(_) | Node::Hash(_) if *data == Data::Null => owned(Data::Null),
        Node::List(nodes) => {
            let items: Result<Vec<Data>, String> = nodes
                .iter()
                .map(|node| Ok(eval(node, data, depth)?.into_owned()))
                .collect();
            owned(Data::List(items?))
        }
        Node::Hash(pairs) => {
            let mut dict = Dict::new();
            for (key, node) in pairs {
                dict.set(key, eval(node, data, depth)?.into_owned());
            }
            owned(Data::Dict(dict))
        }
        _ => owned(Data::Null),
    }
}

fn then<'a>(step: &Node, found: Cow<'a, Data>, depth: usize) -> Found<'a> {
    match found {
        Cow::Borrowed(data) => eval(step, data, depth),
        Cow::Owned(data) => Ok(Cow::Owned(eval(step, &data, depth)?.into_owned())),
    }
}

fn project<'a>(left: &Node, right: &Node, condition: Option<&Node>, data: &'a Data, depth: usize) -> Found<'a> {
    match eval(left, data, depth)?.as_ref() {
        Data::List(items) => collect(items.iter().collect(), right, condition, depth),
        _ => owned(Data::Null),
    }
}

fn collect<'a>(items: Vec<&Data>, right: &Node, condition: Option<&Node>, depth: usize) -> Found<'a> {
    let mut collected = Vec::new();
    for item in items {
        if let Some(condition) = condition
            && is_false(eval(condition, item, depth)?.as_ref())
        {
            continue;
        }
        let found = eval(right, item, depth)?;
        if *found != Data::Null {
            collected.push(found.into_owned());
        }
    }
    owned(Data::List(collected))
}

pub(super) fn is_false(data: &Data) -> bool {
    match data {
        Data::Int(_) | Data::Float(_) => false,
        other => !other.is_true(),
    }
}

/// A place counted from the end where it is negative.
fn position(place: i64, length: usize) -> Option<usize> {
    let length = i64::try_from(length).ok()?;
    usize::try_from(if place < 0 { place.checked_add(length)? } else { place }).ok()
}

fn slice(items: &[Data], parts: &[Option<i64>; 3]) -> Result<Vec<Data>, String> {
    let [start, stop, step] = *parts;
    let step = step.unwrap_or(1);
    if step == 0 {
        return Err("slice step cannot be zero".into());
    }
    let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
    let (low, high) = if step > 0 { (0, length) } else { (-1, length - 1) };
    let bound = |value: Option<i64>, otherwise: i64| match value {
        None => otherwise,
        Some(value) if value < 0 => value.saturating_add(length).max(low),
        Some(value) => value.min(high),
    };
    let (first, last) = if step > 0 { (0, length) } else { (length - 1, -1) };
    let (mut at, stop) = (bound(start, first), bound(stop, last));
    let mut out = Vec::new();
    while (step > 0 && at < stop) || (step < 0 && at > stop) {
        out.extend(usize::try_from(at).ok().and_then(|at| items.get(at)).cloned());
        at = at.saturating_add(step);
    }
    Ok(out)
}

fn compare(comparison: Comparison, left: &Data, right: &Data) -> Result<Data, String> {
    if matches!(comparison, Comparison::Equal | Comparison::Unequal) {
        return Ok(Data::Bool(equal(left, right) == (comparison == Comparison::Equal)));
    }
    let sign = match comparison {
        Comparison::Less => "<",
        Comparison::LessOrEqual => "<=",
        Comparison::Greater => ">",
        _ => ">=",
    };
    let comparable = |data: &Data| matches!(data, Data::Int(_) | Data::Float(_) | Data::Text(_));
    if !comparable(left) || !comparable(right) {
        return Ok(Data::Null);
    }
    let order = match (left, right) {
        (Data::Text(left), Data::Text(right)) => Some(left.cmp(right)),
        (left, right) => match (left.number(), right.number()) {
            (Some(left), Some(right)) => left.partial_cmp(&right),
            _ => {
                return Err(format!(
                    "'{sign}' not supported between instances of '{}' and '{}'",
                    left.type_name(),
                    right.type_name()
                ));
            }
        },
    };
    Ok(Data::Bool(order.is_some_and(|order| match comparison {
        Comparison::Less => order.is_lt(),
        Comparison::LessOrEqual => order.is_le(),
        Comparison::Greater => order.is_gt(),
        _ => order.is_ge(),
    })))
}

/// 0 and 1 are not false and true here.
fn equal(left: &Data, right: &Data) -> bool {
    let number =
        |data: &Data| matches!(data, Data::Int(0 | 1)) || matches!(data, Data::Float(f) if *f == 0.0 || *f == 1.0);
    let flag = |data: &Data| matches!(data, Data::Bool(_));
    if (number(left) && flag(right)) || (number(right) && flag(left)) {
        return false;
    }
    left.equals(right)
}
