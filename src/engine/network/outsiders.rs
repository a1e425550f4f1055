//! Whom one means by "the Internet": anyone on it, or an address or a block that one names. Neither is asked address by
//! address: whom no rule tells apart one address stands for. Nothing here judges a packet.

use super::survey::outside;
use super::{Disposition, Endpoint, INTERNET};
use crate::world::Ec2;
use ipnet::IpNet;
use std::fmt;
use std::net::IpAddr;

/// An end outside that is more than one address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outsiders {
    /// Anyone on the Internet by IPv4.
    #[default]
    Anyone,
    /// The addresses of a block, or one address.
    Block(IpNet),
}

impl Outsiders {
    /// From an address or a block; nothing, `anyone`, or the block of all IPv4 addresses is anyone by IPv4.
    ///
    /// # Errors
    /// What is wrong with the text, in a sentence.
    pub fn parse(text: &str) -> Result<Outsiders, String> {
        let text = text.trim();
        if text.is_empty() || text.eq_ignore_ascii_case("anyone") {
            return Ok(Outsiders::Anyone);
        }
        if let Ok(address) = text.parse::<IpAddr>() {
            return Ok(Outsiders::Block(address.into()));
        }
        match text.parse::<IpNet>() {
            Ok(IpNet::V4(block)) if block.prefix_len() == 0 => Ok(Outsiders::Anyone),
            Ok(block) => Ok(Outsiders::Block(block.trunc())),
            Err(_) => Err(format!(
                "{text} is neither an address nor a block: 203.0.113.25, 203.0.113.0/24, 2001:db8::/32."
            )),
        }
    }

    /// Addresses that stand for all of them, that of [`Endpoint::Internet`] first; and whether there would be more than are
    /// asked for. Never empty.
    pub(super) fn ends(&self, ec2: &Ec2) -> (Vec<Endpoint>, bool) {
        let (parts, cut) = match self {
            Outsiders::Anyone => {
                let found = outside::everywhere(ec2, &outside::told_apart(ec2));
                (found.parts, found.cut)
            }
            Outsiders::Block(block) => {
                let found = outside::within(ec2, *block);
                (found.parts, found.cut)
            }
        };
        let mut ends: Vec<Endpoint> = parts.iter().map(|part| end(part.at)).collect();
        if let Some(own) = ends.iter().position(|end| *end == Endpoint::Internet) {
            ends.swap(0, own);
        }
        if ends.is_empty() {
            ends.push(match self {
                Outsiders::Anyone => Endpoint::Internet,
                Outsiders::Block(block) => end(block.addr()),
            });
        }
        (ends, cut)
    }

    /// Whether they come by IPv6.
    pub(super) fn is_ipv6(&self) -> bool {
        matches!(self, Outsiders::Block(IpNet::V6(_)))
    }
}

fn end(address: IpAddr) -> Endpoint {
    match address {
        IpAddr::V4(INTERNET) => Endpoint::Internet,
        address => Endpoint::Address(address),
    }
}

impl fmt::Display for Outsiders {
    /// As a row is called: `The Internet`, `203.0.113.25`, `203.0.113.0/24`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Outsiders::Anyone => f.write_str("The Internet"),
            Outsiders::Block(block) if block.prefix_len() == block.max_prefix_len() => write!(f, "{}", block.addr()),
            Outsiders::Block(block) => write!(f, "{block}"),
        }
    }
}

/// How a flow ends that has outsiders at one end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Met {
    /// How it ends for one of whom it ends best.
    pub disposition: Disposition,
    /// Who that is.
    pub end: Endpoint,
    /// It is delivered for some of them, and not for all.
    pub partly: bool,
}

impl Met {
    /// What comes of all of them: it is open where it is for any.
    pub fn of(ends: &[Endpoint], judge: impl Fn(Endpoint) -> Disposition) -> Met {
        let found: Vec<(Endpoint, Disposition)> = ends.iter().map(|end| (*end, judge(*end))).collect();
        let delivered = |found: &&(Endpoint, Disposition)| found.1 == Disposition::Delivered;
        let best = found.iter().find(delivered).or(found.first());
        Met {
            disposition: best.map_or(Disposition::Unknown, |found| found.1),
            end: best.map_or(Endpoint::Internet, |found| found.0),
            partly: best.is_some_and(|best| delivered(&best)) && !found.iter().all(|found| delivered(&found)),
        }
    }
}
