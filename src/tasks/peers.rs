//! `cargo tasks peers`: the endpoint beside two other emulators, in one run on one machine: calls a second and the server's
//! CPU a call, over one keep-alive connection. It prints figures and ratios, and judges nothing; no part of `cargo verify`,
//! whose outcome must not hang on programs of others.
//!
//! The requests are bytes that are sent again and again, so that no client's speed plays a part. Ours checks their signatures.
//! The cores are kept awake meanwhile, each measurement is taken several times, every time from a new server, and the one in
//! the middle counts. To a question that is asked again, of a world that has not changed, ours has its answer still: so one row changes the world
//! before each question.

mod awake;
mod client;
mod servers;

use crate::failure::{Outcome, failed};
use crate::{machine, python};
use awake::Awake;
use servers::{Peer, Server};
use std::ffi::OsString;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

const HELP: &str = "\
usage: cargo tasks peers [--seconds N] [--rounds N] [--only WORDS]

Runs cargo serve, moto_server and ministack, and prints calls a second and server CPU a call, as ratios to ministack.
Installs the other two with pip into target/python.

  --seconds N    how long each measurement takes at least (2)
  --rounds N     how often each is taken (3)
  --only WORDS   the measurements whose names contain these words
";

/// What is measured: a name, and the parameters of an EC2 or Route 53 call.
struct Workload {
    name: &'static str,
    /// Instances that are there before.
    instances: usize,
    kind: Kind,
}

#[derive(Clone, Copy)]
enum Kind {
    Describe,
    /// A tag is set before each question.
    TagAndDescribe,
    Run,
    GroupWithRule,
    Record,
}

const WORKLOADS: [Workload; 8] = [
    Workload {
        name: "DescribeInstances × 0",
        instances: 0,
        kind: Kind::Describe,
    },
    Workload {
        name: "RunInstances",
        instances: 0,
        kind: Kind::Run,
    },
    Workload {
        name: "CreateSecurityGroup and a rule",
        instances: 0,
        kind: Kind::GroupWithRule,
    },
    Workload {
        name: "ChangeResourceRecordSets",
        instances: 0,
        kind: Kind::Record,
    },
    Workload {
        name: "DescribeInstances × 100",
        instances: 100,
        kind: Kind::Describe,
    },
    Workload {
        name: "DescribeInstances × 1,000",
        instances: 1_000,
        kind: Kind::Describe,
    },
    Workload {
        name: "CreateTags and DescribeInstances × 100",
        instances: 100,
        kind: Kind::TagAndDescribe,
    },
    Workload {
        name: "CreateTags and DescribeInstances × 1,000",
        instances: 1_000,
        kind: Kind::TagAndDescribe,
    },
];

/// Calls of a workload that writes.
const CALLS: usize = 400;
/// The question that is asked most.
const DESCRIBE: &str = "Action=DescribeInstances&Version=2016-11-15";
/// A rule for a group.
const RULE: &str = "Action=AuthorizeSecurityGroupIngress&Version=2016-11-15&IpPermissions.1.IpProtocol=tcp&IpPermissions.1.FromPort=80&IpPermissions.1.ToPort=80&IpPermissions.1.IpRanges.1.CidrIp=0.0.0.0%2F0";

/// What a server did of a workload.
#[derive(Clone, Copy)]
struct Figures {
    calls_a_second: f64,
    /// Milliseconds.
    cpu_a_call: f64,
    bytes_a_call: f64,
}

/// The command.
pub fn run(arguments: Vec<OsString>) -> Outcome {
    use lexopt::prelude::*;
    let (mut seconds, mut rounds, mut only) = (2, 3, String::new());
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("seconds") => seconds = parser.value()?.parse()?,
            Long("rounds") => rounds = parser.value()?.parse::<usize>()?.max(1),
            Long("only") => only = parser.value()?.string()?,
            Long("help") | Short('h') => {
                print!("{HELP}");
                return Ok(());
            }
            other => return Err(other.unexpected().into()),
        }
    }
    println!("{}", measure(Duration::from_secs(seconds), rounds, &only)?);
    Ok(())
}

