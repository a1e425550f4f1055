//! The API as data: which operations there are, what goes in and comes out, how it is spelled on the wire, what is
//! allowed; and the [`Value`] tree that every call and answer is.
//!
//! This crate is the floor of the house. It knows no world, no clock, no protocol and no browser, and nothing here may
//! panic on what comes from outside. What it knows of AWS is generated (`cargo tasks model`) from the service models
//! that AWS publishes in botocore; `data/` holds it as text, and the build packs it.
//!
//! ```
//! use stratus_model::{Structure, check, field, model};
//! let ec2 = model().service("ec2").unwrap();
//! let call = Structure::new().with(field::INSTANCE_IDS, vec!["i-0123456789abcdef0"]);
//! assert!(check::input(ec2, ec2.operation("StopInstances").unwrap(), &call).is_ok());
//! ```

pub mod binary;
pub mod check;
pub mod json;
mod kebab;
mod later;
pub mod limits;
mod name;
pub mod pattern;
mod problem;
mod schema;
pub mod sort;
pub mod time;
mod unpack;
mod value;

pub use kebab::cli_name;
pub use name::Name;
pub use problem::{Problem, ProblemKind};
pub use schema::{
    Acceptor, BlobShape, Body, ErrorShape, ListShape, Location, MapShape, Matcher, Member, Model, NumberShape,
    Operation, Outcome, Pagination, Protocol, Service, Shape, ShapeId, StringShape, StructureShape, TimestampFormat,
    TimestampShape, Waiter, model,
};
pub use value::{Structure, Value};

/// A constant for every member name of every service: `field::INSTANCE_ID` is `InstanceId`. Where two names differ in
/// capitals only, the later one has an underscore at its end.
pub mod field {
    use crate::Name;
    include!(concat!(env!("OUT_DIR"), "/field.rs"));
}
