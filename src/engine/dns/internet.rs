//! The DNS outside the account's own zones: the root, the top-level domains, Amazon's own names, and a few names of ours.
//!
//! Amazon's names of instances answer as AWS's do; which other names exist on this Internet is *ours*, and so are all their
//! addresses.

use super::authority::Found;
use super::name;
use crate::base::ids::{InstanceId, VpcId};
use crate::base::random::fixed;
use crate::catalog::Region;
use crate::services::ec2::links::endpoint_names;
use crate::services::ec2::vpc::{pools, public_names};
use crate::services::elbv2::names;
use crate::world::World;
use crate::world::compute::Instance;
use crate::world::vpc::{NetworkInterface, Vpc};
use ipnet::IpNet;
use rand_chacha::rand_core::RngCore;
use std::net::{IpAddr, Ipv4Addr};

/// Top-level domains that exist besides the two-letter ones of countries (a small part of the real list).
const TOP_LEVEL: &[&str] = &[
    "com", "net", "org", "edu", "gov", "mil", "int", "info", "biz", "name", "arpa", "app", "dev", "cloud", "page",
    "blog", "shop", "store", "tech", "online", "site", "xyz", "aero", "coop", "museum", "jobs", "mobi", "travel",
    "click", "link", "aws",
];
/// For how long resolvers keep what the root and the top-level domains say: two days, as the real ones do.
pub const REFERRAL_TTL: i64 = 172_800;
/// For how long they keep a negative answer of them: a day at the root, fifteen minutes below (as .com has it).
pub const ROOT_NEGATIVE_TTL: i64 = 86_400;
/// See [`ROOT_NEGATIVE_TTL`].
pub const NEGATIVE_TTL: i64 = 900;
/// The TTL of instances' public names, as AWS has it.
const PUBLIC_NAME_TTL: i64 = 604_800;
/// The TTL of instances' names inside their VPC, as AWS has it.
pub(super) const PRIVATE_NAME_TTL: i64 = 60;

/// Where in S3's block of a Region its API answers (ours).
const API: u32 = 100;
/// And where its websites do (ours).
const WEBSITES: u32 = 101;

/// Names that exist on this Internet although nobody here owns them (ours; addresses of the documentation ranges).
const OURS: &[(&str, &str, i64, &str)] = &[
    ("example.net.", "A", 300, "198.51.100.10"),
    ("example.net.", "AAAA", 300, "2001:db8:100::10"),
    ("example.net.", "MX", 300, "10 mail.example.net."),
    ("www.example.net.", "CNAME", 300, "example.net."),
    ("mail.example.net.", "A", 300, "198.51.100.25"),
    ("example.org.", "A", 300, "198.51.100.20"),
    ("example.org.", "TXT", 300, "\"A name of the simulated Internet\""),
    ("www.example.org.", "A", 300, "198.51.100.20"),
];

/// Domains with name servers of their own that are not hosted zones of the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Domain {
    /// amazonaws.com.
    Amazon,
    /// ip.aws: names that are made of addresses.
    Addresses,
    /// in-addr.arpa: from addresses to names.
    Reverse,
    /// One of our few names.
    Ours(&'static str),
}

impl Domain {
    /// The domain of this name, if it is one.
    pub fn find(name: &str) -> Option<Domain> {
        match name {
            "amazonaws.com." => Some(Domain::Amazon),
            "ip.aws." => Some(Domain::Addresses),
            "in-addr.arpa." => Some(Domain::Reverse),
            "example.net." => Some(Domain::Ours("example.net.")),
            "example.org." => Some(Domain::Ours("example.org.")),
            _ => None,
        }
    }
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Domain::Amazon => "amazonaws.com.",
            Domain::Addresses => "ip.aws.",
            Domain::Reverse => "in-addr.arpa.",
            Domain::Ours(name) => name,
        }
    }
    /// The name of one of its servers.
    pub fn server(self) -> &'static str {
        match self {
            Domain::Amazon => "ns1.amazonaws.com.",
            Domain::Addresses => "ns1.ip.aws.",
            Domain::Reverse => "a.in-addr-servers.arpa.",
            Domain::Ours(_) => "ns1.example.net.",
        }
    }
    /// What it answers, and why.
    pub fn answer(self, world: &World, name: &str, record_type: &str) -> (Found, String) {
        match self {
            Domain::Amazon => amazon(world, name, record_type),
            Domain::Addresses => of_addresses(world, name, record_type),
            Domain::Reverse => reverse(world, name, record_type),
            Domain::Ours(_) => ours(name, record_type),
        }
    }
}

