//! User data as cloud-init and EC2Launch read it: which format, and so which commands run at first boot.
//!
//! Formats: shell scripts, cloud-config (its `packages`, `write_files`, `bootcmd` and `runcmd`), MIME multi-part of both,
//! PowerShell and batch for Windows. Anything else is ignored, as cloud-init ignores it.
//! Source: <https://cloudinit.readthedocs.io/en/latest/explanation/format.html>,
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html>

use super::script::{Guest, Plan, Step};

/// Lines of one script that are looked at; user data has at most 16 KB.
const LINES: usize = 4_000;

/// What the user data does to a guest at first boot.
pub(super) fn run(data: &[u8], guest: Guest) -> Plan {
    let text = String::from_utf8_lossy(data);
    let mut plan = Plan::new(guest);
    if guest.windows {
        windows(&text, &mut plan);
    } else {
        part(&text, &mut plan);
    }
    plan.finish();
    plan
}

fn part(text: &str, plan: &mut Plan) {
    let start = text.trim_start();
    if start.starts_with("#!") {
        let lines: Vec<&str> = start.lines().skip(1).take(LINES).collect();
        plan.script(&lines);
    } else if start.starts_with("#cloud-config") {
        cloud_config(start, plan);
    } else if start.to_ascii_lowercase().starts_with("content-type: multipart") || start.starts_with("MIME-Version") {
        // Each part has a header, an empty line and a body; only bodies begin with these words.
        for begin in ["#!", "#cloud-config"] {
            for (at, _) in start.match_indices(begin) {
                if at > 0 && start.as_bytes().get(at - 1) == Some(&b'\n') {
                    let body = start.get(at..).unwrap_or_default();
                    let end = body.find("\n--").unwrap_or(body.len());
                    part(body.get(..end).unwrap_or_default(), plan);
                }
            }
        }
    } else if !start.is_empty() {
        plan.log("cloud-init: WARNING: Unhandled non-multipart (text/x-not-multipart) userdata");
    }
}

/// The lists of a cloud-config that start something. Only YAML's plain forms: block lists, flow lists, block scalars.
fn cloud_config(text: &str, plan: &mut Plan) {
    let lines: Vec<&str> = text.lines().take(LINES).collect();
    let mut section = "";
    let (mut packages, mut commands, mut files) = (Vec::new(), Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += 1;
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        if !line.starts_with([' ', '-', '\t']) {
            section = trimmed.split(':').next().unwrap_or_default();
            let rest = trimmed.split_once(':').map_or("", |(_, rest)| rest.trim());
            if section == "packages" {
                packages.extend(flow(rest).into_iter().flatten());
            }
            continue;
        }
        let item = trimmed.strip_prefix("- ").unwrap_or(trimmed).trim();
        match section {
            "packages" => packages.push(unquote(item)),
            "runcmd" | "bootcmd" => {
                if item == "|" || item == ">" {
                    let (block, next) = block(&lines, at, indent(line));
                    at = next;
                    commands.push(block);
                } else {
                    commands.push(flow(item).map_or_else(|| unquote(item), |words| join(&words)));
                }
            }
            "write_files" => {
                if let Some(path) = item.strip_prefix("path:") {
                    files.push((unquote(path.trim()), String::new()));
                } else if item.starts_with("content:") && item.ends_with(['|', '>']) {
                    let (block, next) = block(&lines, at, indent(line));
                    at = next;
                    if let Some(file) = files.last_mut() {
                        file.1 = block;
                    }
                }
            }
            _ => {}
        }
    }
    for (path, content) in &files {
        plan.step(Step::File(path.clone(), content.clone(), false));
        plan.file(path, content);
    }
    if !packages.is_empty() {
        let words: Vec<&str> = packages.iter().map(String::as_str).collect();
        plan.install(&words);
    }
    for command in &commands {
        let lines: Vec<&str> = command.lines().collect();
        plan.script(&lines);
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The lines of a block scalar that is indented deeper than `outer`, and where it ends.
fn block(lines: &[&str], from: usize, outer: usize) -> (String, usize) {
    let mut at = from;
    let mut out = String::new();
    while let Some(line) = lines
        .get(at)
        .filter(|line| line.trim().is_empty() || indent(line) > outer)
    {
        out.push_str(line.trim());
        out.push('\n');
        at += 1;
    }
    (out, at)
}

/// The items of `[a, b, "c d"]`.
fn flow(text: &str) -> Option<Vec<String>> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    let (mut items, mut item, mut quote) = (Vec::new(), String::new(), None);
    for c in inner.chars() {
        match quote {
            Some(q) if c == q => quote = None,
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c == ',' => items.push(std::mem::take(&mut item).trim().to_owned()),
            _ => item.push(c),
        }
    }
    items.push(item.trim().to_owned());
    items.retain(|item| !item.is_empty());
    Some(items)
}

/// Words as one command line: those with blanks in them in quotes.
fn join(words: &[String]) -> String {
    let quoted = words.iter().map(|word| {
        if word.contains(' ') {
            format!("'{word}'")
        } else {
            word.clone()
        }
    });
    quoted.collect::<Vec<_>>().join(" ")
}

fn unquote(text: &str) -> String {
    text.trim().trim_matches(|c| c == '"' || c == '\'').to_owned()
}

/// EC2Launch runs what stands between `<powershell>` or `<script>` and its end.
fn windows(text: &str, plan: &mut Plan) {
    let lower = text.to_ascii_lowercase();
    for tag in ["powershell", "script"] {
        let (Some(from), Some(to)) = (lower.find(&format!("<{tag}>")), lower.find(&format!("</{tag}>"))) else {
            continue;
        };
        if let Some(body) = text.get(from + tag.len() + 2..to) {
            body.lines().take(LINES).for_each(|line| plan.powershell(line.trim()));
        }
    }
}
