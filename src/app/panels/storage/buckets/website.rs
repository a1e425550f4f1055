//! A bucket as a website: switched on, found by the simulated DNS, fetched by a browser without keys. Looking changes nothing.

use super::super::use_text;
use super::{BucketProps, call, row};
use crate::session::action::{DnsView, Internal};
use crate::session::{Action, Ctx, State, use_ctx};
use crate::ui::{CallButton, CommandLine, Source, Typed};
use std::cell::RefCell;
use std::rc::Rc;
use stratus_engine::World;
use stratus_engine::dns::{Asker, Query, Resolution};
use stratus_engine::services::s3::public::Visit;
use stratus_engine::services::s3::website::{self, Fetched};
use stratus_engine::world::objects::{Bucket, DocumentKind};
use stratus_model::{Structure, field};
use web_sys::SubmitEvent;
use yew::prelude::*;

/// Bytes of an answer that are shown.
const SHOWN: usize = 2_000;

/// What came of a visit: the name's resolution, then the answer.
#[derive(Clone, PartialEq)]
struct Trip {
    path: String,
    resolved: Result<Resolution, String>,
}

/// The page.
#[component]
pub fn Website(props: &BucketProps) -> Html {
    let ctx = use_ctx();
    let Some(bucket) = row(&ctx, &props.name) else {
        return Html::default();
    };
    let on = bucket.settings.documents.contains_key(&DocumentKind::Website);
    html! {
        <>
            <Switch name={props.name.clone()} />
            if on { <Visitor name={props.name.clone()} /> }
            <Source source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteHosting.html">{ "A website speaks HTTP only, shows what everybody may read, and answers a folder with its index document." }</Source>
        </>
    }
}

/// Index and error document, and the buttons that switch it on and off.
#[component]
fn Switch(props: &BucketProps) -> Html {
    let ctx = use_ctx();
    let kept = row(&ctx, &props.name).and_then(|bucket| bucket.settings.documents.get(&DocumentKind::Website));
    let said = |outer, inner| {
        let inside = kept.and_then(|document| document.0.structure(outer));
        inside.and_then(|inside| inside.text(inner)).map(str::to_owned)
    };
    let (index, on_index) =
        use_text(|| said(field::INDEX_DOCUMENT, field::SUFFIX).unwrap_or_else(|| "index.html".into()));
    let (error, on_error) = use_text(|| said(field::ERROR_DOCUMENT, field::KEY).unwrap_or_else(|| "error.html".into()));
    let Some(bucket) = row(&ctx, &props.name) else {
        return Html::default();
    };
    let document = (!error.is_empty()).then(|| Structure::new().with(field::KEY, error.as_str()));
    let site = Structure::new()
        .with(
            field::INDEX_DOCUMENT,
            Structure::new().with(field::SUFFIX, index.as_str()),
        )
        .with_some(field::ERROR_DOCUMENT, document);
    let put = call(bucket, "PutBucketWebsite", |own| {
        own.with(field::WEBSITE_CONFIGURATION, site)
    });
    let off = call(bucket, "DeleteBucketWebsite", |own| own);
    html! {
        <div class="take">
            <label class="field">{ "Index document" }<Typed value={(*index).clone()} onchange={on_index} /></label>
            <label class="field">{ "Error document" }<Typed value={(*error).clone()} onchange={on_error} placeholder="none" /></label>
            <CallButton label={if kept.is_some() { "Change website" } else { "Switch website on" }} class={classes!("primary")} call={put} />
            if kept.is_some() { <CallButton label="Switch off" call={off} /> }
        </div>
    }
}

/// The address, and a visit to it.
#[component]
fn Visitor(props: &BucketProps) -> Html {
    let ctx = use_ctx();
    let (path, on_path) = use_text(|| "/".to_owned());
    let visit = use_state(|| None::<Trip>);
    let Some(bucket) = row(&ctx, &props.name) else {
        return Html::default();
    };
    let host = website::host(&props.name, bucket.region);
    let address = format!("http://{host}{}", *path);
    let onsubmit = {
        let (ctx, host, path, visit) = (ctx.clone(), host.clone(), path.clone(), visit.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            fetch(&ctx, &host, &path, &visit);
        })
    };
    let open_dns = {
        let (ctx, host) = (ctx.clone(), host.clone());
        Callback::from(move |_: MouseEvent| ask_dns(&ctx, &host))
    };
    html! {
        <section class="stack" aria-label="Visit the website">
            <h3>{ "Its address" }</h3>
            <CommandLine command={address} />
            <form class="take" {onsubmit}>
                <label class="field">{ "Path" }<Typed value={(*path).clone()} onchange={on_path} /></label>
                <button class="btn primary" type="submit">{ "Fetch it" }</button>
                <button class="btn" type="button" onclick={open_dns}>{ "Open DNS" }</button>
            </form>
            <div role="status">{ visit.as_ref().map(|visit| answer(&ctx, bucket, &host, visit)) }</div>
        </section>
    }
}

