//! Event notifications: whom a bucket tells of what, and the messages that would have been sent.

use super::super::{choose, on_clock, use_text};
use super::{BucketProps, call, pretty, row};
use crate::session::{ApiCall, Ctx, use_ctx};
use crate::ui::{CallButton, Empty, Source, Typed};
use stratus_engine::services::s3::notify::{self, Message};
use stratus_engine::world::objects::{Bucket, DocumentKind};
use stratus_model::{Name, Structure, field};
use yew::prelude::*;

/// Messages that are shown.
const MOST: usize = 20;

/// What can be told: the event, in words.
const EVENTS: [(&str, &str); 7] = [
    ("s3:ObjectCreated:*", "an object is made"),
    ("s3:ObjectRemoved:*", "an object is deleted"),
    ("s3:ObjectRestore:*", "an object is restored from an archive"),
    ("s3:LifecycleExpiration:*", "a lifecycle rule expires an object"),
    ("s3:LifecycleTransition", "a lifecycle rule moves an object"),
    ("s3:ObjectTagging:*", "tags change"),
    ("s3:ObjectAcl:Put", "an ACL changes"),
];

/// Kinds of destinations: the value, words, the list of the API and what holds the ARN.
fn kinds() -> [(&'static str, &'static str, Name, Name); 3] {
    [
        ("sqs", "an SQS queue", field::QUEUE_CONFIGURATIONS, field::QUEUE_ARN),
        ("sns", "an SNS topic", field::TOPIC_CONFIGURATIONS, field::TOPIC_ARN),
        (
            "lambda",
            "a Lambda function",
            field::LAMBDA_FUNCTION_CONFIGURATIONS,
            field::LAMBDA_FUNCTION_ARN,
        ),
    ]
}

/// The page.
#[component]
pub fn Events(props: &BucketProps) -> Html {
    let ctx = use_ctx();
    let (kind, on_kind) = use_text(|| "sqs".to_owned());
    let (name, on_name) = use_text(|| "uploads".to_owned());
    let (event, on_event) = use_text(|| "s3:ObjectCreated:*".to_owned());
    let (prefix, on_prefix) = use_text(String::new);
    let Some(bucket) = row(&ctx, &props.name) else {
        return Html::default();
    };
    let account = ctx.world().account();
    let resource = if *kind == "lambda" {
        format!("function:{}", *name)
    } else {
        (*name).clone()
    };
    let arn = format!("arn:aws:{}:{}:{account}:{resource}", *kind, bucket.region.name());
    let kinds_of = kinds().map(|(value, words, ..)| (value, words));
    let put = with(bucket, &kind, &one(&kind, &arn, &event, &prefix));
    let bus = with_bus(bucket);
    html! {
        <>
            <p class="soft">{ "A bucket can tell others what happens in it. Stratus does not run queues, topics, functions or buses yet: what they would receive is written down below, and goes no further." }</p>
            <div class="take">
                { choose("When", &event, EVENTS, on_event) }
                <label class="field">{ "Keys that begin with" }<Typed value={(*prefix).clone()} onchange={on_prefix} placeholder="all" /></label>
                { choose("Tell", &kind, kinds_of, on_kind) }
                <label class="field">{ "Name" }<Typed value={(*name).clone()} onchange={on_name} /></label>
            </div>
            <p class="soft">{ "To " }<code>{ &arn }</code></p>
            <div class="row">
                <CallButton label="Add notification" class={classes!("primary")} call={put} />
                if let Some(bus) = bus { <CallButton label="Tell EventBridge all" call={bus} /> }
                if bucket.settings.documents.contains_key(&DocumentKind::Notification) { <CallButton label="Tell nobody" class={classes!("danger")} call={set(bucket, Structure::new())} /> }
            </div>
            { rules(bucket) }
            { sent(&ctx, &notify::messages(ctx.world(), &props.name)) }
            <Source source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html">{ "At AWS the destination must exist and let S3 send to it, or the configuration is refused." }</Source>
        </>
    }
}

