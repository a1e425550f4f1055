//! What happened to objects, told to whom a bucket's notification configuration names. Queues, topics, functions and event
//! buses are not simulated, so nothing arrives anywhere: each message stands in the journal as AWS would send it, with whom it
//! was for (*ours*). Nothing here changes a bucket.
//!
//! Sources: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html>

use super::documents::document;
use super::errors::invalid_argument;
use super::{canonical_id, shelf};
use crate::base::error::Result;
use crate::base::time::Time;
use crate::world::World;
use crate::world::journal::{Cause, Event};
use crate::world::objects::{Bucket, DocumentKind};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use stratus_model::{Name, Structure, field};

/// What an entry of the journal begins with that is a message.
const BEGINS: &str = "s3 event for ";
/// Who gets all events where EventBridge is on.
const EVENT_BRIDGE: &str = "EventBridge, the default event bus";

/// Lists of destinations, what holds their ARN, and their service.
pub(super) const LISTS: [(Name, Name, &str); 3] = [
    (field::TOPIC_CONFIGURATIONS, field::TOPIC_ARN, "sns"),
    (field::QUEUE_CONFIGURATIONS, field::QUEUE_ARN, "sqs"),
    (
        field::LAMBDA_FUNCTION_CONFIGURATIONS,
        field::LAMBDA_FUNCTION_ARN,
        "lambda",
    ),
];

/// A message as it would have been sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// When.
    pub at: Time,
    /// To whom: an ARN, or EventBridge in words.
    pub to: String,
    /// `ObjectCreated:Put`, `s3:TestEvent`, `Object Created`.
    pub name: String,
    /// The key, with its escapes undone as far as they are plain; empty for a test.
    pub key: String,
    /// The message: JSON.
    pub text: String,
}

/// What happened to one object.
pub(super) struct Happening<'a> {
    /// `ObjectCreated:Put`, without `s3:`.
    pub name: &'a str,
    pub bucket: &'a str,
    pub key: &'a str,
    /// The version that it happened to, where it is not the current one.
    pub version: Option<&'a str>,
    /// Unique id of who caused it; none = AWS did, by the clock.
    pub who: Option<&'a str>,
}

/// The messages of a bucket that the journal still has, newest first.
pub fn messages(world: &World, bucket: &str) -> Vec<Message> {
    let mut out: Vec<Message> = world
        .journal
        .iter()
        .filter_map(|(_, event)| read(event, bucket))
        .collect();
    out.reverse();
    out
}

fn read(event: &Event, bucket: &str) -> Option<Message> {
    let (to, text) = event.text.strip_prefix(BEGINS)?.split_once(": {")?;
    let text = format!("{{{text}");
    let value: Value = serde_json::from_str(&text).ok()?;
    let said = |path: &str| value.pointer(path).and_then(Value::as_str).map(str::to_owned);
    let one = |paths: [&str; 3]| paths.into_iter().find_map(said);
    let home = one(["/Records/0/s3/bucket/name", "/Bucket", "/detail/bucket/name"])?;
    (home == bucket).then(|| Message {
        at: event.at,
        to: to.to_owned(),
        name: one(["/Records/0/eventName", "/Event", "/detail-type"]).unwrap_or_default(),
        key: one(["/Records/0/s3/object/key", "/detail/object/key", "/"]).unwrap_or_default(),
        text,
    })
}

/// Tells of a thing that happened.
pub(super) fn tell(world: &mut World, cause: Cause, happening: &Happening<'_>) {
    let Some(row) = world.s3.buckets.get(&happening.bucket.to_owned()) else {
        return;
    };
    let Some(kept) = document(row, DocumentKind::Notification) else {
        return;
    };
    let (region, subject) = (row.region, Subject::of(world, row, happening));
    let mut sent = Vec::new();
    for (list, arn, _) in LISTS {
        for one in kept.structures(list).filter(|one| wants(one, happening)) {
            let id = one.text(field::ID).unwrap_or_default();
            sent.push((one.text(arn).unwrap_or_default().to_owned(), subject.record(id)));
        }
    }
    if kept.contains(field::EVENT_BRIDGE_CONFIGURATION)
        && let Some(message) = subject.bus()
    {
        sent.push((EVENT_BRIDGE.to_owned(), message));
    }
    for (to, message) in sent {
        world.journal.note(Event {
            at: world.now,
            region: Some(region),
            resource: None,
            text: format!("{BEGINS}{to}: {message}").into(),
            cause: cause.clone(),
        });
    }
}

