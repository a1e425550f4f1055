//! Lines of shell as words: commands, here-documents, quotes. It expands nothing and knows no command's meaning but that of
//! those that only lead to another (`sudo`, `nohup`).

/// The line at a place with those that it goes on in, which a backslash at its end says; and where the next line is.
pub(super) fn joined(lines: &[&str], at: usize) -> Option<(String, usize)> {
    let mut whole = (*lines.get(at)?).to_owned();
    let mut next = at + 1;
    let is_comment = whole.trim_start().starts_with('#');
    while !is_comment
        && goes_on(&whole)
        && let Some(more) = lines.get(next)
    {
        whole.pop();
        whole.push_str(more);
        next += 1;
    }
    Some((whole, next))
}

/// Whether a line ends in a backslash that no other one takes its meaning from.
fn goes_on(line: &str) -> bool {
    let before = line.trim_end_matches('\\');
    (line.len() - before.len()) % 2 == 1
}

/// How a line begins a here-document.
pub(super) struct Heredoc {
    /// The command without the mark.
    pub command: String,
    /// The word that ends the text.
    pub tag: String,
    /// The tag stands in quotes: nothing is put in for what the text has of variables and commands.
    pub quoted: bool,
}

/// The here-document that a line begins.
pub(super) fn heredoc(line: &str) -> Option<Heredoc> {
    let (before, after) = line.split_once("<<")?;
    if after.starts_with('<') {
        return None;
    }
    let after = after.trim_start_matches('-').trim_start();
    let is_quote = |c: char| matches!(c, '"' | '\'' | '\\');
    let bare = after.trim_start_matches(is_quote);
    let end = bare.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let (tag, tail) = bare.split_at(end.unwrap_or(bare.len()));
    let tail = tail.trim_start_matches(is_quote);
    (!tag.is_empty()).then(|| Heredoc {
        command: format!("{before} {tail}"),
        tag: tag.to_owned(),
        quoted: after.starts_with(is_quote),
    })
}

/// The text of a here-document whose lines begin at a place, and where the next line is.
pub(super) fn here(lines: &[&str], mut at: usize, tag: &str) -> (String, usize) {
    let mut content = String::new();
    while let Some(line) = lines.get(at) {
        at += 1;
        if line.trim() == tag {
            break;
        }
        content.push_str(line);
        content.push('\n');
    }
    (content, at)
}

/// The file that `cat > path` or `tee path` writes.
pub(super) fn target(command: &str) -> Option<String> {
    let path = command
        .rsplit_once('>')
        .and_then(|(_, rest)| rest.split_whitespace().next());
    // What `tee` writes besides goes to `/dev/null` often.
    if let Some(path) = path.filter(|path| !path.starts_with("/dev/")) {
        return Some(path.to_owned());
    }
    let words = words(command);
    let at = words.iter().position(|word| word == "tee")?;
    words.iter().skip(at + 1).find(|word| !word.starts_with('-')).cloned()
}

/// The commands of a line: split at `;`, `&&`, `||`, `|` and `&` outside quotes.
pub(super) fn commands(line: &str) -> Vec<String> {
    let (mut out, mut one, mut quote) = (Vec::new(), String::new(), None);
    let mut before = ' ';
    for c in line.chars() {
        match quote {
            Some(q) if c == q => quote = None,
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c == '#' && before.is_whitespace() => break,
            // `2>&1` is a redirection.
            None if c == ';' || c == '|' || (c == '&' && before != '>') => {
                out.push(std::mem::take(&mut one));
                before = c;
                continue;
            }
            _ => {}
        }
        one.push(c);
        before = c;
    }
    out.push(one);
    out.retain(|command| !command.trim().is_empty());
    out
}

/// The words of a command, without quotes and redirections.
pub(super) fn words(command: &str) -> Vec<String> {
    let (mut out, mut word, mut quote, mut quoted) = (Vec::new(), String::new(), None, false);
    for c in command.chars() {
        match quote {
            Some(q) if c == q => quote = None,
            None if c == '"' || c == '\'' => {
                quote = Some(c);
                quoted = true;
            }
            None if c.is_whitespace() => {
                if !word.is_empty() || quoted {
                    out.push(std::mem::take(&mut word));
                    quoted = false;
                }
            }
            _ => word.push(c),
        }
    }
    if !word.is_empty() || quoted {
        out.push(word);
    }
    if let Some(at) = out
        .iter()
        .position(|word| word.contains('>') && word.chars().all(|c| c.is_ascii_digit() || matches!(c, '>' | '&')))
    {
        out.truncate(at);
    }
    out
}

/// A command without what only leads to it: `sudo -u user`, `nohup`, `VAR=value`, shell keywords.
pub(super) fn strip(words: &[String]) -> &[String] {
    let mut rest = words;
    while let Some((first, more)) = rest.split_first() {
        let skip = match first.as_str() {
            "sudo" | "nohup" | "exec" | "time" | "env" | "then" | "do" | "else" | "if" | "!" | "{" | "(" => 1,
            "-u" => 2,
            "-E" | "-H" | "-n" => 1,
            assignment
                if assignment.split_once('=').is_some_and(|(name, _)| {
                    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
                }) =>
            {
                1
            }
            _ => break,
        };
        rest = more.get(skip - 1..).unwrap_or_default();
    }
    rest
}

/// `80`, `8000:8100`, `8000-8100`.
pub(super) fn port_range(text: &str) -> Option<(u16, u16)> {
    let (low, high) = text.split_once([':', '-']).unwrap_or((text, text));
    Some((low.parse().ok()?, high.parse().ok()?))
}
