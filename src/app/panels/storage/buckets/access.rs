//! Who may do what with an object, and which of policy, ACL and Block Public Access decides it; and the switches.

use super::super::{choose, use_text};
use super::policy::Policy;
use super::{BucketProps, call, keys, row};
use crate::panels::dns::visit::Visit;
use crate::session::use_ctx;
use crate::ui::{CallButton, Source, Standing, Typed, verdict};
use stratus_engine::services::s3::decide::{self, Decision, Heard, OTHER_ACCOUNT, Says, Who};
use stratus_engine::world::objects::{Bucket, Ownership, PublicAccess};
use stratus_model::{Structure, field};
use yew::prelude::*;

const WHO: [(&str, &str); 3] = [
    ("anonymous", "anybody, without keys"),
    ("other", "a user of another account"),
    ("account", "a user of this account"),
];
const WHAT: [(&str, &str); 4] = [
    ("GetObject", "read it (GetObject)"),
    ("PutObject", "write it (PutObject)"),
    ("DeleteObject", "delete it (DeleteObject)"),
    ("ListObjectsV2", "list the bucket (ListObjectsV2)"),
];

/// The page.
#[component]
pub fn Access(props: &BucketProps) -> Html {
    let ctx = use_ctx();
    let (who, on_who) = use_text(|| "anonymous".to_owned());
    let (what, on_what) = use_text(|| "GetObject".to_owned());
    let (typed, on_key) = use_text(String::new);
    let Some(bucket) = row(&ctx, &props.name) else {
        return Html::default();
    };
    let known = keys(bucket, |_, _| true);
    let first = known.first().map_or("index.html", String::as_str);
    let key = if typed.is_empty() { first } else { typed.as_str() };
    let asks = match who.as_str() {
        "other" => Who::OtherAccount,
        "account" => Who::Account,
        _ => Who::Anonymous,
    };
    let decision = decide::decide(ctx.world(), &props.name, &what, key, asks);
    html! {
        <>
            <div class="take">
                { choose("Who", &who, WHO, on_who) }
                { choose("wants to", &what, WHAT, on_what) }
                <label class="field">{ "Key" }<Typed value={key.to_owned()} onchange={on_key} list="bucket-keys" /></label>
                <datalist id="bucket-keys">{ for known.iter().take(100).map(|key| html! { <option value={key.clone()} /> }) }</datalist>
            </div>
            <div role="status">{ decision.as_ref().map(|decision| decided(decision, asks, &what, key)) }</div>
            { heard_list(decision.as_ref().map_or(&[][..], |decision| &decision.heard)) }
            { remarks(asks) }
            { by_address(bucket, key) }
            { blocks(bucket) }
            { ownership(bucket, key) }
            <Policy name={props.name.clone()} />
        </>
    }
}

fn decided(decision: &Decision, asks: Who, what: &str, key: &str) -> Html {
    let them = match asks {
        Who::Anonymous => "Somebody without keys",
        Who::OtherAccount => "A user of another account",
        Who::Account => "A user of this account",
    };
    let may = if decision.allowed { "may" } else { "may not" };
    let deed = match what {
        "PutObject" => format!("write {key}"),
        "DeleteObject" => format!("delete {key}"),
        "ListObjectsV2" => "list the bucket".to_owned(),
        _ => format!("read {key}"),
    };
    let title = format!("{them} {may} {deed}");
    verdict(
        Standing::of(decision.allowed),
        html! { { title } },
        html! { <p>{ &decision.sentence }</p> },
    )
}

/// Who was heard, with the deciding one marked.
pub fn heard_list(heard: &[Heard]) -> Html {
    let line = |one: &Heard| {
        let (class, sign, word) = match one.says {
            Says::Allows => ("mark-allow", "✓", "allows"),
            Says::Denies => ("mark-deny", "✕", "denies"),
            Says::Nothing => ("mark-unseen", "–", "says nothing"),
        };
        html! {
            <li class={classes!("heard", one.decides.then_some("decides"))} aria-current={one.decides.then_some("true")}>
                <span {class} aria-hidden="true">{ sign }</span>
                <div><b>{ &one.what }</b>{ format!(" {word}: {}", one.why) }if one.decides { <span class="tag">{ "decides" }</span> }
                    if !one.text.is_empty() { <pre class="statement" tabindex="0">{ &one.text }</pre> }</div>
            </li>
        }
    };
    html! {
        <ol class="heard-list" aria-label="Who was heard">{ for heard.iter().map(line) }</ol>
    }
}