/// Whether a configuration is about an event of this name, and a key like this.
fn wants(one: &Structure, happening: &Happening<'_>) -> bool {
    let full = format!("s3:{}", happening.name);
    let named = one.texts(field::EVENTS).any(|event| match event.strip_suffix('*') {
        Some(begin) => full.starts_with(begin),
        None => full == event,
    });
    let (prefix, suffix) = scope(one);
    named && happening.key.starts_with(&prefix) && happening.key.ends_with(&suffix)
}

/// What keys begin and end with that a configuration is about.
fn scope(one: &Structure) -> (String, String) {
    let rules = one
        .structure(field::FILTER)
        .and_then(|filter| filter.structure(field::KEY));
    let (mut prefix, mut suffix) = (String::new(), String::new());
    for rule in rules
        .into_iter()
        .flat_map(|rules| rules.structures(field::FILTER_RULES))
    {
        let value = rule.text(field::VALUE).unwrap_or_default().to_owned();
        match rule.text(field::NAME).unwrap_or_default().to_ascii_lowercase().as_str() {
            "suffix" => suffix = value,
            _ => prefix = value,
        }
    }
    (prefix, suffix)
}

/// What a configuration may not say: a filter twice, or what another one of the bucket says already.
///
/// # Errors
/// `InvalidArgument`.
pub(super) fn check(new: &Structure, bucket: &Bucket) -> Result<()> {
    let mut known: Vec<&Structure> = Vec::new();
    for (list, arn, _) in LISTS {
        for one in new.structures(list) {
            check_one(one, one.text(arn).unwrap_or_default(), bucket)?;
            if known.iter().any(|other| overlap(one, other)) {
                let text =
                    "Configurations overlap. Configurations on the same bucket cannot share a common event type.";
                return Err(invalid_argument(text, "NotificationConfiguration", "null")
                    .remedy("Give each its own events, or prefixes and suffixes that no key has together."));
            }
            known.push(one);
        }
    }
    Ok(())
}

fn check_one(one: &Structure, arn: &str, bucket: &Bucket) -> Result<()> {
    let rules = one
        .structure(field::FILTER)
        .and_then(|filter| filter.structure(field::KEY));
    let names: Vec<String> = rules
        .into_iter()
        .flat_map(|rules| rules.structures(field::FILTER_RULES))
        .map(|rule| rule.text(field::NAME).unwrap_or_default().to_ascii_lowercase())
        .collect();
    for name in ["prefix", "suffix"] {
        if names.iter().filter(|known| *known == name).count() > 1 {
            let text = format!("Cannot specify more than one {name} rule in a filter.");
            return Err(invalid_argument(text, "FilterRule.Name", name));
        }
    }
    if let Some(name) = names.iter().find(|name| !["prefix", "suffix"].contains(&name.as_str())) {
        return Err(invalid_argument(
            "filter rule name must be either prefix or suffix",
            "FilterRule.Name",
            name,
        ));
    }
    let region = arn.split(':').nth(3).unwrap_or_default();
    if region != bucket.region.name() {
        let text = "The notification destination service region is not valid for the bucket location constraint";
        return Err(invalid_argument(text, "ARN", arn));
    }
    Ok(())
}

