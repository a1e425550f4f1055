//! Smithy RPC v2 CBOR: as JSON, in bytes. Members have the names of the API; times are tagged seconds.
//! May never happen: memory for more than the bytes that are there, whatever length they claim.

use crate::error::Error;
use crate::limits;
use crate::scalar;
use minicbor::data::{IanaTag, Type};
use minicbor::{Decoder, Encoder};
use std::collections::BTreeMap;
use stratus_model::{Service, Shape, ShapeId, Structure, StructureShape, Value};

/// Appends a structure as a map, members in the model's order.
pub fn write(service: &'static Service, shape: &'static StructureShape, structure: &Structure, out: &mut Vec<u8>) {
    write_with(&[], Some((service, shape, structure)), out);
}

/// [`write()`] with some texts of its own before the members.
pub fn write_with(
    texts: &[(&str, &str)],
    members: Option<(&'static Service, &'static StructureShape, &Structure)>,
    out: &mut Vec<u8>,
) {
    // Writing to memory does not fail.
    let _ = written(texts, members, out);
}

fn written(
    texts: &[(&str, &str)],
    members: Option<(&'static Service, &'static StructureShape, &Structure)>,
    out: &mut Vec<u8>,
) -> Written {
    let mut out = Encoder::new(out);
    let present = members.map_or(0, |(_, shape, structure)| present(shape, structure));
    out.map(texts.len() as u64 + present)?;
    for (key, text) in texts {
        out.str(key)?.str(text)?;
    }
    match members {
        Some((service, shape, structure)) => Writer { service, out }.members(shape, structure),
        None => Ok(()),
    }
}

fn present(shape: &StructureShape, structure: &Structure) -> u64 {
    let present = shape.members.iter().filter(|member| structure.contains(member.name));
    present.count() as u64
}

type Written = Result<(), minicbor::encode::Error<std::convert::Infallible>>;

struct Writer<'o> {
    service: &'static Service,
    out: Encoder<&'o mut Vec<u8>>,
}

impl Writer<'_> {
    fn structure(&mut self, shape: &'static StructureShape, structure: &Structure) -> Written {
        self.out.map(present(shape, structure))?;
        self.members(shape, structure)
    }

    fn members(&mut self, shape: &'static StructureShape, structure: &Structure) -> Written {
        for member in &shape.members {
            if let Some(value) = structure.get(member.name) {
                self.out.str(member.name.text())?;
                self.value(member.shape, value)?;
            }
        }
        Ok(())
    }

    fn value(&mut self, id: ShapeId, value: &Value) -> Written {
        match (self.service.shape(id), value) {
            (Shape::Structure(shape), Value::Structure(structure)) => self.structure(shape, structure),
            (Shape::List(list), Value::List(values)) => {
                self.out.array(values.len() as u64)?;
                for value in values {
                    self.value(list.member, value)?;
                }
                Ok(())
            }
            (Shape::Map(map), Value::Map(entries)) => {
                self.out.map(entries.len() as u64)?;
                for (key, value) in entries {
                    self.out.str(key)?;
                    self.value(map.value, value)?;
                }
                Ok(())
            }
            (_, Value::Bool(value)) => self.out.bool(*value)?.ok(),
            (_, Value::Integer(number)) => self.out.i64(*number)?.ok(),
            (_, Value::Double(number)) => self.out.f64(*number)?.ok(),
            (_, Value::String(text)) => self.out.str(text)?.ok(),
            (_, Value::Blob(bytes)) => self.out.bytes(bytes)?.ok(),
            (_, Value::Timestamp(at)) if at % 1000 == 0 => self.out.tag(IanaTag::Timestamp)?.i64(at / 1000)?.ok(),
            #[allow(
                clippy::cast_precision_loss,
                reason = "seconds with milliseconds fit a double until the year 9999"
            )]
            (_, Value::Timestamp(at)) => self.out.tag(IanaTag::Timestamp)?.f64(*at as f64 / 1000.0)?.ok(),
            _ => self.out.null()?.ok(),
        }
    }
}

