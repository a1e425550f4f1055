//! What comes of opening an address of the Web: `page of http://NAME/PATH ASKER` is `STATUS by WHOM (beginning of the body)`, with
//! `→ place` where it sends the browser elsewhere, or why there is no answer. `policies of …`: who S3 asked (`+` lets in, `-` keeps
//! out, `.` says nothing, `!` decides). `reason of …`: why the answer was this. `door of …`:
//! what the trace says of the VPC endpoint on the way.

use stratus_engine::World;
use stratus_engine::catalog::Region;
use stratus_engine::dns::{self, Asker, Caches, Query};
use stratus_engine::services::s3::decide::{Heard, Says};
use stratus_engine::web::{self, Address};

/// `None` for other sights.
pub fn look(world: &World, region: Region, what: &str, of: &str) -> Option<String> {
    if !["page", "policies", "reason", "door"].contains(&what) {
        return None;
    }
    let (text, from) = of.split_once(' ').unwrap_or((of, "internet"));
    let address = match Address::read(text) {
        Ok(address) => address,
        Err(why) => return Some(why),
    };
    let asker = Asker::read(from)?;
    let query = Query {
        name: address.host.clone(),
        record_type: "A".to_owned(),
        from: asker,
    };
    let found = match dns::resolve(world, &mut Caches::default(), &query) {
        Ok(found) => found,
        Err(error) => return Some(error.message),
    };
    let Some(at) = found.address() else {
        return Some(format!("no address, {}", found.rcode));
    };
    let journey = web::open(world, region, asker, &address, at);
    if what == "policies" {
        let all: Vec<String> = journey.heard.iter().map(told).collect();
        return Some(all.join("; "));
    }
    if what == "door" {
        let mut hops = journey.trace.iter().flat_map(|trace| &trace.forward);
        let door = hops.find(|hop| hop.endpoint().is_some());
        return Some(door.map_or("none", |hop| hop.text()).to_owned());
    }
    if what == "reason" {
        return Some(journey.answer.map_or_else(|why| why, |page| page.why));
    }
    Some(match journey.answer {
        Err(why) => format!("nothing, {why}"),
        Ok(page) => {
            let to = page.location.map(|place| format!(" → {}", address.follow(&place)));
            let to = to.unwrap_or_default();
            format!("{} by {} ({}){to}", page.status, page.by, page.body)
        }
    })
}

fn told(one: &Heard) -> String {
    let sign = match one.says {
        Says::Allows => '+',
        Says::Denies => '-',
        Says::Nothing => '.',
    };
    format!("{sign}{} {}", if one.decides { "!" } else { "" }, one.what)
}
