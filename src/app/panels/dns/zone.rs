//! A hosted zone: its records as they were asked for, what the name servers answer until a change has reached them, and
//! the form for a new one.

use super::until;
use crate::dialogs::FormKind;
use crate::dialogs::form::{Form, names};
use crate::session::action::Outcome;
use crate::session::{Action, ApiCall, Ctx, Dialog, GLOBAL, use_ctx};
use crate::ui::{CallButton, download};
use stratus_engine::base::ids::HostedZoneId;
use stratus_engine::dns::name;
use stratus_engine::services::route53::describe_record;
use stratus_engine::world::names::{HostedZone, Policy, RecordKey, RecordSet};
use stratus_model::{Structure, field};
use yew::prelude::*;

/// Properties of [`ZoneView`].
#[derive(Properties, PartialEq)]
pub struct ZoneProps {
    /// Which.
    pub id: HostedZoneId,
}

/// The zone.
#[component]
pub fn ZoneView(props: &ZoneProps) -> Html {
    let ctx = use_ctx();
    let Some(zone) = ctx.world().route53.zones.get(&props.id) else {
        return html! { <section class="card" /> };
    };
    let domain = name::said(&zone.name);
    let delete = ApiCall::new(
        GLOBAL,
        "route53",
        "DeleteHostedZone",
        Structure::new().with(field::ID, zone.id.to_string()),
    );
    let export = Structure::new().with(field::HOSTED_ZONE_ID, zone.id.to_string());
    let export = ApiCall::new(GLOBAL, "stratus", "ExportZone", export);
    let import = {
        let id = zone.id;
        ctx.on(move || Action::Dialog(Some(Dialog::Form(FormKind::ImportZone(id)))))
    };
    // Every zone keeps its NS and SOA records to the end.
    let not =
        (zone.records.len() > 2).then_some(AttrValue::from("Delete its records first: all but its own NS and SOA"));
    let gone = zone.served.iter().filter(|(key, _)| !zone.records.contains(key));
    html! {
        <section class="card" aria-label={format!("Zone {domain}")}>
            <div class="row spread">
                <h2>{ domain.clone() }</h2>
                <div class="row">
                    <CallButton label="Export" of={format!("the zone {domain}")} call={export} done={keep_file(&domain)} />
                    <button class="btn" onclick={import} aria-label={format!("Import… into the zone {domain}")} aria-haspopup="dialog">{ "Import…" }</button>
                    <CallButton label="Delete zone" class={classes!("danger")} call={delete} disabled={not.clone()} />
                </div>
            </div>
            <p class="soft">{ whom(&ctx, zone) }if not.is_some() { { " To delete it, delete its records first: all but its own NS and SOA." } }</p>
            <div class="scroll-x"><table class="records">
                <thead><tr><th>{ "Name" }</th><th>{ "Type" }</th><th>{ "Value" }</th><th class="number">{ "TTL" }</th><th>{ "Name servers" }</th><th><span class="visually-hidden">{ "Actions" }</span></th></tr></thead>
                <tbody>
                    { for zone.records.iter().map(|(key, one)| row(&ctx, zone, key, one)) }
                    { for gone.map(|(key, one)| html! {
                        <tr key={format!("gone {key:?}")} class="gone"><td class="mono">{ name::said(&one.name) }</td><td>{ &one.record_type }</td><td class="mono">{ contents(one).join(", ") }</td><td class="number">{ one.ttl }</td>
                            <td colspan="2">{ format!("deleted; they answer with it for {} more", until(ctx.world().now, zone.in_sync)) }</td></tr>
                    }) }
                </tbody>
            </table></div>
            <h3>{ "New record" }</h3>
            <Form key={zone.id.to_string()} kind={FormKind::CreateRecord(zone.id)} inline={true} />
        </section>
    }
}

/// Hands the person the zone as a file in BIND's format, `example.com.zone`.
fn keep_file(domain: &str) -> Callback<Outcome> {
    let file = format!("{domain}.zone");
    Callback::from(move |outcome: Outcome| {
        if let Ok(answer) = outcome {
            let text = answer.text(field::ZONE_FILE).unwrap_or_default();
            download::save(&file, "text/plain", text.as_bytes());
        }
    })
}

