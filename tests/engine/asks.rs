//! Parameters made from the model: what earlier answers called by the same name or kind of id, what stories give to members
//! of the name, now and then nonsense.
//!
//! All choices come from a stream of numbers that proptest can shrink.

use crate::plays::STORIES;
use std::collections::BTreeMap;
use stratus_engine::base::time::Time;
use stratus_engine::catalog::{Region, images};
use stratus_model::{Service, Shape, ShapeId, StringShape, Structure, Value};

/// How deep made parameters nest.
pub const DEPTH: usize = 5;
/// Values of one name that are remembered.
const REMEMBERED: usize = 24;

/// Texts for members of these names, besides what was seen and what stories say.
const KNOWN: &[(&str, &[&str])] = &[
    ("AvailabilityZone", &["us-east-1a", "us-east-1b", "eu-west-1a"]),
    ("Bucket", &["my-bucket", "Your_Bucket"]),
    (
        "CidrBlock",
        &["10.0.0.0/16", "10.0.1.0/24", "172.31.0.0/20", "0.0.0.0/0"],
    ),
    ("CidrIpv4", &["0.0.0.0/0", "10.0.0.0/8"]),
    ("CidrIp", &["0.0.0.0/0", "10.0.0.0/8"]),
    ("DestinationCidrBlock", &["0.0.0.0/0", "10.9.0.0/16"]),
    ("Device", &["/dev/sdf", "/dev/xvda", "/dev/sd1"]),
    ("DeviceName", &["/dev/sdf", "/dev/xvda"]),
    ("InstanceType", &["t3.micro", "m5.large", "t4g.micro", "t9.micro"]),
    ("NextToken", &["page-1", "page-zz"]),
    ("SourceRegion", &["us-east-1", "eu-west-1"]),
    ("Value", &["192.0.2.1", "10 mail.example.com", "true", "t3.micro"]),
];

/// Texts for any member.
const ANY: &[&str] = &[
    "",
    "x",
    "my-key",
    "é ü",
    "i-0",
    "1",
    "-",
    "*",
    "a\u{0}b",
    "../..",
    "99999999999999999999",
];

/// A text without limits.
const FREE: StringShape = StringShape {
    min: None,
    max: None,
    pattern: None,
    values: Vec::new(),
    example: None,
    sensitive: false,
};

/// What may be chosen: a stream of numbers that proptest can shrink.
pub struct Choices<'a> {
    numbers: &'a [u16],
    at: usize,
    /// One in so many optional members is given of which nothing is known.
    sparse: usize,
    /// One in so many of which something is.
    likely: usize,
    /// Nothing is left out or made up that need not be: such calls get on, and leave worlds with more in them.
    faithful: bool,
}

impl<'a> Choices<'a> {
    /// From these numbers.
    pub fn new(numbers: &'a [u16]) -> Choices<'a> {
        let (sparse, likely) = (1, 3);
        Choices {
            numbers,
            at: 0,
            sparse,
            likely,
            faithful: false,
        }
    }

    /// Chooses how much is given of what need not be.
    pub fn set_sparse(&mut self) {
        self.sparse = [3, 12, 1_000, 1_000][self.below(4)];
        self.likely = [2, 3, 6, 1_000][self.below(4)];
        self.faithful = self.below(2) == 0;
    }

    /// Whether this time something goes astray, as it does once in so many times.
    fn astray(&mut self, times: usize) -> bool {
        !self.faithful && self.below(times) + 1 == times
    }

    /// One of the numbers below the end.
    pub fn below(&mut self, end: usize) -> usize {
        let number = self
            .numbers
            .get(self.at % self.numbers.len().max(1))
            .copied()
            .unwrap_or(0);
        // Another round of the same numbers makes other choices.
        let round = self.at / self.numbers.len().max(1);
        self.at += 1;
        (usize::from(number) + round * 7) % end.max(1)
    }

    /// One of these.
    pub fn one<'v, T>(&mut self, all: &'v [T]) -> Option<&'v T> {
        all.get(self.below(all.len()))
    }
}

