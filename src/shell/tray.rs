//! The file tray: the files that commands can name. Folders are only in the names, as in S3; each file knows when it was
//! last written, in virtual time. Never holds more than the limits say where a shell's command writes.

use crate::limits::{FILES, TRAY_BYTES};
use std::collections::BTreeMap;
use std::rc::Rc;
use stratus_engine::base::time::Time;

/// One file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its bytes, shared by all copies of a tray.
    pub bytes: Rc<Vec<u8>>,
    /// When it was last written.
    pub modified: Time,
    /// Who may do what, as `chmod` sets it: `0o644`. Shown only; nobody else is here.
    pub mode: u16,
}

/// Files by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tray {
    files: BTreeMap<String, File>,
    now: Time,
}

impl Tray {
    /// No files.
    pub fn new() -> Tray {
        Tray::default()
    }

    /// What a file holds.
    pub fn get(&self, name: &str) -> Option<&Vec<u8>> {
        self.file(name).map(|file| &*file.bytes)
    }

    /// A file.
    pub fn file(&self, name: &str) -> Option<&File> {
        self.files.get(&clean(name))
    }

    /// Whether there is a file of this name.
    pub fn contains_key(&self, name: &str) -> bool {
        self.files.contains_key(&clean(name))
    }

    /// Whether files lie below this name. The tray itself is a folder.
    pub fn is_folder(&self, name: &str) -> bool {
        let name = clean(name);
        if name.is_empty() {
            return true;
        }
        let below = format!("{name}/");
        let mut from = self.files.range(below.clone()..);
        from.next().is_some_and(|(name, _)| name.starts_with(&below))
    }

    /// Writes a file, whatever was there before. For what comes from outside of the shell; see [`Tray::write`].
    pub fn insert(&mut self, name: String, bytes: Vec<u8>) -> Option<Vec<u8>> {
        let modified = self.now;
        let bytes = Rc::new(bytes);
        let name = clean(&name);
        let mode = self.files.get(&name).map_or(0o644, |file| file.mode);
        let before = self.files.insert(name, File { bytes, modified, mode });
        before.map(|file| Rc::unwrap_or_clone(file.bytes))
    }

    /// Writes a file that is not there yet.
    pub fn insert_missing(&mut self, name: &str, bytes: impl FnOnce() -> Vec<u8>) {
        if !self.contains_key(name) {
            self.insert(name.to_owned(), bytes());
        }
    }

    /// Writes a file as a command does. The error is the system's text.
    pub fn write(&mut self, name: &str, bytes: Vec<u8>) -> Result<(), &'static str> {
        let name = clean(name);
        if name.is_empty() || self.is_folder(&name) {
            return Err("Is a directory");
        }
        let before = self.files.get(&name).map_or(0, |file| file.bytes.len());
        let is_full = self.files.len() >= FILES && !self.files.contains_key(&name);
        if is_full || (self.size() - before).saturating_add(bytes.len()) > TRAY_BYTES {
            return Err("No space left on device");
        }
        self.insert(name, bytes);
        Ok(())
    }

    /// Adds to the end of a file, which is made where it is missing. The error is the system's text.
    pub fn append(&mut self, name: &str, bytes: &[u8]) -> Result<(), &'static str> {
        let name = clean(name);
        let full = self.size().saturating_add(bytes.len()) > TRAY_BYTES;
        match self.files.get_mut(&name) {
            Some(_) if full => Err("No space left on device"),
            Some(file) => {
                Rc::make_mut(&mut file.bytes).extend_from_slice(bytes);
                file.modified = self.now;
                Ok(())
            }
            None => self.write(&name, bytes.to_vec()),
        }
    }

    /// Takes a file away. False where there is none.
    pub fn remove(&mut self, name: &str) -> bool {
        self.files.remove(&clean(name)).is_some()
    }

    /// Sets when a file was last written, as a download does.
    pub fn touch(&mut self, name: &str, at: Time) {
        if let Some(file) = self.files.get_mut(&clean(name)) {
            file.modified = at;
        }
    }

    /// Sets who may do what with a file; `change` is told what was. False where there is no such file.
    pub fn change_mode(&mut self, name: &str, change: impl Fn(u16) -> u16) -> bool {
        let file = self.files.get_mut(&clean(name));
        file.map(|file| file.mode = change(file.mode)).is_some()
    }

    /// Sets the time at which files are written from now on.
    pub fn set_now(&mut self, now: Time) {
        self.now = now;
    }

    /// The time at which files are written now.
    pub fn now(&self) -> Time {
        self.now
    }

    /// All files in the order of their names' bytes.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &File)> {
        self.files.iter().map(|(name, file)| (name.as_str(), file))
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Bytes of all files.
    pub fn size(&self) -> usize {
        self.files.values().map(|file| file.bytes.len()).sum()
    }
}

/// A name without what adds nothing to it: `./a//b/../c` is `a/c`; `.` and `/` alone are the tray.
pub fn clean(name: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    // Where one is: the tray, which is home too.
    if name.starts_with('/') && parts.first() == Some(&"tray") {
        parts.remove(0);
        return parts.join("/");
    }
    let joined = parts.join("/");
    if name.starts_with('/') && !joined.is_empty() {
        format!("/{joined}")
    } else {
        joined
    }
}
