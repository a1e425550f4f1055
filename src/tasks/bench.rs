//! `cargo tasks bench`: what was measured beside what was promised. Runs the benchmarks of all crates, weighs the bundle
//! and times the first load; judges nothing, because times depend on the machine. Only the bundle's budget is a check.

use std::collections::BTreeMap;
use std::ffi::OsString;

use crate::failure::{Context, Outcome, failed};
use crate::{bundle, chromium, machine, tools};

const HELP: &str = "\
usage: cargo tasks bench [--no-browser]

Prints the budget table: measured, budget, ratio. Weighs and loads dist/ (`trunk build --release`).

  --no-browser   without the first load in Chromium
";

/// A row of the budget table.
struct Row {
    /// What the benchmark calls it in its line `measured NAME VALUE`.
    name: &'static str,
    text: &'static str,
    unit: &'static str,
    /// None: measured for information.
    budget: Option<f64>,
}

const fn row(name: &'static str, text: &'static str, unit: &'static str, budget: f64) -> Row {
    Row {
        name,
        text,
        unit,
        budget: Some(budget),
    }
}

const fn fact(name: &'static str, text: &'static str, unit: &'static str) -> Row {
    Row {
        name,
        text,
        unit,
        budget: None,
    }
}

/// Milliseconds of a frame, at 55 frames a second.
const FRAME: f64 = 1000.0 / 55.0;

/// Microseconds of an answer, at 200,000 a second.
const DNS_ANSWER: f64 = 1e6 / 200_000.0;