/// Whether the root knows a top-level domain of itself.
pub fn is_top_level(label: &str) -> bool {
    (label.len() == 2 && label.bytes().all(|b| b.is_ascii_lowercase())) || TOP_LEVEL.contains(&label)
}

/// The name of a server of a top-level domain.
pub fn top_level_server(domain: &str) -> String {
    match domain {
        "com." | "net." => "a.gtld-servers.net.".into(),
        _ => format!("a.nic.{domain}"),
    }
}

/// One value for who asks for its type, nothing for who asks for another.
pub(super) fn single(wanted: &str, record_type: &str, ttl: i64, value: Option<String>) -> Found {
    match value {
        Some(value) if wanted == record_type => Found::Records {
            ttl,
            values: vec![value],
        },
        _ => Found::NoData,
    }
}

fn ours(name: &str, record_type: &str) -> (Found, String) {
    let why = "A name that Stratus keeps on its Internet, so that there is something to find (ours).".to_owned();
    let rows = || OURS.iter().filter(|(owner, ..)| *owner == name);
    let of = |wanted: &str| rows().find(|(_, of, ..)| *of == wanted);
    let found = if let Some((_, _, ttl, value)) = of(record_type) {
        single(record_type, record_type, *ttl, Some((*value).to_owned()))
    } else if let Some((_, _, ttl, target)) = of("CNAME") {
        Found::Alias {
            ttl: *ttl,
            target: (*target).to_owned(),
        }
    } else if rows().next().is_some() {
        Found::NoData
    } else {
        Found::NoName
    };
    (found, why)
}

/// The Region and the address that a public name of EC2 stands for: `ec2-3-80-1-2.compute-1.amazonaws.com.`.
pub(super) fn read_public_name(name: &str) -> Option<(Region, Ipv4Addr)> {
    let rest = name.strip_suffix(".amazonaws.com.")?;
    let (host, domain) = rest.split_once('.')?;
    let region = match domain {
        "compute-1" => Region::US_EAST_1,
        _ => Region::find(domain.strip_suffix(".compute")?)?,
    };
    Some((region, dashed(host.strip_prefix("ec2-")?)?))
}

pub(super) fn dashed(text: &str) -> Option<Ipv4Addr> {
    text.replace('-', ".").parse().ok()
}

/// The private address behind a public one, in the VPC that asks: AWS's split view of an instance's public name.
pub fn behind(world: &World, asking: VpcId, name: &str) -> Option<Ipv4Addr> {
    let (region, address) = read_public_name(name)?;
    let interface = holder(world, region, address)?;
    let private = interface
        .addresses
        .iter()
        .find(|held| held.public.is_some_and(|public| public.address == address))?
        .private;
    (interface.vpc == asking).then_some(private)
}

pub(super) fn holder(world: &World, region: Region, address: Ipv4Addr) -> Option<&NetworkInterface> {
    let ec2 = world.ec2(region)?;
    ec2.interface(*ec2.by_public_address.get(&address)?)
}

fn amazon(world: &World, name: &str, record_type: &str) -> (Found, String) {
    if let Some((region, address)) = read_public_name(name) {
        let Some(interface) = holder(world, region, address) else {
            return (
                Found::NoName,
                format!("Nobody in this world holds {address} in {}.", region.name()),
            );
        };
        let named = world
            .row::<Vpc>(region, interface.vpc)
            .map_or(interface.is_classic(), |vpc| vpc.dns_hostnames);
        if !named {
            let why = format!(
                "{} gives no public names: its enableDnsHostnames is off.",
                interface.vpc
            );
            return (Found::NoName, why);
        }
        let why = match interface.is_classic() {
            true => format!(
                "The public name of {}: seen from outside EC2-Classic it stands for the public address.",
                InstanceId(interface.id.0)
            ),
            false => format!(
                "The public name of {}: seen from outside its VPC it stands for the public address.",
                interface.id
            ),
        };
        return (
            single("A", record_type, PUBLIC_NAME_TTL, Some(address.to_string())),
            why,
        );
    }
    if let Some(named) = endpoint_names::own(world, name) {
        return addresses(named, record_type);
    }
    if let Some(named) = names::resolve(world, name) {
        return balancer(named, record_type);
    }
    match bucket_by_name(world, name).or_else(|| endpoint(name)) {
        Some(address) => (
            single("A", record_type, PRIVATE_NAME_TTL, Some(address.to_string())),
            "An endpoint of AWS; the address is ours.".into(),
        ),
        None if name == "amazonaws.com." => (Found::NoData, "Amazon's own domain.".into()),
        None => (Found::NoName, "Amazon has no such name here.".into()),
    }
}