/// What answers have called by a name, and ids by what stands before their dash.
#[derive(Default)]
pub struct Memory(BTreeMap<String, Vec<String>>);

impl Memory {
    /// Takes note of a service's answer, or of what it was asked.
    pub fn learn(&mut self, service: &str, name: &str, value: &Value) {
        match value {
            Value::Structure(structure) => structure
                .iter()
                .for_each(|(name, value)| self.learn(service, name.text(), value)),
            Value::List(items) => items.iter().for_each(|item| self.learn(service, name, item)),
            Value::String(text) if text.len() < 200 => {
                self.keep(name, text);
                self.keep(&format!("{service}.{name}"), text);
                if let Some(kind) = kind(text) {
                    self.keep(&kind, text);
                }
            }
            _ => {}
        }
    }

    fn keep(&mut self, name: &str, text: &str) {
        let all = self.0.entry(name.to_owned()).or_default();
        if let Some(at) = all.iter().position(|has| has == text) {
            all[at..].rotate_left(1);
            return;
        }
        if all.len() == REMEMBERED {
            all.remove(0);
        }
        all.push(text.to_owned());
    }

    /// Forgets what a service deleted: its texts come up only by chance from now on.
    pub fn forget(&mut self, service: &str, value: &Structure) {
        for (name, value) in value.iter() {
            let Some(text) = value.as_text() else { continue };
            let names = [name.text().to_owned(), format!("{service}.{}", name.text())];
            for name in names.into_iter().chain(kind(text)) {
                if let Some(all) = self.0.get_mut(&name)
                    && let Some(at) = all.iter().position(|has| has == text)
                {
                    all[..=at].rotate_right(1);
                }
            }
        }
    }

    /// What a service has called so, or by the name of one where several are asked for.
    fn own(&self, service: &str, name: &str) -> &[String] {
        let own = self.of(&format!("{service}.{name}"));
        if !own.is_empty() {
            return own;
        }
        self.of(&format!("{service}.{}", singular(name)))
    }

    /// Whether there is something sensible to say under this name.
    fn knows(&self, service: &str, name: &str) -> bool {
        let ids = prefix(name).map(|prefix| self.of(&prefix)).unwrap_or_default();
        !ids.is_empty()
            || !self.own(service, name).is_empty()
            || !STORIES.texts(service, name).is_empty()
            || !STORIES.numbers(service, name).is_empty()
            || KNOWN.iter().any(|(known, _)| *known == name)
    }

    /// What is remembered under this name, the newest last.
    pub fn of(&self, name: &str) -> &[String] {
        self.0.get(name).map(Vec::as_slice).unwrap_or_default()
    }
}

/// What kind of id a text is: what stands before its dash, `/hostedzone/`, `arn:role`.
fn kind(text: &str) -> Option<String> {
    if let Some((prefix, _)) = text.rsplit_once("-0").filter(|(_, digits)| digits.len() == 16) {
        return Some(format!("{prefix}-"));
    }
    if let Some(arn) = text.strip_prefix("arn:") {
        let resource = arn.splitn(5, ':').nth(4)?;
        let (kind, _) = resource.split_once(['/', ':'])?;
        return Some(format!("arn:{kind}"));
    }
    let (kind, _) = text.strip_prefix('/')?.split_once('/')?;
    Some(format!("/{kind}/"))
}

fn image(region: Region) -> String {
    let named = images::find_by_name(region, "al2023-ami-2023.6.20250218.2-kernel-6.1-x86_64");
    format!("ami-{:017x}", named.unwrap().id(region))
}

/// `HostId` for `HostIds` and `HostIdSet`.
fn singular(name: &str) -> &str {
    name.strip_suffix("Set").unwrap_or(name).trim_end_matches('s')
}

