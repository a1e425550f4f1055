//! The real `dig`, `nslookup` and `host` against the DNS port of `cargo serve`, and the terminal's on an equal world: standard
//! output, standard error and exit code are the same, for every line of `dig.txt`. What differs by nature is left out of both:
//! ids, times, and where the server is.

use std::net::SocketAddr;
use std::process::Command;
use stratus_aws::difference;
use stratus_engine::catalog::Region;
use stratus_engine::{Engine, Options as WorldOptions};
use stratus_model::{Structure, field};
use stratus_serve::arguments::Options;
use stratus_serve::pace::Pace;
use stratus_serve::{Quiet, start_with};
use stratus_shell::{Session, Shell};

const COMMANDS: &str = include_str!("dig.txt");
const ZONE: &str = include_str!("dig.zone");
/// What `names.txt` holds, for `-f`.
const NAMES: &str = "\
# a remark, which is passed over

www.example.com
; a remark
example.com CAA +nostats

alias.example.com +noall +answer
www.example.com www.example.com www.example.com www.example.com www.example.com www.example.com www.example.com \
www.example.com www.example.com www.example.com www.example.com www.example.com www.example.com mail.example.com
";

/// The world of both: one zone, filled from a file.
fn engine() -> Engine {
    let mut engine = Engine::new(WorldOptions::default());
    let zone = Structure::new()
        .with(field::NAME, "example.com")
        .with(field::CALLER_REFERENCE, "1");
    let made = engine.call(Region::US_EAST_1, "route53", "CreateHostedZone", zone);
    let made = made.unwrap_or_else(|error| panic!("{error}"));
    let id = made
        .structure(field::HOSTED_ZONE)
        .and_then(|zone| zone.text(field::ID))
        .unwrap_or_default()
        .to_owned();
    let import = Structure::new()
        .with(field::HOSTED_ZONE_ID, id)
        .with(field::ZONE_FILE, ZONE);
    for (operation, params) in [
        ("ImportZone", import),
        ("AdvanceClock", Structure::new().with(field::SECONDS, 120.0)),
    ] {
        let done = engine.call(Region::US_EAST_1, "stratus", operation, params);
        done.unwrap_or_else(|error| panic!("{operation}: {error}"));
    }
    engine
}

fn post(server: &Quiet, head: &str, body: &str) -> String {
    let text = format!(
        "POST {head}\r\nhost: 127.0.0.1\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let answer = server.send(text.as_bytes());
    let answer = String::from_utf8_lossy(&answer).into_owned();
    assert!(answer.starts_with("HTTP/1.1 20"), "{head}: {answer}");
    answer
}

/// The endpoint, with the same calls made.
fn server() -> Quiet {
    let server = start_with(Options {
        lenient: true,
        pace: Pace::Manual,
        dns_port: Some(0),
        ..Options::default()
    });
    let zone = "<CreateHostedZoneRequest xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\"><Name>example.com</Name>\
                <CallerReference>1</CallerReference></CreateHostedZoneRequest>";
    let made = post(&server, "/2013-04-01/hostedzone HTTP/1.1", zone);
    let id = made
        .split_once("<Id>/hostedzone/")
        .and_then(|(_, rest)| rest.split_once('<'))
        .map(|(id, _)| id.to_owned())
        .unwrap_or_else(|| panic!("no zone: {made}"));
    let import = serde_json::json!({"HostedZoneId": id, "ZoneFile": ZONE}).to_string();
    let head = "/ HTTP/1.1\r\nx-amz-target: Stratus_20250303.ImportZone\r\ncontent-type: application/x-amz-json-1.1";
    post(&server, head, &import);
    post(&server, "/_stratus/advance?seconds=120 HTTP/1.1", "");
    server
}

/// The real command asks this port.
fn aimed(words: &[&str], at: SocketAddr) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let (address, port) = (at.ip().to_string(), at.port().to_string());
    match words {
        ["dig", rest @ ..] => {
            out.extend(["dig".into(), format!("@{address}"), "-p".into(), port]);
            out.extend(rest.iter().map(|word| (*word).to_owned()));
        }
        ["nslookup", rest @ ..] => {
            out.extend(["nslookup".into(), format!("-port={port}")]);
            out.extend(rest.iter().map(|word| (*word).to_owned()));
            out.push(address);
        }
        ["host", rest @ ..] => {
            out.extend(["host".into(), "-p".into(), port]);
            out.extend(rest.iter().map(|word| (*word).to_owned()));
            out.push(address);
        }
        _ => panic!("{words:?} is none of the three"),
    }
    out
}

