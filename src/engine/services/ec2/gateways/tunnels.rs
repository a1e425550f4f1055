//! The tunnels of VPN connections: their options in calls and answers, and what AWS chooses where a call says nothing.
//! <https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html>

use super::super::common::{read_ipv4_cidr, refuse_unsimulated};
use super::super::vpc::pools;
use crate::base::error::{Error, Result};
use crate::base::ids::Kind;
use crate::base::random::Stream;
use crate::catalog::Region;
use crate::world::World;
use crate::world::gateways::{TunnelLife, VpnConnection, VpnTunnel};
use ipnet::Ipv4Net;
use std::net::Ipv4Addr;
use stratus_model::{Name, Structure, Value, field};

/// Options that are numbers: in a call, in an answer, smallest, largest. Append only: rows hold the place.
#[rustfmt::skip]
const NUMBERS: &[(Name, Name, i64, i64)] = &[
    (field::PHASE1_LIFETIME_SECONDS, field::PHASE1_LIFETIME_SECONDS, 900, 28_800),
    (field::PHASE2_LIFETIME_SECONDS, field::PHASE2_LIFETIME_SECONDS, 900, 3_600),
    (field::REKEY_MARGIN_TIME_SECONDS, field::REKEY_MARGIN_TIME_SECONDS, 60, 1_800),
    (field::REKEY_FUZZ_PERCENTAGE, field::REKEY_FUZZ_PERCENTAGE, 0, 100),
    (field::REPLAY_WINDOW_SIZE, field::REPLAY_WINDOW_SIZE, 64, 2_048),
    (field::DPD_TIMEOUT_SECONDS, field::DPD_TIMEOUT_SECONDS_, 30, 3_600),
];

/// Options that are words, with what they may say. Append only.
const WORDS: &[(Name, Name, &[&str])] = &[
    (
        field::DPD_TIMEOUT_ACTION,
        field::DPD_TIMEOUT_ACTION_,
        &["clear", "none", "restart"],
    ),
    (field::STARTUP_ACTION, field::STARTUP_ACTION, &["add", "start"]),
];

const ENCRYPTION: &[&str] = &["AES128", "AES256", "AES128-GCM-16", "AES256-GCM-16"];
const INTEGRITY: &[&str] = &["SHA1", "SHA2-256", "SHA2-384", "SHA2-512"];
const GROUPS_1: &[&str] = &["2", "14", "15", "16", "17", "18", "19", "20", "21", "22", "23", "24"];
#[rustfmt::skip]
const GROUPS_2: &[&str] = &["2", "5", "14", "15", "16", "17", "18", "19", "20", "21", "22", "23", "24"];

/// Options that are lists, with what they may hold. Append only.
#[rustfmt::skip]
const LISTS: &[(Name, Name, &[&str])] = &[
    (field::PHASE1_ENCRYPTION_ALGORITHMS, field::PHASE1_ENCRYPTION_ALGORITHMS, ENCRYPTION),
    (field::PHASE2_ENCRYPTION_ALGORITHMS, field::PHASE2_ENCRYPTION_ALGORITHMS, ENCRYPTION),
    (field::PHASE1_INTEGRITY_ALGORITHMS, field::PHASE1_INTEGRITY_ALGORITHMS, INTEGRITY),
    (field::PHASE2_INTEGRITY_ALGORITHMS, field::PHASE2_INTEGRITY_ALGORITHMS, INTEGRITY),
    (field::PHASE1_DH_GROUP_NUMBERS, field::PHASE1_DH_GROUP_NUMBERS, GROUPS_1),
    (field::PHASE2_DH_GROUP_NUMBERS, field::PHASE2_DH_GROUP_NUMBERS, GROUPS_2),
    (field::IKE_VERSIONS, field::IKE_VERSIONS_, &["ikev1", "ikev2"]),
];

