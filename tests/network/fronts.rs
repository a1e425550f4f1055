//! Load balancers as ends: a small estate in which each of them is asked who gets to it, and whom one reaches through it.

use crate::matrix::{agrees as matrix_agrees, lines};
use crate::outside::opens_as_traces_say;
use crate::rows::REGION;
use crate::survey::{agrees, estate, words};
use crate::topology::Topology;
use crate::what_if::line;
use stratus_engine::base::ids::ResourceId;
use stratus_engine::network::fronts::{Through, fronts, reached, through};
use stratus_engine::network::matrix::{Grouping, matrix};
use stratus_engine::network::outsiders::Outsiders;
use stratus_engine::network::survey::{INTERNET_BY_IPV6, survey};
use stratus_engine::network::what_if::{self, Change};
use stratus_engine::network::{self, Endpoint};
use stratus_engine::{Engine, Options};
use stratus_model::{Structure, field};

/// A web tier behind a load balancer that faces the Internet, and a database tier behind one that does not. `web-c` is
/// unhealthy, `web-d` is shut by its own group, `tools` gets what begins with `/tools` and comes from inside.
const ESTATE: &str = "
vpc main 10.0.0.0/16
gateway igw main
group front-sg main
 in tcp 80 0.0.0.0/0
 in tcp 443 10.0.0.0/16
 out all 0.0.0.0/0
group web-sg main
 in tcp 8080 front-sg
 out all 0.0.0.0/0
group shut-sg main
 out all 0.0.0.0/0
group db-sg main
 in tcp 5432 10.0.11.0/24
 out all 0.0.0.0/0
subnet pub-a main 10.0.1.0/24 zone us-east-1a
subnet pub-b main 10.0.2.0/24 zone us-east-1b
subnet priv-a main 10.0.11.0/24 zone us-east-1a
subnet priv-b main 10.0.12.0/24 zone us-east-1b
table public main for pub-a for pub-b
 0.0.0.0/0 igw
