//! Wavelength Zones in the random topologies of `properties.rs`: two subnets in different ones, with routes of their own, and a
//! carrier gateway that may be missing.

use proptest::prelude::*;

fn pick(words: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(words)
}

/// After all else of the topology.
pub fn carriers() -> impl Strategy<Value = Vec<String>> {
    let routes = || {
        pick(&[
            "",
            "0.0.0.0/0 mobile",
            "0.0.0.0/0 mobile",
            "0.0.0.0/0 igw",
            "0.0.0.0/0 gate",
            "0.0.0.0/0 i0",
            "100.64.0.0/10 mobile",
            "203.0.113.0/24 mobile",
            "10.9.0.0/16 pcx",
        ])
    };
    let public = |own: &'static str| {
        pick(&["", "here", "here"]).prop_map(move |there| match there {
            "" => String::new(),
            _ => format!(" public {own}"),
        })
    };
    let further = pick(&["", "", "more t1\n 0.0.0.0/0 mobile", "more t3\n 100.64.0.0/10 mobile"]);
    let groups = || pick(&["sg0", "sg1", "sg2", "main-default"]);
    let state = pick(&["", "", "", " stopped", " auto-public", " no-check"]);
    (
        pick(&["main", "main", "main", "far"]),
        (routes(), routes()),
        (public("155.146.8.10"), public("155.146.40.10")),
        (groups(), groups()),
        pick(&["", " acl acl0", " acl acl1"]),
        state,
        further,
    )
        .prop_map(|(vpc, routes, public, groups, acl, state, further)| {
            let lines = [
                format!("carrier mobile {vpc}"),
                format!("subnet w main 10.0.4.0/24{acl} zone us-east-1-wl1-bos-wlz-1"),
                "subnet x main 10.0.5.0/24 zone us-east-1-wl1-nyc-wlz-1".to_owned(),
                format!(
                    "instance edge w 10.0.4.10{} groups {} listens tcp/443,udp/53{state}",
                    public.0, groups.0
                ),
                format!(
                    "instance rim x 10.0.5.10{} groups {} listens tcp/443",
                    public.1, groups.1
                ),
                format!("table tw main for w\n {}", routes.0),
                format!("table tx main for x\n {}", routes.1),
                further.to_owned(),
            ];
            let lines = lines.iter().flat_map(|text| text.split('\n'));
            lines
                .filter(|line| !line.trim().is_empty())
                .map(str::to_owned)
                .collect()
        })
}
