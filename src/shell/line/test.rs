//! `test` and `[`: conditions on texts, whole numbers and files of the tray.
//! <https://pubs.opengroup.org/onlinepubs/9699919799/utilities/test.html>

use super::streams::Printed;
use crate::limits::DEPTH;
use crate::tray::Tray;

/// 0 true, 1 false, 2 not understood.
pub(super) fn run(name: &str, words: &[String], tray: &Tray, printed: &mut Printed) -> i32 {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match either(&words, tray, 0) {
        Ok(true) => 0,
        Ok(false) => 1,
        Err(why) => {
            printed.err(format!("bash: {name}: {why}"));
            2
        }
    }
}

fn either(words: &[&str], tray: &Tray, depth: usize) -> Result<bool, String> {
    if depth > DEPTH {
        return Err("too many arguments".into());
    }
    if words.len() > 3 {
        for (mark, is_or) in [("-o", true), ("-a", false)] {
            if let Some(place) = words.iter().skip(1).position(|word| *word == mark) {
                let (left, right) = words.split_at(place + 1);
                let left = either(left, tray, depth + 1)?;
                let right = either(right.get(1..).unwrap_or_default(), tray, depth + 1)?;
                return Ok(if is_or { left || right } else { left && right });
            }
        }
    }
    match words {
        [] => Ok(false),
        ["!", rest @ ..] if !rest.is_empty() => Ok(!either(rest, tray, depth + 1)?),
        ["(", inner @ .., ")"] => either(inner, tray, depth + 1),
        [text] => Ok(!text.is_empty()),
        ["-n", text] => Ok(!text.is_empty()),
        ["-z", text] => Ok(text.is_empty()),
        ["-f" | "-r" | "-w", name] => Ok(tray.contains_key(name)),
        ["-e", name] => Ok(tray.contains_key(name) || tray.is_folder(name)),
        ["-d", name] => Ok(tray.is_folder(name)),
        ["-s", name] => Ok(tray.get(name).is_some_and(|bytes| !bytes.is_empty())),
        [operator, _] => Err(format!("{operator}: unary operator expected")),
        [left, operator, right] => compare(left, operator, right),
        _ => Err("too many arguments".into()),
    }
}

fn compare(left: &str, operator: &str, right: &str) -> Result<bool, String> {
    let numbers = |judge: fn(i64, i64) -> bool| {
        let number = |text: &str| {
            let number = text.trim().parse::<i64>();
            number.map_err(|_| format!("{text}: integer expression expected"))
        };
        Ok(judge(number(left)?, number(right)?))
    };
    match operator {
        "=" | "==" => Ok(left == right),
        "!=" => Ok(left != right),
        "<" => Ok(left < right),
        ">" => Ok(left > right),
        "-eq" => numbers(|a, b| a == b),
        "-ne" => numbers(|a, b| a != b),
        "-lt" => numbers(|a, b| a < b),
        "-le" => numbers(|a, b| a <= b),
        "-gt" => numbers(|a, b| a > b),
        "-ge" => numbers(|a, b| a >= b),
        _ => Err(format!("{operator}: binary operator expected")),
    }
}
