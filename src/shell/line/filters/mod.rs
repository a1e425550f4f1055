//! The small programs of pipes: they read standard input or files of the tray, and print. They know neither the cloud nor
//! the shell's variables. Texts and exit statuses are those of the GNU programs.

mod columns;
mod encode;
mod files;
mod grep;
mod modes;
mod pieces;
mod print;
pub(in crate::line) mod regex;
mod sort;

use super::streams::{Input, Printed};
use crate::tray::Tray;

/// What a program works on.
pub(super) struct Io<'a> {
    /// What it was called as.
    pub name: &'a str,
    pub input: &'a mut Input,
    pub tray: &'a mut Tray,
    pub printed: &'a mut Printed,
}

/// A program: its exit status.
pub(super) type Filter = fn(&[String], &mut Io<'_>) -> i32;

/// All of them, with what `help` says.
pub(super) const ALL: &[(&str, Filter, &str)] = &[
    ("base64", encode::base64, "encode, or decode with -d"),
    ("cat", pieces::cat, "print files"),
    ("chmod", modes::chmod, "who may do what with files: chmod 400 key.pem"),
    ("cp", files::copy, "copy a file of the tray"),
    ("cut", columns::cut, "parts of lines: -d, -f 1,3  -c 1-8"),
    ("echo", print::echo, "print words"),
    ("false", print::no, "fail"),
    ("grep", grep::grep, "lines that match: -i -v -c -n -o -E -F -q -w"),
    ("head", pieces::head, "the first lines: -n 5"),
    ("ls", files::list, "the files of the tray: -l"),
    ("mv", files::rename, "rename a file of the tray"),
    ("printf", print::printf, "print by a format"),
    ("pwd", files::place, "where you are: in the tray"),
    ("rm", files::remove, "delete files of the tray"),
    ("seq", print::seq, "numbers: seq 1 3"),
    ("sort", sort::sort, "sort lines: -r -n -u -t, -k 2"),
    ("tail", pieces::tail, "the last lines: -n 5, from a line on: -n +2"),
    ("tee", pieces::tee, "print, and write to files"),
    ("tr", encode::translate, "replace or delete characters"),
    ("true", print::yes, "succeed"),
    ("uniq", sort::unique, "neighbours that are the same, once: -c"),
    ("wc", pieces::count, "count lines, words, bytes: -l -w -c"),
];

/// A program of this name.
pub(super) fn find(name: &str) -> Option<Filter> {
    ALL.iter().find(|(known, ..)| *known == name).map(|(_, run, _)| *run)
}

/// What to do instead, where a program is not here that people reach for.
pub(super) fn absent(name: &str) -> Option<&'static str> {
    Some(match name {
        "jq" => "There is no jq here: aws … --query 'EXPRESSION' --output text picks parts of an answer, as jq would.",
        "sed" | "awk" | "perl" => {
            "Here are grep, cut, tr, sort, uniq, head and tail; aws … --query picks parts of an answer."
        }
        "python" | "python3" | "node" | "ruby" => {
            "Programs of other languages do not run here: cargo serve is an endpoint that they can call."
        }
        "nano" | "vi" | "vim" | "emacs" => {
            "There is no editor here: cat > FILE <<'END' … END writes a file, and the file tray takes yours."
        }
        "sudo" => "Nothing here needs other rights: type the command without sudo.",
        "ssh" | "scp" | "ssh-keygen" | "curl" | "wget" | "ping" | "telnet" | "nc" => {
            "Only names are asked for from here, on the page: the panel Path sends packets, and DNS opens an address as a browser does."
        }
        "man" => "aws help, aws SERVICE help, aws SERVICE OPERATION help; help says what else is here.",
        "watch" => "watch is not here: while true; do …; sleep 5; done with a break, or aws SERVICE wait.",
        "less" | "more" => "Long output is folded here by itself; head and tail show a part of it.",
        "cd" | "mkdir" | "rmdir" => {
            "There is one place here, the file tray: a name may have / in it, as in keys/first.pem."
        }
        "eksctl" | "terraform" | "cdk" | "sam" | "eb" | "aws-shell" | "pip" | "apt" | "apt-get" | "yum" | "dnf"
        | "brew" => "Only aws and stratus are installed here, and nothing else can be.",
        _ => return None,
    })
}

