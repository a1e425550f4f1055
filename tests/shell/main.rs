//! What the `aws` command prints before anything reaches a service: command lines in `*.cmd`, each with what the AWS CLI
//! 2.9.19 itself printed for it. So an expectation is never re-recorded from our own output.
//!
//! `$ aws …` is a command; what follows is its standard output, its standard error behind `! `, its exit code behind `= `.
//! `@file NAME CONTENT` puts a file into the tray (`\n` is a line's end). `#` begins a remark.

use std::path::{Path, PathBuf};
use stratus_engine::catalog::Region;
use stratus_engine::{Engine, Options};
use stratus_shell::{Output, Session};

fn scripts() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/shell");
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "cmd"));
    paths.sort();
    paths
}

/// As it stands in a script.
fn written(line: &str, output: &Output) -> String {
    let mut text = format!("{line}\n{}", output.stdout);
    if !output.stderr.is_empty() {
        for line in output.stderr.split('\n') {
            text.push_str(format!("! {line}").trim_end_matches(' '));
            text.push('\n');
        }
    }
    text.push_str(&format!("= {}\n", output.status));
    text
}

fn check(path: &Path) -> Vec<String> {
    let script = std::fs::read_to_string(path).expect("a script");
    let mut engine = Engine::new(Options::default());
    let mut session = Session::new(Region::US_EAST_1);
    let mut wrong = Vec::new();
    let mut lines = script.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some((name, content)) = line.strip_prefix("@file ").and_then(|rest| rest.split_once(' ')) {
            session
                .tray
                .insert(name.to_owned(), content.replace("\\n", "\n").into_bytes());
        }
        let Some(command) = line.strip_prefix("$ ") else {
            continue;
        };
        let mut expected = format!("{line}\n");
        for line in lines.by_ref() {
            expected.push_str(&format!("{line}\n"));
            if line.starts_with("= ") {
                break;
            }
        }
        let found = written(line, &session.run(&mut engine, command));
        if found != expected {
            wrong.push(format!("--- expected\n{expected}--- found\n{found}"));
        }
    }
    wrong
}

