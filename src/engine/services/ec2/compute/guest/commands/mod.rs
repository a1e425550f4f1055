//! Commands that a guest runs on its files and disks, as somebody logged in would type them, and as its user data has them.
//!
//! Only what can be seen on disks is simulated; rights are not: everybody is root here (ours). A command that is not known
//! answers as a shell does, with status 127. Outputs follow the programs' own manuals.

mod arithmetic;
mod aws;
mod container;
mod copy;
mod disk;
mod expand;
mod fetch;
mod file;
mod lookup;
mod nvme;
mod packets;
mod parse;
mod rules;
mod show;
mod steps;
mod units;

pub(super) use steps::replay;

use super::script::Step;
use crate::base::error::{Error, Result};
use crate::base::ids::InstanceId;
use crate::base::limits::GUEST_OUTPUT;
use crate::base::text::beginning;
use crate::catalog::Region;
use crate::services::Request;
use crate::services::ec2::common::note;
use crate::services::ec2::storage::files::{self, disks};
use crate::services::ec2::storage::volumes::lazy;
use crate::world::World;
use crate::world::compute::Instance;
use crate::world::files::{Data, Disk, Entry, Tree};
use expand::Expanded;
use parse::{Command, Join};
use std::collections::BTreeMap;
use std::rc::Rc;
use stratus_model::{Structure, field};

/// Bytes of a file that commands look at.
const LOOK: usize = 1 << 20;
/// The status of what went wrong.
const FAILED: i64 = 1;

/// Somebody at a guest's shell.
pub(super) struct Shell<'w> {
    world: &'w mut World,
    region: Region,
    id: InstanceId,
    /// Where they are.
    folder: String,
    /// What stands on the screen.
    screen: String,
    /// Milliseconds that reading disks took.
    took: i64,
    /// It is a script of a boot that is run.
    boots: bool,
    /// What its variables stand for.
    variables: Rc<BTreeMap<String, String>>,
    /// What the commands that stand within others have written so far, the innermost last.
    captured: Vec<Vec<u8>>,
    /// How the last of them ended.
    within: i64,
    /// How many stand within each other now.
    depth: usize,
    /// How the last command ended: `$?`.
    last: i64,
    /// Bytes that all words have had so far.
    expanded: usize,
    /// In a container: its network.
    container: Option<container::Network>,
}

/// What one command wrote and how it ended.
struct Done {
    output: Vec<u8>,
    status: i64,
}

impl Done {
    /// It wrote nothing.
    fn ended(status: i64) -> Done {
        Done {
            output: Vec::new(),
            status,
        }
    }
    fn well(output: impl Into<Vec<u8>>) -> Done {
        Done {
            output: output.into(),
            status: 0,
        }
    }
}

/// Runs a command in a guest that runs.
///
/// # Errors
/// `UnsupportedOperation` for Windows.
pub(in crate::services) fn run(request: &Request<'_>, world: &mut World, id: InstanceId) -> Result<Structure> {
    let region = request.region;
    if world
        .row::<Instance>(region, id)
        .is_some_and(|row| row.machine.is_windows())
    {
        let why = format!("'{id}' runs Windows: commands are simulated for Linux only.");
        return Err(Error::new("UnsupportedOperation", why).at("InstanceId"));
    }
    let text = request.params.text(field::COMMAND).unwrap_or_default();
    let mut shell = Shell::new(world, region, id);
    let status = shell.steps(&steps::of(text));
    let screen = std::mem::take(&mut shell.screen);
    let first = text.lines().next().unwrap_or_default();
    let shown: String = first.chars().take(80).collect();
    note(world, region, id, format!("its guest ran: {shown}"));
    Ok(Structure::new()
        .with(field::OUTPUT, screen)
        .with(field::EXIT_CODE, status))
}

