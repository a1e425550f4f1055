//! One call of the log as JSON, and the replay that makes an engine of many.
//!
//! ```json
//! {"n": 4, "parent": 3, "time": "2025-03-03T09:00:40Z", "region": "us-east-1", "service": "ec2", "operation": "StopInstances",
//!  "params": {"InstanceIds": ["${1.Instances[0].InstanceId}"]}}
//! {"at": 3, "now": "2025-03-03T09:05:00Z"}
//! ```
//! Who made a call stands in it where it was not the administrator: `principal` (an ARN) and `key`, both with back-references.

use crate::references::{self, Births};
use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use stratus_engine::base::limits::LATEST_TIME;
use stratus_engine::base::time::Time;
use stratus_engine::catalog::Region;
use stratus_engine::history::{History, NodeId};
use stratus_engine::principal::Principal;
use stratus_engine::{Engine, Options};
use stratus_model::{Operation, Service, Structure, Value, json as model_json, model, time};

/// A call in the written log.
#[derive(Clone, Debug, PartialEq)]
pub struct LoggedCall(pub Map<String, Json>);

/// What a call in the written log says, read. Service and operation are names that the model may not know.
#[derive(Clone, Copy, Debug)]
pub struct Said<'a> {
    /// Its number in the log.
    pub number: usize,
    /// The number of the call before it; 0 for none.
    pub parent: usize,
    /// When it was made.
    pub time: Time,
    /// Which Region was asked.
    pub region: Region,
    /// The service's name.
    pub service: &'a str,
    /// The operation's name.
    pub operation: &'a str,
    /// Its parameters, with back-references.
    pub params: Option<&'a Json>,
    /// What it made, in a byte from 1 on ([`check_of`]); `None` where the log does not say.
    pub check: Option<u8>,
    /// Who made it; `None` = the administrator.
    pub caller: Option<Caller<'a>>,
}

/// Who made a call, where it was not the administrator. Both texts may hold back-references.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Caller<'a> {
    /// The ARN.
    pub principal: &'a str,
    /// The access key; empty where none was used.
    pub key: &'a str,
}

impl LoggedCall {
    /// Reads what it says. The error says in words what is wrong.
    pub fn said(&self) -> Result<Said<'_>, String> {
        let number = self.number("n")?;
        let text = |name: &str| {
            let text = self.0.get(name).and_then(Json::as_str);
            text.ok_or_else(|| format!("call {number} has no {name}"))
        };
        let at = moment(text("time")?).ok_or_else(|| format!("the time of call {number} is not one"))?;
        let region = text("region")?;
        let check = self.0.get("check").and_then(Json::as_u64);
        Ok(Said {
            number,
            parent: self.number("parent")?,
            time: at,
            region: Region::find(region)
                .ok_or_else(|| format!("call {number} names the Region '{region}', which is unknown"))?,
            service: text("service")?,
            operation: text("operation")?,
            params: self.0.get("params"),
            check: check
                .and_then(|check| u8::try_from(check).ok())
                .filter(|check| *check > 0),
            caller: self.caller(),
        })
    }

    /// Who made it; `None` = the administrator.
    pub(crate) fn caller(&self) -> Option<Caller<'_>> {
        Some(Caller {
            principal: self.0.get("principal")?.as_str()?,
            key: self.0.get("key").and_then(Json::as_str).unwrap_or_default(),
        })
    }

    fn number(&self, name: &str) -> Result<usize, String> {
        let number = self.0.get(name).and_then(Json::as_u64);
        let number = number.and_then(|number| usize::try_from(number).ok());
        number.ok_or_else(|| format!("a call has no number '{name}'"))
    }
}

impl Said<'_> {
    /// The service and operation, if the model knows them.
    pub fn operation(&self) -> Result<(&'static Service, &'static Operation), String> {
        let (number, name) = (self.number, self.service);
        let service = model()
            .service(name)
            .ok_or_else(|| format!("call {number}: there is no service '{name}'"))?;
        let operation = service
            .operation(self.operation)
            .ok_or_else(|| format!("call {number}: {name} has no operation '{}'", self.operation))?;
        Ok((service, operation))
    }

    /// Its parameters as the model has them, back-references still in them.
    pub fn value(&self) -> Result<Structure, String> {
        let (service, operation) = self.operation()?;
        let (Some(shape), Some(json)) = (operation.input, self.params) else {
            return Ok(Structure::new());
        };
        match model_json::from_json(service, shape, json) {
            Ok(Value::Structure(structure)) => Ok(structure),
            Ok(_) => Err(format!("call {}: its parameters are not an object", self.number)),
            Err(problem) => Err(format!("call {}, {}: {problem}", self.number, operation.name)),
        }
    }
}