#[test]
fn prints_what_the_aws_cli_prints() {
    let wrong: Vec<String> = scripts().iter().flat_map(|path| check(path)).collect();
    assert!(
        wrong.is_empty(),
        "{} commands differ\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// Every operation of every service, by its name in the CLI.
#[test]
fn every_operation_has_help_and_a_skeleton() {
    let mut engine = Engine::new(Options::default());
    let mut session = Session::new(Region::US_EAST_1);
    let mut count = 0;
    for service in stratus_model::model().services() {
        let word = if service.name == "s3" { "s3api" } else { service.name };
        for operation in service.operations() {
            let name = stratus_model::cli_name(operation.name);
            if service.name == "ec2" && matches!(name.as_str(), "import-instance" | "import-volume") {
                continue;
            }
            let help = session.run(&mut engine, &format!("aws {word} {name} help"));
            assert!(
                help.status == 0 && help.stdout.contains(operation.name),
                "{word} {name}"
            );
            if help.stdout.contains("--generate-cli-skeleton") {
                let line = format!("aws {word} {name} --generate-cli-skeleton");
                let json = session.run(&mut engine, &line);
                assert!(
                    json.status == 0 && json.stdout.starts_with('{'),
                    "{line}: {}",
                    json.stderr
                );
                let yaml = session.run(&mut engine, &format!("{line} yaml-input"));
                assert_eq!(yaml.status, 0, "{line} yaml-input");
            }
            count += 1;
        }
        for line in [format!("aws {word} help"), format!("aws {word} wait help")] {
            let help = session.run(&mut engine, &line);
            assert!(help.status == 0 || service.waiters().is_empty(), "{line}");
        }
    }
    assert!(count > 800);
    // Each word that `aws help` lists has help of its own, and so have its commands where no model lists them.
    let top = session.run(&mut engine, "aws help").stdout;
    let commands = top
        .split("COMMANDS\n")
        .nth(1)
        .and_then(|rest| rest.split("\n\n").next());
    let commands: Vec<&str> = commands.expect("a list of commands").lines().map(str::trim).collect();
    assert!(
        commands.contains(&"s3") && commands.contains(&"configure"),
        "{commands:?}"
    );
    let own = [
        "s3 ls",
        "s3 cp",
        "s3 mv",
        "s3 rm",
        "s3 sync",
        "s3 mb",
        "s3 rb",
        "s3 presign",
        "s3 website",
    ];
    let more = [
        "configure list",
        "configure get",
        "configure set",
        "configure list-profiles",
    ];
    for word in commands.into_iter().chain(own).chain(more) {
        let help = session.run(&mut engine, &format!("aws {word} help"));
        assert!(
            help.status == 0 && (help.stdout.contains(&format!("aws {word}")) || help.stdout.contains("NAME")),
            "{word}: {}{}",
            help.stdout,
            help.stderr
        );
    }
}

/// What is set acts, and is shown.
#[test]
fn a_profile_is_kept() {
    let mut engine = Engine::new(Options::default());
    let mut session = Session::new(Region::US_EAST_1);
    let mut run = |line: &str| session.run(&mut engine, line);
    assert_eq!(run("aws configure get region").status, 1);
    assert_eq!(run("aws configure set region eu-west-1").status, 0);
    assert_eq!(run("aws configure set output text --profile other").status, 0);
    assert_eq!(run("aws configure get region").stdout, "eu-west-1\n");
    assert_eq!(run("aws configure get profile.other.output").stdout, "text\n");
    assert_eq!(run("aws configure list-profiles").stdout, "default\nother\n");
    let zones = "aws ec2 describe-availability-zones --query AvailabilityZones[0].RegionName";
    assert_eq!(run(zones).stdout, "\"eu-west-1\"\n");
    // A profile signs with keys of its own; those of the terminal may be put there.
    let keyless = run(&format!("{zones} --profile other"));
    assert_eq!(keyless.status, 253, "{}", keyless.stderr);
    for name in ["aws_access_key_id", "aws_secret_access_key"] {
        let key = run(&format!("aws configure get {name}")).stdout;
        assert_eq!(
            run(&format!("aws configure set {name} {} --profile other", key.trim())).status,
            0
        );
    }
    assert_eq!(run(&format!("{zones} --profile other")).stdout, "us-east-1\n");
    assert_eq!(
        run("aws configure set aws_access_key_id AKIAIOSFODNN7EXAMPLE --profile other").status,
        0
    );
    assert_eq!(run(&format!("{zones} --profile other")).status, 255);
    // What makes no call but signs wants keys, too, and the default profile's own go before those of the terminal.
    assert_eq!(run("aws configure set region us-east-1 --profile bare").status, 0);
    assert_eq!(run("aws s3 presign s3://bucket/key --profile bare").status, 253);
    assert_eq!(run("aws s3 presign s3://bucket/key").status, 0);
    assert_eq!(
        run("aws configure set aws_access_key_id AKIAIOSFODNN7EXAMPLE").status,
        0
    );
    assert_eq!(run(zones).status, 255);
    assert_eq!(run("aws configure set aws_access_key_id ''").status, 0);
    assert_eq!(run(zones).status, 0);
}

/// Whatever stands in a YAML file, the command says what it makes of it, soon.
#[test]
fn every_yaml_text_is_read_or_refused() {
    const PIECES: [&str; 32] = [
        "a",
        ":",
        " ",
        "\n",
        "- ",
        "[",
        "]",
        "{",
        "}",
        "&x ",
        "*x",
        "!!int ",
        "!!binary ",
        "|",
        ">-",
        "'",
        "\"",
        "#",
        "%",
        "? ",
        "<<",
        "\t",
        "---\n",
        "...",
        "1",
        "é",
        "\u{feff}",
        ",",
        "\\",
        "  ",
        "2025-01-01",
        "\r\n",
    ];
    let mut engine = Engine::new(Options::default());
    let mut session = Session::new(Region::US_EAST_1);
    let mut tried = |text: String| {
        session.tray.insert("t.yaml".to_owned(), text.clone().into_bytes());
        let output = session.run(
            &mut engine,
            "aws sts get-access-key-info --cli-input-yaml file://t.yaml",
        );
        assert!(matches!(output.status, 252 | 254 | 255), "{text:?}: {output:?}");
    };
    let mut seed = 1_u64;
    for _ in 0..20_000 {
        let mut text = String::new();
        let mut draw = |below: usize| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % below
        };
        for _ in 0..=draw(16) {
            text.push_str(PIECES[draw(PIECES.len())]);
        }
        tried(text);
    }
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..30 {
        let before = format!("*a{}, ", level - 1).repeat(9);
        bomb.push_str(&format!("a{level}: &a{level} [{before}]\n"));
    }
    for text in [
        bomb,
        "[".repeat(100_000),
        "{a: ".repeat(100_000),
        "- ".repeat(100_000),
        "? ".repeat(100_000),
        "a: &a [*a]".into(),
        "&a {<<: *a}".into(),
        "x".repeat(1 << 20),
        "a: 1\n".repeat(50_000),
    ] {
        tried(text);
    }
}
