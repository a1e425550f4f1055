//! One call of the log as JSON, and the replay that makes an engine of many.
//!
//! ```json
//! {"n": 4, "parent": 3, "time": "2025-03-03T09:00:40Z", "region": "us-east-1", "service": "ec2", "operation": "StopInstances",
//!  "params": {"InstanceIds": ["${1.Instances[0].InstanceId}"]}}
//! {"at": 3, "now": "2025-03-03T09:05:00Z"}
//! ```

use crate::references::{self, Births};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;
use stratus_engine::base::time::Time;
use stratus_engine::catalog::Region;
use stratus_engine::history::{History, NodeId};
use stratus_engine::{Engine, Options};
use stratus_model::{Structure, Value, json as model_json, model, time};

/// A call in the written log.
#[derive(Clone, Debug, PartialEq)]
pub struct LoggedCall(pub Map<String, Json>);

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
        let now = Time(time::parse(json.get("now")?.as_str()?)?);
        Some(Place { node, now })
    }
}

/// Makes an engine of written calls. A call that cannot be made again is left out and named; the rest goes on.
pub struct Replay {
    engine: Engine,
    /// Written number → node.
    nodes: BTreeMap<usize, NodeId>,
    problems: Vec<String>,
}

impl Replay {
    /// Begins with a new world.
    pub fn new(options: Options) -> Replay {
        Replay {
            engine: Engine::new(options),
            nodes: BTreeMap::from([(0, 0)]),
            problems: Vec::new(),
        }
    }

    /// Makes one call again. An error is a log that is not one (malformed); a call that AWS's rules now refuse is a problem, noted.
    pub fn call(&mut self, logged: &LoggedCall) -> Result<(), String> {
        let number = self.number(logged, "n")?;
        let parent = self.number(logged, "parent")?;
        let text = |name: &str| {
            logged
                .0
                .get(name)
                .and_then(Json::as_str)
                .ok_or_else(|| format!("call {number} has no {name}"))
        };
        let at = time::parse(text("time")?).ok_or_else(|| format!("the time of call {number} is not one"))?;
        let region = Region::find(text("region")?).ok_or_else(|| {
            format!(
                "call {number} names the Region '{}', which is unknown",
                text("region").unwrap_or_default()
            )
        })?;
        let (service, operation) = (text("service")?, text("operation")?);
        let from = *self
            .nodes
            .get(&parent)
            .ok_or_else(|| format!("call {number} follows call {parent}, which is not there"))?;
        if self.nodes.contains_key(&number) {
            return Err(format!("there are two calls {number}"));
        }
        self.nodes.insert(number, from);
        let params = match self.params(number, service, operation, logged.0.get("params").unwrap_or(&json!({}))) {
            Ok(params) => params,
            Err(problem) => {
                self.problems.push(problem);
                return Ok(());
            }
        };
        if self.engine.history().current() != from {
            self.engine.jump(from);
        }
        self.engine.tick(Time(at), usize::MAX);
        match self.engine.call(region, service, operation, params) {
            Ok(_) => {
                let node = self.engine.history().current();
                self.nodes.insert(number, node);
            }
            Err(error) => self
                .problems
                .push(format!("call {number}, {service} {operation}: {error}")),
        }
        Ok(())
    }

    /// Goes to a place and ends.
    pub fn finish(mut self, place: Option<Place>) -> (Engine, Vec<String>) {
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
        (self.engine, self.problems)
    }

    fn number(&self, logged: &LoggedCall, name: &str) -> Result<usize, String> {
        let number = logged
            .0
            .get(name)
            .and_then(Json::as_u64)
            .and_then(|n| usize::try_from(n).ok());
        number.ok_or_else(|| format!("a call has no number '{name}'"))
    }

    fn params(&self, number: usize, service: &str, operation: &str, json: &Json) -> Result<Structure, String> {
        let known = model()
            .service(service)
            .ok_or_else(|| format!("call {number}: there is no service '{service}'"))?;
        let operation = known
            .operation(operation)
            .ok_or_else(|| format!("call {number}: {service} has no operation '{operation}'"))?;
        let Some(shape) = operation.input else {
            return Ok(Structure::new());
        };
        let value = model_json::from_json(known, shape, json)
            .map_err(|problem| format!("call {number}, {}: {problem}", operation.name))?;
        let value = map_strings(&value, &mut |text| {
            references::read(text, |call, path| self.made(call, path))
        })
        .map_err(|problem| format!("call {number}, {}: {problem}", operation.name))?;
        match value {
            Value::Structure(structure) => Ok(structure),
            _ => Err(format!("call {number}: its parameters are not an object")),
        }
    }

    fn made(&self, call: usize, path: &str) -> Option<String> {
        let node = self.engine.history().node(*self.nodes.get(&call)?);
        node.made
            .iter()
            .find(|(known, _)| known == path)
            .map(|(_, id)| id.clone())
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
