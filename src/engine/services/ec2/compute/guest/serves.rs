//! Which commands serve, and where they listen: `python3 -m http.server 8000`, `docker run -p 80:8080 …`.
//!
//! Ports are the programs' own defaults unless the command says otherwise. Knows no guest and no world.

use super::software::{TCP, UDP, listener};
use super::words::{port_range, strip};
use crate::world::compute::Listener;

/// What a command that serves listens on.
pub(super) fn serves(all: &[String]) -> Vec<Listener> {
    let words = strip(all);
    let Some((program, rest)) = words.split_first() else {
        return Vec::new();
    };
    let name = program.rsplit('/').next().unwrap_or(program);
    let number = |text: &str| {
        text.rsplit(':')
            .next()
            .and_then(|port| port.parse::<u16>().ok())
            .filter(|port| *port > 0)
    };
    let after = |flags: &[&str]| {
        rest.iter().enumerate().find_map(|(at, word)| {
            let joined = flags.iter().find_map(|flag| word.strip_prefix(&format!("{flag}=")));
            joined.map(str::to_owned).or_else(|| {
                flags
                    .contains(&word.as_str())
                    .then(|| rest.get(at + 1).cloned())
                    .flatten()
            })
        })
    };
    let port = |flags: &[&str], default: u16| after(flags).and_then(|text| number(&text)).unwrap_or(default);
    let last = rest.iter().rev().find_map(|word| number(word));
    let one = |port: u16| vec![listener(TCP, port, name)];
    match name {
        "python" | "python2" | "python3"
            if rest
                .iter()
                .any(|word| word == "http.server" || word == "SimpleHTTPServer") =>
        {
            one(last.unwrap_or(8000))
        }
        "python" | "python2" | "python3" if rest.iter().any(|word| word.ends_with(".py")) => one(5000),
        "flask" => one(port(&["-p", "--port"], 5000)),
        "gunicorn" => one(port(&["-b", "--bind"], 8000)),
        "uvicorn" => one(port(&["--port"], 8000)),
        "php" if rest.iter().any(|word| word == "-S") => one(port(&["-S"], 8000)),
        "node" | "nodejs" if rest.iter().any(|word| word.ends_with(".js")) => one(3000),
        "npm" | "yarn" if rest.iter().any(|word| word == "start") => one(3000),
        "nc" | "ncat" | "netcat" => {
            let listens = rest
                .iter()
                .any(|word| word.starts_with('-') && !word.starts_with("--") && word.contains('l'))
                || rest.iter().any(|word| word == "--listen");
            let protocol = if rest
                .iter()
                .any(|word| word.starts_with('-') && !word.starts_with("--") && word.contains('u'))
            {
                UDP
            } else {
                TCP
            };
            last.filter(|_| listens)
                .map(|port| listener(protocol, port, name))
                .into_iter()
                .collect()
        }
        "socat" => rest
            .iter()
            .filter_map(|word| {
                word.to_ascii_uppercase()
                    .strip_prefix("TCP")
                    .and_then(|word| Some(word.split_once("LISTEN:")?.1.to_owned()))
            })
            .filter_map(|word| word.split(',').next()?.parse().ok())
            .map(|port| listener(TCP, port, name))
            .collect(),
        "busybox" if rest.first().is_some_and(|word| word == "httpd") => one(port(&["-p"], 80)),
        "redis-server" => one(port(&["--port"], 6379)),
        "memcached" => one(port(&["-p"], 11211)),
        "mongod" => one(port(&["--port"], 27017)),
        "nginx" | "httpd" | "apache2" => one(80),
        "caddy" => one(80),
        "mysqld" => one(port(&["--port"], 3306)),
        "java" if rest.iter().any(|word| word == "-jar") => one(port(&["--server.port"], 8080)),
        "docker" | "podman" => published(rest),
        _ => Vec::new(),
    }
}

/// `docker run -d -p 80:8080 -p 127.0.0.1:9000:9000/tcp image`
fn published(rest: &[String]) -> Vec<Listener> {
    if !rest.iter().any(|word| word == "run") {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (at, word) in rest.iter().enumerate() {
        let joined = word
            .strip_prefix("--publish=")
            .or_else(|| word.strip_prefix("-p").filter(|tail| !tail.is_empty()));
        let spec = joined.or_else(|| {
            matches!(word.as_str(), "-p" | "--publish")
                .then(|| rest.get(at + 1).map(String::as_str))
                .flatten()
        });
        let Some(spec) = spec else { continue };
        let (ports, proto) = spec.split_once('/').unwrap_or((spec, "tcp"));
        let parts: Vec<&str> = ports.split(':').collect();
        // Published to the loopback only: nobody else can reach it.
        let (host, loopback) = match parts.as_slice() {
            [address, host, _] => (*host, address.starts_with("127.")),
            [host, _] => (*host, false),
            _ => continue,
        };
        if let (Some((low, high)), false) = (port_range(host), loopback) {
            let protocol = if proto == "udp" { UDP } else { TCP };
            found.extend(
                (low..=high)
                    .take(100)
                    .map(|port| listener(protocol, port, "docker-proxy")),
            );
        }
    }
    found
}
