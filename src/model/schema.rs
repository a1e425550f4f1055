//! What the model says: services, operations and shapes, as plain data that lives as long as the program.
//! A service is unpacked when it is first asked for.

use crate::later::{self, Rest};
use crate::{Name, unpack};
use std::sync::OnceLock;

include!(concat!(env!("OUT_DIR"), "/services.rs"));

/// A service's packed first part, and what it holds once somebody has asked.
struct Packed {
    place: usize,
    name: &'static str,
    bytes: &'static [u8],
    service: OnceLock<Option<Service>>,
}

impl Packed {
    const fn new(place: usize, name: &'static str, bytes: &'static [u8]) -> Self {
        Self {
            place,
            name,
            bytes,
            service: OnceLock::new(),
        }
    }

    fn service(&'static self) -> Option<&'static Service> {
        self.service
            .get_or_init(|| unpack::service(self.bytes, self.place))
            .as_ref()
    }
}

/// All services.
pub struct Model(());

/// The one model that there is.
pub fn model() -> &'static Model {
    static MODEL: Model = Model(());
    &MODEL
}

impl Model {
    /// By the AWS CLI's name: `ec2`, `route53`, `s3`, `sts`; and `stratus`, ours.
    pub fn service(&self, name: &str) -> Option<&'static Service> {
        let at = SERVICES.binary_search_by(|packed| packed.name.cmp(name)).ok()?;
        SERVICES.get(at)?.service()
    }

    /// The services' names, sorted. Unpacks nothing.
    pub fn service_names(&self) -> impl Iterator<Item = &'static str> {
        SERVICES.iter().map(|packed| packed.name)
    }

    /// All services, sorted by name. Unpacks each.
    pub fn services(&self) -> impl Iterator<Item = &'static Service> {
        SERVICES.iter().filter_map(Packed::service)
    }

    /// The operation that links and saved worlds call by this number.
    pub fn operation_by_number(&self, number: u16) -> Option<&'static Operation> {
        let service = OPERATIONS.get(usize::from(number).checked_sub(1)?)?;
        let service = SERVICES.get(usize::from(*service))?.service()?;
        let of = |operations: &'static [Operation]| operations.iter().find(|operation| operation.number == number);
        of(&service.operations).or_else(|| of(&service.rest().operations))
    }
}

/// How a service speaks on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    Ec2,
    Query,
    RestXml,
    RestJson,
    Json,
    Cbor,
}

/// One AWS service in one API version.
#[derive(Debug)]
pub struct Service {
    /// The AWS CLI's name.
    pub name: &'static str,
    /// As in the EC2 query's `Version`: `2016-11-15`.
    pub api_version: &'static str,
    pub protocol: Protocol,
    /// `1.0` or `1.1`, for the JSON protocol.
    pub json_version: Option<&'static str>,
    /// The first label of the host name.
    pub endpoint_prefix: &'static str,
    /// The service in a signature's scope.
    pub signing_name: &'static str,
    pub signature_version: Option<&'static str>,
    /// What stands before the operation in `X-Amz-Target`.
    pub target_prefix: Option<&'static str>,
    pub xml_namespace: Option<&'static str>,
    /// A host name that serves all Regions, where there is one.
    pub global_endpoint: Option<&'static str>,
    /// The name in SDKs: `Route 53`.
    pub service_id: Option<&'static str>,
    /// There is one of it for all Regions (IAM, Route 53).
    pub is_global: bool,
    /// The first part: what a page starts with. Sorted by name.
    pub(crate) operations: Vec<Operation>,
    /// Those that the first part's operations reach.
    pub(crate) shapes: Vec<Shape>,
    /// The rest, once somebody has asked.
    pub(crate) rest: OnceLock<Rest>,
    /// Of its name among the services' sorted names.
    pub(crate) place: usize,
}

impl Service {
    /// The service in bytes that the build packed; `None` for others. For parts of the model that are not built in.
    pub fn unpack(bytes: &'static [u8]) -> Option<Self> {
        let service = unpack::service(bytes, usize::MAX)?;
        // No service of the model's: there is nothing else of it.
        service.rest.get_or_init(Rest::default);
        Some(service)
    }