/// Reads a map as a structure of at most so many values. Members that the model does not have are passed over; null is absence.
///
/// # Errors
/// `SerializationException` for what is no CBOR or not of the shape's kind.
pub fn read(
    service: &'static Service,
    shape: &'static StructureShape,
    bytes: &[u8],
    most: usize,
) -> Result<Structure, Error> {
    if bytes.is_empty() {
        return Ok(Structure::new());
    }
    let mut reader = Reader {
        service,
        input: Decoder::new(bytes),
        left: most,
    };
    let structure = reader.structure(shape, 0)?;
    if reader.input.position() == bytes.len() {
        Ok(structure)
    } else {
        Err(wrong("The body goes on after its end."))
    }
}

/// The texts of a map, as a client reads an error; empty for anything else.
pub fn texts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut input = Decoder::new(bytes);
    let mut texts = BTreeMap::new();
    let Ok(Some(count)) = input.map() else { return texts };
    for _ in 0..count {
        let Ok(key) = input.str() else { break };
        if matches!(input.datatype(), Ok(Type::String)) {
            let Ok(text) = input.str() else { break };
            texts.insert(key.to_string(), text.to_string());
        } else if input.skip().is_err() {
            break;
        }
    }
    texts
}

fn wrong(message: impl Into<String>) -> Error {
    Error::new("SerializationException", 400, message)
}

fn malformed(_: minicbor::decode::Error) -> Error {
    wrong("The body is not well-formed CBOR.")
}

struct Reader<'b> {
    service: &'static Service,
    input: Decoder<'b>,
    /// Values that may still come.
    left: usize,
}

