//! A new bucket: first its Region, and what that means for speed and cost; then the form that makes it.

use super::super::{choose, use_field};
use crate::dialogs::FormKind;
use crate::dialogs::form::Form;
use crate::session::use_ctx;
use crate::ui::Source;
use stratus_engine::catalog::{Region, money, prices};
use stratus_engine::dns::places;
use yew::prelude::*;

/// Properties of [`Make`].
#[derive(Properties, PartialEq)]
pub struct MakeProps {
    /// Whether there is no bucket yet: then the form is open.
    pub first: bool,
}

/// The form, in a fold once there is a bucket.
#[component]
pub fn Make(props: &MakeProps) -> Html {
    let ctx = use_ctx();
    let shown = ctx.region();
    let (picked, onchange) = use_field(|| None, Region::find);
    let region = (*picked).unwrap_or(shown);
    let regions = Region::all().map(|one| (one.name(), format!("{} · {}", one.name(), one.location().city)));
    html! {
        <details class="card make" open={props.first}>
            <summary>{ "Make a bucket" }</summary>
            <div class="make-body">
                <div class="stack">
                    { choose("Region", region.name(), regions, onchange) }
                    { meaning(shown, region) }
                </div>
                <Form key={region.name()} kind={FormKind::CreateBucket(region)} inline={true} />
            </div>
        </details>
    }
}

/// What the Region of a bucket means to somebody in the Region that is shown.
fn meaning(from: Region, to: Region) -> Html {
    let milliseconds = places::round_trip(&places::of_region(from), &places::of_region(to));
    let gib = |rate: &prices::Rate| money::price_text(rate.first_price(), 3);
    let (way, cost) = if from == to {
        (
            "Near: what runs in this Region reaches it in a millisecond or so.".to_owned(),
            "Data between the bucket and this Region's instances costs nothing.".to_owned(),
        )
    } else {
        (
            format!(
                "Far: from {} a request takes about {milliseconds} ms there and back before its first byte.",
                from.name()
            ),
            format!(
                "Each GB copied between it and {} costs ${}, as data between Regions. Reading from there would cost as much; reads are not billed here.",
                from.name(),
                gib(&prices::DATA_BETWEEN_REGIONS)
            ),
        )
    };
    html! {
        <>
            <ul class="means">
                <li><b>{ "Speed" }</b><span>{ way }</span></li>
                <li><b>{ "Cost" }</b><span>{ cost }</span></li>
                <li><b>{ "Storage" }</b><span>{ format!("${} a GB-month in S3 Standard{}.", gib(&prices::S3_STANDARD), if to == Region::US_EAST_1 { "" } else { " (the price of us-east-1 stands in for this Region's)" }) }</span></li>
                <li><b>{ "Law" }</b><span>{ "Objects never leave the Region unless you move them." }</span></li>
            </ul>
            if from != to { <Source source="ours">{ "The milliseconds: one, and 13 for each 1,000 km." }</Source> }
        </>
    }
}
