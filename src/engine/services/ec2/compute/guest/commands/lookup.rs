//! `dig`, `nslookup` and `host` in a guest: it asks the resolver that its VPC's DHCP options name, as somebody at its keyboard
//! would see it. What that resolver answers (private zones, the VPC's two DNS attributes, endpoints' private names) is
//! `dns`' to say.
//!
//! A guest's resolver has heard nothing before: what a session's resolvers remember may not get into a file of the world.

use super::packets::flow;
use super::{Done, LOOK, Shell};
use crate::base::error::Error;
use crate::base::time::Time;
use crate::dns::message::{self, Outcome, Question};
use crate::dns::programs::{self, Desk};
use crate::dns::{self, Asker, Caches};
use crate::network::{self, Disposition, Endpoint};
use crate::services::stratus::traffic::Said;
use std::net::{IpAddr, Ipv4Addr};

/// UDP, and the port of the DNS.
const UDP: u8 = 17;
const PORT: u16 = 53;
/// Where Amazon's resolver is in every VPC, besides the base address plus two.
const AMAZON: Ipv4Addr = Ipv4Addr::new(169, 254, 169, 253);
/// How long the programs wait for a server that is out of reach.
const PATIENCE: i64 = 5_000;

/// A guest's shell, as a program in it sees it.
struct Seat<'s, 'w> {
    shell: &'s mut Shell<'w>,
    input: Vec<u8>,
    caches: Caches,
}

impl Desk for Seat<'_, '_> {
    fn asker(&self) -> Result<Asker, String> {
        Ok(Asker::Instance(self.shell.id))
    }

    fn ask(&mut self, from: Asker, server: Option<IpAddr>, question: &Question) -> Result<Outcome, Error> {
        let address = match server {
            Some(address) => address,
            None => dns::server_of(self.shell.world, from)?,
        };
        if !self.shell.reaches(from, address) {
            return Ok(Outcome {
                message: None,
                server: address,
                millis: PATIENCE,
            });
        }
        message::ask(self.shell.world, &mut self.caches, from, server, question)
    }

    fn server_address(&mut self, from: Asker, name: &str) -> Option<IpAddr> {
        message::server_address(self.shell.world, &mut self.caches, from, name)
    }

    fn now(&self) -> Time {
        self.shell.world.now
    }

    fn file(&mut self, path: &str) -> Result<Vec<u8>, String> {
        let path = self.shell.absolute(path);
        self.shell.read(&path, LOOK)
    }

    fn input(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.input)
    }
}

impl Shell<'_> {
    /// The address that a word means: itself, or that of a name as this guest's resolver tells it.
    pub(super) fn address_of(&mut self, word: &str) -> Option<IpAddr> {
        if let Ok(address) = word.parse() {
            return Some(address);
        }
        if word == "localhost" {
            return Some(Ipv4Addr::LOCALHOST.into());
        }
        let from = Asker::Instance(self.id);
        let server = dns::server_of(self.world, from).ok()?;
        if !self.reaches(from, server) {
            return None;
        }
        message::server_address(self.world, &mut self.caches(), from, word)
    }

    /// What a guest's resolver knows: nothing. It draws another lot with every call, and the same when that is replayed.
    fn caches(&self) -> Caches {
        Caches::drawing_from(self.world.calls << 16)
    }

    /// Asks a server: whether packets get there and back. Those who look at traffic see a datagram each way. Amazon's resolver is asked on the host: no security group and no network
    /// ACL filters that.
    /// <https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html>
    fn reaches(&mut self, from: Asker, server: IpAddr) -> bool {
        let own = dns::amazons(self.world, from) == Some(server) || server == IpAddr::V4(AMAZON);
        if own && !self.is_walled() {
            // What a failed host would hand on, nobody gets; of all else the network says it.
            let ec2 = self.world.ec2(self.region);
            return !self.row().zip(ec2).is_some_and(|(row, ec2)| ec2.is_host_failed(row));
        }
        let own = Endpoint::Instance(self.id);
        self.transmits(own, server, (UDP, PORT), Said::Greets);
        matches!(
            network::disposition(self.world, self.region, &flow(own, server, UDP, PORT)),
            Disposition::Delivered | Disposition::NotListening
        )
    }

    /// Whether the guest itself keeps anything in: then Amazon's resolver may be out of reach too.
    fn is_walled(&self) -> bool {
        self.row()
            .is_some_and(|row| !row.guest.firewall_out.is_empty() || !row.guest.routing.is_plain())
    }

    /// Runs one of the three.
    pub(super) fn look_up(&mut self, program: &str, words: &[String], input: Option<Vec<u8>>) -> Done {
        let mut seat = Seat {
            caches: self.caches(),
            input: input.unwrap_or_default(),
            shell: self,
        };
        let said = programs::run(program, words, &mut seat).unwrap_or_default();
        let mut output = String::new();
        for (is_error, text) in said.pieces {
            match is_error {
                true => self.show(&format!("{text}\n")),
                false => output.push_str(&text),
            }
        }
        Done {
            output: output.into_bytes(),
            status: i64::from(said.status),
        }
    }
}