/// Blocks of 169.254.0.0/16 that AWS keeps for itself.
const KEPT: [[u8; 4]; 7] = [
    [169, 254, 0, 0],
    [169, 254, 1, 0],
    [169, 254, 2, 0],
    [169, 254, 3, 0],
    [169, 254, 4, 0],
    [169, 254, 5, 0],
    [169, 254, 169, 252],
];

/// Characters of a key that AWS makes, and how many.
const KEY_CHARACTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._";
const KEY_LENGTH: usize = 32;

fn refuse(name: &str, value: impl std::fmt::Display) -> Error {
    let why = format!("Invalid parameter value {value} for {name}");
    Error::new("InvalidParameterValue", why).at(format!("TunnelOptions.{name}"))
}

/// A tunnel with two addresses and a key that are its own.
pub(super) fn draw(world: &mut World, region: Region, others: &[VpnTunnel]) -> VpnTunnel {
    VpnTunnel {
        outside: pools::draw_public_address(world, region),
        inside: draw_inside(world, region, others),
        key: draw_key(world),
        numbers: Vec::new(),
        words: Vec::new(),
        lists: Vec::new(),
        lifecycle_control: false,
        life: TunnelLife::default(),
    }
}

/// A /30 that no tunnel of the Region has.
fn draw_inside(world: &mut World, region: Region, others: &[VpnTunnel]) -> Ipv4Net {
    loop {
        let place = world
            .random
            .between(Stream::Ids(Kind::VpnConnection), 0x0600 / 4, 0xff00 / 4) as u32;
        let first = Ipv4Addr::from(0xa9fe_0000 | (place * 4));
        let net = Ipv4Net::new(first, 30).unwrap_or_default();
        if check_inside(world, region, net).is_ok() && others.iter().all(|other| other.inside != net) {
            return net;
        }
    }
}

fn draw_key(world: &mut World) -> String {
    let mut key = String::with_capacity(KEY_LENGTH);
    while key.len() < KEY_LENGTH {
        for byte in world.random.next_u64(Stream::Secrets).to_be_bytes() {
            // 64 characters: six bits each. A key may not begin with a zero.
            let character = KEY_CHARACTERS.get(usize::from(byte & 63)).copied().unwrap_or(b'a');
            if !(key.is_empty() && character == b'0') && key.len() < KEY_LENGTH {
                key.push(char::from(character));
            }
        }
    }
    key
}

fn check_inside(world: &World, region: Region, net: Ipv4Net) -> Result<()> {
    let link_local = net.prefix_len() == 30 && net.network().is_link_local();
    if !link_local || KEPT.iter().any(|kept| net.network() == Ipv4Addr::from(*kept)) {
        return Err(refuse("TunnelInsideCidr", net).remedy("It is a /30 of 169.254.0.0/16 that AWS does not keep."));
    }
    let rows = world
        .ec2(region)
        .into_iter()
        .flat_map(|ec2| ec2.gateways.connections.rows());
    let mut rows = rows.filter(|row| row.state.is_alive());
    if rows.any(|row| row.tunnels.iter().any(|tunnel| tunnel.inside == net)) {
        return Err(refuse("TunnelInsideCidr", net).remedy("Another tunnel has it."));
    }
    Ok(())
}

