//! Why something could not be done in the browser: one sentence, which a failing test prints as it is.

use std::fmt;

/// A sentence about what went wrong. Made from any error by `?`.
pub struct Trouble(String);

/// What everything in the harness, and every browser test, returns.
pub type Outcome<T = ()> = Result<T, Trouble>;

/// Ends with this trouble.
pub fn trouble<T>(text: impl Into<String>) -> Outcome<T> {
    Err(Trouble(text.into()))
}

/// Fails with these words unless the condition holds.
pub fn check(condition: bool, otherwise: impl Into<String>) -> Outcome {
    if condition { Ok(()) } else { trouble(otherwise) }
}

impl Trouble {
    /// Says what was being attempted.
    #[must_use]
    pub fn during(self, attempt: impl fmt::Display) -> Self {
        Self(format!("{attempt}: {}", self.0))
    }

    /// The sentence.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }
}

// Not an `Error` itself, so that every error can become one.
impl<E: std::error::Error> From<E> for Trouble {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

// A test that returns an error prints it with Debug.
impl fmt::Debug for Trouble {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}
