//! `grep`. <https://www.gnu.org/software/grep/manual/grep.html>

use super::regex::{self, Style};
use super::{Io, Options, lines, options};
use stratus_model::pattern::Pattern;

const LONG: &[(&str, char)] = &[
    ("ignore-case", 'i'),
    ("invert-match", 'v'),
    ("count", 'c'),
    ("line-number", 'n'),
    ("only-matching", 'o'),
    ("extended-regexp", 'E'),
    ("fixed-strings", 'F'),
    ("perl-regexp", 'P'),
    ("quiet", 'q'),
    ("silent", 'q'),
    ("word-regexp", 'w'),
    ("line-regexp", 'x'),
    ("regexp", 'e'),
    ("max-count", 'm'),
    ("files-with-matches", 'l'),
    ("files-without-match", 'L'),
    ("with-filename", 'H'),
    ("no-filename", 'h'),
    ("no-messages", 's'),
    ("after-context", 'A'),
    ("before-context", 'B'),
    ("context", 'C'),
    ("color", 'K'),
    ("colour", 'K'),
];

struct Search {
    pattern: Pattern,
    style: Style,
    options: Options,
    named: bool,
    limit: usize,
    before: usize,
    after: usize,
}

/// 0 something matched, 1 nothing did, 2 an error.
pub(super) fn grep(arguments: &[String], io: &mut Io<'_>) -> i32 {
    let Some(options) = options(io, arguments, ("ivcnoEFGPqwxlLHhsrK", "emABC"), LONG) else {
        return 2;
    };
    let search = match prepare(options) {
        Ok(search) => search,
        Err(why) => {
            io.printed.err(why);
            return 2;
        }
    };
    let mut names = search.files();
    if names.is_empty() {
        names.push("-".into());
    }
    let (mut found, mut failed) = (false, false);
    for name in &names {
        match io.open(name) {
            Ok(bytes) => {
                let shown = if name == "-" { "(standard input)" } else { name.as_str() };
                let matched = search.file(shown, &bytes, io);
                found |= matched;
                if found && search.options.has('q') {
                    return 0;
                }
            }
            Err(why) => {
                failed = true;
                if !search.options.has('s') {
                    io.printed.err(format!("grep: {name}: {why}"));
                }
            }
        }
    }
    match (failed, found) {
        (true, _) => 2,
        (false, found) => i32::from(!found),
    }
}

fn prepare(options: Options) -> Result<Search, String> {
    let mut patterns: Vec<String> = options
        .given
        .iter()
        .filter(|(option, _)| *option == 'e')
        .map(|(_, value)| value.clone())
        .collect();
    let mut files = options.operands.as_slice();
    if patterns.is_empty() {
        let Some((first, rest)) = files.split_first() else {
            return Err("Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.".into());
        };
        patterns.push(first.clone());
        files = rest;
    }
    let kind = options
        .given
        .iter()
        .rev()
        .map(|(option, _)| *option)
        .find(|option| "EFGP".contains(*option));
    let style = Style {
        extended: matches!(kind, Some('E' | 'P')),
        fixed: kind == Some('F'),
        ignore_case: options.has('i'),
        words: options.has('w'),
        lines: options.has('x'),
    };
    let number = |option: char, what: &str| match options.value(option) {
        None => Ok(None),
        Some(text) => match text.parse::<usize>() {
            Ok(number) => Ok(Some(number)),
            Err(_) => Err(format!("grep: {text}: invalid {what}")),
        },
    };
    let around = number('C', "context length argument")?.unwrap_or(0);
    let named = options.has('H') || files.len() > 1 && !options.has('h');
    Ok(Search {
        pattern: regex::read(&patterns, style).map_err(|why| format!("grep: {why}"))?,
        style,
        named,
        limit: number('m', "max count")?.unwrap_or(usize::MAX),
        before: number('B', "context length argument")?.unwrap_or(around),
        after: number('A', "context length argument")?.unwrap_or(around),
        options,
    })
}

impl Search {
    fn files(&self) -> Vec<String> {
        let skip = usize::from(!self.options.has('e'));
        self.options.operands.iter().skip(skip).cloned().collect()
    }

    fn prefix(&self, name: &str, line: usize, mark: char) -> String {
        let mut prefix = if self.named {
            format!("{name}{mark}")
        } else {
            String::new()
        };
        if self.options.has('n') {
            prefix.push_str(&format!("{}{mark}", line + 1));
        }
        prefix
    }

    fn file(&self, name: &str, bytes: &[u8], io: &mut Io<'_>) -> bool {
        let lines = lines(bytes);
        let shows = !['c', 'q', 'l', 'L'].into_iter().any(|option| self.options.has(option));
        let inverted = self.options.has('v');
        let mut count = 0;
        // The first line that has not been shown, and the last one that context reaches to.
        let (mut next, mut until) = (0, 0);
        for (place, line) in lines.iter().enumerate() {
            let seen = regex::seen(line, self.style);
            if count >= self.limit || self.pattern.is_in(&seen) == inverted {
                if shows && place < until && !self.options.has('o') {
                    io.printed.out(format!("{}{line}\n", self.prefix(name, place, '-')));
                    next = place + 1;
                }
                if count >= self.limit && place >= until {
                    break;
                }
                continue;
            }
            count += 1;
            if !shows {
                if !self.options.has('c') {
                    break;
                }
                continue;
            }
            if self.options.has('o') {
                if !inverted {
                    self.matches(name, place, line, &seen, io);
                }
                continue;
            }
            let from = place.saturating_sub(self.before).max(next);
            if count > 1 && from > next && self.before + self.after > 0 {
                io.printed.out("--\n");
            }
            for (place, line) in lines.iter().enumerate().take(place).skip(from) {
                io.printed.out(format!("{}{line}\n", self.prefix(name, place, '-')));
            }
            io.printed.out(format!("{}{line}\n", self.prefix(name, place, ':')));
            next = place + 1;
            until = next.saturating_add(self.after);
        }
        self.sum(name, count, io);
        count > 0
    }

    fn sum(&self, name: &str, count: usize, io: &mut Io<'_>) {
        if self.options.has('q') {
            return;
        }
        if self.options.has('l') || self.options.has('L') {
            if (count > 0) == self.options.has('l') {
                io.printed.out(format!("{name}\n"));
            }
        } else if self.options.has('c') {
            let prefix = if self.named { format!("{name}:") } else { String::new() };
            io.printed.out(format!("{prefix}{count}\n"));
        }
    }

    fn matches(&self, name: &str, place: usize, line: &str, seen: &[char], io: &mut Io<'_>) {
        let chars: Vec<char> = line.chars().collect();
        let mut from = 0;
        while let Some((start, end)) = self.pattern.find(seen, from) {
            if end > start {
                let text: String = chars.get(start..end).unwrap_or_default().iter().collect();
                io.printed.out(format!("{}{text}\n", self.prefix(name, place, ':')));
            }
            from = end.max(start + 1);
            if from > seen.len() {
                break;
            }
        }
    }
}
