//! Finds, downloads and reads botocore's service models. Knows its folders and files, not what is in them.

use flate2::read::GzDecoder;
use serde_json::Value;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The raw models of one service.
pub struct Api {
    pub service: Value,
    pub paginators: Value,
    pub waiters: Value,
}

/// Where [`download`] unpacks a release.
pub fn unpacked(version: &str, target: &Path) -> PathBuf {
    target.join(format!("botocore-{version}"))
}

/// Downloads a release from the Python package index with pip, unless it is there already, and returns its folder.
pub fn download(version: &str, target: &Path) -> Result<PathBuf, String> {
    let folder = unpacked(version, target);
    if folder.is_dir() {
        return Ok(folder);
    }
    println!("downloading botocore {version} (15 MB) with pip");
    let wheels = target.join("wheels");
    let wheel = wheels.join(format!("botocore-{version}-py3-none-any.whl"));
    let pip = [
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--only-binary",
        ":all:",
        "--dest",
    ];
    python(
        Command::new("python3")
            .args(pip)
            .arg(&wheels)
            .arg(format!("botocore=={version}")),
    )?;
    // Unpacked beside its place and then moved, so that a run that is cut short leaves nothing that looks complete.
    let partial = target.join(format!("botocore-{version}.partial"));
    python(
        Command::new("python3")
            .args(["-m", "zipfile", "-e"])
            .arg(&wheel)
            .arg(&partial),
    )?;
    std::fs::rename(&partial, &folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(folder)
}

fn python(command: &mut Command) -> Result<(), String> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{command:?} ended with {status}")),
        Err(error) => Err(format!(
            "{command:?}: {error}; install python3 and pip, or give --botocore DIR"
        )),
    }
}

/// The `data` folder in an unpacked release, in the package, or given itself.
pub fn data_folder(folder: &Path) -> Result<PathBuf, String> {
    let candidates = [folder.join("botocore/data"), folder.join("data"), folder.to_path_buf()];
    let found = candidates
        .into_iter()
        .find(|candidate| candidate.join("endpoints.json").is_file());
    found.ok_or_else(|| format!("{} holds no botocore", folder.display()))
}

/// The newest version of a service's models, with what botocore adds to them for its own use.
pub fn service(data: &Path, name: &str) -> Result<Api, String> {
    let folder = data.join(name);
    let entries = std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let versions = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_dir());
    let newest = versions
        .max()
        .ok_or_else(|| format!("{} has no version", folder.display()))?;
    let with_extras = |name: &str| -> Result<Value, String> {
        let mut model = json(&newest, name)?.unwrap_or(Value::Null);
        if let Some(extras) = json(
            &newest,
            &name
                .replace("-1.json", "-1.sdk-extras.json")
                .replace("-2.json", "-2.sdk-extras.json"),
        )? {
            merge(&mut model, &extras["merge"]);
        }
        Ok(model)
    };
    Ok(Api {
        service: with_extras("service-2.json")?,
        paginators: with_extras("paginators-1.json")?,
        waiters: with_extras("waiters-2.json")?,
    })
}

/// `endpoints.json`: which services are regional.
pub fn endpoints(data: &Path) -> Result<Value, String> {
    json(data, "endpoints.json")?.ok_or_else(|| "endpoints.json is missing".to_string())
}

fn json(folder: &Path, name: &str) -> Result<Option<Value>, String> {
    let plain = folder.join(name);
    let packed = folder.join(format!("{name}.gz"));
    let mut text = Vec::new();
    let read = if plain.is_file() {
        std::fs::read(&plain).map(|bytes| text = bytes)
    } else if packed.is_file() {
        std::fs::File::open(&packed)
            .and_then(|file| GzDecoder::new(file).read_to_end(&mut text))
            .map(|_| ())
    } else {
        return Ok(None);
    };
    read.map_err(|error| format!("{}: {error}", plain.display()))?;
    serde_json::from_slice(&text)
        .map(Some)
        .map_err(|error| format!("{}: {error}", plain.display()))
}

fn merge(model: &mut Value, extras: &Value) {
    match (model, extras) {
        (Value::Object(model), Value::Object(extras)) => {
            for (key, value) in extras {
                merge(model.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        (model, extras) => *model = extras.clone(),
    }
}