/// A name that holds an interface's addresses, asked from outside its VPC.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/hostname-types.html>
fn of_addresses(world: &World, name: &str, record_type: &str) -> (Found, String) {
    let Some((region, interface, v4)) = public_names::holder(world, name) else {
        let why = "No network interface has a public hostname that is made of these addresses.";
        // The names of Regions exist, with something below them or not.
        let is_above = name == "ip.aws."
            || name
                .strip_suffix(".ip.aws.")
                .is_some_and(|name| Region::find(name).is_some());
        return (if is_above { Found::NoData } else { Found::NoName }, why.into());
    };
    if !world
        .row::<Vpc>(region, interface.vpc)
        .is_some_and(|vpc| vpc.dns_hostnames)
    {
        let why = format!(
            "{} gives no public names: its enableDnsHostnames is off.",
            interface.vpc
        );
        return (Found::NoName, why);
    }
    let why = format!(
        "The public hostname of {}: seen from outside its VPC it stands for the public addresses.",
        interface.id
    );
    let v4 = v4.map(|(public, _)| public);
    (of_both(interface, v4, record_type, PUBLIC_NAME_TTL), why)
}

/// The same from inside: the private IPv4 address in place of the public one.
fn own_name(world: &World, vpc: &Vpc, name: &str, record_type: &str) -> Option<(Found, String)> {
    let (_, interface, v4) = public_names::holder(world, name)?;
    if interface.vpc != vpc.id || !vpc.dns_hostnames {
        return None;
    }
    let why = format!(
        "Asked from inside {}, a public hostname stands for the private IPv4 address and the IPv6 address.",
        vpc.id
    );
    let v4 = v4.map(|(_, private)| private);
    Some((of_both(interface, v4, record_type, PRIVATE_NAME_TTL), why))
}

fn of_both(interface: &NetworkInterface, v4: Option<Ipv4Addr>, record_type: &str, ttl: i64) -> Found {
    let value = match record_type {
        "A" => v4.map(|address| address.to_string()),
        "AAAA" => interface.ipv6.first().map(ToString::to_string),
        _ => None,
    };
    single(record_type, record_type, ttl, value)
}

/// The addresses of a load balancer's nodes.
fn balancer(named: names::Named, record_type: &str) -> (Found, String) {
    let values = match record_type {
        "A" => named.ipv4,
        "AAAA" => named.ipv6,
        _ => Vec::new(),
    };
    let ttl = PRIVATE_NAME_TTL;
    let found = match values.is_empty() {
        true => Found::NoData,
        false => Found::Records { ttl, values },
    };
    (found, named.why)
}

/// The addresses of a VPC endpoint.
fn addresses(named: endpoint_names::Named, record_type: &str) -> (Found, String) {
    let found = match record_type {
        "A" if !named.addresses.is_empty() => Found::Records {
            ttl: PRIVATE_NAME_TTL,
            values: named.addresses,
        },
        _ => Found::NoData,
    };
    (found, named.why)
}

/// The address behind `BUCKET.s3.amazonaws.com.`: where the bucket is, in those Regions that are older than March 20, 2019. The
/// name of a new bucket leads there at once (ours).
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html#deprecated-global-endpoint>
fn bucket_by_name(world: &World, name: &str) -> Option<Ipv4Addr> {
    let bucket = name.strip_suffix(".s3.amazonaws.com.")?;
    let region = world.s3.buckets.get(&bucket.to_owned())?.region;
    storage_address(region, API).filter(|_| !region.is_opt_in())
}

