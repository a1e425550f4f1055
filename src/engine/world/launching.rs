//! Rows of what launches are made of besides instances: launch templates, placement groups, Spot requests, Reserved
//! Instances, and a Region's settings. Data only: no behaviour that needs another row.
//!
//! Everything here is absent from the bytes of a world that does not use it, so that older links keep their digests.

use super::events::ScheduledEvent;
use crate::base::ids::*;
use crate::base::time::Time;
use crate::catalog::{InstanceType, Region, Zone};
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::rc::Rc;
use stratus_model::{Structure, Value, json};

/// Parameters kept as they were given, shared with past worlds. Written as the API's JSON.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept(pub Rc<Structure>);

impl Kept {
    /// Keeps parameters.
    pub fn new(params: Structure) -> Kept {
        Kept(Rc::new(params))
    }
}

impl Serialize for Kept {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = json::plain(&Value::Structure((*self.0).clone())).to_string();
        serializer.serialize_str(&text)
    }
}

/// A launch template with its versions.
#[derive(Clone, Debug, Serialize)]
pub struct LaunchTemplate {
    /// Its id.
    pub id: LaunchTemplateId,
    /// Sequence number of its making.
    pub born: u64,
    /// Its name, unique in the Region.
    pub name: String,
    /// When it was made.
    pub created: Time,
    /// ARN of who made it.
    pub created_by: String,
    /// The version that stands for `$Default`.
    pub default_version: i64,
    /// The number of the newest version ever made; numbers are never used again.
    pub last_version: i64,
    /// Versions by number.
    pub versions: BTreeMap<i64, TemplateVersion>,
}

impl LaunchTemplate {
    /// The number that stands for `$Latest`: the highest that still exists.
    pub fn latest(&self) -> i64 {
        self.versions.keys().next_back().copied().unwrap_or(self.last_version)
    }
}

/// One version of a launch template. It never changes.
#[derive(Clone, Debug, Serialize)]
pub struct TemplateVersion {
    /// What it says of itself.
    pub description: Option<String>,
    /// When it was made.
    pub created: Time,
    /// ARN of who made it.
    pub created_by: String,
    /// The launch parameters (`LaunchTemplateData`).
    pub data: Kept,
}

/// A placement group.
#[derive(Clone, Debug, Serialize)]
pub struct PlacementGroup {
    /// Its id.
    pub id: PlacementGroupId,
    /// Sequence number of its making.
    pub born: u64,
    /// Its name, unique in the Region.
    pub name: String,
    /// How it places.
    pub strategy: Strategy,
    /// How many partitions; 0 unless its strategy is `partition`.
    pub partitions: i64,
}

/// How a placement group places its instances.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Strategy {
    /// Close together in one zone.
    Cluster,
    /// Each on a rack of its own.
    Spread,
    /// In partitions that share no rack.
    Partition,
}

impl Strategy {
    /// The API's name.
    pub fn name(self) -> &'static str {
        match self {
            Strategy::Cluster => "cluster",
            Strategy::Spread => "spread",
            Strategy::Partition => "partition",
        }
    }
}

/// A Spot Instance request.
#[derive(Clone, Debug, Serialize)]
pub struct SpotRequest {
    /// Its id.
    pub id: SpotRequestId,
    /// Sequence number of its making.
    pub born: u64,
    /// When it was made.
    pub created: Time,
    /// The highest price an hour, in 10⁻¹² USD; `None` = the on-demand price.
    pub max_price: Option<i64>,
    /// Whether it is opened again after its instance has ended.
    pub persistent: bool,
    /// What an interruption does.
    pub interruption: Interruption,
    /// From when it may be fulfilled.
    pub valid_from: Option<Time>,
    /// Until when.
    pub valid_until: Option<Time>,
    /// Instances of one launch group start and end together.
    pub launch_group: Option<String>,
    /// Requests of one such group land in one zone.
    pub zone_group: Option<String>,
    /// The parameters of RunInstances that fulfil it.
    pub launch: Kept,
    /// What is launched: type and platform details.
    pub pool: (InstanceType, String),
    /// `open`, `active`, `disabled`, `closed`, `cancelled`, `failed`.
    pub state: String,
    /// Code of its status: `fulfilled`, `price-too-low`, …
    pub status: String,
    /// Since when.
    pub status_since: Time,
    /// Why it failed: code and message.
    pub fault: Option<(String, String)>,
    /// The instance that it has got last.
    pub instance: Option<InstanceId>,
    /// Where that was launched.
    pub zone: Option<Zone>,
    /// When the request is looked at next; an event for another moment has been overtaken.
    pub looks: Option<Time>,
}

/// What an interruption does with a Spot Instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Interruption {
    /// It ends.
    Terminate,
    /// It stops and starts again when it can.
    Stop,
    /// It hibernates and resumes when it can.
    Hibernate,
}

impl Interruption {
    /// The API's name.
    pub fn name(self) -> &'static str {
        match self {
            Interruption::Terminate => "terminate",
            Interruption::Stop => "stop",
            Interruption::Hibernate => "hibernate",
        }
    }
}

/// A purchase of Reserved Instances. Its id is a UUID, by which it stands in the Region's table.
#[derive(Clone, Debug, Serialize)]
pub struct Reserved {
    /// Sequence number of its making.
    pub born: u64,
    /// What was bought.
    pub offering: Offering,
    /// How many.
    pub count: i64,
    /// When it was bought.
    pub bought: Time,
    /// From when it counts.
    pub start: Time,
    /// Until when.
    pub end: Time,
    /// When it ended before its time: replaced by a modification.
    pub replaced: Option<Time>,
    /// Whether a modification makes it, and so nobody sees it before it starts.
    pub of_change: bool,
}

