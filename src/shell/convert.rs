//! Between the CLI's plain values and the engine's: validated parameters to [`Value`]s, answers to what the CLI's parsers
//! would make of them on the wire.

use crate::data::{Data, Dict};
use base64::{Engine as _, alphabet, engine::general_purpose::STANDARD as BASE64};
use stratus_model::{
    Location, Member, Operation, Protocol, Service, Shape, ShapeId, Structure, StructureShape, TimestampFormat, Value,
    time,
};

/// Parameters that have been validated, as the engine takes them.
pub fn params(service: &Service, operation: &Operation, params: &Dict) -> Structure {
    match operation
        .input
        .map(|shape| value(service, shape, &Data::Dict(params.clone())))
    {
        Some(Some(Value::Structure(structure))) => structure,
        _ => Structure::new(),
    }
}

/// EC2's protocol has no way to say that a list or a structure is empty: it is not sent.
fn vanishes(service: &Service, value: &Value) -> bool {
    service.name == "ec2"
        && match value {
            Value::List(items) => items.is_empty(),
            Value::Structure(structure) => structure.is_empty(),
            _ => false,
        }
}

fn value(service: &Service, shape: ShapeId, data: &Data) -> Option<Value> {
    Some(match (service.shape(shape), data) {
        (Shape::Structure(known), Data::Dict(dict)) => {
            let mut structure = Structure::new();
            for (name, data) in dict.iter() {
                if let Some(member) = known.member_by_text(name)
                    && let Some(value) = value(service, member.shape, data)
                    && !vanishes(service, &value)
                {
                    structure.set(member.name, value);
                }
            }
            Value::Structure(structure)
        }
        (Shape::List(list), Data::List(items)) => Value::List(
            items
                .iter()
                .filter_map(|item| value(service, list.member, item))
                .collect(),
        ),
        (Shape::Map(map), Data::Dict(dict)) => Value::Map(
            dict.iter()
                .filter_map(|(key, item)| Some((key.to_owned(), value(service, map.value, item)?)))
                .collect(),
        ),
        (Shape::Timestamp(_), data) => Value::Timestamp(timestamp(data)?),
        (Shape::Blob(_), Data::Text(text)) => Value::Blob(text.clone().into_bytes()),
        (Shape::Float(_) | Shape::Double(_), data) => Value::Double(data.number()?),
        (Shape::Integer(_) | Shape::Long(_), Data::Bool(flag)) => Value::Integer(i64::from(*flag)),
        (_, Data::Bytes(bytes)) => Value::Blob(bytes.clone()),
        (_, Data::Text(text)) => Value::String(text.clone()),
        (_, Data::Int(number)) => Value::Integer(*number),
        (_, Data::Bool(flag)) => Value::Bool(*flag),
        _ => return None,
    })
}

/// A moment in milliseconds since 1970: ISO 8601 with or without its time and zone (then UTC), or seconds.
pub fn timestamp(data: &Data) -> Option<i64> {
    let seconds = |seconds: f64| (seconds.abs() < 1e12).then(|| (seconds * 1000.0).round() as i64);
    match data {
        // A date alone is no time to botocore.
        Data::Moment(moment) => (!moment.is_date).then_some(moment.time.0),
        Data::Int(number) => number.checked_mul(1000),
        Data::Float(number) => seconds(*number),
        Data::Text(text) => {
            let text = text.trim();
            if let Ok(number) = crate::data::parse_float(text) {
                return seconds(number);
            }
            time::parse(text).or_else(|| time::parse(&text.replacen(' ', "T", 1)))
        }
        _ => None,
    }
}

/// Turns base64 into the bytes that it stands for, wherever the input has binary data. The error is the text that is none.
pub fn decode_blobs(service: &Service, shape: ShapeId, data: &mut Data) -> Result<(), String> {
    match (service.shape(shape), &mut *data) {
        (Shape::Structure(known), Data::Dict(dict)) => {
            for (name, value) in dict.iter_mut() {
                if let Some(member) = known.member_by_text(name) {
                    decode_blobs(service, member.shape, value)?;
                }
            }
        }
        (Shape::List(list), Data::List(items)) => {
            for item in items {
                decode_blobs(service, list.member, item)?;
            }
        }
        (Shape::Map(map), Data::Dict(dict)) => {
            for (_, value) in dict.iter_mut() {
                decode_blobs(service, map.value, value)?;
            }
        }
        (Shape::Blob(_), Data::Text(text)) => {
            let bytes = loose_base64(text).ok_or_else(|| text.clone())?;
            *data = Data::Bytes(bytes);
        }
        _ => {}
    }
    Ok(())
}

