//! Sessions of the terminal's shell, as texts: what is typed and what it prints. `bash.sh-story` was recorded from bash
//! itself (`record.py` beside it), the others say what the documentation of the programs says.
//!
//! `=== title` begins a session in a new world. `$ ` is typed (`> ` its further lines), `| ` is standard output, `! ` is
//! standard error, `= 1` is the exit status where it is not 0. `\` at the end of a line: no line end follows. After `? ` Tab
//! is pressed; `+ ` is what it offers.
//! `UPDATE_EXPECT=1` writes down what is printed now: read it before you believe it.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests may panic, and read the environment"
)]

mod filters;

use std::fs;
use std::path::{Path, PathBuf};
use stratus_engine::catalog::Region;
use stratus_engine::{Engine, Options};
use stratus_model::{Structure, field};
use stratus_shell::{Output, Reached, Running, Session, Shell};

#[test]
fn sessions_print_what_they_are_told() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/shell");
    let only = std::env::var("STORY").unwrap_or_default();
    let update = std::env::var("UPDATE_EXPECT").is_ok_and(|value| value == "1");
    let mut paths = Vec::new();
    collect(&root, &mut paths);
    paths.sort();
    let mut faults = Vec::new();
    for path in paths.iter().filter(|path| path.to_string_lossy().contains(&only)) {
        let text = fs::read_to_string(path).unwrap();
        let told = play(&text, &path.display().to_string(), &mut faults);
        if update && told != text {
            fs::write(path, told).unwrap();
        }
    }
    assert!(faults.is_empty(), "{} faults:\n\n{}", faults.len(), faults.join("\n"));
}

fn collect(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "sh-story") {
            out.push(path);
        }
    }
}

fn fresh() -> (Shell, Engine) {
    (
        Shell::new(Session::new(Region::US_EAST_1)),
        Engine::new(Options::default()),
    )
}

fn play(text: &str, name: &str, faults: &mut Vec<String>) -> String {
    let (mut shell, mut engine) = fresh();
    let mut told = String::new();
    let mut lines = text.lines().enumerate().peekable();
    while let Some((at, line)) = lines.next() {
        told.push_str(line);
        told.push('\n');
        if line.starts_with("=== ") {
            (shell, engine) = fresh();
        }
        if let Some(line) = line.strip_prefix("? ") {
            let mut expected = String::new();
            while let Some((_, line)) = lines.next_if(|(_, line)| line.starts_with("+ ")) {
                expected.push_str(line);
                expected.push('\n');
            }
            let offered = offered(&shell, &engine, line);
            if offered != expected {
                faults.push(format!(
                    "{name}:{}: ? {line}\nexpected:\n{expected}offered:\n{offered}",
                    at + 1
                ));
            }
            told.push_str(&offered);
            continue;
        }
        let Some(typed) = line.strip_prefix("$ ") else {
            continue;
        };
        let mut typed = typed.to_owned();
        let expects = |line: &str| {
            ["| ", "! ", "= ", "> "].iter().any(|mark| line.starts_with(mark)) || matches!(line, "|" | "!" | ">")
        };
        let mut expected = String::new();
        while let Some((_, line)) = lines.next_if(|(_, line)| expects(line)) {
            match line.strip_prefix('>') {
                Some(more) if expected.is_empty() => {
                    typed.push('\n');
                    typed.push_str(more.strip_prefix(' ').unwrap_or(more));
                    told.push_str(line);
                    told.push('\n');
                }
                _ => {
                    expected.push_str(line);
                    expected.push('\n');
                }
            }
        }
        let printed = written(&shell.run(&typed, &mut engine));
        if printed != expected {
            faults.push(format!(
                "{name}:{}: $ {typed}\nexpected:\n{expected}printed:\n{printed}",
                at + 1
            ));
        }
        told.push_str(&printed);
    }
    told
}

/// What Tab offers at the end of a line: the first few, each with the word on it.
fn offered(shell: &Shell, engine: &Engine, line: &str) -> String {
    let completion = shell.complete(line, line.len(), engine);
    let mut text = String::new();
    for candidate in completion.candidates.iter().take(6) {
        let gap = if candidate.about.is_empty() { "" } else { "  " };
        let more = if candidate.whole { "" } else { "…" };
        text.push_str(&format!("+ {}{more}{gap}{}\n", candidate.text, candidate.about));
    }
    if completion.candidates.len() > 6 {
        text.push_str(&format!("+ … {} more\n", completion.candidates.len() - 6));
    }
    text
}

