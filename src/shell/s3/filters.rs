//! `--exclude` and `--include`: later ones count more. <https://docs.aws.amazon.com/cli/latest/reference/s3/index.html>

use super::files::{self, File};
use crate::glob::Glob;

/// The filters of a command, once below the source and once below the destination.
pub(super) struct Filters(Vec<(bool, Glob, Glob)>);

impl Filters {
    /// Filters of these roots.
    pub fn new(filters: &[(bool, String)], source: &str, destination: &str, folders: bool) -> Filters {
        let (source, destination) = (root(source, folders), root(destination, folders));
        let read = |(include, pattern): &(bool, String)| {
            let below = |root: &str| Glob::of_filter(&joined(root, pattern));
            (*include, below(&source), below(&destination))
        };
        Filters(filters.iter().map(read).collect())
    }

    /// Whether a file takes part.
    pub fn take(&self, file: &File) -> bool {
        let name = if file.remote {
            file.source.clone()
        } else {
            files::absolute(&file.source)
        };
        let mut taken = true;
        for (include, source, destination) in &self.0 {
            if source.matches(&name) || destination.matches(&name) {
                taken = *include;
            }
        }
        taken
    }
}

/// What patterns are below of: the folder or prefix of a path.
fn root(path: &str, folders: bool) -> String {
    match path.strip_prefix("s3://") {
        Some(path) => {
            let (bucket, key) = path.split_once('/').unwrap_or((path, ""));
            let key = if folders || key.ends_with('/') {
                key
            } else {
                key.rsplit_once('/').map_or("", |(prefix, _)| prefix)
            };
            format!("{bucket}/{key}")
        }
        None if folders => files::absolute(path),
        None => files::absolute(path.rsplit_once('/').map_or("", |(folder, _)| folder)),
    }
}

/// As Python joins paths: one that begins with `/` stands alone.
fn joined(root: &str, pattern: &str) -> String {
    if pattern.starts_with('/') {
        pattern.to_owned()
    } else if root.ends_with('/') {
        format!("{root}{pattern}")
    } else {
        format!("{root}/{pattern}")
    }
}
