//! The `aws` command: text to a checked call, the answer to text, and any call back to the command that makes it.
//!
//! argv → words → parameters guided by the model → `Engine::call` → JSON text. Errors and exit codes are the AWS CLI's.
//! Nothing here knows the page; nothing here changes a world but through the engine's door.

mod customised;
mod parse;
mod render;
mod run;
mod shorthand;
mod words;

pub use render::{command, literal, tray_file};
pub use run::{Output, Session};
pub use words::{quote, split};