/// Puts what a call says into a tunnel.
pub(super) fn read(world: &World, region: Region, options: &Structure, tunnel: &mut VpnTunnel) -> Result<()> {
    refuse_unsimulated(
        options,
        &[
            field::TUNNEL_INSIDE_IPV6_CIDR,
            field::LOG_OPTIONS,
            field::PHASE1_ADDITIONAL_KEY_EXCHANGES,
            field::PHASE2_ADDITIONAL_KEY_EXCHANGES,
        ],
    )?;
    if let Some(text) = options.text(field::TUNNEL_INSIDE_CIDR) {
        let net = read_ipv4_cidr("TunnelInsideCidr", text)?;
        if net != tunnel.inside {
            check_inside(world, region, net)?;
            tunnel.inside = net;
        }
    }
    if let Some(key) = options.text(field::PRE_SHARED_KEY) {
        let characters = key.bytes().all(|byte| KEY_CHARACTERS.contains(&byte));
        if !(8..=64).contains(&key.len()) || !characters || key.starts_with('0') {
            let rule = "It has 8 to 64 letters, digits, periods and underscores, and does not begin with 0.";
            return Err(refuse("PreSharedKey", "(hidden)").remedy(rule));
        }
        key.clone_into(&mut tunnel.key);
    }
    for (place, (name, _, low, high)) in (0..).zip(NUMBERS) {
        if let Some(value) = options.integer(*name) {
            if !(*low..=*high).contains(&value) {
                return Err(refuse(name.text(), value).remedy(format!("It is between {low} and {high}.")));
            }
            put(&mut tunnel.numbers, place, value);
        }
    }
    for (place, (name, _, known)) in (0..).zip(WORDS) {
        if let Some(value) = options.text(*name) {
            if !known.contains(&value) {
                return Err(refuse(name.text(), value).remedy(format!("It is one of {}.", known.join(", "))));
            }
            put(&mut tunnel.words, place, value.to_owned());
        }
    }
    for (place, (name, _, known)) in (0..).zip(LISTS) {
        let values: Vec<String> = options.structures(*name).filter_map(value_text).collect();
        if let Some(value) = values.iter().find(|value| !known.contains(&value.as_str())) {
            return Err(refuse(name.text(), value).remedy(format!("It is of {}.", known.join(", "))));
        }
        if !values.is_empty() {
            put(&mut tunnel.lists, place, values);
        }
    }
    if let Some(on) = options.boolean(field::ENABLE_TUNNEL_LIFECYCLE_CONTROL) {
        tunnel.lifecycle_control = on;
    }
    check_lifetimes(tunnel)
}

/// What the numbers demand of each other.
fn check_lifetimes(tunnel: &VpnTunnel) -> Result<()> {
    let number = |place, default| numbered(tunnel, place, default);
    let (first, second, margin) = (number(0, 28_800), number(1, 3_600), number(2, 270));
    if second > first {
        return Err(refuse("Phase2LifetimeSeconds", second).remedy("It is not longer than Phase1LifetimeSeconds."));
    }
    if margin > second / 2 {
        return Err(refuse("RekeyMarginTimeSeconds", margin).remedy("It is at most half of Phase2LifetimeSeconds."));
    }
    Ok(())
}

fn put<T>(list: &mut Vec<(u8, T)>, place: u8, value: T) {
    list.retain(|(own, _)| *own != place);
    list.push((place, value));
    list.sort_by_key(|(own, _)| *own);
}

/// The `Value` of a list's item, which is a text or a number.
fn value_text(item: &Structure) -> Option<String> {
    let number = item.integer(field::VALUE).map(|number| number.to_string());
    item.text(field::VALUE).map(str::to_owned).or(number)
}

/// What a tunnel uses of a list of options: the first that it was given, else AWS's strongest default.
fn chosen(tunnel: &VpnTunnel, place: u8, default: &str) -> String {
    let own = tunnel.lists.iter().find(|(own, _)| *own == place);
    own.and_then(|(_, values)| values.first())
        .map_or_else(|| default.to_owned(), Clone::clone)
}

/// A number among its options, else AWS's default.
fn numbered(tunnel: &VpnTunnel, place: u8, default: i64) -> i64 {
    let own = tunnel.numbers.iter().find(|(own, _)| *own == place);
    own.map_or(default, |(_, value)| *value)
}

