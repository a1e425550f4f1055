//! Reads the bytes that `build/pack.rs` wrote. The two files are one format: change both or neither.
//! The bytes are ours and complete; were they not, the answer would be `None`, never a panic.

use crate::Name;
use crate::later::Rest;
use crate::schema::{
    Acceptor, BlobShape, Body, ErrorShape, ListShape, Location, MapShape, Matcher, Member, NumberShape, Operation,
    Outcome, Pagination, Protocol, Service, Shape, ShapeId, StringShape, StructureShape, TimestampFormat,
    TimestampShape, Waiter,
};
use std::sync::OnceLock;

/// The first part of a service. `place`: of its name among the services' sorted names.
pub fn service(bytes: &'static [u8], place: usize) -> Option<Service> {
    let mut reader = Reader::new(bytes)?;

    let mut service = Service {
        name: reader.optional()??,
        api_version: reader.optional()??,
        protocol: protocol(reader.optional()??)?,
        json_version: reader.optional()?,
        endpoint_prefix: reader.optional()??,
        signing_name: reader.optional()??,
        signature_version: reader.optional()?,
        target_prefix: reader.optional()?,
        xml_namespace: reader.optional()?,
        global_endpoint: reader.optional()?,
        service_id: reader.optional()?,
        is_global: reader.number()? == 1,
        operations: Vec::new(),
        shapes: Vec::new(),
        rest: OnceLock::new(),
        place,
    };
    service.operations = reader.many(|reader| reader.operation(service.name))?;
    service.shapes = reader.many(Reader::shape)?;
    complete(&[], &mut service.shapes, &mut service.operations);
    Some(service)
}

/// What comes later of a service whose first part is there.
pub fn rest(bytes: &'static [u8], first: &Service) -> Option<Rest> {
    let mut reader = Reader::new(bytes)?;
    let mut rest = Rest {
        operations: reader.many(|reader| reader.operation(first.name))?,
        shapes: reader.many(Reader::shape)?,
        waiters: reader.many(Reader::waiter)?,
    };
    complete(&first.shapes, &mut rest.shapes, &mut rest.operations);
    Some(rest)
}

/// Fills in what follows from the shapes once all of them are there: `before`, then `shapes`.
fn complete(before: &[Shape], shapes: &mut [Shape], operations: &mut [Operation]) {
    let sensitive: Vec<bool> = before.iter().chain(shapes.iter()).map(Shape::is_sensitive).collect();
    for shape in shapes.iter_mut() {
        if let Shape::Structure(structure) = shape {
            for member in &mut structure.members {
                member.sensitive = sensitive.get(usize::from(member.shape.0)).copied().unwrap_or_default();
            }
        }
    }
    for operation in operations {
        let shape = |id: ShapeId| before.iter().chain(shapes.iter()).nth(usize::from(id.0));
        if let Some(Shape::Structure(input)) = operation.input.and_then(shape) {
            operation.idempotency_token = input
                .members
                .iter()
                .find(|member| member.idempotency_token)
                .map(|member| member.name);
        }
    }
}

fn protocol(text: &str) -> Option<Protocol> {
    Some(match text {
        "ec2" => Protocol::Ec2,
        "query" => Protocol::Query,
        "rest-xml" => Protocol::RestXml,
        "rest-json" => Protocol::RestJson,
        "json" => Protocol::Json,
        "smithy-rpc-v2-cbor" => Protocol::Cbor,
        _ => return None,
    })
}

fn timestamp_format(text: &str) -> Option<TimestampFormat> {
    Some(match text {
        "iso8601" => TimestampFormat::Iso8601,
        "unixTimestamp" => TimestampFormat::UnixTimestamp,
        "rfc822" => TimestampFormat::Rfc822,
        _ => return None,
    })
}

