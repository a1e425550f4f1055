//! Rows of what an account decides for a whole Region, VPC Block Public Access with its exclusions, and the tables of what it
//! rents whole or hands over (`rented`). Data, and the one
//! question that the network asks of it; a world that has none of it has the bytes that it had before it came.
//! <https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html>

use super::events::EventWindow;
use super::others::Others;
use super::rented::{AddressOffer, AddressTransfer, HostReservation};
use super::table::Table;
use crate::base::ids::*;
use crate::base::time::Time;
use serde::Serialize;
use std::net::Ipv4Addr;
use std::rc::Rc;

/// All tables of these rows in one Region.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Estate {
    /// The mode of VPC Block Public Access: one row, once it has been changed.
    pub public_block: Table<PublicBlockId, PublicBlock>,
    /// What is excluded from it.
    pub exclusions: Table<PublicExclusionId, PublicExclusion>,
    /// Reservations of Dedicated Hosts.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub host_reservations: Table<HostReservationId, HostReservation>,
    /// Elastic IP addresses that are offered to other accounts, or have been handed over, by their allocation.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub transfers: Table<AllocationId, AddressTransfer>,
    /// Addresses that other accounts offer to this one.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub offers: Table<Ipv4Addr, AddressOffer>,
    /// Instance event windows.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub windows: Table<EventWindowId, EventWindow>,
    /// Snapshots and images of other accounts, where there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub others: Option<Rc<Others>>,
    /// Groups of Wavelength Zones that the account has opted in to, sorted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub zone_groups: Vec<String>,
}

impl Estate {
    /// Whether nothing was ever decided here.
    pub fn is_empty(&self) -> bool {
        self.public_block.is_empty()
            && self.exclusions.is_empty()
            && self.host_reservations.is_empty()
            && self.transfers.is_empty()
            && self.offers.is_empty()
            && self.windows.is_empty()
            && self.others.is_none()
            && self.zone_groups.is_empty()
    }

    /// Whether an address is another account's, as far as is known here.
    pub fn is_elsewhere(&self, address: Ipv4Addr) -> bool {
        self.offers.contains(&address) || self.transfers.rows().any(|row| row.address == address)
    }

    /// What is in force for a subnet of a VPC (`None`: for the VPC as a whole).
    pub fn in_force(&self, vpc: VpcId, subnet: Option<SubnetId>) -> BlockMode {
        let mode = self
            .public_block
            .rows()
            .next()
            .map_or(BlockMode::Off, |row| row.in_force);
        if mode == BlockMode::Off {
            return mode;
        }
        let about = |row: &&PublicExclusion| match row.of {
            Excluded::Vpc(id) => id == vpc,
            Excluded::Subnet(id) => Some(id) == subnet,
        };
        let excluded = self.exclusions.rows().filter(about).filter_map(|row| row.in_force);
        // Of two that say something, the more open one counts (ours).
        match excluded.max() {
            Some(ExclusionMode::Bidirectional) => BlockMode::Off,
            // Egress alone is what the ingress mode lets pass anyway.
            Some(ExclusionMode::Egress) => BlockMode::Ingress,
            None => mode,
        }
    }
}

/// What VPC Block Public Access blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum BlockMode {
    /// Nothing.
    Off,
    /// All but what NAT gateways and egress-only gateways carry.
    Ingress,
    /// Everything to and from internet gateways and egress-only gateways.
    Bidirectional,
}

impl BlockMode {
    /// As the API spells it.
    pub fn name(self) -> &'static str {
        match self {
            BlockMode::Off => "off",
            BlockMode::Ingress => "block-ingress",
            BlockMode::Bidirectional => "block-bidirectional",
        }
    }
}

/// The settings of a Region.
#[derive(Clone, Debug, Serialize)]
pub struct PublicBlock {
    /// Its id (ours).
    pub id: PublicBlockId,
    /// The mode that was asked for.
    pub mode: BlockMode,
    /// The mode that traffic meets: the one before, while a change is under way (ours).
    pub in_force: BlockMode,
    /// A change is under way.
    pub changing: bool,
    /// When a change was asked for last.
    pub asked: Time,
    /// When the state changed last.
    pub updated: Time,
}

/// What an exclusion lets pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum ExclusionMode {
    /// Connections that begin inside.
    Egress,
    /// Everything.
    Bidirectional,
}

impl ExclusionMode {
    /// As the API spells it.
    pub fn name(self) -> &'static str {
        match self {
            ExclusionMode::Egress => "allow-egress",
            ExclusionMode::Bidirectional => "allow-bidirectional",
        }
    }
}

/// What is excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Excluded {
    /// A VPC with all its subnets.
    Vpc(VpcId),
    /// A subnet.
    Subnet(SubnetId),
}

/// The life of an exclusion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum ExclusionState {
    /// Being made; not in force yet.
    Creating,
    /// In force.
    Created,
    /// Its mode is changing; the old one is in force.
    Updating,
    /// In force, after a change.
    Updated,
    /// Going; still in force.
    Deleting,
    /// Gone, and visible for about an hour more.
    Deleted,
}

impl ExclusionState {
    /// As the API spells it.
    pub fn name(self) -> &'static str {
        match self {
            ExclusionState::Creating => "create-in-progress",
            ExclusionState::Created => "create-complete",
            ExclusionState::Updating => "update-in-progress",
            ExclusionState::Updated => "update-complete",
            ExclusionState::Deleting => "delete-in-progress",
            ExclusionState::Deleted => "delete-complete",
        }
    }

    /// Whether a change is under way.
    pub fn is_passing(self) -> bool {
        matches!(
            self,
            ExclusionState::Creating | ExclusionState::Updating | ExclusionState::Deleting
        )
    }
}

/// An exclusion from VPC Block Public Access.
#[derive(Clone, Debug, Serialize)]
pub struct PublicExclusion {
    /// Its id.
    pub id: PublicExclusionId,
    /// Sequence number of its making.
    pub born: u64,
    /// What it excludes. The VPC or subnet may be deleted before it.
    pub of: Excluded,
    /// The mode that was asked for.
    pub mode: ExclusionMode,
    /// The mode that traffic meets.
    pub in_force: Option<ExclusionMode>,
    /// Its state.
    pub state: ExclusionState,
    /// When it was asked for.
    pub created: Time,
    /// When it was changed last.
    pub updated: Time,
    /// When it was deleted.
    pub deleted: Option<Time>,
}
