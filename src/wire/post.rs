//! Uploads by a form: what boto3's `generate_presigned_post` prepares, and a browser sends. A policy, signed by somebody with
//! keys, says what the form may hold; the form becomes a PutObject.
//!
//! May never happen: a field that S3 acts upon and that the policy does not name; memory for more than a few times the form.
//!
//! Sources: <https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html>.

use crate::error::Error;
use crate::http::{self, Headers, Request};
use crate::{limits, xml};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::Value;
use stratus_model::time;

/// Fields that no policy needs to name.
const FREE: [&str; 5] = ["awsaccesskeyid", "file", "policy", "signature", "x-amz-signature"];
/// Fields that become headers of the PutObject; and all `x-amz-…` but those of the signature.
const HEADERS: [&str; 6] = [
    "cache-control",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-type",
    "expires",
];
/// Fields of the signature.
const SIGNATURE: [&str; 5] = [
    "x-amz-algorithm",
    "x-amz-credential",
    "x-amz-date",
    "x-amz-security-token",
    "x-amz-signature",
];

/// What was sent.
#[derive(Debug)]
pub struct Form {
    /// In their order; names as they came.
    fields: Vec<(String, String)>,
    file_name: String,
    file: Vec<u8>,
}

/// Whether a request is such a form.
pub fn is_form(request: &Request) -> bool {
    request.method == "POST" && request.query.is_empty() && boundary(request).is_some()
}

fn boundary(request: &Request) -> Option<&str> {
    let kind = request.headers.get("content-type")?;
    let (media, parameters) = kind.split_once(';')?;
    let mut parameters = parameters.split(';').map(str::trim);
    let boundary = parameters
        .find_map(|one| one.strip_prefix("boundary="))?
        .trim_matches('"');
    let fits = media.trim().eq_ignore_ascii_case("multipart/form-data") && !boundary.is_empty();
    (fits && boundary.len() <= limits::BOUNDARY_BYTES).then_some(boundary)
}

/// Takes a form apart. What comes after the file does not count.
///
/// # Errors
/// `MalformedPOSTRequest`, `MaxPostPreDataLengthExceededError`; `InvalidArgument` without a key or a file.
pub fn read(request: &Request) -> Result<Form, Error> {
    let malformed = || {
        let text = "The body of your POST request is not well-formed multipart/form-data.";
        Error::new("MalformedPOSTRequest", 400, text)
    };
    let boundary = boundary(request).ok_or_else(malformed)?;
    let delimiter = format!("\r\n--{boundary}");
    let first = delimiter.trim_start().as_bytes();
    let mut rest = request.body.strip_prefix(b"\r\n").unwrap_or(&request.body);
    rest = rest.strip_prefix(first).ok_or_else(malformed)?;
    let mut form = Form {
        fields: Vec::new(),
        file_name: String::new(),
        file: Vec::new(),
    };
    let mut size = 0;
    while let Some(part) = rest.strip_prefix(b"\r\n") {
        let end = find(part, b"\r\n\r\n").ok_or_else(malformed)?;
        let (head, body) = part.split_at_checked(end).ok_or_else(malformed)?;
        let body = body.strip_prefix(b"\r\n\r\n").ok_or_else(malformed)?;
        let length = find(body, delimiter.as_bytes()).ok_or_else(malformed)?;
        let (data, after) = body.split_at_checked(length).ok_or_else(malformed)?;
        let head = std::str::from_utf8(head).map_err(|_| malformed())?;
        let name = disposition(head, "name").ok_or_else(malformed)?;
        if name.eq_ignore_ascii_case("file") {
            form.file_name = disposition(head, "filename").unwrap_or_default();
            form.file = data.to_vec();
            return form.with_a_key();
        }
        size += head.len() + data.len();
        if size > limits::FORM_BYTES || form.fields.len() >= limits::FORM_FIELDS {
            let text = "Your POST request fields preceeding the upload file was too large.";
            return Err(Error::new("MaxPostPreDataLengthExceededError", 400, text));
        }
        let value = std::str::from_utf8(data).map_err(|_| malformed())?;
        form.fields.push((name, value.to_string()));
        rest = after.strip_prefix(delimiter.as_bytes()).ok_or_else(malformed)?;
    }
    let text = "POST requires exactly one file upload per request.";
    let error = Error::new("InvalidArgument", 400, text);
    Err(error.with("ArgumentName", "file").with("ArgumentValue", "0"))
}