/// Whether some event of some key would be both's.
fn overlap(one: &Structure, other: &Structure) -> bool {
    let shares = |a: &str, b: &str| match (a.strip_suffix('*'), b.strip_suffix('*')) {
        (Some(a), Some(b)) => a.starts_with(b) || b.starts_with(a),
        (Some(a), None) => b.starts_with(a),
        (None, Some(b)) => a.starts_with(b),
        (None, None) => a == b,
    };
    let event = one
        .texts(field::EVENTS)
        .any(|a| other.texts(field::EVENTS).any(|b| shares(a, b)));
    let ((prefix_a, suffix_a), (prefix_b, suffix_b)) = (scope(one), scope(other));
    event
        && (prefix_a.starts_with(&prefix_b) || prefix_b.starts_with(&prefix_a))
        && (suffix_a.ends_with(&suffix_b) || suffix_b.ends_with(&suffix_a))
}

/// The test that S3 sends to each queue and topic of a new configuration. A queue that is not there would refuse the
/// configuration at AWS; here none is, and all are taken (*ours*).
pub(super) fn test(world: &mut World, bucket: &str, new: &Structure) {
    let Some(region) = world.s3.buckets.get(&bucket.to_owned()).map(|row| row.region) else {
        return;
    };
    let request = request_id(world, "test");
    for (list, arn, service) in LISTS {
        if service == "lambda" {
            continue;
        }
        for one in new.structures(list) {
            let to = one.text(arn).unwrap_or_default();
            let message = json!({
                "Service": "Amazon S3",
                "Event": "s3:TestEvent",
                "Time": world.now.iso8601(),
                "Bucket": bucket,
                "RequestId": request,
                "HostId": host_id(&request),
            });
            world.journal.note(Event {
                at: world.now,
                region: Some(region),
                resource: None,
                text: format!("{BEGINS}{to}: {message}").into(),
                cause: Cause::Call(world.calls),
            });
        }
    }
}

/// The id of the request under way, as S3's answers have one (ours: it follows from the call's number).
fn request_id(world: &World, about: &str) -> String {
    let digest = Sha256::digest(format!("{} {} {about}", world.options.seed, world.calls));
    digest.iter().take(8).map(|byte| format!("{byte:02X}")).collect()
}

