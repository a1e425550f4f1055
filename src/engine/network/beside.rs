//! One workload in EC2-Classic and in a VPC: the same packet's two ways side by side, a line a layer, and what makes the
//! difference of each layer in one sentence. Reads two traces and the rows behind them; decides nothing that a trace does not.
//!
//! The differences are AWS's table (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-classic-platform.html>, as of 2022,
//! "Differences between instances in EC2-Classic and a VPC"), told with what stands in this world.

use super::words::{Teller, component_names};
use super::{Disposition, Flow, Hop, Layer, Trace, Verdict};
use crate::base::ids::{InstanceId, ResourceId};
use crate::catalog::Region;
use crate::world::World;
use crate::world::compute::{Instance, Tenancy};
use crate::world::vpc::NetworkInterface;
use serde::Serialize;

/// Where AWS compared the two.
const SOURCE: &str =
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-classic-platform.html#differences-ec2-classic-vpc";

/// Which machine a line is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stand {
    /// The host of who asks.
    Sender,
    /// Between the hosts.
    Between,
    /// The host of who is asked.
    Receiver,
}

/// One layer, in both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Line {
    /// The layer.
    pub layer: Layer,
    /// Whose.
    pub stand: Stand,
    /// On the answer's way?
    pub back: bool,
    /// Places of its hops in EC2-Classic, in `classic.forward` or `classic.back`.
    pub classic: Vec<usize>,
    /// Places of its hops in the VPC, in `vpc.forward` or `vpc.back`.
    pub vpc: Vec<usize>,
    /// Whether something else happened to the packet here: a step more, or another verdict.
    pub differs: bool,
    /// What is different about the layer, in one sentence.
    pub difference: String,
    /// Where that is written.
    pub source: &'static str,
}

/// A workload's two ways.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Beside {
    /// The way in EC2-Classic.
    pub classic: Trace,
    /// The way in the VPC.
    pub vpc: Trace,
    /// Layer by layer, in the order in which the packet meets them, the answer's way last.
    pub lines: Vec<Line>,
    /// How the two end, in one sentence.
    pub outcome: String,
}

/// Follows the same packet in both. `classic` and `vpc`: the flow with the instances of either.
pub fn beside(world: &World, region: Region, classic: &Flow, vpc: &Flow) -> Beside {
    let (one, other) = (super::trace(world, region, classic), super::trace(world, region, vpc));
    let teller = Teller::of(world, region);
    let mut lines = Vec::new();
    for back in [false, true] {
        for (stand, layer) in order(back) {
            let hops = |trace: &Trace| places(trace, back, stand, layer);
            let (of_one, of_other) = (hops(&one), hops(&other));
            let pair = Pair {
                teller: &teller,
                classic: pick(&one, back, &of_one),
                vpc: pick(&other, back, &of_other),
                back,
                stand,
            };
            if pair.classic.is_empty() && pair.vpc.is_empty() {
                continue;
            }
            let (differs, difference) = (pair.differs(), pair.difference(layer));
            lines.push(Line {
                layer,
                stand,
                back,
                classic: of_one,
                vpc: of_other,
                differs,
                difference,
                source: SOURCE,
            });
        }
    }
    let outcome = outcome(&one, &other);
    Beside {
        classic: one,
        vpc: other,
        lines,
        outcome,
    }
}

/// The layers in the order in which a packet meets them.
fn order(back: bool) -> Vec<(Stand, Layer)> {
    let (from, to) = match back {
        false => (Stand::Sender, Stand::Receiver),
        true => (Stand::Receiver, Stand::Sender),
    };
    let down = Layer::HOST.iter().map(|layer| (from, *layer));
    let up = Layer::HOST.iter().rev().map(|layer| (to, *layer));
    down.chain([(Stand::Between, Layer::Network)]).chain(up).collect()
}

fn way(trace: &Trace, back: bool) -> &[Hop] {
    if back { &trace.back } else { &trace.forward }
}

