//! A small shell round the `aws` command: words and quotes, variables, substitutions, lists, pipes, redirections to and
//! from the file tray, loops, functions. It is POSIX's language with what of bash people type (`[[ … ]]`, braces, `!!`); what
//! it does not have (arrays, jobs, `sed`, `awk`) it refuses by name.
//!
//! text → `read` → lists (`syntax`) → `run`, which expands words (`expand`) and calls built-ins, filters or `aws`.
//! No host is reached: files are the tray's, time is the world's, and everything counts against [`crate::limits`].

mod arithmetic;
mod aws;
mod braces;
mod builtins;
mod complete;
mod compound;
mod conditions;
mod date;
mod expand;
mod filters;
mod functions;
mod lookup;
mod options;
mod past;
mod read;
mod resumed;
mod run;
mod shell;
pub(crate) mod streams;
mod syntax;
mod test;
mod words;
mod xargs;

pub use complete::{Candidate, Completion};
pub use resumed::{Reached, Running};
pub use shell::{Shell, Variable};