/// All of it, as a table.
fn measure(at_least: Duration, rounds: usize, only: &str) -> Outcome<String> {
    let workloads: Vec<&Workload> = WORKLOADS
        .iter()
        .filter(|workload| workload.name.contains(only))
        .collect();
    if workloads.is_empty() {
        let known: Vec<&str> = WORKLOADS.iter().map(|workload| workload.name).collect();
        return failed(format!(
            "--only {only}: no such measurement; there are: {}",
            known.join("; ")
        ));
    }
    python::ensure_peers()?;
    let mut build = machine::cargo();
    machine::run(build.args([
        "build",
        "--quiet",
        "--locked",
        "--profile",
        "bench",
        "--package",
        "stratus-serve",
    ]))?;
    let awake = Awake::start()?;
    let mut table =
        String::from("calls a second, server CPU a call (ms), answer (KB); ratio = CPU beside ministack's\n");
    let mut figures: Vec<Vec<Figures>> = Vec::new();
    for peer in Peer::ALL {
        let mut of_peer = Vec::new();
        let mut starts = Vec::new();
        for workload in workloads.iter().copied() {
            let mut taken = Vec::with_capacity(rounds);
            for _ in 0..rounds {
                // A server of its own for each: what one leaves behind is not another's burden.
                let server = Server::start(peer)?;
                starts.push(server.first_answer.as_secs_f64() * 1e3);
                taken.push(work(&server, workload, at_least)?);
            }
            taken.sort_by(|one, other| one.cpu_a_call.total_cmp(&other.cpu_a_call));
            of_peer.extend(taken.get(rounds / 2).copied());
        }
        starts.sort_by(f64::total_cmp);
        let middle = starts.get(starts.len() / 2).copied().unwrap_or(f64::NAN);
        println!(
            "{}: first answer after {middle:.0} ms (the one in the middle of {})",
            peer.name(),
            starts.len()
        );
        figures.push(of_peer);
    }
    drop(awake);
    for (at, workload) in workloads.iter().enumerate() {
        let _ = writeln!(table, "{}", workload.name);
        let last = figures
            .last()
            .and_then(|of_peer| of_peer.get(at))
            .map_or(f64::NAN, |known| known.cpu_a_call);
        for (peer, of_peer) in Peer::ALL.iter().zip(&figures) {
            let Some(known) = of_peer.get(at) else { continue };
            let _ = writeln!(
                table,
                "  {:<12} {:>9.0}/s {:>9.3} ms {:>8.1} KB  ratio {:.3}",
                peer.name(),
                known.calls_a_second,
                known.cpu_a_call,
                known.bytes_a_call / 1e3,
                known.cpu_a_call / last
            );
        }
    }
    if only.is_empty() {
        let _ = writeln!(table, "{}", many_instances()?);
    }
    Ok(table)
}

/// Bytes that ours may hold with 10,000 instances.
const MOST_MEMORY: f64 = 200e6;

/// Our memory with 10,000 instances, in as many Regions as their quotas want. Fails above the promise, which hangs on nobody
/// else's program.
fn many_instances() -> Outcome<String> {
    let server = Server::start(Peer::Stratus)?;
    for region in ["us-east-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-northeast-1"] {
        let mut connection = server.connect(region)?;
        let launch = run_instances(&server.image(&mut connection)?, 100);
        for _ in 0..20 {
            connection.call("ec2", &launch)?;
        }
    }
    let held = server.memory()?;
    let told = format!(
        "stratus with 10,000 instances: {:.0} MB of {:.0}",
        held / 1e6,
        MOST_MEMORY / 1e6
    );
    if held > MOST_MEMORY {
        return failed(told);
    }
    Ok(told)
}

