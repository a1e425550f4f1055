//! Images (AMIs): yours, Amazon's, the Marketplace's, the community's; how one is made, handed on and given up, and what is
//! left behind then. What is shown is the world's; each button is one call.

mod making;
mod own;

use crate::session::{Action, Ctx, Dialog, Selection, use_ctx};
use crate::ui::{Source, tabs};
use stratus_engine::base::ids::{ImageId, ResourceId};
use stratus_engine::catalog::images::{self, CatalogImage};
use stratus_engine::world::compute::Image;
use stratus_model::sort;
use yew::prelude::*;

/// Whose images are listed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    Yours,
    Amazon,
    Marketplace,
    Community,
}

const ALL: [Owner; 4] = [Owner::Yours, Owner::Amazon, Owner::Marketplace, Owner::Community];

impl Owner {
    fn name(self) -> &'static str {
        match self {
            Owner::Yours => "Yours",
            Owner::Amazon => "Amazon",
            Owner::Marketplace => "Marketplace",
            Owner::Community => "Community",
        }
    }

    /// Whose they are, who sees them, and what to make of it; and where that is documented.
    fn told(self) -> (&'static str, &'static str) {
        match self {
            Owner::Yours => (
                "Made by your account, and seen by nobody else until you share them with an account or make them public.",
                "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharing-amis.html",
            ),
            Owner::Amazon => (
                "Owned by Amazon or by a verified partner of theirs: their owner alias is amazon. Public, and kept up to date.",
                "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharing-amis.html",
            ),
            Owner::Marketplace => (
                "Sold by a vendor in the AWS Marketplace: their owner alias is aws-marketplace, they carry a product code, and you subscribe before you launch one.",
                "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/paid-amis.html",
            ),
            Owner::Community => (
                "Made public by some account. Nobody vouches for what is in them: look at the owner's account number before you launch one.",
                "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/usingsharedamis-finding.html",
            ),
        }
    }

    fn has(self, image: &CatalogImage) -> bool {
        match self {
            Owner::Yours => false,
            Owner::Amazon => image.owner_alias == Some("amazon"),
            Owner::Marketplace => image.owner_alias == Some("aws-marketplace"),
            Owner::Community => image.owner_alias.is_none(),
        }
    }
}

/// The images of the Region.
#[component]
pub fn Images() -> Html {
    let ctx = use_ctx();
    let owner = use_state_eq(|| Owner::Yours);
    let (words, source) = owner.told();
    html! {
        <section class="images" aria-label="Images">
            <div class="row spread">
                <p class="lead">{ "An image (AMI) is what a machine begins as: a root disk, how to attach it, and who may launch it. It belongs to one Region." }</p>
                { tabs("Whose images", &owner, ALL.map(|one| (one, one.name()))) }
            </div>
            <Source {source}>{ words }</Source>
            if *owner == Owner::Yours { <Yours /> } else { { catalogue(&ctx, *owner) } }
        </section>
    }
}

/// Those of your own, and how one makes another.
#[component]
fn Yours() -> Html {
    let ctx = use_ctx();
    let billed = super::use_billed();
    let ec2 = ctx.world().ec2(ctx.region());
    let mut rows: Vec<Image> = ec2.into_iter().flat_map(|ec2| ec2.images.rows()).cloned().collect();
    sort::by_key(&mut rows, |row| std::cmp::Reverse(row.born));
    html! {
        <>
            <making::Making />
            if !rows.is_empty() {
                <ul class="own-images">{ for rows.into_iter().map(|row| html! { <li key={row.id.to_string()}><own::Card {row} billed={billed.clone()} /></li> }) }</ul>
            }
            { own::left(&ctx, &billed) }
        </>
    }
}

/// Selects an image and opens the launch dialog, which begins with it.
fn launch(ctx: &Ctx, id: ImageId) -> Callback<MouseEvent> {
    let ctx = ctx.clone();
    Callback::from(move |_| {
        let image = Selection::Resource(ctx.region(), ResourceId::Image(id));
        ctx.act(Action::Select(Some(image)));
        ctx.act(Action::Dialog(Some(Dialog::Launch)));
    })
}

fn catalogue(ctx: &Ctx, owner: Owner) -> Html {
    let (region, now) = (ctx.region(), ctx.world().now.0);
    let line = |image: &'static CatalogImage| {
        let id = ImageId(image.id(region));
        let old = image.deprecated_ms <= now;
        let name = image.name;
        html! {
            <tr key={name}>
                <td><button class="link" onclick={super::select(ctx, id)}>{ image.description }</button><div class="soft mono small">{ name }</div></td>
                <td class="mono">{ image.owner_id }</td>
                <td>{ format!("{} · {}", image.architecture.name(), image.platform.details()) }</td>
                <td>{ if image.root_volume().is_some() { "EBS" } else { "instance store" } }</td>
                <td class="deeds-cell">
                    if image.product_code.is_some() { <span class="soft">{ "by subscription" }</span> }
                    else if old { <span class="soft">{ "deprecated" }</span> }
                    else { <button class="btn" aria-label={format!("Launch from it: {}", image.description)} onclick={launch(ctx, id)}>{ "Launch from it" }</button> }
                </td>
            </tr>
        }
    };
    html! {
        <div class="scroll-x" tabindex="0" role="group" aria-label={format!("Images: {}", owner.name())}><table>
            <thead><tr><th>{ "Image" }</th><th>{ "Owner" }</th><th>{ "Machine" }</th><th>{ "Root" }</th><th><span class="visually-hidden">{ "What can be done" }</span></th></tr></thead>
            <tbody>{ for images::images(region).filter(|image| owner.has(image)).map(line) }</tbody>
        </table></div>
    }
}
