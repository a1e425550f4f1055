//! What a fixture does to its topology once it stands: calls as everybody makes them, connections that are opened and used,
//! and names that are asked of the VPC's resolver. The engine does all of it; here it is only written down.

use crate::paths::named;
use crate::rows::REGION;
use crate::topology::{Fault, Topology};
use stratus_engine::base::time::Span;
use stratus_engine::dns::{self, Asker, Caches, Query};
use stratus_engine::network::exchange::Load;
use stratus_engine::network::{self, Endpoint, Flow};
use stratus_engine::{Engine, Options, clock};
use stratus_model::{Structure, Value, json, model};

/// For how long the world comes to rest after a call.
const REST: Span = Span::minutes(15);

impl Topology {
    /// `ec2 DeleteNatGateway {"NatGatewayId":"gate"}`: names stand for ids. The world then comes to rest.
    pub fn call(&mut self, line: &str) -> Result<(), Fault> {
        let mut words = line.splitn(3, ' ');
        let (Some(service), Some(operation), Some(params)) = (words.next(), words.next(), words.next()) else {
            return Err("call SERVICE OPERATION {PARAMETERS}".into());
        };
        let params = self.params(service, operation, params)?;
        let engine = Engine::new(Options::default());
        let (_, mut after) = engine
            .try_on(&self.world, REGION, service, operation, &params)
            .map_err(|error| error.to_string())?;
        let until = after.now + REST;
        clock::advance(&mut after, until, 10_000);
        self.world = after;
        Ok(())
    }

    /// Parameters as JSON, keyed by the API's names, with ids in the place of names.
    pub fn params(&self, service: &str, operation: &str, text: &str) -> Result<Structure, Fault> {
        let mut value: serde_json::Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        self.put_ids(&mut value);
        let service = model().service(service).ok_or("no such service")?;
        let operation = service.operation(operation).ok_or("no such operation")?;
        let shape = operation.input.ok_or("it takes nothing")?;
        match json::from_json(service, shape, &value) {
            Ok(Value::Structure(params)) => Ok(params),
            Ok(_) => Err("no structure".into()),
            Err(error) => Err(error.to_string()),
        }
    }

    fn put_ids(&self, value: &mut serde_json::Value) {
        match value {
            serde_json::Value::String(text) => {
                if let Some((_, id)) = self.named().find(|(name, _)| name == text) {
                    *text = id;
                }
            }
            serde_json::Value::Array(values) => values.iter_mut().for_each(|value| self.put_ids(value)),
            serde_json::Value::Object(fields) => fields.values_mut().for_each(|value| self.put_ids(value)),
            _ => {}
        }
    }

    /// Opens a connection, or so many at once: how that ends, and what was sent.
    pub fn open_connection(&mut self, name: &str, flow: &Flow, times: u64) -> Result<Vec<String>, Fault> {
        let attempt = network::open(&self.world, REGION, flow, times);
        let flags: Vec<&str> = attempt.packets.iter().map(|packet| packet.flags).collect();
        let open = attempt.connection.as_ref().map_or(0, |row| row.count);
        let many = match times {
            1 => String::new(),
            _ => format!("{open} × "),
        };
        let found = vec![
            format!("  = {} {many}{}", attempt.opening.name(), flags.join(" ")),
            format!("  : {}", named(self, &attempt.reason)),
        ];
        if let Some(row) = attempt.connection {
            self.connections.insert(name.to_owned(), row.number);
            let ec2 = self.world.regions.get_mut(&REGION).ok_or("no Region")?;
            ec2.connections_opened = row.number;
            ec2.connections.insert(row.number, row);
        }
        Ok(found)
    }

    /// Sends a packet on a connection: what becomes of it.
    pub fn send(&mut self, name: &str) -> Result<Vec<String>, Fault> {
        let number = *self.connections.get(name).ok_or("no such connection")?;
        let sent = network::send(&self.world, REGION, number, Load::default()).ok_or("no such connection")?;
        let ec2 = self.world.regions.get_mut(&REGION).ok_or("no Region")?;
        ec2.connections.insert(number, sent.connection);
        Ok(vec![
            format!("  = {}", sent.state.fate.name()),
            format!("  : {}", named(self, &sent.state.reason)),
        ])
    }

    /// [`Topology::end`], or the first address that whoever asks is told for a name.
    pub fn asked(&self, source: Endpoint, text: &str) -> Result<Endpoint, Fault> {
        let plain = self.end(text);
        let from = match source {
            Endpoint::Instance(id) => Asker::Instance(id),
            _ => return plain,
        };
        if plain.is_ok() || !text.contains('.') {
            return plain;
        }
        let query = Query {
            name: text.into(),
            record_type: "A".into(),
            from,
        };
        let told = dns::resolve(&self.world, &mut Caches::default(), &query).map_err(|error| error.to_string())?;
        let mut addresses = told.answers.iter().filter(|answer| answer.record_type == "A");
        let first = addresses.next().ok_or(format!("{text}: {}", told.rcode))?;
        first
            .value
            .parse()
            .map(Endpoint::Address)
            .map_err(|_| first.value.clone())
    }
}
