//! `window.stratus`: the page's scripting interface (design: "What others may rely on"). Every method returns a Promise;
//! those that change something resolve when the change is saved. Rejections are objects `{code, message}`.

pub mod convert;

use crate::session::action::{Internal, PathQuestion};
use crate::session::traced::Traced;
use crate::session::{Action, ApiCall, State};
use convert::object;
use js_sys::{Function, Object, Promise, Reflect};
use std::net::IpAddr;
use std::rc::Rc;
use stratus_engine::base::ids::{InstanceId, NetworkInterfaceId};
use stratus_engine::base::time::Time;
use stratus_engine::catalog::Region;
use stratus_engine::dns::{Asker, Query};
use stratus_engine::network::{Endpoint, Flow};
use stratus_model::{Structure, Value, field, model};
use wasm_bindgen::prelude::*;
use yew::Callback;

/// A promise, and the callback that keeps it.
pub fn promise() -> (Promise, Callback<()>) {
    let mut keep = None;
    let promise = Promise::new(&mut |resolve, _| keep = Some(resolve));
    let kept = Callback::from(move |()| {
        if let Some(resolve) = &keep {
            // A continuation that throws is the script's affair.
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    });
    (promise, kept)
}

/// What a script's method gives, or the code and message of its failure.
type Answer = Result<JsValue, (String, String)>;

/// Puts `stratus` on the window. `opened` is the promise `stratus.ready`.
pub fn install(act: &Callback<Action>, opened: &Promise) {
    let Some(window) = web_sys::window() else { return };
    let stratus = Object::new();
    let set = |name: &str, value: &JsValue| {
        // A fresh plain object takes any member.
        let _ = Reflect::set(&stratus, &JsValue::from_str(name), value);
    };
    set("version", &JsValue::from_str(env!("CARGO_PKG_VERSION")));
    set("ready", opened);
    for (name, method) in METHODS {
        set(name, &bind(act, *method));
    }
    let _ = Reflect::set(&window, &JsValue::from_str("stratus"), &stratus);
}

/// A method: what it does on the session, given its arguments.
type Method = fn(&mut State, &[JsValue]) -> Answer;

/// All methods. Those that write wait for the disk by [`bind`].
const METHODS: &[(&str, Method)] = &[
    ("aws", aws),
    ("call", call),
    ("trace", trace),
    ("resolve", resolve),
    ("advance", advance),
    ("undo", undo),
    ("redo", redo),
    ("now", now),
    ("digest", digest),
    ("link", link),
    ("export", export),
    ("import", import),
];

fn bind(act: &Callback<Action>, method: Method) -> JsValue {
    let act = act.clone();
    let closure = Closure::<dyn Fn(JsValue, JsValue, JsValue, JsValue) -> Promise>::new(move |a, b, c, d| {
        let arguments = [a, b, c, d];
        Promise::new(&mut |resolve, reject| {
            let (act, arguments) = (act.clone(), arguments.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let later = crate::later::wait().await;
                let task = move |state: &mut State| {
                    let answer = match &later {
                        // What is made now would be gone with the world that is shown until then.
                        Ok(()) if state.screen.opening => refuse(
                            "ServiceUnavailable",
                            "no world is open yet: await stratus.ready first".to_owned(),
                        ),
                        Ok(()) => method(state, &arguments),
                        Err(why) => refuse("ServiceUnavailable", format!("a part of the page is missing: {why}")),
                    };
                    settle(state, answer, &resolve, &reject);
                };
                act.emit(Action::Internal(Internal::Apply(Rc::new(task))));
            });
        })
    });
    // The page's interface lives as long as the page.
    closure.into_js_value()
}

/// Resolves when all that was made is on disk, or cannot be and is said so by the sign in the top bar.
fn settle(state: &mut State, answer: Answer, resolve: &Function, reject: &Function) {
    let (resolve, reject) = (resolve.clone(), reject.clone());
    let saved = state.keeper.flush();
    wasm_bindgen_futures::spawn_local(async move {
        saved.await;
        // The script's own continuation runs on its own; what it throws is its own affair.
        let _ = match answer {
            Ok(value) => resolve.call1(&JsValue::UNDEFINED, &value),
            Err((code, message)) => {
                let error = js_sys::Error::new(&message);
                let _ = Reflect::set(&error, &JsValue::from_str("code"), &JsValue::from_str(&code));
                reject.call1(&JsValue::UNDEFINED, &error)
            }
        };
    });
}

fn refuse<T>(code: &str, message: impl Into<String>) -> Result<T, (String, String)> {
    Err((code.to_owned(), message.into()))
}

