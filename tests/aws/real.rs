//! The real AWS CLI, kept in one Python process.

use serde_json::{Value as Json, json};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// What a command printed, and how it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// Its exit code.
    pub status: i64,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

/// The process.
#[derive(Debug)]
pub struct Real {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Real {
    /// Starts it in `folder`, where its files are, speaking to `endpoint` with these keys; its answers' members come in the
    /// order of boto3's models.
    ///
    /// # Panics
    /// Where Debian's Python or its AWS CLI is missing.
    pub fn start(folder: &Path, endpoint: &str, (key, secret): (&str, &str)) -> Real {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/real.py");
        let mut child = Command::new("/usr/bin/python3")
            .arg(script)
            .current_dir(folder)
            .env_clear()
            .envs([
                ("PATH", "/usr/bin:/bin"),
                ("LANG", "C.UTF-8"),
                ("AWS_PAGER", ""),
                ("AWS_DEFAULT_REGION", "us-east-1"),
                ("AWS_EC2_METADATA_DISABLED", "true"),
                ("AWS_ACCESS_KEY_ID", key),
                ("AWS_SECRET_ACCESS_KEY", secret),
                ("STRATUS_ENDPOINT", endpoint),
            ])
            .env("STRATUS_MODELS", stratus_tasks::python::models())
            .env("HOME", folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("/usr/bin/python3: {error}; `cargo verify` installs what this test needs"));
        let to = child.stdin.take().unwrap_or_else(|| panic!("no pipe"));
        let from = child.stdout.take().unwrap_or_else(|| panic!("no pipe"));
        Real {
            child,
            to,
            from: BufReader::new(from),
        }
    }

    fn ask(&mut self, question: &Json) -> Json {
        let mut line = String::new();
        let asked = writeln!(self.to, "{question}").and_then(|()| self.to.flush());
        let heard = asked.and_then(|()| self.from.read_line(&mut line));
        match heard.map(|_| serde_json::from_str(&line)) {
            Ok(Ok(answer)) => answer,
            broken => panic!("the real CLI's process ended ({broken:?}): apt-get install awscli, version 2"),
        }
    }

    /// Runs a command: the words after `aws`, and its standard input.
    pub fn run(&mut self, words: &[String], input: &str) -> Printed {
        self.printed(&json!({"argv": words, "stdin": input}))
    }

    /// Runs a command that only makes a signed address: one at AWS, signed at that time in seconds of the epoch.
    pub fn presign(&mut self, words: &[String], at: i64) -> Printed {
        self.printed(&json!({"argv": words, "at": at}))
    }

    fn printed(&mut self, asked: &Json) -> Printed {
        let answer = self.ask(asked);
        let text = |name: &str| answer.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
        Printed {
            status: answer.get("status").and_then(Json::as_i64).unwrap_or(-1),
            stdout: text("stdout"),
            stderr: text("stderr"),
        }
    }

    /// The members of an operation's answer that the CLI's models know, as a tree; `null` = none of it.
    pub fn known(&mut self, service: &str, operation: &str) -> Json {
        self.ask(&json!({"known": [service, operation]}))
    }
}

impl Drop for Real {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
