//! What holds for every trace and every fix, on small topologies made at random.

use crate::paths;
use crate::random_rules::{acl_rules, group_rules};
use crate::rows::REGION;
use crate::topology::Topology;
use proptest::prelude::*;
use stratus_engine::base::ids::{FlowLogId, VpcId};
use stratus_engine::base::time::{Span, Time};
use stratus_engine::network::exchange::{Exchange, Load};
use stratus_engine::network::{self, Disposition, Endpoint, Fate, Fix, Flow, Hop, Layer, Trace, Verdict, codes};
use stratus_engine::world::flow_logs::{FlowLog, LogDestination, TrafficKind};
use stratus_engine::world::integrity;
use stratus_engine::{Engine, Options, World, clock};

/// Makes a fix's calls on a copy of the world, in the form in which others make them, and looks whether the path works.
pub fn works(engine: &Engine, world: &World, flow: &Flow, fix: &Fix) -> Result<(), String> {
    let calls: Vec<usize> = (0..fix.calls.len()).collect();
    let after = make(engine, world, fix, &calls)?;
    match network::trace(&after, REGION, flow) {
        trace if trace.reachable => Ok(()),
        trace => Err(format!(
            "it ends {}: {:?}",
            trace.disposition.name(),
            trace.explanations
        )),
    }
}

/// Makes some of a fix's calls; references to calls that are left out cannot be read.
fn make(engine: &Engine, world: &World, fix: &Fix, wanted: &[usize]) -> Result<World, String> {
    let mut world = world.clone();
    let mut answers = Vec::new();
    for (number, call) in fix.calls.iter().enumerate() {
        if !wanted.contains(&number) {
            answers.push(stratus_model::Structure::new());
            continue;
        }
        let params = call.params(&answers).map_err(|error| error.to_string())?;
        let region = call.region.unwrap_or(REGION);
        let made = engine.try_on(&world, region, call.service, call.operation, &params);
        let (answer, next) = made.map_err(|error| format!("{}: {error}", call.operation))?;
        answers.push(answer);
        world = next;
        let faults = integrity::check(&world);
        if !faults.is_empty() {
            return Err(format!("{} leaves {faults:?}", call.operation));
        }
    }
    let until = world.now + Span::minutes(15);
    clock::advance(&mut world, until, 10_000);
    Ok(world)
}

/// What must be true of any trace.
fn sound(world: &World, flow: &Flow, trace: &Trace) -> Result<(), TestCaseError> {
    prop_assert_eq!(trace.reachable, trace.explanations.is_empty());
    prop_assert_eq!(trace.reachable, trace.disposition == Disposition::Delivered);
    prop_assert_eq!(trace.disposition, network::disposition(world, REGION, flow));
    let known = crate::codes::of_engine();
    for explanation in &trace.explanations {
        prop_assert!(known.contains(&explanation.code), "{} is no code", explanation.code);
        prop_assert!(explanation.detail.ends_with('.'), "{}", explanation.detail);
        prop_assert!(
            explanation.component.kind.starts_with("AWS::"),
            "{}",
            explanation.component.kind
        );
    }
    for hop in trace.forward.iter().chain(&trace.back) {
        sound_hop(hop)?;
    }
    // Only the last step of a way denies, and the first explanation speaks of that step.
    let denied = |hops: &[Hop]| hops.iter().position(|hop| hop.verdict == Verdict::Deny);
    let (forward, back) = (denied(&trace.forward), denied(&trace.back));
    prop_assert!(forward.is_none_or(|at| at + 1 == trace.forward.len() && trace.back.is_empty()));
    prop_assert!(back.is_none_or(|at| at + 1 == trace.back.len()));
    let stopper = trace
        .forward
        .iter()
        .chain(&trace.back)
        .find(|hop| hop.verdict == Verdict::Deny);
    match (trace.explanations.first(), stopper) {
        (None, stopper) => prop_assert!(stopper.is_none()),
        // A question without a path has an explanation and no step.
        (Some(_), None) => prop_assert!(trace.forward.is_empty() && trace.back.is_empty()),
        (Some(first), Some(hop)) => {
            prop_assert_eq!(&first.component, hop.component());
            prop_assert_eq!(&first.detail, hop.text());
            prop_assert_eq!(first.direction == "forward", forward.is_some());
            let lost = trace.disposition == Disposition::ReplyLost;
            prop_assert_eq!(lost, first.direction == "return");
            prop_assert!(lost || trace.disposition == codes::disposition(first.code));
        }
    }
    Ok(())
}