impl Reader<'_> {
    fn kind(&self) -> Result<Type, Error> {
        self.input.datatype().map_err(malformed)
    }

    /// Whether an indefinite container ends here, and if so its end.
    fn ended(&mut self) -> Result<bool, Error> {
        let ended = self.kind()? == Type::Break;
        if ended {
            self.input.set_position(self.input.position() + 1);
        }
        Ok(ended)
    }

    /// Whether a container with `count` items, of which `read` are read, has another one.
    fn more(&mut self, count: Option<u64>, read: u64) -> Result<bool, Error> {
        match count {
            Some(count) => Ok(read < count),
            None => Ok(!self.ended()?),
        }
    }

    fn is_null(&mut self) -> Result<bool, Error> {
        let null = matches!(self.kind()?, Type::Null | Type::Undefined);
        if null {
            self.input.skip().map_err(malformed)?;
        }
        Ok(null)
    }

    fn structure(&mut self, shape: &'static StructureShape, depth: usize) -> Result<Structure, Error> {
        self.expect("The body", &[Type::Map, Type::MapIndef], "a structure")?;
        let count = self.input.map().map_err(malformed)?;
        let mut structure = Structure::new();
        let mut read = 0;
        while self.more(count, read)? {
            read += 1;
            let name = self.text()?;
            match shape.member_by_text(&name) {
                None => self.skip(depth + 1)?,
                Some(_) if self.is_null()? => {}
                Some(member) => {
                    let value = self.value(member.shape, &name, depth + 1)?;
                    structure.set(member.name, value);
                }
            }
        }
        Ok(structure)
    }

    /// Passes over a value, with a limit on its depth.
    fn skip(&mut self, depth: usize) -> Result<(), Error> {
        if depth > limits::DEPTH {
            return Err(wrong("The body is nested too deep."));
        }
        let (items, count) = match self.kind()? {
            Type::Array | Type::ArrayIndef => (1, self.input.array().map_err(malformed)?),
            Type::Map | Type::MapIndef => (2, self.input.map().map_err(malformed)?),
            Type::Tag => {
                self.input.tag().map_err(malformed)?;
                return self.skip(depth + 1);
            }
            _ => return self.input.skip().map_err(malformed),
        };
        let mut read = 0;
        while self.more(count, read)? {
            read += 1;
            for _ in 0..items {
                self.skip(depth + 1)?;
            }
        }
        Ok(())
    }

    fn text(&mut self) -> Result<String, Error> {
        match self.kind()? {
            Type::String => self.input.str().map(str::to_string).map_err(malformed),
            Type::StringIndef => {
                let mut pieces = String::new();
                for piece in self.input.str_iter().map_err(malformed)? {
                    pieces.push_str(piece.map_err(malformed)?);
                }
                Ok(pieces)
            }
            _ => Err(wrong("A name must be a string.")),
        }
    }

    fn expect(&self, name: &str, kinds: &[Type], expected: &str) -> Result<(), Error> {
        if kinds.contains(&self.kind()?) {
            return Ok(());
        }
        Err(wrong(format!("{name} must be {expected}.")))
    }

    fn value(&mut self, id: ShapeId, name: &str, depth: usize) -> Result<Value, Error> {
        if depth > limits::DEPTH {
            return Err(wrong("The body is nested too deep."));
        }
        self.left = self
            .left
            .checked_sub(1)
            .ok_or_else(|| wrong("The body has too many values."))?;
        let shape = self.service.shape(id);
        let value = match shape {
            Shape::Structure(shape) => {
                self.expect(name, &[Type::Map, Type::MapIndef], "a structure")?;
                return self.structure(shape, depth).map(Value::Structure);
            }
            Shape::List(list) => {
                self.expect(name, &[Type::Array, Type::ArrayIndef], "a list")?;
                let count = self.input.array().map_err(malformed)?;
                let mut values = Vec::new();
                while self.more(count, values.len() as u64)? {
                    values.push(self.value(list.member, name, depth + 1)?);
                }
                return Ok(Value::List(values));
            }
            Shape::Map(map) => {
                self.expect(name, &[Type::Map, Type::MapIndef], "a map")?;
                return self.map(map.value, name, depth);
            }
            Shape::String(_) => {
                self.expect(name, &[Type::String, Type::StringIndef], "a string")?;
                Some(Value::String(self.text()?))
            }
            Shape::Boolean => self.input.bool().ok().map(Value::Bool),
            Shape::Integer(_) | Shape::Long(_) => self.input.i64().ok().map(Value::Integer),
            Shape::Float(_) | Shape::Double(_) => self.number()?.map(Value::Double),
            Shape::Timestamp(_) => {
                self.expect(name, &[Type::Tag], "a time")?;
                let tag = self.input.tag().map_err(malformed)?;
                let number = self.number()?.filter(|_| tag == IanaTag::Timestamp.tag());
                number.and_then(scalar::seconds).map(Value::Timestamp)
            }
            Shape::Blob(_) => Some(Value::Blob(self.bytes(name)?)),
        };
        value.ok_or_else(|| wrong(format!("{name} must be {}.", shape.kind())))
    }

    fn map(&mut self, shape: ShapeId, name: &str, depth: usize) -> Result<Value, Error> {
        let count = self.input.map().map_err(malformed)?;
        let mut entries = BTreeMap::new();
        let mut read = 0;
        while self.more(count, read)? {
            read += 1;
            let key = self.text()?;
            if !self.is_null()? {
                entries.insert(key, self.value(shape, name, depth + 1)?);
            }
        }
        Ok(Value::Map(entries))
    }

    /// A finite number, whole or not.
    fn number(&mut self) -> Result<Option<f64>, Error> {
        let number = match self.kind()? {
            Type::F16 => self.input.f16().map(f64::from),
            Type::F32 => self.input.f32().map(f64::from),
            Type::F64 => self.input.f64(),
            #[allow(clippy::cast_precision_loss, reason = "as the sender chose")]
            _ => self.input.i64().map(|number| number as f64),
        };
        Ok(number.ok().filter(|number| number.is_finite()))
    }

    fn bytes(&mut self, name: &str) -> Result<Vec<u8>, Error> {
        match self.kind()? {
            Type::Bytes => self.input.bytes().map(<[u8]>::to_vec).map_err(malformed),
            Type::BytesIndef => {
                let mut all = Vec::new();
                for piece in self.input.bytes_iter().map_err(malformed)? {
                    all.extend_from_slice(piece.map_err(malformed)?);
                }
                Ok(all)
            }
            _ => Err(wrong(format!("{name} must be binary data."))),
        }
    }
}