    fn rest(&self) -> &Rest {
        self.rest.get_or_init(|| later::rest(self))
    }

    /// By the API's name: `RunInstances`.
    pub fn operation(&self, name: &str) -> Option<&Operation> {
        fn find<'a>(operations: &'a [Operation], name: &str) -> Option<&'a Operation> {
            let at = operations.binary_search_by(|operation| operation.name.cmp(name)).ok()?;
            operations.get(at)
        }
        find(&self.operations, name).or_else(|| find(&self.rest().operations, name))
    }

    /// By the AWS CLI's name: `run-instances`.
    pub fn operation_by_cli_name(&self, name: &str) -> Option<&Operation> {
        self.operations()
            .iter()
            .find(|operation| crate::cli_name(operation.name) == name)
    }

    /// Sorted by name.
    pub fn operations(&self) -> &[Operation] {
        let all = &self.rest().operations;
        if all.is_empty() { &self.operations } else { all }
    }

    /// What one can wait for, sorted by name.
    pub fn waiters(&self) -> &[Waiter] {
        &self.rest().waiters
    }

    /// What the shape is. An id of another service gives some shape of this one, or an empty structure.
    pub fn shape(&self, id: ShapeId) -> &Shape {
        const NOTHING: &Shape = &Shape::Structure(StructureShape::EMPTY);
        let place = usize::from(id.0);
        let of_rest = || self.rest().shapes.get(place.checked_sub(self.shapes.len())?);
        self.shapes.get(place).or_else(of_rest).unwrap_or(NOTHING)
    }

    /// The structure that an operation takes or gives; empty where it has none, and for a shape that is no structure.
    pub fn structure(&self, id: Option<ShapeId>) -> &StructureShape {
        const NOTHING: &StructureShape = &StructureShape::EMPTY;
        match id.map(|id| self.shape(id)) {
            Some(Shape::Structure(structure)) => structure,
            _ => NOTHING,
        }
    }

    /// The number of shapes: the ids are those below it.
    pub fn shape_count(&self) -> usize {
        self.shapes.len() + self.rest().shapes.len()
    }

    /// The id of the shape with this place; `None` at and above [`Service::shape_count`].
    pub fn shape_id(&self, place: usize) -> Option<ShapeId> {
        (place < self.shape_count())
            .then(|| u16::try_from(place).ok().map(ShapeId))
            .flatten()
    }
}

/// A shape of one service. Not stable from one version of Stratus to the next: never saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShapeId(pub(crate) u16);

/// One operation.
#[derive(Debug)]
pub struct Operation {
    /// The number under which links and saved worlds keep it.
    pub number: u16,
    /// As the API spells it: `RunInstances`.
    pub name: &'static str,
    /// The service's name: `ec2`.
    pub service: &'static str,
    /// `None`: it takes no parameters.
    pub input: Option<ShapeId>,
    /// `None`: it answers nothing.
    pub output: Option<ShapeId>,
    /// How the input is wrapped on the wire.
    pub input_body: Body,
    pub output_body: Body,
    pub http_method: &'static str,
    /// With `{Member}` and `{Member+}` in the place of parameters.
    pub http_uri: &'static str,
    /// The status code of success.
    pub http_code: u16,
    /// What stands before the host name, with `{Member}` in the place of parameters.
    pub host_prefix: Option<&'static str>,
    pub pagination: Option<Pagination>,
    /// It leaves everything as it is: not logged as a write.
    pub read_only: bool,
    /// It needs no signature.
    pub is_anonymous: bool,
    /// The request must have a checksum of its body.
    pub needs_checksum: bool,
    /// The member that makes a repeated request one request, where the model names one.
    pub idempotency_token: Option<Name>,
    /// The errors that the model lists; most of EC2's are not among them.
    pub errors: Vec<ErrorShape>,
}

