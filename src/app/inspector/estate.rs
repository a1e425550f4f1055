//! What an account decides for a Region or hands over: VPC Block Public Access with its exclusions, and transfers of
//! Elastic IP addresses.

use super::parts::*;
use super::told::{Told, delete, none_yet};
use crate::dialogs::{FormKind, MoreForm};
use crate::session::ApiCall;
use crate::ui::{Settled, day_text};
use stratus_engine::base::ids::*;
use stratus_engine::catalog::Region;
use stratus_engine::world::estate::*;
use stratus_engine::world::rented::{AddressTransfer, TransferState};
use stratus_model::{Structure, field};
use yew::prelude::*;

/// Where VPC Block Public Access is described.
pub const BLOCK: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html";
/// Where transfers are described.
pub const TRANSFERS: &str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/transfer-EIPs-intro-ec2.html";

fn mode_words(mode: BlockMode) -> &'static str {
    match mode {
        BlockMode::Off => "off: routes, groups and ACLs decide alone",
        BlockMode::Ingress => {
            "nothing begins from the Internet; NAT and egress-only gateways still carry what begins inside"
        }
        BlockMode::Bidirectional => "nothing passes internet and egress-only gateways, either way",
    }
}

/// The mode of a Region with the calls that change it, and the exclusions.
pub fn public_access(ctx: &Settled, region: Region) -> Html {
    let estate = ctx.world().ec2(region).map(|ec2| &ec2.estate);
    let row = estate.and_then(|estate| estate.public_block.rows().next());
    let (mode, in_force, changing) = row.map_or((BlockMode::Off, BlockMode::Off, false), |row| {
        (row.mode, row.in_force, row.changing)
    });
    let exclusions: Vec<&PublicExclusion> = estate.into_iter().flat_map(|estate| estate.exclusions.rows()).collect();
    let set = |to: BlockMode, label: &str| {
        let params = Structure::new().with(field::INTERNET_GATEWAY_BLOCK_MODE, to.name());
        Deed::call(label, ApiCall::ec2(region, "ModifyVpcBlockPublicAccessOptions", params))
            .unless((mode == to).then_some("that is the mode."))
            .unless(changing.then_some("a change is under way."))
    };
    let entries = exclusions.iter().map(|one| Entry {
        key: one.id.to_string(),
        columns: vec![
            link(ctx, region, one.id),
            excluded(ctx, region, one.of),
            text(one.mode.name()),
        ],
        detail: None,
        class: if one.in_force.is_some() { "allow" } else { "" },
    });
    html! {
        <>
            { facts(vec![
                ("Mode", html! { <>{ state(mode.name()) }if changing { <span class="soft">{ format!("under way; {} is in force", in_force.name()) }</span> } </> }),
                ("Means", text(mode_words(in_force))),
            ]) }
            { deeds(ctx, vec![set(BlockMode::Ingress, "Block ingress"), set(BlockMode::Bidirectional, "Block both ways"), set(BlockMode::Off, "Turn it off")]) }
            { section("Exclusions", match exclusions.is_empty() {
                true => none_yet("None: what the mode says holds for every VPC and subnet of the Region."),
                false => ledger("three", &["Exclusion", "Of", "Lets pass"], entries.collect()),
            }) }
            { deeds(ctx, vec![Deed::form("Exclude a VPC or subnet", FormKind::More(region, MoreForm::Exclusion))]) }
        </>
    }
}

fn excluded(ctx: &Settled, region: Region, of: Excluded) -> Html {
    match of {
        Excluded::Vpc(id) => link(ctx, region, id),
        Excluded::Subnet(id) => link(ctx, region, id),
    }
}

