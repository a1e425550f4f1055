//! Only what bears a tag.

use super::super::picture::Picture;
use crate::ui::{Settled, text_of};
use std::collections::BTreeSet;
use std::rc::Rc;
use stratus_engine::base::ids::InstanceId;
use stratus_engine::world::compute::InstanceState;
use yew::prelude::*;

/// A tag: key and value.
pub type Tag = (String, String);

/// Values that are offered of all keys together.
const OFFERED: usize = 200;

/// Properties of [`TagFilter`].
#[derive(Properties, PartialEq)]
pub struct FilterProps {
    /// The context.
    pub settled: Settled,
    /// What is shown only.
    pub chosen: Option<Tag>,
    /// Another, or all.
    pub on_choose: Callback<Option<Tag>>,
}

/// The choice; nothing where no instance has a tag but its name.
#[component]
pub fn TagFilter(props: &FilterProps) -> Html {
    let ctx = &props.settled;
    let (world, region) = (ctx.world(), ctx.region());
    let mut known: BTreeSet<(&String, &String)> = BTreeSet::new();
    for row in world.ec2(region).into_iter().flat_map(|ec2| ec2.instances.rows()) {
        if row.state != InstanceState::Terminated && known.len() < OFFERED {
            let tags = world.tags(region, row.id.into()).into_iter().flatten();
            known.extend(tags.filter(|(key, _)| *key != "Name"));
        }
    }
    // What is chosen can be seen and taken back, whoever still bears it.
    known.extend(props.chosen.iter().map(|(key, value)| (key, value)));
    let all: Vec<Tag> = known
        .into_iter()
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    let onchange = {
        let (on_choose, all) = (props.on_choose.clone(), all.clone());
        Callback::from(move |event: Event| {
            let place = text_of(&event).parse::<usize>().ok();
            on_choose.emit(place.and_then(|place| all.get(place).cloned()));
        })
    };
    // The element stays where there is nothing to choose: see the note at the top of the map.
    html! {
        <select class="input vpc-filter" aria-label="Filter by tag" {onchange} hidden={all.is_empty() && props.chosen.is_none()}>
            <option value="" selected={props.chosen.is_none()}>{ "Every tag" }</option>
            { for all.iter().enumerate().map(|(place, tag)| html! { <option value={place.to_string()} selected={props.chosen.as_ref() == Some(tag)}>{ format!("{} = {}", tag.0, tag.1) }</option> }) }
        </select>
    }
}

/// The picture without the instances that do not bear the tag.
pub fn only(ctx: &Settled, picture: Rc<Picture>, tag: &Tag) -> Rc<Picture> {
    let mut picture = (*picture).clone();
    let (world, region) = (ctx.world(), ctx.region());
    let bears = |id: InstanceId| {
        let tags = world.tags(region, id.into());
        tags.is_some_and(|tags| tags.get(&tag.0) == Some(&tag.1))
    };
    picture.classic.retain(|one| bears(one.id));
    picture.classic_gone.retain(|(id, _)| bears(*id));
    for vpc in &mut picture.vpcs {
        for subnet in vpc.zones.iter_mut().flat_map(|zone| &mut zone.subnets) {
            subnet.instances.retain(|one| bears(one.id));
            subnet.gone.retain(|(id, _)| bears(*id));
        }
        let left = vpc.zones.iter().flat_map(|zone| &zone.subnets);
        vpc.instances = left.map(|subnet| subnet.instances.len()).sum();
    }
    Rc::new(picture)
}
