//! How long things take. AWS publishes almost none of it: the ranges are ours, named, and a scenario may set them.

use crate::base::random::{Random, Stream};
use crate::base::time::Span;
use serde::Serialize;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Names of durations. Append only.
pub const RANGES: &[(&str, i64, i64)] = &[
    // name, shortest and longest in milliseconds (all ours)
    ("instance.pending.linux", 20_000, 40_000),
    ("instance.pending.windows", 60_000, 90_000),
    ("instance.stopping", 15_000, 40_000),
    ("instance.shutting-down", 20_000, 60_000),
    ("instance.reboot", 10_000, 20_000),
    ("instance.checks", 120_000, 180_000),
    ("instance.visible-after-termination", 3_600_000, 3_600_000),
    ("instance.password", 240_000, 240_000),
    ("volume.creating", 2_000, 5_000),
    ("volume.attaching", 1_000, 3_000),
    ("volume.detaching", 2_000, 5_000),
    ("volume.deleting", 1_000, 3_000),
    ("volume.modifying", 5_000, 15_000),
    ("volume.optimizing-per-gib", 2_000, 2_000),
    ("snapshot.base", 20_000, 40_000),
    ("snapshot.per-changed-gib", 5_000, 8_000),
    ("image.base", 10_000, 20_000),
    ("route53.in-sync", 30_000, 60_000),
    ("instance.user-data", 10_000, 30_000),
    ("snapshot.archiving", 3_600_000, 86_400_000),
    ("snapshot.restoring", 86_400_000, 259_200_000),
    ("instance.root-replacing", 30_000, 60_000),
    ("address.reverse-name", 60_000, 300_000),
    ("nat-gateway.pending", 60_000, 120_000),
    ("nat-gateway.deleting", 30_000, 60_000),
    ("nat-gateway.address", 10_000, 30_000),
    ("gateway.visible-after-deletion", 3_600_000, 3_600_000),
    ("carrier-gateway.changing", 10_000, 30_000),
    ("vpn-gateway.attaching", 20_000, 60_000),
    ("vpn-connection.pending", 120_000, 300_000),
    ("vpn-connection.changing", 60_000, 180_000),
    ("vpn-connection.deleting", 60_000, 120_000),
    ("vpn-connection.route", 5_000, 15_000),
    ("peering.provisioning", 2_000, 10_000),
    ("endpoint.pending", 45_000, 120_000),
    ("endpoint.deleting", 30_000, 90_000),
    ("transit.gateway", 60_000, 180_000),
    ("transit.attachment", 30_000, 90_000),
    ("insights.analysis", 10_000, 40_000),
    ("public-access.options", 60_000, 180_000),
    ("public-access.exclusion", 30_000, 120_000),
    ("public-access.visible-after-deletion", 3_600_000, 3_600_000),
    ("dedicated-host.assessment", 120_000, 300_000),
    ("dedicated-host.maintenance", 1_209_600_000, 1_209_600_000),
    ("dedicated-host.visible-after-release", 3_600_000, 3_600_000),
    // After the end of five minutes. AWS says: to CloudWatch Logs in about 5 minutes, to S3 in about 10.
    ("flow-log.to-cloud-watch", 60_000, 180_000),
    ("flow-log.to-s3", 300_000, 420_000),
    ("address.moving", 60_000, 300_000),
    ("insights.scope-analysis", 30_000, 120_000),
    ("nat-gateway.expanding", 900_000, 1_200_000),
    ("load-balancer.provisioning", 90_000, 180_000),
    ("event-window.changing", 30_000, 90_000),
    ("fpga-image.checking", 60_000, 120_000),
    ("fpga-image.generating", 1_800_000, 3_600_000),
    ("fpga-image.copying", 60_000, 300_000),
];

/// The ranges of one world: the defaults and what a scenario has set.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Timings(Rc<BTreeMap<String, (i64, i64)>>);

impl Timings {
    /// The range of a name in milliseconds; `None` for a name that does not exist.
    pub fn range(&self, name: &str) -> Option<(i64, i64)> {
        self.0.get(name).copied().or_else(|| {
            RANGES
                .iter()
                .find(|(known, ..)| *known == name)
                .map(|(_, low, high)| (*low, *high))
        })
    }
    /// Sets a range; false for a name that does not exist.
    pub fn set(&mut self, name: &str, low: i64, high: i64) -> bool {
        let known = RANGES.iter().any(|(known, ..)| *known == name);
        if known {
            Rc::make_mut(&mut self.0).insert(name.to_owned(), (low, high));
        }
        known
    }
    /// Draws a duration.
    pub fn draw(&self, random: &mut Random, name: &str) -> Span {
        let (low, high) = self.range(name).unwrap_or((0, 0));
        Span(random.between(Stream::Timing, low, high))
    }
}
