//! The functions of an expression: their arguments' types, checked as the CLI checks them, and what they give.

use super::Node;
use super::eval::eval;
use crate::data::{Data, Dict, int, parse_float};
use std::cmp::Ordering;

/// What a function is called with.
pub(super) enum Argument<'a> {
    Value(Data),
    Reference(&'a Node),
}

/// Name, types of the arguments (empty: any), and whether the last may repeat.
type Signature = (&'static str, &'static [&'static [&'static str]], bool);

const SIGNATURES: &[Signature] = &[
    ("abs", &[&["number"]], false),
    ("avg", &[&["array-number"]], false),
    ("ceil", &[&["number"]], false),
    ("contains", &[&["array", "string"], &[]], false),
    ("ends_with", &[&["string"], &["string"]], false),
    ("floor", &[&["number"]], false),
    ("join", &[&["string"], &["array-string"]], false),
    ("keys", &[&["object"]], false),
    ("length", &[&["string", "array", "object"]], false),
    ("map", &[&["expref"], &["array"]], false),
    ("max", &[&["array-number", "array-string"]], false),
    ("max_by", &[&["array"], &["expref"]], false),
    ("merge", &[&["object"]], true),
    ("min", &[&["array-number", "array-string"]], false),
    ("min_by", &[&["array"], &["expref"]], false),
    ("not_null", &[&[]], true),
    ("reverse", &[&["array", "string"]], false),
    ("sort", &[&["array-string", "array-number"]], false),
    ("sort_by", &[&["array"], &["expref"]], false),
    ("starts_with", &[&["string"], &["string"]], false),
    ("sum", &[&["array-number"]], false),
    ("to_array", &[&[]], false),
    ("to_number", &[&[]], false),
    ("to_string", &[&[]], false),
    ("type", &[&[]], false),
    ("values", &[&["object"]], false),
];

fn kind(data: &Data) -> &'static str {
    match data {
        Data::Null => "null",
        Data::Bool(_) => "boolean",
        Data::Int(_) | Data::Float(_) => "number",
        Data::Text(_) | Data::Bytes(_) => "string",
        Data::List(_) => "array",
        Data::Dict(_) => "object",
        Data::Moment(_) => "unknown",
    }
}

fn wrong(function: &str, value: &str, actual: &str, types: &[&str]) -> String {
    let types: Vec<String> = types.iter().map(|name| format!("'{name}'")).collect();
    format!(
        "In function {function}(), invalid type for value: {value}, expected one of: [{}], received: \"{actual}\"",
        types.join(", ")
    )
}

