//! Path fixtures: topologies, questions, and what becomes of each packet. `*.paths` beside this file.
//!
//! `PATHS=text cargo test -p stratus-engine --test network paths` runs the files whose names contain the text;
//! `UPDATE_EXPECT=1` writes what was found into them, to be read before it is believed.

use crate::rows::REGION;
use crate::topology::Topology;
use crate::topology::words::protocol_number;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use stratus_engine::network::isolation::{self, Forgery};
use stratus_engine::network::{self, Endpoint, Flow, Hop, Layer, Trace, Verdict};
use stratus_engine::world::integrity;
use stratus_engine::{Engine, Options};

#[test]
fn paths() {
    let only = std::env::var("PATHS").unwrap_or_default();
    let update = std::env::var("UPDATE_EXPECT").is_ok_and(|value| value == "1");
    let (mut faults, mut ran) = (Vec::new(), 0);
    for path in &files() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !name.contains(&only) {
            continue;
        }
        let text = fs::read_to_string(path).unwrap();
        let outcome = run(&text);
        ran += outcome.traces;
        faults.extend(outcome.faults.iter().map(|fault| format!("{name}: {fault}")));
        if update && outcome.updated != text {
            fs::write(path, outcome.updated).unwrap();
        }
    }
    assert!(ran >= 250 || !only.is_empty(), "there are only {ran} paths");
    assert!(
        faults.is_empty(),
        "{} of {ran} paths:\n\n{}\n",
        faults.len(),
        faults.join("\n\n")
    );
}

/// The folder of the fixtures.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/network")
}

/// The fixtures, by name.
pub fn files() -> Vec<PathBuf> {
    let entries = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries
        .filter(|path| path.extension().is_some_and(|extension| extension == "paths"))
        .collect();
    files.sort();
    files
}

/// Every topology of the fixtures as it is when its last line is read, with the file and the line that it begins at; what its
/// questions are is left out, connections that they open too.
pub fn topologies() -> Vec<(String, Topology)> {
    let mut all = Vec::new();
    for path in files() {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let mut open = (format!("{name}:1"), Topology::new());
        let mut asked = false;
        for (number, line) in text.lines().enumerate() {
            if line.starts_with("==") {
                let next = (format!("{name}:{}", number + 1), Topology::new());
                all.push(std::mem::replace(&mut open, next));
            } else if let Some(call) = line.strip_prefix("call ") {
                open.1.call(call).unwrap();
            } else if !(asked && line.starts_with(' ') || line.starts_with('#') || question(line).is_some()) {
                open.1.line(line).unwrap();
            }
            asked = question(line).is_some() || asked && line.starts_with(' ');
        }
        all.push(open);
    }
    all.retain(|(_, topology)| topology.world.ec2(REGION).is_some());
    all
}

struct Outcome {
    faults: Vec<String>,
    updated: String,
    traces: usize,
}

/// Runs one file. `==` begins a new topology; a `trace` line is followed by what is expected of it, indented.
fn run(text: &str) -> Outcome {
    let mut out = Outcome {
        faults: Vec::new(),
        updated: String::new(),
        traces: 0,
    };
    let mut topology = Topology::new();
    let mut lines = text.lines().enumerate().peekable();
    while let Some((number, line)) = lines.next() {
        let number = number + 1;
        let _ = writeln!(out.updated, "{line}");
        if line.starts_with("==") {
            topology = Topology::new();
        } else if let Some(call) = line.strip_prefix("call ") {
            if let Err(fault) = topology.call(call) {
                out.faults.push(format!("line {number}: {fault}"));
            }
        } else if let Some((kind, question)) = question(line) {
            let mut wanted = Vec::new();
            while let Some((_, line)) = lines.next_if(|(_, line)| line.starts_with(' ')) {
                wanted.push(line.to_owned());
            }
            for fault in integrity::check(&topology.world) {
                out.faults
                    .push(format!("line {number}: the topology is unsound: {fault}"));
            }
            out.traces += usize::from(matches!(kind, "trace" | "forge" | "listen"));
            let found = answer(&mut topology, kind, question).unwrap_or_else(|fault| vec![format!("  {fault}")]);
            if wanted != found {
                let (wanted, found) = (wanted.join("\n"), found.join("\n"));
                out.faults
                    .push(format!("line {number}: {question}\nexpected\n{wanted}\nfound\n{found}"));
            }
            for line in found {
                let _ = writeln!(out.updated, "{line}");
            }
        } else if !line.starts_with('#')
            && let Err(fault) = topology.line(line)
        {
            out.faults.push(format!("line {number}: {fault}"));
        }
    }
    out
}

/// `trace QUESTION`, `fix QUESTION`, `close QUESTION`, `open NAME QUESTION`, `send NAME`, `forge ADDRESS|frame QUESTION`,
/// `listen NAME QUESTION`, `beside QUESTION / QUESTION`.
fn question(line: &str) -> Option<(&str, &str)> {
    line.split_once(' ').filter(|(kind, _)| {
        matches!(
            *kind,
            "trace" | "fix" | "close" | "open" | "send" | "forge" | "listen" | "beside"
        )
    })
}