/// The names round a request or an answer in XML.
#[derive(Debug, Default, PartialEq)]
pub struct Body {
    /// The root element.
    pub wire_name: Option<&'static str>,
    /// The element inside the root that holds the result, in the query protocol.
    pub wrapper: Option<&'static str>,
    pub xml_namespace: Option<&'static str>,
}

/// An error that an operation can answer with.
#[derive(Debug)]
pub struct ErrorShape {
    /// The exception's name in the model.
    pub name: &'static str,
    pub shape: ShapeId,
}

/// How a list comes in pages.
#[derive(Debug, PartialEq)]
pub struct Pagination {
    /// The parameters that take the token.
    pub input_tokens: Vec<&'static str>,
    /// Where the answer has the token for the next page, in the same order: JMESPath.
    pub output_tokens: Vec<&'static str>,
    /// Where the answer has its items: JMESPath.
    pub results: Vec<&'static str>,
    /// The member that says whether more follows.
    pub more_results: Option<&'static str>,
    /// The parameter with the number of items a page.
    pub limit: Option<&'static str>,
}

/// A state of things that one can wait for: `aws ec2 wait instance-running`.
#[derive(Debug, PartialEq)]
pub struct Waiter {
    /// `InstanceRunning`
    pub name: &'static str,
    /// The operation that is asked again and again.
    pub operation: &'static str,
    /// Seconds between two times.
    pub delay: u32,
    /// How often at most.
    pub attempts: u32,
    /// The first that matches an answer decides; where none does, one asks again.
    pub acceptors: Vec<Acceptor>,
}

/// What an answer means for who waits.
#[derive(Debug, PartialEq)]
pub struct Acceptor {
    pub outcome: Outcome,
    pub matcher: Matcher,
    /// JSON: a text in quotation marks, a number, `true`.
    pub expected: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Success,
    Failure,
    Retry,
}

/// What of an answer is compared. The paths are JMESPath.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matcher {
    Path(&'static str),
    /// A list that is not empty and has nothing else in it.
    PathAll(&'static str),
    PathAny(&'static str),
    /// The HTTP status.
    Status,
    /// The error's code.
    Error,
}

/// What a value may be.
#[derive(Debug)]
pub enum Shape {
    Structure(StructureShape),
    List(ListShape),
    Map(MapShape),
    String(StringShape),
    Integer(NumberShape<i64>),
    Long(NumberShape<i64>),
    Float(NumberShape<f64>),
    Double(NumberShape<f64>),
    Boolean,
    Timestamp(TimestampShape),
    Blob(BlobShape),
}

impl Shape {
    /// What a person calls it: `a list`.
    pub fn kind(&self) -> &'static str {
        match self {
            Shape::Structure(_) => "a structure",
            Shape::List(_) => "a list",
            Shape::Map(_) => "a map",
            Shape::String(_) => "a string",
            Shape::Integer(_) | Shape::Long(_) => "an integer",
            Shape::Float(_) | Shape::Double(_) => "a number",
            Shape::Boolean => "true or false",
            Shape::Timestamp(_) => "a time",
            Shape::Blob(_) => "binary data",
        }
    }

    /// Passwords and the like: not shown, and offered for leaving out when something is shared.
    pub fn is_sensitive(&self) -> bool {
        match self {
            Shape::Structure(shape) => shape.sensitive,
            Shape::String(shape) => shape.sensitive,
            Shape::Blob(shape) => shape.sensitive,
            _ => false,
        }
    }
}

/// Members in the order of the API, which is the order in which answers are printed.
#[derive(Debug, Default)]
pub struct StructureShape {
    pub members: Vec<Member>,
    pub sensitive: bool,
    /// Exactly one member is given.
    pub union: bool,
    pub event_stream: bool,
    pub event: bool,
    /// It is an error.
    pub exception: bool,
    /// An error's code on the wire, where it is not its shape's name.
    pub error_code: Option<&'static str>,
    /// An error's HTTP status, where the model says.
    pub http_status: Option<u16>,
    pub wire_name: Option<&'static str>,
    /// The member that is the whole body.
    pub payload: Option<Name>,
    pub xml_namespace: Option<&'static str>,
    pub xml_namespace_prefix: Option<&'static str>,
}

impl StructureShape {
    pub(crate) const EMPTY: Self = Self {
        members: Vec::new(),
        sensitive: false,
        union: false,
        event_stream: false,
        event: false,
        exception: false,
        error_code: None,
        http_status: None,
        wire_name: None,
        payload: None,
        xml_namespace: None,
        xml_namespace_prefix: None,
    };

    pub fn member(&self, name: Name) -> Option<&Member> {
        self.members.iter().find(|member| member.name == name)
    }

    /// By the API's spelling: `VpcId`.
    pub fn member_by_text(&self, name: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.name.text() == name)
    }

    /// By the AWS CLI's option, without the hyphens before it: `vpc-id`.
    pub fn member_by_cli_name(&self, name: &str) -> Option<&Member> {
        self.members
            .iter()
            .find(|member| crate::cli_name(member.name.text()) == name)
    }
}