/// What both ends have agreed on (ours: the first of each list that both take).
pub(super) fn agreed(tunnel: &VpnTunnel) -> Structure {
    let number = |place| chosen(tunnel, place, "14").parse::<i64>().unwrap_or(14);
    Structure::new()
        .with(field::PHASE1_ENCRYPTION_ALGORITHM, chosen(tunnel, 0, "AES256"))
        .with(field::PHASE2_ENCRYPTION_ALGORITHM, chosen(tunnel, 1, "AES256"))
        .with(field::PHASE1_INTEGRITY_ALGORITHM, chosen(tunnel, 2, "SHA2-256"))
        .with(field::PHASE2_INTEGRITY_ALGORITHM, chosen(tunnel, 3, "SHA2-256"))
        .with(field::PHASE1_DH_GROUP, number(4))
        .with(field::PHASE2_DH_GROUP, number(5))
        .with(field::IKE_VERSION, chosen(tunnel, 6, "ikev2"))
}

/// A tunnel's options as the API shows them.
pub(super) fn describe(tunnel: &VpnTunnel) -> Structure {
    let mut shown = Structure::new()
        .with(field::OUTSIDE_IP_ADDRESS, tunnel.outside.to_string())
        .with(field::TUNNEL_INSIDE_CIDR, tunnel.inside.to_string())
        .with(field::PRE_SHARED_KEY, tunnel.key.as_str());
    for (place, value) in &tunnel.numbers {
        if let Some((_, name, ..)) = NUMBERS.get(usize::from(*place)) {
            shown.set(*name, *value);
        }
    }
    for (place, value) in &tunnel.words {
        if let Some((_, name, _)) = WORDS.get(usize::from(*place)) {
            shown.set(*name, value.as_str());
        }
    }
    for (place, values) in &tunnel.lists {
        if let Some((_, name, known)) = LISTS.get(usize::from(*place)) {
            let numbers = known.first().is_some_and(|first| first.parse::<i64>().is_ok());
            let one = |text: &String| match (numbers, text.parse::<i64>()) {
                (true, Ok(number)) => Value::from(number),
                _ => Value::from(text.as_str()),
            };
            let values: Vec<Structure> = values
                .iter()
                .map(|text| Structure::new().with(field::VALUE, one(text)))
                .collect();
            shown.set(*name, values);
        }
    }
    if tunnel.lifecycle_control {
        shown.set(field::ENABLE_TUNNEL_LIFECYCLE_CONTROL, true);
    }
    shown
}

/// The addresses at the two ends inside a tunnel: AWS's, then the customer's.
pub(super) fn inner(tunnel: &VpnTunnel) -> (Ipv4Addr, Ipv4Addr) {
    let first = u32::from(tunnel.inside.network());
    (Ipv4Addr::from(first + 1), Ipv4Addr::from(first + 2))
}

/// One tunnel in the customer gateway's configuration.
fn ipsec_tunnel(tunnel: &VpnTunnel, device: &str, asns: Option<(i64, i64)>) -> String {
    let (aws, customer) = inner(tunnel);
    let end = |tag: &str, outside: &str, inside: Ipv4Addr, asn: Option<i64>| {
        let bgp = asn.map_or_else(String::new, |asn| {
            format!("\n      <bgp>\n        <asn>{asn}</asn>\n        <hold_time>30</hold_time>\n      </bgp>")
        });
        format!(
            "    <{tag}>\n      <tunnel_outside_address>\n        <ip_address>{outside}</ip_address>\n      </tunnel_outside_address>\n      <tunnel_inside_address>\n        <ip_address>{inside}</ip_address>\n        <network_mask>255.255.255.252</network_mask>\n        <network_cidr>30</network_cidr>\n      </tunnel_inside_address>{bgp}\n    </{tag}>\n"
        )
    };
    let [ike, ipsec] = [Phase::of(tunnel, 0), Phase::of(tunnel, 1)];
    // It is asked every ten seconds until the time is over.
    let retries = numbered(tunnel, 5, 30) / 10;
    format!(
        "  <ipsec_tunnel>\n{}{}    <ike>\n{}      <mode>main</mode>\n      <pre_shared_key>{}</pre_shared_key>\n    </ike>\n    <ipsec>\n      <protocol>esp</protocol>\n{}      <mode>tunnel</mode>\n      <clear_df_bit>true</clear_df_bit>\n      <fragmentation_before_encryption>true</fragmentation_before_encryption>\n      <tcp_mss_adjustment>1379</tcp_mss_adjustment>\n      <dead_peer_detection>\n        <interval>10</interval>\n        <retries>{retries}</retries>\n      </dead_peer_detection>\n    </ipsec>\n  </ipsec_tunnel>\n",
        end("customer_gateway", device, customer, asns.map(|(customer, _)| customer)),
        end(
            "vpn_gateway",
            &tunnel.outside.to_string(),
            aws,
            asns.map(|(_, aws)| aws)
        ),
        ike.lines(),
        tunnel.key,
        ipsec.lines(),
    )
}

