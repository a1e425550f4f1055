//! What one can try in the panels besides building: a list that the region "Learn" and the search offer. An entry only leads
//! there; what it then shows is made of the learner's own world.

use crate::session::Action;
use crate::session::action::{DnsView, PathView, StorageView};

/// Something to try.
#[derive(Clone, Copy)]
pub struct Experiment {
    /// Its title.
    pub title: &'static str,
    /// What one learns with it, in one sentence.
    pub about: &'static str,
    /// What brings it into sight.
    pub opens: fn() -> Action,
}

const fn experiment(title: &'static str, about: &'static str, opens: fn() -> Action) -> Experiment {
    Experiment { title, about, opens }
}

/// All, in the order in which one would take them.
pub const EXPERIMENTS: [Experiment; 12] = [
    experiment(
        "Why can't I connect?",
        "A packet walks through six layers on either side; guess first which one stops it, or try to forge its sender.",
        || Action::ViewPath(PathView::One),
    ),
    experiment(
        "Everyone: who reaches whom",
        "All pairs of machines on one port, the Internet among them: a sentence says what stands open.",
        || Action::ViewPath(PathView::Everyone),
    ),
    experiment(
        "All ports: what is open to the world",
        "Every port of every machine at once: what the Internet may knock at, the worst first, and the rule that lets it.",
        || Action::ViewPath(PathView::AllPorts),
    ),
    experiment(
        "Live traffic: open connections",
        "Open a connection, then take its rule away: which connections live on, and why?",
        || Action::ViewPath(PathView::Live),
    ),
    experiment(
        "Classic and VPC, layer by layer",
        "The flat network of 2006 beside a network of your own: what differs at each layer.",
        || Action::ViewPath(PathView::Beside),
    ),
    experiment(
        "Who pays for which block",
        "Snapshots keep what changed. Delete one and watch its blocks, and the bill, move to the next.",
        || Action::ViewStorage(StorageView::Volumes),
    ),
    experiment(
        "Backups by themselves",
        "A schedule takes snapshots and lets them expire: see on the clock what it will do, then let it.",
        || Action::ViewStorage(StorageView::Backups),
    ),
    experiment(
        "What survives",
        "A file on five kinds of storage; reboot, stop, end the machine or fail its host. Guess first.",
        || Action::ViewStorage(StorageView::Survival),
    ),
    experiment(
        "Images",
        "Make one of a running machine, with and without a reboot, and see what that risks.",
        || Action::ViewStorage(StorageView::Images),
    ),
    experiment(
        "The way of a name",
        "From the resolver over root and zone to the answer, cached or asked, and why this record.",
        || Action::ViewDns(DnsView::Names),
    ),
    experiment(
        "Open an address",
        "http:// and a name: the resolver, the packet's way, what answers, and why it was that.",
        || Action::ViewDns(DnsView::Visit),
    ),
    experiment(
        "Rolling deployment",
        "Move clients from blue to green by weights, and see who still remembers the old address.",
        || Action::ViewDns(DnsView::Rollout),
    ),
];