fn host_id(request: &str) -> String {
    let digest = Sha256::digest(request);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// An object as messages speak of it.
struct Subject {
    event: String,
    region: &'static str,
    account: String,
    owner: String,
    time: String,
    bucket: String,
    key: String,
    size: i64,
    etag: String,
    version: Option<String>,
    sequencer: String,
    who: Option<String>,
    request: String,
}

impl Subject {
    fn of(world: &World, row: &Bucket, happening: &Happening<'_>) -> Subject {
        let object = shelf::object(row, happening.key, happening.version, "GET").ok();
        let kept = (!row.versioning.is_off()).then(|| match (happening.version, object) {
            (Some(version), _) => version.to_owned(),
            (None, Some(object)) => shelf::shown_id(object.version.as_ref()),
            (None, None) => {
                let marker = shelf::older(row, happening.key).next();
                shelf::shown_id(marker.and_then(|(_, version)| version.id.as_ref()))
            }
        });
        Subject {
            event: happening.name.to_owned(),
            region: row.region.name(),
            account: world.account(),
            owner: canonical_id(world),
            time: world.now.iso8601(),
            bucket: row.name.clone(),
            key: happening.key.to_owned(),
            size: object.map_or(0, |object| object.size()),
            etag: object.map(|object| object.etag.clone()).unwrap_or_default(),
            version: kept,
            sequencer: format!("{:010X}{:08X}", world.now.0 / 1_000, world.calls),
            who: happening.who.map(str::to_owned),
            request: request_id(world, happening.key),
        }
    }

    /// A message with one record, for a configuration of this id.
    fn record(&self, configuration: &str) -> Value {
        let mut object = json!({"key": super::list::url(&self.key)});
        let gone = self.event.starts_with("ObjectRemoved") || self.event.starts_with("LifecycleExpiration");
        if let Some(fields) = object.as_object_mut() {
            if !gone {
                fields.insert("size".into(), self.size.into());
            }
            if !self.etag.is_empty() && !gone {
                fields.insert("eTag".into(), self.etag.as_str().into());
            }
            if let Some(version) = &self.version {
                fields.insert("versionId".into(), version.as_str().into());
            }
            fields.insert("sequencer".into(), self.sequencer.as_str().into());
        }
        let who = self.who.as_ref().map(|id| format!("AWS:{id}"));
        json!({"Records": [{
            "eventVersion": "2.1",
            "eventSource": "aws:s3",
            "awsRegion": self.region,
            "eventTime": self.time,
            "eventName": self.event,
            "userIdentity": {"principalId": who.unwrap_or_else(|| "s3.amazonaws.com".to_owned())},
            "requestParameters": {"sourceIPAddress": if self.who.is_some() { "127.0.0.1" } else { "s3.amazonaws.com" }},
            "responseElements": {"x-amz-request-id": self.request, "x-amz-id-2": host_id(&self.request)},
            "s3": {
                "s3SchemaVersion": "1.0",
                "configurationId": configuration,
                "bucket": {
                    "name": self.bucket,
                    "ownerIdentity": {"principalId": self.owner},
                    "arn": format!("arn:aws:s3:::{}", self.bucket),
                },
                "object": object,
            },
        }]})
    }

    /// The same for EventBridge; `None` = it is told of no such thing.
    fn bus(&self) -> Option<Value> {
        let (kind, detail) = match self.event.as_str() {
            "ObjectCreated:Put" => ("Object Created", json!({"reason": "PutObject"})),
            "ObjectCreated:Copy" => ("Object Created", json!({"reason": "CopyObject"})),
            "ObjectCreated:CompleteMultipartUpload" => ("Object Created", json!({"reason": "CompleteMultipartUpload"})),
            "ObjectRemoved:Delete" => (
                "Object Deleted",
                json!({"reason": "DeleteObject", "deletion-type": "Permanently Deleted"}),
            ),
            "ObjectRemoved:DeleteMarkerCreated" => (
                "Object Deleted",
                json!({"reason": "DeleteObject", "deletion-type": "Delete Marker Created"}),
            ),
            "LifecycleExpiration:Delete" => (
                "Object Deleted",
                json!({"reason": "Lifecycle Expiration", "deletion-type": "Permanently Deleted"}),
            ),
            "LifecycleExpiration:DeleteMarkerCreated" => (
                "Object Deleted",
                json!({"reason": "Lifecycle Expiration", "deletion-type": "Delete Marker Created"}),
            ),
            "LifecycleTransition" => ("Object Storage Class Changed", json!({})),
            "ObjectRestore:Post" => ("Object Restore Initiated", json!({})),
            "ObjectRestore:Completed" => ("Object Restore Completed", json!({})),
            "ObjectTagging:Put" => ("Object Tags Added", json!({})),
            "ObjectTagging:Delete" => ("Object Tags Deleted", json!({})),
            "ObjectAcl:Put" => ("Object ACL Updated", json!({})),
            _ => return None,
        };
        let mut object = json!({"key": self.key, "size": self.size, "etag": self.etag, "sequencer": self.sequencer});
        if let (Some(fields), Some(version)) = (object.as_object_mut(), &self.version) {
            fields.insert("version-id".into(), version.as_str().into());
        }
        let mut all = json!({
            "version": "0",
            "bucket": {"name": self.bucket},
            "object": object,
            "request-id": self.request,
            "requester": if self.who.is_some() { self.account.as_str() } else { "s3.amazonaws.com" },
        });
        if let (Some(fields), Value::Object(more)) = (all.as_object_mut(), detail) {
            fields.extend(more);
        }
        let id = host_id(&format!("{} {}", self.request, self.sequencer));
        let part = |from: usize, to: usize| id.get(from..to).unwrap_or_default();
        Some(json!({
            "version": "0",
            "id": format!("{}-{}-{}-{}-{}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)),
            "detail-type": kind,
            "source": "aws.s3",
            "account": self.account,
            "time": self.time,
            "region": self.region,
            "resources": [format!("arn:aws:s3:::{}", self.bucket)],
            "detail": all,
        }))
    }
}
