//! Both ends of a transfer: paths in the tray and in buckets, and the files that they stand for.

use super::list::{following, page};
use super::{Refused, Work};
use crate::limits::OBJECTS;
use crate::tray::clean;
use stratus_model::{Structure, field};

/// What a file's path would be, were the tray a folder of a machine.
const ROOT: &str = "/tray";

/// Bucket and key of `s3://bucket/key`, with or without the scheme. Access points' ARNs keep their slashes.
pub(super) fn split(path: &str) -> (String, String) {
    let path = path.strip_prefix("s3://").unwrap_or(path);
    if path.starts_with("arn:")
        && let Some((front, rest)) = path.split_once("accesspoint/")
    {
        let (name, key) = rest.split_once('/').unwrap_or((rest, ""));
        return (format!("{front}accesspoint/{name}"), key.to_owned());
    }
    let (bucket, key) = path.split_once('/').unwrap_or((path, ""));
    (bucket.to_owned(), key.to_owned())
}

/// A tray path as the CLI sees it: absolute.
pub(super) fn absolute(path: &str) -> String {
    let name = clean(path);
    let end = if path.ends_with('/') && !name.is_empty() {
        "/"
    } else {
        ""
    };
    match name.as_str() {
        "" => ROOT.to_owned(),
        name if name.starts_with('/') => format!("{name}{end}"),
        name => format!("{ROOT}/{name}{end}"),
    }
}

/// What the client says of an object without a name.
pub(super) fn no_key() -> String {
    "Parameter validation failed:\nInvalid length for parameter Key, value: 0, valid min length: 1".to_owned()
}

/// A tray path as the CLI prints it: from where one is.
pub(super) fn shown(path: &str) -> String {
    let name = clean(path);
    let end = if path.ends_with('/') && !name.is_empty() {
        "/"
    } else {
        ""
    };
    match name.as_str() {
        "" => "./".into(),
        name if name.starts_with('/') => format!("..{name}{end}"),
        name if name.contains('/') || !end.is_empty() => format!("{name}{end}"),
        name => format!("./{name}"),
    }
}

/// One end: where it is, and its path without the scheme.
#[derive(Clone, Debug)]
pub(super) struct End {
    pub remote: bool,
    pub path: String,
    /// What is written there takes the name of its source.
    pub names: bool,
}

/// An end from what was typed. `folders`: all that is below it is meant.
pub(super) fn end(typed: &str, folders: bool, work: &Work<'_>) -> End {
    if let Some(path) = typed.strip_prefix("s3://") {
        let path = if folders && !path.ends_with('/') {
            format!("{path}/")
        } else {
            path.to_owned()
        };
        return End {
            remote: true,
            names: path.ends_with('/'),
            path,
        };
    }
    let is_folder = folders || typed.ends_with('/') || work.session.tray.is_folder(typed);
    let name = clean(typed);
    End {
        remote: false,
        names: is_folder,
        path: if is_folder && !name.is_empty() {
            format!("{name}/")
        } else {
            name
        },
    }
}

/// A file to be moved, compared or deleted.
#[derive(Clone, Debug)]
pub(super) struct File {
    /// Whether the source is an object.
    pub remote: bool,
    /// `bucket/key`, or a name of the tray.
    pub source: String,
    /// The same of where it goes.
    pub destination: String,
    /// What both ends of a sync call it.
    pub key: String,
    pub size: i64,
    /// Whole seconds since 1970.
    pub modified: i64,
    /// The answer that told of the object.
    pub known: Structure,
    /// Sync: this one goes.
    pub deleted: bool,
}

/// What could not be listed at all, or only warned of.
pub(super) enum Trouble {
    /// The command ends: `fatal error: …`.
    Fatal(String),
}

impl From<Refused> for Trouble {
    fn from(refused: Refused) -> Trouble {
        Trouble::Fatal(refused.text())
    }
}

