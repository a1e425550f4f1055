//! The `aws` command: text to a checked call, the answer to text, and any call back to the command that makes it.
//!
//! A shell round it (`line`) has quotes, variables, pipes, loops and the file tray; `s3` has the CLI's own commands for S3.
//!
//! argv → words → parameters guided by the model → `Engine::call` → JSON text. Errors and exit codes are the AWS CLI's.
//! Nothing here knows the page; nothing here changes a world but through the engine's door.

mod cloud;
mod customised;
mod glob;
mod limits;
pub mod line;
mod parse;
mod render;
mod run;
mod s3;
mod shorthand;
mod tray;
mod words;

pub use cloud::{Cloud, Keys};
pub use line::Shell;
pub use render::{command, literal, tray_file};
pub use run::{Output, Session};
pub use tray::{File, Tray};
pub use words::{quote, split};
