//! Devices at the customer's end of a VPN: which there are samples for, and the sample for a connection.
//! <https://docs.aws.amazon.com/vpn/latest/s2svpn/your-cgw.html>
//!
//! Ours: the ids of the devices, and the texts. Each is made of the connection's own addresses, secrets and options, in the
//! language of its device where Stratus speaks it, else as a list of what to set. The secrets are made for simulation only.

use super::super::common::{need, page};
use super::{connections, tunnels};
use crate::base::error::{Error, Result};
use crate::network::TUNNEL_MTU;
use crate::services::Request;
use crate::world::World;
use crate::world::gateways::{CustomerGateway, VpnConnection, VpnTunnel};
use std::fmt::Write;
use std::net::Ipv4Addr;
use stratus_model::{Structure, field};

/// The languages that samples are written in.
#[derive(Clone, Copy)]
enum Language {
    /// What to set, in words.
    Words,
    /// `ipsec.conf` and `ipsec.secrets`.
    Swan,
    /// Cisco IOS.
    Ios,
    /// Juniper Junos.
    Junos,
    /// Vyatta and VyOS.
    Vyatta,
}

/// Id, vendor, platform, software, language.
#[rustfmt::skip]
const DEVICES: &[(&str, &str, &str, &str, Language)] = &[
    ("1b2a6c01", "Barracuda", "NextGen Firewall F-series", "6.2+", Language::Words),
    ("1b2a6c02", "Checkpoint", "Gaia", "R80.10+", Language::Words),
    ("1b2a6c03", "Cisco Meraki", "MX Series", "15.12+ (WebUI)", Language::Words),
    ("1b2a6c04", "Cisco Systems, Inc.", "ASA 5500 Series", "ASA 9.7+ VTI", Language::Words),
    ("1b2a6c05", "Cisco Systems, Inc.", "CSRv AMI", "IOS 12.4+", Language::Ios),
    ("1b2a6c06", "Cisco Systems, Inc.", "Firepower", "v6.6.0+", Language::Words),
    ("1b2a6c07", "Cisco Systems, Inc.", "ISR Series Routers", "IOS 12.4+", Language::Ios),
    ("1b2a6c08", "Citrix", "NetScaler CloudBridge", "NS 11+", Language::Words),
    ("1b2a6c09", "Cyberoam", "CR15iNG", "V 10.6.5 MR-1", Language::Words),
    ("1b2a6c0a", "F5 Networks, Inc.", "BIG-IP", "v12.0.0+", Language::Words),
    ("1b2a6c0b", "Fortinet", "Fortigate 40+ Series", "FortiOS 6.4.4+ (GUI)", Language::Words),
    ("1b2a6c0c", "Generic", "Generic", "Vendor Agnostic", Language::Words),
    ("1b2a6c0d", "H3C", "MSR800", "Version 5.20", Language::Words),
    ("1b2a6c0e", "IIJ", "SEIL/B1", "SEIL/B1 3.70+", Language::Words),
    ("1b2a6c0f", "Juniper Networks, Inc.", "J-Series Routers", "JunOS 9.5+", Language::Junos),
    ("1b2a6c10", "Juniper Networks, Inc.", "SRX Routers", "JunOS 11.0+", Language::Junos),
    ("1b2a6c11", "Libreswan", "Libreswan", "Libreswan 3.0+", Language::Swan),
    ("1b2a6c12", "Microsoft", "Windows Server", "2012 R2", Language::Words),
    ("1b2a6c13", "Mikrotik", "RouterOS", "6.44.3", Language::Words),
    ("1b2a6c14", "Openswan", "Openswan", "Openswan 2.6.38+", Language::Swan),
    ("1b2a6c15", "Palo Alto Networks", "PA Series", "PANOS 7.0+", Language::Words),
    ("1b2a6c16", "pfSense", "pfSense", "pfsense 2.2.5+(GUI)", Language::Words),
    ("1b2a6c17", "SonicWall", "NSA, TZ", "OS 6.5", Language::Words),
    ("1b2a6c18", "Sophos", "Sophos Firewall", "v19+", Language::Words),
    ("1b2a6c19", "Strongswan", "Ubuntu 16.04", "Strongswan 5.5.1+", Language::Swan),
    ("1b2a6c1a", "Vyatta", "Network OS", "Vyatta Network OS 6.5+", Language::Vyatta),
    ("1b2a6c1b", "WatchGuard, Inc.", "XTM, Firebox", "Fireware OS 11.12.2+", Language::Words),
    ("1b2a6c1c", "Yamaha", "RTX Routers", "Rev.10.01.16+", Language::Words),
    ("1b2a6c1d", "Zyxel", "ZyWALL", "ZLD 4.3+", Language::Words),
];

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetVpnConnectionDeviceTypes.html>: by vendor and platform.
pub(super) fn types(request: &Request<'_>, _world: &World) -> Result<Structure> {
    let one = |(id, vendor, platform, software, _): &(&str, &str, &str, &str, Language)| {
        Structure::new()
            .with(field::VPN_CONNECTION_DEVICE_TYPE_ID, *id)
            .with(field::VENDOR, *vendor)
            .with(field::PLATFORM, *platform)
            .with(field::SOFTWARE, *software)
    };
    let all: Vec<Structure> = DEVICES.iter().map(one).collect();
    let (shown, next) = page(all, request.params, 200)?;
    Ok(Structure::new()
        .with(field::VPN_CONNECTION_DEVICE_TYPES, shown)
        .with_some(field::NEXT_TOKEN, next))
}

