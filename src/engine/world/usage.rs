//! What the bill is made of: what was used, how much of it, from when to when. Prices are applied when asked, never here.
//!
//! **The contract.** Whoever makes, changes or ends something that costs money tells it here, at that moment:
//!
//! | thing | subject | measure | rate | quantity |
//! |---|---|---|---|---|
//! | instance, from `running` to the request that ends it (to `stopped` when it hibernates) | its id | `Instance` | `t3.micro/Linux/UNIX/default`: type, platform details, tenancy (`host`: nothing but a licence is paid for), or `spot@` and the hour's price in 10⁻¹² USD | 1 |
//! | volume, from its making to its deletion | its id | `VolumeStorage` | volume type | GiB |
//! | its performance, where it is more than what comes with it | its id | `VolumeIops`, `VolumeThroughput` | volume type | all of it |
//! | snapshot, while it holds blocks that no elder one holds | its id | `SnapshotBlocks` | `standard` | blocks of 512 KiB |
//! | its copy out of the archive, while a temporary restore lasts | its id | `RestoredBlocks` | `standard` | blocks of 512 KiB |
//! | what a restore brings out of the archive | its id | `ArchiveRetrieval` | `retrieval` | bytes |
//! | the rest of the 90 days of the archive, which it leaves before | its id | `ArchiveRest` | `early` | blocks × seconds |
//! | public address: an Elastic IP always, a lent one while it is lent | the allocation's or the interface's id | `PublicAddress` | `in-use` or `idle` | 1 |
//! | objects of a bucket | `s3://bucket`, and ` (CLASS)` for other classes | `ObjectStorage` | storage class | bytes |
//! | objects that Intelligent-Tiering watches | `s3://bucket` | `ObjectMonitoring` | empty | how many |
//! | objects that a storage class analysis watches | `s3://bucket (analysis id)` | `ObjectMonitoring` | `analysis` | how many |
//! | requests that write | `s3://bucket` | `Requests` | `PUT` | how many |
//! | NAT gateway, from `available` to the request that deletes it | its id | `NatGateway` | empty | 1 |
//! | VPN connection, likewise | its id | `VpnConnection` | empty | 1 |
//! | hosted zone, from its making to its deletion | its id | `HostedZone` | empty | 1 |
//! | interface or gateway load balancer endpoint, from its making or acceptance to its deletion | its id | `VpcEndpoint` | its type | its zones |
//! | Dedicated Host, from its allocation to its release, while no reservation pays for it | its id | `DedicatedHost` | instance family | 1 |
//! | attachment to a transit gateway, from its making or acceptance to its deletion | its id | `TransitAttachment` | `vpc` or `peering` | 1 |
//! | load balancer, from its making to its deletion | its id | `LoadBalancer` | `application`, `network`, `gateway` or `classic` | 1 |
//! | analysis of a path, when it is started | its id | `PathAnalysis` | empty | 1 |
//! | data that a gateway processes or that crosses zones or Regions, when it is sent | the gateway's, the attachment's, the endpoint's, the instance's id | `Data` | `nat`, `transit`, `endpoint`, `balancer-endpoint`, `zones`, `regions` | bytes |
//! | analysis of a Network Access Scope, when it has succeeded | its id | `AnalysedInterfaces` | empty | network interfaces |
//!
//! A subject has at most one running meter a measure. What costs something only by its kind needs no more than
//! [`Usage::start`] and [`Usage::stop_all`]; what changes its amount calls [`Usage::change`]. Reads cost nothing here, since
//! a read cannot write. An instance also tells every state it enters ([`Usage::enter`]), so that a bill can say what was free.
//!
//! Time is billed in whole seconds of the clock: 10:00:00.9 to 10:00:02.1 is two seconds (ours; AWS bills by the second
//! and does not say more). So spans that follow each other leave no gap and count nothing twice.
//!
//! Beside the meters stand sums of them by rate, so that a total costs a few additions however many meters there are. Only
//! the functions here may change a meter.

use super::table::Table;
use crate::base::ids::ResourceId;
use crate::base::key::{self, Key};
use crate::base::time::Time;
use crate::catalog::{Region, Zone, prices};
use serde::Serialize;
use std::collections::BTreeMap;