fn sound_hop(hop: &Hop) -> Result<(), TestCaseError> {
    prop_assert!(
        hop.text().ends_with('.') && !hop.text().contains("  "),
        "{}",
        hop.text()
    );
    prop_assert!(hop.source == "ours" || hop.source.starts_with("https://docs.aws.amazon.com/"));
    prop_assert!(!hop.component().id.is_empty() && hop.component().kind.starts_with("AWS::"));
    let decided = hop.considered().iter().filter(|one| one.fate == Fate::Decided);
    match hop.layer {
        // The guest's firewall and its listener may both have their say.
        Layer::CustomerInstance => prop_assert!(decided.count() <= 2),
        _ => prop_assert_eq!(decided.count(), usize::from(!hop.considered().is_empty())),
    }
    // Only translation changes a packet, never its protocol, and its ports only at NAT gateways and load balancers.
    let (before, after) = (hop.before, hop.after);
    let ports = |packet: network::Packet| (packet.source_port, packet.destination_port);
    prop_assert_eq!(before.protocol, after.protocol);
    let kind = hop.component().kind;
    let translates = kind == "AWS::EC2::NatGateway" || kind.starts_with("AWS::ElasticLoadBalancing");
    prop_assert!(ports(before) == ports(after) || translates);
    prop_assert!(before == after || matches!(hop.layer, Layer::Network | Layer::CustomerInstance));
    Ok(())
}

fn pick(words: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(words)
}

fn routes() -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(
        pick(&[
            "0.0.0.0/0 igw",
            "0.0.0.0/0 igw",
            "0.0.0.0/0 i0",
            "::/0 igw",
            "203.0.113.0/24 idle",
            "10.0.2.0/24 i1",
            "10.0.1.0/24 gone",
            "office igw",
            "0.0.0.0/0 gate",
            "0.0.0.0/0 gate",
            "203.0.113.0/24 young",
            "192.168.0.0/16 home",
            "10.0.3.0/24 gate",
            "::/0 out",
            "10.9.0.0/16 pcx",
            "10.9.0.0/16 pcx",
            "0.0.0.0/0 pcx",
        ]),
        0..4,
    )
}

fn instance(number: usize) -> impl Strategy<Value = String> {
    let parts = (
        pick(&["a", "a", "b", "c"]),
        pick(&["", " public 54.0.0.", " public 54.0.0."]),
        pick(&["sg0", "sg1", "sg2", "sg0,sg1", "main-default"]),
        pick(&["tcp/443", "tcp/443,udp/53", "-"]),
        pick(&[
            "",
            "",
            "",
            " firewall drop/tcp/443/10.0.0.0_8",
            " firewall drop/all/*/0.0.0.0_0",
            " firewall-out drop/tcp/443/10.0.0.0_9",
            " firewall-out allow/tcp/443/0.0.0.0_0,drop/all/*/0.0.0.0_0",
        ]),
        pick(&[
            "",
            "",
            "",
            " stopped",
            " stopping",
            " pending",
            " shutting-down",
            " terminated",
        ]),
        pick(&[
            "",
            " no-check",
            " windows",
            " host-failed",
            " impaired",
            " auto-public",
            " xen",
        ]),
        pick(&["", " ipv6"]),
        pick(&["", "", "second"]),
    );
    parts.prop_map(move |(subnet, public, groups, listens, firewall, state, odd, ipv6, second)| {
        let place = match subnet {
            "a" => 1,
            "b" => 2,
            _ => 3,
        };
        let text = |there: bool, text: String| if there { text } else { String::new() };
        let (has_public, has_second) = (!public.is_empty(), !second.is_empty());
        let more = text(has_second, format!(",54.0.0.{}", number + 110));
        let public = text(has_public, format!("{public}{}{more}", number + 10));
        let second = text(has_second, format!(",10.0.{place}.{}", number + 40));
        let ipv6 = text(!ipv6.is_empty(), format!(" ipv6 2600:1f18::{place}:{:x}", number + 16));
        format!(
            "instance i{number} {subnet} 10.0.{place}.{}{second}{public}{ipv6} groups {groups} listens {listens}{firewall}{state}{odd}",
            number + 10
        )
    })
}

