//! What commands act on: one door to make calls, and a look that leaves no trace. The page's door saves what is made;
//! a bare engine is a door as well. Nothing here writes but through a call.

use crate::run::{Seen, Session};
use crate::tokens::Tokens;
use std::net::IpAddr;
use stratus_engine::base::time::Time;
use stratus_engine::catalog::Region;
use stratus_engine::dns::message::{self, Outcome, Question};
use stratus_engine::dns::{Asker, Caches};
use stratus_engine::{Engine, Error, World};
use stratus_model::Structure;

/// Where commands make their calls.
pub trait Cloud {
    /// Makes a call.
    ///
    /// # Errors
    /// What the service answers instead.
    fn call(
        &mut self,
        region: Region,
        service: &'static str,
        operation: &'static str,
        params: Structure,
    ) -> Result<Structure, Error>;

    /// What a read would answer, without a line in the timeline: for completion. `None` where it is refused.
    fn look(&self, region: Region, service: &str, operation: &str, params: &Structure) -> Option<Structure>;

    /// Virtual time now.
    fn now(&self) -> Time;

    /// The keys of who types, to sign addresses with.
    fn keys(&self) -> Keys;

    /// How many calls have made the world what it is.
    fn calls(&self) -> usize;

    /// The world as it is, which costs little to keep.
    fn world(&self) -> World;

    /// Asks a DNS server: the asker's own, or the one at an address. Nothing of the world changes; where the door has resolvers
    /// that remember, they do.
    ///
    /// # Errors
    /// `InvalidInput` for a name that is none, or an asker that does not exist.
    fn ask(&mut self, from: Asker, server: Option<IpAddr>, question: &Question) -> Result<Outcome, Error> {
        message::ask(&self.world(), &mut Caches::default(), from, server, question)
    }

    /// The address of a DNS server's name, as who asks finds it.
    fn server_address(&mut self, from: Asker, name: &str) -> Option<IpAddr> {
        message::server_address(&self.world(), &mut Caches::default(), from, name)
    }

    /// Whether what runs is to end at once, without a word.
    fn is_interrupted(&self) -> bool {
        false
    }
}

/// An access key pair.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// `AKIA…`.
    pub access_key: String,
    /// The secret access key.
    pub secret: String,
}

impl Session {
    /// Tells a session what its next commands need to know besides the answers of calls: the time, and who types.
    pub fn ready(&mut self, cloud: &dyn Cloud) {
        self.tray.set_now(cloud.now());
        self.keys = cloud.keys();
        self.tokens = Tokens::new(&self.keys, cloud.calls());
        self.seen = Seen(Some(cloud.world()));
    }
}

impl Cloud for Engine {
    fn call(
        &mut self,
        region: Region,
        service: &'static str,
        operation: &'static str,
        params: Structure,
    ) -> Result<Structure, Error> {
        Engine::call(self, region, service, operation, params)
    }

    fn look(&self, region: Region, service: &str, operation: &str, params: &Structure) -> Option<Structure> {
        let answer = self.try_on(self.world(), region, service, operation, params).ok()?;
        Some(answer.0)
    }

    fn now(&self) -> Time {
        self.world().now
    }

    fn keys(&self) -> Keys {
        let access_key = self.principal().access_key.clone();
        let known = self.credentials(&access_key, None);
        Keys {
            secret: known.map(|known| known.secret).unwrap_or_default(),
            access_key,
        }
    }

    fn world(&self) -> World {
        Engine::world(self).clone()
    }

    fn ask(&mut self, from: Asker, server: Option<IpAddr>, question: &Question) -> Result<Outcome, Error> {
        Engine::ask(self, from, server, question)
    }

    fn server_address(&mut self, from: Asker, name: &str) -> Option<IpAddr> {
        Engine::server_address(self, from, name)
    }

    fn calls(&self) -> usize {
        let history = self.history();
        history.node(history.current()).depth
    }
}