fn text(arguments: &[JsValue], place: usize, what: &str) -> Result<String, (String, String)> {
    match arguments.get(place).and_then(JsValue::as_string) {
        Some(text) => Ok(text),
        None => refuse("MissingParameter", format!("{what} is missing")),
    }
}

fn member(js: &JsValue, name: &str) -> Option<JsValue> {
    let value = js
        .dyn_ref::<Object>()
        .and_then(|object| Reflect::get(object, &JsValue::from_str(name)).ok())?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

fn aws(state: &mut State, arguments: &[JsValue]) -> Answer {
    let line = text(arguments, 0, "the command")?;
    let output = state.run_command(&line);
    Ok(object(
        [
            ("status", JsValue::from_f64(f64::from(output.status))),
            ("stdout", JsValue::from_str(&output.stdout)),
            ("stderr", JsValue::from_str(&output.stderr)),
        ]
        .into_iter(),
    ))
}

fn call(state: &mut State, arguments: &[JsValue]) -> Answer {
    let (service, operation) = (text(arguments, 0, "the service")?, text(arguments, 1, "the operation")?);
    let undefined = JsValue::UNDEFINED;
    let region = match arguments
        .get(3)
        .and_then(|options| member(options, "region"))
        .and_then(|region| region.as_string())
    {
        None => Region::US_EAST_1,
        Some(name) => match Region::find(&name) {
            Some(region) => region,
            None => return refuse("InvalidParameterValue", format!("there is no Region '{name}'")),
        },
    };
    let Some((known, shape)) = model()
        .service(&service)
        .and_then(|s| Some((s, s.operation(&operation)?)))
    else {
        return refuse(
            "InvalidAction",
            format!("there is no operation {operation} of a service {service}"),
        );
    };
    let params = match shape.input {
        Some(input) => match convert::to_structure(known, input, arguments.get(2).unwrap_or(&undefined)) {
            Ok(params) => params,
            Err(problem) => return refuse("InvalidParameterValue", problem),
        },
        None => Structure::new(),
    };
    match state.make(&ApiCall {
        region,
        service: known.name,
        operation: shape.name,
        params,
    }) {
        Ok(answer) => Ok(convert::from_value(&Value::Structure(answer))),
        Err(error) => refuse(error.code, error.message),
    }
}

fn trace(state: &mut State, arguments: &[JsValue]) -> Answer {
    let Some(question) = arguments.first().filter(|question| question.is_object()) else {
        return refuse(
            "MissingParameter",
            "trace({source, destination, protocol, port}) needs its question",
        );
    };
    let read = |name: &str| member(question, name).and_then(|value| value.as_string());
    let question = PathQuestion {
        source: read("source").unwrap_or_default(),
        destination: read("destination").unwrap_or_default(),
        protocol: read("protocol").unwrap_or_else(|| "tcp".into()),
        port: member(question, "port")
            .and_then(|port| port.as_f64())
            .map_or(String::new(), |port| port.to_string()),
        asked: 1,
        cheat: None,
    };
    let engine = state.engine.borrow();
    let traced = match Traced::ask(&engine, &question, state.region) {
        Ok(mut traced) => {
            if !traced.measured {
                traced.measure(&engine);
            }
            traced
        }
        Err(problem) => return refuse("InvalidParameterValue", problem),
    };
    let json = serde_json::to_string(&traced.trace).unwrap_or_default();
    js_sys::JSON::parse(&json).or_else(|_| refuse("InternalError", "the trace could not be written"))
}

/// The Region of a flow's ends: of the first that has one.
pub fn region_of_flow(world: &stratus_engine::World, flow: &Flow) -> Option<Region> {
    region_of_end(world, flow.source).or_else(|| region_of_end(world, flow.destination))
}

/// The Region of an end that is named by an id.
pub fn region_of_end(world: &stratus_engine::World, end: Endpoint) -> Option<Region> {
    match end {
        Endpoint::Instance(id) => world.region_of(id.into()),
        Endpoint::Interface(id) => world.region_of(id.into()),
        Endpoint::Internet | Endpoint::Address(_) => None,
    }
}

/// A flow from what a person wrote. The error names the field and what it takes.
pub fn parse_flow(source: &str, destination: &str, protocol: &str, port: &str) -> Result<Flow, String> {
    let end = |text: &str, which: &str| {
        let text = text.trim();
        match text {
            "" => Err(format!(
                "{which}: choose an instance, an interface, 'internet' or an address"
            )),
            "internet" => Ok(Endpoint::Internet),
            _ => InstanceId::parse(text)
                .map(Endpoint::Instance)
                .or_else(|| NetworkInterfaceId::parse(text).map(Endpoint::Interface))
                .or_else(|| text.parse::<IpAddr>().ok().map(Endpoint::Address))
                .ok_or_else(|| {
                    format!(
                        "{which}: '{text}' is neither 'internet', an instance's id, an interface's id nor an address"
                    )
                }),
        }
    };
    let (source, destination) = (end(source, "Source")?, end(destination, "Destination")?);
    let protocol = match protocol.trim().to_ascii_lowercase().as_str() {
        "tcp" => 6,
        "udp" => 17,
        "icmp" => {
            return Ok(Flow {
                source,
                destination,
                protocol: 1,
                port: 8,
            });
        }
        other => return Err(format!("Protocol: '{other}' is not tcp, udp or icmp")),
    };
    let port = port
        .trim()
        .parse::<u16>()
        .ok()
        .filter(|port| *port > 0)
        .ok_or_else(|| format!("Port: '{port}' is not a number from 1 to 65535"))?;
    Ok(Flow {
        source,
        destination,
        protocol,
        port,
    })
}

fn advance(state: &mut State, arguments: &[JsValue]) -> Answer {
    let Some(seconds) = arguments.first().and_then(JsValue::as_f64) else {
        return refuse("MissingParameter", "advance(seconds) needs a number of seconds");
    };
    let params = Structure::new().with(field::SECONDS, seconds);
    let call = ApiCall::new(Region::US_EAST_1, "stratus", "AdvanceClock", params);
    match state.make(&call) {
        Ok(_) => moment(state),
        Err(error) => refuse(error.code, error.message),
    }
}

fn moment(state: &mut State) -> Answer {
    let engine = state.engine.borrow();
    let members = [
        ("now", JsValue::from_str(&engine.world().now.iso8601())),
        ("digest", JsValue::from_str(&engine.digest())),
    ];
    Ok(object(members.into_iter()))
}

fn undo(state: &mut State, _: &[JsValue]) -> Answer {
    state.apply(Action::Undo);
    moment(state)
}

fn redo(state: &mut State, _: &[JsValue]) -> Answer {
    state.apply(Action::Redo);
    moment(state)
}

fn now(state: &mut State, _: &[JsValue]) -> Answer {
    let now: Time = state.engine.borrow().world().now;
    Ok(JsValue::from_str(&now.iso8601()))
}

fn digest(state: &mut State, _: &[JsValue]) -> Answer {
    Ok(JsValue::from_str(&state.engine.borrow().digest()))
}

fn link(state: &mut State, _: &[JsValue]) -> Answer {
    match crate::session::opening::share_link(state) {
        Ok(link) => Ok(JsValue::from_str(&link)),
        Err(problem) => refuse("LinkTooLong", problem),
    }
}

fn export(state: &mut State, _: &[JsValue]) -> Answer {
    Ok(JsValue::from_str(&crate::session::opening::export_text(state)))
}

fn import(state: &mut State, arguments: &[JsValue]) -> Answer {
    let text = text(arguments, 0, "the file's text")?;
    match crate::session::opening::import_text(state, &text) {
        Ok(()) => moment(state),
        Err(problem) => refuse("InvalidFile", problem),
    }
}

/// `resolve(name, type = "A", {from})`: from a Region, an instance id, an address or `internet`; us-east-1 if nothing is said.
fn resolve(state: &mut State, arguments: &[JsValue]) -> Answer {
    let name = text(arguments, 0, "the name")?;
    let record_type = arguments
        .get(1)
        .and_then(JsValue::as_string)
        .unwrap_or_else(|| "A".into());
    let from = arguments
        .get(2)
        .and_then(|options| member(options, "from"))
        .and_then(|from| from.as_string());
    let from = match from {
        None => Asker::Region(Region::US_EAST_1),
        Some(text) => match Asker::read(&text) {
            Some(asker) => asker,
            None => {
                let why = format!("from: '{text}' is neither a Region, an instance's id, 'internet' nor an address");
                return refuse("InvalidParameterValue", why);
            }
        },
    };
    let query = Query {
        name,
        record_type,
        from,
    };
    let resolution = match state.engine.borrow_mut().resolve(&query) {
        Ok(resolution) => resolution,
        Err(error) => return refuse(error.code, error.message),
    };
    let json = serde_json::to_string(&resolution).unwrap_or_default();
    js_sys::JSON::parse(&json).or_else(|_| refuse("InternalError", "the resolution could not be written"))
}