/// All meters, by number.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Usage {
    next: u64,
    /// Spans of use.
    pub meters: Table<u64, Meter>,
    /// Meters that still run, by resource and what they measure.
    pub running: Table<(Subject, Measure), u64>,
    /// The newest counter of a subject and rate.
    counting: Table<(Subject, String), u64>,
    /// Sums over meters of one rate.
    sums: Table<Group, Sum>,
    /// Running meters of instances that may still be under the minimum, by the second of their start: how many.
    young: Table<(i64, Group), i64>,
    /// Meters of what is charged by whole months.
    monthly: Table<u64, ()>,
    /// How long instances have been in which state; those that are gone too.
    states: Table<Subject, States>,
    /// Where instances were whose use has ended, while zonal Reserved Instances might pay for it.
    #[serde(skip_serializing_if = "Table::is_empty")]
    zones: Table<ResourceId, Zone>,
    /// Running meters of what is charged by hours begun.
    #[serde(skip_serializing_if = "Table::is_empty")]
    hours: Table<u64, ()>,
}

/// One span of use of one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Meter {
    /// What is used.
    pub subject: Subject,
    /// Where.
    pub region: Region,
    /// What is measured.
    pub measure: Measure,
    /// What the rate depends on besides: instance type and platform, volume type, …
    pub rate: String,
    /// How much of it at once: 1 instance, GiB × 1 for volumes, requests for counters.
    pub quantity: i64,
    /// From when.
    pub from: Time,
    /// To when; `None` = still running. For counted things the same as `from`.
    pub to: Option<Time>,
}

/// Whose use it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Subject {
    /// A resource with an id.
    Resource(ResourceId),
    /// Something by name: a bucket.
    Named(String),
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Measure {
    /// Instance seconds (`rate`: "m5.large/Linux/UNIX/default").
    Instance,
    /// GiB-seconds of a volume (`rate`: volume type).
    VolumeStorage,
    /// Provisioned IOPS-seconds, where they are more than what is included (`quantity`: all of them; what is included
    /// is a tier of the price).
    VolumeIops,
    /// Provisioned MiB/s-seconds, where they are more than what is included (`quantity`: all of them).
    VolumeThroughput,
    /// 512 KiB-block-seconds of snapshots (`quantity`: blocks).
    SnapshotBlocks,
    /// Public IPv4 address seconds.
    PublicAddress,
    /// Byte-seconds of objects.
    ObjectStorage,
    /// Requests (`rate`: "PUT", "PUT/GLACIER", "TRANSITION/GLACIER", "RESTORE/GLACIER/Bulk"). Those that read are not counted.
    Requests,
    /// Hosted zones, by the months that they see.
    HostedZone,
    /// NAT gateway seconds.
    NatGateway,
    /// VPN connection seconds.
    VpnConnection,
    /// Seconds of an interface or gateway load balancer endpoint (`rate`: `Interface`; `quantity`: its zones).
    VpcEndpoint,
    /// Seconds of an attachment to a transit gateway.
    TransitAttachment,
    /// Seconds of a Dedicated Host (`rate`: its instance family).
    DedicatedHost,
    /// Analyses of a path.
    PathAnalysis,
    /// Network interfaces that an analysis of a Network Access Scope looked at.
    AnalysedInterfaces,
    /// Bytes that a gateway processes, or that cross zones or Regions (`rate`: which).
    Data,
    /// Seconds of a load balancer (`rate`: its type).
    LoadBalancer,
    /// Bytes retrieved out of a storage class (`rate`: "STANDARD_IA", "GLACIER/Bulk").
    Retrieval,
    /// Bytes × seconds that objects were not stored of their class's least time (`rate`: "GLACIER early").
    EarlyDeletion,
    /// Seconds of an object that Intelligent-Tiering watches (`quantity`: objects).
    ObjectMonitoring,
    /// 512 KiB-block-seconds of what temporary restores have brought out of the archive (`quantity`: blocks).
    RestoredBlocks,
    /// Bytes of snapshots that restores bring out of the archive.
    ArchiveRetrieval,
    /// Blocks × seconds that snapshots were not left in the archive of its least time.
    ArchiveRest,
}

impl Measure {
    /// All that have a duration.
    const LASTING: [Measure; 16] = [
        Measure::Instance,
        Measure::VolumeStorage,
        Measure::VolumeIops,
        Measure::VolumeThroughput,
        Measure::SnapshotBlocks,
        Measure::PublicAddress,
        Measure::ObjectStorage,
        Measure::HostedZone,
        Measure::NatGateway,
        Measure::VpnConnection,
        Measure::VpcEndpoint,
        Measure::TransitAttachment,
        Measure::DedicatedHost,
        Measure::LoadBalancer,
        Measure::ObjectMonitoring,
        Measure::RestoredBlocks,
    ];

    /// Whether it is counted, and has no duration.
    pub(crate) fn is_counted(self) -> bool {
        matches!(
            self,
            Measure::Requests
                | Measure::PathAnalysis
                | Measure::AnalysedInterfaces
                | Measure::Data
                | Measure::Retrieval
                | Measure::EarlyDeletion
                | Measure::ArchiveRetrieval
                | Measure::ArchiveRest
        )
    }