instance client pub-a 10.0.1.50 public 54.10.0.50 groups shut-sg
instance web-a priv-a 10.0.11.10 groups web-sg listens tcp/8080
instance web-b priv-b 10.0.12.10 groups web-sg listens tcp/8080
instance web-c priv-b 10.0.12.11 groups web-sg
instance web-d priv-a 10.0.11.13 groups shut-sg listens tcp/8080
instance tools priv-a 10.0.11.20 groups web-sg listens tcp/8080
instance db-a priv-a 10.0.11.30 groups db-sg listens tcp/5432
instance db-b priv-b 10.0.12.30 groups db-sg listens tcp/5432
balancer front application in pub-a 10.0.1.5 public 54.10.0.5 in pub-b 10.0.2.5 public 54.10.0.6 groups front-sg
balancer inside network internal in priv-a 10.0.11.5 in priv-b 10.0.12.5
targets webs main HTTP 8080 web-a web-b web-c/unhealthy web-d
targets tooling main HTTP 8080 tools
targets bases main TCP 5432 db-a db-b
listener on-80 front HTTP 80 webs
listener on-443 front HTTPS 443 webs
rule on-80 10 path-pattern /tools/* tooling
rule on-443 10 source-ip 10.0.11.0/24 tooling
listener on-5432 inside TCP 5432 bases
";

fn tell(topology: &Topology, found: &[Through]) -> Vec<String> {
    let name = |id: String| topology.name(&id);
    let told = found.iter().map(|one| {
        let who = one
            .instance
            .map_or(format!("{:?}", one.point), |id| name(id.to_string()));
        let how = one.disposition.map_or("gets none", |disposition| disposition.name());
        format!("{who}:{} {:?}: {how}", one.port, one.state)
    });
    told.collect()
}

fn asked(topology: &Topology, source: &str, node: &str, port: u16) -> Vec<String> {
    let Endpoint::Interface(node) = topology.end(node).unwrap() else {
        panic!("{node}")
    };
    let source = topology.end(source).unwrap();
    tell(topology, &through(&topology.world, REGION, source, node, (6, port)))
}

// An Application Load Balancer sends to all its zones' targets, a Network Load Balancer to its own zone's unless it is told
// otherwise: https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html
#[test]
fn each_target_has_its_turn() {
    let topology = estate(ESTATE);
    // Of the rules that the request may come under: a path is what the client asks for, an address is what it has.
    assert_eq!(
        asked(&topology, "internet", "front-pub-a", 80),
        [
            "tools:8080 Healthy: delivered",
            "web-a:8080 Healthy: delivered",
            "web-b:8080 Healthy: delivered",
            "web-c:8080 Unhealthy: gets none",
            "web-d:8080 Healthy: denied",
        ]
    );
    // The group of the load balancer stops it before: all the same everybody would have got it.
    assert!(
        asked(&topology, "internet", "front-pub-a", 443)
            .iter()
            .all(|one| !one.contains("delivered"))
    );
    assert_eq!(
        asked(&topology, "web-a", "front-pub-b", 443)[0],
        "tools:8080 Healthy: delivered"
    );
    assert_eq!(
        asked(&topology, "client", "front-pub-b", 443)[0],
        "web-a:8080 Healthy: delivered"
    );
    assert_eq!(asked(&topology, "internet", "front-pub-a", 22), Vec::<String>::new());
    // The client's own address is kept, so the groups of the targets judge the client.
    assert_eq!(
        asked(&topology, "web-a", "inside-priv-a", 5432),
        ["db-a:5432 Healthy: delivered", "db-b:5432 Healthy: gets none"]
    );
    assert_eq!(
        asked(&topology, "web-b", "inside-priv-a", 5432),
        ["db-a:5432 Healthy: denied", "db-b:5432 Healthy: gets none"]
    );
}

#[test]
fn the_world_reaches_private_instances_through_a_load_balancer() {
    let topology = estate(ESTATE);
    let told = |source: &str, port: u16| {
        let found = reached(&topology.world, REGION, topology.end(source).unwrap(), (6, port));
        let name = |id: String| topology.name(&id);
        let found = found.into_iter();
        let mut told: Vec<String> = found
            .map(|(balancer, id)| format!("{} by {}", name(id.to_string()), name(balancer.to_string())))
            .collect();
        told.sort_unstable();
        told
    };
    assert_eq!(
        told("internet", 80),
        ["tools by front", "web-a by front", "web-b by front"]
    );
    assert_eq!(told("internet", 5432), Vec::<String>::new());
    assert_eq!(told("web-a", 5432), ["db-a by inside", "db-b by inside"]);
}

#[test]
fn a_survey_has_nodes_as_destinations() {
    let topology = estate(ESTATE);
    let found = survey(&topology.world, REGION);
    let open: Vec<String> = found
        .nodes_open_to_world()
        .into_iter()
        .map(|(node, _, found)| format!("{}: {}", topology.name(&node.to_string()), words(&found.delivered)))
        .collect();
    assert_eq!(open, ["front-pub-a: tcp 80", "front-pub-b: tcp 80"]);
    let between = |source: &str, node: &str| {
        let ends = (topology.end(source).unwrap(), topology.end(node).unwrap());
        words(&found.between(ends.0, ends.1).delivered)
    };
    assert_eq!(between("client", "front-pub-a"), "tcp 80, tcp 443");
    assert_eq!(between("internet", "inside-priv-a"), "");
    assert_eq!(between("web-a", "inside-priv-b"), "tcp 5432");
    // Nobody is sent back to where it came from under its own address.
    assert_eq!(between("db-a", "inside-priv-a"), "");
    agrees(&topology, &[80, 443, 5432, 8080]);
}

/// A dual-stack load balancer is open by IPv4 and by IPv6, each by its own rules and routes; its targets it asks by the family
/// of their group.
/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#ip-address-type>
const DUAL_STACK: &str = "
vpc main 10.0.0.0/16 ipv6 2600:1f18::/56
gateway igw main
group front-sg main
 in tcp 80 0.0.0.0/0
 in tcp 443 ::/0
 out all 0.0.0.0/0
 out all ::/0
group web-sg main
 in tcp 8080 front-sg
 in tcp 8080 ::/0
 out all 0.0.0.0/0
subnet pub-a main 10.0.1.0/24 ipv6 2600:1f18::1:0/112 zone us-east-1a
subnet pub-b main 10.0.2.0/24 zone us-east-1b
subnet priv-a main 10.0.11.0/24 ipv6 2600:1f18::b:0/112 zone us-east-1a
table public main for pub-a for pub-b
 0.0.0.0/0 igw
 ::/0 igw
instance web-a priv-a 10.0.11.10 ipv6 2600:1f18::b:10 groups web-sg listens tcp/8080
balancer front application in pub-a 10.0.1.5 public 54.10.0.5 ipv6 2600:1f18::1:5 in pub-b 10.0.2.5 public 54.10.0.6 groups front-sg
balancer wide network in pub-a 10.0.1.6 public 54.10.0.7 ipv6 2600:1f18::1:6
targets webs main HTTP 8080 web-a
targets sixes main TCP 8080 ip ipv6 keep 2600:1f18::b:10
listener on-80 front HTTP 80 webs
listener on-443 front HTTPS 443 webs
listener on-90 wide TCP 90 sixes
";

#[test]
fn a_survey_asks_dual_stack_nodes_by_both_families() {
    let topology = estate(DUAL_STACK);
    let found = survey(&topology.world, REGION);
    let open: Vec<String> = found
        .nodes_open_to_world()
        .into_iter()
        .map(|(node, source, found)| {
            let how = if source == INTERNET_BY_IPV6 { " by IPv6" } else { "" };
            format!("{}{how}: {}", topology.name(&node.to_string()), words(&found.delivered))
        })
        .collect();
    assert_eq!(
        open,
        [
            "front-pub-a: tcp 80",
            "front-pub-a by IPv6: tcp 443",
            "front-pub-b: tcp 80",
            // What comes by the other family than its targets have, it translates.
            "wide-pub-a: tcp 90",
            "wide-pub-a by IPv6: tcp 90",
        ]
    );
    agrees(&topology, &[80, 90, 443, 8080]);
    opens_as_traces_say(&topology);
    let shut = estate(&DUAL_STACK.replace(" in tcp 443 ::/0", " in tcp 444 ::/0"));
    let lost = what_if::difference(&topology.world, &shut.world, REGION).lost;
    let by_ipv6: Vec<_> = lost.iter().filter(|one| one.source == INTERNET_BY_IPV6).collect();
    assert_eq!((lost.len(), by_ipv6.len()), (1, 1), "{lost:?}");
}

/// From inside, the listeners of a dual-stack load balancer are reached by either family, as its group says.
#[test]
fn dual_stack_nodes_are_reached_from_inside_by_ipv6() {
    let client = "instance client pub-a 10.0.1.50 ipv6 2600:1f18::1:50 groups front-sg\n";
    let topology = estate(&format!("{DUAL_STACK}{client}"));
    let found = survey(&topology.world, REGION);
    let client = Endpoint::Address("2600:1f18::1:50".parse().unwrap());
    let inside = |source, node: &str| words(&found.between(source, topology.end(node).unwrap()).delivered);
    assert_eq!(inside(client, "front-pub-a"), "tcp 443");
    assert_eq!(inside(topology.end("client").unwrap(), "front-pub-a"), "tcp 80");
    assert_eq!(inside(client, "wide-pub-a"), "tcp 90");
    assert_eq!(inside(client, "front-pub-b"), "", "it has no such address");
    agrees(&topology, &[80, 90, 443, 8080]);
    let shut = DUAL_STACK.replace(" in tcp 443 ::/0", " in tcp 443 2001:db8::/32");
    let shut = estate(&format!(
        "{shut}instance client pub-a 10.0.1.50 ipv6 2600:1f18::1:50 groups front-sg\n"
    ));
    let lost = what_if::difference(&topology.world, &shut.world, REGION).lost;
    let lost: Vec<String> = lost.iter().map(|change| line(&topology, change)).collect();
    assert_eq!(
        lost,
        [
            "internet by IPv6 but 2001:db8::/32 -> front-pub-a: tcp 443",
            "2600:1f18::1:50 -> front-pub-a: tcp 443",
        ]
    );
}

#[test]
fn a_matrix_has_load_balancers_as_rows_and_columns() {
    let topology = estate(ESTATE);
    let found = matrix(
        &topology.world,
        REGION,
        (6, 80),
        &Outsiders::Anyone,
        &Grouping::Vpc,
        None,
    );
    assert_eq!(
        lines(&found)[..3],
        [
            "The Internet -> front · load balancer: 2 of 2",
            "The Internet -> inside · load balancer: 0 of 2",
            "The Internet -> vpc-00000000000000001: 0 of 8",
        ]
    );
    let behind: Vec<String> = found
        .behind
        .iter()
        .map(|(_, id)| topology.name(&id.to_string()))
        .collect();
    assert_eq!(behind.len(), 3, "{behind:?}");
    assert_eq!(found.open().pairs, 8, "instances only");
    for port in [80, 443, 5432, 8080] {
        let found = matrix(
            &topology.world,
            REGION,
            (6, port),
            &Outsiders::Anyone,
            &Grouping::Instance,
            Some(&topology.world),
        );
        matrix_agrees(&topology.world, &found, port);
        assert_eq!(found.total().gained + found.total().lost, 0);
    }
}

/// What shuts a load balancer's clients out is a difference, though no two instances meet otherwise than before.
#[test]
fn what_if_counts_load_balancers() {
    let (before, after) = (estate(ESTATE), estate(&ESTATE.replace(" in tcp 80 0.0.0.0/0\n", "")));
    let found = what_if::difference(&before.world, &after.world, REGION);
    let lost = found.lost.iter().filter(|one| one.source == Endpoint::Internet);
    assert_eq!(lost.count(), 2, "{:?}", found.lost);
    assert_eq!(fronts(before.world.ec2(REGION).unwrap()).len(), 2);
}

/// A call of the load balancers' own service is asked about as EC2's are: by the nodes, who gains and who loses.
#[test]
fn a_load_balancers_call_tells_what_it_would_change() {
    let topology = estate(ESTATE);
    let engine = Engine::new(Options::default());
    let asked = |(service, operation): (&str, &str), params: Structure| -> Vec<String> {
        assert!(what_if::concerns(service, operation), "{operation}");
        let found = what_if::of_call(&engine, &topology.world, REGION, (service, operation), &params).unwrap();
        let say = |sign: char, list: &[Change]| -> Vec<String> {
            let outside = list.iter().filter(|one| one.source == Endpoint::Internet);
            outside.map(|one| format!("{sign} {}", line(&topology, one))).collect()
        };
        [say('+', &found.gained), say('-', &found.lost)].concat()
    };
    let named = |name: &str| topology.named().find(|(known, _)| *known == name).unwrap().1;
    let arn =
        |name: &str| network::fronts::arn(&topology.world, REGION, ResourceId::parse(&named(name)).unwrap()).unwrap();
    let shut = Structure::new()
        .with(field::LOAD_BALANCER_ARN, arn("front"))
        .with(field::SECURITY_GROUPS, vec![named("shut-sg")]);
    let lost = ["- internet -> front-pub-a: tcp 80", "- internet -> front-pub-b: tcp 80"];
    assert_eq!(asked(("elbv2", "SetSecurityGroups"), shut), lost);
    let gone = Structure::new().with(field::LISTENER_ARN, arn("on-80"));
    assert_eq!(asked(("elbv2", "DeleteListener"), gone), lost);
    let targets = ["web-a", "web-b", "web-c", "web-d"];
    let targets = targets.map(|name| Structure::new().with(field::ID, named(name)));
    let targets = Structure::new()
        .with(field::TARGET_GROUP_ARN, arn("webs"))
        .with(field::TARGETS, targets.to_vec());
    assert_eq!(asked(("elbv2", "DeregisterTargets"), targets), lost);
    let action = Structure::new()
        .with(field::TYPE, "forward")
        .with(field::TARGET_GROUP_ARN, arn("webs"));
    let open = Structure::new()
        .with(field::LOAD_BALANCER_ARN, arn("front"))
        .with(field::PROTOCOL, "HTTP")
        .with(field::PORT, 8443)
        .with(field::DEFAULT_ACTIONS, vec![action]);
    // A listener to which no rule lets anybody is nobody's gain.
    assert_eq!(asked(("elbv2", "CreateListener"), open), [""; 0]);
    for (service, operation, concerns) in [
        ("elbv2", "RegisterTargets", true),
        ("elbv2", "ModifyRule", true),
        ("elb", "ApplySecurityGroupsToLoadBalancer", true),
        ("elb", "RegisterInstancesWithLoadBalancer", true),
        ("elb", "ConfigureHealthCheck", true),
        ("elbv2", "DescribeTargetHealth", false),
        ("elbv2", "AddTags", false),
        ("elb", "AddTags", false),
    ] {
        assert_eq!(what_if::concerns(service, operation), concerns, "{operation}");
    }
}