/// Where a member stands in an HTTP message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Location {
    #[default]
    Body,
    Uri,
    Query,
    Header,
    /// A map whose keys are headers with the wire name as their prefix.
    Headers,
    StatusCode,
}

/// A part of a structure.
#[derive(Debug)]
pub struct Member {
    pub name: Name,
    pub shape: ShapeId,
    /// botocore's `locationName`: the XML or JSON name, header, or query parameter. `None`: as the name.
    pub wire_name: Option<&'static str>,
    /// botocore's `queryName`: the parameter in the EC2 query protocol, where it differs from `wire_name`.
    pub query_name: Option<&'static str>,
    pub location: Location,
    pub required: bool,
    pub flattened: bool,
    pub streaming: bool,
    pub idempotency_token: bool,
    pub xml_attribute: bool,
    pub host_label: bool,
    pub event_payload: bool,
    pub event_header: bool,
    pub json_value: bool,
    pub deprecated: bool,
    /// The shape is one that is not shown.
    pub sensitive: bool,
    pub xml_namespace: Option<&'static str>,
    pub xml_namespace_prefix: Option<&'static str>,
    pub timestamp_format: Option<TimestampFormat>,
}

#[derive(Debug)]
pub struct ListShape {
    pub member: ShapeId,
    /// The element's name in XML.
    pub wire_name: Option<&'static str>,
    pub flattened: bool,
    pub min: Option<i64>,
    pub max: Option<i64>,
}

/// Keys are strings.
#[derive(Debug)]
pub struct MapShape {
    pub key: ShapeId,
    pub value: ShapeId,
    pub key_wire_name: Option<&'static str>,
    pub value_wire_name: Option<&'static str>,
    pub flattened: bool,
    pub min: Option<i64>,
    pub max: Option<i64>,
}

#[derive(Debug)]
pub struct StringShape {
    /// Characters.
    pub min: Option<i64>,
    pub max: Option<i64>,
    /// A regular expression for the whole text.
    pub pattern: Option<&'static str>,
    /// The enumeration; empty where there is none, or where it is open: AWS adds to it so often that other values are let
    /// through.
    pub values: Vec<&'static str>,
    /// The enumeration's first value, of an open one too: what a skeleton of the input holds.
    pub example: Option<&'static str>,
    pub sensitive: bool,
}

/// Limits of the model; an `Integer` has 32 bits besides, a `Long` 64.
#[derive(Debug)]
pub struct NumberShape<T> {
    pub min: Option<T>,
    pub max: Option<T>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampFormat {
    Iso8601,
    /// Seconds since 1970, with a fraction.
    UnixTimestamp,
    /// `Mon, 03 Mar 2025 09:00:00 GMT`
    Rfc822,
}

#[derive(Debug)]
pub struct TimestampShape {
    /// `None`: the protocol's own.
    pub format: Option<TimestampFormat>,
}

#[derive(Debug)]
pub struct BlobShape {
    /// Bytes.
    pub min: Option<i64>,
    pub max: Option<i64>,
    pub streaming: bool,
    pub sensitive: bool,
}