/// `success pathAll "stopped" Reservations[].Instances[].State.Name`
fn acceptor(line: &'static str) -> Option<Acceptor> {
    let mut words = line.splitn(4, ' ');
    let outcome = match words.next()? {
        "success" => Outcome::Success,
        "failure" => Outcome::Failure,
        "retry" => Outcome::Retry,
        _ => return None,
    };
    let (matcher, expected) = (words.next()?, words.next()?);
    let path = words.next().unwrap_or_default();
    let matcher = match matcher {
        "path" => Matcher::Path(path),
        "pathAll" => Matcher::PathAll(path),
        "pathAny" => Matcher::PathAny(path),
        "status" => Matcher::Status,
        "error" => Matcher::Error,
        _ => return None,
    };
    Some(Acceptor {
        outcome,
        matcher,
        expected,
    })
}

struct Reader {
    bytes: &'static [u8],
    strings: Vec<&'static str>,
}

impl Reader {
    fn new(bytes: &'static [u8]) -> Option<Self> {
        let mut reader = Self {
            bytes,
            strings: Vec::new(),
        };
        let length = reader.number()?;
        let table = reader.bytes.get(..length)?;
        reader.bytes = reader.bytes.get(length..)?;
        reader.strings = std::str::from_utf8(table).ok()?.split('\n').collect();
        Some(reader)
    }

