//! The bucket's policy as text: templates, what is wrong with it before it is put, and the button that puts it.

use super::{BucketProps, call, pretty, row, use_tried};
use crate::session::{ApiCall, use_ctx};
use crate::ui::{CallButton, Source, Typed, text_of};
use stratus_engine::services::s3::decide::OTHER_ACCOUNT;
use stratus_engine::world::objects::Bucket;
use stratus_model::field;
use yew::prelude::*;

/// What a policy can begin with: a word, and the statement.
fn templates(bucket: &str) -> [(&'static str, String); 4] {
    let objects = format!("arn:aws:s3:::{bucket}/*");
    let statement = |sid: &str, effect: &str, principal: &str, action: &str, more: &str| {
        format!(
            "{{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {{\n      \"Sid\": \"{sid}\",\n      \"Effect\": \"{effect}\",\n      \"Principal\": {principal},\n      \"Action\": \"{action}\",\n      \"Resource\": \"{objects}\"{more}\n    }}\n  ]\n}}"
        )
    };
    let other = format!("{{\"AWS\": \"arn:aws:iam::{OTHER_ACCOUNT}:root\"}}");
    let no_tls = ",\n      \"Condition\": {\"Bool\": {\"aws:SecureTransport\": \"false\"}}";
    [
        (
            "Everybody reads",
            statement("PublicRead", "Allow", "\"*\"", "s3:GetObject", ""),
        ),
        (
            "Another account reads",
            statement("OtherAccountReads", "Allow", &other, "s3:GetObject", ""),
        ),
        (
            "Nobody without TLS",
            statement("OnlyTLS", "Deny", "\"*\"", "s3:*", no_tls),
        ),
        (
            "Nobody deletes",
            statement("KeepAll", "Deny", "\"*\"", "s3:DeleteObject", ""),
        ),
    ]
}

/// The editor.
#[component]
pub fn Policy(props: &BucketProps) -> Html {
    let ctx = use_ctx();
    let draft = use_state_eq(|| None::<String>);
    let Some(bucket) = row(&ctx, &props.name) else {
        return Html::default();
    };
    let kept = bucket.settings.policy.as_deref().map(pretty).unwrap_or_default();
    let text = (*draft).clone().unwrap_or_else(|| kept.clone());
    let set = {
        let draft = draft.clone();
        move |text: Option<String>| draft.set(text)
    };
    let onchange = {
        let set = set.clone();
        Callback::from(move |event: Event| set(Some(text_of(&event))))
    };
    let done = {
        let set = set.clone();
        Callback::from(move |outcome: crate::session::action::Outcome| {
            if outcome.is_ok() {
                set(None);
            }
        })
    };
    let put = call(bucket, "PutBucketPolicy", |own| own.with(field::POLICY, text.as_str()));
    html! {
        <section class="stack" aria-label="Bucket policy">
            <h3>{ "Bucket policy" }</h3>
            <div class="row" role="group" aria-label="Begin with">{ for templates(&props.name).into_iter().map(|(word, text)| {
                let set = set.clone();
                html! { <button class="btn" onclick={Callback::from(move |_: MouseEvent| set(Some(text.clone())))}>{ word }</button> }
            }) }</div>
            <label class="field">{ "Policy" }<Typed value={text.clone()} {onchange} rows=14 placeholder="None. Begin with one of the above, or write your own." /></label>
            <Wrong put={(!text.is_empty() && text != kept).then(|| put.clone())} />
            <div class="row">
                <CallButton label="Put policy" class={classes!("primary")} call={put} done={done.clone()} disabled={text.is_empty().then_some(AttrValue::Static("There is no policy yet"))} />
                if !kept.is_empty() { { delete(bucket, done) } }
            </div>
            <Source source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-policy-language-overview.html">{ "A policy says who (Principal) may do what (Action) with which part of the bucket (Resource), and when (Condition)." }</Source>
        </section>
    }
}

fn delete(bucket: &Bucket, done: Callback<crate::session::action::Outcome>) -> Html {
    html! { <CallButton label="Delete policy" class={classes!("danger")} call={call(bucket, "DeleteBucketPolicy", |own| own)} {done} /> }
}

/// Properties of [`Wrong`].
#[derive(Properties, PartialEq)]
struct WrongProps {
    /// The call that puts the policy; `None`: there is nothing new to put.
    put: Option<ApiCall>,
}

/// What the call would be refused with, found on a copy.
#[component]
fn Wrong(props: &WrongProps) -> Html {
    let tried = use_tried(&props.put, |_, _| ());
    match tried.as_ref() {
        None => Html::default(),
        Some(Ok(())) => html! { <p class="soft" role="status">{ "S3 would take it. It counts once it is put." }</p> },
        Some(Err(error)) => {
            html! { <p class="field-error" role="alert">{ format!("It would be refused. {}: {} {}", error.code, error.message, error.remedy) }</p> }
        }
    }
}