/// The address of a service's endpoint: `s3.eu-west-1.amazonaws.com.`, `BUCKET.s3.…`, `ec2.us-east-1.amazonaws.com.`.
fn endpoint(name: &str) -> Option<Ipv4Addr> {
    let rest = name.strip_suffix(".amazonaws.com.")?;
    let mut labels: Vec<&str> = rest.split('.').collect();
    let region = labels.last().and_then(|label| Region::find(label));
    if region.is_some() {
        labels.pop();
    }
    let service = labels.pop()?;
    // `s3-website.REGION` in newer Regions, `s3-website-REGION` in elder ones.
    let website = match region {
        Some(region) => (service == "s3-website").then_some(region),
        None => service.strip_prefix("s3-website-").and_then(Region::find),
    };
    if let Some(region) = website {
        return storage_address(region, WEBSITES);
    }
    let region = match (region, service) {
        (Some(region), _) => region,
        (None, "s3" | "sts" | "route53" | "iam") => Region::US_EAST_1,
        (None, _) => return None,
    };
    // A bucket's name may have dots.
    if service == "s3" {
        return storage_address(region, API);
    }
    let known = [
        "ec2",
        "sts",
        "route53",
        "iam",
        "monitoring",
        "ssm",
        "logs",
        "autoscaling",
    ];
    let place = known.iter().position(|name| *name == service)?;
    labels
        .is_empty()
        .then(|| Ipv4Addr::new(52, 46, 128 + region.index(), 10 + u8::try_from(place).unwrap_or(0)))
}

/// Some address of S3's block in a Region; the same for all buckets.
fn storage_address(region: Region, offset: u32) -> Option<Ipv4Addr> {
    let lists = pools::aws_prefix_lists(region);
    let block = lists
        .iter()
        .find(|(list, _)| list.ends_with(".s3"))
        .and_then(|(_, blocks)| blocks.first().copied())?;
    let IpNet::V4(block) = block else { return None };
    Some(Ipv4Addr::from(u32::from(block.network()).saturating_add(offset)))
}

/// The Region whose websites of buckets answer at an address.
pub fn websites_at(address: IpAddr) -> Option<Region> {
    Region::all().find(|region| storage_address(*region, WEBSITES).map(IpAddr::V4) == Some(address))
}

/// The Region whose API of S3 answers at an address.
pub fn storage_api_at(address: IpAddr) -> Option<Region> {
    Region::all().find(|region| storage_address(*region, API).map(IpAddr::V4) == Some(address))
}

/// The address that a name below in-addr.arpa stands for.
pub(super) fn read_reverse(name: &str) -> Option<Ipv4Addr> {
    let digits = name.strip_suffix(".in-addr.arpa.")?;
    let mut octets: Vec<&str> = digits.split('.').collect();
    octets.reverse();
    octets.join(".").parse().ok()
}

fn reverse(world: &World, name: &str, record_type: &str) -> (Found, String) {
    let own = read_reverse(name).and_then(|address| {
        let mut rows = world.regions.rows().flat_map(|ec2| ec2.addresses.rows());
        let row = rows.find(|row| row.address == address)?;
        row.reverse_name.clone()
    });
    if let Some(own) = own {
        let why = "The account has given its Elastic IP this name (ModifyAddressAttribute).";
        return (single("PTR", record_type, 300, Some(own)), why.into());
    }
    let found = read_reverse(name).and_then(|address| {
        let (region, _) = world
            .regions
            .iter()
            .find(|(region, _)| holder(world, **region, address).is_some())?;
        Some(format!("{}.", pools::public_dns_name(*region, address)))
    });
    match found {
        Some(target) => (
            single("PTR", record_type, 300, Some(target)),
            "Amazon names its public addresses after themselves.".into(),
        ),
        None => (Found::NoName, "No public address of this world has that name.".into()),
    }
}

