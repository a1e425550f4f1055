//! What a zone served and when, beside a world in which it does: what any resolver may still say at a moment follows from it.
//!
//! The zone has one name that is asked for, `www`. It has an address, or is a CNAME of a name of its own, or is not there; the
//! name it stands for may lose its address meanwhile. Every record that is made has a number of its own, so that an answer tells
//! which one it is.

use crate::properties::{advance, call, world};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use std::net::{IpAddr, Ipv4Addr};
use stratus_engine::Engine;
use stratus_engine::catalog::Region;
use stratus_engine::dns::{Asker, Query, Resolution};

/// Seconds until a change is served.
const SYNC: i64 = 30;
/// The TTL of a zone's SOA record.
const SOA_TTL: i64 = 900;
const WWW: &str = "www.example.com.";

/// What happens.
#[derive(Clone, Copy, Debug)]
pub enum Act {
    /// `www` gets an address.
    Put,
    /// `www` becomes a CNAME of a new name, which gets an address.
    Point,
    /// `www` is deleted.
    Delete,
    /// The name that `www` stands for loses its address.
    Cut,
    /// Somebody asks a resolver of [`RESOLVERS`].
    Ask(usize),
}

impl Arbitrary for Act {
    type Parameters = ();
    type Strategy = BoxedStrategy<Act>;

    fn arbitrary_with((): ()) -> BoxedStrategy<Act> {
        prop_oneof![
            1 => Just(Act::Put),
            1 => Just(Act::Point),
            1 => Just(Act::Delete),
            1 => Just(Act::Cut),
            8 => (0..RESOLVERS.len()).prop_map(Act::Ask),
        ]
        .boxed()
    }
}

/// Resolvers (`None`: the Region's own), each with the least that it keeps an answer for.
const RESOLVERS: [(Option<Ipv4Addr>, i64); 3] = [
    (None, 0),
    (Some(Ipv4Addr::new(198, 51, 100, 53)), 300),
    (Some(Ipv4Addr::new(198, 51, 100, 54)), 0),
];

/// A record: from when to when it was served, in seconds since the beginning.
#[derive(Clone, Debug)]
struct Life {
    owner: String,
    record_type: &'static str,
    value: String,
    ttl: i64,
    from: i64,
    to: i64,
}

impl Life {
    fn change(&self, action: &str) -> String {
        format!(
            "{{\"Action\":\"{action}\",\"ResourceRecordSet\":{{\"Name\":\"{}\",\"Type\":\"{}\",\"TTL\":{},\
             \"ResourceRecords\":[{{\"Value\":\"{}\"}}]}}}}",
            self.owner, self.record_type, self.ttl, self.value
        )
    }
}

/// A world with the zone, and all that the zone ever had.
pub struct Past {
    /// The world.
    pub engine: Engine,
    id: String,
    start: i64,
    /// For how long a denial may be kept.
    negative: i64,
    lives: Vec<Life>,
    made: u8,
}

impl Past {
    /// `minimum`: the last number of the zone's SOA record.
    pub fn new(minimum: i64) -> Past {
        let (engine, id) = world("example.com");
        let start = engine.world().now.0;
        let negative = SOA_TTL.min(minimum);
        let (lives, made) = (Vec::new(), 0);
        let mut past = Past {
            engine,
            id,
            start,
            negative,
            lives,
            made,
        };
        let soa = Life {
            owner: "example.com.".into(),
            record_type: "SOA",
            value: format!("ns-1.awsdns-00.com. hostmaster.example.com. 1 7200 900 1209600 {minimum}"),
            ttl: SOA_TTL,
            from: 0,
            to: i64::MAX,
        };
        past.submit(&[soa.change("UPSERT")]);
        advance(&mut past.engine, SYNC);
        past
    }

    fn now(&self) -> i64 {
        (self.engine.world().now.0 - self.start) / 1000
    }

    fn submit(&mut self, changes: &[String]) {
        let changes = changes.join(",");
        let batch = format!(
            "{{\"HostedZoneId\":\"{}\",\"ChangeBatch\":{{\"Changes\":[{changes}]}}}}",
            self.id
        );
        call(&mut self.engine, "route53", "ChangeResourceRecordSets", &batch);
    }