fn run_instances(image: &str, count: usize) -> String {
    format!(
        "Action=RunInstances&Version=2016-11-15&ImageId={image}&InstanceType=t3.micro&MinCount={count}&MaxCount={count}"
    )
}

fn work(server: &Server, workload: &Workload, at_least: Duration) -> Outcome<Figures> {
    let mut connection = server.connect("us-east-1")?;
    let image = server.image(&mut connection)?;
    let there = connection.call("ec2", DESCRIBE)?;
    let mut missing = workload.instances.saturating_sub(count(&there, "<instanceId>"));
    while missing > 0 {
        let now = missing.min(100);
        connection.call("ec2", &run_instances(&image, now))?;
        missing -= now;
    }
    let tagged = match workload.kind {
        Kind::TagAndDescribe => first_instance(&connection.call("ec2", DESCRIBE)?),
        _ => String::new(),
    };
    let zone = match workload.kind {
        Kind::Record => Some(connection.create_zone()?),
        _ => None,
    };
    // What repeats is signed once; the rest before the clock starts, but for the rule, which names the group that was made.
    let repeats = matches!(workload.kind, Kind::Describe);
    let group = |number: usize| {
        format!("Action=CreateSecurityGroup&Version=2016-11-15&GroupName=bench-{number}&GroupDescription=one+of+many")
    };
    let prepared: Vec<Vec<u8>> = (0..if repeats { 1 } else { CALLS })
        .map(|number| match workload.kind {
            Kind::Describe => connection.signed("ec2", DESCRIBE),
            Kind::Run => connection.signed("ec2", &run_instances(&image, 1)),
            Kind::TagAndDescribe => connection.signed("ec2", &tag(&tagged, number)),
            Kind::GroupWithRule => connection.signed("ec2", &group(number)),
            Kind::Record => connection.upsert(zone.as_deref().unwrap_or_default(), number),
        })
        .collect();
    let question = connection.signed("ec2", DESCRIBE);
    let (before, start) = (server.cpu()?, Instant::now());
    let (mut calls, mut bytes) = (0_usize, 0_usize);
    for request in prepared.iter().cycle() {
        let mut answer = connection.send(request)?;
        if matches!(workload.kind, Kind::GroupWithRule) && answer.status == 200 {
            let text = answer.text();
            let id = text.split("<groupId>").nth(1).and_then(|rest| rest.split('<').next());
            let rule = connection.signed("ec2", &format!("{RULE}&GroupId={}", id.unwrap_or_default()));
            answer = connection.send(&rule)?;
        }
        if matches!(workload.kind, Kind::TagAndDescribe) && answer.status == 200 {
            answer = connection.send(&question)?;
        }
        if answer.status != 200 {
            return failed(format!("{} {}: {}", server.peer.name(), workload.name, answer.text()));
        }
        bytes += answer.body.len();
        calls += 1;
        let all = !repeats && calls == prepared.len();
        if all || (repeats && start.elapsed() >= at_least && calls >= 20) {
            break;
        }
    }
    let (took, used) = (start.elapsed().as_secs_f64(), server.cpu()? - before);
    Ok(Figures {
        calls_a_second: calls as f64 / took,
        cpu_a_call: used * 1e3 / calls as f64,
        bytes_a_call: bytes as f64 / calls as f64,
    })
}

fn tag(instance: &str, number: usize) -> String {
    format!("Action=CreateTags&Version=2016-11-15&ResourceId.1={instance}&Tag.1.Key=turn&Tag.1.Value={number}")
}

/// The first id of an instance in an answer.
fn first_instance(answer: &str) -> String {
    let id = answer.split("<instanceId>").nth(1);
    let id = id.and_then(|rest| rest.split('<').next());
    id.unwrap_or_default().to_owned()
}

fn count(text: &str, word: &str) -> usize {
    text.matches(word).count()
}
