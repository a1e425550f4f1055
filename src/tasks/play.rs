//! `cargo play`: from a fresh machine to the page in a browser. Opens nothing and listens on the loopback address only.

use std::ffi::OsString;
use std::net::TcpListener;

use crate::failure::{Context, Failure, Outcome};
use crate::site::Site;
use crate::{machine, tools};

const HELP: &str = "\
usage: cargo play [--port N] [--release] [--watch]

Builds the page and serves it on 127.0.0.1. What is missing (the wasm target, Trunk, wasm-bindgen) is built first, once.

  --port N         the port to serve on (default 8080)
  --release        build it small and fast, as it is published (takes a few minutes)
  --watch          build again when a source file changes; reload the page by hand
  --no-autoreload  accepted and without effect: the page is never reloaded behind your back
";

#[derive(Debug, PartialEq, Eq)]
struct Options {
    port: u16,
    release: bool,
    watch: bool,
}

/// None: help was asked for.
fn parse(arguments: Vec<OsString>) -> Outcome<Option<Options>> {
    use lexopt::prelude::*;
    let mut options = Options {
        port: 8080,
        release: false,
        watch: false,
    };
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("port") => options.port = port(&parser.value()?)?,
            Long("release") => options.release = true,
            Long("watch") => options.watch = true,
            Long("no-autoreload") => {}
            Long("help") | Short('h') => return Ok(None),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Some(options))
}

fn port(value: &OsString) -> Outcome<u16> {
    match value.to_str().and_then(|text| text.parse().ok()) {
        Some(port) if port > 0 => Ok(port),
        _ => Err(Failure::Usage(format!(
            "--port wants a number from 1 to 65535, not {value:?}"
        ))),
    }
}

/// Builds the page and serves it until the process is ended.
pub fn run(arguments: Vec<OsString>) -> Outcome {
    let Some(options) = parse(arguments)? else {
        print!("{HELP}");
        return Ok(());
    };
    // First, so that nobody waits for a build to learn it.
    let listener = listen(options.port)?;
    tools::build_page(options.release)?;
    let site = Site::new(machine::dist(), "/").serve(listener)?;
    println!("\nStratus is at {}  (Ctrl+C ends it)", site.address());
    if options.watch {
        let mut trunk = tools::command("trunk")?;
        trunk.arg("watch").env_remove("NO_COLOR");
        if options.release {
            trunk.arg("--release");
        }
        return machine::run(&mut trunk);
    }
    site.wait()
}

fn listen(port: u16) -> Outcome<TcpListener> {
    match TcpListener::bind(("127.0.0.1", port)) {
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            let other = if port == u16::MAX { 8080 } else { port + 1 };
            Err(Failure::Failed(format!(
                "port {port} on 127.0.0.1 is in use. End the program that has it, or use another: cargo play --port {other}"
            )))
        }
        result => result.context(format_args!("cannot listen on 127.0.0.1:{port}")),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn parsed(text: &str) -> Outcome<Option<Options>> {
        parse(text.split_whitespace().map(OsString::from).collect())
    }

    #[test]
    fn options_are_read_in_both_spellings() {
        assert_eq!(
            parsed(""),
            Ok(Some(Options {
                port: 8080,
                release: false,
                watch: false
            }))
        );
        let all = Options {
            port: 9000,
            release: true,
            watch: true,
        };
        assert_eq!(parsed("--port 9000 --release --watch --no-autoreload"), Ok(Some(all)));
        assert_eq!(
            parsed("--port=9000"),
            Ok(Some(Options {
                port: 9000,
                release: false,
                watch: false
            }))
        );
        assert_eq!(parsed("--help"), Ok(None));
    }

    #[test]
    fn what_cannot_be_understood_is_a_usage_error() {
        for text in ["--port", "--port zero", "--port 0", "--port 65536", "--prot 1", "8080"] {
            assert!(matches!(parsed(text), Err(Failure::Usage(_))), "{text}");
        }
    }

    #[test]
    fn a_port_in_use_names_the_next_step() {
        let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let Err(Failure::Failed(text)) = listen(port) else {
            panic!("port {port} was given twice")
        };
        assert!(text.contains("cargo play --port"), "{text}");
    }
}