/// The files that a source stands for, in the order of their names' bytes; warnings are added to the list.
pub(super) fn find(
    work: &mut Work<'_>,
    source: &End,
    destination: &End,
    folders: bool,
    deletes: bool,
    warnings: &mut Vec<String>,
) -> Result<Vec<File>, Trouble> {
    let mut files = if source.remote {
        objects(work, source, folders, deletes)?
    } else {
        local(work, source, folders, warnings)
    };
    for file in &mut files {
        let relative = if folders {
            file.source.get(source.path.len()..).unwrap_or_default()
        } else {
            file.source.rsplit('/').next().unwrap_or_default()
        };
        file.key = relative.to_owned();
        file.destination = if destination.names {
            format!("{}{relative}", destination.path)
        } else {
            destination.path.clone()
        };
    }
    Ok(files)
}

fn local(work: &Work<'_>, source: &End, folders: bool, warnings: &mut Vec<String>) -> Vec<File> {
    let tray = &work.session.tray;
    let one = |name: &str, size: usize, modified: i64| File {
        remote: false,
        source: name.to_owned(),
        destination: String::new(),
        key: String::new(),
        size: size as i64,
        modified: modified.div_euclid(1000),
        known: Structure::new(),
        deleted: false,
    };
    let name = source.path.trim_end_matches('/');
    if folders {
        if !name.is_empty() && tray.contains_key(name) {
            warnings.push(format!(
                "warning: Skipping file {}/. File does not exist.",
                absolute(name)
            ));
            return Vec::new();
        }
        let root = source.path.is_empty();
        let below = tray
            .iter()
            .filter(|(name, _)| name.starts_with(&source.path) && !(root && name.starts_with('/')));
        return below
            .map(|(name, file)| one(name, file.bytes.len(), file.modified.0))
            .collect();
    }
    match tray.file(name) {
        Some(file) => vec![one(name, file.bytes.len(), file.modified.0)],
        // A folder: the upload itself fails.
        None if tray.is_folder(name) => vec![one(&source.path, 0, 0)],
        None => {
            warnings.push(format!(
                "warning: Skipping file {}. File does not exist.",
                absolute(name)
            ));
            Vec::new()
        }
    }
}

fn objects(work: &mut Work<'_>, source: &End, folders: bool, deletes: bool) -> Result<Vec<File>, Trouble> {
    let (bucket, prefix) = split(&source.path);
    if !folders && !prefix.is_empty() {
        return Ok(vec![single(work, &source.path, &bucket, &prefix, deletes)?]);
    }
    let mut files = Vec::new();
    let mut next = None;
    loop {
        let answer = page(work, &bucket, &prefix, None, next)?;
        for object in answer.structures(field::CONTENTS) {
            let path = format!("{bucket}/{}", object.text(field::KEY).unwrap_or_default());
            let size = object.integer(field::SIZE).unwrap_or_default();
            let is_folder = size == 0 && path.ends_with('/');
            let wanted = if is_folder {
                deletes
            } else {
                folders || path == source.path
            };
            if wanted {
                files.push(object_file(path, size, object.clone()));
            }
        }
        next = following(&answer);
        if next.is_none() || files.len() > OBJECTS {
            return Ok(files);
        }
    }
}

fn object_file(source: String, size: i64, known: Structure) -> File {
    File {
        remote: true,
        source,
        destination: String::new(),
        key: String::new(),
        size,
        modified: known
            .timestamp(field::LAST_MODIFIED)
            .unwrap_or_default()
            .div_euclid(1000),
        known,
        deleted: false,
    }
}

fn single(work: &mut Work<'_>, path: &str, bucket: &str, key: &str, deletes: bool) -> Result<File, Trouble> {
    if deletes {
        // What is to be deleted need not be looked at.
        return Ok(object_file(path.to_owned(), 0, Structure::new()));
    }
    let params = head_params(work, bucket, key);
    let region = work.source_region();
    match work.call_in(region, "HeadObject", params) {
        Ok(answer) => {
            let size = answer.integer(field::CONTENT_LENGTH).unwrap_or_default();
            Ok(object_file(path.to_owned(), size, answer))
        }
        Err(mut refused) => {
            if refused.code == "404" {
                refused.message = format!("Key \"{key}\" does not exist");
            }
            Err(refused.into())
        }
    }
}

/// The parameters of a HeadObject.
pub(super) fn head_params(work: &Work<'_>, bucket: &str, key: &str) -> Structure {
    Structure::new()
        .with(field::BUCKET, bucket)
        .with(field::KEY, key)
        .with_some(field::REQUEST_PAYER, work.args.value("request-payer"))
}
