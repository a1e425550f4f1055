//! What S3's API answers by address, in XML: an error, an object, a list. Only words here; what is answered is `storage`'s to say.

use super::Page;
use super::storage::{REFUSALS, page};
use crate::base::error::Error;
use crate::base::text::marked_up;
use std::fmt::Write as _;
use stratus_model::{Structure, Value, field};

/// What an XML document begins with.
const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// An error as S3 writes it, without the ids of the request.
pub(super) fn refused(error: &Error, decided: Option<String>) -> Page {
    let mut body = format!("{XML}<Error>");
    let parts = [("Code", error.code), ("Message", error.message.as_str())];
    let details = error.details.iter().map(|(name, value)| (*name, value.as_str()));
    for (name, text) in parts.into_iter().chain(details) {
        element(&mut body, name, text);
    }
    body.push_str("</Error>");
    let why = match (decided, error.remedy.as_str()) {
        (Some(decided), "") if error.message == "Access Denied" => decided,
        (Some(decided), "") => format!("{decided} {}", error.message),
        (Some(decided), remedy) => format!("{decided} {remedy}"),
        (None, "") => error.message.clone(),
        (None, remedy) => remedy.to_owned(),
    };
    Page {
        body,
        content_type: "application/xml".to_owned(),
        ..page(error.status, why, REFUSALS)
    }
}

/// An object, or a list.
pub(super) fn shown(found: &Structure, most: usize, bucket: &str, key: String, page: Page) -> Page {
    let by = format!("the bucket {bucket}");
    if let Some(body) = found.blob(field::BODY) {
        return Page {
            by,
            body: String::from_utf8_lossy(body.get(..most).unwrap_or(body)).into_owned(),
            content_type: found.text(field::CONTENT_TYPE).unwrap_or_default().to_owned(),
            key: Some(key),
            ..page
        };
    }
    let mut body = format!("{XML}<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">");
    members(&mut body, found);
    body.push_str("</ListBucketResult>");
    Page {
        by,
        body,
        content_type: "application/xml".to_owned(),
        ..page
    }
}

/// The members of a list's answer. What it has many of stands there without a frame around.
fn members(out: &mut String, of: &Structure) {
    for (name, value) in of.iter() {
        match value {
            Value::List(many) => many.iter().for_each(|one| member(out, name.text(), one)),
            one => member(out, name.text(), one),
        }
    }
}

fn member(out: &mut String, name: &str, value: &Value) {
    match value {
        Value::Structure(inner) => {
            let _ = write!(out, "<{name}>");
            members(out, inner);
            let _ = write!(out, "</{name}>");
        }
        Value::String(text) => element(out, name, text),
        Value::Bool(is) => element(out, name, &is.to_string()),
        Value::Integer(number) => element(out, name, &number.to_string()),
        Value::Timestamp(at) => element(out, name, &stratus_model::time::iso8601(*at)),
        _ => {}
    }
}

fn element(out: &mut String, name: &str, text: &str) {
    let _ = write!(out, "<{name}>{}</{name}>", marked_up(text));
}
