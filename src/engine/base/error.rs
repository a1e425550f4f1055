//! The one domain error. Handlers raise it by meaning; AWS's code, HTTP status and text are attached here, once, at the end.
//!
//! Codes: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html> and each service's error list.

use std::fmt;

/// What a call answers instead of a result.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a call was refused. `code` and `message` are what AWS would answer; `remedy` is our next step for a learner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// AWS's error code, spelled exactly so.
    pub code: &'static str,
    /// The HTTP status that goes with it.
    pub status: u16,
    /// The text, which names the thing.
    pub message: String,
    /// What to do about it (ours); empty when the message says it.
    pub remedy: String,
    /// The parameter that the error belongs to, as a path (`BlockDeviceMappings[0].Ebs.VolumeSize`); empty if none.
    pub parameter: String,
    /// Whether the call did a part of what it was asked before it was refused, and that part stays (TerminateInstances
    /// across zones). Such a call is in the log; any other that is refused leaves nothing behind.
    pub partial: bool,
    /// What S3's errors say besides, in the order of its answer: `BucketName`, `Key`, `Condition`, … A name in lower case
    /// (`x-amz-delete-marker`) is a header of the answer instead.
    pub details: Vec<(&'static str, String)>,
}

impl Error {
    /// A client error of this code, status 400.
    pub fn new(code: &'static str, message: impl Into<String>) -> Error {
        Error {
            code,
            status: 400,
            message: message.into(),
            remedy: String::new(),
            parameter: String::new(),
            partial: false,
            details: Vec::new(),
        }
    }
    /// The same with another HTTP status.
    pub fn with_status(mut self, status: u16) -> Error {
        self.status = status;
        self
    }
    /// The same with the next step to take.
    pub fn remedy(mut self, remedy: impl Into<String>) -> Error {
        self.remedy = remedy.into();
        self
    }
    /// The same, belonging to a parameter.
    pub fn at(mut self, parameter: impl Into<String>) -> Error {
        self.parameter = parameter.into();
        self
    }

    /// The same with one thing more to say.
    pub fn detail(mut self, name: &'static str, value: impl fmt::Display) -> Error {
        self.details.push((name, value.to_string()));
        self
    }

    /// The same, of a call whose finished part stays.
    pub fn partial(mut self) -> Error {
        self.partial = true;
        self
    }

    /// `InvalidParameterValue`: the value of a parameter is not one that can be used.
    pub fn invalid(parameter: &str, why: impl fmt::Display) -> Error {
        Error::new("InvalidParameterValue", format!("Invalid value for {parameter}: {why}")).at(parameter)
    }
    /// `MissingParameter`: the request lacks a parameter it needs.
    pub fn missing(parameter: &str) -> Error {
        Error::new(
            "MissingParameter",
            format!("The request must contain the parameter {parameter}"),
        )
        .at(parameter)
    }
    /// `InvalidParameterCombination`: parameters that exclude or need each other.
    pub fn combination(why: impl Into<String>) -> Error {
        Error::new("InvalidParameterCombination", why)
    }
    /// `DependencyViolation`: something else still uses the thing.
    pub fn in_use(thing: impl fmt::Display, by: impl fmt::Display) -> Error {
        Error::new(
            "DependencyViolation",
            format!("resource {thing} has a dependent object: {by}"),
        )
        .remedy(format!("Delete or detach {by} first."))
    }
    /// `DryRunOperation`: the caller may do this, and asked not to. Status 412 as AWS answers.
    pub fn dry_run() -> Error {
        Error::new(
            "DryRunOperation",
            "Request would have succeeded, but DryRun flag is set.",
        )
        .with_status(412)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

impl std::error::Error for Error {}
