//! Messages as text: `*.wire` below this folder. A file has sections:
//!
//! ```text
//! == what is shown
//! # where AWS documents it
//! ---- request
//! POST / HTTP/1.1
//! host: ec2.us-east-1.amazonaws.com
//!
//! Action=StopInstances&Version=2016-11-15&InstanceId.1=i-0123456789abcdef0
//! ---- call
//! ec2 StopInstances in Ec2Query
//! {"InstanceIds":["i-0123456789abcdef0"]}
//! ---- answer
//! {"StoppingInstances":[]}
//! ---- response
//! HTTP 200
//! …
//! ---- error
//! IncorrectInstanceState 400 Why not.
//! ---- response
//! HTTP 400
//! …
//! ```
//! `call` is what the request is read as; `refusal` stands there for one that is refused. Each `answer` and `error` has its
//! `response` after it. A body in bytes is written `hex: 8081…`. `UPDATE_EXPECT=1` writes what was found.

use serde_json::Value as Json;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use stratus_model::{Value, json};
use stratus_wire::{Error, Request, Response, Routed, Speech, decode, encode_answer, encode_error, route};

const ID: &str = "5f6c1c1e-0000-4000-8000-000000000001";

fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text
        .chars()
        .filter_map(|c| c.to_digit(16))
        .map(|digit| digit as u8)
        .collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}

fn hex(bytes: &[u8]) -> String {
    stratus_wire::sigv4::hex(bytes)
}

fn parse(text: &str) -> Request {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut lines = head.lines();
    let mut first = lines.next().unwrap().split(' ');
    let (method, target) = (first.next().unwrap(), first.next().unwrap());
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let headers = lines.map(|line| {
        let (name, value) = line.split_once(':').unwrap();
        (name.to_string(), value.trim().to_string())
    });
    let body = body.trim_end_matches('\n');
    Request {
        method: method.to_string(),
        path: path.to_string(),
        query: query.to_string(),
        headers: headers.collect(),
        body: body
            .strip_prefix("hex: ")
            .map_or_else(|| body.as_bytes().to_vec(), unhex),
    }
}

fn shown(response: &Response) -> String {
    let mut text = format!("HTTP {}\n", response.status);
    for (name, value) in response.headers.iter() {
        let _ = writeln!(text, "{name}: {value}");
    }
    if !response.body.is_empty() {
        text.push('\n');
        match std::str::from_utf8(&response.body) {
            // One element a line is easier to read than what is sent.
            Ok(body) if body.starts_with('<') => text.push_str(&body.replace("><", ">\n<")),
            Ok(body) if !body.chars().any(|c| c.is_control() && c != '\n') => text.push_str(body),
            _ => {
                let _ = write!(text, "hex: {}", hex(&response.body));
            }
        }
        text.push('\n');
    }
    text
}

/// What is known after a request: how it is answered.
enum Asked {
    Routed(Box<Routed>),
    Refused(Speech),
}

fn read(request: &Request) -> (Asked, String) {
    let routed = match route(request) {
        Ok(routed) => routed,
        Err(refusal) => {
            let response = encode_error(&refusal.speech, &refusal.error, ID);
            return (
                Asked::Refused(refusal.speech),
                format!("---- refusal\n{}", shown(&response)),
            );
        }
    };
    match decode(&routed, request) {
        Ok(input) => {
            let (service, operation) = (routed.service, routed.operation);
            let input = operation.input.map_or_else(
                || "{}".to_string(),
                |shape| json::to_json(service, shape, &Value::Structure(input)).to_string(),
            );
            let region = routed
                .region
                .as_deref()
                .map_or(String::new(), |region| format!(", {region}"));
            let call = format!(
                "---- call\n{} {} in {:?}{region}\n{input}\n",
                service.name, operation.name, routed.speech.codec
            );
            (Asked::Routed(Box::new(routed)), call)
        }
        Err(error) => {
            let response = encode_error(&routed.speech, &error, ID);
            let refusal = format!("---- refusal\n{}", shown(&response));
            (Asked::Refused(routed.speech), refusal)
        }
    }
}

fn answered(asked: &Asked, text: &str) -> String {
    let Asked::Routed(routed) = asked else {
        panic!("an answer to what is refused")
    };
    let json: Json = serde_json::from_str(text).unwrap();
    let output = match routed.operation.output {
        Some(shape) => json::from_json(routed.service, shape, &json).unwrap(),
        None => Value::Structure(stratus_model::Structure::new()),
    };
    shown(&encode_answer(routed, output.as_structure().unwrap(), ID))
}

fn failed(asked: &Asked, text: &str) -> String {
    let speech = match asked {
        Asked::Routed(routed) => &routed.speech,
        Asked::Refused(speech) => speech,
    };
    let mut lines = text.trim().lines();
    let mut words = lines.next().unwrap().splitn(3, ' ');
    let (code, status) = (
        words.next().unwrap().to_string(),
        words.next().unwrap().parse().unwrap(),
    );
    let mut error = Error::new(code, status, words.next().unwrap_or_default());
    for detail in lines {
        let (name, value) = detail.split_once(": ").unwrap();
        error = error.with(name.to_string(), value);
    }
    shown(&encode_error(speech, &error, ID))
}

/// The file as it should be.
fn told(text: &str) -> String {
    let mut out = String::new();
    let mut asked = None;
    let mut kind = String::new();
    let mut block = String::new();
    let mut finish = |kind: &str, block: &str, out: &mut String| {
        let block = &(block.trim_end().to_string() + "\n");
        match kind {
            "request" => {
                let (found, call) = read(&parse(block));
                asked = Some(found);
                let _ = write!(out, "---- request\n{block}{call}");
            }
            "answer" => {
                let response = answered(asked.as_ref().unwrap(), block);
                let _ = write!(out, "---- answer\n{block}---- response\n{response}");
            }
            "error" => {
                let response = failed(asked.as_ref().unwrap(), block);
                let _ = write!(out, "---- error\n{block}---- response\n{response}");
            }
            // What is found takes their place.
            "call" | "refusal" | "response" => {}
            _ => out.push_str(block.trim_start()),
        }
    };
    for line in text.lines() {
        if line.starts_with("== ") || line.starts_with("---- ") {
            finish(&kind, &block, &mut out);
            block.clear();
            kind = line.strip_prefix("---- ").unwrap_or_default().to_string();
            if line.starts_with("== ") {
                if !out.is_empty() {
                    out = out.trim_end().to_string() + "\n\n";
                }
                let _ = writeln!(block, "{line}");
            }
            continue;
        }
        let _ = writeln!(block, "{line}");
    }
    finish(&kind, &block, &mut out);
    out.trim_end().to_string() + "\n"
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/wire");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries
        .filter(|path| path.extension().is_some_and(|it| it == "wire"))
        .collect();
    files.sort();
    files
}

#[test]
fn messages_are_read_and_written_as_told() {
    let files = files();
    assert!(files.len() >= 5, "{}", files.len());
    let mut differing = Vec::new();
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        let told = told(&text);
        if told == text {
            continue;
        }
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&path, &told).unwrap();
        }
        let line = text.lines().zip(told.lines()).position(|(one, other)| one != other);
        let line = line.unwrap_or(text.lines().count().min(told.lines().count()));
        differing.push(format!(
            "{}:{}\n  told:  {}\n  found: {}",
            path.display(),
            line + 1,
            text.lines().nth(line).unwrap_or_default(),
            told.lines().nth(line).unwrap_or_default()
        ));
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}
