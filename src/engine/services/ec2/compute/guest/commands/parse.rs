//! A line of shell as commands with their words, redirections and what joins them. It expands `~`, and nothing else.

/// What joins a command to the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Join {
    /// `;`, or the first: it runs.
    Then,
    /// `&&`: it runs if the one before went well.
    And,
    /// `||`: it runs if not.
    Or,
    /// `|`: it reads what the one before wrote.
    Pipe,
}

/// One command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Command {
    /// How it follows.
    pub join: Join,
    /// Its words.
    pub words: Vec<String>,
    /// Where its output goes, and whether behind what is there.
    pub output: Option<(String, bool)>,
    /// Where its input comes from.
    pub input: Option<String>,
    /// Whether `time` stands before it.
    pub timed: bool,
}

impl Command {
    fn new(join: Join) -> Command {
        Command {
            join,
            words: Vec::new(),
            output: None,
            input: None,
            timed: false,
        }
    }
}

/// What a word that has just ended is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum For {
    Words,
    Output(bool),
    Input,
    Nothing,
}

/// Words that only lead to another command.
const LEADING: [&str; 5] = ["sudo", "nohup", "exec", "time", "env"];

struct Parser {
    all: Vec<Command>,
    one: Command,
    word: Option<String>,
    next: For,
}

impl Parser {
    fn end_word(&mut self) {
        let Some(word) = self.word.take() else { return };
        match std::mem::replace(&mut self.next, For::Words) {
            For::Words => self.one.words.push(word),
            For::Output(behind) => self.one.output = Some((word, behind)),
            For::Input => self.one.input = Some(word),
            For::Nothing => {}
        }
    }
    fn end_command(&mut self, join: Join) {
        self.end_word();
        let one = std::mem::replace(&mut self.one, Command::new(join));
        if !one.words.is_empty() || one.output.is_some() {
            self.all.push(one);
        }
    }
    /// A `>` or `<`, with how many of them there are.
    fn redirect(&mut self, sign: char, twice: bool) {
        // `2>` and `&>` are not the output.
        let stream = self.word.as_deref().filter(|word| matches!(*word, "1" | "2" | "&"));
        let errors = stream == Some("2");
        if stream.is_some() {
            self.word = None;
        }
        self.end_word();
        self.next = match sign {
            '<' => For::Input,
            _ if errors => For::Nothing,
            _ => For::Output(twice),
        };
    }
}

/// Reads a line.
pub(super) fn line(text: &str) -> Vec<Command> {
    let mut parser = Parser {
        all: Vec::new(),
        one: Command::new(Join::Then),
        word: None,
        next: For::Words,
    };
    let mut chars = text.chars().peekable();
    let mut quote = None;
    while let Some(c) = chars.next() {
        match (quote, c) {
            (Some(q), _) if c == q => quote = None,
            (Some('"') | None, '\\') => {
                let escaped = chars.next().unwrap_or('\\');
                let word = parser.word.get_or_insert_default();
                if quote.is_some() && !matches!(escaped, '"' | '\\' | '$' | '`') {
                    word.push('\\');
                }
                word.push(escaped);
            }
            (Some(_), _) => parser.word.get_or_insert_default().push(c),
            (None, '"' | '\'') => {
                quote = Some(c);
                parser.word.get_or_insert_default();
            }
            (None, '#') if parser.word.is_none() => break,
            (None, _) if c.is_whitespace() => parser.end_word(),
            (None, '>' | '<') => {
                let twice = chars.next_if_eq(&c).is_some();
                parser.redirect(c, twice);
                // `2>&1`: nothing that is a file.
                if chars.next_if_eq(&'&').is_some() {
                    parser.next = For::Nothing;
                }
            }
            (None, '&') if chars.peek() == Some(&'>') => parser.word = Some("&".to_owned()),
            (None, ';' | '|' | '&') => {
                let twice = chars.next_if_eq(&c).is_some();
                parser.end_command(match (c, twice) {
                    ('&', true) => Join::And,
                    ('|', true) => Join::Or,
                    ('|', false) => Join::Pipe,
                    _ => Join::Then,
                });
            }
            (None, _) => parser.word.get_or_insert_default().push(c),
        }
    }
    parser.end_command(Join::Then);
    for command in &mut parser.all {
        command.timed = strip(&mut command.words);
    }
    parser.all
}

/// Takes away what only leads to a command: `sudo -u user`, `VAR=value`. Whether `time` was among it.
fn strip(words: &mut Vec<String>) -> bool {
    let mut timed = false;
    loop {
        timed |= words.first().is_some_and(|word| word == "time");
        let skip = match words.first().map(String::as_str) {
            Some(word) if LEADING.contains(&word) => 1,
            Some("-u") => 2,
            Some("-E" | "-H" | "-n") => 1,
            Some(word) if word.split_once('=').is_some_and(|(name, _)| is_name(name)) && words.len() > 1 => 1,
            _ => return timed,
        };
        words.drain(..skip.min(words.len()));
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_redirections() {
        let commands = line("sudo mkdir -p '/a b' && echo \"x \\\"y\" >> /tmp/f 2>&1 | tee /g; cat < /h # no");
        let shown: Vec<String> = commands
            .iter()
            .map(|one| format!("{:?} {:?} {:?} {:?}", one.join, one.words, one.output, one.input))
            .collect();
        assert_eq!(
            shown,
            [
                r#"Then ["mkdir", "-p", "/a b"] None None"#,
                r#"And ["echo", "x \"y"] Some(("/tmp/f", true)) None"#,
                r#"Pipe ["tee", "/g"] None None"#,
                r#"Then ["cat"] None Some("/h")"#,
            ]
        );
    }
}
