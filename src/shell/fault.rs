//! Why a command ended without its answer: an exit code and what stands on standard error, both as the AWS CLI has them.

/// What one is told about how to call the program.
const USAGE: &str = "aws [options] <command> <subcommand> [<subcommand> ...] [parameters]\nTo see help text, you can run:\n\n  aws help\n  aws <command> help\n  aws <command> <subcommand> help\n";

/// A failed command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// 252 usage, 253 configuration, 254 the service refused, 255 anything else.
    pub status: i32,
    /// What was printed before; nearly always nothing.
    pub stdout: String,
    /// All of standard error.
    pub stderr: String,
    /// Our next step for a learner, which the CLI does not have; empty if none.
    pub remedy: String,
}

impl Fault {
    fn new(status: i32, stderr: String) -> Fault {
        Fault {
            status,
            stdout: String::new(),
            stderr,
            remedy: String::new(),
        }
    }

    /// A command line that cannot be read as one, with the usage before the message.
    pub fn usage(message: &str) -> Fault {
        Fault::new(252, format!("\nusage: {USAGE}\naws: error: {message}\n\n"))
    }

    /// The same of the program's first look at its words, which is for the profile alone.
    pub fn profile_usage(message: &str) -> Fault {
        Fault::new(
            252,
            format!("\nusage: aws [-h] [--profile PROFILE] [--debug]\n\naws: error: {message}\n\n"),
        )
    }

    /// Words that nobody took.
    pub fn unknown(words: &[String]) -> Fault {
        Fault::new(
            252,
            format!("\nusage: {USAGE}\nUnknown options: {}\n\n", words.join(", ")),
        )
    }

    /// A parameter that cannot be what it should.
    pub fn parameter(message: impl std::fmt::Display) -> Fault {
        Fault::new(252, format!("\n{message}\n"))
    }

    /// A parameter's value that cannot be read. `option`: `--filters`.
    pub fn parsing(option: &str, message: impl std::fmt::Display) -> Fault {
        Fault::parameter(format_args!("Error parsing parameter '{option}': {message}"))
    }

    /// What the session's configuration lacks.
    pub fn configuration(message: impl std::fmt::Display) -> Fault {
        Fault::new(253, format!("\n{message}\n"))
    }

    /// Anything else.
    pub fn other(message: impl std::fmt::Display) -> Fault {
        Fault::new(255, format!("\n{message}\n"))
    }

    /// The service's refusal. `call`: `RunInstances operation`.
    pub fn service(code: &str, call: &str, message: &str) -> Fault {
        Fault::new(
            254,
            format!("\nAn error occurred ({code}) when calling the {call}: {message}\n"),
        )
    }
}