/// Options and operands of a command line.
pub(super) struct Options {
    /// In order; the text is empty for those that take none.
    pub given: Vec<(char, String)>,
    pub operands: Vec<String>,
}

impl Options {
    /// Whether an option was given.
    pub fn has(&self, option: char) -> bool {
        self.given.iter().any(|(known, _)| *known == option)
    }
    /// The last value of an option.
    pub fn value(&self, option: char) -> Option<&str> {
        let given = self.given.iter().rev();
        given
            .filter(|(known, _)| *known == option)
            .map(|(_, value)| value.as_str())
            .next()
    }
}

/// Reads options: `plain` take no value, `valued` do, `long` are other names for them. What is none is complained of.
pub(super) fn options(
    io: &mut Io<'_>,
    arguments: &[String],
    (plain, valued): (&str, &str),
    long: &[(&str, char)],
) -> Option<Options> {
    let mut options = Options {
        given: Vec::new(),
        operands: Vec::new(),
    };
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        if word == "--" {
            options.operands.extend(words.by_ref().cloned());
        } else if let Some(name) = word.strip_prefix("--") {
            let (name, value) = name
                .split_once('=')
                .map_or((name, None), |(name, value)| (name, Some(value)));
            let Some((_, option)) = long.iter().find(|(known, _)| *known == name) else {
                return complain(io, &format!("unrecognized option '{word}'"));
            };
            let value = match value {
                Some(value) => value.to_owned(),
                None if valued.contains(*option) => match words.next() {
                    Some(value) => value.clone(),
                    None => return complain(io, &format!("option '{word}' requires an argument")),
                },
                None => String::new(),
            };
            options.given.push((*option, value));
        } else if word.len() > 1 && word.starts_with('-') {
            let mut letters = word.chars().skip(1);
            while let Some(letter) = letters.next() {
                if plain.contains(letter) {
                    options.given.push((letter, String::new()));
                } else if valued.contains(letter) {
                    let attached: String = letters.by_ref().collect();
                    let value = if attached.is_empty() {
                        words.next().cloned()
                    } else {
                        Some(attached)
                    };
                    match value {
                        Some(value) => options.given.push((letter, value)),
                        None => return complain(io, &format!("option requires an argument -- '{letter}'")),
                    }
                } else {
                    return complain(io, &format!("invalid option -- '{letter}'"));
                }
            }
        } else {
            options.operands.push(word.clone());
        }
    }
    Some(options)
}

fn complain<T>(io: &mut Io<'_>, why: &str) -> Option<T> {
    let name = io.name;
    io.printed
        .err(format!("{name}: {why}\nTry '{name} --help' for more information."));
    None
}

impl Io<'_> {
    /// What a file holds; `-` is standard input. The error is the system's text.
    pub fn open(&mut self, name: &str) -> Result<Vec<u8>, &'static str> {
        match name {
            "-" | "/dev/stdin" => Ok(self.input.rest()),
            "/dev/null" => Ok(Vec::new()),
            _ if self.tray.is_folder(name) => Err("Is a directory"),
            _ => self.tray.get(name).cloned().ok_or("No such file or directory"),
        }
    }

    /// All that the operands name, standard input without any; `say` words the complaint about what cannot be read.
    pub fn all(&mut self, names: &[String], say: impl Fn(&str, &str) -> String) -> (Vec<u8>, bool) {
        if names.is_empty() {
            return (self.input.rest(), true);
        }
        let (mut bytes, mut good) = (Vec::new(), true);
        for name in names {
            match self.open(name) {
                Ok(more) => bytes.extend(more),
                Err(why) => {
                    self.printed.err(say(name, why));
                    good = false;
                }
            }
        }
        (bytes, good)
    }

    /// A complaint about an operand, as most programs word it.
    pub fn about(&self, name: &str, why: &str) -> String {
        format!("{}: {name}: {why}", self.name)
    }
}

/// The lines of bytes, as text, without their ends.
pub(super) fn lines(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    if lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}
