//! Scenarios, files and share links: the log of calls as something to keep, or to hand to somebody else.
//!
//! One form of a call ([`log::LoggedCall`]) serves saved records, files and readable links; the short link packs the same.
//! What may never happen here: a panic on what came from outside; a world that is opened half without saying so.

pub mod blobs;
pub mod file;
mod forms;
mod inputs;
pub mod kept;
pub mod link;
pub mod log;
pub mod pack;
pub mod references;
pub mod scenarios;
pub mod sensitive;
mod squeeze;

pub use file::{File, FileError, Opened};
pub use link::LinkError;
pub use log::{LoggedCall, Place};
