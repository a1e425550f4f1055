//! Rows of what an account rents whole and of what it hands over: Dedicated Hosts with their reservations, and transfers of
//! Elastic IP addresses to and from other accounts. Data only; a world that has none of it has the bytes that it had before.
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-hosts-overview.html>,
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/transfer-EIPs-intro-ec2.html>

use crate::base::ids::*;
use crate::base::time::Time;
use crate::catalog::InstanceType;
use serde::Serialize;
use std::net::Ipv4Addr;

/// What a physical host is as a Dedicated Host. Its family, its zone and its guests stand in the host's own row.
#[derive(Clone, Debug, Serialize)]
pub struct Rented {
    /// Sequence number of its allocation.
    pub born: u64,
    /// The one type that it takes; `None` = all of its family.
    pub instance_type: Option<InstanceType>,
    /// Whether launches that name no host may land on it.
    pub auto_placement: bool,
    /// Whether its guests move to another host when it fails.
    pub recovery: bool,
    /// Whether its guests move to another host when it degrades.
    pub maintenance: bool,
    /// Its state.
    pub state: HostState,
    /// When the state began.
    pub since: Time,
    /// When it was allocated.
    pub allocated: Time,
    /// When it was released.
    pub released: Option<Time>,
    /// The idempotency token of its allocation.
    pub client_token: String,
    /// The reservation that pays for it.
    pub reservation: Option<HostReservationId>,
    /// Whether it has been found degraded: it works, and is to be replaced.
    pub degraded: bool,
}

/// The state of a Dedicated Host.
/// Source: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Host.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum HostState {
    /// It takes instances.
    Available,
    /// AWS looks at a problem.
    UnderAssessment,
    /// It has failed for good and takes nothing any more.
    PermanentFailure,
    /// Given back by the account.
    Released,
    /// Given back because it had failed, and was replaced.
    ReleasedPermanentFailure,
}

impl HostState {
    /// The API's name.
    pub fn name(self) -> &'static str {
        match self {
            HostState::Available => "available",
            HostState::UnderAssessment => "under-assessment",
            HostState::PermanentFailure => "permanent-failure",
            HostState::Released => "released",
            HostState::ReleasedPermanentFailure => "released-permanent-failure",
        }
    }

    /// Whether the account has it no more.
    pub fn is_released(self) -> bool {
        matches!(self, HostState::Released | HostState::ReleasedPermanentFailure)
    }
}

/// How a host reservation is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum HostPayment {
    /// By the hour.
    NoUpfront,
    /// Half at once.
    PartialUpfront,
    /// All at once.
    AllUpfront,
}

impl HostPayment {
    /// All of them.
    pub const ALL: [HostPayment; 3] = [
        HostPayment::NoUpfront,
        HostPayment::PartialUpfront,
        HostPayment::AllUpfront,
    ];

    /// The API's name.
    pub fn name(self) -> &'static str {
        match self {
            HostPayment::NoUpfront => "NoUpfront",
            HostPayment::PartialUpfront => "PartialUpfront",
            HostPayment::AllUpfront => "AllUpfront",
        }
    }
}

/// What a host reservation is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HostOffering {
    /// The instance family.
    pub family: String,
    /// 1 or 3.
    pub years: i64,
    /// How it is paid for.
    pub payment: HostPayment,
}

/// A reservation of Dedicated Hosts. It never changes, but for the hosts that AWS replaces.
#[derive(Clone, Debug, Serialize)]
pub struct HostReservation {
    /// Its id.
    pub id: HostReservationId,
    /// Sequence number of its making.
    pub born: u64,
    /// What was bought.
    pub offering: HostOffering,
    /// The hosts that it pays for.
    pub hosts: Vec<HostId>,
    /// From when.
    pub start: Time,
    /// Until when.
    pub end: Time,
    /// The caller's token.
    pub client_token: String,
}

/// The state of a transfer.
/// Source: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AddressTransfer.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum TransferState {
    /// Offered; the other account has seven days.
    Pending,
    /// Taken by the other account.
    Accepted,
}

impl TransferState {
    /// The API's name.
    pub fn name(self) -> &'static str {
        match self {
            TransferState::Pending => "pending",
            TransferState::Accepted => "accepted",
        }
    }
}

/// An Elastic IP address that this account offers to another one, or has handed over.
#[derive(Clone, Debug, Serialize)]
pub struct AddressTransfer {
    /// The allocation, which is gone once the other account has accepted.
    pub allocation: AllocationId,
    /// Sequence number of the offer.
    pub born: u64,
    /// The address.
    pub address: Ipv4Addr,
    /// The other account's twelve digits.
    pub to: String,
    /// Its state.
    pub state: TransferState,
    /// When it was offered.
    pub offered: Time,
    /// When the offer ends.
    pub expires: Time,
    /// When the other account took it.
    pub accepted: Option<Time>,
}

/// An address that another account offers to this one.
#[derive(Clone, Debug, Serialize)]
pub struct AddressOffer {
    /// The address.
    pub address: Ipv4Addr,
    /// The other account's twelve digits.
    pub from: String,
    /// When the offer ends.
    pub expires: Time,
    /// The other account still uses it.
    pub associated: bool,
    /// The other account has given it a reverse DNS name.
    pub named: bool,
}