/// Calls a function.
pub(super) fn call(name: &str, arguments: &[Argument<'_>], depth: usize) -> Result<Data, String> {
    let Some((name, types, repeats)) = SIGNATURES.iter().find(|signature| signature.0 == name) else {
        return Err(format!("Unknown function: {name}()"));
    };
    let (wanted, given) = (types.len(), arguments.len());
    let plural = if wanted == 1 { "argument" } else { "arguments" };
    if *repeats && given < wanted {
        return Err(format!(
            "Expected at least {wanted} {plural} for function {name}(), received {given}"
        ));
    }
    if !*repeats && given != wanted {
        return Err(format!(
            "Expected {wanted} {plural} for function {name}(), received {given}"
        ));
    }
    for (argument, types) in arguments.iter().zip(*types) {
        check(name, argument, types)?;
    }
    let value = |at: usize| match arguments.get(at) {
        Some(Argument::Value(data)) => data.clone(),
        _ => Data::Null,
    };
    let reference = arguments.iter().find_map(|argument| match argument {
        Argument::Reference(node) => Some(*node),
        Argument::Value(_) => None,
    });
    match (*name, reference) {
        ("map", Some(node)) => {
            let items: Result<Vec<Data>, String> = value(1)
                .as_list()
                .unwrap_or_default()
                .iter()
                .map(|item| Ok(eval(node, item, depth)?.into_owned()))
                .collect();
            Ok(Data::List(items?))
        }
        ("sort_by" | "min_by" | "max_by", Some(node)) => by(name, value(0), node, depth),
        ("not_null", _) => Ok((0..given)
            .map(value)
            .find(|data| *data != Data::Null)
            .unwrap_or(Data::Null)),
        ("merge", _) => {
            let mut merged = Dict::new();
            for at in 0..given {
                for (key, item) in value(at).as_dict().into_iter().flat_map(Dict::iter) {
                    merged.set(key, item.clone());
                }
            }
            Ok(Data::Dict(merged))
        }
        _ => plain(name, value(0), value(1)),
    }
}

fn check(function: &str, argument: &Argument<'_>, types: &[&str]) -> Result<(), String> {
    if types.is_empty() {
        return Ok(());
    }
    let main: Vec<&str> = types
        .iter()
        .map(|name| name.split('-').next().unwrap_or(name))
        .collect();
    let inner: Vec<&str> = types.iter().filter_map(|name| Some(name.split_once('-')?.1)).collect();
    let data = match argument {
        Argument::Reference(_) if main.contains(&"expref") => return Ok(()),
        Argument::Reference(_) => return Err(wrong(function, "<expression>", "expref", types)),
        Argument::Value(data) => data,
    };
    if !main.contains(&kind(data)) {
        return Err(wrong(function, &data.text(), kind(data), types));
    }
    let (Some(items), false) = (data.as_list(), inner.is_empty()) else {
        return Ok(());
    };
    // Of several kinds of items the first item's holds for all.
    let Some(first) = items.first() else { return Ok(()) };
    let allowed: Vec<&str> = if inner.len() == 1 {
        inner
    } else {
        inner.into_iter().filter(|name| *name == kind(first)).collect()
    };
    match items.iter().find(|item| !allowed.contains(&kind(item))) {
        Some(item) => Err(wrong(function, &item.text(), item.type_name(), types)),
        None => Ok(()),
    }
}

fn order(one: &Data, other: &Data) -> Ordering {
    match (one, other) {
        (Data::Text(one), Data::Text(other)) => one.cmp(other),
        _ => one.number().partial_cmp(&other.number()).unwrap_or(Ordering::Equal),
    }
}

fn by(name: &str, data: Data, node: &Node, depth: usize) -> Result<Data, String> {
    let Data::List(items) = data else { return Ok(Data::Null) };
    let mut keyed = Vec::with_capacity(items.len());
    let mut allowed = vec!["number", "string"];
    for item in items {
        let key = eval(node, &item, depth)?.into_owned();
        if keyed.is_empty() && name == "sort_by" {
            if !allowed.contains(&kind(&key)) {
                return Err(wrong(name, &item.text(), kind(&key), &["string", "number"]));
            }
            allowed = vec![kind(&key)];
        }
        if !allowed.contains(&kind(&key)) {
            return Err(wrong(name, &key.text(), kind(&key), &allowed));
        }
        keyed.push((key, item));
    }
    if name == "sort_by" {
        keyed.sort_by(|one, other| order(&one.0, &other.0));
        return Ok(Data::List(keyed.into_iter().map(|(_, item)| item).collect()));
    }
    let mut best: Option<(Data, Data)> = None;
    for (key, item) in keyed {
        let better = best.as_ref().is_none_or(|(other, _)| {
            let order = order(&key, other);
            if name == "max_by" { order.is_gt() } else { order.is_lt() }
        });
        if better {
            best = Some((key, item));
        }
    }
    Ok(best.map_or(Data::Null, |(_, item)| item))
}

fn plain(name: &str, first: Data, second: Data) -> Result<Data, String> {
    Ok(match (name, first) {
        ("abs", Data::Int(number)) => Data::Int(number.saturating_abs()),
        ("abs", Data::Float(number)) => Data::Float(number.abs()),
        ("ceil", Data::Float(number)) => Data::Int(number.ceil() as i64),
        ("floor", Data::Float(number)) => Data::Int(number.floor() as i64),
        ("ceil" | "floor", number) => number,
        ("sum", Data::List(items)) => sum(&items),
        ("avg", Data::List(items)) if items.is_empty() => Data::Null,
        ("avg", Data::List(items)) => Data::Float(sum(&items).number().unwrap_or_default() / items.len() as f64),
        ("contains", Data::List(items)) => Data::Bool(items.iter().any(|item| item.equals(&second))),
        ("contains", Data::Text(text)) => match &second {
            Data::Text(part) => Data::Bool(text.contains(part.as_str())),
            other => {
                return Err(format!(
                    "'in <string>' requires string as left operand, not {}",
                    other.type_name()
                ));
            }
        },
        ("length", Data::List(items)) => count(items.len()),
        ("length", Data::Dict(dict)) => count(dict.len()),
        ("length", Data::Text(text)) => count(text.chars().count()),
        ("starts_with", Data::Text(text)) => Data::Bool(text.starts_with(&second.text())),
        ("ends_with", Data::Text(text)) => Data::Bool(text.ends_with(&second.text())),
        ("reverse", Data::Text(text)) => Data::Text(text.chars().rev().collect()),
        ("reverse", Data::List(mut items)) => {
            items.reverse();
            Data::List(items)
        }
        ("join", Data::Text(separator)) => {
            let parts: Vec<&str> = second
                .as_list()
                .unwrap_or_default()
                .iter()
                .filter_map(Data::as_text)
                .collect();
            Data::Text(parts.join(&separator))
        }
        ("max", Data::List(items)) => items
            .into_iter()
            .reduce(|best, item| if order(&item, &best).is_gt() { item } else { best })
            .unwrap_or(Data::Null),
        ("min", Data::List(items)) => items
            .into_iter()
            .reduce(|best, item| if order(&item, &best).is_lt() { item } else { best })
            .unwrap_or(Data::Null),
        ("sort", Data::List(mut items)) => {
            items.sort_by(order);
            Data::List(items)
        }
        ("keys", Data::Dict(dict)) => Data::List(dict.keys().map(Data::from).collect()),
        ("values", Data::Dict(dict)) => Data::List(dict.iter().map(|(_, value)| value.clone()).collect()),
        ("to_array", list @ Data::List(_)) => list,
        ("to_array", other) => Data::List(vec![other]),
        ("to_string", text @ Data::Text(_)) => text,
        ("to_string", other) => Data::Text(other.compact(",", ":")),
        ("to_number", number @ (Data::Int(_) | Data::Float(_))) => number,
        ("to_number", Data::Text(text)) => match (int(&text), parse_float(&text)) {
            (Ok(number), _) => Data::Int(number),
            (_, Ok(number)) => Data::Float(number),
            _ => Data::Null,
        },
        ("type", other) => Data::from(kind(&other)),
        _ => Data::Null,
    })
}

fn count(number: usize) -> Data {
    Data::Int(i64::try_from(number).unwrap_or(i64::MAX))
}

fn sum(items: &[Data]) -> Data {
    let mut whole = 0i64;
    let mut broken = 0.0;
    let mut is_whole = true;
    for item in items {
        match item {
            Data::Int(number) => {
                whole = whole.saturating_add(*number);
                broken += *number as f64;
            }
            other => {
                is_whole = false;
                broken += other.number().unwrap_or_default();
            }
        }
    }
    if is_whole {
        Data::Int(whole)
    } else {
        Data::Float(broken)
    }
}