/// Lines of which only the beginning is the same.
const VARYING: [&str; 7] = [
    "query_time:",
    "response_time:",
    "response_address:",
    "response_port:",
    "id:",
    "COOKIE:",
    "; COOKIE:",
];

/// What differs by nature goes.
fn level(text: &str) -> String {
    let mut out = String::new();
    let mut skipped = 0;
    for line in text.lines() {
        // `host` says which server it was told to ask.
        if line == "Using domain server:" {
            skipped = 5;
        }
        if skipped > 0 {
            skipped -= 1;
            continue;
        }
        let starts = |prefix: &str| line.starts_with(prefix);
        if starts("; (1 server found)") {
            continue;
        }
        let kept = if starts("; <<>> DiG ") {
            let words: Vec<&str> = line.split(' ').collect();
            let aim = words.iter().position(|word| word.starts_with('@'));
            let words = words
                .iter()
                .enumerate()
                .filter(|(at, _)| aim.is_none_or(|aim| *at < aim || *at > aim + 2));
            // The version is that of the machine.
            words
                .filter(|(at, _)| *at != 3)
                .map(|(_, word)| *word)
                .collect::<Vec<_>>()
                .join(" ")
        } else if starts(";; ->>HEADER<<-") {
            line.split(", id: ").next().unwrap_or_default().to_owned()
        } else if starts(";; Query time:") {
            ";; Query time:".into()
        } else if starts(";; SERVER:") {
            format!(";; SERVER: {}", line.rsplit(' ').next().unwrap_or_default())
        } else if starts(";; WHEN:") {
            ";; WHEN:".into()
        } else if starts("Server:") || starts("Address:\t") {
            line.split('\t').next().unwrap_or_default().to_owned()
        } else if starts("Nameserver ") {
            "Nameserver".into()
        } else if let Some((before, _)) = line.split_once(" from server ") {
            before.to_owned()
        } else if let (Some((before, _)), true) = (line.split_once(" bytes from "), line.contains("Received ")) {
            before.to_owned()
        } else if let Some(key) = VARYING.iter().find(|key| line.trim_start().starts_with(*key)) {
            (*key).to_owned()
        } else {
            line.to_owned()
        };
        out.push_str(kept.trim_end());
        out.push('\n');
    }
    out
}

#[test]
fn the_terminal_prints_what_the_real_ones_print() {
    let server = server();
    let at = server.dns().unwrap_or_else(|| panic!("no DNS port"));
    let mut engine = engine();
    let mut shell = Shell::new(Session::new(Region::US_EAST_1));
    let folder = std::env::temp_dir().join(format!("stratus-dig-{}", std::process::id()));
    let made = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(folder.join("names.txt"), NAMES));
    made.unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let written = shell.session.tray.write("names.txt", NAMES.into());
    written.unwrap_or_else(|error| panic!("{error}"));
    let (mut faults, mut count) = (String::new(), 0);
    for line in COMMANDS
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        count += 1;
        let words: Vec<&str> = line.split_whitespace().collect();
        let real = aimed(&words, at);
        let done = Command::new(&real[0])
            .args(&real[1..])
            .current_dir(&folder)
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("LANG", "C.UTF-8")
            .env("TZ", "UTC")
            .output()
            .unwrap_or_else(|error| {
                panic!(
                    "{}: {error}; `cargo verify` installs it (Debian: apt-get install --yes bind9-dnsutils)",
                    real[0]
                )
            });
        let ours = shell.run(line, &mut engine);
        let text = |bytes: &[u8]| level(&String::from_utf8_lossy(bytes));
        for (what, real, ours) in [
            ("standard output", text(&done.stdout), level(&ours.stdout)),
            ("standard error", text(&done.stderr), level(&ours.stderr)),
            (
                "exit code",
                done.status.code().unwrap_or(-1).to_string(),
                ours.status.to_string(),
            ),
        ] {
            if real != ours {
                faults.push_str(&format!("{line}: {what} differs:\n{}\n", difference(&real, &ours)));
            }
        }
    }
    let _ = std::fs::remove_dir_all(&folder);
    println!("{count} commands");
    assert!(faults.is_empty(), "\n{faults}");
}
