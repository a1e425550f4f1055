//! The machine as the tasks see it: where the repository is, and how another program is run. Runs nothing by itself.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failure::{Context, Outcome, failed};

/// The repository's root.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .map(Path::to_path_buf)
        .unwrap_or_default()
}

/// Where cargo builds: `CARGO_TARGET_DIR`, else `target/`.
#[must_use]
pub fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) if !folder.is_empty() => root().join(folder),
        _ => root().join("target"),
    }
}

/// The folder that `trunk build` fills.
#[must_use]
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// The cargo that started this program, so that a `+toolchain` keeps its meaning.
#[must_use]
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// The command as one would type it.
#[must_use]
pub fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut text = program
        .file_stem()
        .unwrap_or(program.as_os_str())
        .to_string_lossy()
        .into_owned();
    for argument in command.get_args() {
        let argument = argument.to_string_lossy();
        let plain =
            !argument.is_empty() && !argument.contains(|c: char| c.is_whitespace() || "'\"$*;&|<>()".contains(c));
        text.push(' ');
        text.push_str(&if plain {
            argument.into_owned()
        } else {
            format!("'{}'", argument.replace('\'', r"'\''"))
        });
    }
    text
}

/// Runs the command with the terminal as its own; a non-zero exit is a failure that names the command.
pub fn run(command: &mut Command) -> Outcome {
    let text = shown(command);
    println!("$ {text}");
    let status = command.status().context(format_args!("cannot run `{text}`"))?;
    if status.success() {
        Ok(())
    } else {
        failed(format!("`{text}` ended with {status}"))
    }
}

/// Runs the command and returns what it printed, or None where it cannot be run or ends with a failure.
#[must_use]
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Where a program of this name is on PATH.
#[must_use]
pub fn which(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&path)
        .map(|folder| folder.join(&name))
        .find(|file| file.is_file())
}

/// PATH with this folder in front of it.
pub fn path_with(folder: &Path) -> Outcome<std::ffi::OsString> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(folder.to_path_buf()).chain(std::env::split_paths(&path));
    std::env::join_paths(folders).context("PATH cannot be extended")
}

/// Reads a text file of the repository; the path is relative to the root.
pub fn read(path: impl AsRef<OsStr>) -> Outcome<String> {
    let path = root().join(path.as_ref());
    std::fs::read_to_string(&path).context(format_args!("cannot read {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_where_the_lock_file_is() {
        assert!(root().join("Cargo.lock").is_file(), "{}", root().display());
    }

    #[test]
    fn commands_are_shown_as_one_would_type_them() {
        let mut command = Command::new("/usr/bin/cargo");
        command.args(["test", "two words", "", "it's"]);
        assert_eq!(shown(&command), r"cargo test 'two words' '' 'it'\''s'");
    }

    #[test]
    fn a_program_that_does_not_exist_has_no_answer() {
        assert_eq!(answer(&mut Command::new("no-such-program-here")), None);
        assert_eq!(which("no-such-program-here"), None);
    }
}
