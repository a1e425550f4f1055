//! Lifecycle rules: a form for one, the rules there are, and what they will do to which object at which midnight.

use super::super::{choose, on_clock, pass_to, use_text};
use super::classes::CLASSES;
use super::{BucketProps, MINUTE, call, row, use_tried};
use crate::map::count;
use crate::session::{ApiCall, Ctx, use_ctx};
use crate::ui::{CallButton, Source, Typed};
use stratus_engine::services::s3::lifecycle::foresight::{self, Foreseen};
use stratus_engine::world::objects::{Bucket, DocumentKind};
use stratus_model::{Structure, field};
use yew::prelude::*;

/// Lines of the preview.
const MOST: usize = 60;

/// What a rule can do.
const DEEDS: [(&str, &str); 5] = [
    ("move", "Move current objects to a class"),
    ("expire", "Expire current objects"),
    ("move-older", "Move noncurrent versions to a class"),
    ("expire-older", "Delete noncurrent versions"),
    ("abort", "Abort uploads in parts"),
];

/// The page's part.
#[component]
pub fn Lifecycle(props: &BucketProps) -> Html {
    let ctx = use_ctx();
    let (id, on_id) = use_text(|| "tidy-up".to_owned());
    let (prefix, on_prefix) = use_text(String::new);
    let (deed, on_deed) = use_text(|| "move".to_owned());
    let (days, on_days) = use_text(|| "30".to_owned());
    let (class, on_class) = use_text(|| "STANDARD_IA".to_owned());
    let Some(bucket) = row(&ctx, &props.name) else {
        return Html::default();
    };
    let number = days.trim().parse::<i64>().ok();
    let rule = number.map(|days| rule(&id, &prefix, &deed, days, &class));
    let put = rule.map(|rule| put(bucket, &id, rule));
    let classes = CLASSES.iter().skip(1).map(|class| (class.name, class.words));
    html! {
        <section class="stack" aria-label="Lifecycle rules">
            <h3>{ "Lifecycle rules" }</h3>
            <p class="soft">{ "A rule acts once a day, at the midnight (UTC) after its days have passed." }</p>
            { rules(bucket) }
            <div class="take">
                <label class="field">{ "Rule" }<Typed value={(*id).clone()} onchange={on_id} /></label>
                <label class="field">{ "Keys that begin with" }<Typed value={(*prefix).clone()} onchange={on_prefix} placeholder="all" /></label>
                { choose("What", &deed, DEEDS, on_deed) }
                <label class="field narrow">{ "After days" }<Typed value={(*days).clone()} onchange={on_days} range={(0, 3_650)} /></label>
                if deed.starts_with("move") { { choose("To", &class, classes, on_class) } }
            </div>
            <Preview {put} />
            <InForce name={props.name.clone()} />
            <Source source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html">{ "Objects under 128 KiB are not moved unless a rule speaks of sizes." }</Source>
        </section>
    }
}

/// A rule that does one of the deeds above.
pub fn rule(id: &str, prefix: &str, deed: &str, days: i64, class: &str) -> Structure {
    let rule = Structure::new()
        .with(field::ID_, id)
        .with(field::STATUS, "Enabled")
        .with(field::FILTER, Structure::new().with(field::PREFIX, prefix));
    let one = Structure::new();
    match deed {
        "expire" => rule.with(field::EXPIRATION, one.with(field::DAYS, days)),
        "move-older" => {
            let to = one.with(field::NONCURRENT_DAYS, days).with(field::STORAGE_CLASS, class);
            rule.with(field::NONCURRENT_VERSION_TRANSITIONS, vec![to])
        }
        "expire-older" => rule.with(
            field::NONCURRENT_VERSION_EXPIRATION,
            one.with(field::NONCURRENT_DAYS, days),
        ),
        "abort" => {
            let after = one.with(field::DAYS_AFTER_INITIATION, days);
            rule.with(field::ABORT_INCOMPLETE_MULTIPART_UPLOAD, after)
        }
        _ => {
            let to = one.with(field::DAYS, days).with(field::STORAGE_CLASS, class);
            rule.with(field::TRANSITIONS, vec![to])
        }
    }
}

/// The rules of a bucket, as it was given them.
fn given(bucket: &Bucket) -> Vec<Structure> {
    let kept = bucket.settings.documents.get(&DocumentKind::Lifecycle);
    kept.into_iter()
        .flat_map(|document| document.0.structures(field::RULES).cloned())
        .collect()
}

