//! The `aws` command: text to a checked call, the answer to text, and any call back to the command that makes it.
//!
//! argv → words → parameters guided by the model → `Engine::call` → printed text. Output, errors and exit codes are those of
//! the AWS CLI, version 2. Nothing here knows the page; nothing here changes a world but through the engine's door.

mod argparse;
mod arguments;
mod command;
mod configure;
mod convert;
mod customised;
mod data;
mod fault;
mod formats;
mod help;
mod jmespath;
mod on_the_way;
mod paging;
mod reading;
mod render;
mod request;
mod run;
mod s3;
mod shorthand;
mod skeleton;
mod unpack;
mod validate;
mod waiting;
mod words;

pub use configure::Config;
pub use render::{command, literal, tray_file};
pub use run::{Call, Output, Session, Tray};
pub use words::{quote, split};