/// Whom the zone answers, and whether it does yet.
fn whom(ctx: &Ctx, zone: &HostedZone) -> String {
    let who = match &zone.private {
        Some(vpcs) => {
            let names: Vec<String> = vpcs
                .iter()
                .map(|(region, vpc)| {
                    format!(
                        "{} in {}",
                        crate::map::picture::name_of(ctx.world(), *region, *vpc),
                        region.name()
                    )
                })
                .collect();
            format!("Private: only the resolver of {} knows it.", names.join(", "))
        }
        None => format!("Public: everybody may ask {}.", zone.name_servers.join(", ")),
    };
    if zone.served.is_empty() {
        format!(
            "{who} Its name servers learn of it in {}.",
            until(ctx.world().now, zone.in_sync)
        )
    } else {
        who
    }
}

fn row(ctx: &Ctx, zone: &HostedZone, key: &RecordKey, one: &RecordSet) -> Html {
    let said = name::said(&one.name);
    // The domain's own name servers and its SOA cannot be deleted.
    let fixed = one.name == zone.name && matches!(one.record_type.as_str(), "NS" | "SOA");
    // A traffic policy looks after its records itself.
    let open = one.traffic.is_none();
    let delete = names::change(zone.id, "DELETE", describe_record(one));
    let edit = {
        let kind = FormKind::EditRecord(zone.id, key.clone());
        ctx.on(move || Action::Dialog(Some(Dialog::Form(kind.clone()))))
    };
    let what = match &one.identifier {
        Some(identifier) => format!("{} record {identifier} of {said}", one.record_type),
        None => format!("{} record of {said}", one.record_type),
    };
    html! {
        <tr key={format!("{key:?}")}>
            <td class="mono">{ said.clone() }</td><td>{ &one.record_type }</td>
            <td class="mono">{ for contents(one).iter().map(|value| html! { <div>{ value }</div> }) }</td>
            <td class="number">{ one.ttl }</td>
            <td>{ servers(ctx, zone, key, one) }</td>
            <td class="deeds-cell">
                if open { <button class="btn" onclick={edit} aria-label={format!("Edit the {what}")} aria-haspopup="dialog">{ "Edit…" }</button> }
                if !fixed { <CallButton label="Delete" of={format!("the {what}")} class={classes!("danger")} call={delete} /> }
            </td>
        </tr>
    }
}

/// The values, or what the record stands for; then its policy and health check.
fn contents(one: &RecordSet) -> Vec<String> {
    let mut lines = match &one.alias {
        Some(alias) => vec![format!("alias of {}", name::said(&alias.target))],
        None => one.values.clone(),
    };
    let identifier = one.identifier.as_deref().unwrap_or_default();
    let policy = match &one.policy {
        None => String::new(),
        Some(Policy::Weighted(weight)) => format!("weight {weight}"),
        Some(Policy::Latency(region)) => format!("latency from {region}"),
        Some(Policy::Failover(true)) => "failover: primary".into(),
        Some(Policy::Failover(false)) => "failover: secondary".into(),
        Some(Policy::Geolocation(place)) => {
            let codes = [&place.continent, &place.country, &place.subdivision];
            let codes: Vec<&str> = codes
                .into_iter()
                .map(String::as_str)
                .filter(|code| !code.is_empty())
                .collect();
            format!("askers in {}", codes.join("-"))
        }
        Some(Policy::Geoproximity(_)) => "the nearest".into(),
        Some(Policy::Multivalue) => "one of several".into(),
        Some(Policy::Cidr(_, location)) => format!("askers from {location}"),
    };
    if !policy.is_empty() {
        lines.push(format!("{identifier}: {policy}"));
    }
    lines.extend(one.health_check.iter().map(|id| format!("health check {id}")));
    lines
}

/// What the name servers answer at this moment: this, or still something else.
fn servers(ctx: &Ctx, zone: &HostedZone, key: &RecordKey, one: &RecordSet) -> Html {
    let now = ctx.world().now;
    if one.in_sync <= now {
        return html! { <span class="state ok">{ "INSYNC" }</span> };
    }
    let old = match zone.served.get(key) {
        Some(old) if contents(old) != contents(one) => format!("until then: {}", contents(old).join(", ")),
        Some(_) => "until then with the old TTL".into(),
        None => "until then: no such name".into(),
    };
    html! { <><span class="state pending">{ format!("PENDING, {} more", until(now, one.in_sync)) }</span><div class="soft small">{ old }</div></> }
}