/// The budgets of the design that can be measured, in the order in which they are printed.
const ROWS: [Row; 72] = [
    row("bundle-brotli", "first visit, brotli", "bytes", bundle::BUDGET as f64),
    row(
        "wasm-brotli",
        "program alone, brotli",
        "bytes",
        bundle::WASM_BUDGET as f64,
    ),
    fact("bundle-raw", "first visit, raw", "bytes"),
    fact("later-brotli", "later part of the program, brotli", "bytes"),
    fact("first-contentful-paint", "first paint, 10 Mbit/s, 40 ms away", "ms"),
    row("interactive", "interactive, 10 Mbit/s, 40 ms away", "ms", 1000.0),
    row(
        "browser-call-write",
        "a call that writes, through window.stratus",
        "ms",
        50.0,
    ),
    row(
        "map-pan-dots-1000",
        "map of 1,000 instances: a frame, as dots",
        "ms",
        FRAME,
    ),
    row(
        "map-pan-lines-1000",
        "map of 1,000 instances: a frame, as lines",
        "ms",
        FRAME,
    ),
    row(
        "map-pan-whole-1000",
        "map of 1,000 instances: a frame, as cards",
        "ms",
        FRAME,
    ),
    fact("map-zoom-1000", "map of 1,000 instances: the slowest zoom", "ms"),
    fact(
        "browser-reachability-100",
        "reachability of all pairs, 100, in the browser",
        "s",
    ),
    row(
        "browser-reachability-1000",
        "reachability of all pairs, 1,000, in the browser",
        "s",
        1.0,
    ),
    fact("browser-reachability-3000", "the same, 3,000 instances", "s"),
    fact("browser-survey-100", "survey in the browser, 100 instances", "s"),
    fact("browser-survey-1000", "survey in the browser, 1,000 instances", "s"),
    fact("browser-survey-3000", "survey in the browser, 3,000 instances", "s"),
    fact(
        "browser-survey-own-groups-100",
        "the same, each in a group of its own, 100",
        "s",
    ),
    fact(
        "browser-survey-own-groups-1000",
        "the same, each in a group of its own, 1,000",
        "s",
    ),
    fact(
        "browser-survey-own-groups-3000",
        "the same, each in a group of its own, 3,000",
        "s",
    ),
    row("call-write-100", "a call that writes, 100 resources", "µs", 50.0),
    row("call-write-10000", "a call that writes, 10,000 resources", "µs", 50.0),
    fact("trace-10", "a traced path, 10 instances", "µs"),
    row("trace-1000", "a traced path, 1,000 instances", "µs", 10.0),
    fact("trace-10000", "a traced path, 10,000 instances", "µs"),
    row(
        "trace-growth",
        "a traced path: 10,000 instances against 10",
        "times",
        1.5,
    ),
    fact("trace-bytes", "memory, a traced path with all its words", "kB"),
    row(
        "reachability-1000",
        "reachability of all pairs, 1,000 instances",
        "s",
        1.0,
    ),
    fact("survey-100", "survey of all pairs and ports, 100 instances", "s"),
    row(
        "survey-1000",
        "survey of all pairs and ports, 1,000 instances",
        "s",
        1.0,
    ),
    fact("survey-3000", "survey of all pairs and ports, 3,000 instances", "s"),
    fact("survey-100-bytes", "memory, a survey of 100 instances", "MB"),
    fact("survey-1000-bytes", "memory, a survey of 1,000 instances", "MB"),
    fact("survey-3000-bytes", "memory, a survey of 3,000 instances", "MB"),
    fact(
        "survey-own-groups-100-bytes",
        "the same, each in a group of its own, 100",
        "MB",
    ),
    fact(
        "survey-own-groups-1000-bytes",
        "the same, each in a group of its own, 1,000",
        "MB",
    ),
    fact(
        "survey-own-groups-3000-bytes",
        "the same, each in a group of its own, 3,000",
        "MB",
    ),
    fact(
        "survey-own-groups-100",
        "the same, each in a group of its own, 100",
        "s",
    ),
    fact(
        "survey-own-groups-1000",
        "the same, each in a group of its own, 1,000",
        "s",
    ),
    fact(
        "survey-own-groups-3000",
        "the same, each in a group of its own, 3,000",
        "s",
    ),
    fact("fixes-1000", "what would mend a path, 1,000 instances", "ms"),
    fact(
        "fixes-growth",
        "what would mend a path: 10,000 instances against 1,000",
        "times",
    ),
    fact(
        "fixes-ordered-1000",
        "these in the order of what they open, 1,000 instances",
        "ms",
    ),
    fact("close-1000", "what would block a path, 1,000 instances", "ms"),
    row("days-30", "30 simulated days, 1,000 instances", "s", 1.0),
    row("dns-answer", "a DNS answer, 10,000 records", "µs", 1.0),
    fact("dns-answer-weighted", "a DNS answer by lot, 10,000 records", "µs"),
    fact("dns-answer-alias", "a DNS answer by an alias, 10,000 records", "µs"),
    fact("dns-answer-nxdomain", "NXDOMAIN, 10,000 records", "µs"),
    fact("dns-wire", "a DNS question in bytes to its reply in bytes", "µs"),
    row(
        "browser-dns-answer",
        "a DNS answer in the browser, 10,000 records",
        "µs",
        DNS_ANSWER,
    ),
    fact(
        "browser-dns-answer-weighted",
        "a DNS answer by lot in the browser, 10,000 records",
        "µs",
    ),
    fact(
        "dns-resolved-cached",
        "a resolver's cached answer, with its words",
        "µs",
    ),
    fact("health-30-days", "30 quiet days of 200 health checks", "ms"),
    row("undo-10000", "undo, 10,000 past states", "ms", 16.7),
    row("scrub-10000", "jump to any of 10,000 past states", "ms", 16.7),
    fact("snapshot-1tib", "snapshot of 1 TiB, 100,000 written blocks", "ms"),
    fact("restore-1tib", "restore of it", "ms"),
    fact("block-map-1tib", "block map of it, two million blocks", "ms"),
    row(
        "block-map-frame",
        "a frame of that map, scrubbed or zoomed",
        "ms",
        FRAME,
    ),
    row(
        "browser-block-map-frame",
        "a frame of a million blocks, drawn in the browser",
        "ms",
        FRAME,
    ),
    fact("memory-block", "memory, a written block in 50,000 runs", "bytes"),
    fact("memory-block-full", "memory, a block of 512 KiB of its own", "bytes"),
    fact("memory-block-line", "memory, a block with a line of text", "bytes"),
    fact(
        "memory-block-shared",
        "the same in a snapshot and a volume of it",
        "bytes",
    ),
    row("memory-10000", "memory, 10,000 resources and states", "MB", 150.0),
    row("link-web-server", "link to web-server", "characters", 1000.0),
    row("link-public-private", "link to public-private", "characters", 1000.0),
    row(
        "link-snapshot-restore",
        "link to snapshot-restore",
        "characters",
        1000.0,
    ),
    row("link-classic-and-vpc", "link to classic-and-vpc", "characters", 1000.0),
    row("link-empty", "link to empty", "characters", 1000.0),
    row("link-three-tier", "link to a three-tier VPC", "characters", 1000.0),
];

