//! Search over everything in the world and every action (Ctrl+K).

use crate::session::action::WorkspaceAction;
use crate::session::{Action, Ctx, Dialog, Panel, Selection, use_ctx};
use crate::ui::Modal;
use stratus_classroom::scenarios;
use stratus_engine::World;
use stratus_engine::base::ids::ResourceId;
use stratus_engine::catalog::Region;
use stratus_model::sort;
use web_sys::{HtmlInputElement, KeyboardEvent};
use yew::prelude::*;

/// Most results that are shown.
const MOST: usize = 30;

/// Something that can be found.
struct Found {
    /// What it is called.
    title: String,
    /// What it is.
    kind: String,
    /// What choosing it does.
    actions: Vec<Action>,
}

/// The dialog.
#[component]
pub fn Search() -> Html {
    let ctx = use_ctx();
    let query = use_state(String::new);
    let at = use_state(|| 0_usize);
    let results = find(&ctx, &query);
    let chosen = (*at).min(results.len().saturating_sub(1));
    let oninput = {
        let (query, at) = (query.clone(), at.clone());
        Callback::from(move |event: InputEvent| {
            query.set(
                event
                    .target_dyn_into::<HtmlInputElement>()
                    .map(|input| input.value())
                    .unwrap_or_default(),
            );
            at.set(0);
        })
    };
    let choose = |found: &Found| {
        let (ctx, actions) = (ctx.clone(), found.actions.clone());
        move || {
            ctx.act(Action::Dialog(None));
            actions.iter().cloned().for_each(|action| ctx.act(action));
        }
    };
    let enter = results.get(chosen).map(&choose);
    let onkeydown = {
        let count = results.len();
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "ArrowDown" => {
                event.prevent_default();
                at.set((chosen + 1).min(count.saturating_sub(1)));
            }
            "ArrowUp" => {
                event.prevent_default();
                at.set(chosen.saturating_sub(1));
            }
            "Enter" => {
                event.prevent_default();
                if let Some(enter) = &enter {
                    enter();
                }
            }
            _ => {}
        })
    };
    html! {
        <Modal title="Search" class="search">
            <input class="input" type="search" aria-label="Search everything" placeholder="An instance, an address, a rule, an action…" autofocus={true}
                role="combobox" aria-expanded="true" aria-controls="search-results" aria-activedescendant={format!("found-{chosen}")} {oninput} {onkeydown} />
            <ul class="found" id="search-results" role="listbox" aria-label="Results">
                { for results.iter().enumerate().map(|(index, found)| {
                    let go = choose(found);
                    html! {
                        <li id={format!("found-{index}")} role="option" aria-selected={(index == chosen).to_string()} class={classes!((index == chosen).then_some("here"))} onclick={Callback::from(move |_: MouseEvent| go())}>
                            <span>{ &found.title }</span><span class="soft">{ &found.kind }</span>
                        </li>
                    }
                }) }
            </ul>
            if results.is_empty() { <p class="soft">{ "Nothing in this world, and no action, is called that." }</p> }
        </Modal>
    }
}

/// What matches, best first: what begins with the words, then what holds them.
fn find(ctx: &Ctx, query: &str) -> Vec<Found> {
    let words: Vec<String> = query.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let mut all = actions();
    for (region, _) in ctx.world().regions.iter() {
        all.extend(resources(ctx.world(), *region));
    }
    for bucket in ctx.world().s3.buckets.rows() {
        let name = bucket.name.clone();
        all.push(Found {
            title: name.clone(),
            kind: "bucket".into(),
            actions: vec![
                Action::Open(Panel::Storage),
                Action::Select(Some(Selection::Bucket(name))),
            ],
        });
    }
    for zone in ctx.world().route53.zones.rows() {
        let select = Action::Select(Some(Selection::HostedZone(zone.id.to_string())));
        all.push(Found {
            title: zone.name.clone(),
            kind: "hosted zone".into(),
            actions: vec![Action::Open(Panel::Dns), select],
        });
    }
    let mut ranked: Vec<(usize, Found)> = all
        .into_iter()
        .filter_map(|found| {
            let text = format!("{} {}", found.title, found.kind).to_lowercase();
            let hit = words.iter().all(|word| text.contains(word.as_str()));
            hit.then(|| {
                (
                    usize::from(!words.first().is_some_and(|word| text.starts_with(word.as_str()))),
                    found,
                )
            })
        })
        .collect();
    sort::by_key(&mut ranked, |(rank, _)| *rank);
    ranked.into_iter().map(|(_, found)| found).take(MOST).collect()
}