fn places(trace: &Trace, back: bool, stand: Stand, layer: Layer) -> Vec<usize> {
    let stands = |hop: &Hop| match (hop.layer, hop.via, hop.at_source) {
        (Layer::Network, ..) | (_, Some(_), _) => Stand::Between,
        (_, None, true) => Stand::Sender,
        (_, None, false) => Stand::Receiver,
    };
    let hops = way(trace, back).iter().enumerate();
    let here = |hop: &Hop| match stand {
        // What an instance on the way does belongs to the network between.
        Stand::Between => stands(hop) == stand,
        _ => stands(hop) == stand && hop.layer == layer,
    };
    hops.filter(|(_, hop)| here(hop)).map(|(place, _)| place).collect()
}

fn pick<'t>(trace: &'t Trace, back: bool, places: &[usize]) -> Vec<&'t Hop> {
    let hops = way(trace, back);
    places.iter().filter_map(|place| hops.get(*place)).collect()
}

fn outcome(classic: &Trace, vpc: &Trace) -> String {
    let ends = |trace: &Trace| match trace.disposition {
        Disposition::Delivered => "arrives and is answered".to_owned(),
        other => {
            let why = trace.explanations.first().map(|why| why.detail.as_str());
            format!(
                "ends as {}: {}",
                other.name(),
                why.unwrap_or_default().trim_end_matches('.')
            )
        }
    };
    match (ends(classic), ends(vpc)) {
        (one, other) if one == other => format!("In both the packet {one}."),
        (one, other) => format!("In EC2-Classic the packet {one}; in the VPC it {other}."),
    }
}

/// The hops of one layer in both.
struct Pair<'t> {
    teller: &'t Teller<'t>,
    classic: Vec<&'t Hop>,
    vpc: Vec<&'t Hop>,
    back: bool,
    stand: Stand,
}