/// What was measured, by name.
type Measured = BTreeMap<String, f64>;

/// The command: runs everything and prints the table.
pub fn run(arguments: Vec<OsString>) -> Outcome {
    use lexopt::prelude::*;
    let mut browser = true;
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("no-browser") => browser = false,
            Long("help") | Short('h') => {
                print!("{HELP}");
                return Ok(());
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let mut measured = engine()?;
    measured.extend(weights()?);
    if browser {
        measured.extend(first_load()?);
        measured.extend(in_the_browser()?);
    }
    print!("\n{}", table(&measured));
    Ok(())
}

/// The benchmarks that run natively, and the bundle: printed as a table.
pub fn native_table() -> Outcome<String> {
    let mut measured = engine()?;
    measured.extend(weights()?);
    print!("\n{}", table(&measured));
    Ok(format!("{} numbers", measured.len()))
}

/// The first load in Chromium: printed as a table.
pub fn browser_table() -> Outcome<String> {
    let mut measured = first_load()?;
    measured.extend(in_the_browser()?);
    print!("\n{}", table(&measured));
    Ok(match measured.get("interactive") {
        Some(time) => format!("interactive after {time:.0} ms"),
        None => String::new(),
    })
}

/// Every `[[bench]]` of the workspace. Each prints lines `measured NAME VALUE`, with a name and the unit from the table.
fn engine() -> Outcome<Measured> {
    let mut metadata = machine::cargo();
    metadata.args(["metadata", "--no-deps", "--locked", "--format-version", "1"]);
    let text = machine::answer(&mut metadata).unwrap_or_default();
    let metadata: serde_json::Value = serde_json::from_str(&text).context("cargo metadata cannot be read")?;
    let mut measured = Measured::new();
    for (package, bench) in benches(&metadata) {
        let mut command = machine::cargo();
        command.args(["bench", "--quiet", "--locked", "--package", &package, "--bench", &bench]);
        println!("$ {}", machine::shown(&command));
        let output = command.output().context("cannot run cargo")?;
        if !output.status.success() {
            return failed(format!("{bench} failed:\n{}", String::from_utf8_lossy(&output.stderr)));
        }
        measured.extend(read(&String::from_utf8_lossy(&output.stdout)));
    }
    Ok(measured)
}

/// The packages and their benchmarks, in what `cargo metadata` says.
fn benches(metadata: &serde_json::Value) -> Vec<(String, String)> {
    let text = |value: &serde_json::Value, key| value.get(key).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
    let list = |value: &serde_json::Value, key| value.get(key).and_then(|v| v.as_array()).cloned().unwrap_or_default();
    let mut found = Vec::new();
    for package in list(metadata, "packages") {
        for target in list(&package, "targets") {
            if list(&target, "kind").iter().any(|kind| kind == "bench") {
                found.push((text(&package, "name"), text(&target, "name")));
            }
        }
    }
    found
}

fn weights() -> Outcome<Measured> {
    let bundle = bundle::measure(&machine::dist())?;
    let raw: u64 = bundle.parts.iter().map(|part| part.raw).sum();
    let (_, later) = bundle::weigh_later()?;
    let weights = [
        ("later-brotli", later),
        ("bundle-brotli", bundle.total()),
        ("wasm-brotli", bundle.wasm()),
        ("bundle-raw", raw),
    ];
    Ok(weights
        .into_iter()
        .map(|(name, bytes)| (name.to_owned(), bytes as f64))
        .collect())
}

fn first_load() -> Outcome<Measured> {
    // So that it is served in brotli.
    bundle::measure(&machine::dist())?;
    let mut command = machine::cargo();
    command.args([
        "run",
        "--quiet",
        "--locked",
        "--package",
        "stratus-browser",
        "--",
        "first-load",
    ]);
    let output = command.output().context("cannot run cargo")?;
    let text = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        return failed(format!(
            "the first load failed:\n{text}{}",
            String::from_utf8_lossy(&output.stderr)
        ));
    }
    Ok(read(&text))
}

