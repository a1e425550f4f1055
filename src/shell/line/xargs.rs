//! `xargs`: words from standard input as arguments of a command, which runs once for all of them, or for some at a time.
//! <https://www.gnu.org/software/findutils/manual/html_node/find_html/xargs-options.html>

use super::run::{Halt, Run};
use super::streams::{Input, Printed};
use crate::limits::WORDS;

/// How the words are handed out.
#[derive(Default)]
struct Plan {
    /// `-n`: most words a time.
    words: Option<usize>,
    /// `-L`: most lines a time.
    lines: Option<usize>,
    /// `-I`: what a line takes the place of.
    place: Option<String>,
    /// `-r`: nothing runs for nothing.
    unless_empty: bool,
    /// `-t`: each command is shown.
    shown: bool,
    /// `-d`, `-0`: what ends a word.
    end: Option<char>,
}

/// Runs it.
pub(super) fn run(
    run: &mut Run<'_>,
    arguments: &[String],
    input: &mut Input,
    printed: &mut Printed,
) -> Result<i32, Halt> {
    let (plan, command) = match read(arguments) {
        Ok(read) => read,
        Err(why) => {
            printed.err(format!("xargs: {why}\nTry 'xargs --help' for more information."));
            return Ok(1);
        }
    };
    let text = String::from_utf8_lossy(&input.rest()).into_owned();
    let lines = match words_of(&text, &plan) {
        Ok(lines) => lines,
        Err(why) => {
            printed.err(format!("xargs: {why}"));
            return Ok(1);
        }
    };
    let rounds = rounds(&plan, lines);
    let command = if command.is_empty() {
        vec!["echo".to_owned()]
    } else {
        command
    };
    let mut worst = 0;
    for words in rounds {
        let line: Vec<String> = match &plan.place {
            Some(place) => {
                let text = words.join(" ");
                command.iter().map(|word| word.replace(place.as_str(), &text)).collect()
            }
            None => command.iter().cloned().chain(words).collect(),
        };
        if plan.shown {
            printed.err(line.join(" "));
        }
        let Some((name, rest)) = line.split_first() else {
            continue;
        };
        run.step()?;
        run.program(name, rest, &mut Input::default(), printed)?;
        worst = match run.shell.status {
            0 => worst,
            255 => {
                printed.err(format!("xargs: {name}: exited with status 255; aborting"));
                return Ok(124);
            }
            status @ (126 | 127) => return Ok(status),
            _ => 123,
        };
    }
    Ok(worst)
}

fn read(arguments: &[String]) -> Result<(Plan, Vec<String>), String> {
    let mut plan = Plan::default();
    let mut words = arguments.iter().peekable();
    while let Some(word) = words.next_if(|word| word.starts_with('-') && word.len() > 1) {
        if word == "--" {
            break;
        }
        let mut letters = word.chars().skip(1);
        let Some(letter) = letters.next() else { break };
        let attached: String = letters.collect();
        let mut value = |attached: &str| {
            if attached.is_empty() {
                words
                    .next()
                    .cloned()
                    .ok_or_else(|| format!("option requires an argument -- '{letter}'"))
            } else {
                Ok(attached.to_owned())
            }
        };
        match (letter, word.as_str()) {
            (_, "--no-run-if-empty") => plan.unless_empty = true,
            ('n' | 'L', _) => {
                let text = value(&attached)?;
                let number = text.parse::<usize>().ok().filter(|number| *number > 0);
                let number = number.ok_or_else(|| format!("invalid number \"{text}\" for -{letter} option"))?;
                let which = if letter == 'n' {
                    &mut plan.words
                } else {
                    &mut plan.lines
                };
                *which = Some(number);
            }
            ('I', _) => plan.place = Some(value(&attached)?),
            // Here everything is done one after the other.
            ('P', _) => drop(value(&attached)?),
            ('d', _) => {
                plan.end = value(&attached)?
                    .replace("\\n", "\n")
                    .replace("\\t", "\t")
                    .chars()
                    .next()
            }
            ('0', _) => plan.end = Some('\0'),
            ('r', _) => plan.unless_empty = true,
            ('t', _) => plan.shown = true,
            _ => return Err(format!("invalid option -- '{letter}'")),
        }
    }
    Ok((plan, words.cloned().collect()))
}

/// The words of each line. Quotes and backslashes count, unless a sign of one's own ends words.
fn words_of(text: &str, plan: &Plan) -> Result<Vec<Vec<String>>, String> {
    if let Some(end) = plan.end {
        let text = text.strip_suffix(end).unwrap_or(text);
        let all = text.split(end).filter(|_| !text.is_empty());
        return Ok(all.map(|word| vec![word.to_owned()]).collect());
    }
    let mut lines = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        if plan.place.is_some() {
            lines.push(vec![line.trim_start().to_owned()]);
            continue;
        }
        let mut words = Vec::new();
        let mut word: Option<String> = None;
        let mut chars = line.chars();
        while let Some(c) = chars.next() {
            match c {
                '\'' | '"' => {
                    let text = word.get_or_insert_default();
                    loop {
                        match chars.next() {
                            Some(end) if end == c => break,
                            Some(other) => text.push(other),
                            None => {
                                let kind = if c == '"' { "double" } else { "single" };
                                return Err(format!(
                                    "unmatched {kind} quote; by default quotes are special to xargs unless you use the -0 option"
                                ));
                            }
                        }
                    }
                }
                '\\' => word.get_or_insert_default().extend(chars.next()),
                c if c.is_whitespace() => words.extend(word.take()),
                c => word.get_or_insert_default().push(c),
            }
        }
        words.extend(word);
        lines.push(words);
    }
    Ok(lines)
}

fn rounds(plan: &Plan, lines: Vec<Vec<String>>) -> Vec<Vec<String>> {
    if plan.place.is_some() {
        return lines;
    }
    if let Some(count) = plan.lines {
        return lines.chunks(count).map(<[Vec<String>]>::concat).collect();
    }
    let words = lines.concat();
    if words.is_empty() {
        return if plan.unless_empty {
            Vec::new()
        } else {
            vec![Vec::new()]
        };
    }
    words
        .chunks(plan.words.unwrap_or(WORDS))
        .map(<[String]>::to_vec)
        .collect()
}
