//! How a task ends when it does not end well: with a sentence, a next step, and one of two exit codes.

use std::fmt;

/// Why a task stopped. The text is shown to the person who ran it and names the next step where there is one.
#[derive(Debug, PartialEq, Eq)]
pub enum Failure {
    /// The command line could not be understood: exit code 2.
    Usage(String),
    /// The task could not be done: exit code 1.
    Failed(String),
}

/// What every task returns.
pub type Outcome<T = ()> = Result<T, Failure>;

impl Failure {
    /// The process exit code: 1 failed, 2 usage.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::Failed(_) => 1,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(text) | Self::Failed(text) => out.write_str(text),
        }
    }
}

impl std::error::Error for Failure {}

impl From<lexopt::Error> for Failure {
    fn from(error: lexopt::Error) -> Self {
        Self::Usage(error.to_string())
    }
}

/// A failed task with this text.
pub fn failed<T>(text: impl Into<String>) -> Outcome<T> {
    Err(Failure::Failed(text.into()))
}

/// Says what was being done when a lower layer failed.
pub trait Context<T> {
    /// Turns the error into a failed task: "`doing`: the error"; nothing, where there should be something, into `doing`.
    fn context(self, doing: impl fmt::Display) -> Outcome<T>;
}

impl<T, E: fmt::Display> Context<T> for Result<T, E> {
    fn context(self, doing: impl fmt::Display) -> Outcome<T> {
        self.map_err(|error| Failure::Failed(format!("{doing}: {error}")))
    }
}

impl<T> Context<T> for Option<T> {
    fn context(self, doing: impl fmt::Display) -> Outcome<T> {
        self.ok_or_else(|| Failure::Failed(doing.to_string()))
    }
}