impl Pair<'_> {
    fn differs(&self) -> bool {
        let verdicts = |hops: &[&Hop]| hops.iter().map(|hop| hop.verdict).collect::<Vec<Verdict>>();
        verdicts(&self.classic) != verdicts(&self.vpc) || self.stand == Stand::Between
    }

    /// The instance and the interface that the hops are about.
    fn row(&self, hops: &[&Hop]) -> Option<&Instance> {
        let id = hops.iter().find_map(|hop| hop.instance())?;
        self.teller.instance(id)
    }

    fn interface(&self, hops: &[&Hop]) -> Option<&NetworkInterface> {
        let id = hops.iter().find_map(|hop| hop.interface())?;
        self.teller.ec2.interface(id)
    }

    fn difference(&self, layer: Layer) -> String {
        for (hops, place) in [(&self.classic, "EC2-Classic"), (&self.vpc, "the VPC")] {
            if hops.is_empty() {
                return format!("In {place} the packet does not come here.");
            }
        }
        match layer {
            Layer::CustomerInstance => {
                "The guest is the same in both: what listens, and its own firewall, do not depend on the network."
                    .to_owned()
            }
            Layer::Hypervisor => {
                "The hypervisor keeps the guests of a host apart in both; what lies beyond the host is shared with all customers in EC2-Classic, and the account's own in a VPC."
                    .to_owned()
            }
            Layer::VirtualInterface => self.virtual_interface(),
            Layer::SecurityGroup => self.security_group(),
            Layer::Firewall => self.firewall(),
            Layer::PhysicalInterface => self.wire(),
            Layer::Network => self.network(),
        }
    }

    fn virtual_interface(&self) -> String {
        let own = |hops: &[&Hop]| Some(self.interface(hops)?.primary()?.private.to_string());
        let flat = own(&self.classic).unwrap_or_else(|| "its address".into());
        let kept = own(&self.vpc).unwrap_or_else(|| "an address".into());
        let id = self.interface(&self.vpc).map(|interface| interface.id.to_string());
        format!(
            "In EC2-Classic {flat} was AWS's choice and lasts until the next stop; the VPC's interface {} keeps {kept}, can have more addresses, and has a source/destination check that can be switched off.",
            id.unwrap_or_default()
        )
    }

    fn security_group(&self) -> String {
        let outgoing = (self.stand == Stand::Sender) != self.back;
        let count = |hops: &[&Hop]| self.interface(hops).map_or(0, |interface| interface.groups.len());
        if self.back {
            return self.answered_group();
        }
        if outgoing {
            let rule = self.vpc.iter().find_map(|hop| hop.rule());
            let decides = rule.map_or_else(
                || "none of which lets the packet go".to_owned(),
                |rule| format!("of which one decides here: {}", rule.text),
            );
            return format!(
                "Groups of EC2-Classic have inbound rules only, so that everything may leave; those of a VPC have outbound rules too, {decides}."
            );
        }
        format!(
            "Inbound rules decide in both; in EC2-Classic the choice of groups ({} of up to 500) was made at launch for good, at the VPC's interface ({} of up to 5) it can change at any time.",
            count(&self.classic),
            count(&self.vpc)
        )
    }

    fn answered_group(&self) -> String {
        match self.vpc.iter().find_map(|hop| hop.rule()) {
            Some(rule) if rule.id != "tracked" => format!(
                "In EC2-Classic the group remembers the connection, so that its answer passes; in the VPC `{}` lets it pass, as what is open to all both ways is not tracked.",
                rule.text
            ),
            _ => "Groups remember connections in both, so that the answer passes without a rule.".to_owned(),
        }
    }

    fn firewall(&self) -> String {
        let acl = self.vpc.iter().find(|hop| is_acl(hop));
        match acl {
            Some(hop) => {
                let verb = if hop.verdict == Verdict::Deny { "denies" } else { "allows" };
                let rule = hop.rule().map(|rule| rule.id.clone()).unwrap_or_default();
                format!(
                    "EC2-Classic has the host's own firewall alone; at the subnet's edge the VPC also asks the network ACL {}, whose rule {rule} {verb}, there and back each by itself.",
                    hop.component().id
                )
            }
            None => "The host's own firewall is the same in both; a VPC has network ACLs besides, which do not look at this step."
                .to_owned(),
        }
    }

    fn wire(&self) -> String {
        match self.row(&self.vpc).map(|row| row.tenancy) {
            Some(Tenancy::Dedicated | Tenancy::Host) => {
                "In EC2-Classic the wire is of a machine shared with other customers; the VPC's instance has a machine of its account's own."
                    .to_owned()
            }
            _ => "The wire is of a shared machine in both; in a VPC it could be one of the account's own (dedicated tenancy), in EC2-Classic never."
                .to_owned(),
        }
    }

    fn network(&self) -> String {
        let steps = component_names(self.teller, &self.vpc).join(", ");
        format!(
            "EC2-Classic is one flat network of all customers: nothing to set up, nothing to keep others out with, and a public address for every instance; the VPC is the account's own, and the way through it ({steps}) is as somebody set it up."
        )
    }
}

fn is_acl(hop: &Hop) -> bool {
    matches!(ResourceId::parse(&hop.component().id), Some(ResourceId::NetworkAcl(_)))
}

/// The instances that a flow's ends may be: of EC2-Classic, and of VPCs, eldest first. For a page that offers them.
pub fn workloads(world: &World, region: Region) -> (Vec<InstanceId>, Vec<InstanceId>) {
    let rows = world.ec2(region).into_iter().flat_map(|ec2| ec2.instances.rows());
    let mut all: Vec<&Instance> = rows.filter(|row| row.classic.is_some() || !row.is_classic()).collect();
    stratus_model::sort::by_key(&mut all, |row| (row.born, row.id));
    let (classic, vpc): (Vec<&Instance>, Vec<&Instance>) = all.into_iter().partition(|row| row.is_classic());
    let ids = |rows: Vec<&Instance>| rows.into_iter().map(|row| row.id).collect();
    (ids(classic), ids(vpc))
}
