//! `--generate-cli-skeleton`: what an operation takes or answers, filled with nothing.

use crate::data::{Data, Dict, Moment};
use crate::formats;
use stratus_model::{Member, Service, Shape, ShapeId};

/// The input as one fills it in for `--cli-input-json`.
pub fn input(service: &Service, shape: Option<ShapeId>) -> Data {
    match shape {
        Some(shape) => sample(service, shape, None, &mut Vec::new()),
        None => Data::Dict(Dict::new()),
    }
}

/// An answer with each text in it named after its member.
pub fn output(service: &Service, shape: Option<ShapeId>) -> Dict {
    match shape.map(|shape| sample(service, shape, Some(""), &mut Vec::new())) {
        Some(Data::Dict(dict)) => dict,
        _ => Dict::new(),
    }
}

/// `name`: what a text says; `None` for inputs, where it is empty or the first of its enumeration.
fn sample(service: &Service, shape: ShapeId, name: Option<&str>, stack: &mut Vec<ShapeId>) -> Data {
    let again = stack.contains(&shape);
    stack.push(shape);
    let data = match service.shape(shape) {
        Shape::Structure(_) if again => Data::Dict(Dict::new()),
        Shape::Structure(known) => {
            let member = |member: &Member, stack: &mut Vec<ShapeId>| {
                let text = member.name.text();
                (
                    text.to_owned(),
                    sample(service, member.shape, name.map(|_| text), stack),
                )
            };
            Data::Dict(known.members.iter().map(|known| member(known, stack)).collect())
        }
        // A structure's second appearance is empty; a list or map can only come back through one.
        Shape::List(list) => Data::List(vec![sample(service, list.member, name.map(|_| "String"), stack)]),
        Shape::Map(map) => Data::Dict(Dict::from_iter([(
            "KeyName".to_owned(),
            sample(service, map.value, name.map(|_| ""), stack),
        )])),
        Shape::String(string) => match name {
            Some(name) => Data::from(name),
            None => Data::from(string.example.unwrap_or_default()),
        },
        Shape::Integer(_) | Shape::Long(_) => Data::Int(0),
        Shape::Float(_) | Shape::Double(_) => Data::Float(0.0),
        Shape::Boolean => Data::Bool(true),
        Shape::Timestamp(_) => Data::Moment(Moment::EPOCH),
        Shape::Blob(_) => Data::Null,
    };
    stack.pop();
    data
}

/// The input as YAML, with a note at what is required and what values there are. The real one also says what each is for, in
/// AWS's words, which are not ours to hand on: `help` has ours.
pub fn yaml_input(service: &Service, shape: Option<ShapeId>) -> String {
    match shape {
        Some(shape) if !service.structure(Some(shape)).members.is_empty() => {
            let mut out = String::new();
            block(service, shape, 0, &mut Vec::new(), &mut out);
            out
        }
        _ => "{}\n".into(),
    }
}

/// `first`: of its mapping, where the CLI's library puts one space more before a note.
fn note(service: &Service, member: &Member, first: bool) -> String {
    let mut words = Vec::new();
    if member.required {
        words.push("[REQUIRED]".to_owned());
    }
    if let Shape::String(string) = service.shape(member.shape)
        && !string.values.is_empty()
    {
        words.push(format!("Valid values are: {}.", string.values.join(", ")));
    }
    if words.is_empty() {
        String::new()
    } else {
        format!("{} # {}", if first { " " } else { "" }, words.join(" "))
    }
}

fn block(service: &Service, shape: ShapeId, indent: usize, stack: &mut Vec<ShapeId>, out: &mut String) {
    stack.push(shape);
    for (at, member) in service.structure(Some(shape)).members.iter().enumerate() {
        let name = formats::yaml_scalar(member.name.text());
        out.push_str(&format!("{}{name}:", " ".repeat(indent)));
        nested(
            service,
            member.shape,
            indent,
            &note(service, member, at == 0),
            stack,
            out,
        );
    }
    stack.pop();
}

/// What stands after `key:` or `-`.
fn nested(service: &Service, shape: ShapeId, indent: usize, note: &str, stack: &mut Vec<ShapeId>, out: &mut String) {
    match service.shape(shape) {
        Shape::Structure(known) if stack.contains(&shape) || known.members.is_empty() => {
            out.push_str(&format!(" {{}}{note}\n"));
        }
        Shape::Structure(_) => {
            out.push_str(&format!("{note}\n"));
            block(service, shape, indent + 2, stack, out);
        }
        Shape::List(list) => {
            out.push_str(&format!("{note}\n{}-", " ".repeat(indent)));
            match service.shape(list.member) {
                Shape::Structure(known) if !stack.contains(&list.member) && !known.members.is_empty() => {
                    // The first member stands on the line of the hyphen.
                    let mut inside = String::new();
                    block(service, list.member, indent + 2, stack, &mut inside);
                    out.push_str(&format!(" {}", inside.trim_start()));
                }
                _ => nested(service, list.member, indent, "", stack, out),
            }
        }
        Shape::Map(map) => {
            out.push_str(&format!("{note}\n{}KeyName:", " ".repeat(indent + 2)));
            nested(service, map.value, indent + 2, "", stack, out);
        }
        Shape::Blob(_) => out.push_str(&format!(" !!binary ''{note}\n")),
        Shape::String(string) => {
            let text = formats::yaml_scalar(string.example.unwrap_or_default());
            out.push_str(&format!(" {text}{note}\n"));
        }
        _ => {
            let text = sample(service, shape, None, stack).compact(", ", ": ");
            out.push_str(&format!(" {}{note}\n", text.trim_matches('"')));
        }
    }
}
