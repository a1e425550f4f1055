//! Presigned links: made, copied, tried now and after the clock has moved. S3 keeps none of them, nor does the world: they are
//! this visit's only.

use super::super::{choose, on_clock, use_text};
use super::{BucketProps, keys, row};
use crate::session::{Action, Ctx, use_ctx};
use crate::ui::{CommandLine, Empty, Source, Typed, bytes_text};
use stratus_engine::base::limits::LINK_SECONDS;
use stratus_engine::base::time::{Span, Time};
use stratus_engine::services::s3::presigned;
use stratus_model::field;
use stratus_shell::Cloud;
use yew::prelude::*;

/// A link that was made.
#[derive(Clone, PartialEq)]
struct Link {
    key: String,
    url: String,
    made: Time,
    seconds: i64,
    /// What came of the last try, and when.
    tried: Option<(Time, Result<String, String>)>,
}

impl Link {
    fn ends(&self) -> Time {
        Time(self.made.0.saturating_add(self.seconds * 1_000))
    }
}

/// The page.
#[component]
pub fn Links(props: &BucketProps) -> Html {
    let ctx = use_ctx();
    let links = use_state(Vec::<Link>::new);
    let (picked, on_key) = use_text(String::new);
    let (seconds, on_seconds) = use_text(|| "3600".to_owned());
    let Some(bucket) = row(&ctx, &props.name) else {
        return Html::default();
    };
    let choices = keys(bucket, |_, _| true);
    let key = choices.iter().find(|key| **key == *picked).or(choices.first());
    let Some(key) = key.cloned() else {
        return html! { <Empty title="No object to lend"><p>{ "A presigned link lets whoever holds it read one object for a time. Upload an object first." }</p></Empty> };
    };
    let number = seconds.trim().parse::<i64>().unwrap_or(0).clamp(1, LINK_SECONDS);
    let command = format!(
        "aws s3 presign {} --expires-in {number} --region {}",
        stratus_shell::quote(&format!("s3://{}/{key}", props.name)),
        bucket.region.name()
    );
    let make = {
        let (ctx, links, name, key, region) = (
            ctx.clone(),
            links.clone(),
            props.name.clone(),
            key.clone(),
            bucket.region,
        );
        Callback::from(move |_: MouseEvent| {
            let (keys, now) = ctx.read(|engine| (Cloud::keys(engine), engine.world().now));
            let (host, path) = presigned::place(&name, &key, region);
            let link = Link {
                key: key.clone(),
                url: presigned::sign(
                    (&host, &path),
                    region.name(),
                    (&keys.access_key, &keys.secret),
                    now,
                    &number.to_string(),
                ),
                made: now,
                seconds: number,
                tried: None,
            };
            // Made again at the same moment, a link is the same one.
            let others = links.iter().filter(|one| one.url != link.url).cloned();
            links.set([link.clone()].into_iter().chain(others).collect());
        })
    };
    html! {
        <>
            <div class="take">
                { choose("Object", &key, choices.iter().map(|key| (key, key)), on_key) }
                <label class="field narrow">{ "Seconds" }<Typed value={(*seconds).clone()} onchange={on_seconds} range={(1, LINK_SECONDS as u32)} /></label>
                <button class="btn primary" onclick={make}>{ "Make a link" }</button>
            </div>
            <CommandLine {command} />
            <ul class="lent" aria-label="Links">{ for links.iter().enumerate().map(|(at, link)| line(&ctx, at, link, &links)) }</ul>
            <Source source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html">{ "A link carries its maker's right, whatever the policy says of anybody, for at most seven days; it ends earlier when the maker's key or right does." }</Source>
        </>
    }
}

fn line(ctx: &Ctx, at: usize, link: &Link, links: &UseStateHandle<Vec<Link>>) -> Html {
    let now = ctx.world().now;
    let ends = link.ends();
    let over = now > ends;
    let attempt = {
        let (ctx, links, url) = (ctx.clone(), links.clone(), link.url.clone());
        Callback::from(move |_: MouseEvent| {
            let (now, came) = ctx.read(|engine| (engine.world().now, presigned::open(engine.world(), &url)));
            let said = match came {
                Ok(answer) => Ok(format!(
                    "200 OK, {}",
                    bytes_text(answer.blob(field::BODY).map_or(0, |body| body.len() as i64))
                )),
                Err(error) => Err(format!("{} {}: {}", error.status, error.code, error.message)),
            };
            let mut all = (*links).clone();
            if let Some(link) = all.get_mut(at) {
                link.tried = Some((now, said));
            }
            links.set(all);
        })
    };
    let forget = {
        let links = links.clone();
        Callback::from(move |_: MouseEvent| {
            let kept = links.iter().enumerate().filter(|(place, _)| *place != at);
            links.set(kept.map(|(_, link)| link.clone()).collect());
        })
    };
    let after = ends + Span(1_000);
    let state = match () {
        () if now < link.made => "not yet valid: the clock is before its making".to_owned(),
        () if over => format!("ran out at {}", on_clock(ctx, ends)),
        () => format!(
            "good for {} more, until {}",
            crate::inspector::span_text(ends - now),
            on_clock(ctx, ends)
        ),
    };
    html! {
        <li key={link.url.clone()} class="card">
            <p><b class="mono">{ &link.key }</b>{ " " }<span class={classes!("state", if over { "terminated" } else { "ok" })}>{ state }</span></p>
            <CommandLine command={link.url.clone()} />
            <div class="row">
                <button class="btn" onclick={attempt} aria-label={format!("Try it: {}", link.key)}>{ "Try it" }</button>
                if !over { <button class="btn" onclick={ctx.on(move || Action::AdvanceTo(after))}>{ "Let it run out" }</button> }
                <button class="btn quiet" onclick={forget} aria-label={format!("Forget the link to {}", link.key)}>{ "Forget" }</button>
            </div>
            <p role="status" class="tried">{ link.tried.as_ref().map(|(at, said)| match said {
                Ok(text) => html! { <><span class="mark-allow" aria-hidden="true">{ "✓" }</span>{ format!(" {text}, at {}", on_clock(ctx, *at)) }</> },
                Err(text) => html! { <><span class="mark-deny" aria-hidden="true">{ "✕" }</span>{ format!(" {text}, at {}", on_clock(ctx, *at)) }</> },
            }) }</p>
        </li>
    }
}
