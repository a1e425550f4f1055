//! `dig`, `nslookup` and `host` at the terminal: the engine's programs, which ask as a laptop on the Internet does, or as who the
//! variable `ASK_FROM` (or `dig -b`) names: an instance, a Region, a city, an address.

use super::run::{Halt, Run};
use super::streams::{Input, Printed};
use std::net::IpAddr;
use stratus_engine::base::error::Error;
use stratus_engine::base::time::Time;
use stratus_engine::dns::Asker;
use stratus_engine::dns::message::{Outcome, Question};
use stratus_engine::dns::programs::{self, Desk};

/// The terminal, as a program sees it.
struct Seat<'r, 'l> {
    run: &'r mut Run<'l>,
    input: &'r mut Input,
}

impl Desk for Seat<'_, '_> {
    fn asker(&self) -> Result<Asker, String> {
        let text = self.run.shell.variable("ASK_FROM").filter(|text| !text.is_empty());
        let text = text.unwrap_or_else(|| "internet".into());
        Asker::read(&text).ok_or_else(|| {
            format!(
                "ASK_FROM={text}: neither internet, a Region, an instance, a city nor an address (a variable of ours)"
            )
        })
    }

    fn ask(&mut self, from: Asker, server: Option<IpAddr>, question: &Question) -> Result<Outcome, Error> {
        self.run.cloud.ask(from, server, question)
    }

    fn server_address(&mut self, from: Asker, name: &str) -> Option<IpAddr> {
        self.run.cloud.server_address(from, name)
    }

    fn now(&self) -> Time {
        self.run.cloud.now()
    }

    fn file(&mut self, path: &str) -> Result<Vec<u8>, String> {
        let tray = &self.run.shell.session.tray;
        if tray.is_folder(path) {
            return Err("Is a directory".into());
        }
        tray.get(path)
            .cloned()
            .ok_or_else(|| "No such file or directory".into())
    }

    fn input(&mut self) -> Vec<u8> {
        self.input.rest()
    }
}

fn program(
    name: &str,
    run: &mut Run<'_>,
    arguments: &[String],
    input: &mut Input,
    printed: &mut Printed,
) -> Result<i32, Halt> {
    let said = programs::run(name, arguments, &mut Seat { run, input }).unwrap_or_default();
    for (is_error, text) in said.pieces {
        if is_error {
            printed.err(text);
        } else {
            printed.out(text);
        }
    }
    Ok(said.status)
}

/// `dig`.
pub(super) fn dig(run: &mut Run<'_>, words: &[String], input: &mut Input, out: &mut Printed) -> Result<i32, Halt> {
    program("dig", run, words, input, out)
}

/// `nslookup`.
pub(super) fn nslookup(run: &mut Run<'_>, words: &[String], input: &mut Input, out: &mut Printed) -> Result<i32, Halt> {
    program("nslookup", run, words, input, out)
}

/// `host`.
pub(super) fn host(run: &mut Run<'_>, words: &[String], input: &mut Input, out: &mut Printed) -> Result<i32, Halt> {
    program("host", run, words, input, out)
}
