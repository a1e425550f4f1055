//! Commands on files: `echo`, `tee`, `ls`, `mkdir`, `rm`, `touch`, `stat`, `test`.

use super::{Done, FAILED, LOOK, Shell, bytes_of, has, human, plain};
use crate::world::files::{Data, Entry, Tree};
use md5::Md5;
use sha2::{Digest, Sha256};

/// Bytes of a file that a checksum reads.
const SUMMED: usize = 64 << 20;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `\n` and `\t` of `printf` and `echo -e`.
fn unescape(text: &str) -> String {
    text.replace("\\n", "\n").replace("\\t", "\t")
}

impl Shell<'_> {
    pub(super) fn echo(&mut self, name: &str, words: &[&str]) -> Done {
        if name == "printf" {
            let (format, rest) = words
                .split_first()
                .map_or(("", &[] as &[&str]), |(first, rest)| (*first, rest));
            let mut text = unescape(format);
            for word in rest {
                text = text.replacen("%s", word, 1);
            }
            return Done::well(text);
        }
        let options = words
            .iter()
            .take_while(|word| matches!(**word, "-n" | "-e" | "-ne" | "-en"))
            .count();
        let (options, rest) = words.split_at(options);
        let text = rest.join(" ");
        let text = if has(options, 'e') { unescape(&text) } else { text };
        Done::well(if has(options, 'n') { text } else { format!("{text}\n") })
    }

    /// `cat`, `head`, `tail`, `wc`, `grep`, checksums: of files, or of what was piped in.
    pub(super) fn look(&mut self, name: &str, words: &[&str], input: Option<Vec<u8>>) -> Done {
        let mut rest = plain(words);
        // The number behind -n is no file.
        let lines = words
            .iter()
            .position(|word| *word == "-n" || *word == "-c")
            .and_then(|at| words.get(at + 1))
            .copied();
        rest.retain(|word| Some(*word) != lines);
        let pattern = if name == "grep" && !rest.is_empty() {
            rest.remove(0)
        } else {
            ""
        };
        let most = if name.ends_with("sum") { SUMMED } else { LOOK };
        let mut texts: Vec<(String, Vec<u8>)> = Vec::new();
        let mut status = 0;
        for path in rest {
            let full = self.absolute(path);
            // Of a long file `head` reads the beginning only.
            let end = if name == "head" { LOOK as i64 } else { i64::MAX };
            match self.read_until(&full, most, end) {
                Ok(bytes) => texts.push((path.to_owned(), bytes)),
                Err(why) => status = self.complain(name, path, &why),
            }
        }
        if let Some(input) = input.filter(|_| texts.is_empty() && status == 0) {
            texts.push(("-".to_owned(), input));
        }
        let mut output = Vec::new();
        let wanted = lines
            .and_then(|text| text.trim_start_matches('-').parse::<usize>().ok())
            .unwrap_or(10);
        for (path, bytes) in &texts {
            let text = String::from_utf8_lossy(bytes);
            match name {
                "cat" => output.extend_from_slice(bytes),
                "sha256sum" => output.extend(format!("{}  {path}\n", hex(&Sha256::digest(bytes))).into_bytes()),
                "md5sum" => output.extend(format!("{}  {path}\n", hex(&Md5::digest(bytes))).into_bytes()),
                "wc" if has(words, 'c') => output.extend(format!("{} {path}\n", bytes.len()).into_bytes()),
                "wc" => output.extend(format!("{} {path}\n", text.lines().count()).into_bytes()),
                "head" if has(words, 'c') => output.extend(bytes.iter().take(wanted)),
                "head" => text
                    .lines()
                    .take(wanted)
                    .for_each(|line| output.extend(format!("{line}\n").into_bytes())),
                "tail" => {
                    let skip = text.lines().count().saturating_sub(wanted);
                    text.lines()
                        .skip(skip)
                        .for_each(|line| output.extend(format!("{line}\n").into_bytes()));
                }
                _ => {
                    let found = text.lines().filter(|line| line.contains(pattern));
                    found.for_each(|line| output.extend(format!("{line}\n").into_bytes()));
                }
            }
        }
        if name == "grep" && output.is_empty() {
            status = FAILED;
        }
        Done { output, status }
    }

    pub(super) fn tee(&mut self, words: &[&str], input: &[u8]) -> Done {
        let mut status = 0;
        for path in plain(words) {
            let full = self.absolute(path);
            if let Err(why) = self.write(&full, input, has(words, 'a')) {
                status = self.complain("tee", path, &why);
            }
        }
        Done {
            output: input.to_vec(),
            status,
        }
    }

    /// The names in a folder.
    fn names(tree: &Tree, folder: &str) -> Vec<(String, Entry)> {
        let prefix = if folder == "/" {
            "/".to_owned()
        } else {
            format!("{folder}/")
        };
        let within = tree
            .entries
            .from(&prefix)
            .take_while(|(path, _)| path.starts_with(&prefix));
        within
            .filter_map(|(path, entry)| {
                let name = path.strip_prefix(&prefix)?;
                (!name.is_empty() && !name.contains('/')).then(|| (name.to_owned(), entry.clone()))
            })
            .collect()
    }

    pub(super) fn ls(&mut self, words: &[&str]) -> Done {
        let asked = plain(words);
        let here = self.folder.clone();
        let asked = if asked.is_empty() { vec![here.as_str()] } else { asked };
        let (mut out, mut status) = (String::new(), 0);
        for path in asked {
            let full = self.absolute(path);
            let device = full == "/dev" || full.starts_with("/dev/");
            if let Some(lines) = device.then(|| self.ls_devices(&full, has(words, 'l'))).flatten() {
                out.push_str(&lines);
                continue;
            }
            let Some((_, within, tree)) = self.place(&full) else {
                status = self.complain("ls", path, "Input/output error");
                continue;
            };
            let rows = match tree.entries.get(&within) {
                Some(file @ Entry::File(..)) => vec![(path.to_owned(), file.clone())],
                _ if tree.is_folder(&within) => Self::names(&tree, &within),
                _ => {
                    self.show(&format!("ls: cannot access '{path}': No such file or directory\n"));
                    status = 2;
                    continue;
                }
            };
            for (name, entry) in rows {
                out.push_str(&match (has(words, 'l'), entry) {
                    (false, _) => format!("{name}\n"),
                    (true, Entry::Folder) => format!("drwxr-xr-x 2 root root {:>10} {name}\n", 6),
                    (true, Entry::File(_, length, at)) => {
                        format!("-rw-r--r-- 1 root root {length:>10} {} {name}\n", at.iso8601())
                    }
                });
            }
        }
        Done {
            output: out.into_bytes(),
            status,
        }
    }

    pub(super) fn mkdir(&mut self, words: &[&str]) -> Done {
        let parents = has(words, 'p');
        for path in plain(words) {
            let full = self.absolute(path);
            let Some((_, within, tree)) = self.place(&full) else {
                return self.fails("mkdir", path, "Input/output error");
            };
            if tree.is_folder(&within) && parents {
                continue;
            }
            let above = within
                .rsplit_once('/')
                .map_or("/", |(above, _)| if above.is_empty() { "/" } else { above });
            let why = if tree.entries.contains_key(&within) || within == "/" {
                "File exists"
            } else if !parents && !tree.is_folder(above) {
                "No such file or directory"
            } else {
                ""
            };
            if !why.is_empty() {
                self.show(&format!("mkdir: cannot create directory ‘{path}’: {why}\n"));
                return Done::ended(FAILED);
            }
            self.edit(&full, |tree, within| {
                for (end, _) in within.match_indices('/').skip(1).chain([(within.len(), "")]) {
                    let folder = within.get(..end).unwrap_or_default();
                    tree.entries.get_or_insert_with(folder.to_owned(), || Entry::Folder);
                }
            });
        }
        Done::well("")
    }

    pub(super) fn rm(&mut self, words: &[&str]) -> Done {
        let (deep, force) = (has(words, 'r') || has(words, 'R'), has(words, 'f'));
        let mut status = 0;
        for path in plain(words) {
            // `rm -rf /data/*`
            let (path, all) = path.strip_suffix("/*").map_or((path, false), |path| (path, true));
            let full = self.absolute(path);
            let Some((_, within, tree)) = self.place(&full) else {
                continue;
            };
            let folder = tree.is_folder(&within);
            if !folder && !tree.entries.contains_key(&within) {
                if !force {
                    self.show(&format!("rm: cannot remove '{path}': No such file or directory\n"));
                    status = FAILED;
                }
                continue;
            }
            if folder && !deep && !all {
                self.show(&format!("rm: cannot remove '{path}': Is a directory\n"));
                status = FAILED;
                continue;
            }
            self.edit(&full, |tree, within| {
                let below = if within == "/" {
                    "/".to_owned()
                } else {
                    format!("{within}/")
                };
                tree.entries
                    .retain(|path, _| !((path == within && !all) || path.starts_with(&below)));
            });
        }
        Done::ended(status)
    }

    /// `touch FILE`, `truncate -s 1M FILE`, `fallocate -l 1G FILE`.
    pub(super) fn touch(&mut self, name: &str, words: &[&str]) -> Done {
        let flag = if name == "fallocate" { "-l" } else { "-s" };
        let size = words
            .iter()
            .position(|word| *word == flag)
            .and_then(|at| words.get(at + 1))
            .copied();
        let mut status = 0;
        for path in plain(words).into_iter().filter(|word| Some(*word) != size) {
            let full = self.absolute(path);
            let data = match size.and_then(bytes_of) {
                Some(length) => Data::Zeros(length),
                None if self
                    .place(&full)
                    .is_some_and(|(_, within, tree)| tree.entries.contains_key(&within)) =>
                {
                    continue;
                }
                None => Data::Bytes(Default::default()),
            };
            if let Err(why) = self.put(&full, data) {
                status = self.complain(name, path, &why);
            }
        }
        Done::ended(status)
    }

    /// `stat FILE`, `du FILE`, `test -f FILE`.
    pub(super) fn about(&mut self, name: &str, words: &[&str]) -> Done {
        let path = plain(words).into_iter().find(|word| *word != "]").unwrap_or(".");
        let full = self.absolute(path);
        let entry = self.place(&full).and_then(|(_, within, tree)| {
            let folder = tree.is_folder(&within).then_some(Entry::Folder);
            tree.entries.get(&within).cloned().or(folder)
        });
        match (name, entry) {
            ("test" | "[", entry) => {
                let fits = match words.first() {
                    Some(&"-d") => entry == Some(Entry::Folder),
                    Some(&"-f") => matches!(entry, Some(Entry::File(..))),
                    _ => entry.is_some(),
                };
                Done::ended(i64::from(!fits))
            }
            (_, None) => self.fails(name, &format!("cannot access '{path}'"), "No such file or directory"),
            ("du", Some(Entry::Folder)) => Done::well(format!("0\t{path}\n")),
            ("du", Some(Entry::File(_, length, _))) => Done::well(format!("{}\t{path}\n", human(length))),
            (_, Some(Entry::Folder)) => Done::well(format!("  File: {path}\n  Size: 6 directory\n")),
            (_, Some(Entry::File(_, length, at))) => Done::well(format!(
                "  File: {path}\n  Size: {length} regular file\nModify: {}\n",
                at.iso8601()
            )),
        }
    }
}
