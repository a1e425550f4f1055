//! "Show as": the texts that the page shows for a call run as they stand, the command by the real AWS CLI, the program by boto3,
//! each against a world of its own; and both have then heard the same calls, which made the same things.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use stratus_aws::real::Real;
use stratus_aws::script::{self, Step};
use stratus_aws::terminal::Terminal;
use stratus_classroom::File;
use stratus_engine::history::Call;
use stratus_engine::{Engine, Options as WorldOptions};
use stratus_model::{Name, Structure, field};
use stratus_serve::arguments::Options;
use stratus_serve::start_with;
use stratus_shell::{Language, ShownCall, show, tray_file};

/// Scenarios whose calls are shown: between them, launches, networks, groups with rules, volumes, snapshots, records.
const SCENARIOS: [(&str, &str); 4] = [
    (
        "web-server",
        include_str!("../../static/scenarios/web-server.stratus.json"),
    ),
    (
        "public-private",
        include_str!("../../static/scenarios/public-private.stratus.json"),
    ),
    (
        "snapshot-restore",
        include_str!("../../static/scenarios/snapshot-restore.stratus.json"),
    ),
    ("three-tier", include_str!("../scenarios/three-tier.stratus.json")),
];

/// A scenario's world.
fn opened(scenario: &str) -> Engine {
    let opened = File::from_text(scenario).and_then(|file| file.open());
    opened.unwrap_or_else(|error| panic!("{error}")).engine
}

/// The worlds that a file of commands leaves, one for each of its resets, with what its variables stand for there.
fn worlds(text: &str) -> Vec<Engine> {
    let mut terminal = Terminal::new();
    let (mut kept, mut worlds) = (BTreeMap::new(), Vec::new());
    for (_, step) in script::read(text) {
        match step {
            Step::Reset => {
                worlds.push(terminal.engine().clone());
                terminal.reset();
                kept.clear();
            }
            Step::File(name, content) => terminal.file(&name, &content),
            Step::Command(command) => {
                let printed = terminal.run_alone(&script::words(&command.text, &kept), &command.input);
                if let Some(name) = command.save {
                    terminal.file(&name, &printed.stdout);
                }
                if let Some(name) = command.keep {
                    kept.insert(name, printed.stdout.trim_end().to_owned());
                }
            }
            Step::Formats(text) => {
                terminal.run_alone(&script::words(&text, &kept), "");
            }
        }
    }
    worlds.push(terminal.engine().clone());
    worlds
}

/// A call as it is shown, and the file that its text reads.
struct Shown {
    text: String,
    file: Option<(String, Vec<u8>)>,
}

/// A world's calls in one language.
fn shown(engine: &Engine, language: Language) -> Vec<Shown> {
    let text = |call: &Call| Shown {
        text: show(
            language,
            ShownCall {
                region: call.region,
                service: call.service.name,
                operation: call.operation.name,
                params: &call.params,
            },
        ),
        file: tray_file(&call.params).map(|(name, bytes)| (name, bytes.into_owned())),
    };
    calls(engine).iter().map(text).collect()
}

fn endpoint(world: WorldOptions) -> stratus_serve::Quiet {
    start_with(Options {
        world,
        ..Options::default()
    })
}