impl<'w> Shell<'w> {
    fn new(world: &'w mut World, region: Region, id: InstanceId) -> Shell<'w> {
        let login = world.row::<Instance>(region, id).map(|row| row.machine.login.clone());
        Shell {
            world,
            region,
            id,
            folder: format!("/home/{}", login.unwrap_or_default()),
            screen: String::new(),
            took: 0,
            boots: false,
            variables: Rc::default(),
            captured: Vec::new(),
            within: 0,
            depth: 0,
            last: 0,
            expanded: 0,
            container: None,
        }
    }

    fn row(&self) -> Option<&Instance> {
        self.world.row::<Instance>(self.region, self.id)
    }

    fn steps(&mut self, steps: &[Step]) -> i64 {
        let mut status = 0;
        for step in steps {
            status = match step {
                Step::Line(line) => self.line(line, None),
                Step::Here(line, content, false) => self.line(line, Some(content)),
                Step::Here(line, content, true) => match self.expand_one(&parse::document(content, false)) {
                    Ok(content) => self.line(line, Some(&content)),
                    Err(status) => status,
                },
                Step::File(path, content, behind) => {
                    let path = self.absolute(path);
                    match self.write(&path, content.as_bytes(), *behind) {
                        Ok(()) => 0,
                        Err(why) => self.complain("bash", &path, &why),
                    }
                }
            };
            self.last = status;
        }
        status
    }

    /// Runs a line, which may have a here-document.
    fn line(&mut self, line: &str, here: Option<&str>) -> i64 {
        let (mut status, mut piped) = (0, None);
        let commands = parse::line(line);
        let mut timed = None;
        for (place, command) in commands.iter().enumerate() {
            let skip = match command.join {
                Join::And => status != 0,
                Join::Or => status == 0,
                Join::Then | Join::Pipe => false,
            };
            if skip {
                continue;
            }
            let input = piped.take();
            // A word of the shell's own: it is about the whole pipeline that it stands before.
            if command.timed && command.join != Join::Pipe {
                timed = Some(self.took);
            }
            let done = match self.whole(command, here, input) {
                Ok(done) => done,
                Err(ended) => Done::ended(ended),
            };
            status = done.status;
            let into_next = commands.get(place + 1).is_some_and(|next| next.join == Join::Pipe);
            match &command.output {
                Some((path, behind)) => {
                    status = match self.expand_one(path) {
                        Ok(path) => self.redirect(&path, *behind, &done),
                        Err(ended) => ended,
                    };
                }
                None if into_next => piped = Some(done.output),
                None => match self.captured.last_mut() {
                    Some(text) if text.len() < LOOK => text.extend(done.output),
                    Some(_) => {}
                    None => self.show(&String::from_utf8_lossy(&done.output)),
                },
            }
            self.last = status;
            if let Some(before) = timed.take_if(|_| !into_next) {
                self.show_time(self.took - before);
            }
        }
        status
    }

    /// One command with what is put into it, and with what it reads.
    fn whole(&mut self, command: &Command, here: Option<&str>, piped: Option<Vec<u8>>) -> Expanded<Done> {
        if let Some(done) = self.assign(&command.words) {
            return Ok(done);
        }
        if let Some(done) = self.export(&command.words) {
            return Ok(done);
        }
        let words = self.expand(&command.words)?;
        let text = here.filter(|_| command.here).map(|text| text.as_bytes().to_vec());
        let from = match &command.input {
            Some(path) if text.is_none() => Some(self.expand_one(path)?),
            _ => None,
        };
        Ok(self.command(&words, from.as_deref(), text.or(piped)))
    }

    /// What `time` says: only disks take time here (ours).
    fn show_time(&mut self, millis: i64) {
        let (minutes, seconds, rest) = (millis / 60_000, millis / 1_000 % 60, millis % 1_000);
        self.show(&format!(
            "\nreal\t{minutes}m{seconds}.{rest:03}s\nuser\t0m0.000s\nsys\t0m0.000s\n"
        ));
    }

    fn redirect(&mut self, path: &str, behind: bool, done: &Done) -> i64 {
        let path = self.absolute(path);
        if path.starts_with("/dev/") {
            return done.status;
        }
        match self.write(&path, &done.output, behind) {
            Ok(()) => done.status,
            Err(why) => self.complain("bash", &path, &why),
        }
    }

    fn show(&mut self, text: &str) {
        let room = GUEST_OUTPUT.saturating_sub(self.screen.len());
        self.screen.push_str(beginning(text, room));
    }

    /// `cat: /x: No such file or directory`
    fn complain(&mut self, program: &str, what: &str, why: &str) -> i64 {
        let line = if what.is_empty() {
            format!("{program}: {why}\n")
        } else {
            format!("{program}: {what}: {why}\n")
        };
        self.show(&line);
        FAILED
    }

    fn fails(&mut self, program: &str, what: &str, why: &str) -> Done {
        Done::ended(self.complain(program, what, why))
    }

    fn command(&mut self, words: &[String], from: Option<&str>, piped: Option<Vec<u8>>) -> Done {
        let input = match (from, piped) {
            (Some(path), _) => {
                let path = self.absolute(path);
                match self.read(&path, LOOK) {
                    Ok(bytes) => Some(bytes),
                    Err(why) => return self.fails("bash", &path, &why),
                }
            }
            (None, piped) => piped,
        };
        let Some((program, rest)) = words.split_first() else {
            return Done::well("");
        };
        let name = program.rsplit('/').next().unwrap_or(program).to_owned();
        let words: Vec<&str> = rest.iter().map(String::as_str).collect();
        if let Some(done) = self.lacks(program) {
            return done;
        }
        match name.as_str() {
            "cd" => self.cd(&words),
            "pwd" => Done::well(format!("{}\n", self.folder)),
            "hostname" | "whoami" | "uname" | "date" => self.who(&name),
            "true" | "sleep" | "set" | "chown" | "chmod" => Done::well(""),
            // What stands behind it on its line is run all the same (ours).
            "exit" => Done::ended(
                words
                    .first()
                    .and_then(|status| status.parse().ok())
                    .unwrap_or(self.last)
                    & 0xff,
            ),
            "systemctl" => self.systemctl(&words),
            "ss" | "netstat" => self.sockets(&name, &words),
            "nvme" => self.nvme(&words),
            "dig" | "nslookup" | "host" => self.look_up(&name, rest, input),
            "ping" | "traceroute" | "tracepath" | "nc" | "ncat" | "curl" | "aws" | "iptables" | "ip" => {
                self.network(&name, &words)
            }
            "docker" | "podman" => self.docker(&words),
            "cut" => self.cut(&words, input),
            // What the list above lacks is not there, so that no script of a boot passes it by.
            name if !steps::touches(name) => self.unknown(program),
            "lsblk" => self.lsblk(&words),
            "df" => self.df(&words),
            "blkid" => self.blkid(&words),
            "file" => self.file_command(&words),
            "mount" => self.mount(&words),
            "umount" => self.umount(&words),
            "findmnt" => self.mount(&[]),
            "ebsnvme-id" => self.ebsnvme(&words),
            "xfs_growfs" | "resize2fs" | "growpart" => self.grow(&name, &words),
            "dd" => self.dd(&words),
            "sync" => self.flush(),
            name if name.starts_with("mkfs") => self.mkfs(name, &words),
            "cat" | "head" | "tail" | "wc" | "grep" | "sha256sum" | "md5sum" => self.look(&name, &words, input),
            "tee" => self.tee(&words, &input.unwrap_or_default()),
            "echo" | "printf" => self.echo(&name, &words),
            "ls" => self.ls(&words),
            "mkdir" => self.mkdir(&words),
            "rmdir" | "rm" => self.rm(&words),
            "touch" | "truncate" | "fallocate" => self.touch(&name, &words),
            "cp" | "mv" => self.copy(&name, &words),
            "du" | "stat" | "test" | "[" => self.about(&name, &words),
            _ => self.unknown(program),
        }
    }

    /// Programs that concern the network. At a boot they have had their effect, if any, before (`script`); only what the
    /// metadata service says is wanted then.
    fn network(&mut self, name: &str, words: &[&str]) -> Done {
        if self.boots && !(name == "curl" && fetch::asks_metadata(words)) {
            return Done::well("");
        }
        match name {
            "ping" => self.ping(words),
            "nc" | "ncat" => self.netcat(words),
            "curl" => self.curl(words),
            "aws" => self.aws(words),
            "iptables" => self.iptables(words),
            "ip" => self.ip(words),
            _ => self.traceroute(name, words),
        }
    }

    fn unknown(&mut self, program: &str) -> Done {
        self.show(&format!("bash: {program}: command not found\n"));
        Done::ended(127)
    }

    /// A path from the root on, without `.` and `..`.
    fn absolute(&self, path: &str) -> String {
        let home = self
            .row()
            .map(|row| format!("/home/{}", row.machine.login))
            .unwrap_or_default();
        let path = match path.strip_prefix('~') {
            Some(rest) => format!("{home}{rest}"),
            None if path.starts_with('/') => path.to_owned(),
            None => format!("{}/{path}", self.folder),
        };
        let mut parts: Vec<&str> = Vec::new();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop();
                }
                part => parts.push(part),
            }
        }
        format!("/{}", parts.join("/"))
    }

    /// The file system that a path lies in, and the path in it.
    fn place(&self, path: &str) -> Option<(Disk, String, Tree)> {
        let (disk, within) = disks::of_path(self.row()?, path)?;
        let tree = files::tree(self.world, self.region, self.id, &disk)?;
        Some((disk, within, tree))
    }

    /// The bytes of a file, of which at most so many are looked at; a program that reads it reads all of it.
    fn read(&mut self, path: &str, most: usize) -> std::result::Result<Vec<u8>, String> {
        self.read_until(path, most, i64::MAX)
    }

    /// The bytes of a file that a program reads no further than this.
    fn read_until(&mut self, path: &str, most: usize, end: i64) -> std::result::Result<Vec<u8>, String> {
        if self.container.is_some() {
            return Err("No such file or directory".to_owned());
        }
        let (disk, within, tree) = self.place(path).ok_or_else(|| "Input/output error".to_owned())?;
        if tree.is_folder(&within) {
            return Err("Is a directory".to_owned());
        }
        let content = files::content(self.world, self.region, self.id, &disk, &within, most);
        self.fetch(&disk, &within, &tree, end);
        content.ok_or_else(|| "No such file or directory".to_owned())
    }

    /// The blocks of a file come from the disk that it lies on, and those that wait in S3 from there, unless the file is in the
    /// guest's memory. No other memory of what was read is simulated (ours).
    fn fetch(&mut self, disk: &Disk, within: &str, tree: &Tree, end: i64) {
        let (Disk::Volume(volume), Some(Entry::File(start, length, _))) = (disk, tree.entries.get(within)) else {
            return;
        };
        let cache = self.row().and_then(|row| row.guest.disks.cache.get(disk));
        if !cache.is_some_and(|cache| cache.data.contains_key(within)) {
            self.took += lazy::fetch(self.world, self.region, *volume, (*start, (*length).min(end)), None);
        }
    }

    /// Gives a file its bytes.
    fn write(&mut self, path: &str, bytes: &[u8], behind: bool) -> std::result::Result<(), String> {
        let mut all = if behind {
            self.read(path, LOOK).unwrap_or_default()
        } else {
            Vec::new()
        };
        all.extend_from_slice(bytes);
        self.put(path, Data::Bytes(Rc::new(all)))
    }

    fn put(&mut self, path: &str, data: Data) -> std::result::Result<(), String> {
        // The disk of a container goes with it.
        if self.container.is_some() {
            return Ok(());
        }
        let (disk, within, tree) = self.place(path).ok_or_else(|| "Input/output error".to_owned())?;
        let folder = within
            .rsplit_once('/')
            .map_or("/", |(folder, _)| if folder.is_empty() { "/" } else { folder });
        if tree.is_folder(&within) {
            return Err("Is a directory".to_owned());
        }
        if !tree.is_folder(folder) {
            return Err("No such file or directory".to_owned());
        }
        if within.contains('\n') {
            return Err("Invalid argument".to_owned());
        }
        let now = self.world.now;
        let fits = files::change(self.world, self.region, self.id, &disk, |cache| {
            files::put_file(cache, &within, data, now)
        });
        match fits {
            Some(true) => Ok(()),
            Some(false) => Err("No space left on device".to_owned()),
            None => Err("Input/output error".to_owned()),
        }
    }

    /// Changes the tree that a path lies in.
    fn edit(&mut self, path: &str, edit: impl FnOnce(&mut Tree, &str)) -> bool {
        let Some((disk, within, _)) = self.place(path) else {
            return false;
        };
        files::change(self.world, self.region, self.id, &disk, |cache| {
            edit(&mut cache.tree, &within);
            let tree = &cache.tree;
            cache
                .data
                .retain(|path, _| matches!(tree.entries.get(path), Some(Entry::File(..))));
        })
        .is_some()
    }

    fn cd(&mut self, words: &[&str]) -> Done {
        let path = self.absolute(words.first().unwrap_or(&"~"));
        let there = self
            .place(&path)
            .is_some_and(|(_, within, tree)| tree.is_folder(&within));
        if !there {
            return self.fails("bash: cd", &path, "No such file or directory");
        }
        self.folder = path;
        Done::well("")
    }

    fn who(&self, name: &str) -> Done {
        let line = match name {
            "hostname" => super::host_name(self.world, self.region, self.id),
            "whoami" => self.row().map(|row| row.machine.login.clone()).unwrap_or_default(),
            "uname" => "Linux".to_owned(),
            _ => self.world.now.iso8601(),
        };
        Done::well(format!("{line}\n"))
    }
}