/// A small topology as lines.
pub fn topology() -> impl Strategy<Value = Vec<String>> {
    let groups = (group_rules(), group_rules(), group_rules());
    let acls = (acl_rules(), acl_rules());
    let tables = (routes(), routes(), pick(&["", " edge igw"]));
    let instances = (instance(0), instance(1), instance(2), instance(3));
    let gateway = pick(&["main", "main", "main", "-"]);
    (
        groups,
        acls,
        tables,
        instances,
        gateway,
        pick(&["open", "acl0", "acl1"]),
        crate::random_balancers::balancers(),
        (crate::random_links::links(), crate::random_carriers::carriers()),
    )
        .prop_map(
            |(groups, acls, tables, instances, gateway, acl, balancers, (links, carriers))| {
                let mut lines = vec!["vpc main 10.0.0.0/16 ipv6 2600:1f18::/56".to_owned()];
                lines.extend([
                    format!("gateway igw {gateway}"),
                    "gateway idle -".into(),
                    "list office 203.0.113.0/28".into(),
                    "vpc far 10.9.0.0/16".into(),
                    "peering pcx main far".into(),
                    "group far-sg far".into(),
                    " in all 0.0.0.0/0".into(),
                    " out all 0.0.0.0/0".into(),
                    "subnet f far 10.9.1.0/24".into(),
                    "instance other f 10.9.1.10 groups far-sg listens tcp/443".into(),
                ]);
                let mut block = |head: String, rules: Vec<String>| {
                    lines.push(head);
                    lines.extend(rules.iter().map(|rule| format!(" {rule}")));
                };
                let owned = |rules: Vec<&str>| rules.into_iter().map(str::to_owned).collect::<Vec<_>>();
                for name in ["sg0", "sg1", "sg2"] {
                    block(format!("group {name} main"), Vec::new());
                }
                for (name, rules) in ["acl0", "acl1"].into_iter().zip([acls.0, acls.1]) {
                    let mut rules = rules;
                    rules.sort_by_key(|rule| rule.split(' ').take(2).map(str::to_owned).collect::<Vec<_>>());
                    rules.dedup_by_key(|rule| rule.split(' ').take(2).map(str::to_owned).collect::<Vec<_>>());
                    block(format!("acl {name} main"), rules);
                }
                let acl = if acl == "open" {
                    String::new()
                } else {
                    format!(" acl {acl}")
                };
                block(
                    format!("subnet a main 10.0.1.0/24 ipv6 2600:1f18::1:0/112{acl}"),
                    Vec::new(),
                );
                block(
                    "subnet b main 10.0.2.0/24 ipv6 2600:1f18::2:0/112 acl acl1".into(),
                    Vec::new(),
                );
                block("subnet c main 10.0.3.0/24 ipv6 2600:1f18::3:0/112".into(), Vec::new());
                for line in [
                    "nat gate c 10.0.3.200 public 54.0.0.200",
                    "nat young a 10.0.1.201 public 54.0.0.201 pending",
                    "egress-only out main",
                    "vpn home main 192.168.0.0/16",
                ] {
                    block(line.into(), Vec::new());
                }
                for line in [instances.0, instances.1, instances.2, instances.3] {
                    block(line, Vec::new());
                }
                for (name, rules) in ["sg0", "sg1", "sg2"].into_iter().zip([groups.0, groups.1, groups.2]) {
                    block(format!("more {name}"), owned(rules));
                }
                let dedup = |mut routes: Vec<&'static str>| {
                    routes.sort_unstable();
                    routes.dedup_by_key(|route| route.split(' ').next());
                    owned(routes)
                };
                block("table t0 main main".into(), dedup(tables.0));
                let own: Vec<&str> = tables.1.into_iter().filter(|_| tables.2.is_empty()).collect();
                block("table t1 main for a".into(), dedup(own));
                block(
                    format!("table t2 main{}", tables.2),
                    if tables.2.is_empty() {
                        vec![]
                    } else {
                        vec!["10.0.1.0/24 i2".into()]
                    },
                );
                lines.extend([
                    "table tf far main".into(),
                    " 10.0.0.0/16 pcx".into(),
                    "vpc hubbed 10.8.0.0/16".into(),
                    "transit hub refers".into(),
                    "subnet h hubbed 10.8.1.0/24".into(),
                    "instance spoke h 10.8.1.10 listens tcp/443".into(),
                    "more hubbed-default".into(),
                    " in all 10.0.0.0/8".into(),
                    "attach first hub main c 10.0.3.200 refers".into(),
                    "attach second hub hubbed h 10.8.1.5 refers".into(),
                    "more sg1".into(),
                    " in tcp 443 hubbed-default@hub".into(),
                    "table th hubbed main".into(),
                    " 10.0.0.0/8 hub".into(),
                    "table t3 main for c".into(),
                    " 10.8.0.0/16 hub".into(),
                    "endpoint s3 main s3 gateway t0".into(),
                ]);
                lines.extend(balancers.iter().chain(&links).map(|line| (*line).to_owned()));
                lines.extend(carriers);
                lines
            },
        )
}