    /// The record of a name that was asked for last and not yet deleted.
    fn standing(&self, owner: &str) -> Option<usize> {
        self.lives
            .iter()
            .position(|life| life.owner == owner && life.to == i64::MAX)
    }

    /// Changes the zone, where there is something to change.
    pub fn change(&mut self, act: Act, ttl: i64) {
        let at = self.now() + SYNC;
        let www = self.standing(WWW);
        let gone = match act {
            Act::Cut => www.and_then(|place| self.standing(&self.lives[place].value)),
            _ => www,
        };
        let mut changes: Vec<String> = gone.iter().map(|place| self.lives[*place].change("DELETE")).collect();
        if let Some(place) = gone {
            self.lives[place].to = at;
        }
        self.made += 1;
        let life = |owner: &str, record_type, value| {
            let owner = owner.to_owned();
            Life {
                owner,
                record_type,
                value,
                ttl,
                from: at,
                to: i64::MAX,
            }
        };
        let (address, own) = (format!("192.0.2.{}", self.made), format!("t{}.example.com.", self.made));
        let new = match act {
            Act::Put => vec![life(WWW, "A", address)],
            Act::Point => vec![life(WWW, "CNAME", own.clone()), life(&own, "A", address)],
            _ => Vec::new(),
        };
        changes.extend(new.iter().map(|life| life.change("CREATE")));
        self.lives.extend(new);
        if !changes.is_empty() {
            self.submit(&changes);
        }
    }

    /// The last moment up to now at which a name was not there.
    fn missed(&self, owner: &str) -> i64 {
        let mut moment = self.now();
        let covers = |moment: i64| {
            let mut own = self.lives.iter().filter(|life| life.owner == owner);
            own.find(|life| life.from <= moment && moment < life.to)
        };
        while let Some(life) = covers(moment) {
            moment = life.from - 1;
        }
        moment
    }

    fn resolve(&mut self, server: Option<Ipv4Addr>) -> Resolution {
        let query = Query {
            name: WWW.into(),
            record_type: "A".into(),
            from: Asker::Region(Region::US_EAST_1),
        };
        match server {
            None => self.engine.resolve(&query).unwrap(),
            Some(server) => self.engine.resolve_at(&query, IpAddr::V4(server)).unwrap().unwrap(),
        }
    }

    /// Asks, and holds every record and every denial to what the zone served and when.
    pub fn ask(&mut self, resolver: usize) -> Result<(), TestCaseError> {
        let (server, least) = RESOLVERS[resolver];
        let (found, now) = (self.resolve(server), self.now());
        let mut wanted = WWW.to_owned();
        for answer in &found.answers {
            prop_assert_eq!(&answer.name, &wanted, "{:?}", found.answers);
            let mut lives = self.lives.iter();
            let life = lives.find(|life| life.owner == answer.name && life.value == answer.value);
            let life = life.expect("an answer was served at some time");
            let kept = life.ttl.max(least);
            prop_assert!(answer.ttl <= kept, "{answer:?} is kept for more than {kept}");
            prop_assert!(life.from <= now, "{answer:?} at {now} was first true at {}", life.from);
            let fresh = now < life.to || now < life.to.saturating_add(kept);
            prop_assert!(fresh, "{answer:?} at {now} was last true at {}, for {kept}", life.to);
            if answer.record_type == "CNAME" {
                wanted.clone_from(&answer.value);
            }
        }
        if found.answers.last().is_some_and(|last| last.record_type == "A") {
            prop_assert_eq!(found.rcode, "NOERROR");
            return Ok(());
        }
        let (kept, missed) = (self.negative.max(least), self.missed(&wanted));
        prop_assert_eq!(found.rcode, "NXDOMAIN");
        let fresh = missed == now || now <= missed + kept;
        prop_assert!(fresh, "{wanted} at {now} was last missing at {missed}, for {kept}");
        let soa = found.authority.first().map_or(0, |soa| soa.ttl);
        prop_assert!(soa <= kept, "the denial is kept for {soa}, and {kept} is most");
        Ok(())
    }
}