/// What is found, in fixture form.
fn answer(topology: &mut Topology, kind: &str, question: &str) -> Result<Vec<String>, String> {
    let (first, rest) = question.split_once(' ').unwrap_or((question, ""));
    let trace = match kind {
        "open" => {
            let (rest, times) = rest.split_once(" times ").unwrap_or((rest, "1"));
            let times = times.parse().map_err(|_| "times NUMBER")?;
            let flow = flow(topology, rest)?;
            return topology.open_connection(first, &flow, times);
        }
        "send" => return topology.send(question),
        "close" => return Ok(crate::closing::tell(topology, &flow(topology, question)?)),
        "beside" => {
            let (classic, vpc) = question.split_once(" / ").ok_or("beside QUESTION / QUESTION")?;
            let flows = (flow(topology, classic)?, flow(topology, vpc)?);
            return Ok(tell_beside(topology, &flows.0, &flows.1));
        }
        "fix" => return Ok(tell_fixes(topology, &flow(topology, question)?)),
        "forge" => {
            let address = first.parse().ok();
            let forgery = Forgery {
                source_address: address,
                frame: address.is_none(),
            };
            isolation::forge(&topology.world, REGION, &flow(topology, rest)?, forgery)
        }
        "listen" => match topology.end(first)? {
            Endpoint::Instance(listener) => {
                isolation::listen_in(&topology.world, REGION, listener, &flow(topology, rest)?)
            }
            _ => return Err(format!("'{first}' is no instance")),
        },
        _ => network::trace(&topology.world, REGION, &flow(topology, question)?),
    };
    Ok(tell(topology, &trace))
}

/// `SOURCE -> DESTINATION PROTOCOL PORT`.
pub fn flow(topology: &Topology, question: &str) -> Result<Flow, String> {
    let words: Vec<&str> = question.split_whitespace().collect();
    let [source, "->", destination, protocol, port] = words[..] else {
        return Err("a question is SOURCE -> DESTINATION PROTOCOL PORT".into());
    };
    let source = topology.end(source)?;
    Ok(Flow {
        source,
        destination: topology.asked(source, destination)?,
        protocol: protocol_number(protocol)?.ok_or("a flow has a protocol")?,
        port: port.parse().map_err(|_| format!("'{port}' is no port"))?,
    })
}

/// A trace in fixture form.
fn tell(topology: &Topology, trace: &Trace) -> Vec<String> {
    let mut lines = vec![format!("  = {}", trace.disposition.name())];
    let way = |name: &str, hops: &[Hop]| {
        let hops: Vec<String> = hops.iter().map(|hop| tell_hop(topology, hop)).collect();
        (!hops.is_empty()).then(|| format!("  {name} {}", hops.join(" ")))
    };
    lines.extend(way(">", &trace.forward));
    lines.extend(way("<", &trace.back));
    for explanation in &trace.explanations {
        let component = topology.name(&explanation.component.id);
        lines.push(format!(
            "  ! {} {component} {}",
            explanation.code, explanation.direction
        ));
    }
    lines
}

/// The fixes that are offered, each tried once more.
fn tell_fixes(topology: &Topology, flow: &Flow) -> Vec<String> {
    let engine = Engine::new(Options::default());
    let trace = network::explain_and_fix(&engine, &topology.world, REGION, flow);
    let mut lines = vec![format!("  = {}", trace.disposition.name())];
    for fix in &trace.fixes {
        lines.push(format!("  * {}", named(topology, &fix.why)));
        lines.extend(
            fix.commands
                .iter()
                .map(|command| format!("    {}", named(topology, command))),
        );
        if let Err(fault) = crate::properties::works(&engine, &topology.world, flow, fix) {
            lines.push(format!("    BUT {fault}"));
        }
    }
    lines
}

/// What is said of each layer, where a workload is in EC2-Classic and in a VPC.
fn tell_beside(topology: &Topology, classic: &Flow, vpc: &Flow) -> Vec<String> {
    let both = network::beside::beside(&topology.world, REGION, classic, vpc);
    let mut lines = vec![format!("  = {}", named(topology, &both.outcome))];
    for line in &both.lines {
        let layer = Layer::HOST.iter().position(|layer| *layer == line.layer);
        let layer = layer.map_or("n".to_owned(), |place| (place + 1).to_string());
        let way = if line.back { '<' } else { '>' };
        let (stand, differs) = (line.stand, if line.differs { "!=" } else { "==" });
        let counts = (line.classic.len(), line.vpc.len());
        lines.push(format!(
            "  {way} {layer} {stand:?} {}{differs}{} {}",
            counts.0,
            counts.1,
            named(topology, &line.difference)
        ));
    }
    lines
}

/// `4:web-sg+[tcp 443 from 0.0.0.0/0]`: layer, component, verdict (`+` allow, `-` deny), the rule, the changed address.
fn tell_hop(topology: &Topology, hop: &Hop) -> String {
    let layer = Layer::HOST.iter().position(|layer| *layer == hop.layer);
    let layer = layer.map_or("n".to_owned(), |place| (place + 1).to_string());
    let verdict = match hop.verdict {
        Verdict::Allow => "+",
        Verdict::Deny => "-",
        Verdict::Forward => "",
    };
    let mut text = format!("{layer}:{}{verdict}", topology.name(&hop.component().id));
    if let Some(rule) = hop.rule() {
        let shown = match hop.layer {
            Layer::SecurityGroup if rule.id != "tracked" => named(topology, &rule.text),
            Layer::VirtualInterface => rule.text.clone(),
            _ => named(topology, &rule.id),
        };
        let _ = write!(text, "[{}]", shown.replace(' ', "_"));
    }
    if hop.before.source_address != hop.after.source_address {
        let _ = write!(text, "(from={})", hop.after.source_address);
    }
    if hop.before.destination_address != hop.after.destination_address {
        let _ = write!(text, "(to={})", hop.after.destination_address);
    }
    text
}

/// Ids in a text replaced by names.
pub fn named(topology: &Topology, text: &str) -> String {
    let mut out = text.to_owned();
    for (name, id) in topology.named() {
        out = out.replace(&id, name);
    }
    out
}