pub fn question() -> impl Strategy<Value = String> {
    const ENDS: &[&str] = &[
        "internet",
        "internet",
        "i0",
        "i1",
        "i2",
        "i3",
        "10.0.1.10",
        "54.0.0.11",
        "8.8.8.8",
        "other",
        "spoke",
        "10.9.1.10",
        "edge",
        "edge",
        "rim",
        "155.146.8.10",
        "100.64.7.7",
        "low",
        "10.7.1.200",
        "extra",
        "10.0.3.77",
        "172.31.0.9",
        "52.216.1.1",
        "192.168.1.1",
        "10.0.1.200",
        "10.0.3.200",
        "alb-a",
        "alb-b",
        "54.0.0.210",
        "nlb-c",
        "10.0.3.211",
        "old-b",
        "own-eni",
        "10.9.1.77",
        "54.0.0.200",
        "10.0.0.2",
        "169.254.169.254",
        "2600:1f18::1:10",
        "2001:db8::7",
        "224.0.0.1",
        "127.0.0.1",
    ];
    let what = pick(&["tcp 443", "tcp 443", "tcp 22", "udp 53", "icmp 8", "icmp 3", "47 0"]);
    (pick(ENDS), pick(ENDS), what).prop_map(|(source, destination, what)| format!("{source} -> {destination} {what}"))
}