    /// Whether an hour that has begun is charged whole: <https://aws.amazon.com/vpc/pricing/>.
    pub(crate) fn is_by_hours(self) -> bool {
        matches!(
            self,
            Measure::NatGateway | Measure::VpnConnection | Measure::LoadBalancer
        )
    }

    /// Whether the price of one depends on how many there are at once.
    fn is_tiered(self) -> bool {
        matches!(self, Measure::VolumeIops | Measure::VolumeThroughput)
    }
}

/// Meters that can be added up: they cost the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Group {
    /// What they measure.
    pub measure: Measure,
    /// Where.
    pub region: Region,
    /// Their rate.
    pub rate: String,
    /// How much each has, where its price depends on that; else 0, and the amounts are added up.
    pub quantity: i64,
}

/// A sum over the meters of a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
struct Sum {
    /// Things × seconds of the spans that have ended, minimum included; for counters things.
    ended: i128,
    /// Things of those that run.
    held: i128,
    /// Things × second of the start of those that run.
    started: i128,
}

/// How long an instance has been in which state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct States {
    /// The state now and since when; `None` for what is gone.
    pub now: Option<(String, Time)>,
    /// Seconds in states that have ended, by name.
    pub ended: BTreeMap<String, i64>,
}

impl Key for Subject {
    const BITS: Option<u32> = None;
    fn place(&self) -> u128 {
        match self {
            Subject::Resource(id) => key::join(&0_u8, id.place()),
            Subject::Named(name) => key::join(&1_u8, key::text(name)),
        }
    }
}

impl Key for Measure {
    const BITS: Option<u32> = Some(8);
    fn place(&self) -> u128 {
        (*self as u8).place()
    }
}

impl Key for Group {
    const BITS: Option<u32> = None;
    fn place(&self) -> u128 {
        key::join(&(self.measure, self.region), key::text(&self.rate))
    }
}

impl Meter {
    /// What it can be added up with.
    pub(crate) fn group(&self) -> Group {
        Group {
            measure: self.measure,
            region: self.region,
            rate: self.rate.clone(),
            quantity: if self.measure.is_tiered() { self.quantity } else { 0 },
        }
    }

    /// How many of the group's things it has.
    pub(crate) fn weight(&self) -> i128 {
        if self.measure.is_tiered() {
            1
        } else {
            i128::from(self.quantity)
        }
    }

    /// The same, as if it had ended by a moment.
    pub(crate) fn until(&self, at: Time) -> Meter {
        let to = self.to.filter(|to| to.0 < at.0).unwrap_or(at);
        Meter {
            to: Some(to),
            ..self.clone()
        }
    }

    /// Seconds that have passed up to a moment, or up to its end.
    pub fn passed(&self, now: Time) -> i64 {
        (second(self.to.unwrap_or(now)) - second(self.from)).max(0)
    }

    /// Seconds that are billed: an instance's at least a minute for every start, a gateway's whole hours.
    pub fn billed(&self, now: Time) -> i64 {
        match self.measure {
            Measure::Instance => self.passed(now).max(prices::MINIMUM_SECONDS),
            measure if measure.is_by_hours() => (self.passed(now) + HOUR - 1).div_euclid(HOUR) * HOUR,
            _ => self.passed(now),
        }
    }
}

/// The rate of objects that a storage class analysis watches.
pub(crate) const ANALYSIS: &str = "analysis";

/// Seconds in an hour.
const HOUR: i64 = 3_600;

/// The whole second of the clock that a moment lies in.
pub(crate) fn second(time: Time) -> i64 {
    time.0.div_euclid(1000)
}

impl Usage {
    /// Starts a meter, ending one of the same subject and measure first.
    pub fn start(&mut self, meter: Meter) {
        self.stop(&meter.subject, meter.measure, meter.from);
        let number = self.next;
        self.next += 1;
        self.begin(number, meter);
    }

    /// Makes a meter say so much from now on: nothing where it does already, the same meter where it began this moment,
    /// else a new one; 0 ends it. For what is measured by amount and time alone.
    pub fn change(&mut self, meter: Meter) {
        let running = self.running.get(&(meter.subject.clone(), meter.measure)).copied();
        let now = running.and_then(|number| Some((number, self.meters.get(&number)?)));
        match now {
            Some((_, now)) if now.quantity == meter.quantity && now.rate == meter.rate => {}
            None if meter.quantity == 0 => {}
            Some((number, now)) if now.from == meter.from => {
                self.retract(number);
                if meter.quantity != 0 {
                    self.begin(number, meter);
                }
            }
            Some(_) if meter.quantity == 0 => self.stop(&meter.subject, meter.measure, meter.from),
            _ => self.start(meter),
        }
    }