/// A moment that a world can be at: from 1970 to the end of the clock.
pub(crate) fn moment(text: &str) -> Option<Time> {
    time::parse(text).filter(|at| (0..=LATEST_TIME).contains(at)).map(Time)
}

/// One byte, from 1 on, of the hash of what a call made: by it a replay that ends elsewhere says which calls differ.
pub fn check_of(made: &[(String, String)]) -> Option<u8> {
    let mut hash = Sha256::new();
    for (path, id) in made {
        hash.update(path);
        hash.update([0]);
        hash.update(id);
        hash.update([0]);
    }
    (!made.is_empty()).then(|| hash.finalize()[0] % 255 + 1)
}

/// Where in the history one stands, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The state.
    pub node: NodeId,
    /// The moment.
    pub now: Time,
}

/// Writes calls, remembering which ids were made where.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    births: Births,
}

impl Writer {
    /// The call that made `node`; `number` renumbers nodes for what is written. `None` for the root.
    pub fn call(
        &mut self,
        history: &History,
        id: NodeId,
        number: impl Fn(NodeId) -> usize + Copy,
    ) -> Option<LoggedCall> {
        let node = history.node(id);
        let call = node.call.as_ref()?;
        self.births.follow(history, node.parent);
        let params = map_strings(&Value::Structure(call.params.clone()), &mut |text| {
            Ok(self.births.write(text, number))
        })
        .ok()?;
        let mut out = Map::new();
        out.insert("n".into(), json!(number(id)));
        out.insert("parent".into(), json!(number(node.parent)));
        out.insert("time".into(), json!(time::iso8601(node.time.0)));
        out.insert("region".into(), json!(call.region.name()));
        out.insert("service".into(), json!(call.service.name));
        out.insert("operation".into(), json!(call.operation.name));
        let params = match call.operation.input {
            Some(shape) => model_json::to_json(call.service, shape, &params),
            None => json!({}),
        };
        out.insert("params".into(), params);
        if let Some(check) = check_of(&node.made) {
            out.insert("check".into(), json!(check));
        }
        let usual = Principal::administrator(&node.before.options);
        if usual.arn != call.principal || usual.access_key != call.access_key {
            out.insert("principal".into(), json!(self.births.write(&call.principal, number)));
            if !call.access_key.is_empty() {
                out.insert("key".into(), json!(self.births.write(&call.access_key, number)));
            }
        }
        Some(LoggedCall(out))
    }
}

impl Place {
    /// As JSON.
    pub fn to_json(self) -> Json {
        json!({"at": self.node, "now": time::iso8601(self.now.0)})
    }
    /// From JSON.
    pub fn from_json(json: &Json) -> Option<Place> {
        let node = usize::try_from(json.get("at")?.as_u64()?).ok()?;
        let now = moment(json.get("now")?.as_str()?)?;
        Some(Place { node, now })
    }
}

/// Makes an engine of written calls. A call that cannot be made again is left out and named; the rest goes on.
pub struct Replay {
    engine: Engine,
    /// Written number → node.
    nodes: BTreeMap<usize, NodeId>,
    /// Written numbers of calls that could not be made again: they made nothing, and stand where the call before them stands.
    undone: BTreeSet<usize>,
    problems: Vec<String>,
    /// Calls that made something else than when they were logged.
    differing: Vec<String>,
}

/// What a replay ends with.
#[derive(Debug)]
pub struct Replayed {
    /// The world with its history, at the wanted place.
    pub engine: Engine,
    /// Calls that could not be made again, and why.
    pub problems: Vec<String>,
    /// Calls that were made again, and made something else: their ids differ.
    pub differing: Vec<String>,
}

impl Replay {
    /// Begins with a new world.
    pub fn new(options: Options) -> Replay {
        Replay {
            engine: Engine::new(options),
            nodes: BTreeMap::from([(0, 0)]),
            undone: BTreeSet::new(),
            problems: Vec::new(),
            differing: Vec::new(),
        }
    }