/// What a Reserved Instance is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Offering {
    /// The instance type.
    pub instance_type: InstanceType,
    /// `Linux/UNIX` or `Windows`.
    pub product: String,
    /// The zone of a zonal one; `None` = regional.
    pub zone: Option<Zone>,
    /// 1 or 3.
    pub years: i64,
    /// Convertible, or standard.
    pub convertible: bool,
    /// `No Upfront`, `Partial Upfront`, `All Upfront`.
    pub payment: String,
}

/// A modification of Reserved Instances. Its id stands in the Region's table.
#[derive(Clone, Debug, Serialize)]
pub struct ReservedChange {
    /// Sequence number of its making.
    pub born: u64,
    /// Those that it replaces.
    pub of: Vec<String>,
    /// Those that it makes, and how they were asked for.
    pub makes: Vec<(String, Kept)>,
    /// When it was asked for.
    pub created: Time,
    /// When it is done.
    pub effective: Time,
    /// The caller's token.
    pub client_token: String,
}

/// What an account has set for a Region.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Settings {
    /// Credit option by family of burstable types, where it is not AWS's own.
    pub credits: BTreeMap<String, String>,
    /// Metadata options of launches: `HttpTokens` and so on, by the API's name; what is absent is no preference.
    pub metadata: BTreeMap<String, String>,
    /// Whether images may be made public (`unblocked`): AWS blocks that for new accounts, until they say otherwise.
    /// Source: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-public-access-to-amis.html>
    pub images_public: bool,
    /// Where the Spot data feed goes: bucket and prefix.
    pub spot_datafeed: Option<(String, String)>,
    /// Whether the serial consoles of instances may be connected to. AWS lets nobody at first.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub serial_console: bool,
}

impl super::World {
    /// Whether no image may become public in a Region.
    pub fn blocks_public_images(&self, region: Region) -> bool {
        self.ec2(region).is_none_or(|ec2| !ec2.settings.images_public)
    }
}

impl Settings {
    /// Whether all is as AWS sets it.
    pub fn is_default(&self) -> bool {
        *self == Settings::default()
    }
}

/// What an instance has besides, rarely.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct InstanceMore {
    /// Its partition in its placement group, from 1.
    pub partition: Option<i64>,
    /// The Spot request that it fulfils.
    pub spot: Option<SpotRequestId>,
    /// What it costs as a Spot Instance now, in 10⁻¹² USD an hour.
    pub spot_price: Option<i64>,
    /// Associations with instance profiles that were made after the launch, or ended, eldest first.
    pub profiles: Vec<ProfileAssociation>,
    /// `none` or `capacity-reservations-only` where it does not run in open reservations.
    pub reservation_preference: Option<String>,
    /// Whether a reboot may not move it to other hardware.
    pub stays_at_reboot: bool,
    /// Whether it keeps to its Dedicated Host when it is stopped.
    pub host_affinity: bool,
    /// RAM disk of a paravirtual one.
    pub ramdisk: Option<String>,
    /// The Dedicated Host on which it is to run: where its next start goes, or where it is bound to by affinity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wanted_host: Option<HostId>,
    /// `vpc-1` or `ebs-1`: which of network and volumes has more of its bandwidth than its type gives it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bandwidth: Option<String>,
    /// What AWS has scheduled for it, eldest first; for a week more also what is over.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<ScheduledEvent>,
}

impl InstanceMore {
    /// Whether it has none of it.
    pub fn is_default(&self) -> bool {
        *self == InstanceMore::default()
    }
}

/// An association of an instance with an instance profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProfileAssociation {
    /// The number in its id.
    pub number: u64,
    /// ARN of the profile.
    pub arn: String,
    /// Since when.
    pub since: Time,
    /// When it was ended.
    pub ended: Option<Time>,
}

/// What an image of the account's own has besides, rarely.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ImageMore {
    /// Whether it was disabled.
    pub disabled: bool,
    /// Whether it cannot be deregistered.
    pub protected: bool,
    /// Whether the protection lasts a day longer than it is wanted.
    pub cooldown: bool,
    /// When such a protection ends.
    pub protected_until: Option<Time>,
    /// Its watermarks: its own, and those of the images that it was made of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub watermarks: Vec<Watermark>,
    /// For which instance types it is.
    #[serde(skip_serializing_if = "TypeLists::is_empty")]
    pub types: TypeLists,
}

/// Patterns of instance types that an image is for, and that it is not for; without any it is for all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TypeLists {
    /// Those that it supports.
    pub supported: Vec<String>,
    /// Those that it does not.
    pub unsupported: Vec<String>,
}

impl TypeLists {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.supported.is_empty() && self.unsupported.is_empty()
    }
}

/// A watermark of an image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Watermark {
    /// `123456789012:approved`.
    pub key: String,
    /// The Region of the image that it was attached to.
    pub region: String,
    /// That image.
    pub image: String,
    /// When that image was made.
    pub image_created: Time,
    /// When it was attached.
    pub created: Time,
}

impl ImageMore {
    /// Whether it has none of it.
    pub fn is_default(&self) -> bool {
        *self == ImageMore::default()
    }
}