    /// Ends a running meter, if there is one.
    pub fn stop(&mut self, subject: &Subject, measure: Measure, at: Time) {
        let key = (subject.clone(), measure);
        let Some(number) = self.running.get(&key).copied() else {
            return;
        };
        let Some(mut meter) = self.retract(number) else { return };
        meter.to = Some(at);
        let (group, usage) = (meter.group(), meter.weight() * i128::from(meter.billed(at)));
        self.add(group, |sum| sum.ended += usage);
        if measure == Measure::HostedZone {
            self.monthly.insert(number, ());
        }
        self.meters.insert(number, meter);
    }

    /// Ends all meters of a subject.
    pub fn stop_all(&mut self, subject: &Subject, at: Time) {
        for measure in Measure::LASTING {
            self.stop(subject, measure, at);
        }
    }

    /// Counts requests ([`Usage::tally`]).
    pub fn count(&mut self, subject: Subject, region: Region, rate: &str, quantity: i64, at: Time) {
        self.tally(subject, region, Measure::Requests, rate, quantity, at);
    }

    /// Counts something that has no duration, adding to the count of the same subject, Region, rate and hour. Of one subject, no two
    /// measures that are counted have the same rate.
    pub fn tally(&mut self, subject: Subject, region: Region, measure: Measure, rate: &str, quantity: i64, at: Time) {
        let key = (subject.clone(), rate.to_owned());
        let hour = |time: Time| time.0.div_euclid(3_600_000);
        let same = self.counting.get(&key).copied().and_then(|number| {
            let meter = self.meters.get_mut(&number)?;
            (meter.region == region && hour(meter.from) == hour(at))
                .then(|| meter.quantity = meter.quantity.saturating_add(quantity))
        });
        let meter = Meter {
            subject,
            region,
            measure,
            rate: rate.into(),
            quantity,
            from: at,
            to: Some(at),
        };
        self.add(meter.group(), |sum| sum.ended += i128::from(quantity));
        if same.is_none() {
            let number = self.next;
            self.next += 1;
            self.meters.insert(number, meter);
            self.counting.insert(key, number);
        }
    }

    /// Notes that an instance enters a state.
    pub fn enter(&mut self, subject: &Subject, state: &str, at: Time) {
        self.leave_state(subject, at);
        let now = Some((state.to_owned(), at));
        match self.states.get_mut(subject) {
            Some(states) => states.now = now,
            None => {
                let ended = BTreeMap::new();
                self.states.insert(subject.clone(), States { now, ended });
            }
        }
    }

    /// Notes that an instance is gone.
    pub fn gone(&mut self, subject: &Subject, at: Time) {
        self.leave_state(subject, at);
        if !self.states.contains(subject) {
            let (now, ended) = (None, BTreeMap::new());
            self.states.insert(subject.clone(), States { now, ended });
        }
    }

    /// Notes where an instance was whose use ends, which its meter does not say.
    pub(crate) fn was_in(&mut self, id: ResourceId, zone: Zone) {
        self.zones.insert(id, zone);
    }

    /// What [`Usage::was_in`] has noted.
    pub(crate) fn zone_of(&self, id: &ResourceId) -> Option<Zone> {
        self.zones.get(id).copied()
    }

    /// How long an instance has been in which state.
    pub fn states(&self, subject: &Subject) -> Option<&States> {
        self.states.get(subject)
    }

    /// What has been used by a moment, rate by rate: things × seconds, for counters things. Hosted zones are apart.
    pub fn sums(&self, now: Time) -> impl Iterator<Item = (&Group, i128)> {
        let at = i128::from(second(now));
        self.sums
            .iter()
            .map(move |(group, sum)| (group, sum.ended + sum.held * at - sum.started))
    }

    /// Seconds that the minimum adds to instances which have run for less, rate by rate.
    pub fn short_of_minimum(&self, now: Time) -> impl Iterator<Item = (&Group, i128)> {
        let at = second(now);
        let least = Group {
            measure: Measure::Instance,
            region: Region::US_EAST_1,
            rate: String::new(),
            quantity: i64::MIN,
        };
        self.young
            .range((at - prices::MINIMUM_SECONDS + 1, least)..)
            .map(move |((from, group), count)| {
                let missing = prices::MINIMUM_SECONDS - (at - from);
                (group, i128::from(*count) * i128::from(missing))
            })
    }