/// Words that are no options.
fn plain<'a>(words: &[&'a str]) -> Vec<&'a str> {
    words
        .iter()
        .filter(|word| !word.starts_with('-') || **word == "-")
        .copied()
        .collect()
}

/// Whether a one-letter option is among the words: `-h`, `-lh`.
fn has(words: &[&str], letter: char) -> bool {
    let short = |word: &&str| {
        word.strip_prefix('-')
            .is_some_and(|rest| !rest.starts_with('-') && rest.contains(letter))
    };
    words.iter().any(short)
}

/// A size as people write it: `8G`, `1.5G`, `512M`.
fn human(bytes: i64) -> String {
    let mut unit = 1i64;
    let mut letters = ["", "K", "M", "G", "T", "P"].iter();
    let mut letter = letters.next().copied().unwrap_or_default();
    while bytes >= unit.saturating_mul(1024)
        && let Some(next) = letters.next()
    {
        (unit, letter) = (unit * 1024, next);
    }
    let tenths = (i128::from(bytes) * 10 + i128::from(unit) - 1) / i128::from(unit);
    if tenths % 10 == 0 || tenths >= 100 {
        format!("{}{letter}", (tenths + 9) / 10)
    } else {
        format!("{}.{}{letter}", tenths / 10, tenths % 10)
    }
}

/// The number of bytes that a word means: `1M`, `4096`, `2GiB`, `1GB`.
fn bytes_of(text: &str) -> Option<i64> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit: i64 = match text.get(digits.len()..)?.to_ascii_lowercase().as_str() {
        "" | "c" => 1,
        "w" => 2,
        "b" => 512,
        "k" | "kib" => 1 << 10,
        "m" | "mib" => 1 << 20,
        "g" | "gib" => 1 << 30,
        "t" | "tib" => 1 << 40,
        "kb" => 1_000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        _ => return None,
    };
    digits.parse::<i64>().ok()?.checked_mul(unit)
}