/// The calls that an endpoint has heard, from its log.
fn heard(server: &stratus_serve::Quiet) -> Vec<Call> {
    let answer = server.send(b"GET /_stratus/log HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    let text = String::from_utf8_lossy(&answer).into_owned();
    let log = text.split_once("\r\n\r\n").map(|(_, body)| body).unwrap_or_default();
    calls(&opened(log))
}

/// The calls of a world that have a text: those of our own service have none in Python, where AWS has no such calls.
fn calls(engine: &Engine) -> Vec<Call> {
    let calls = engine.history().nodes().iter().filter_map(|node| node.call.as_deref());
    calls.filter(|call| call.service.name != "stratus").cloned().collect()
}

/// What both tools give of their own to calls that do without.
const ADDED: [Name; 11] = [
    field::BODY,
    field::CLIENT_TOKEN,
    field::CONTENT_LENGTH,
    field::CHECKSUM_ALGORITHM,
    field::CHECKSUM_CRC32,
    field::CHECKSUM_CRC64_NVME,
    field::CHECKSUM_CRC32_C,
    field::CHECKSUM_SHA256,
    field::CONTENT_MD5,
    field::DESTINATION_REGION,
    field::PRESIGNED_URL,
];

/// Whether what was heard is other than what was told, but for what a tool has added and the tokens that each draws.
fn differs(told: &Call, heard: &Call) -> bool {
    let params = |call: &Call| -> Structure {
        let of_both = |name: Name| name != field::CLIENT_TOKEN && told.params.get(name).is_some();
        let kept = call
            .params
            .iter()
            .filter(|(name, _)| !ADDED.contains(name) || of_both(*name));
        kept.map(|(name, value)| (name, value.clone())).collect()
    };
    (told.region, told.service.name, told.operation.name, params(told))
        != (heard.region, heard.service.name, heard.operation.name, params(heard))
}

fn by_the_cli(name: &str, world: &Engine) -> Vec<Call> {
    let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("no folder: {error}"));
    let server = endpoint(world.world().options.clone());
    let (key, secret) = server.administrator();
    let mut real = Real::start(folder.path(), &server.endpoint(), (&key, &secret));
    let mut failures = String::new();
    for Shown { text, file } in shown(world, Language::AwsCli) {
        if let Some((name, bytes)) = file {
            std::fs::write(folder.path().join(&name), bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
        let words = stratus_shell::split(&text).unwrap_or_else(|why| panic!("{text}: {why}"));
        let printed = real.run(words.get(1..).unwrap_or_default(), "");
        if printed.status != 0 {
            failures += &format!("{text}\n{}\n", printed.stderr);
        }
    }
    assert!(failures.is_empty(), "{name}:\n{failures}");
    heard(&server)
}

fn by_boto3(name: &str, world: &Engine) -> Vec<Call> {
    let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("no folder: {error}"));
    let server = endpoint(world.world().options.clone());
    let (key, secret) = server.administrator();
    let mut program = String::new();
    for Shown { text, file } in shown(world, Language::Boto3) {
        // The file of a text that reads one, made just before.
        if let Some((name, bytes)) = file {
            program += &format!("with open({name:?}, 'wb') as file:\n    file.write(bytes({bytes:?}))\n");
        }
        program += &text;
        program += "\n";
    }
    let script = folder.path().join("shown.py");
    std::fs::write(&script, &program).unwrap_or_else(|error| panic!("{error}"));
    let output = Command::new(stratus_tasks::python::interpreter())
        .arg(&script)
        .current_dir(folder.path())
        .envs([
            ("AWS_ENDPOINT_URL", server.endpoint().as_str()),
            ("AWS_ACCESS_KEY_ID", &key),
            ("AWS_SECRET_ACCESS_KEY", &secret),
            ("AWS_CONFIG_FILE", "/nowhere"),
        ])
        .output()
        .unwrap_or_else(|error| panic!("{error}; `cargo verify` installs what this test needs"));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name}: {told}\n{program}");
    heard(&server)
}

#[test]
fn what_is_shown_runs_and_does_the_same_in_both_languages() {
    for (name, scenario) in SCENARIOS {
        assert!(
            same_in_both(name, &opened(scenario)).len() > 1,
            "{name}: nothing was done"
        );
    }
}

/// Every call that the commands of the comparison with the real CLI leave in a timeline.
#[test]
fn what_the_terminal_did_is_shown_so_that_it_runs() {
    let mut shown = BTreeSet::new();
    for (name, text) in script::files() {
        for world in worlds(&text) {
            shown.extend(same_in_both(&name, &world));
        }
    }
    println!("{} operations", shown.len());
    assert!(!script::wanted().is_empty() || shown.len() > 200, "{shown:?}");
}

/// The operations of a world's calls, each heard from both tools as the world was told it.
fn same_in_both(name: &str, world: &Engine) -> Vec<String> {
    let told = calls(world);
    for (tool, heard) in [("aws", by_the_cli(name, world)), ("boto3", by_boto3(name, world))] {
        for (told, heard) in told.iter().zip(&heard) {
            let (operation, told_params, heard_params) = (told.operation.name, &told.params, &heard.params);
            assert!(
                !differs(told, heard),
                "{name}, {tool}: told {operation}\n{told_params:?}\nand heard\n{heard_params:?}"
            );
        }
        assert_eq!(heard.len(), told.len(), "{name}, {tool}");
    }
    let operation = |call: &Call| format!("{}.{}", call.service.name, call.operation.name);
    told.iter().map(operation).collect()
}