/// Where a text with a line break at its beginning stands first.
fn find(bytes: &[u8], text: &[u8]) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = bytes.get(from..)?.iter().position(|byte| *byte == b'\r') {
        let at = from + at;
        if bytes.get(at..)?.starts_with(text) {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

/// A parameter of a part's `Content-Disposition`.
fn disposition(head: &str, name: &str) -> Option<String> {
    let line = head.split("\r\n").find_map(|line| {
        let (header, value) = line.split_once(':')?;
        header
            .trim()
            .eq_ignore_ascii_case("content-disposition")
            .then_some(value)
    })?;
    let mut parameters = line.split(';').map(str::trim);
    let value = parameters.find_map(|one| one.strip_prefix(name)?.strip_prefix('='))?;
    Some(value.trim_matches('"').to_string())
}

impl Form {
    fn with_a_key(self) -> Result<Self, Error> {
        if self.get("key").is_none_or(str::is_empty) {
            return Err(lacks("key"));
        }
        Ok(self)
    }

    /// A field, whatever the case of its name.
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut fields = self.fields.iter();
        fields
            .find(|(field, _)| field.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Where the file goes.
    pub fn key(&self) -> String {
        let name = self.file_name.rsplit(['/', '\\']).next().unwrap_or_default();
        self.get("key").unwrap_or_default().replace("${filename}", name)
    }

    /// The PutObject that it is, not signed.
    ///
    /// # Errors
    /// `MalformedXML` for tags that are none.
    pub fn put(&self, bucket: &str) -> Result<Request, Error> {
        let mut headers = Headers::new();
        headers.push("host", "s3.amazonaws.com");
        for (name, value) in &self.fields {
            let name = name.to_ascii_lowercase();
            let of_object = name.starts_with("x-amz-") && !SIGNATURE.contains(&name.as_str());
            let (name, value) = match name.as_str() {
                "acl" => ("x-amz-acl".to_string(), value.clone()),
                "tagging" => ("x-amz-tagging".to_string(), tagging(value)?),
                header if of_object || HEADERS.contains(&header) => (name, value.clone()),
                _ => continue,
            };
            // The first of a name is the one that the policy was held against.
            if headers.get(&name).is_none() {
                headers.push(name, value);
            }
        }
        let mut path = format!("/{bucket}/");
        http::encode(&self.key(), true, &mut path);
        Ok(Request {
            method: "PUT".to_string(),
            path,
            query: String::new(),
            headers,
            body: self.file.clone(),
        })
    }

    /// That the form is one that its policy allows. `now`: when it counts as sent, in milliseconds since 1970. One without a policy is nobody's.
    ///
    /// # Errors
    /// `InvalidPolicyDocument`; `AccessDenied` in S3's words; `EntityTooLarge`, `EntityTooSmall`.
    pub fn check(&self, bucket: &str, now: i64) -> Result<(), Error> {
        let Some(text) = self.get("policy") else {
            return Ok(());
        };
        let wrong = |text: &str| Error::new("InvalidPolicyDocument", 400, format!("Invalid Policy: {text}"));
        let bytes = BASE64.decode(text.trim()).map_err(|_| wrong("Invalid JSON."))?;
        let policy: Value = serde_json::from_slice(&bytes).map_err(|_| wrong("Invalid JSON."))?;
        let expiration = policy.get("expiration").and_then(Value::as_str);
        let expiration = expiration.ok_or_else(|| wrong("Policy missing expiration."))?;
        let until = time::parse(expiration).ok_or_else(|| wrong("Invalid 'expiration' value."))?;
        let conditions = policy.get("conditions").and_then(Value::as_array);
        let conditions = conditions.ok_or_else(|| wrong("Policy missing conditions."))?;
        if until < now {
            return Err(denied("Policy expired."));
        }
        let mut named = vec!["bucket".to_string()];
        for condition in conditions {
            match Condition::of(condition).ok_or_else(|| wrong("Invalid Condition."))? {
                Condition::Length(least, most) => self.length(least, most)?,
                Condition::Equal(list) => {
                    for (name, value) in list {
                        let shown = [&Value::from("eq"), &format!("${name}").into(), &value.clone().into()];
                        if self.value(&name, bucket) != Some(value.as_str()) {
                            return Err(failed(&shown));
                        }
                        named.push(name);
                    }
                }
                Condition::Begins(name, value) => {
                    let shown = [
                        &Value::from("starts-with"),
                        &format!("${name}").into(),
                        &value.clone().into(),
                    ];
                    let begins = self
                        .value(&name, bucket)
                        .unwrap_or_default()
                        .starts_with(value.as_str());
                    if !begins {
                        return Err(failed(&shown));
                    }
                    named.push(name);
                }
            }
        }
        let extra: Vec<String> = self
            .fields
            .iter()
            .map(|(name, _)| name.to_ascii_lowercase())
            .filter(|name| !named.contains(name) && !FREE.contains(&name.as_str()) && !name.starts_with("x-ignore-"))
            .collect();
        match extra.is_empty() {
            true => Ok(()),
            false => Err(denied(&format!("Extra input fields: {}", extra.join(", ")))),
        }
    }

    fn value<'f>(&'f self, name: &str, bucket: &'f str) -> Option<&'f str> {
        if name == "bucket" { Some(bucket) } else { self.get(name) }
    }

    fn length(&self, least: u64, most: u64) -> Result<(), Error> {
        let length = self.file.len() as u64;
        let error =
            |code: &'static str, text: &str| Error::new(code, 400, text).with("ProposedSize", length.to_string());
        if length > most {
            let text = "Your proposed upload exceeds the maximum allowed size";
            return Err(error("EntityTooLarge", text).with("MaxSizeAllowed", most.to_string()));
        }
        if length < least {
            let text = "Your proposed upload is smaller than the minimum allowed size";
            return Err(error("EntityTooSmall", text).with("MinSizeAllowed", least.to_string()));
        }
        Ok(())
    }
}

/// One condition of a policy; names in small letters, without their `$`.
enum Condition {
    Equal(Vec<(String, String)>),
    Begins(String, String),
    Length(u64, u64),
}

impl Condition {
    fn of(value: &Value) -> Option<Self> {
        if let Some(pairs) = value.as_object() {
            let pairs = pairs
                .iter()
                .map(|(name, value)| Some((name.to_ascii_lowercase(), value.as_str()?.to_string())));
            return pairs.collect::<Option<Vec<_>>>().map(Condition::Equal);
        }
        let [operator, one, two] = value.as_array()?.as_slice() else {
            return None;
        };
        let operator = operator.as_str()?.to_ascii_lowercase();
        if operator == "content-length-range" {
            let number = |value: &Value| value.as_u64().or_else(|| value.as_str()?.parse().ok());
            return Some(Condition::Length(number(one)?, number(two)?));
        }
        let name = one.as_str()?.strip_prefix('$')?.to_ascii_lowercase();
        let text = two.as_str()?.to_string();
        match operator.as_str() {
            "eq" => Some(Condition::Equal(vec![(name, text)])),
            "starts-with" => Some(Condition::Begins(name, text)),
            _ => None,
        }
    }
}

/// A field that must be there and is not.
pub(crate) fn lacks(name: &str) -> Error {
    let text = format!(
        "Bucket POST must contain a field named '{name}'.  If it is specified, please check the order of the fields."
    );
    let error = Error::new("InvalidArgument", 400, text);
    error.with("ArgumentName", name).with("ArgumentValue", "")
}

fn denied(why: &str) -> Error {
    Error::new("AccessDenied", 403, format!("Invalid according to Policy: {why}"))
}

fn failed(condition: &[&Value; 3]) -> Error {
    let [operator, name, value] = condition;
    denied(&format!("Policy Condition failed: [{operator}, {name}, {value}]"))
}

/// `<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>` as a header has it.
fn tagging(text: &str) -> Result<String, Error> {
    let malformed = || {
        let message = "The XML you provided was not well-formed or did not validate against our published schema";
        Error::new("MalformedXML", 400, message)
    };
    let root = xml::tree::parse(text.as_bytes(), limits::ELEMENTS).map_err(|_| malformed())?;
    let set = root.child("TagSet").ok_or_else(malformed)?;
    let mut pairs = Vec::new();
    for tag in &set.children {
        let part = |name: &str| tag.child(name).map(|element| http::encoded(&element.text));
        pairs.push(format!(
            "{}={}",
            part("Key").ok_or_else(malformed)?,
            part("Value").unwrap_or_default()
        ));
    }
    Ok(pairs.join("&"))
}
