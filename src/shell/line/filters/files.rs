//! `ls`, `rm`, `cp`, `mv`, `pwd`: the file tray. Folders are only in the names of files.

use super::{Io, options};
use crate::line::date;
use crate::tray::clean;
use std::collections::BTreeMap;

/// `pwd`: the tray's root.
pub(super) fn place(_: &[String], io: &mut Io<'_>) -> i32 {
    io.printed.out("/tray\n");
    0
}

/// What `ls` lists: name, bytes, milliseconds, mode; folders without either.
type Entries = BTreeMap<String, Option<(usize, i64, u16)>>;

/// `ls`: one a line, as into a pipe; with `-l` sizes and times.
pub(super) fn list(arguments: &[String], io: &mut Io<'_>) -> i32 {
    let Some(options) = options(
        io,
        arguments,
        ("l1aAhrtFp", ""),
        &[("all", 'a'), ("human-readable", 'h')],
    ) else {
        return 2;
    };
    let mut status = 0;
    let (mut files, mut folders) = (Entries::new(), Vec::new());
    let names = if options.operands.is_empty() {
        vec![".".to_owned()]
    } else {
        options.operands.clone()
    };
    for name in &names {
        if let Some(file) = io.tray.file(name) {
            files.insert(name.clone(), Some((file.bytes.len(), file.modified.0, file.mode)));
        } else if io.tray.is_folder(name) {
            folders.push(name.clone());
        } else {
            io.printed
                .err(format!("ls: cannot access '{name}': No such file or directory"));
            status = 2;
        }
    }
    let long = options.has('l');
    let mut text = written(&files, long, options.has('h'));
    for folder in &folders {
        if names.len() > 1 {
            let gap = if text.is_empty() { "" } else { "\n" };
            text.push_str(&format!("{gap}{folder}:\n"));
        }
        let entries = inside(folder, io);
        if long {
            let blocks: usize = entries
                .values()
                .flatten()
                .map(|(bytes, ..)| bytes.div_ceil(4096) * 4)
                .sum();
            text.push_str(&format!("total {blocks}\n"));
        }
        text.push_str(&written(&entries, long, options.has('h')));
    }
    io.printed.out(text);
    status
}

fn inside(folder: &str, io: &Io<'_>) -> Entries {
    let folder = clean(folder);
    let prefix = if folder.is_empty() {
        String::new()
    } else {
        format!("{folder}/")
    };
    let mut entries = Entries::new();
    for (name, file) in io.tray.iter() {
        let Some(rest) = name.strip_prefix(&prefix) else {
            continue;
        };
        match rest.split_once('/') {
            // The names of the root's own files begin with a slash: they are not in the tray's folder.
            Some(("", _)) => {}
            Some((folder, _)) => {
                entries.insert(folder.to_owned(), None);
            }
            None => {
                entries.insert(rest.to_owned(), Some((file.bytes.len(), file.modified.0, file.mode)));
            }
        }
    }
    entries
}

fn written(entries: &Entries, long: bool, human: bool) -> String {
    let size = |bytes: usize| if human { short(bytes) } else { bytes.to_string() };
    let width = entries
        .values()
        .flatten()
        .map(|(bytes, ..)| size(*bytes).len())
        .max()
        .unwrap_or(1);
    let mut text = String::new();
    for (name, file) in entries {
        match file {
            _ if !long => text.push_str(name),
            Some((bytes, at, mode)) => text.push_str(&format!(
                "-{} 1 you you {:>width$} {} {name}",
                super::modes::written(*mode),
                size(*bytes),
                date::write(*at, "%b %e %H:%M")
            )),
            None => text.push_str(&format!("drwxr-xr-x 2 you you {:>width$}              {name}", "-")),
        }
        text.push('\n');
    }
    text
}

/// `4.0K`, as `ls -h` rounds: up.
fn short(bytes: usize) -> String {
    let mut size = bytes * 10;
    for unit in ["", "K", "M", "G"] {
        if size < 10 * 1024 || unit == "G" {
            return match unit {
                "" => (size / 10).to_string(),
                _ if size < 100 => format!("{}.{}{unit}", size / 10, size % 10),
                _ => format!("{}{unit}", size.div_ceil(10)),
            };
        }
        size = size.div_ceil(1024);
    }
    size.to_string()
}

/// `rm`, with `-f` and `-r`.
pub(super) fn remove(arguments: &[String], io: &mut Io<'_>) -> i32 {
    let long = [("force", 'f'), ("recursive", 'r')];
    let Some(options) = options(io, arguments, ("frRv", ""), &long) else {
        return 1;
    };
    if options.operands.is_empty() && !options.has('f') {
        io.printed
            .err("rm: missing operand\nTry 'rm --help' for more information.");
        return 1;
    }
    let mut status = 0;
    for name in &options.operands {
        if io.tray.remove(name) {
            continue;
        }
        let folder = clean(name);
        if !io.tray.is_folder(name) {
            if !options.has('f') {
                io.printed
                    .err(format!("rm: cannot remove '{name}': No such file or directory"));
                status = 1;
            }
        } else if options.has('r') || options.has('R') {
            let below = if folder.is_empty() {
                String::new()
            } else {
                format!("{folder}/")
            };
            let gone: Vec<String> = io
                .tray
                .iter()
                .map(|(name, _)| name)
                .filter(|name| name.starts_with(&below))
                .map(str::to_owned)
                .collect();
            for name in gone {
                io.tray.remove(&name);
            }
        } else {
            io.printed.err(format!("rm: cannot remove '{name}': Is a directory"));
            status = 1;
        }
    }
    status
}

/// `cp`.
pub(super) fn copy(arguments: &[String], io: &mut Io<'_>) -> i32 {
    transfer(arguments, io, false)
}

/// `mv`.
pub(super) fn rename(arguments: &[String], io: &mut Io<'_>) -> i32 {
    transfer(arguments, io, true)
}

fn transfer(arguments: &[String], io: &mut Io<'_>, moves: bool) -> i32 {
    let Some(options) = options(io, arguments, ("fnvp", ""), &[]) else {
        return 1;
    };
    let program = io.name;
    let Some((target, sources)) = options.operands.split_last().filter(|(_, sources)| !sources.is_empty()) else {
        let why = match options.operands.first() {
            Some(only) => format!("missing destination file operand after '{only}'"),
            None => "missing file operand".into(),
        };
        io.printed.err(format!(
            "{program}: {why}\nTry '{program} --help' for more information."
        ));
        return 1;
    };
    let into = target.ends_with('/') || io.tray.is_folder(target) || sources.len() > 1;
    let mut status = 0;
    for source in sources {
        let base = source.rsplit('/').next().unwrap_or(source);
        let to = if into {
            format!("{target}/{base}")
        } else {
            target.clone()
        };
        let outcome = if clean(source) == clean(&to) {
            Err(format!("'{source}' and '{to}' are the same file"))
        } else {
            match io.open(source) {
                Err("Is a directory") if !moves => Err(format!("-r not specified; omitting directory '{source}'")),
                Err(why) => Err(format!("cannot stat '{source}': {why}")),
                Ok(bytes) => io
                    .tray
                    .write(&to, bytes)
                    .map_err(|why| format!("cannot create regular file '{to}': {why}")),
            }
        };
        match outcome {
            Ok(()) if moves => {
                io.tray.remove(source);
            }
            Ok(()) => {}
            Err(why) => {
                io.printed.err(format!("{program}: {why}"));
                status = 1;
            }
        }
    }
    status
}
