//! "Show as": the texts that the page shows for a call run as they stand, the command by the real AWS CLI, the program by boto3,
//! each against a world of its own; and both have then heard the same calls, which made the same things.

use serde_json::Value as Json;
use std::process::Command;
use stratus_aws::real::Real;
use stratus_classroom::File;
use stratus_engine::Options as WorldOptions;
use stratus_serve::arguments::Options;
use stratus_serve::start_with;
use stratus_shell::{Language, ShownCall, show};

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

/// The texts of a scenario's calls, in one language, and what its world begins with. Calls of our own service have no text in
/// Python: AWS has no such calls.
fn texts(scenario: &str, language: Language) -> (WorldOptions, Vec<String>) {
    let opened = File::from_text(scenario).and_then(|file| file.open());
    let engine = opened.unwrap_or_else(|error| panic!("{error}")).engine;
    let calls = engine.history().nodes().iter().filter_map(|node| node.call.clone());
    let shown = calls.filter(|call| call.service.name != "stratus").map(|call| {
        let call = ShownCall {
            region: call.region,
            service: call.service.name,
            operation: call.operation.name,
            params: &call.params,
        };
        show(language, call)
    });
    (engine.world().options.clone(), shown.collect())
}

fn endpoint(world: WorldOptions) -> stratus_serve::Quiet {
    start_with(Options {
        world,
        ..Options::default()
    })
}

/// The calls that an endpoint's log holds, with what they made. Without the tokens that both tools draw for calls that have
/// none.
fn log(server: &stratus_serve::Quiet) -> Vec<Json> {
    let answer = server.send(b"GET /_stratus/log HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    let text = String::from_utf8_lossy(&answer).into_owned();
    let body = text.split_once("\r\n\r\n").map(|(_, body)| body).unwrap_or_default();
    let mut file: Json = serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {text}"));
    let Some(Json::Array(calls)) = file.get_mut("calls").map(Json::take) else {
        panic!("a log has calls: {text}");
    };
    let without_token = |mut call: Json| {
        if let Some(Json::Object(params)) = call.get_mut("params") {
            params.remove("ClientToken");
        }
        call
    };
    calls.into_iter().map(without_token).collect()
}

fn by_the_cli(name: &str, scenario: &str) -> Vec<Json> {
    let (world, texts) = texts(scenario, Language::AwsCli);
    let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("no folder: {error}"));
    let server = endpoint(world);
    let (key, secret) = server.administrator();
    let mut real = Real::start(folder.path(), &server.endpoint(), (&key, &secret));
    for text in &texts {
        let words = stratus_shell::split(text).unwrap_or_else(|why| panic!("{text}: {why}"));
        let printed = real.run(words.get(1..).unwrap_or_default(), "");
        assert_eq!(printed.status, 0, "{name}: {text}\n{}", printed.stderr);
    }
    log(&server)
}

fn by_boto3(name: &str, scenario: &str) -> Vec<Json> {
    let (world, texts) = texts(scenario, Language::Boto3);
    let server = endpoint(world);
    let (key, secret) = server.administrator();
    let output = Command::new(stratus_tasks::python::interpreter())
        .args(["-c", &texts.join("\n")])
        .envs([
            ("AWS_ENDPOINT_URL", server.endpoint().as_str()),
            ("AWS_ACCESS_KEY_ID", &key),
            ("AWS_SECRET_ACCESS_KEY", &secret),
            ("AWS_CONFIG_FILE", "/nowhere"),
        ])
        .output()
        .unwrap_or_else(|error| panic!("{error}; `cargo verify` installs what this test needs"));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name}: {told}\n{}", texts.join("\n"));
    log(&server)
}

#[test]
fn what_is_shown_runs_and_does_the_same_in_both_languages() {
    for (name, scenario) in SCENARIOS {
        let (one, other) = (by_the_cli(name, scenario), by_boto3(name, scenario));
        assert_eq!(one, other, "{name}: the two have not heard the same");
        assert!(one.len() > 1, "{name}: nothing was done");
    }
}
