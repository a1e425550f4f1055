//! A text that stops where time passes for long, and goes on from there: so that a page can let a `sleep 30d` or an
//! `aws … wait` pass in slices, show how far it is, and drop it.
//!
//! The shell itself knows no stopping. A text is run again from its beginning on the shell as it was, and hears for the
//! calls that are made already what they answered; the first that is new goes to the cloud. Everything that a run depends on
//! comes through [`Cloud`], so that it comes to the same place again. What it printed so far is thrown away and printed anew.

use super::Shell;
use crate::cloud::{Cloud, Keys};
use crate::run::Output;
use std::net::IpAddr;
use stratus_engine::base::time::Time;
use stratus_engine::catalog::Region;
use stratus_engine::dns::message::{self, Outcome, Question};
use stratus_engine::dns::{Asker, Caches};
use stratus_engine::{Error, Result, World};
use stratus_model::Structure;

/// What a run heard of the cloud: what it knew before a call, and the call's answer.
#[derive(Debug)]
struct Heard {
    world: World,
    calls: usize,
    answer: Result<Structure>,
}

/// A text under way.
#[derive(Debug)]
pub struct Running {
    line: String,
    /// The shell before it.
    shell: Shell,
    heard: Vec<Heard>,
}

/// How far a text came.
#[derive(Debug)]
pub enum Reached {
    /// To its end: the shell after it, and what it printed.
    End(Shell, Output),
    /// To an advance of the clock that takes long.
    Pause {
        /// The parameters of `AdvanceClock`. Its answer is to be given to [`Running::heard`].
        params: Structure,
        /// The shell, were the text dropped here.
        shell: Shell,
        /// What it has printed.
        output: Output,
    },
}

/// Exit status of what was dropped: 128 and the number of the signal that Ctrl+C sends.
const DROPPED: i32 = 130;

impl Running {
    /// A text that is about to run.
    pub fn new(shell: Shell, line: String) -> Running {
        Running {
            line,
            shell,
            heard: Vec::new(),
        }
    }

    /// What was typed.
    pub fn line(&self) -> &str {
        &self.line
    }

    /// Whether a text may let time pass at all in a shell (`None`: a fresh one): the others need no copy of the shell. What
    /// it recalls, and the functions that it may call, are not looked into.
    pub fn may_pause(shell: Option<&Shell>, line: &str) -> bool {
        let words = ["sleep", "wait", "advance-clock", "source", ". ", "eval", "!"];
        shell.is_some_and(|shell| !shell.functions.is_empty()) || words.iter().any(|word| line.contains(word))
    }

    /// Goes on. `is_long`: whether an advance with these parameters is to be made by the caller, in its own time.
    pub fn go(&mut self, cloud: &mut dyn Cloud, is_long: &dyn Fn(&Structure) -> bool) -> Reached {
        let mut shell = self.shell.clone();
        let mut door = Door {
            cloud,
            heard: &mut self.heard,
            at: 0,
            is_long,
            pause: None,
        };
        let output = shell.run(&self.line, &mut door);
        match door.pause {
            None => Reached::End(shell, output),
            Some(params) => {
                shell.status = DROPPED;
                let output = Output {
                    status: DROPPED,
                    ..output
                };
                Reached::Pause { params, shell, output }
            }
        }
    }

    /// The answer of the advance that it paused at. The world is not asked: the moment before it was kept.
    pub fn answered(&mut self, answer: Result<Structure>) {
        if let Some(last) = self.heard.last_mut() {
            last.answer = answer;
        }
    }
}

/// The cloud, behind what was heard of it.
struct Door<'a> {
    cloud: &'a mut dyn Cloud,
    heard: &'a mut Vec<Heard>,
    at: usize,
    is_long: &'a dyn Fn(&Structure) -> bool,
    pause: Option<Structure>,
}

impl Cloud for Door<'_> {
    fn call(
        &mut self,
        region: Region,
        service: &'static str,
        operation: &'static str,
        params: Structure,
    ) -> Result<Structure> {
        if self.pause.is_some() {
            return Err(Error::new("Interrupted", "the text has paused"));
        }
        if let Some(heard) = self.heard.get(self.at) {
            self.at += 1;
            return heard.answer.clone();
        }
        let (world, calls) = (self.cloud.world(), self.cloud.calls());
        let advances = (service, operation) == ("stratus", "AdvanceClock");
        let answer = if advances && (self.is_long)(&params) {
            self.pause = Some(params);
            Err(Error::new("Interrupted", "the text has paused"))
        } else {
            self.cloud.call(region, service, operation, params)
        };
        self.at += 1;
        self.heard.push(Heard {
            world,
            calls,
            answer: answer.clone(),
        });
        answer
    }

    fn look(&self, region: Region, service: &str, operation: &str, params: &Structure) -> Option<Structure> {
        self.cloud.look(region, service, operation, params)
    }

    fn now(&self) -> Time {
        self.heard
            .get(self.at)
            .map_or_else(|| self.cloud.now(), |heard| heard.world.now)
    }

    fn keys(&self) -> Keys {
        self.cloud.keys()
    }

    fn world(&self) -> World {
        self.heard
            .get(self.at)
            .map_or_else(|| self.cloud.world(), |heard| heard.world.clone())
    }

    fn calls(&self) -> usize {
        self.heard
            .get(self.at)
            .map_or_else(|| self.cloud.calls(), |heard| heard.calls)
    }

    fn ask(&mut self, from: Asker, server: Option<IpAddr>, question: &Question) -> Result<Outcome> {
        match self.heard.get(self.at) {
            // What was asked before the pause is asked of the world as it was, by resolvers that have heard nothing.
            Some(heard) => message::ask(&heard.world, &mut Caches::default(), from, server, question),
            None => self.cloud.ask(from, server, question),
        }
    }

    fn server_address(&mut self, from: Asker, name: &str) -> Option<IpAddr> {
        match self.heard.get(self.at) {
            Some(heard) => message::server_address(&heard.world, &mut Caches::default(), from, name),
            None => self.cloud.server_address(from, name),
        }
    }

    fn is_interrupted(&self) -> bool {
        self.pause.is_some()
    }
}