fn given(bucket: &Bucket) -> Structure {
    let kept = bucket.settings.documents.get(&DocumentKind::Notification);
    kept.map(|document| document.0.clone()).unwrap_or_default()
}

fn set(bucket: &Bucket, all: Structure) -> ApiCall {
    call(bucket, "PutBucketNotificationConfiguration", |own| {
        own.with(field::NOTIFICATION_CONFIGURATION, all)
    })
}

fn one(kind: &str, arn: &str, event: &str, prefix: &str) -> Structure {
    let holder = kinds()
        .into_iter()
        .find(|(value, ..)| *value == kind)
        .map_or(field::QUEUE_ARN, |(.., arn)| arn);
    let rule = Structure::new().with(field::NAME, "prefix").with(field::VALUE, prefix);
    let key = Structure::new().with(field::FILTER_RULES, vec![rule]);
    let filter = (!prefix.is_empty()).then(|| Structure::new().with(field::KEY, key));
    Structure::new()
        .with(holder, arn)
        .with(field::EVENTS, vec![event.to_owned()])
        .with_some(field::FILTER, filter)
}

/// What the bucket has, and one more.
fn with(bucket: &Bucket, kind: &str, one: &Structure) -> ApiCall {
    let mut all = given(bucket);
    let list = kinds()
        .into_iter()
        .find(|(value, ..)| *value == kind)
        .map_or(field::QUEUE_CONFIGURATIONS, |(_, _, list, _)| list);
    let rows: Vec<Structure> = all.structures(list).cloned().chain([one.clone()]).collect();
    all.set(list, rows);
    set(bucket, all)
}

/// What the bucket has, and EventBridge; `None` where it is on.
fn with_bus(bucket: &Bucket) -> Option<ApiCall> {
    let mut all = given(bucket);
    if all.contains(field::EVENT_BRIDGE_CONFIGURATION) {
        return None;
    }
    all.set(field::EVENT_BRIDGE_CONFIGURATION, Structure::new());
    Some(set(bucket, all))
}

/// What the bucket was told, one line for each.
fn rules(bucket: &Bucket) -> Html {
    let all = given(bucket);
    let mut lines = Vec::new();
    for (_, words, list, arn) in kinds() {
        for one in all.structures(list) {
            let events: Vec<&str> = one.texts(field::EVENTS).collect();
            lines.push((one.text(arn).unwrap_or_default().to_owned(), words, events.join(", ")));
        }
    }
    if all.contains(field::EVENT_BRIDGE_CONFIGURATION) {
        lines.push((
            "EventBridge".to_owned(),
            "the default event bus",
            "everything".to_owned(),
        ));
    }
    if lines.is_empty() {
        return Html::default();
    }
    html! {
        <ul class="rule-list" aria-label="Who is told">{ for lines.into_iter().map(|(arn, words, events)| html! {
            <li><b>{ events }</b><span>{ format!("tells {words} ") }<code>{ arn }</code></span></li>
        }) }</ul>
    }
}

/// The messages, newest first.
fn sent(ctx: &Ctx, messages: &[Message]) -> Html {
    if messages.is_empty() {
        return html! { <Empty title="No message yet"><p>{ "Add a notification, then upload or delete something." }</p></Empty> };
    }
    html! {
        <section class="stack" aria-label="Event messages">
            <h3>{ "Event messages" }</h3>
            <ul class="lent">{ for messages.iter().take(MOST).map(|one| html! {
                <li class="card">
                    <p><b>{ &one.name }</b>{ " " }<code>{ &one.key }</code><span class="soft">{ format!(" · {}", on_clock(ctx, one.at)) }</span></p>
                    <p class="soft">{ format!("For {}, which Stratus does not run yet: nobody received it.", one.to) }</p>
                    <details><summary>{ "The message" }</summary><pre class="statement" tabindex="0">{ pretty(&one.text) }</pre></details>
                </li>
            }) }</ul>
            if messages.len() > MOST { <p class="soft">{ format!("and {} before them", messages.len() - MOST) }</p> }
        </section>
    }
}
