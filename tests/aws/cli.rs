//! The real AWS CLI against `cargo serve`, and the terminal's `aws` on an equal world: standard output, standard error and
//! exit code are the same to the byte, for every line of `commands/`. `STRATUS_COMMANDS=word` runs the files whose names hold
//! the word.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, MutexGuard, PoisonError};
use stratus_aws::difference;
use stratus_aws::real::{Printed, Real};
use stratus_aws::script::{self, FORMATS, Step};
use stratus_aws::terminal::Terminal;

/// What a run of a file found.
#[derive(Default)]
struct Found {
    commands: usize,
    in_all_formats: usize,
    failures: String,
}

#[test]
fn the_terminal_prints_what_the_real_one_prints() {
    let mut all = Found::default();
    for (name, found) in compare_all(script::files()) {
        println!(
            "{name}: {} commands, {} in every format",
            found.commands, found.in_all_formats
        );
        all.commands += found.commands;
        all.in_all_formats += found.in_all_formats;
        all.failures += &found.failures;
    }
    println!(
        "{} commands, {} of them in every format",
        all.commands, all.in_all_formats
    );
    assert!(all.failures.is_empty(), "\n{}", all.failures);
    if script::wanted().is_empty() {
        assert!(
            all.commands >= 300 && all.in_all_formats >= 40,
            "the promise is 300 and 40"
        );
    }
}

/// Each file has worlds of its own, so they run side by side: the real CLI takes most of the time. In the order of names.
fn compare_all(files: Vec<(String, String)>) -> BTreeMap<String, Found> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let (left, found) = (Mutex::new(files), Mutex::new(BTreeMap::new()));
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                // The lock is let go before the file runs.
                let next = || locked(&left).pop();
                while let Some((name, text)) = next() {
                    let one = compare(&name, &text);
                    locked(&found).insert(name, one);
                }
            });
        }
    });
    found.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn locked<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

fn compare(name: &str, text: &str) -> Found {
    let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("no folder for files: {error}"));
    let server = stratus_serve::start_quietly();
    let (key, secret) = server.administrator();
    let mut real = Real::start(folder.path(), &server.endpoint(), (&key, &secret));
    let mut terminal = Terminal::new();
    let mut kept = BTreeMap::new();
    let mut found = Found::default();
    for (number, step) in script::read(text) {
        let mut both = |words: &[String], input: &str| {
            let mut one = match words {
                [service, command, ..] if service == "s3" && command == "presign" => {
                    real.presign(words, terminal.seconds())
                }
                _ => real.run(words, input),
            };
            // Its files stand in a folder of the machine, ours in the tray.
            one.stderr = one.stderr.replace(&*folder.path().to_string_lossy(), "/tray");
            let mut other = terminal.run(words, input, &mut real);
            if words.iter().any(|word| word == "yaml-input") {
                for printed in [&mut one, &mut other] {
                    printed.stdout = without_sentences(&printed.stdout);
                }
            }
            if let Some(told) = told(&one, &other) {
                let _ = writeln!(found.failures, "{name}:{number}: aws {}\n{told}", words.join(" "));
            }
            (one, other)
        };
        match step {
            Step::Reset => {
                server.reset();
                terminal.reset();
                kept.clear();
            }
            Step::File(name, content) => {
                let place = folder.path().join(&name);
                let written = place.parent().map_or(Ok(()), std::fs::create_dir_all);
                let written = written.and_then(|()| std::fs::write(&place, &content));
                written.unwrap_or_else(|error| panic!("{name}: {error}"));
                terminal.file(&name, &content);
            }
            Step::Command(command) => {
                found.commands += 1;
                let (one, other) = both(&script::words(&command.text, &kept), &command.input);
                if let Some(name) = command.save {
                    std::fs::write(folder.path().join(&name), &one.stdout)
                        .unwrap_or_else(|error| panic!("{name}: {error}"));
                    terminal.file(&name, &other.stdout);
                }
                if let Some(name) = command.keep {
                    kept.insert(name, one.stdout.trim_end().to_owned());
                }
            }
            Step::Formats(text) => {
                found.commands += 1;
                found.in_all_formats += 1;
                for format in FORMATS {
                    let mut words = script::words(&text, &kept);
                    words.extend(["--output".to_owned(), format.to_owned()]);
                    both(&words, "");
                }
            }
        }
    }
    found
}

/// In words, how the two differ; `None` if they do not.
fn told(real: &Printed, ours: &Printed) -> Option<String> {
    let mut told = String::new();
    if real.status != ours.status {
        let _ = writeln!(told, "  exit code: the real one {}, ours {}", real.status, ours.status);
    }
    for (what, one, other) in [
        ("standard output", &real.stdout, &ours.stdout),
        ("standard error", &real.stderr, &ours.stderr),
    ] {
        let (one, other) = (of_any_year(&without_tokens(one)), of_any_year(&without_tokens(other)));
        if one != other {
            let _ = writeln!(told, "  {what} differs:\n{}", difference(&one, &other));
        }
    }
    (!told.is_empty()).then_some(told)
}

/// A skeleton in YAML, but for what the real one says of each parameter, which is AWS's text, and what changes with the year
/// of the models: the values of an enumeration.
fn without_sentences(skeleton: &str) -> String {
    let lines = skeleton.lines().map(|line| {
        let (line, note) = line.split_once('#').unwrap_or((line, ""));
        let required = if note.starts_with(" [REQUIRED]") {
            " # [REQUIRED]"
        } else {
            ""
        };
        format!("{}{required}\n", line.trim_end())
    });
    lines.collect()
}

/// What was printed, but for idempotency tokens, which each side draws for itself: UUIDs, random ones (version 4) or made by
/// a rule (8).
fn without_tokens(printed: &str) -> String {
    let bytes = printed.as_bytes();
    let drawn = |at: usize| {
        let digits = |from: usize, count: usize| {
            let part = bytes.get(at + from..at + from + count).unwrap_or_default();
            part.len() == count && part.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        };
        let hyphens = [8, 13, 18, 23];
        hyphens.iter().all(|place| bytes.get(at + place) == Some(&b'-'))
            && matches!(bytes.get(at + 14), Some(b'4' | b'8'))
            && [(0, 8), (9, 4), (14, 4), (19, 4), (24, 12)]
                .iter()
                .all(|(from, count)| digits(*from, *count))
    };
    let mut out = String::with_capacity(printed.len());
    let mut skip = 0;
    for (at, c) in printed.char_indices() {
        if at < skip {
            continue;
        }
        if drawn(at) {
            out.push_str("a token of thirty-six signs, as drawn");
            skip = at + 36;
        } else {
            out.push(c);
        }
    }
    out
}

/// What was printed, but for what changes with the year of the models: the list of all operations where one is not known.
fn of_any_year(printed: &str) -> String {
    let choices = "argument operation: Invalid choice, valid choices are:\n";
    match (printed.find(choices), printed.find("Invalid choice: '")) {
        (Some(start), Some(end)) if start < end => {
            let before = printed.get(..start + choices.len()).unwrap_or_default();
            format!("{before}...\n{}", printed.get(end..).unwrap_or_default())
        }
        (Some(start), None) => printed.get(..start + choices.len()).unwrap_or_default().to_owned(),
        _ => printed.to_owned(),
    }
}