/// What a tunnel's configuration says of one of the two phases of IPsec: the first of each list that the tunnel was given, else
/// the least that AWS takes, as its configurations do (AES128, SHA1 and group 2).
/// <https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html>
struct Phase {
    integrity: &'static str,
    encryption: &'static str,
    lifetime: i64,
    group: String,
}

impl Phase {
    /// `place`: 0 for IKE, 1 for IPsec, as in the lists of options.
    fn of(tunnel: &VpnTunnel, place: u8) -> Phase {
        let encryption = match chosen(tunnel, place, "AES128").as_str() {
            "AES256" => "aes-256-cbc",
            "AES128-GCM-16" => "aes-128-gcm-16",
            "AES256-GCM-16" => "aes-256-gcm-16",
            _ => "aes-128-cbc",
        };
        let integrity = match (chosen(tunnel, 2 + place, "SHA1").as_str(), place) {
            ("SHA2-256", 0) => "sha2-256",
            ("SHA2-384", 0) => "sha2-384",
            ("SHA2-512", 0) => "sha2-512",
            (_, 0) => "sha1",
            ("SHA2-256", _) => "hmac-sha2-256-128",
            ("SHA2-384", _) => "hmac-sha2-384-192",
            ("SHA2-512", _) => "hmac-sha2-512-256",
            _ => "hmac-sha1-96",
        };
        Phase {
            integrity,
            encryption,
            lifetime: numbered(tunnel, place, if place == 0 { 28_800 } else { 3_600 }),
            group: chosen(tunnel, 4 + place, "2"),
        }
    }

    fn lines(&self) -> String {
        format!(
            "      <authentication_protocol>{}</authentication_protocol>\n      <encryption_protocol>{}</encryption_protocol>\n      <lifetime>{}</lifetime>\n      <perfect_forward_secrecy>group{}</perfect_forward_secrecy>\n",
            self.integrity, self.encryption, self.lifetime, self.group
        )
    }
}

/// The configuration for the customer's device, as the XML that AWS answers. The secrets in it are made for simulation only.
pub(super) fn configuration(row: &VpnConnection, device: &str, customer_asn: i64, aws_asn: i64) -> String {
    let asns = (!row.static_only).then_some((customer_asn, aws_asn));
    let tunnels: String = row
        .tunnels
        .iter()
        .map(|tunnel| ipsec_tunnel(tunnel, device, asns))
        .collect();
    let transit = row.transit.map(|id| id.to_string());
    let end = if transit.is_some() {
        "transit_gateway_id"
    } else {
        "vpn_gateway_id"
    };
    let gateway = row.gateway.map(|id| id.to_string()).or(transit).unwrap_or_default();
    let routing = if row.static_only {
        "NoBGPVPNConnection"
    } else {
        "BGPVPNConnection"
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<vpn_connection id=\"{}\">\n  <customer_gateway_id>{}</customer_gateway_id>\n  <{end}>{gateway}</{end}>\n  <vpn_connection_type>ipsec.1</vpn_connection_type>\n  <vpn_connection_attributes>{routing}</vpn_connection_attributes>\n{tunnels}</vpn_connection>\n",
        row.id, row.customer
    )
}
