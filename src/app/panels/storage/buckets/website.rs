//! A bucket as a website: switched on, found by the simulated DNS, fetched by a browser without keys. Looking changes nothing.

use super::super::use_text;
use super::{BucketProps, call, row};
use crate::panels::dns::visit::Visit;
use crate::session::action::{DnsView, Internal};
use crate::session::{Action, Ctx, State, use_ctx};
use crate::ui::{CallButton, CommandLine, Source, Typed};
use std::rc::Rc;
use stratus_engine::services::s3::website;
use stratus_engine::world::objects::DocumentKind;
use stratus_model::{Structure, field};
use yew::prelude::*;

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
    let Some(bucket) = row(&ctx, &props.name) else {
        return Html::default();
    };
    let host = website::host(&props.name, bucket.region);
    let address = format!("http://{host}/");
    let open_dns = Callback::from(move |_: MouseEvent| ask_dns(&ctx, &host));
    html! {
        <section class="stack" aria-label="Visit the website">
            <div class="row spread"><h3>{ "Its address" }</h3><button class="btn" type="button" onclick={open_dns}>{ "Open DNS" }</button></div>
            <CommandLine command={address.clone()} />
            <Visit {address} />
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