    /// Seconds by which hours that have begun are not over yet, for each running meter of what is charged by them.
    pub fn short_of_hours(&self, now: Time) -> impl Iterator<Item = (Group, i128)> {
        let meters = self.hours.iter().filter_map(|(number, ())| self.meters.get(number));
        meters.map(move |meter| {
            let missing = meter.billed(now) - meter.passed(now);
            (meter.group(), meter.weight() * i128::from(missing))
        })
    }

    /// Meters of what is charged by whole months, oldest first.
    pub fn monthly(&self) -> impl Iterator<Item = &Meter> {
        self.monthly.iter().filter_map(|(number, ())| self.meters.get(number))
    }

    /// Whether the sums are those of the meters: for the integrity check.
    pub fn is_sound(&self, now: Time) -> bool {
        let mut fresh = BTreeMap::new();
        for meter in self.meters.rows() {
            let usage = match meter.measure {
                measure if measure.is_counted() => i128::from(meter.quantity),
                _ if meter.to.is_none() => meter.weight() * i128::from(meter.passed(now)),
                _ => meter.weight() * i128::from(meter.billed(now)),
            };
            *fresh.entry(meter.group()).or_insert(0) += usage;
        }
        let kept: BTreeMap<Group, i128> = self.sums(now).map(|(group, usage)| (group.clone(), usage)).collect();
        let zero = |sums: &mut BTreeMap<Group, i128>| sums.retain(|_, usage| *usage != 0);
        let (mut fresh, mut kept) = (fresh, kept);
        zero(&mut fresh);
        zero(&mut kept);
        fresh == kept && self.monthly.iter().all(|(number, ())| self.meters.contains(number))
    }

    /// Puts a meter that runs.
    fn begin(&mut self, number: u64, meter: Meter) {
        let (group, weight, from) = (meter.group(), meter.weight(), second(meter.from));
        match meter.measure {
            Measure::Instance => {
                self.forget_grown(from);
                self.age(from, &group, 1);
            }
            Measure::HostedZone => self.monthly.insert(number, ()),
            measure if measure.is_by_hours() => self.hours.insert(number, ()),
            _ => {}
        }
        self.add(group, |sum| {
            sum.held += weight;
            sum.started += weight * i128::from(from);
        });
        self.running.insert((meter.subject.clone(), meter.measure), number);
        self.meters.insert(number, meter);
    }

    /// Takes a running meter away, as if it had never been.
    fn retract(&mut self, number: u64) -> Option<Meter> {
        let meter = self.meters.get(&number)?.clone();
        let (group, weight, from) = (meter.group(), meter.weight(), second(meter.from));
        if meter.measure == Measure::Instance {
            self.age(from, &group, -1);
        }
        self.monthly.remove(&number);
        self.hours.remove(&number);
        self.add(group, |sum| {
            sum.held -= weight;
            sum.started -= weight * i128::from(from);
        });
        self.running.remove(&(meter.subject.clone(), meter.measure));
        self.meters.remove(&number);
        Some(meter)
    }

    fn add(&mut self, group: Group, change: impl FnOnce(&mut Sum)) {
        match self.sums.get_mut(&group) {
            Some(sum) => change(sum),
            None => {
                let mut sum = Sum::default();
                change(&mut sum);
                self.sums.insert(group, sum);
            }
        }
    }

    /// Counts instances that started in one second.
    fn age(&mut self, from: i64, group: &Group, change: i64) {
        let key = (from, group.clone());
        let Some(count) = self.young.get(&key).copied().or((change > 0).then_some(0)) else {
            return;
        };
        if count + change > 0 {
            self.young.insert(key, count + change);
        } else {
            self.young.remove(&key);
        }
    }

    /// Those that are over the minimum need no attention any more.
    fn forget_grown(&mut self, now: i64) {
        while let Some((key, _)) = self
            .young
            .first()
            .filter(|((from, _), _)| from + prices::MINIMUM_SECONDS <= now)
        {
            let key = key.clone();
            self.young.remove(&key);
        }
    }

    fn leave_state(&mut self, subject: &Subject, at: Time) {
        let Some(states) = self.states.get_mut(subject) else {
            return;
        };
        if let Some((state, since)) = states.now.take() {
            *states.ended.entry(state).or_default() += second(at) - second(since);
        }
    }
}

impl States {
    /// Seconds by state up to a moment, by name.
    pub fn seconds(&self, now: Time) -> BTreeMap<String, i64> {
        let mut seconds = self.ended.clone();
        if let Some((state, since)) = &self.now {
            *seconds.entry(state.clone()).or_default() += second(now) - second(*since);
        }
        seconds
    }
}