    /// Makes one call again. An error is a log that is not one (malformed); a call that AWS's rules now refuse is a problem, noted.
    pub fn call(&mut self, logged: &LoggedCall) -> Result<(), String> {
        let said = logged.said()?;
        let (number, parent) = (said.number, said.parent);
        let from = *self
            .nodes
            .get(&parent)
            .ok_or_else(|| format!("call {number} follows call {parent}, which is not there"))?;
        if self.nodes.contains_key(&number) {
            return Err(format!("there are two calls {number}"));
        }
        self.nodes.insert(number, from);
        if self.engine.history().current() != from {
            self.engine.jump(from);
        }
        self.engine.tick(said.time, usize::MAX);
        let (principal, params) = match self.principal(&said).and_then(|who| Ok((who, self.params(&said)?))) {
            Ok(found) => found,
            Err(problem) => {
                self.undone.insert(number);
                self.problems.push(problem);
                return Ok(());
            }
        };
        let nodes = self.engine.history().nodes().len();
        let outcome = self
            .engine
            .call_as(&principal, said.region, said.service, said.operation, params);
        let history = self.engine.history();
        match outcome {
            // A refusal may have done a part of its work: then it is in the log, and refused here too.
            Err(error) if history.nodes().len() == nodes => {
                self.undone.insert(number);
                self.problems
                    .push(format!("call {number}, {} {}: {error}", said.service, said.operation));
            }
            _ => {
                let node = history.current();
                if said.check.is_some() && said.check != check_of(&history.node(node).made) {
                    self.differing.push(format!("call {number}, {}", said.operation));
                }
                self.nodes.insert(number, node);
            }
        }
        Ok(())
    }

    /// Goes to a place and ends.
    pub fn finish(mut self, place: Option<Place>) -> Replayed {
        if let Some(place) = place {
            match self.nodes.get(&place.node).copied() {
                Some(node) if node != self.engine.history().current() => {
                    self.engine.jump(node);
                }
                Some(_) => {}
                None => self
                    .problems
                    .push(format!("the saved place, after call {}, is not there", place.node)),
            }
            self.engine.tick(place.now, usize::MAX);
        }
        Replayed {
            engine: self.engine,
            problems: self.problems,
            differing: self.differing,
        }
    }

    /// Who makes the call again.
    fn principal(&self, said: &Said<'_>) -> Result<Principal, String> {
        let Some(caller) = said.caller else {
            return Ok(self.engine.principal().clone());
        };
        let read = |text| {
            self.resolve(text)
                .map_err(|problem| format!("call {}, who made it: {problem}", said.number))
        };
        let (arn, key) = (read(caller.principal)?, read(caller.key)?);
        Ok(Principal::named(self.engine.world(), &arn, &key))
    }

    fn params(&self, said: &Said<'_>) -> Result<Structure, String> {
        let value = map_strings(&Value::Structure(said.value()?), &mut |text| self.resolve(text))
            .map_err(|problem| format!("call {}, {}: {problem}", said.number, said.operation))?;
        match value {
            Value::Structure(structure) => Ok(structure),
            _ => Ok(Structure::new()),
        }
    }

    /// A text with the ids of this replay in the place of its back-references.
    pub fn resolve(&self, text: &str) -> Result<String, String> {
        references::read(text, |call, path| self.made(call, path))
    }

    fn made(&self, call: usize, path: &str) -> Option<String> {
        let node = self.nodes.get(&call).filter(|_| !self.undone.contains(&call))?;
        let node = self.engine.history().node(*node);
        references::made_at(&node.made, path)
    }
}

fn map_strings(value: &Value, change: &mut impl FnMut(&str) -> Result<String, String>) -> Result<Value, String> {
    Ok(match value {
        Value::String(text) => Value::String(change(text)?),
        Value::List(items) => Value::List(
            items
                .iter()
                .map(|item| map_strings(item, change))
                .collect::<Result<_, _>>()?,
        ),
        Value::Map(entries) => {
            let changed = entries
                .iter()
                .map(|(key, item)| Ok((key.clone(), map_strings(item, change)?)));
            Value::Map(changed.collect::<Result<_, String>>()?)
        }
        Value::Structure(structure) => {
            let mut out = Structure::new();
            for (name, item) in structure.iter() {
                out.set(name, map_strings(item, change)?);
            }
            Value::Structure(out)
        }
        other => other.clone(),
    })
}
