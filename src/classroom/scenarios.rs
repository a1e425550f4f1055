//! The built-in scenarios: files like any other, in `static/scenarios/`.

/// One built-in scenario.
pub struct Scenario {
    /// Its name in `?scenario=`.
    pub name: &'static str,
    /// Its title.
    pub title: &'static str,
    /// What one learns with it, in one sentence.
    pub about: &'static str,
    /// Whether each opening gets a seed of its own.
    pub fresh_seed: bool,
}

/// The file of a scenario.
macro_rules! file {
    ($name:literal) => {
        include_str!(concat!("../../static/scenarios/", $name, ".stratus.json"))
    };
}

impl Scenario {
    /// Its file.
    pub fn text(&self) -> &'static str {
        match self.name {
            "web-server" => file!("web-server"),
            "empty" => file!("empty"),
            other => other_text(other),
        }
    }
}

/// Files that a first visit does not open: in the later part of the page's program. Of what is no name: the empty account.
#[inline(never)]
fn other_text(name: &str) -> &'static str {
    match name {
        "public-private" => file!("public-private"),
        "snapshot-restore" => file!("snapshot-restore"),
        "classic-and-vpc" => file!("classic-and-vpc"),
        _ => file!("empty"),
    }
}

macro_rules! scenario {
    ($name:literal, $title:literal, $about:literal, $fresh:literal) => {
        Scenario {
            name: $name,
            title: $title,
            about: $about,
            fresh_seed: $fresh,
        }
    };
}

/// All, in the order in which one would take them.
pub static ALL: &[Scenario] = &[
    scenario!(
        "web-server",
        "Single web server",
        "One machine in the default VPC that answers on port 80, but not on 443. Why?",
        false
    ),
    scenario!(
        "public-private",
        "Public and private subnet",
        "A bastion that the Internet reaches, and a database that only the bastion reaches: routes and chained security groups.",
        false
    ),
    scenario!(
        "snapshot-restore",
        "Snapshot and restore",
        "A volume, three snapshots that hold only what changed, and a volume restored in another Availability Zone.",
        false
    ),
    scenario!(
        "classic-and-vpc",
        "EC2-Classic beside a VPC",
        "A web server and its database, once in the flat network that all customers shared until 2023 and once in a VPC: what keeps others out?",
        false
    ),
    scenario!(
        "empty",
        "Empty account",
        "Nothing but what every new account has: a default VPC in each Region.",
        true
    ),
];

/// The scenario of a name.
pub fn find(name: &str) -> Option<&'static Scenario> {
    ALL.iter().find(|scenario| scenario.name == name)
}