    fn number(&mut self) -> Option<usize> {
        let mut number = 0usize;
        for shift in (0..63).step_by(7) {
            let (byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            number |= usize::from(byte & 0x7f).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn short(&mut self) -> Option<u16> {
        u16::try_from(self.number()?).ok()
    }

    fn string(&mut self) -> Option<&'static str> {
        let place = self.number()?;
        self.strings.get(place).copied()
    }

    fn optional(&mut self) -> Option<Option<&'static str>> {
        match self.number()? {
            0 => Some(None),
            place => self.strings.get(place - 1).copied().map(Some),
        }
    }

    fn many<T>(&mut self, mut read: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.number()?;
        (0..count).map(|_| read(self)).collect()
    }

    fn shape_id(&mut self) -> Option<ShapeId> {
        self.short().map(ShapeId)
    }

    /// The strings of `count` whose bits are set in `bits` above the lowest `flags` bits.
    fn attributes<const COUNT: usize>(&mut self, bits: usize, flags: usize) -> Option<[Option<&'static str>; COUNT]> {
        let mut values = [None; COUNT];
        for (at, value) in values.iter_mut().enumerate() {
            if bits >> (flags + at) & 1 == 1 {
                *value = Some(self.string()?);
            }
        }
        Some(values)
    }

    fn operation(&mut self, service: &'static str) -> Option<Operation> {
        let (name, number, flags) = (self.string()?, self.short()?, self.number()?);
        let (http_method, http_uri, http_code) = (self.string()?, self.string()?, self.short()?);
        let host_prefix = self.optional()?;
        let (input, input_body) = self.body()?;
        let (output, output_body) = self.body()?;
        let errors = self.many(|reader| {
            Some(ErrorShape {
                name: reader.string()?,
                shape: reader.shape_id()?,
            })
        })?;
        let pagination = Pagination {
            input_tokens: self.many(Self::string)?,
            output_tokens: self.many(Self::string)?,
            results: self.many(Self::string)?,
            more_results: self.optional()?,
            limit: self.optional()?,
        };
        Some(Operation {
            number,
            name,
            service,
            input,
            output,
            input_body,
            output_body,
            http_method,
            http_uri,
            http_code,
            host_prefix,
            pagination: (!pagination.input_tokens.is_empty()).then_some(pagination),
            read_only: flags & 1 != 0,
            is_anonymous: flags & 2 != 0,
            needs_checksum: flags & 4 != 0,
            idempotency_token: None,
            errors,
        })
    }

    fn waiter(&mut self) -> Option<Waiter> {
        Some(Waiter {
            name: self.string()?,
            operation: self.string()?,
            delay: self.string()?.parse().ok()?,
            attempts: self.string()?.parse().ok()?,
            acceptors: self.many(|reader| acceptor(reader.string()?))?,
        })
    }

    fn body(&mut self) -> Option<(Option<ShapeId>, Body)> {
        if self.number()? == 0 {
            return Some((None, Body::default()));
        }
        let shape = self.shape_id()?;
        let body = Body {
            wire_name: self.optional()?,
            wrapper: self.optional()?,
            xml_namespace: self.optional()?,
        };
        Some((Some(shape), body))
    }

    fn shape(&mut self) -> Option<Shape> {
        let kind = self.number()?;
        let bits = self.number()?;
        if kind == 0 {
            return self.structure(bits).map(Shape::Structure);
        }
        let [min, max, format, wire_name, key_wire_name, value_wire_name] = self.attributes(bits, 4)?;
        let (sensitive, flattened, streaming, open) = (bits & 1 != 0, bits & 2 != 0, bits & 4 != 0, bits & 8 != 0);
        let whole = |text: Option<&str>| text.and_then(|text| text.parse::<i64>().ok());
        // Not the standard library's parser: its tables are 10 KB of the page, and serde_json is there anyway.
        let real = |text: Option<&str>| text.and_then(|text| serde_json::from_str::<f64>(text).ok());
        let integers = NumberShape {
            min: whole(min),
            max: whole(max),
        };
        let reals = NumberShape {
            min: real(min),
            max: real(max),
        };
        let (min, max) = (integers.min, integers.max);
        Some(match kind {
            1 => Shape::List(ListShape {
                member: self.shape_id()?,
                wire_name,
                flattened,
                min,
                max,
            }),
            2 => {
                let (key, value) = (self.shape_id()?, self.shape_id()?);
                Shape::Map(MapShape {
                    key,
                    value,
                    key_wire_name,
                    value_wire_name,
                    flattened,
                    min,
                    max,
                })
            }
            3 => {
                let pattern = self.optional()?;
                let values = self.many(Self::string)?;
                Shape::String(StringShape {
                    min,
                    max,
                    pattern,
                    example: values.first().copied(),
                    // Of an open enumeration the one value that comes along is not all that there is.
                    values: if open { Vec::new() } else { values },
                    sensitive,
                })
            }
            4 => Shape::Integer(integers),
            5 => Shape::Long(integers),
            6 => Shape::Float(reals),
            7 => Shape::Double(reals),
            8 => Shape::Boolean,
            9 => Shape::Timestamp(TimestampShape {
                format: format.and_then(timestamp_format),
            }),
            10 => Shape::Blob(BlobShape {
                min,
                max,
                streaming,
                sensitive,
            }),
            _ => return None,
        })
    }

    fn structure(&mut self, bits: usize) -> Option<StructureShape> {
        let [
            wire_name,
            payload,
            xml_namespace,
            xml_namespace_prefix,
            error_code,
            status,
        ] = self.attributes(bits, 5)?;
        Some(StructureShape {
            sensitive: bits & 1 != 0,
            union: bits & 2 != 0,
            event_stream: bits & 4 != 0,
            event: bits & 8 != 0,
            exception: bits & 16 != 0,
            error_code,
            http_status: status.and_then(|status| status.parse().ok()),
            wire_name,
            payload: payload.and_then(Name::find),
            xml_namespace,
            xml_namespace_prefix,
            members: self.many(Self::member)?,
        })
    }

    fn member(&mut self) -> Option<Member> {
        let name = Name::from_number(self.short()?)?;
        let shape = self.shape_id()?;
        let wire_name = match self.number()? {
            0 => None,
            1 => Some(name.small()),
            2 => Some(name.text()),
            place => Some(*self.strings.get(place - 3)?),
        };
        let bits = self.number()?;
        let flag = |at: usize| bits >> at & 1 == 1;
        let [query_name, location, xml_namespace, xml_namespace_prefix, format] = self.attributes(bits, 10)?;
        Some(Member {
            name,
            shape,
            wire_name,
            query_name,
            location: match location {
                None => Location::Body,
                Some("uri") => Location::Uri,
                Some("querystring") => Location::Query,
                Some("header") => Location::Header,
                Some("headers") => Location::Headers,
                Some("statusCode") => Location::StatusCode,
                Some(_) => return None,
            },
            required: flag(0),
            flattened: flag(1),
            streaming: flag(2),
            idempotency_token: flag(3),
            xml_attribute: flag(4),
            host_label: flag(5),
            event_payload: flag(6),
            event_header: flag(7),
            json_value: flag(8),
            deprecated: flag(9),
            sensitive: false,
            xml_namespace,
            xml_namespace_prefix,
            timestamp_format: format.and_then(timestamp_format),
        })
    }
}
