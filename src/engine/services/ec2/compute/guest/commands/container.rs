//! `docker run` in a guest: one command in a container, which asks the Web and is gone. Its packets leave by the guest's own
//! interface, behind the bridge of the container engine, which is one hop more: the answer to a PUT of the instance metadata
//! service, a session token, comes so far only where the instance's hop limit says so. On the host's network there is no bridge.
//!
//! The engine is there in every guest, and an image has what is listed here, whatever its name (ours); nothing of the guest's
//! disks is mounted. What serves in containers is `serves`' to know.
//! Sources: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-existing-instances.html>,
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html> (hop limit in containers),
//! <https://docs.docker.com/reference/cli/docker/container/run/>

use super::{Done, Shell};
use crate::services::ec2::common::note;
use std::mem;

/// The network of a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Network {
    /// The guest's own.
    Host,
    /// Behind the engine's bridge.
    Bridge,
}

/// Options of `docker run` that take a value.
const VALUED: [&str; 29] = [
    "--entrypoint",
    "-e",
    "--env",
    "--env-file",
    "--name",
    "-p",
    "--publish",
    "-v",
    "--volume",
    "--mount",
    "-w",
    "--workdir",
    "-u",
    "--user",
    "-h",
    "--hostname",
    "--add-host",
    "--dns",
    "--restart",
    "-m",
    "--memory",
    "--cpus",
    "-l",
    "--label",
    "--log-driver",
    "--pull",
    "--platform",
    "--network",
    "--net",
];

/// What images begin with that name a program of their own.
const ENTRY_POINTS: [(&str, &str); 2] = [("curl", "curl"), ("aws-cli", "aws")];

/// Programs that a container has, and what its shell knows itself.
const PROGRAMS: [&str; 8] = ["curl", "aws", "echo", "printf", "true", "sleep", "exit", "set"];

/// What `docker run` says where it cannot begin.
const NOT_BEGUN: i64 = 125;

/// A command line of `docker run`.
struct Run<'a> {
    network: Network,
    entry_point: Option<&'a str>,
    image: &'a str,
    command: &'a [&'a str],
    /// It goes on behind the prompt.
    detached: bool,
}

impl<'a> Run<'a> {
    fn read(words: &'a [&'a str]) -> Option<Run<'a>> {
        let (mut network, mut entry_point, mut detached) = (Network::Bridge, None, false);
        let mut at = 0;
        while let Some(word) = words.get(at).filter(|word| word.starts_with('-')) {
            at += 1;
            let (name, value) = match word.split_once('=') {
                Some((name, value)) => (name, value),
                None if VALUED.contains(word) => {
                    at += 1;
                    (*word, words.get(at - 1).copied()?)
                }
                None => (*word, ""),
            };
            match name {
                "--network" | "--net" if value == "host" => network = Network::Host,
                "--entrypoint" => entry_point = Some(value).filter(|program| !program.is_empty()),
                "--detach" => detached = true,
                "-d" | "-dit" | "-itd" | "-di" | "-id" | "-td" | "-dt" => detached = true,
                _ => {}
            }
        }
        let (image, command) = words.get(at..)?.split_first()?;
        Some(Run {
            network,
            entry_point,
            image,
            command,
            detached,
        })
    }

    /// The words of the program that runs.
    fn words(&self) -> Vec<&'a str> {
        let name = self.image.rsplit('/').next().unwrap_or_default();
        let own = ENTRY_POINTS.iter().find(|(image, _)| name.starts_with(image));
        let first = self.entry_point.or(own.map(|(_, program)| *program));
        first.into_iter().chain(self.command.iter().copied()).collect()
    }
}

impl Shell<'_> {
    /// `docker run [OPTIONS] IMAGE [COMMAND…]`.
    pub(super) fn docker(&mut self, words: &[&str]) -> Done {
        if self.boots {
            return Done::well("");
        }
        let ["run", rest @ ..] = words else {
            return self.misuse("docker: only docker run IMAGE COMMAND is simulated.\n", 1);
        };
        let Some(run) = Run::read(rest) else {
            return self.misuse("docker: 'docker run' requires at least 1 argument\n", 1);
        };
        let words = run.words();
        if run.detached || words.is_empty() {
            let line = "docker: only a command that ends is simulated: docker run IMAGE curl ADDRESS.\n";
            return self.misuse(line, NOT_BEGUN);
        }
        let before = (self.container.replace(run.network), mem::take(&mut self.variables));
        let done = match words.as_slice() {
            ["sh" | "bash" | "ash" | "/bin/sh" | "/bin/bash", "-c", text, ..] => match self.bytes_of_shell(text) {
                Ok(output) => Done {
                    output,
                    status: self.within,
                },
                Err(status) => Done::ended(status),
            },
            words => {
                let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
                self.command(&words, None, None)
            }
        };
        (self.container, self.variables) = before;
        done
    }

    /// A program that a container does not have.
    pub(super) fn lacks(&mut self, program: &str) -> Option<Done> {
        let name = program.rsplit('/').next().unwrap_or(program);
        if self.container.is_none() || PROGRAMS.contains(&name) {
            return None;
        }
        let why = format!("docker: exec: \"{program}\": executable file not found in $PATH\n");
        Some(self.misuse(&why, 127))
    }

    /// Whether the metadata service's answer to a PUT is dropped on its way here: at each router its hop limit goes down by one,
    /// and the bridge is one.
    pub(super) fn loses_tokens(&mut self) -> bool {
        let limit = self.row().map_or(1, |row| row.metadata.hop_limit);
        let lost = self.container == Some(Network::Bridge) && limit < 2;
        if lost {
            let why = "the metadata service's answer to a container's PUT was dropped: HttpPutResponseHopLimit is 1, and the bridge before the container is one hop more";
            note(self.world, self.region, self.id, why);
        }
        lost
    }
}
