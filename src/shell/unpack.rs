//! From an option's words to a parameter: files of the tray, shorthand, JSON, numbers.

use crate::arguments::{Argument, Part};
use crate::customised;
use crate::data::{Data, Dict, int, parse_float};
use crate::fault::Fault;
use crate::reading;
use crate::run::Tray;
use crate::shorthand;
use stratus_model::{Member, Operation, Service, Shape, ShapeId};

/// The parameters that the values of the command line make, in the order of the options.
pub fn params(
    service: &'static Service,
    operation: &Operation,
    table: &[Argument],
    values: &crate::argparse::Values,
    tray: &Tray,
) -> Result<Dict, Fault> {
    let mut params = Dict::new();
    for argument in table {
        let Some(given) = values.get(&argument.rule.dest) else {
            continue;
        };
        let flag = argument.flag();
        let value = match file(given, tray) {
            Ok(content) => content.unwrap_or_else(|| given.clone()),
            Err(message) => return Err(Fault::parsing(&flag, message)),
        };
        let reader = Unpacker {
            service,
            operation,
            argument,
            flag: &flag,
            tray,
        };
        match argument.part {
            Part::Flag(member) => params.set(member.name.text(), value),
            Part::Pulled(member, true) if value == Data::Null => {
                params.set(member.name.text(), truth(true));
            }
            Part::Pulled(member, false) => params.set(member.name.text(), truth(false)),
            Part::Member(member) | Part::Pulled(member, true) => {
                params.set(member.name.text(), reader.unpack(member, value)?);
            }
            Part::Page(name) => {
                let mut page = params
                    .get("PaginationConfig")
                    .and_then(Data::as_dict)
                    .cloned()
                    .unwrap_or_default();
                page.set(name, value);
                params.set("PaginationConfig", Data::Dict(page));
            }
            Part::Custom(name) => customised::add(name, &value, &mut params)?,
            Part::Other => {}
        }
    }
    Ok(params)
}

fn truth(value: bool) -> Data {
    Data::Dict(Dict::from_iter([("Value".to_owned(), Data::Bool(value))]))
}

impl Argument {
    /// How it is written on the command line.
    pub fn flag(&self) -> String {
        if self.rule.is_position {
            self.rule.name.clone()
        } else {
            format!("--{}", self.rule.name)
        }
    }
}

/// The content of the file that a value names (`file://…`, `fileb://…`), if it names one.
pub fn file(value: &Data, tray: &Tray) -> Result<Option<Data>, String> {
    let value = match value {
        Data::List(items) => match items.as_slice() {
            [only] => only,
            _ => return Ok(None),
        },
        other => other,
    };
    let Data::Text(text) = value else { return Ok(None) };
    let (path, binary) = match (text.strip_prefix("file://"), text.strip_prefix("fileb://")) {
        (Some(path), _) => (path, false),
        (_, Some(path)) => (path, true),
        _ => return Ok(None),
    };
    // The real one looks for `~/…` at home, which is the tray.
    let Some(bytes) = tray.get(path.strip_prefix("~/").unwrap_or(path)) else {
        return Err(format!(
            "Unable to load paramfile {text}: [Errno 2] No such file or directory: {}",
            crate::data::quoted(path)
        ));
    };
    if binary {
        return Ok(Some(Data::Bytes(bytes.clone())));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Some(Data::Text(text.replace("\r\n", "\n")))),
        Err(_) => Err(format!(
            "Unable to load paramfile ({path}), text contents could not be decoded.  If this is a binary file, please use the fileb:// prefix instead of the file:// prefix."
        )),
    }
}

struct Unpacker<'a> {
    service: &'static Service,
    operation: &'a Operation,
    argument: &'a Argument,
    flag: &'a str,
    tray: &'a Tray,
}