/// Opens the DNS panel with this name in its question.
fn ask_dns(ctx: &Ctx, host: &str) {
    let host = host.to_owned();
    let name = move |state: &mut State| state.edit(|screen| screen.dns_name = Some(host.clone()));
    ctx.act(Action::Internal(Internal::Apply(Rc::new(name))));
    ctx.act(Action::ViewDns(DnsView::Names));
}

/// Asks the resolvers, whose memory is the session's, and keeps what they say.
fn fetch(ctx: &Ctx, host: &str, path: &str, visit: &UseStateHandle<Option<Trip>>) {
    let query = Query {
        name: host.to_owned(),
        record_type: "A".to_owned(),
        from: Asker::read("internet").unwrap_or(Asker::Region(ctx.region())),
    };
    let (query, path, visit) = (RefCell::new(Some(query)), path.to_owned(), visit.clone());
    let task = move |state: &mut State| {
        let Some(query) = query.borrow_mut().take() else { return };
        let resolved = state.engine.borrow_mut().resolve(&query).map_err(|error| error.message);
        visit.set(Some(Trip {
            path: path.clone(),
            resolved,
        }));
    };
    ctx.act(Action::Internal(Internal::Apply(Rc::new(task))));
}

/// The steps of a visit, as the world answers now.
fn answer(ctx: &Ctx, bucket: &Bucket, host: &str, visit: &Trip) -> Html {
    let address = match &visit.resolved {
        Err(problem) => return html! { <p class="field-error">{ format!("DNS: {problem}") }</p> },
        Ok(found) => found
            .answers
            .iter()
            .find(|one| one.record_type == "A")
            .map(|one| one.value.clone()),
    };
    let Some(address) = address else {
        return html! { <p class="field-error">{ format!("DNS has no address for {host}.") }</p> };
    };
    let path = visit.path.trim_start_matches('/');
    let got = match website::of(ctx.world(), &bucket.name) {
        Ok(site) => website::fetch(ctx.world(), &bucket.name, &site, path, &Visit::of_laptop("Mozilla/5.0")),
        Err(error) => return html! { <p class="field-error">{ format!("{}: {}", error.code, error.message) }</p> },
    };
    let (class, sign) = if got.status < 400 {
        ("mark-allow", "✓")
    } else {
        ("mark-deny", "✕")
    };
    html! {
        <ol class="ladder">
            <li><b>{ format!("DNS: {host} is {address}") }</b><span class="soft">{ "The same address for every bucket of the Region: S3 tells them apart by the name in the request." }</span></li>
            <li><b><span {class} aria-hidden="true">{ sign }</span>{ format!(" {} {}", got.status, phrase(got.status)) }if let Some(place) = &got.location { { format!(" → {place}") } }</b><span class="soft">{ &got.why }</span></li>
            { shown(ctx.world(), bucket, &got) }
        </ol>
    }
}

fn shown(world: &World, bucket: &Bucket, got: &Fetched) -> Html {
    let key = got.key.as_ref();
    let Some((key, object)) = key.and_then(|key| Some((key, world.s3.buckets.get(&bucket.name)?.objects.get(key)?)))
    else {
        return Html::default();
    };
    let text = String::from_utf8_lossy(&object.body.copy(0, SHOWN)).into_owned();
    html! { <li><b>{ format!("{key}, {}", object.content_type) }</b><pre class="output" tabindex="0">{ text }</pre></li> }
}

fn phrase(status: u16) -> &'static str {
    match status {
        200 => "OK",
        301 => "Moved Permanently",
        302 => "Found",
        403 => "Forbidden",
        404 => "Not Found",
        _ => "",
    }
}
