//! `!!`, `!$`, `!12`, `!-2`, `!aws`: what was typed before, as bash puts it into a line before it reads it.
//! <https://www.gnu.org/software/bash/manual/html_node/History-Interaction.html>

/// The line with what it recalls; `None` where it recalls nothing.
///
/// # Errors
/// The word that recalls what was never typed.
pub(super) fn expand(line: &str, history: &[String]) -> Result<Option<String>, String> {
    if !line.contains('!') {
        return Ok(None);
    }
    // What follows on further lines is taken as it is (ours): it may be a script, or a template with `!Ref`.
    let end = match line.find("<<") {
        Some(_) => line.find('\n').unwrap_or(line.len()),
        None => line.len(),
    };
    let mut out = String::new();
    let mut changed = false;
    let (mut single, mut double) = (false, false);
    let mut chars = line.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, c)) = chars.next() {
        let was = std::mem::replace(&mut before, c);
        match c {
            '\'' if !double => single = !single,
            '"' if !single && was != '\\' => double = !double,
            _ => {}
        }
        let rest = line.get(at + 1..).unwrap_or_default();
        let next = rest.chars().next().unwrap_or(' ');
        // `${!x}`, `$!`, `[!a]`, `#!/bin/sh`, `! command`, `!=` are something else.
        let counts_back = next == '-' && rest.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
        let recalls = c == '!'
            && !single
            && at < end
            && !"\\${[#".contains(was)
            && (next.is_alphanumeric() || matches!(next, '!' | '$' | '_') || counts_back);
        if !recalls {
            out.push(c);
            continue;
        }
        let (text, length) = recalled(rest, history)?;
        out.push_str(&text);
        changed = true;
        for _ in 0..length {
            chars.next();
        }
        before = ' ';
    }
    Ok(changed.then_some(out))
}

/// What stands after `!`: the text it means, and its characters.
fn recalled(rest: &str, history: &[String]) -> Result<(String, usize), String> {
    if rest.starts_with('!') {
        let last = history.last().ok_or("!!")?;
        return Ok((last.clone(), 1));
    }
    if rest.starts_with('$') {
        let last = history.last().and_then(|line| line.split_whitespace().next_back());
        return Ok((last.ok_or("!$")?.to_owned(), 1));
    }
    let word: String = rest
        .chars()
        .take_while(|c| !c.is_whitespace() && !";&|()<>\"'".contains(*c))
        .collect();
    let missing = || format!("!{word}");
    let found = match word.parse::<i64>() {
        Ok(number) if number < 0 => usize::try_from(number.unsigned_abs())
            .ok()
            .and_then(|back| history.get(history.len().checked_sub(back)?)),
        Ok(number) => usize::try_from(number)
            .ok()
            .and_then(|place| history.get(place.checked_sub(1)?)),
        Err(_) => history.iter().rev().find(|line| line.starts_with(&word)),
    };
    Ok((found.ok_or_else(missing)?.clone(), word.chars().count()))
}
