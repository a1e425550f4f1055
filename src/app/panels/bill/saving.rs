//! What stopping would save: of every instance the part that ends with it, and the part that goes on while it is stopped.

use crate::session::{Action, ApiCall, Ctx, Selection, use_ctx};
use crate::ui::{CallButton, Source, rate_text};
use std::collections::BTreeMap;
use stratus_engine::base::ids::{InstanceId, ResourceId};
use stratus_engine::bill::Running;
use stratus_engine::catalog::{Money, Region};
use stratus_engine::world::compute::InstanceState;
use stratus_engine::world::usage::Subject;
use stratus_engine::world::vpc::NetworkInterface;
use stratus_model::{Structure, field, sort};
use yew::prelude::*;

/// Most instances that are drawn.
const MOST: usize = 12;

/// Properties of [`Saving`].
#[derive(Properties, PartialEq)]
pub struct SavingProps {
    /// All that costs money at this moment.
    pub running: Vec<Running>,
}

/// What hangs on one instance, by the hour.
#[derive(Clone, Copy, Default)]
struct Share {
    /// Ends when it is stopped: the machine, the address that it was lent.
    ends: Money,
    /// Goes on: its disks, its Elastic IPs.
    stays: Money,
}

/// The instance that something belongs to, and whether it goes on costing while that is stopped.
fn owner(ctx: &Ctx, one: &Running) -> Option<(InstanceId, bool)> {
    let Subject::Resource(id) = &one.subject else {
        return None;
    };
    let ec2 = ctx.world().ec2(one.region)?;
    let of_interface = |interface: &NetworkInterface| interface.attachment.as_ref().map(|a| a.instance);
    match id {
        ResourceId::Instance(id) => Some((*id, false)),
        ResourceId::NetworkInterface(id) => Some((of_interface(ec2.interfaces.get(id)?)?, false)),
        ResourceId::Volume(id) => Some((ec2.volumes.get(id)?.attachments.first()?.instance, true)),
        ResourceId::Address(id) => {
            let holds = |i: &&NetworkInterface| {
                i.addresses
                    .iter()
                    .any(|a| a.public.as_ref().is_some_and(|p| p.allocation == Some(*id)))
            };
            Some((of_interface(ec2.interfaces.rows().find(holds)?)?, true))
        }
        _ => None,
    }
}

/// The table.
#[component]
pub fn Saving(props: &SavingProps) -> Html {
    let ctx = use_ctx();
    let mut shares: BTreeMap<(Region, InstanceId), Share> = BTreeMap::new();
    let mut apart = Money::default();
    for one in &props.running {
        match owner(&ctx, one) {
            Some((id, stays)) => {
                let share = shares.entry((one.region, id)).or_default();
                if stays {
                    share.stays += one.hourly
                } else {
                    share.ends += one.hourly
                }
            }
            None => apart += one.hourly,
        }
    }
    let mut rows: Vec<((Region, InstanceId), Share)> = shares.into_iter().collect();
    sort::by_key(&mut rows, |(_, share)| std::cmp::Reverse((share.ends, share.stays)));
    let (ends, stays): (Money, Money) = (
        rows.iter().map(|(_, s)| s.ends).sum(),
        rows.iter().map(|(_, s)| s.stays).sum(),
    );
    html! {
        <section class="card saving" aria-label="What stopping would save">
            <h2>{ "What stopping would save" }</h2>
            if rows.is_empty() {
                <p class="soft">{ "No instance costs anything at present." }</p>
            } else {
                <div class="scroll-x"><table>
                    <thead><tr><th>{ "Instance" }</th><th class="number">{ "Saved by stopping" }</th><th class="number">{ "Goes on while stopped" }</th><th><span class="visually-hidden">{ "Actions" }</span></th></tr></thead>
                    <tbody>{ for rows.iter().take(MOST).map(|((region, id), share)| row(&ctx, *region, *id, *share)) }</tbody>
                </table></div>
                if rows.len() > MOST { <p class="soft">{ format!("and {} more instances", rows.len() - MOST) }</p> }
                <p>{ "All together: stopping saves " }<b class="mono">{ rate_text(ends) }</b>{ " an hour; disks and Elastic IPs go on at " }<b class="mono">{ rate_text(stays) }</b>{ "." }
                    if apart != Money::default() { { format!(" What hangs on no instance costs {} an hour.", rate_text(apart)) } }</p>
            }
            <Source source="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Stop_Start.html">{ "A stopped instance costs nothing itself; its volumes do. A public address that it was lent is given back, an Elastic IP is billed on." }</Source>
        </section>
    }
}

fn row(ctx: &Ctx, region: Region, id: InstanceId, share: Share) -> Html {
    let state = ctx
        .world()
        .ec2(region)
        .and_then(|ec2| ec2.instances.get(&id))
        .map(|i| i.state);
    let name = crate::map::picture::name_of(ctx.world(), region, id);
    let call = ApiCall::ec2(
        region,
        "StopInstances",
        Structure::new().with(field::INSTANCE_IDS, vec![id.to_string()]),
    );
    let amount = |money: Money| {
        if money == Money::default() {
            "–".to_owned()
        } else {
            format!("{} an hour", rate_text(money))
        }
    };
    html! {
        <tr key={id.to_string()}>
            <td><button class="link" onclick={ctx.on(move || Action::Select(Some(Selection::Resource(region, id.into()))))}>{ name.clone() }</button>{ " " }<span class={classes!("state", state.map(|s| s.name()))}>{ state.map(|s| s.name()) }</span></td>
            <td class="number mono">{ amount(share.ends) }</td><td class="number mono">{ amount(share.stays) }</td>
            <td class="deeds-cell">if state == Some(InstanceState::Running) { <CallButton label="Stop" of={name} {call} /> }</td>
        </tr>
    }
}