/// Surveys of all sizes and DNS answers in Chromium, by the program that a release of the page has.
fn in_the_browser() -> Outcome<Measured> {
    let mut measured = wasm_test("survey_browser")?;
    measured.extend(wasm_test("names_browser")?);
    Ok(measured)
}

/// What a wasm test of the engine says of its speed.
fn wasm_test(test: &str) -> Outcome<Measured> {
    let mut command = machine::cargo();
    command.args(["test", "--release", "--locked", "--target", tools::WASM]);
    command.args(["--package", "stratus-engine", "--test", test, "--", "--nocapture"]);
    command.env("SURVEY_INSTANCES", "all");
    chromium::runs_wasm(&mut command)?;
    println!("$ {}", machine::shown(&command));
    let output = command.output().context("cannot run cargo")?;
    let text = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        let error = String::from_utf8_lossy(&output.stderr);
        return failed(format!("{test} in the browser failed:\n{text}{error}"));
    }
    Ok(read(&text))
}

/// The lines `measured NAME VALUE` of a benchmark's output; others are its own affair.
fn read(output: &str) -> Measured {
    let line = |line: &str| {
        let mut words = line.trim_start().strip_prefix("measured ")?.split_whitespace();
        let (name, value) = (words.next()?, words.next()?);
        Some((
            name.to_owned(),
            value.parse().ok().filter(|value: &f64| value.is_finite())?,
        ))
    };
    output.lines().filter_map(line).collect()
}

fn table(measured: &Measured) -> String {
    let mut lines = vec![format!("{:<46} {:>14} {:>12} {:>8}", "", "measured", "budget", "ratio")];
    for Row {
        name,
        text,
        unit,
        budget,
    } in &ROWS
    {
        let Some(value) = measured.get(*name) else { continue };
        let value_text = format!("{} {unit}", number(*value));
        lines.push(match budget {
            Some(budget) => {
                let over = if value > budget { "  over" } else { "" };
                format!(
                    "{text:<46} {value_text:>14} {:>12} {:>8.2}{over}",
                    number(*budget),
                    value / budget
                )
            }
            None => format!("{text:<46} {value_text:>14}"),
        });
    }
    for (name, value) in measured
        .iter()
        .filter(|(name, _)| !ROWS.iter().any(|row| row.name == name.as_str()))
    {
        lines.push(format!("{name:<46} {:>14}", number(*value)));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// Few digits, but the ones that count.
fn number(value: f64) -> String {
    match value.abs() {
        large if large >= 100.0 => format!("{value:.0}"),
        middle if middle >= 1.0 => format!("{value:.1}"),
        _ => format!("{value:.3}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measurements_are_read_from_among_other_lines() {
        let measured =
            read("warming up\nmeasured call-write-100 12.5\nmeasured broken x\nmeasured odd NaN\nmeasured\n");
        assert_eq!(measured, Measured::from([("call-write-100".to_owned(), 12.5)]));
    }

    #[test]
    fn the_table_has_a_ratio_where_there_is_a_budget_and_says_what_is_over() {
        let text = table(&Measured::from([
            ("call-write-100".to_owned(), 12.5),
            ("undo-10000".to_owned(), 33.4),
            ("own".to_owned(), 0.5),
        ]));
        let line = |part: &str| {
            text.lines()
                .find(|line| line.contains(part))
                .unwrap_or_default()
                .to_owned()
        };
        assert!(
            line("100 resources").contains("12.5 µs") && line("100 resources").ends_with("0.25"),
            "{text}"
        );
        assert!(line("undo").ends_with("2.00  over"), "{text}");
        assert!(line("own").ends_with("0.500"), "{text}");
        assert!(!text.contains("trace"), "{text}");
    }

    #[test]
    fn benchmarks_are_found_in_what_cargo_says() {
        let metadata = serde_json::json!({ "packages": [{ "name": "a", "targets": [
            { "kind": ["lib"], "name": "a" }, { "kind": ["bench"], "name": "speed" },
        ]}]});
        assert_eq!(benches(&metadata), [("a".to_owned(), "speed".to_owned())]);
    }
}
