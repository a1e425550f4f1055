//! What the bill is made of: what was used, how much of it, from when to when. Prices are applied when asked, never here.

use super::table::Table;
use crate::base::ids::ResourceId;
use crate::base::time::Time;
use crate::catalog::Region;
use serde::{Deserialize, Serialize};

/// All meters, by number.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Usage {
    next: u64,
    /// Spans of use.
    pub meters: Table<u64, Meter>,
    /// Meters that still run, by resource and what they measure.
    pub running: Table<(Subject, Measure), u64>,
}

/// One span of use of one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Subject {
    /// A resource with an id.
    Resource(ResourceId),
    /// Something by name: a bucket, a hosted zone.
    Named(String),
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Measure {
    /// Instance seconds (`rate`: "m5.large/Linux/UNIX").
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
    /// Requests (`rate`: "PUT", "GET").
    Requests,
    /// Hosted zone seconds.
    HostedZone,
}

impl Usage {
    /// Starts a meter, ending one of the same subject and measure first.
    pub fn start(&mut self, meter: Meter) {
        let key = (meter.subject.clone(), meter.measure);
        self.stop(&key.0, key.1, meter.from);
        let number = self.next;
        self.next += 1;
        self.meters.insert(number, meter);
        self.running.insert(key, number);
    }
    /// Makes a meter say so much from now on: nothing where it does already, the same meter where it began this moment,
    /// else a new one; 0 ends it. For what is measured by amount and time alone.
    pub fn change(&mut self, meter: Meter) {
        let key = (meter.subject.clone(), meter.measure);
        let running = self.running.get(&key).copied();
        let now = running.and_then(|number| self.meters.get(&number));
        match now {
            Some(now) if now.quantity == meter.quantity && now.rate == meter.rate => {}
            None if meter.quantity == 0 => {}
            Some(now) if now.from == meter.from => {
                let number = running.unwrap_or_default();
                if meter.quantity == 0 {
                    self.running.remove(&key);
                    self.meters.remove(&number);
                } else {
                    self.meters.insert(number, meter);
                }
            }
            Some(_) if meter.quantity == 0 => self.stop(&key.0, key.1, meter.from),
            _ => self.start(meter),
        }
    }
    /// Ends a running meter, if there is one.
    pub fn stop(&mut self, subject: &Subject, measure: Measure, at: Time) {
        let key = (subject.clone(), measure);
        if let Some(number) = self.running.get(&key).copied() {
            self.running.remove(&key);
            if let Some(meter) = self.meters.get_mut(&number) {
                meter.to = Some(at);
            }
        }
    }
    /// Ends all meters of a subject.
    pub fn stop_all(&mut self, subject: &Subject, at: Time) {
        for measure in [
            Measure::Instance,
            Measure::VolumeStorage,
            Measure::VolumeIops,
            Measure::VolumeThroughput,
            Measure::SnapshotBlocks,
            Measure::PublicAddress,
            Measure::ObjectStorage,
            Measure::HostedZone,
        ] {
            self.stop(subject, measure, at);
        }
    }
    /// Counts something that has no duration, adding to the count of the same subject, rate and hour.
    pub fn count(&mut self, subject: Subject, region: Region, rate: &str, quantity: i64, at: Time) {
        let key = (subject.clone(), Measure::Requests);
        let hour = |time: Time| time.0.div_euclid(3_600_000);
        let same = self.running.get(&key).copied().and_then(|number| {
            let meter = self.meters.get_mut(&number)?;
            (meter.rate == rate && hour(meter.from) == hour(at))
                .then(|| meter.quantity = meter.quantity.saturating_add(quantity))
        });
        if same.is_none() {
            let number = self.next;
            self.next += 1;
            let meter = Meter {
                subject,
                region,
                measure: Measure::Requests,
                rate: rate.into(),
                quantity,
                from: at,
                to: Some(at),
            };
            self.meters.insert(number, meter);
            self.running.insert(key, number);
        }
    }
}