pub fn build(lines: &[String]) -> Topology {
    let mut topology = Topology::new();
    for line in lines {
        // An instance that is terminated has no interface, so a route to it cannot be written down.
        let read = topology.line(line);
        assert!(read.is_ok() || line.starts_with(' '), "{line}: {read:?}");
    }
    topology
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn every_trace_is_sound(lines in topology(), questions in prop::collection::vec(question(), 12)) {
        let topology = build(&lines);
        prop_assert_eq!(integrity::check(&topology.world), Vec::<String>::new());
        for question in &questions {
            let flow = paths::flow(&topology, question).unwrap();
            let trace = network::trace(&topology.world, REGION, &flow);
            sound(&topology.world, &flow, &trace).map_err(|error| TestCaseError::fail(format!("{question}: {error}")))?;
            // The same world and the same question give the same answer, and it can be told to others.
            prop_assert_eq!(&trace, &network::trace(&topology.world, REGION, &flow));
            prop_assert!(serde_json::to_string(&trace).is_ok());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 200, ..ProptestConfig::default() })]

    /// The first packet of a connection fares as its trace does; what was opened just now is alive because rules allow it.
    #[test]
    fn connections_open_as_their_traces_say(lines in topology(), questions in prop::collection::vec(question(), 12)) {
        let topology = build(&lines);
        let mut world = topology.world.clone();
        world.put(REGION, flow_log());
        for question in &questions {
            let flow = paths::flow(&topology, question).unwrap();
            let trace = network::trace(&world, REGION, &flow);
            let attempt = network::open(&world, REGION, &flow, 1);
            if let Some(exchange) = &attempt.exchange {
                prop_assert_eq!(rejected(exchange), stopped_by_filters(&trace), "{}", question);
            }
            let open = attempt.opening == network::Opening::Established;
            prop_assert_eq!(open, trace.reachable, "{}", question);
            prop_assert_eq!(open, attempt.connection.is_some());
            if let Some(first) = trace.explanations.first() {
                prop_assert_eq!(&attempt.reason, &first.detail);
            }
            if attempt.opening == network::Opening::Refused {
                prop_assert_eq!(trace.disposition, Disposition::NotListening);
            }
            if let Some(first) = trace.forward.first() {
                let sent = attempt.packets.first().map(|packet| (packet.source, packet.destination));
                let packet = first.before;
                let wanted = (
                    (packet.source_address, packet.source_port),
                    (packet.destination_address, packet.destination_port),
                );
                prop_assert_eq!(sent, Some(wanted));
            }
            if let Some(row) = attempt.connection {
                let number = row.number;
                let ec2 = world.regions.get_mut(&REGION).unwrap();
                ec2.connections_opened = number;
                ec2.connections.insert(number, row);
                let state = network::connection(&world, REGION, number).unwrap();
                prop_assert_eq!(state.fate, network::ConnectionFate::Allowed, "{}: {}", question, state.reason);
                let sent = network::send(&world, REGION, number, Load::default()).unwrap();
                prop_assert_eq!(sent.state.fate, network::ConnectionFate::Allowed);
                prop_assert_eq!(sent.exchange.map(|exchange| rejected(&exchange)), Some(0));
            }
        }
        // Whoever pings is answered as the trace says; the way's last router is the destination.
        for question in &questions {
            let flow = Flow { protocol: 1, port: 8, ..paths::flow(&topology, question).unwrap() };
            let reachable = network::trace(&world, REGION, &flow).reachable;
            let ping = network::ping(&world, REGION, flow.source, flow.destination);
            let route = network::traceroute(&world, REGION, flow.source, flow.destination);
            prop_assert_eq!((ping.answered, route.reached), (reachable, reachable));
            prop_assert_eq!(ping.reason.is_empty(), reachable);
            prop_assert_eq!(ping.mtu, route.mtu);
            prop_assert!([1436, 1500, 8500, 9001].contains(&ping.mtu));
            prop_assert!(!reachable || route.hops.last().is_some_and(|hop| hop.address == ping.address));
        }
    }
}

/// A flow log, so that somebody looks at traffic.
fn flow_log() -> FlowLog {
    FlowLog {
        id: FlowLogId(1),
        born: 1,
        created: Time::START,
        resource: VpcId(1).into(),
        traffic: Some(TrafficKind::All),
        destination: LogDestination::Group("flows".into(), false),
        format: None,
        interval: 60,
        role: None,
        cross_role: None,
        failure: None,
        due: Vec::new(),
        streams: Vec::new(),
    }
}

/// How many interfaces see a packet rejected.
fn rejected(exchange: &Exchange) -> usize {
    let all = exchange.there.interfaces.iter().chain(&exchange.back.interfaces);
    all.filter(|sighting| !sighting.accepted).count()
}