/// As Python decodes: letters that are not base64's are passed over, the padding must be there.
fn loose_base64(text: &str) -> Option<Vec<u8>> {
    let known = |byte: &u8| alphabet::STANDARD.as_str().as_bytes().contains(byte) || *byte == b'=';
    let letters: Vec<u8> = text.bytes().filter(known).collect();
    BASE64.decode(letters).ok()
}

/// An answer, with its members in the order in which the CLI's parser finds them.
pub fn answer(service: &Service, operation: &Operation, answer: &Structure) -> Dict {
    let Some(shape) = operation.output else {
        return Dict::new();
    };
    let Shape::Structure(known) = service.shape(shape) else {
        return Dict::new();
    };
    let reader = Reader {
        service,
        xml: matches!(service.protocol, Protocol::Ec2 | Protocol::Query | Protocol::RestXml),
    };
    let mut dict = Dict::new();
    // Over HTTP's own means first, then the body.
    let outside = |member: &Member| member.location != Location::Body;
    for member in known.members.iter().filter(|member| outside(member)) {
        match (member.location, answer.get(member.name)) {
            (Location::Headers, None) => dict.set(member.name.text(), Data::Dict(Dict::new())),
            (_, Some(value)) => dict.set(member.name.text(), reader.member(member, value)),
            (_, None) => {}
        }
    }
    reader.members(known, answer, &mut dict, outside);
    dict
}

struct Reader<'a> {
    service: &'a Service,
    xml: bool,
}

impl Reader<'_> {
    fn members(&self, known: &StructureShape, structure: &Structure, dict: &mut Dict, skip: impl Fn(&Member) -> bool) {
        for member in known.members.iter().filter(|member| !skip(member)) {
            let Some(value) = structure.get(member.name) else {
                continue;
            };
            // In XML, a flattened list without items leaves no trace.
            let flattened = match self.service.shape(member.shape) {
                Shape::List(list) => list.flattened || member.flattened,
                Shape::Map(map) => map.flattened || member.flattened,
                _ => false,
            };
            let empty = match value {
                Value::List(items) => items.is_empty(),
                Value::Map(entries) => entries.is_empty(),
                _ => false,
            };
            if !(self.xml && flattened && empty) {
                dict.set(member.name.text(), self.member(member, value));
            }
        }
    }

    fn member(&self, member: &Member, value: &Value) -> Data {
        match value {
            Value::Timestamp(at) => {
                let format = member.timestamp_format.or(match self.service.shape(member.shape) {
                    Shape::Timestamp(shape) => shape.format,
                    _ => None,
                });
                let header = matches!(member.location, Location::Header | Location::Headers);
                let whole = format == Some(TimestampFormat::Rfc822) || (header && format.is_none());
                let at = if whole { at.div_euclid(1000) * 1000 } else { *at };
                Data::Text(moment(at))
            }
            value => self.value(member.shape, value),
        }
    }

    fn value(&self, shape: ShapeId, value: &Value) -> Data {
        match (self.service.shape(shape), value) {
            (Shape::Structure(known), Value::Structure(structure)) => {
                let mut dict = Dict::new();
                self.members(known, structure, &mut dict, |_| false);
                Data::Dict(dict)
            }
            (Shape::List(list), Value::List(items)) => {
                Data::List(items.iter().map(|item| self.value(list.member, item)).collect())
            }
            (Shape::Map(map), Value::Map(entries)) => Data::Dict(
                entries
                    .iter()
                    .map(|(key, item)| (key.clone(), self.value(map.value, item)))
                    .collect(),
            ),
            (Shape::Float(_) | Shape::Double(_), Value::Integer(number)) => Data::Float(*number as f64),
            (_, value) => plain(value),
        }
    }
}

fn plain(value: &Value) -> Data {
    match value {
        Value::Bool(flag) => Data::Bool(*flag),
        Value::Integer(number) => Data::Int(*number),
        Value::Double(number) => Data::Float(*number),
        Value::String(text) => Data::Text(text.clone()),
        Value::Blob(bytes) => Data::Text(BASE64.encode(bytes)),
        Value::Timestamp(at) => Data::Text(moment(*at)),
        Value::List(items) => Data::List(items.iter().map(plain).collect()),
        Value::Map(entries) => Data::Dict(entries.iter().map(|(key, item)| (key.clone(), plain(item))).collect()),
        Value::Structure(structure) => Data::Dict(
            structure
                .iter()
                .map(|(name, item)| (name.text().to_owned(), plain(item)))
                .collect(),
        ),
    }
}

/// A moment as Python writes it: `2025-03-03T09:00:00+00:00`, with six digits after the point where it is no whole second.
pub fn moment(milliseconds: i64) -> String {
    let text = time::iso8601(milliseconds);
    let whole = text.get(..19).unwrap_or(&text);
    match milliseconds.rem_euclid(1000) {
        0 => format!("{whole}+00:00"),
        rest => format!("{whole}.{:06}+00:00", rest * 1000),
    }
}
