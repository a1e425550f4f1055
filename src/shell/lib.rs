//! The `aws` command: text to a checked call, the answer to text, and any call back to the text that makes it.
//!
//! A shell round it (`line`) has quotes, variables, pipes, loops and the file tray; `s3` has the CLI's own commands for S3.
//!
//! argv → words → parameters guided by the model → `Engine::call` → printed text. Output, errors and exit codes are those of
//! the AWS CLI, version 2. Nothing here knows the page; nothing here changes a world but through the engine's door.

mod argparse;
mod arguments;
mod bundling;
mod cloud;
mod command;
mod configure;
mod convert;
mod customised;
mod data;
mod debug;
mod document;
mod fault;
mod formats;
mod glob;
mod help;
mod help_customs;
mod jmespath;
mod limits;
pub mod line;
mod on_the_way;
mod paging;
mod reading;
mod reading_yaml;
mod request;
mod run;
mod s3;
mod shorthand;
mod show;
mod skeleton;
mod tokens;
mod tray;
mod unpack;
mod validate;
mod waiting;
mod way;
mod words;

pub use cloud::{Cloud, Keys};
pub use configure::Config;
pub use line::{Reached, Running, Shell};
pub use run::{Call, Output, Session, Tray};
pub use show::{Language, Read, ShownCall, command, literal, read, show, show_all, tray_file};
pub use tray::File;
pub use words::{quote, split};
