//! Completion of `aws s3`: its commands, `s3://` paths, files of the tray, options.

use super::Candidate;
use crate::cloud::Cloud;
use crate::line::Shell;
use stratus_model::{Structure, field};

const COMMANDS: [(&str, &str); 9] = [
    ("cp", "copy a file or an object"),
    ("ls", "buckets, or what is in one"),
    ("mb", "make a bucket"),
    ("mv", "move a file or an object"),
    ("presign", "a signed address for an object"),
    ("rb", "remove a bucket"),
    ("rm", "delete an object"),
    ("sync", "make one side like the other"),
    ("website", "a bucket's website"),
];

impl Shell {
    pub(super) fn s3(&self, words: &[String], word: &str, cloud: &dyn Cloud) -> Vec<Candidate> {
        let Some(command) = words.first() else {
            return COMMANDS
                .iter()
                .map(|(name, about)| Candidate::new(*name, *about))
                .collect();
        };
        if word.starts_with('-') {
            let names = crate::s3::option_names(command);
            return names.map(|name| Candidate::new(format!("--{name}"), "")).collect();
        }
        if let Some(option) = words.last().and_then(|last| last.strip_prefix("--")) {
            if matches!(option, "region" | "source-region") {
                return super::aws::regions();
            }
            let choices = crate::s3::option_choices(option);
            if !choices.is_empty() {
                return choices.iter().map(|value| Candidate::new(*value, "")).collect();
            }
        }
        let mut found = Vec::new();
        if let Some(path) = word.strip_prefix("s3://") {
            found.extend(self.below(path, cloud));
        } else {
            if matches!(command.as_str(), "cp" | "mv" | "sync") {
                found.extend(self.files(""));
            }
            found.extend(self.below("", cloud));
        }
        found
    }

    fn below(&self, path: &str, cloud: &dyn Cloud) -> Vec<Candidate> {
        let region = self.session.region;
        let Some((bucket, key)) = path.split_once('/') else {
            let answer = cloud.look(region, "s3", "ListBuckets", &Structure::new());
            let buckets = answer.iter().flat_map(|answer| answer.structures(field::BUCKETS));
            let names = buckets.filter_map(|bucket| bucket.text(field::NAME));
            return names
                .map(|name| Candidate::part(format!("s3://{name}/"), "bucket"))
                .collect();
        };
        let prefix = key
            .rsplit_once('/')
            .map_or(String::new(), |(prefix, _)| format!("{prefix}/"));
        let params = Structure::new()
            .with(field::BUCKET, bucket)
            .with(field::PREFIX, prefix)
            .with(field::DELIMITER, "/");
        let answer = cloud.look(region, "s3", "ListObjectsV2", &params).unwrap_or_default();
        let folders = answer
            .structures(field::COMMON_PREFIXES)
            .filter_map(|folder| folder.text(field::PREFIX));
        let mut found: Vec<Candidate> = folders
            .map(|prefix| Candidate::part(format!("s3://{bucket}/{prefix}"), "prefix"))
            .collect();
        for object in answer.structures(field::CONTENTS) {
            let key = object.text(field::KEY).unwrap_or_default();
            let size = object.integer(field::SIZE).unwrap_or_default();
            found.push(Candidate::new(format!("s3://{bucket}/{key}"), format!("{size} bytes")));
        }
        found
    }
}