fn actions() -> Vec<Found> {
    let action = |title: &str, action: Action| Found {
        title: title.into(),
        kind: "action".into(),
        actions: vec![action],
    };
    let mut all = vec![
        action("Launch instance", Action::Dialog(Some(Dialog::Launch))),
        action("Share this world", Action::Dialog(Some(Dialog::Share))),
        action("Undo", Action::Undo),
        action("Redo", Action::Redo),
        action("Step the clock to the next event", Action::StepClock),
        action("Workspaces", Action::Dialog(Some(Dialog::Workspaces))),
        action("Export as a file", Action::Workspace(WorkspaceAction::Export)),
        action("Shortcuts", Action::Dialog(Some(Dialog::Shortcuts))),
        action("Report a problem", Action::Dialog(Some(Dialog::Report))),
    ];
    all.extend(Panel::ALL.into_iter().map(|panel| Found {
        title: panel.name().into(),
        kind: "panel".into(),
        actions: vec![Action::Open(panel)],
    }));
    all.extend(scenarios::ALL.iter().map(|scenario| Found {
        title: scenario.title.into(),
        kind: "scenario".into(),
        actions: vec![Action::OpenScenario(scenario.name.into())],
    }));
    all
}

fn resources(world: &World, region: Region) -> Vec<Found> {
    let Some(ec2) = world.ec2(region) else {
        return Vec::new();
    };
    let mut out: Vec<(ResourceId, String)> = Vec::new();
    for instance in ec2.instances.rows() {
        let addresses = ec2
            .interfaces
            .rows()
            .filter(|i| i.attachment.as_ref().is_some_and(|a| a.instance == instance.id))
            .flat_map(|i| &i.addresses);
        let shown: Vec<String> = addresses
            .flat_map(|a| std::iter::once(a.private.to_string()).chain(a.public.map(|p| p.address.to_string())))
            .collect();
        out.push((
            instance.id.into(),
            format!("{} {}", instance.state.name(), shown.join(" ")),
        ));
    }
    out.extend(
        ec2.security_groups
            .rows()
            .map(|group| (group.id.into(), group.name.clone())),
    );
    out.extend(ec2.vpcs.rows().map(|vpc| {
        (
            vpc.id.into(),
            vpc.cidrs.first().map(|(_, cidr)| cidr.to_string()).unwrap_or_default(),
        )
    }));
    out.extend(
        ec2.subnets
            .rows()
            .map(|subnet| (subnet.id.into(), format!("{} {}", subnet.cidr, subnet.zone.name()))),
    );
    out.extend(ec2.route_tables.rows().map(|table| (table.id.into(), String::new())));
    out.extend(
        ec2.internet_gateways
            .rows()
            .map(|gateway| (gateway.id.into(), String::new())),
    );
    out.extend(ec2.network_acls.rows().map(|acl| (acl.id.into(), String::new())));
    out.extend(ec2.interfaces.rows().map(|i| {
        (
            i.id.into(),
            i.primary().map(|a| a.private.to_string()).unwrap_or_default(),
        )
    }));
    out.extend(
        ec2.addresses
            .rows()
            .map(|address| (address.id.into(), address.address.to_string())),
    );
    out.extend(ec2.volumes.rows().map(|volume| {
        (
            volume.id.into(),
            format!("{} GiB {}", volume.size_gib, volume.volume_type),
        )
    }));
    out.extend(
        ec2.snapshots
            .rows()
            .map(|snapshot| (snapshot.id.into(), snapshot.description.clone())),
    );
    out.extend(ec2.images.rows().map(|image| (image.id.into(), image.name.clone())));
    out.extend(ec2.key_pairs.rows().map(|key| (key.id.into(), key.name.clone())));
    out.into_iter()
        .map(|(id, more)| {
            let (label, text) = (world.label(region, id), id.to_string());
            let title = if label == text {
                text
            } else {
                format!("{label} · {text}")
            };
            let select = vec![
                Action::ShowRegion(region),
                Action::Select(Some(Selection::Resource(region, id))),
            ];
            Found {
                title,
                kind: format!("{} {more}", id.kind().words()).trim().to_owned(),
                actions: select,
            }
        })
        .collect()
}