/// An exclusion.
pub fn exclusion(ctx: &Settled, region: Region, id: PublicExclusionId) -> Option<Told> {
    let row = ctx.world().row::<PublicExclusion>(region, id)?;
    let own = Structure::new().with(field::EXCLUSION_ID, id.to_string());
    let other = match row.mode {
        ExclusionMode::Egress => ExclusionMode::Bidirectional,
        ExclusionMode::Bidirectional => ExclusionMode::Egress,
    };
    let change = own.clone().with(field::INTERNET_GATEWAY_EXCLUSION_MODE, other.name());
    let busy = match row.state {
        ExclusionState::Deleted => Some("it is gone, and shown for about an hour more."),
        state if state.is_passing() => Some("a change is under way."),
        _ => None,
    };
    let label = format!("Change to {}", other.name());
    let mut facts = vec![
        ("Excludes", excluded(ctx, region, row.of)),
        ("Asked for", text(row.mode.name())),
        (
            "In force",
            text(row.in_force.map_or("nothing yet", ExclusionMode::name)),
        ),
        ("Made", text(day_text(row.created))),
        ("Changed", text(day_text(row.updated))),
    ];
    if let Some(at) = row.deleted {
        facts.push(("Deleted", text(day_text(at))));
    }
    Some(Told {
        kind: "Block Public Access exclusion",
        layer: "",
        what: "A VPC or subnet that VPC Block Public Access leaves alone, for connections that begin inside or for all.",
        state: row.state.name(),
        facts,
        deeds: vec![
            Deed::call(
                label,
                ApiCall::ec2(region, "ModifyVpcBlockPublicAccessExclusion", change),
            )
            .unless(busy),
            delete(
                region,
                "DeleteVpcBlockPublicAccessExclusion",
                own,
                "exclusion",
                "The mode of the Region holds there again.",
            )
            .unless(busy),
        ],
        parts: Html::default(),
        source: (BLOCK, "Of two exclusions the more open one counts (ours)."),
    })
}

/// On the page of an Elastic IP: whether it is offered to another account, and the call that does.
pub fn transfer_of(ctx: &Settled, region: Region, id: AllocationId) -> Html {
    let row = ctx.world().ec2(region).and_then(|ec2| ec2.estate.transfers.get(&id));
    let (note, content) = match row {
        Some(row) => ("offered", transfer(ctx, region, row)),
        None => (
            "not offered",
            html! { <>
                <p class="soft">{ "An address can move to another account, which has seven days to take it." }</p>
                { deeds(ctx, vec![Deed::form("Offer to another account", FormKind::More(region, MoreForm::Transfer(id)))]) }
            </> },
        ),
    };
    fold("Transfer", note, content)
}

fn transfer(ctx: &Settled, region: Region, row: &AddressTransfer) -> Html {
    let own = Structure::new().with(field::ALLOCATION_ID, row.allocation.to_string());
    let taken = Structure::new()
        .with(field::ACCOUNT_ID, row.to.clone())
        .with(field::PUBLIC_IP, row.address.to_string());
    let over = (row.state == TransferState::Accepted).then_some("the other account has taken it.");
    html! {
        <>
            { facts(vec![
                ("Address", mono(row.address.to_string())),
                ("To account", mono(row.to.clone())),
                ("State", state(row.state.name())),
                ("Offered", text(day_text(row.offered))),
                ("Until", text(day_text(row.expires))),
                ("Taken", text(row.accepted.map_or("not yet".to_owned(), day_text))),
            ]) }
            { deeds(ctx, vec![
                Deed::call(format!("Take back the offer of {}", row.address), ApiCall::ec2(region, "DisableAddressTransfer", own)).unless(over),
                Deed::call(format!("Let the other account take {}", row.address), ApiCall::new(region, "stratus", "TakeAddress", taken)).unless(over),
            ]) }
        </>
    }
}

/// All transfers of a Region: to others, and from others.
pub fn transfers(ctx: &Settled, region: Region) -> Html {
    let estate = ctx.world().ec2(region).map(|ec2| &ec2.estate);
    let own: Vec<&AddressTransfer> = estate.into_iter().flat_map(|estate| estate.transfers.rows()).collect();
    let offers: Vec<_> = estate.into_iter().flat_map(|estate| estate.offers.rows()).collect();
    let offer = Structure::new().with(field::ACCOUNT_ID, "444455556666");
    html! {
        <>
            { section("To other accounts", match own.is_empty() {
                true => none_yet("None is offered. An Elastic IP's own page offers it."),
                false => html! { <>{ for own.iter().map(|row| transfer(ctx, region, row)) }</> },
            }) }
            { section("From other accounts", match offers.is_empty() {
                true => none_yet("No other account offers an address."),
                false => html! { <>{ for offers.iter().map(|row| {
                    let params = Structure::new().with(field::ADDRESS, row.address.to_string());
                    html! { <div class="stack" key={row.address.to_string()}>
                        { facts(vec![("Address", mono(row.address.to_string())), ("From account", mono(row.from.clone())), ("Until", text(day_text(row.expires)))]) }
                        { deeds(ctx, vec![Deed::call(format!("Accept {}", row.address), ApiCall::ec2(region, "AcceptAddressTransfer", params))]) }
                    </div> }
                }) }</> },
            }) }
            { deeds(ctx, vec![Deed::call("Let account 444455556666 offer one", ApiCall::new(region, "stratus", "OfferAddress", offer))]) }
        </>
    }
}