impl Unpacker<'_> {
    fn unpack(&self, member: &Member, value: Data) -> Result<Data, Fault> {
        let first = match &value {
            Data::List(items) => items.first().unwrap_or(&Data::Null),
            other => other,
        };
        let is_json = matches!(first, Data::Text(text) if text.trim_start().starts_with(['[', '{']));
        if !is_json && self.is_complex(member.shape) && !matches!(value, Data::Bytes(_)) {
            return self.shorthand(member.shape, value);
        }
        if member.json_value {
            return self.json(&value.text());
        }
        self.value(member, member.shape, value)
    }

    /// Lists of scalars have no shorthand.
    fn is_complex(&self, shape: ShapeId) -> bool {
        match self.service.shape(shape) {
            Shape::Structure(_) | Shape::Map(_) => true,
            Shape::List(list) => matches!(
                self.service.shape(list.member),
                Shape::Structure(_) | Shape::Map(_) | Shape::List(_)
            ),
            _ => false,
        }
    }

    fn shorthand(&self, shape: ShapeId, value: Data) -> Result<Data, Fault> {
        if let Some(value) = self.special(shape, &value) {
            return Ok(value);
        }
        let read = |text: &str| {
            shorthand::read(text)
                .map(Data::Dict)
                .map_err(|error| Fault::parsing(self.flag, error))
        };
        match value {
            Data::List(words) => {
                let items: Result<Vec<Data>, Fault> = words.iter().map(|word| read(&word.text())).collect();
                let mut list = Data::List(items?);
                shorthand::fit(self.service, shape, &mut list)?;
                Ok(list)
            }
            word => {
                let mut value = read(&word.text())?;
                // One file's text for a list stays what it is: the validation complains of it, as the CLI does.
                if !matches!(self.service.shape(shape), Shape::List(_)) {
                    shorthand::fit(self.service, shape, &mut value)?;
                }
                Ok(value)
            }
        }
    }

    /// Two kinds of structures with one member take the bare value.
    fn special(&self, shape: ShapeId, value: &Data) -> Option<Data> {
        let alone = |name: &str, value: &Data| Data::Dict(Dict::from_iter([(name.to_owned(), value.clone())]));
        match (self.service.shape(shape), value) {
            (Shape::List(list), Data::List(items)) => {
                let Shape::Structure(known) = self.service.shape(list.member) else {
                    return None;
                };
                let [only] = known.members.as_slice() else { return None };
                let bare =
                    customised::takes_bare_items(self.service.name, self.operation.name, &self.argument.rule.name);
                bare.then(|| Data::List(items.iter().map(|item| alone(only.name.text(), item)).collect()))
            }
            (Shape::Structure(known), Data::Text(text)) => {
                let [only] = known.members.as_slice() else { return None };
                let is_text = matches!(self.service.shape(only.shape), Shape::String(_));
                (only.name.text() == "Value" && is_text && !text.contains('=')).then(|| alone("Value", value))
            }
            _ => None,
        }
    }

    fn json(&self, text: &str) -> Result<Data, Fault> {
        reading::json(text)
            .map(|mut data| {
                data.mark_ordered();
                data
            })
            .map_err(|error| Fault::parsing(self.flag, format_args!("Invalid JSON: {error}\nJSON received: {text}")))
    }

    fn value(&self, member: &Member, shape: ShapeId, value: Data) -> Result<Data, Fault> {
        let complex = |text: &str, open: char| -> Result<bool, Fault> {
            match text.trim_start().chars().next() {
                Some(first) => Ok(first == open),
                None => Err(Fault::other("string index out of range")),
            }
        };
        match (self.service.shape(shape), &value) {
            (Shape::Structure(_) | Shape::Map(_), Data::Text(text)) => {
                if complex(text, '{')? {
                    return self.json(text);
                }
                Err(Fault::parsing(self.flag, format_args!("Invalid JSON:\n{text}")))
            }
            (Shape::List(list), Data::Text(text)) => {
                if complex(text, '[')? {
                    return self.json(text);
                }
                // A file's text that is no JSON is taken letter by letter, as the CLI does.
                let letters = text.chars().map(|c| Data::Text(c.to_string()));
                let items: Result<Vec<Data>, Fault> =
                    letters.map(|letter| self.value(member, list.member, letter)).collect();
                items.map(Data::List)
            }
            (Shape::List(list), Data::List(words)) => {
                if let [Data::Text(only)] = words.as_slice()
                    && only.trim().starts_with('[')
                {
                    return self.json(only);
                }
                let items: Result<Vec<Data>, Fault> = words
                    .iter()
                    .map(|word| self.value(member, list.member, word.clone()))
                    .collect();
                items.map(Data::List)
            }
            (Shape::Integer(_) | Shape::Long(_), Data::Text(text)) => int(text).map(Data::Int).map_err(Fault::other),
            (Shape::Float(_) | Shape::Double(_), Data::Text(text)) => {
                parse_float(text).map(Data::Float).map_err(Fault::other)
            }
            (Shape::Boolean, Data::Text(text)) => {
                Ok(Data::Bool(!text.eq_ignore_ascii_case("false") && !text.is_empty()))
            }
            (Shape::Blob(blob), Data::Text(path)) if blob.streaming || member.streaming => match self.tray.get(path) {
                Some(bytes) => Ok(Data::Bytes(bytes.clone())),
                None => Err(Fault::parsing(self.flag, "Blob values must be a path to a file.")),
            },
            _ => Ok(value),
        }
    }
}