/// What a sample is made of.
struct Sample<'a> {
    row: &'a VpnConnection,
    /// Vendor, platform and software.
    device: [&'a str; 3],
    /// The customer's public address.
    customer: &'a str,
    /// The customer's autonomous system, and AWS's; `None` with static routes.
    asns: Option<(i64, i64)>,
    /// `ikev1` or `ikev2`.
    version: &'a str,
    /// The algorithms that AWS recommends, and not those that old devices know too.
    strong: bool,
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetVpnConnectionDeviceSampleConfiguration.html>
pub(super) fn sample(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let row = connections::named(request, world)?;
    let id = need(params, field::VPN_CONNECTION_DEVICE_TYPE_ID)?;
    let Some((_, vendor, platform, software, language)) = DEVICES.iter().find(|(known, ..)| *known == id) else {
        let why = format!("The vpnConnectionDeviceType ID '{id}' does not exist");
        let error = Error::new("InvalidVpnConnectionDeviceTypeId.NotFound", why).at("VpnConnectionDeviceTypeId");
        return Err(error.remedy("GetVpnConnectionDeviceTypes lists those that there are."));
    };
    let version = params.text(field::INTERNET_KEY_EXCHANGE_VERSION).unwrap_or("ikev2");
    if !matches!(version, "ikev1" | "ikev2") {
        return Err(Error::invalid(
            "InternetKeyExchangeVersion",
            format!("{version} is neither ikev1 nor ikev2"),
        ));
    }
    let kind = params.text(field::SAMPLE_TYPE).unwrap_or("compatibility");
    if !matches!(kind, "compatibility" | "recommended") {
        let why = format!("{kind} is neither compatibility nor recommended");
        return Err(Error::invalid("SampleType", why));
    }
    let customer = world.row::<CustomerGateway>(request.region, row.customer);
    let address = customer.and_then(|row| row.address.clone());
    let asns = (
        customer.map_or(0, |row| row.asn),
        connections::asn_of(world, request.region, &row),
    );
    let sample = Sample {
        row: &row,
        device: [vendor, platform, software],
        customer: address.as_deref().unwrap_or("<YOUR_CGW_IP_ADDRESS>"),
        asns: (!row.static_only).then_some(asns),
        version,
        strong: kind == "recommended",
    };
    let text = match language {
        Language::Words => sample.words(),
        Language::Swan => sample.swan(),
        Language::Ios => sample.ios(),
        Language::Junos => sample.junos(),
        Language::Vyatta => sample.vyatta(),
    };
    Ok(Structure::new().with(field::VPN_CONNECTION_DEVICE_SAMPLE_CONFIGURATION, text))
}

/// The algorithms of a tunnel.
struct Algorithms {
    /// 128 or 256.
    bits: u16,
    /// `sha1` or `sha256`.
    hash: &'static str,
    /// The Diffie-Hellman group.
    group: u8,
}

impl Sample<'_> {
    fn algorithms(&self) -> Algorithms {
        if self.strong {
            Algorithms {
                bits: 256,
                hash: "sha256",
                group: 14,
            }
        } else {
            Algorithms {
                bits: 128,
                hash: "sha1",
                group: 2,
            }
        }
    }

    /// The two tunnels, numbered, with the addresses inside: AWS's and the customer's.
    fn tunnels(&self) -> impl Iterator<Item = (usize, &VpnTunnel, Ipv4Addr, Ipv4Addr)> {
        let numbered = (1..).zip(&self.row.tunnels);
        numbered.map(|(number, tunnel)| {
            let (aws, customer) = tunnels::inner(tunnel);
            (number, tunnel, aws, customer)
        })
    }

    fn heading(&self, comment: &str) -> String {
        let [vendor, platform, software] = self.device;
        let end = self.row.gateway.map(|id| id.to_string());
        let end = end.or(self.row.transit.map(|id| id.to_string()));
        let lines = [
            format!("Sample configuration: {vendor} {platform}, {software}"),
            "Made by Stratus for its simulated connection: the secrets are for simulation only.".to_owned(),
            String::new(),
            format!("VPN connection id          {}", self.row.id),
            format!(
                "AWS's end                  {}",
                end.unwrap_or_else(|| "none yet".to_owned())
            ),
            format!("Customer gateway id        {}", self.row.customer),
            format!("Customer gateway address   {}", self.customer),
            format!(
                "Routing                    {}",
                if self.asns.is_some() {
                    "dynamic, with BGP"
                } else {
                    "static"
                }
            ),
        ];
        let mut out = String::new();
        for line in lines {
            _ = writeln!(out, "{}", format!("{comment} {line}").trim_end());
        }
        out.push('\n');
        out
    }

    /// The network at the customer's side, and that at AWS's.
    fn sides(&self) -> (String, String) {
        (self.row.local.to_string(), self.row.remote.to_string())
    }

    fn words(&self) -> String {
        let mut out = self.heading("#");
        let Algorithms { bits, hash, group } = self.algorithms();
        let (local, remote) = self.sides();
        for (number, tunnel, aws, own) in self.tunnels() {
            _ = writeln!(
                out,
                "Tunnel {number}\n\n 1. Internet Key Exchange\n  - IKE version              {}\n  - Authentication method    pre-shared key\n  - Pre-shared key           {}\n  - Authentication algorithm {hash}\n  - Encryption algorithm     aes-{bits}-cbc\n  - Lifetime                 28800 seconds\n  - Phase 1 negotiation      main mode\n  - Diffie-Hellman           group {group}\n\n 2. IPsec\n  - Protocol                 esp\n  - Authentication algorithm hmac-{hash}\n  - Encryption algorithm     aes-{bits}-cbc\n  - Lifetime                 3600 seconds\n  - Mode                     tunnel\n  - Perfect forward secrecy  Diffie-Hellman group {group}\n  - Dead peer detection      every 10 seconds, 3 retries\n  - TCP MSS                  1379 bytes\n  - Fragmentation            before encryption\n  - Local and remote network {local} and {remote}\n\n 3. Tunnel interface\n  - Outside, yours           {}\n  - Outside, AWS's           {}\n  - Inside, yours            {own}/30\n  - Inside, AWS's            {aws}/30\n  - MTU                      {TUNNEL_MTU} bytes\n",
                self.version, tunnel.key, self.customer, tunnel.outside
            );
            match self.asns {
                Some((customer, amazon)) => {
                    _ = writeln!(
                        out,
                        " 4. Border Gateway Protocol\n  - Your ASN                 {customer}\n  - AWS's ASN                {amazon}\n  - Neighbour                {aws}\n  - Hold time                30 seconds\n"
                    );
                }
                None => {
                    _ = writeln!(
                        out,
                        " 4. Static routes\n  - To the VPC's networks    next hop {aws}\n  - Make the route of the second tunnel one of a higher metric.\n"
                    );
                }
            }
        }
        out
    }

    fn swan(&self) -> String {
        let mut out = self.heading("#");
        let Algorithms { bits, hash, group } = self.algorithms();
        let modp = if group == 14 { 2048 } else { 1024 };
        let (local, remote) = self.sides();
        _ = writeln!(
            out,
            "# /etc/sysctl.conf\nnet.ipv4.ip_forward = 1\nnet.ipv4.conf.all.rp_filter = 2\n"
        );
        _ = writeln!(out, "# /etc/ipsec.conf");
        for (number, tunnel, ..) in self.tunnels() {
            _ = writeln!(
                out,
                "conn Tunnel{number}\n    auto=start\n    type=tunnel\n    authby=secret\n    keyexchange={}\n    left=%defaultroute\n    leftid={}\n    right={}\n    leftsubnet={local}\n    rightsubnet={remote}\n    ike=aes{bits}-{hash}-modp{modp}\n    esp=aes{bits}-{hash}-modp{modp}\n    ikelifetime=8h\n    lifetime=1h\n    keyingtries=%forever\n    dpddelay=10s\n    dpdtimeout=30s\n    dpdaction=restart\n    mark={number}00\n",
                self.version, self.customer, tunnel.outside
            );
        }
        _ = writeln!(out, "# /etc/ipsec.secrets");
        for (_, tunnel, ..) in self.tunnels() {
            _ = writeln!(out, "{} {} : PSK \"{}\"", self.customer, tunnel.outside, tunnel.key);
        }
        _ = writeln!(out, "\n# Tunnel interfaces");
        for (number, tunnel, aws, own) in self.tunnels() {
            _ = writeln!(
                out,
                "ip link add Tunnel{number} type vti local {} remote {} key {number}00\nip addr add {own}/30 remote {aws}/30 dev Tunnel{number}\nip link set Tunnel{number} up mtu {TUNNEL_MTU}\niptables -t mangle -A FORWARD -o Tunnel{number} -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss 1379",
                self.customer, tunnel.outside
            );
        }
        if let Some((customer, amazon)) = self.asns {
            _ = writeln!(out, "\n# Quagga or FRR: bgpd.conf\nrouter bgp {customer}");
            for (_, _, aws, _) in self.tunnels() {
                _ = writeln!(out, " neighbor {aws} remote-as {amazon}\n neighbor {aws} timers 10 30");
            }
        } else {
            _ = writeln!(out, "\n# Static routes: for each network of the VPC");
            for (number, ..) in self.tunnels() {
                _ = writeln!(out, "ip route add <VPC_CIDR> dev Tunnel{number} metric {number}00");
            }
        }
        out
    }

    fn ios(&self) -> String {
        let mut out = self.heading("!");
        let Algorithms { bits, hash, group } = self.algorithms();
        let hmac = if self.strong { "esp-sha256-hmac" } else { "esp-sha-hmac" };
        let integrity = if self.strong { "sha256" } else { "sha" };
        let id = self.row.id;
        for (number, tunnel, aws, own) in self.tunnels() {
            let place = number - 1;
            let (outside, key) = (tunnel.outside, &tunnel.key);
            if self.version == "ikev2" {
                _ = writeln!(
                    out,
                    "crypto ikev2 proposal PROPOSAL-{place}\n encryption aes-cbc-{bits}\n integrity {hash}\n group {group}\n!\ncrypto ikev2 policy POLICY-{place}\n match address local {}\n proposal PROPOSAL-{place}\n!\ncrypto ikev2 keyring KEYRING-{id}-{place}\n peer {outside}\n  address {outside}\n  pre-shared-key {key}\n!\ncrypto ikev2 profile PROFILE-{id}-{place}\n match address local {}\n match identity remote address {outside} 255.255.255.255\n authentication remote pre-share\n authentication local pre-share\n keyring local KEYRING-{id}-{place}\n lifetime 28800\n dpd 10 3 on-demand\n!",
                    self.customer, self.customer
                );
            } else {
                _ = writeln!(
                    out,
                    "crypto isakmp policy 20{place}\n encryption aes {bits}\n authentication pre-share\n group {group}\n lifetime 28800\n hash {integrity}\n!\ncrypto keyring keyring-{id}-{place}\n local-address {}\n pre-shared-key address {outside} key {key}\n!\ncrypto isakmp profile isakmp-{id}-{place}\n local-address {}\n match identity address {outside}\n keyring keyring-{id}-{place}\n!\ncrypto isakmp keepalive 10 10\n!",
                    self.customer, self.customer
                );
            }
            _ = writeln!(
                out,
                "crypto ipsec transform-set ipsec-prop-{id}-{place} esp-aes {bits} {hmac}\n mode tunnel\n!\ncrypto ipsec profile ipsec-{id}-{place}\n set pfs group{group}\n set security-association lifetime seconds 3600\n set transform-set ipsec-prop-{id}-{place}\n!\ninterface Tunnel{number}\n ip address {own} 255.255.255.252\n ip virtual-reassembly\n tunnel source {}\n tunnel destination {outside}\n tunnel mode ipsec ipv4\n tunnel protection ipsec profile ipsec-{id}-{place}\n ip tcp adjust-mss 1379\n no shutdown\n!",
                self.customer
            );
            match self.asns {
                Some((customer, amazon)) => {
                    _ = writeln!(
                        out,
                        "router bgp {customer}\n neighbor {aws} remote-as {amazon}\n neighbor {aws} activate\n neighbor {aws} timers 10 30 30\n address-family ipv4 unicast\n  neighbor {aws} remote-as {amazon}\n  neighbor {aws} soft-reconfiguration inbound\n!"
                    );
                }
                None => {
                    _ = writeln!(out, "ip route <VPC_CIDR> <MASK> Tunnel{number} {number}00\n!");
                }
            }
        }
        out
    }

    fn junos(&self) -> String {
        let mut out = self.heading("#");
        let Algorithms { bits, hash, group } = self.algorithms();
        let (ike, esp) = if self.strong {
            ("sha-256", "hmac-sha-256-128")
        } else {
            (hash, "hmac-sha1-96")
        };
        let only = if self.version == "ikev2" { "v2-only" } else { "v1-only" };
        let id = self.row.id;
        for (number, tunnel, aws, own) in self.tunnels() {
            let name = format!("{id}-{number}");
            let lines = [
                format!("set security ike proposal ike-{name} authentication-method pre-shared-keys"),
                format!("set security ike proposal ike-{name} authentication-algorithm {ike}"),
                format!("set security ike proposal ike-{name} encryption-algorithm aes-{bits}-cbc"),
                format!("set security ike proposal ike-{name} lifetime-seconds 28800"),
                format!("set security ike proposal ike-{name} dh-group group{group}"),
                format!("set security ike policy ike-{name} mode main"),
                format!("set security ike policy ike-{name} proposals ike-{name}"),
                format!(
                    "set security ike policy ike-{name} pre-shared-key ascii-text \"{}\"",
                    tunnel.key
                ),
                format!("set security ike gateway gw-{name} ike-policy ike-{name}"),
                format!("set security ike gateway gw-{name} external-interface <EXTERNAL_INTERFACE>"),
                format!("set security ike gateway gw-{name} address {}", tunnel.outside),
                format!("set security ike gateway gw-{name} version {only}"),
                format!("set security ike gateway gw-{name} dead-peer-detection interval 10 threshold 3"),
                format!("set security ipsec proposal ipsec-{name} protocol esp"),
                format!("set security ipsec proposal ipsec-{name} authentication-algorithm {esp}"),
                format!("set security ipsec proposal ipsec-{name} encryption-algorithm aes-{bits}-cbc"),
                format!("set security ipsec proposal ipsec-{name} lifetime-seconds 3600"),
                format!("set security ipsec policy ipsec-{name} perfect-forward-secrecy keys group{group}"),
                format!("set security ipsec policy ipsec-{name} proposals ipsec-{name}"),
                format!("set security ipsec vpn {name} ike gateway gw-{name}"),
                format!("set security ipsec vpn {name} ike ipsec-policy ipsec-{name}"),
                format!("set security ipsec vpn {name} bind-interface st0.{number}"),
                format!("set interfaces st0.{number} family inet address {own}/30"),
                format!("set interfaces st0.{number} family inet mtu {TUNNEL_MTU}"),
                format!("set security zones security-zone trust interfaces st0.{number}"),
                "set security flow tcp-mss ipsec-vpn mss 1379".to_owned(),
                match self.asns {
                    Some((customer, amazon)) => format!(
                        "set protocols bgp group ebgp type external\nset protocols bgp group ebgp neighbor {aws} peer-as {amazon}\nset protocols bgp group ebgp neighbor {aws} local-as {customer}\nset protocols bgp group ebgp neighbor {aws} hold-time 30"
                    ),
                    None => format!("set routing-options static route <VPC_CIDR> next-hop st0.{number}"),
                },
            ];
            for line in lines {
                _ = writeln!(out, "{line}");
            }
            out.push('\n');
        }
        out
    }

    fn vyatta(&self) -> String {
        let mut out = self.heading("!");
        let Algorithms { bits, hash, group } = self.algorithms();
        for (number, tunnel, aws, own) in self.tunnels() {
            let outside = tunnel.outside;
            let lines = [
                "set vpn ipsec ike-group AWS lifetime 28800".to_owned(),
                format!("set vpn ipsec ike-group AWS key-exchange {}", self.version),
                format!("set vpn ipsec ike-group AWS proposal 1 dh-group {group}"),
                format!("set vpn ipsec ike-group AWS proposal 1 encryption aes{bits}"),
                format!("set vpn ipsec ike-group AWS proposal 1 hash {hash}"),
                "set vpn ipsec ike-group AWS dead-peer-detection action restart".to_owned(),
                "set vpn ipsec esp-group AWS mode tunnel".to_owned(),
                format!("set vpn ipsec esp-group AWS pfs dh-group{group}"),
                "set vpn ipsec esp-group AWS lifetime 3600".to_owned(),
                format!("set vpn ipsec esp-group AWS proposal 1 encryption aes{bits}"),
                format!("set vpn ipsec esp-group AWS proposal 1 hash {hash}"),
                format!("set vpn ipsec site-to-site peer {outside} authentication mode pre-shared-secret"),
                format!(
                    "set vpn ipsec site-to-site peer {outside} authentication pre-shared-secret {}",
                    tunnel.key
                ),
                format!("set vpn ipsec site-to-site peer {outside} ike-group AWS"),
                format!(
                    "set vpn ipsec site-to-site peer {outside} local-address {}",
                    self.customer
                ),
                format!("set vpn ipsec site-to-site peer {outside} vti bind vti{number}"),
                format!("set vpn ipsec site-to-site peer {outside} vti esp-group AWS"),
                format!("set interfaces vti vti{number} address {own}/30"),
                format!("set interfaces vti vti{number} mtu {TUNNEL_MTU}"),
                match self.asns {
                    Some((customer, amazon)) => format!(
                        "set protocols bgp {customer} neighbor {aws} remote-as {amazon}\nset protocols bgp {customer} neighbor {aws} timers holdtime 30"
                    ),
                    None => format!("set protocols static interface-route <VPC_CIDR> next-hop-interface vti{number}"),
                },
            ];
            for line in lines {
                _ = writeln!(out, "{line}");
            }
            out.push('\n');
        }
        out
    }
}