fn written(output: &Output) -> String {
    let mut text = String::new();
    for (mark, stream) in [('|', &output.stdout), ('!', &output.stderr)] {
        for line in stream.split_inclusive('\n') {
            let (line, end) = line.strip_suffix('\n').map_or((line, "\\"), |line| (line, ""));
            let gap = if line.is_empty() && end.is_empty() { "" } else { " " };
            text.push_str(&format!("{mark}{gap}{line}{end}\n"));
        }
    }
    if output.status != 0 {
        text.push_str(&format!("= {}\n", output.status));
    }
    text
}

#[test]
fn every_text_ends() {
    let (mut shell, mut engine) = fresh();
    for text in [
        "f() { f; }; f",
        "f() { f | f; }; f",
        "f() { f; f; f; }; f & f",
        "f() { echo $(f); }; f",
        "f() { while :; do f; done; }; f",
        "f(",
        "f()",
        "f() {",
        "f() f",
        "function",
        "function {",
        "case",
        "case x",
        "case x in",
        "case x in x",
        "case x in )",
        "case x in x) ;;; esac",
        &"case x in x) ".repeat(5_000),
        &"f() { ".repeat(5_000),
        "[[",
        "[[ ]]",
        "[[ a",
        "[[ a ==",
        "[[ && ]]",
        "[[ ! ]]",
        "[[ -z ]]",
        "[[ ( a ]]",
        "[[ x =~ (((( ]]",
        &format!("[[ {} a ]]", "( ".repeat(5_000)),
        &format!("[[ {} a ]]", "! ".repeat(5_000)),
        "echo {1..99999999999} {a..z..0} {-9223372036854775808..9223372036854775807}",
        &format!("echo {}", "{a,b}".repeat(40)),
        &format!("echo {}", "{a,".repeat(5_000)),
        "x=a; echo ${x: ${x:0 ${x/ ${x// ${x^ ${x,,",
        "x=abc; echo ${x:-9223372036854775808} ${x:9223372036854775807:9223372036854775807} ${x: -9223372036854775807:-9}",
        "x=aaaa; echo ${x//*/b} ${x//a/aa} ${x/#/b} ${x//}",
        "!!",
        "!",
        "!!!!!!!!",
        "!-99999999999999999999",
        "seq 1 100000 | xargs -n 1 xargs",
        "echo a | xargs -n 0; echo a | xargs -n; echo \\' | xargs; xargs -I",
        "set -e; set -u; set -x; echo $nothing; set +eux",
        "shift 99; local x; return; set -- a b; shift 5",
        "IFS=; read a b <<< 'x y'; IFS=xy; echo $IFS",
        "while true; do :; done",
        "while true; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done",
        "x=a; while true; do x=$x$x; done",
        "echo $(while true; do echo x; done)",
        "eval 'eval \"eval ls\"'",
        "f=loop; echo 'source loop' > loop; source loop",
        "seq 1 99999999999",
        "printf '%99999999d' 1",
        &"(".repeat(5_000),
        &"$(".repeat(5_000),
        &"`".repeat(5_000),
        &"${x:-".repeat(5_000),
        &"$((".repeat(5_000),
        &"echo $((".chars().chain("(".repeat(5_000).chars()).collect::<String>(),
        &"if ".repeat(5_000),
        &"! ".repeat(50_000),
        "grep '(a*)*b' <<< aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "echo a{1,2} \u{0} \u{fffd} \\",
        "<<",
        "<<<",
        ">",
        "2>&9",
        "9>x",
        "${",
        "${}",
        "${x",
        "$((",
        "$(",
        "`",
        "\"",
        "'",
        "\\",
        "&",
        "&&",
        "|",
        "||",
        ";;",
        "for",
        "for x",
        "for x in",
        "{",
        "}",
        "done",
        "echo ${x:-${y:-${z:-a}}}",
        "export =",
        "unset",
        "read",
        "read 1",
        "test (",
        "[ ( ]",
        "[ a -o",
        "cut",
        "tr",
        "sort -k",
        "head -n",
        "base64 -d <<< '*'",
        "date -d @99999999999999999999",
        "date -d '99999999999 weeks'",
        "sleep 1e300",
        "sleep -1",
        "aws",
        "aws s3",
        "aws s3 cp",
        "stratus",
        "aws s3 presign s3://",
        "ls /",
        "ls ../..",
        "rm -rf /",
        "cat .",
        "echo > .",
        "echo > ..",
        "echo > /",
    ] {
        let output = shell.run(text, &mut engine);
        assert!(output.stdout.len() + output.stderr.len() <= 64 << 20, "{text}");
        Shell::is_incomplete(text);
    }
}