/// The call that has this rule beside the others; one of the same id gives way.
pub fn put(bucket: &Bucket, id: &str, rule: Structure) -> ApiCall {
    let others = given(bucket).into_iter().filter(|one| one.text(field::ID_) != Some(id));
    all_of(bucket, others.chain([rule]).collect())
}

fn all_of(bucket: &Bucket, rules: Vec<Structure>) -> ApiCall {
    if rules.is_empty() {
        return call(bucket, "DeleteBucketLifecycle", |own| own);
    }
    let all = Structure::new().with(field::RULES, rules);
    call(bucket, "PutBucketLifecycleConfiguration", |own| {
        own.with(field::LIFECYCLE_CONFIGURATION, all)
    })
}

fn rules(bucket: &Bucket) -> Html {
    let given = given(bucket);
    if given.is_empty() {
        return html! { <p class="soft">{ "No rule yet: objects stay where they are, for ever." }</p> };
    }
    html! {
        <ul class="rule-list">{ for given.iter().map(|rule| {
            let id = rule.text(field::ID_).unwrap_or_default().to_owned();
            let rest = given.iter().filter(|one| one.text(field::ID_) != Some(&id)).cloned().collect();
            html! {
                <li key={id.clone()}><b>{ &id }</b><code>{ says(rule) }</code>
                    <CallButton label="Remove" of={id.clone()} class={classes!("danger")} call={all_of(bucket, rest)} /></li>
            }
        }) }</ul>
    }
}

/// A rule as JSON, without its id and status.
fn says(rule: &Structure) -> String {
    let mut rest = rule.clone();
    rest.remove(field::ID_);
    rest.remove(field::STATUS);
    stratus_model::json::plain(&rest.into()).to_string()
}

/// What the rules of a bucket will do.
#[component]
fn InForce(props: &BucketProps) -> Html {
    let ctx = use_ctx();
    let asked = (ctx.view().world_stamp, ctx.moment(MINUTE), props.name.clone());
    let deeds = use_memo(asked, |(.., name)| foresight::foresee(ctx.world(), name));
    match row(&ctx, &props.name) {
        Some(bucket) if foresight::has_rules(bucket) => told("What the rules in force will do", &ctx, &deeds),
        _ => Html::default(),
    }
}

/// Properties of [`Preview`].
#[derive(Properties, PartialEq)]
struct PreviewProps {
    /// The call that puts the rule; `None`: its days are no number.
    put: Option<ApiCall>,
}

/// What a rule that is not yet there would do, tried on a copy; and the button that puts it.
#[component]
fn Preview(props: &PreviewProps) -> Html {
    let ctx = use_ctx();
    let tried = use_tried(&props.put, foresight::foresee);
    let (Some(put), Some(tried)) = (&props.put, tried.as_ref()) else {
        return html! { <p class="field-error" role="alert">{ "After days: a whole number." }</p> };
    };
    match tried {
        Err(error) => html! {
            <>
                <p class="field-error" role="alert">{ format!("It would be refused. {}: {}", error.code, error.message) }</p>
                <div class="row"><CallButton label="Put rule" class={classes!("primary")} call={put.clone()} disabled={error.message.clone()} /></div>
            </>
        },
        Ok(deeds) => html! {
            <>
                { told("With this rule", &ctx, deeds) }
                <div class="row"><CallButton label="Put rule" class={classes!("primary")} call={put.clone()} /></div>
            </>
        },
    }
}

fn told(title: &'static str, ctx: &Ctx, deeds: &[Foreseen]) -> Html {
    let next = deeds.first().map(|one| one.at);
    html! {
        <section class="stack foreseen" aria-label={title}>
            <h4>{ title }</h4>
            if deeds.is_empty() {
                <p class="soft">{ "Nothing of what is in the bucket now: no object is covered, or all are where the rules want them." }</p>
            } else {
                <p class="soft">{ count(deeds.len(), "thing will happen", "things will happen") }{ ", unless something changes before." }</p>
                <ol class="foretold" tabindex="0">{ for deeds.iter().take(MOST).map(|one| html! {
                    <li><span class="mono nowrap">{ on_clock(ctx, one.at) }</span><span><code>{ &one.key }</code>{ format!(" {}", one.what) }<span class="soft">{ format!(" · {}", one.rule) }</span></span></li>
                }) }</ol>
                if deeds.len() > MOST { <p class="soft">{ format!("and {} more", deeds.len() - MOST) }</p> }
                if let Some(next) = next.filter(|next| *next > ctx.world().now && title != "With this rule") {
                    { pass_to(ctx, next) }
                }
            }
        </section>
    }
}