/// What a member of any name holds in these calls: what stands in the operation's name, the member, the kind of its ids.
const IN_CALLS: &[(&str, &str, &str)] = &[
    ("DisassociateAddress", "AssociationId", "eipassoc-"),
    ("DisassociateIamInstanceProfile", "AssociationId", "iip-assoc-"),
    ("DisassociateRouteTable", "AssociationId", "rtbassoc-"),
    ("ReplaceRouteTableAssociation", "AssociationId", "rtbassoc-"),
    ("ReplaceNetworkAclAssociation", "AssociationId", "aclassoc-"),
    ("DisassociateSubnetCidrBlock", "AssociationId", "subnet-cidr-assoc-"),
    ("DisassociateVpcCidrBlock", "AssociationId", "vpc-cidr-assoc-"),
    ("VgwRoutePropagation", "GatewayId", "vgw-"),
    ("HostReservation", "OfferingId", "hro-"),
    ("HostedZone", "Id", "/hostedzone/"),
    ("GetChange", "Id", "/change/"),
];

/// The kind of the ids that a member of this name holds.
fn prefix(name: &str) -> Option<String> {
    if let Some(kind) = name.strip_suffix("Arn").filter(|kind| !kind.is_empty()) {
        return Some(format!("arn:{}", kind.to_ascii_lowercase()));
    }
    let word = singular(name);
    let word = match word.strip_suffix("Id").unwrap_or(word) {
        "Instance" => "i-",
        "Volume" => "vol-",
        "Snapshot" | "SourceSnapshot" => "snap-",
        "Image" | "SourceImage" => "ami-",
        "Vpc" => "vpc-",
        "Subnet" => "subnet-",
        "Group" | "SecurityGroup" => "sg-",
        "RouteTable" => "rtb-",
        "InternetGateway" | "Gateway" => "igw-",
        "NetworkAcl" => "acl-",
        "NetworkInterface" => "eni-",
        "Attachment" => "eni-attach-",
        "Allocation" => "eipalloc-",
        "PrefixList" | "DestinationPrefixList" => "pl-",
        "SecurityGroupRule" => "sgr-",
        "KeyPair" => "key-",
        "DhcpOption" => "dopt-",
        "SubnetCidrReservation" => "scr-",
        "NetworkInterfacePermission" => "eni-perm-",
        "NatGateway" => "nat-",
        "EgressOnlyInternetGateway" => "eigw-",
        "CarrierGateway" => "cagw-",
        "CustomerGateway" => "cgw-",
        "VpnGateway" => "vgw-",
        "VpnConnection" => "vpn-",
        "VpcPeeringConnection" => "pcx-",
        "VpcEndpoint" => "vpce-",
        "Service" => "vpce-svc-",
        "ConnectionNotification" => "vpce-nfn-",
        "TransitGateway" | "PeerTransitGateway" => "tgw-",
        "TransitGatewayAttachment" => "tgw-attach-",
        "TransitGatewayRouteTable" => "tgw-rtb-",
        "PeerVpc" => "vpc-",
        "Host" => "h-",
        "HostReservation" => "hr-",
        "FlowLog" => "fl-",
        "NetworkInsightsPath" => "nip-",
        "NetworkInsightsAnalysi" => "nia-",
        "NetworkInsightsAccessScope" => "nis-",
        "NetworkInsightsAccessScopeAnalysi" => "nisa-",
        "Exclusion" => "vpcbpa-exclude-",
        "TrafficMirrorTarget" => "tmt-",
        "TrafficMirrorFilter" => "tmf-",
        "TrafficMirrorFilterRule" => "tmfr-",
        "TrafficMirrorSession" => "tms-",
        "HostedZone" => "/hostedzone/",
        "DelegationSet" => "/delegationset/",
        _ => return None,
    };
    Some(word.to_owned())
}

/// What is asked for: of which service, where, and what is known there.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The service.
    pub service: &'static Service,
    /// The operation.
    pub operation: &'static str,
    /// Where.
    pub region: Region,
    /// What was learnt there.
    pub memory: &'a Memory,
}