#[test]
fn an_open_text_waits_for_more() {
    for text in [
        "echo 'a",
        "echo \"a",
        "echo $(a",
        "echo a |",
        "a &&",
        "for x in 1 2; do",
        "if true",
        "cat <<EOF\na",
        "{ a",
        "(a",
        "echo \\",
        "while true",
        "echo `a",
        "echo ${a",
        "f() {",
        "f()",
        "case x in",
        "case x in a) echo",
        "[[ a ==",
    ] {
        assert!(Shell::is_incomplete(text), "{text}");
    }
    for text in [
        "",
        "echo a",
        "echo )",
        "do",
        "cat <<EOF\na\nEOF",
        "echo \\\na",
        "a &",
        "for 1",
    ] {
        assert!(!Shell::is_incomplete(text), "{text}");
    }
}

/// Texts in which time passes: run at once, and with a pause at each advance of the clock.
const PAUSING: &[&str] = &[
    "sleep 2h; date",
    "date; sleep 2h; date; sleep 1d; date",
    "a=$(date +%H; sleep 3h; date +%H); echo $a",
    "for i in 1 2 3; do sleep 2h; date +%T; done | tail -n 2",
    "echo one > f; sleep 2h; cat f; echo two >> f; sleep 2h; cat f",
    "id=$(aws ec2 create-volume --availability-zone us-east-1a --size 8 --query VolumeId --output text); sleep 2h; aws ec2 describe-volumes --volume-ids $id --query 'Volumes[].State' --output text; aws ec2 delete-volume --volume-id $id; sleep 5h; aws ec2 describe-volumes --volume-ids $id; echo $?",
    "aws ec2 run-instances --image-id resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64 --instance-type t3.micro --query 'Instances[].ClientToken' --output text; sleep 2h; aws ec2 run-instances --image-id resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64 --instance-type t3.micro --query 'Instances[].ClientToken' --output text",
    "stratus advance-clock --seconds 7200; date; stratus advance-clock --seconds 5",
    "if sleep 2h; then echo slept; else echo not; fi; sleep -1; echo $?",
    "x=1; (x=2; sleep 2h; echo $x); echo $x; nothing_here; sleep 2h && echo end",
    "cat <<END | while read n; do sleep $n; date +%T; done\n7200\n7201\nEND",
];

#[test]
fn a_text_that_pauses_does_the_same() {
    for text in PAUSING {
        let (mut shell, mut engine) = fresh();
        let whole = shell.run(text, &mut engine);
        let (other, mut cloud) = fresh();
        let mut running = Running::new(other, (*text).to_owned());
        let mut pauses = 0;
        let (after, output) = loop {
            match running.go(&mut cloud, &|params| {
                params.double(field::SECONDS).is_some_and(|span| span >= 3600.0)
            }) {
                Reached::End(shell, output) => break (shell, output),
                Reached::Pause { params, shell, output } => {
                    pauses += 1;
                    assert_eq!((shell.status, output.status), (130, 130), "{text}");
                    assert!(
                        whole.stdout.starts_with(&output.stdout) || text.contains('|'),
                        "{text}: {}",
                        output.stdout
                    );
                    running.answered(engine_call(&mut cloud, params));
                }
            }
        };
        assert!(pauses > 0, "{text}");
        assert_eq!(output, whole, "{text}");
        assert_eq!(after.history, shell.history, "{text}");
        assert_eq!(after.variables, shell.variables, "{text}");
        assert!(after.session.tray == shell.session.tray, "{text}");
        assert_eq!(cloud.digest(), engine.digest(), "{text}");
    }
}

fn engine_call(engine: &mut Engine, params: Structure) -> Result<Structure, stratus_engine::Error> {
    engine.call(Region::US_EAST_1, "stratus", "AdvanceClock", params)
}

#[test]
fn what_is_stopped_in_a_pause_keeps_what_it_did() {
    let (shell, mut engine) = fresh();
    let text = "a=1; echo before; sleep 2h; a=2; echo after";
    let reached = Running::new(shell, text.to_owned()).go(&mut engine, &|_| true);
    let Reached::Pause { shell, output, .. } = reached else {
        panic!("it does not pause");
    };
    assert_eq!(
        (output.stdout.as_str(), output.stderr.as_str(), output.status),
        ("before\n", "", 130)
    );
    assert_eq!(shell.variable("a").as_deref(), Some("1"));
    assert_eq!(shell.variable("?").as_deref(), Some("130"));
    assert_eq!(shell.history, [text]);
}
