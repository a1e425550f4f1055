//! Uploads by a form: what a browser hears that sent one.
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html>

use stratus_engine::base::text::marked_up;
use stratus_wire::post::Form;
use stratus_wire::{Request, Response, http};

/// The answer to a form whose object was put. `put`: the answer to that, whose headers are kept.
pub fn answer(form: &Form, bucket: &str, request: &Request, mut put: Response) -> Response {
    let key = form.key();
    let etag = put.headers.get("etag").unwrap_or_default().to_owned();
    let host = request.headers.get("host").unwrap_or("s3.amazonaws.com");
    let mut path = String::new();
    http::encode(&key, true, &mut path);
    // The bucket stands in the path, or in the host's name.
    let folder = request.path.trim_matches('/');
    let slash = if folder.is_empty() { "" } else { "/" };
    let place = format!("http://{host}/{folder}{slash}{path}");
    let next = form.get("success_action_redirect").or(form.get("redirect"));
    if let Some(next) = next.filter(|next| next.starts_with("http://") || next.starts_with("https://")) {
        let mark = if next.contains('?') { '&' } else { '?' };
        let (bucket, key, etag) = (http::encoded(bucket), http::encoded(&key), http::encoded(&etag));
        put.headers
            .push("location", format!("{next}{mark}bucket={bucket}&key={key}&etag={etag}"));
        put.status = 303;
        return put;
    }
    put.headers.push("location", place.clone());
    put.status = match form.get("success_action_status") {
        Some("200") => 200,
        Some("201") => 201,
        _ => 204,
    };
    if put.status == 201 {
        put.body = document(&[("Location", &place), ("Bucket", bucket), ("Key", &key), ("ETag", &etag)]);
        put.headers.remove("content-type");
        put.headers.push("content-type", "application/xml");
    }
    put
}

fn document(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<PostResponse>".to_owned();
    for (name, value) in parts {
        text.push_str(&format!("<{name}>{}</{name}>", marked_up(value).replace('"', "&quot;")));
    }
    text.push_str("</PostResponse>");
    text.into_bytes()
}
