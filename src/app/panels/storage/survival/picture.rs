//! Where the file lies now: three slabs, from the machine's host down to S3, with the machine's storage in them. Only a picture.

use super::super::called;
use crate::session::use_ctx;
use std::rc::Rc;
use stratus_engine::base::ids::InstanceId;
use stratus_engine::catalog::Region;
use stratus_engine::services::ec2::storage::survival::{Holder, Place, Sight};
use stratus_engine::world::compute::Instance;
use yew::prelude::*;

/// Properties of [`Picture`].
#[derive(Properties, PartialEq)]
pub struct PictureProps {
    /// Where.
    pub region: Region,
    /// The machine.
    pub id: InstanceId,
    /// What there is of its storage.
    pub sights: Rc<Vec<Sight>>,
}

/// The slabs.
#[component]
pub fn Picture(props: &PictureProps) -> Html {
    let ctx = use_ctx();
    let (world, region) = (ctx.world(), props.region);
    let row = world.row::<Instance>(region, props.id);
    let host = match row.and_then(|row| row.host) {
        Some(host) => format!("The host {}", crate::ui::short_id(&host.to_string())),
        None => "The host: on none now".to_owned(),
    };
    let zone = row.map_or_else(|| region.name().to_owned(), |row| row.zone.name());
    let slabs = [
        (
            "host",
            host,
            "gone with power or machine",
            &[Place::Memory, Place::Store][..],
        ),
        (
            "ebs",
            format!("EBS in {zone}"),
            "over the network, in one zone",
            &[Place::Root, Place::Data][..],
        ),
        (
            "s3",
            format!("S3 in {}", region.name()),
            "in all zones of the Region",
            &[Place::Snapshot][..],
        ),
    ];
    let slab = |(class, title, told, places): (&'static str, String, &'static str, &[Place])| {
        let boxes = places
            .iter()
            .filter_map(|place| props.sights.iter().find(|sight| sight.place == *place));
        html! {
            <li class={classes!("keep-slab", class)}>
                <p><b>{ title }</b>{ " " }<span class="soft small">{ told }</span></p>
                <ul class="keeps">{ for boxes.map(|sight| one(sight, |holder| located(holder, &|id| called(world, region, id)))) }</ul>
            </li>
        }
    };
    html! { <ol class="slabs" aria-label="Where the file is now">{ for slabs.into_iter().map(slab) }</ol> }
}

fn located(holder: &Holder, called: &dyn Fn(stratus_engine::base::ids::ResourceId) -> String) -> String {
    match holder {
        Holder::Memory => "in RAM".to_owned(),
        Holder::Disk(name) => format!("on {name}"),
        Holder::Volume(id) => format!("on {}", called((*id).into())),
        Holder::Snapshot(id) => format!("in {}", called((*id).into())),
    }
}

fn one(sight: &Sight, told: impl Fn(&Holder) -> String) -> Html {
    let (class, sign, words) = match (&sight.file, sight.has) {
        (Some(holder), _) => ("here", "✓", format!("the file is here, {}", told(holder))),
        (None, true) => ("bare", "–", "no file".to_owned()),
        (None, false) => ("none", "–", "there is none".to_owned()),
    };
    let goes = match sight.place {
        Place::Root | Place::Data if sight.has && sight.goes => ", DeleteOnTermination",
        _ => "",
    };
    html! {
        <li class={classes!("keep-box", class)}>
            <span class="sign" aria-hidden="true">{ sign }</span>
            <span><b>{ crate::ui::capital(sight.place.name()) }</b><span class="soft small">{ goes }</span><br /><span class="small">{ words }</span></span>
        </li>
    }
}