impl Asked<'_> {
    /// Ids of the kind that a member of this name holds.
    fn ids(&self, name: &str) -> &[String] {
        if (self.service.name, singular(name)) == ("route53", "ResourceId") {
            return self.memory.of("/hostedzone/");
        }
        let here = IN_CALLS
            .iter()
            .find(|(call, member, _)| self.operation.contains(call) && *member == name);
        match here {
            Some((_, _, kind)) => self.memory.of(kind),
            None => prefix(name).map(|prefix| self.memory.of(&prefix)).unwrap_or_default(),
        }
    }

    fn text(&self, shape: &StringShape, name: &str, choices: &mut Choices<'_>) -> String {
        if !shape.values.is_empty() && !choices.astray(16) {
            return (*choices.one(&shape.values).unwrap_or(&"")).to_owned();
        }
        if choices.astray(16) {
            return (*choices.one(ANY).unwrap_or(&"")).to_owned();
        }
        let (own, ids) = (self.memory.own(self.service.name, name), self.ids(name));
        // What is an id of the right kind is meant most often, whatever else goes by the name.
        if choices.faithful && !ids.is_empty() {
            let newest = ids.last().filter(|_| choices.below(2) == 0);
            return newest.or(choices.one(ids)).cloned().unwrap_or_default();
        }
        // The newest most often: what made it may still hold.
        let newest = own.last().into_iter().chain(ids.last()).collect::<Vec<_>>();
        if !newest.is_empty() && choices.below(5) > 1 {
            return (*choices.one(&newest).unwrap_or(&newest[0])).clone();
        }
        let mut all: Vec<&str> = own.iter().chain(ids).map(String::as_str).collect();
        if matches!(name, "Resources" | "ResourceId" | "Key" | "VolumeId") {
            let kinds = ["i-", "vol-", "sg-"].iter().flat_map(|prefix| self.memory.of(prefix));
            all.extend(kinds.map(String::as_str));
        }
        let image = image(self.region);
        if name == "ImageId" {
            all.push(&image);
        }
        if own.is_empty() {
            all.extend(self.memory.of(name).iter().map(String::as_str));
        }
        let told = STORIES.texts(self.service.name, name);
        // Ids of a world have nothing to learn from texts.
        if !told.is_empty() && (all.is_empty() || (ids.is_empty() && choices.below(3) == 0)) {
            all = told.iter().map(String::as_str).collect();
        }
        let known = KNOWN.iter().find(|(known, _)| *known == name);
        all.extend(known.into_iter().flat_map(|(_, texts)| texts.iter().copied()));
        if all.is_empty() {
            return (*choices.one(ANY).unwrap_or(&"")).to_owned();
        }
        choices.one(&all).map(|text| (*text).to_owned()).unwrap_or_default()
    }

    /// Whether a story's call names something of which this world has nothing yet.
    pub fn lacks(&self, name: &str, value: &Value) -> bool {
        match value {
            Value::Structure(structure) => structure.iter().any(|(name, inner)| self.lacks(name.text(), inner)),
            Value::List(items) => items.iter().any(|item| self.lacks(name, item)),
            Value::String(text) => {
                text.contains('$')
                    && name != "ImageId"
                    && self.ids(name).is_empty()
                    && self.memory.own(self.service.name, name).is_empty()
            }
            _ => false,
        }
    }

    fn number(&self, name: &str, nonsense: &[i64], choices: &mut Choices<'_>) -> Value {
        let told = STORIES.numbers(self.service.name, name);
        let all = if told.is_empty() || choices.below(4) == 3 {
            nonsense
        } else {
            told
        };
        Value::Integer(choices.one(all).copied().unwrap_or_default())
    }

    /// What a story asks, with values of this world for those of the story's, and here and there another.
    pub fn varied(&self, name: &str, value: &Value, choices: &mut Choices<'_>) -> Value {
        match value {
            Value::Structure(structure) => {
                let mut made = Structure::new();
                for (name, inner) in structure.iter() {
                    if !choices.astray(16) {
                        made.set(name, self.varied(name.text(), inner, choices));
                    }
                }
                Value::Structure(made)
            }
            Value::List(items) => Value::List(items.iter().map(|item| self.varied(name, item, choices)).collect()),
            Value::String(text) if text.contains('$') || choices.astray(8) => {
                Value::String(self.text(&FREE, name, choices))
            }
            Value::Integer(_) if choices.astray(8) => self.number(name, &[1, 0, 2, -1, 100], choices),
            other => other.clone(),
        }
    }

    /// A value of a shape; structures beyond the depth have their required members only.
    pub fn value(&self, shape: ShapeId, name: &str, depth: usize, choices: &mut Choices<'_>) -> Value {
        let deeper = depth.saturating_sub(1);
        match self.service.shape(shape) {
            Shape::Structure(structure) => {
                let mut made = Structure::new();
                for member in &structure.members {
                    // Dry runs do nothing.
                    let may = depth > 0 && member.name.text() != "DryRun";
                    let likely = if self.memory.knows(self.service.name, member.name.text()) {
                        choices.likely
                    } else {
                        choices.sparse
                    };
                    let wanted = member.required || (may && choices.below(likely) == 0);
                    if wanted {
                        let inner = self.value(member.shape, member.name.text(), deeper, choices);
                        made.set(member.name, inner);
                    }
                }
                Value::Structure(made)
            }
            Shape::List(list) => {
                let count = [1, 1, 1, 2, 0][choices.below(5)];
                Value::List(
                    (0..count)
                        .map(|_| self.value(list.member, name, deeper, choices))
                        .collect(),
                )
            }
            Shape::Map(map) => Value::Map([("k".to_owned(), self.value(map.value, name, deeper, choices))].into()),
            Shape::String(shape) => Value::String(self.text(shape, name, choices)),
            Shape::Integer(_) => {
                let nonsense = [1, 0, 2, 5, 8, 22, 100, 443, 1_000, -1, i64::from(i32::MAX)];
                match self.number(name, &nonsense, choices) {
                    Value::Integer(number) if i32::try_from(number).is_err() => Value::Integer(1),
                    number => number,
                }
            }
            Shape::Long(_) => {
                let nonsense = [1, 0, 2, 5, 300, 86_400, 10_000_000, -1, i64::MAX, i64::MIN];
                self.number(name, &nonsense, choices)
            }
            Shape::Float(_) | Shape::Double(_) => {
                Value::Double([1.0, 0.0, 60.5, 86_400.0, -1.0, 1e300][choices.below(6)])
            }
            Shape::Boolean => Value::Bool(choices.below(2) == 0),
            Shape::Timestamp(_) => {
                Value::Timestamp(Time::START.0 + [0, 1, 86_400_000, -1, i64::MAX / 2][choices.below(5)])
            }
            Shape::Blob(_) => {
                Value::Blob([&b""[..], b"hello", b"#!/bin/sh\nreboot", &[0xff, 0]][choices.below(4)].to_vec())
            }
        }
    }
}

/// A call given whole, its places filled in. `None` while nothing is known for one of them.
pub fn whole(template: &str, region: Region, memory: &Memory, choices: &mut Choices<'_>) -> Option<String> {
    let mut out = String::new();
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        let inside = &rest[at + 1..];
        let end = inside
            .find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '/'))
            .unwrap_or(inside.len());
        if end == 0 || !inside[end..].starts_with('}') {
            out.push_str(&rest[..=at]);
            rest = inside;
            continue;
        }
        out.push_str(&rest[..at]);
        match &inside[..end] {
            "image" => out.push_str(&image(region)),
            name => {
                // What was learnt may be nonsense that got through: still a JSON text.
                let text = serde_json::Value::from(choices.one(memory.of(name))?.as_str()).to_string();
                out.push_str(text.get(1..text.len() - 1)?);
            }
        }
        rest = &inside[end + 1..];
    }
    Some(out + rest)
}
