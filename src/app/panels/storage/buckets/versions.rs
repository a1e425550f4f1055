//! The versions of a key, newest first, with what can be done to each: bring an older one back, remove a delete marker, delete
//! one for good.

use super::super::on_clock;
use super::call;
use crate::session::Ctx;
use crate::ui::{CallButton, bytes_text, download, short_id};
use stratus_engine::base::time::Time;
use stratus_engine::world::objects::{Body, Bucket, Object};
use stratus_model::field;
use yew::prelude::*;

/// One version.
pub struct Line {
    /// Its id, `null` for that of a bucket that kept none.
    id: String,
    /// What a GET without a version finds.
    is_current: bool,
    /// Its bytes, type and class; `None` = a delete marker.
    object: Option<(Body, String, String)>,
    modified: Time,
    /// Whether a delete marker is the newest: the key is gone for a GET.
    on_top: bool,
}

/// All versions of a key, newest first.
pub fn of(bucket: &Bucket, key: &str) -> Vec<Line> {
    let shown = |id: &Option<String>| id.clone().unwrap_or_else(|| "null".to_owned());
    let parts = |object: &Object| {
        (
            object.body.clone(),
            object.content_type.clone(),
            object.storage_class.clone(),
        )
    };
    let current = bucket.objects.get(&key.to_owned()).map(|object| Line {
        id: shown(&object.version),
        is_current: true,
        object: Some(parts(object)),
        modified: object.modified,
        on_top: false,
    });
    let range = (key.to_owned(), 0)..=(key.to_owned(), u64::MAX);
    let older = bucket.versions.range(range).map(|(_, version)| Line {
        id: shown(&version.id),
        is_current: false,
        object: version.object.as_ref().map(parts),
        modified: version.modified,
        on_top: version.superseded.is_none(),
    });
    current.into_iter().chain(older).collect()
}

impl Line {
    /// The line of a list.
    pub fn view(&self, ctx: &Ctx, bucket: &Bucket, key: &str) -> Html {
        let id = self.id.as_str();
        let own = call(bucket, "DeleteObject", |own| {
            own.with(field::KEY, key).with(field::VERSION_ID, id)
        });
        let (word, what) = match (&self.object, self.is_current, self.on_top) {
            (Some(_), true, _) => ("current", ""),
            (Some(_), false, _) => ("noncurrent", ""),
            (None, _, true) => ("delete marker", " hides the versions below it"),
            (None, ..) => ("delete marker", " of before"),
        };
        let kind = if self.object.is_none() { "marker" } else { "" };
        let of = format!("{key} version {}", short_version(id));
        let facts = match &self.object {
            Some((body, _, class)) => format!("{} · {class} · ", bytes_text(body.len() as i64)),
            None => String::new(),
        };
        html! {
            <li key={id.to_owned()} class={classes!("version", kind)}>
                <div class="file-what"><span><code title={id.to_owned()}>{ short_version(id) }</code>{ " " }<span class="tag">{ word }</span><span class="soft">{ what }</span></span>
                    <span class="soft small">{ format!("{facts}{}", on_clock(ctx, self.modified)) }</span></div>
                <div class="file-deeds">
                    { self.saving(key, &of) }
                    { match (&self.object, self.is_current) {
                        (Some(_), false) => html! { <CallButton label="Restore" of={of.clone()} call={self.restore(bucket, key)} /> },
                        _ => Html::default(),
                    } }
                    if self.object.is_none() { <CallButton label="Remove marker" of={of} call={own} /> }
                    else { <CallButton label="Delete for good" of={of} class={classes!("danger")} call={own} /> }
                </div>
            </li>
        }
    }

    fn saving(&self, key: &str, of: &str) -> Html {
        let Some((body, kind, _)) = self.object.clone().filter(|_| !self.is_current) else {
            return Html::default();
        };
        let name = key.rsplit('/').next().unwrap_or("object").to_owned();
        let save = Callback::from(move |_: MouseEvent| download::save(&name, &kind, &body.copy(0, body.len())));
        html! { <button class="btn" onclick={save} aria-label={format!("Download {of}")}>{ "Download" }</button> }
    }

    /// An older version comes back as a copy of it that is the newest.
    fn restore(&self, bucket: &Bucket, key: &str) -> crate::session::ApiCall {
        let escaped = stratus_engine::services::s3::presigned::escaped(key);
        let source = format!("{}/{escaped}?versionId={}", bucket.name, self.id);
        call(bucket, "CopyObject", |own| {
            own.with(field::KEY, key).with(field::COPY_SOURCE, source)
        })
    }
}

fn short_version(id: &str) -> String {
    match id.get(..8).filter(|_| id.len() > 12) {
        Some(first) => format!("{first}…"),
        None => short_id(id),
    }
}