fn remarks(asks: Who) -> Html {
    match asks {
        Who::Anonymous => {
            html! { <Source source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-s3-evaluates-access-control.html">{ "An explicit Deny wins; then one Allow is enough, unless Block Public Access is in its way." }</Source> }
        }
        Who::OtherAccount => {
            html! { <Source source="ours">{ format!("Account {OTHER_ACCOUNT} stands for all others. Its own policies are taken to allow the call: at AWS both sides must.") }</Source> }
        }
        Who::Account => {
            html! { <Source source="ours">{ "A Deny of the bucket's policy binds signed calls of your own account, too: from the laptop, over TLS. What no policy allows them is not refused." }</Source> }
        }
    }
}

/// The same question as a request that comes from somewhere: policies may ask through which VPC endpoint.
fn by_address(bucket: &Bucket, key: &str) -> Html {
    let address = format!(
        "https://{}.s3.{}.amazonaws.com/{key}",
        bucket.name,
        bucket.region.name()
    );
    html! {
        <details>
            <summary>{ "Ask S3 from a guest, or from the Internet" }</summary>
            <Visit key={address.clone()} address={address.clone()} />
        </details>
    }
}

/// The four switches of Block Public Access.
fn blocks(bucket: &Bucket) -> Html {
    let access = bucket.settings.public_access.unwrap_or_default();
    let set = |new: PublicAccess| {
        let given = Structure::new()
            .with(field::BLOCK_PUBLIC_ACLS, new.block_acls)
            .with(field::IGNORE_PUBLIC_ACLS, new.ignore_acls)
            .with(field::BLOCK_PUBLIC_POLICY, new.block_policy)
            .with(field::RESTRICT_PUBLIC_BUCKETS, new.restrict);
        call(bucket, "PutPublicAccessBlock", |own| {
            own.with(field::PUBLIC_ACCESS_BLOCK_CONFIGURATION, given)
        })
    };
    let switches = [
        (
            "BlockPublicAcls",
            access.block_acls,
            "no public ACL can be set",
            PublicAccess {
                block_acls: !access.block_acls,
                ..access
            },
        ),
        (
            "IgnorePublicAcls",
            access.ignore_acls,
            "public ACLs that are there do not count",
            PublicAccess {
                ignore_acls: !access.ignore_acls,
                ..access
            },
        ),
        (
            "BlockPublicPolicy",
            access.block_policy,
            "no public policy can be set",
            PublicAccess {
                block_policy: !access.block_policy,
                ..access
            },
        ),
        (
            "RestrictPublicBuckets",
            access.restrict,
            "a public policy lets nobody in from outside the account",
            PublicAccess {
                restrict: !access.restrict,
                ..access
            },
        ),
    ];
    let all = access == PublicAccess::ALL;
    html! {
        <section class="stack" aria-label="Block Public Access">
            <h3>{ "Block Public Access" }</h3>
            <ul class="switch-list">{ for switches.into_iter().map(|(name, on, what, new)| html! {
                <li><span class={classes!("state", if on { "ok" } else { "stopped" })}>{ if on { "on" } else { "off" } }</span><span><code>{ name }</code>{ format!(": {what}") }</span>
                    <CallButton label={if on { "Turn off" } else { "Turn on" }} of={name} call={set(new)} /></li>
            }) }</ul>
            <div class="row">
                if all { <CallButton label="Turn all four off" class={classes!("danger")} call={set(PublicAccess::default())} /> }
                else { <CallButton label="Turn all four on" call={set(PublicAccess::ALL)} /> }
            </div>
        </section>
    }
}

/// Whether ACLs count, and the object's own.
fn ownership(bucket: &Bucket, key: &str) -> Html {
    let now = bucket.settings.ownership.map_or("ObjectWriter", Ownership::name);
    let enforced = bucket.settings.ownership == Some(Ownership::BucketOwnerEnforced);
    let to = if enforced {
        "BucketOwnerPreferred"
    } else {
        "BucketOwnerEnforced"
    };
    let rule = Structure::new().with(field::OBJECT_OWNERSHIP, to);
    let controls = Structure::new().with(field::RULES, vec![rule]);
    let set = call(bucket, "PutBucketOwnershipControls", |own| {
        own.with(field::OWNERSHIP_CONTROLS, controls)
    });
    let acl = |canned: &str| {
        call(bucket, "PutObjectAcl", |own| {
            own.with(field::KEY, key).with(field::ACL, canned)
        })
    };
    let absent = (!bucket.objects.contains(&key.to_owned())).then_some(AttrValue::Static("There is no such object"));
    html! {
        <section class="stack" aria-label="Object Ownership and ACLs">
            <h3>{ "Object Ownership and ACLs" }</h3>
            <p>{ format!("{now}: ACLs {}.", if enforced { "are off, the bucket's owner owns all" } else { "count" }) }</p>
            <div class="row">
                <CallButton label={if enforced { "Let ACLs count" } else { "Turn ACLs off" }} call={set} />
                if !enforced {
                    <CallButton label="Public-read ACL" of={key.to_owned()} call={acl("public-read")} disabled={absent.clone()} />
                    <CallButton label="Private ACL" of={key.to_owned()} call={acl("private")} disabled={absent} />
                }
            </div>
        </section>
    }
}