/// What Amazon's resolver in a VPC knows of itself: private names and addresses of the VPC. `None`: not its business.
/// <https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html>
pub fn internal(world: &World, region: Region, vpc: &Vpc, name: &str, record_type: &str) -> Option<(Found, String)> {
    let domain = format!("{}.", pools::internal_domain(region));
    if let Some(address) = read_reverse(name).filter(|address| vpc.holds(*address)) {
        let target = format!("{}.", pools::private_dns_name(region, address));
        let why = format!("{address} lies in {}: its private name follows from it.", vpc.id);
        return Some((single("PTR", record_type, PRIVATE_NAME_TTL, Some(target)), why));
    }
    if let Some(named) = endpoint_names::private(world, region, vpc, name) {
        return Some(addresses(named, record_type));
    }
    if let Some(private) = behind(world, vpc.id, name).filter(|_| vpc.dns_hostnames) {
        let why = format!(
            "Asked from inside {}, an instance's public name stands for its private address.",
            vpc.id
        );
        return Some((
            single("A", record_type, PRIVATE_NAME_TTL, Some(private.to_string())),
            why,
        ));
    }
    if let Some(found) = own_name(world, vpc, name, record_type) {
        return Some(found);
    }
    if let Some(private) = super::classic::behind(world, region, vpc, name) {
        let why = format!(
            "ClassicLink DNS support of {} is on: the public name of a linked instance stands for its private address.",
            vpc.id
        );
        let value = Some(private.to_string());
        return Some((single("A", record_type, PRIVATE_NAME_TTL, value), why));
    }
    let host = name.strip_suffix(&domain)?.strip_suffix('.')?;
    if let Some(address) = host.strip_prefix("ip-").and_then(dashed) {
        if !vpc.holds(address) {
            return Some((Found::NoName, format!("{address} lies outside {}.", vpc.id)));
        }
        let why = format!("{address} lies in {}: its private name is made of it.", vpc.id);
        return Some((
            single("A", record_type, PRIVATE_NAME_TTL, Some(address.to_string())),
            why,
        ));
    }
    let found = InstanceId::parse(host)
        .and_then(|id| world.row::<Instance>(region, id))
        .filter(|instance| instance.vpc == vpc.id)
        .and_then(|instance| resource_name(world, region, instance, record_type));
    Some(found.unwrap_or_else(|| (Found::NoName, format!("{} has no instance of that name.", vpc.id))))
}

/// The name made of an instance's id, which must have been asked for at its launch.
fn resource_name(world: &World, region: Region, instance: &Instance, record_type: &str) -> Option<(Found, String)> {
    let interface = world.ec2(region)?.interfaces.rows().find(|interface| {
        interface
            .attachment
            .as_ref()
            .is_some_and(|attachment| attachment.instance == instance.id && attachment.device_index == 0)
    })?;
    let options = &instance.names;
    if !options.a_record && !options.aaaa_record {
        return None;
    }
    let value: Option<IpAddr> = match record_type {
        "A" if options.a_record => interface.primary().map(|address| address.private.into()),
        "AAAA" if options.aaaa_record => interface.ipv6.first().map(|address| (*address).into()),
        _ => None,
    };
    let why = format!("{} was launched with resource names on.", instance.id);
    let found = single(
        record_type,
        record_type,
        PRIVATE_NAME_TTL,
        value.map(|value| value.to_string()),
    );
    Some((found, why))
}

/// FNV-1a over a question.
pub(super) fn hash(name: &str, record_type: &str) -> u64 {
    name.bytes()
        .chain(record_type.bytes())
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        })
}

/// Some order of some values, another for every question and second: Route 53 answers in random order. A read may
/// draw nothing from the world's streams, so the order follows from the question, its lot and the time.
pub fn shuffled(world: &World, lot: u64, name: &str, record_type: &str, values: &mut [String]) {
    if values.len() < 2 {
        return;
    }
    let second = u64::try_from(world.now.0.div_euclid(1000)).unwrap_or(0);
    let count = hash(name, record_type) ^ second ^ lot;
    let mut rng = fixed(world.random.seed(), u64::from(u32::MAX) - 2, count);
    for last in (1..values.len()).rev() {
        let other = (rng.next_u64() % (last as u64 + 1)) as usize;
        values.swap(last, other);
    }
}

/// One of a zone's name servers: which one a resolver picks changes with the question and the time.
pub fn pick<'a>(world: &World, lot: u64, name: &str, servers: &'a [String]) -> &'a str {
    let mut order: Vec<String> = (0..servers.len()).map(|at| at.to_string()).collect();
    shuffled(world, lot, name, "NS", &mut order);
    order
        .first()
        .and_then(|at| servers.get(at.parse::<usize>().ok()?))
        .map_or("", String::as_str)
}

/// The SOA of a zone that is not the account's, by its server (ours).
pub fn soa(server: &str) -> String {
    format!("{server} hostmaster.{server} 2025030300 1800 900 604800 86400")
}

/// The last label of a name, which is that of its top-level domain.
pub fn top_level_of(name: &str) -> String {
    name::labels(name)
        .next_back()
        .map_or_else(|| name::ROOT.to_owned(), |label| format!("{label}."))
}
