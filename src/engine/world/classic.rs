//! Rows of EC2-Classic, the one flat network that all customers of a Region shared until August 2023, and of ClassicLink.
//! Data, and look-ups by key; a world whose account does not support EC2-Classic has the bytes that it had before this came.
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-classic-platform.html> (as of 2022)
//!
//! What lies in EC2-Classic lies in no VPC: [`NO_VPC`] stands where a row names its VPC. An instance there has a virtual
//! interface as any other has, which the API does not know: it goes by the instance's own number.

use super::Ec2;
use super::compute::Instance;
use super::links::{PeeringSide, PeeringState, VpcPeering};
use super::table::Table;
use super::vpc::{NetworkInterface, Vpc};
use crate::base::ids::*;
use crate::base::time::Time;
use ipnet::Ipv4Net;
use serde::Serialize;
use std::net::{IpAddr, Ipv4Addr};

/// Where a row names its VPC, and it is in EC2-Classic. No VPC has this id.
pub const NO_VPC: VpcId = VpcId(0);
/// Where a row names its subnet, and it is in EC2-Classic.
pub const NO_SUBNET: SubnetId = SubnetId(0);
/// Where a rule names a peering connection, and its group is another account's in EC2-Classic.
pub const NO_PEERING: VpcPeeringConnectionId = VpcPeeringConnectionId(0);
/// The private addresses of EC2-Classic.
pub const RANGE: Ipv4Net = Ipv4Net::new_assert(Ipv4Addr::new(10, 0, 0, 0), 8);
/// What of [`RANGE`] is left to VPCs, so that these can be linked: 10.0.0.0/16 and 10.1.0.0/16.
pub const LEFT_TO_VPCS: Ipv4Net = Ipv4Net::new_assert(Ipv4Addr::new(10, 0, 0, 0), 15);
/// Amazon's DNS server of EC2-Classic.
pub const RESOLVER: Ipv4Addr = Ipv4Addr::new(172, 16, 0, 23);

/// EC2-Classic in one Region.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Classic {
    /// Whether the account supports it here.
    pub supported: bool,
    /// The group of launches that name none.
    pub default_group: Option<SecurityGroupId>,
    /// Groups of other accounts that rules name.
    pub foreign: Table<SecurityGroupId, ForeignGroup>,
}

impl Classic {
    /// Whether there is none of it.
    pub fn is_empty(&self) -> bool {
        !self.supported && self.default_group.is_none() && self.foreign.is_empty()
    }
}

/// A security group of another account, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ForeignGroup {
    /// The account's twelve digits.
    pub account: String,
    /// Its name, where the rule was given that.
    pub name: Option<String>,
}

/// An instance's place in EC2-Classic.
#[derive(Clone, Debug, Serialize)]
pub struct Seat {
    /// Its virtual interface. It has no address while the instance is stopped.
    pub interface: NetworkInterface,
    /// The VPC that it is linked to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<ClassicLink>,
}

/// A link of an instance to a VPC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClassicLink {
    /// The VPC.
    pub vpc: VpcId,
    /// Groups of the VPC, which rule what goes between the two.
    pub groups: Vec<SecurityGroupId>,
}

/// An Elastic IP address that was allocated for EC2-Classic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClassicAddress {
    /// When it was allocated.
    pub allocated: Time,
    /// Whether it has been moved to the VPC platform.
    pub in_vpc: bool,
    /// Since when it is on its way to the other platform.
    pub moving: Option<Time>,
}

/// The number by which the virtual interface of an instance in EC2-Classic goes.
pub fn interface_id(instance: InstanceId) -> NetworkInterfaceId {
    NetworkInterfaceId(instance.0)
}

impl NetworkInterface {
    /// Whether it is an instance's in EC2-Classic.
    pub fn is_classic(&self) -> bool {
        self.vpc == NO_VPC
    }
}

impl Instance {
    /// Whether it was launched into EC2-Classic.
    pub fn is_classic(&self) -> bool {
        self.vpc == NO_VPC
    }
}

impl Ec2 {
    /// An interface, of a VPC or of EC2-Classic.
    pub fn interface(&self, id: NetworkInterfaceId) -> Option<&NetworkInterface> {
        let classic = || Some(&self.instances.get(&InstanceId(id.0))?.classic.as_ref()?.interface);
        self.interfaces.get(&id).or_else(classic)
    }

    /// The instance of EC2-Classic that has a private address.
    pub fn classic_holder(&self, address: IpAddr) -> Option<&Instance> {
        let IpAddr::V4(address) = address else { return None };
        let id = self.by_private_address.get(&(NO_VPC, address))?;
        self.instances.get(&InstanceId(id.0))
    }

    /// The link of an instance of EC2-Classic to a VPC, by the instance's private address.
    pub fn linked(&self, vpc: VpcId, address: IpAddr) -> Option<(&Instance, &ClassicLink)> {
        if !self.classic.supported {
            return None;
        }
        let instance = self.classic_holder(address)?;
        let link = instance.classic.as_ref()?.link.as_ref()?;
        (link.vpc == vpc).then_some((instance, link))
    }

    /// Whether a VPC's route tables have EC2-Classic's addresses as local: it is enabled for ClassicLink, or may send across a
    /// peering connection to what is linked there.
    pub fn routes_to_links(&self, vpc: &Vpc) -> bool {
        self.classic.supported && (vpc.classic_link || self.bridges(vpc.id).any(|(_, side)| side.to_remote_link))
    }

    /// The active peering connections of a VPC within the Region, each with the VPC's own side.
    pub fn bridges(&self, vpc: VpcId) -> impl Iterator<Item = (&VpcPeering, &PeeringSide)> {
        let active = self
            .links
            .peerings
            .rows()
            .filter(|row| row.state == PeeringState::Active);
        active.filter_map(move |row| {
            row.neighbour(vpc)?;
            Some((row, row.side_of(vpc)?))
        })
    }
}