/// What security groups, network ACLs and VPC Block Public Access stop is rejected at one interface; what anything else stops
/// at none.
fn stopped_by_filters(trace: &Trace) -> usize {
    let first = trace.explanations.first().map(|first| first.code);
    usize::from(matches!(
        first,
        Some(
            codes::ENI_SG_RULES_MISMATCH
                | codes::SG_HAS_NO_RULES
                | codes::SG_REFERENCES_NOT_PRESERVED
                | codes::SUBNET_ACL_RESTRICTION
                | codes::REMAP_EPHEMERAL_PORT
                | codes::VPC_BLOCK_PUBLIC_ACCESS_ENABLED
        )
    ))
}

/// More instances for a topology of four: alike at random, so that some pairs are judged by others.
pub fn more_instances() -> impl Strategy<Value = Vec<String>> {
    (
        prop::collection::vec(instance(4), 2),
        prop::collection::vec(1usize..4, 0..8),
    )
        .prop_map(|(kinds, copies)| {
            let numbered = |(place, number): (usize, &usize)| {
                // A kind's line again, under another name and other addresses of the same subnet.
                let (own, line) = (place + 5, &kinds[number % kinds.len()]);
                line.replacen("i4", &format!("i{own}"), 1)
                    .replace(".14", &format!(".{}", own + 10))
                    .replace(".44", &format!(".{}", own + 40))
                    .replace(".114", &format!(".{}", own + 110))
                    .replace(":14", &format!(":{:x}", own + 16))
            };
            copies.iter().enumerate().map(numbered).collect()
        })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn all_pairs_at_once_end_as_their_traces_do(lines in topology(), more in more_instances(), port in pick(&["443", "53"])) {
        // Before the tables, which name instances.
        let tables = lines.iter().position(|line| line.starts_with("table")).unwrap();
        let lines = [&lines[..tables], &more, &lines[tables..]].concat();
        let topology = build(&lines);
        for protocol in [6, 17, 1] {
            let port = port.parse().unwrap();
            let all = network::reachability(&topology.world, REGION, protocol, port);
            prop_assert!(all.instances.len() >= 4);
            for (from, source) in all.instances.iter().enumerate() {
                for (to, destination) in all.instances.iter().enumerate() {
                    let flow = Flow {
                        source: Endpoint::Instance(*source),
                        destination: Endpoint::Instance(*destination),
                        protocol,
                        port,
                    };
                    let trace = network::trace(&topology.world, REGION, &flow);
                    prop_assert_eq!(all.between(from, to), trace.disposition, "{} -> {}: {:?}", source, destination, trace.explanations);
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn every_fix_works_and_is_no_longer_than_needed(lines in topology(), questions in prop::collection::vec(question(), 4)) {
        let topology = build(&lines);
        let engine = Engine::new(Options::default());
        for question in &questions {
            let flow = paths::flow(&topology, question).unwrap();
            let trace = network::explain_and_fix(&engine, &topology.world, REGION, &flow);
            prop_assert!(!trace.reachable || trace.fixes.is_empty());
            // Where nothing is unknown behind the only blocker, mending that is enough.
            let alone = trace.whole && trace.explanations.len() == 1 && !trace.fixes.is_empty();
            prop_assert_eq!(alone && !trace.is_alone(), false, "{}: {:?}: {:?}", question, trace.explanations, trace.fixes);
            for fix in &trace.fixes {
                let verdict = works(&engine, &topology.world, &flow, fix);
                prop_assert!(verdict.is_ok(), "{question}: {:?}: {verdict:?}", fix.commands);
                prop_assert!(fix.commands.len() == fix.calls.len() && !fix.why.is_empty());
                prop_assert!(fix.commands.iter().all(|command| !command.contains("$(")), "{:?}", fix.commands);
                for left_out in 0..fix.calls.len() {
                    let rest: Vec<usize> = (0..fix.calls.len()).filter(|number| *number != left_out).collect();
                    let still = make(&engine, &topology.world, fix, &rest);
                    let still = still.is_ok_and(|world| network::disposition(&world, REGION, &flow) == Disposition::Delivered);
                    prop_assert!(!still, "{question}: call {left_out} is not needed: {:?}", fix.commands);
                }
            }
        }
    }
}
