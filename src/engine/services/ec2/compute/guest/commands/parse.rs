//! A line of shell as commands with their words, redirections and what joins them. What is to be put in for a word's variables
//! and commands is found here, and put in when the command's turn comes (`expand`).

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

/// A part of a word; `true`: it stands in double quotes, which keep what is put in together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// As it is.
    Text(String),
    /// `$NAME`, `${NAME}`; `?` is how the last command ended.
    Variable(String, bool),
    /// `${NAME:-WORD}`: what stands for a variable that has no value.
    Otherwise(String, String, bool),
    /// `$((EXPRESSION))`.
    Number(String),
    /// What no value of ours can be put in for.
    Unknown(String),
    /// `$(COMMAND)`, or the same in backquotes.
    Output(String, bool),
}

/// A word in its parts; one without any is an empty word (`""`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Word(pub Vec<Part>);

impl Word {
    fn push(&mut self, letter: char) {
        match self.0.last_mut() {
            Some(Part::Text(text)) => text.push(letter),
            _ => self.0.push(Part::Text(letter.to_string())),
        }
    }

    /// The word, where nothing is put in.
    pub fn literal(&self) -> Option<&str> {
        match self.0.as_slice() {
            [Part::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// The name of the variable that it gives a value, and how that begins: what stands behind the equals sign as it is.
    fn assigned(&self) -> Option<(&str, &str)> {
        let Part::Text(first) = self.0.first()? else {
            return None;
        };
        first.split_once('=').filter(|(name, _)| is_name(name))
    }

    /// The name of the variable that it gives a value, and what stands behind the equals sign.
    pub fn assignment(&self) -> Option<(&str, Word)> {
        let (name, value) = self.assigned()?;
        let begins = (!value.is_empty()).then(|| Part::Text(value.to_owned()));
        let rest = self.0.iter().skip(1).cloned();
        Some((name, Word(begins.into_iter().chain(rest).collect())))
    }
}

/// One command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Command {
    /// How it follows.
    pub join: Join,
    /// Its words.
    pub words: Vec<Word>,
    /// Where its output goes, and whether behind what is there.
    pub output: Option<(Word, bool)>,
    /// Where its input comes from.
    pub input: Option<Word>,
    /// Whether that is the here-document of its line.
    pub here: bool,
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
            here: false,
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

/// What is left of a line.
type Letters<'a> = std::iter::Peekable<std::str::Chars<'a>>;

struct Parser {
    all: Vec<Command>,
    one: Command,
    word: Option<Word>,
    next: For,
}

impl Parser {
    fn new() -> Parser {
        Parser {
            all: Vec::new(),
            one: Command::new(Join::Then),
            word: None,
            next: For::Words,
        }
    }
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
    /// A `$`: what is put in for it, or nothing but itself.
    fn dollar(&mut self, chars: &mut Letters<'_>, quoted: bool) {
        let word = self.word.get_or_insert_default();
        match chars.peek() {
            Some('(') => {
                chars.next();
                word.0.push(match chars.next_if_eq(&'(') {
                    Some(_) => arithmetic(chars),
                    None => Part::Output(enclosed(chars), quoted),
                });
            }
            Some('{') => {
                chars.next();
                word.0.push(braced(chars, quoted));
            }
            Some(letter) if letter.is_ascii_digit() || is_special(*letter) => {
                let name = chars.next().into_iter().collect();
                word.0.push(Part::Variable(name, quoted));
            }
            Some(letter) if letter.is_ascii_alphabetic() || *letter == '_' => {
                let mut name = String::new();
                while let Some(letter) = chars.next_if(|letter| letter.is_ascii_alphanumeric() || *letter == '_') {
                    name.push(letter);
                }
                word.0.push(Part::Variable(name, quoted));
            }
            _ => word.push('$'),
        }
    }
    /// A backquote: the command up to the next one.
    fn backquote(&mut self, chars: &mut Letters<'_>, quoted: bool) {
        let inside = backquoted(chars, quoted);
        let word = self.word.get_or_insert_default();
        word.0.push(Part::Output(inside, quoted));
    }
    /// A `>` or `<`, with how many of them there are.
    fn redirect(&mut self, sign: char, twice: bool) {
        // `2>` and `&>` are not the output.
        let stream = self
            .word
            .as_ref()
            .and_then(Word::literal)
            .filter(|word| matches!(*word, "1" | "2" | "&"));
        let errors = stream == Some("2");
        if stream.is_some() {
            self.word = None;
        }
        self.end_word();
        self.one.here |= sign == '<' && twice;
        self.next = match sign {
            // The word that ends a here-document is none of the command.
            '<' if twice => For::Nothing,
            '<' => For::Input,
            _ if errors => For::Nothing,
            _ => For::Output(twice),
        };
    }
}

/// The command of a `$(` up to the parenthesis that closes it.
fn enclosed(chars: &mut Letters<'_>) -> String {
    let (mut depth, mut quote, mut inside) = (1, None, String::new());
    while let Some(letter) = chars.next() {
        match (quote, letter) {
            // What stands behind a backslash closes nothing.
            (None | Some('"'), '\\') => {
                inside.push(letter);
                inside.extend(chars.next());
                continue;
            }
            (Some(open), _) if letter == open => quote = None,
            (None, '"' | '\'') => quote = Some(letter),
            (None, '(') => depth += 1,
            (None, ')') => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        inside.push(letter);
    }
    inside
}

/// The command in backquotes, in which a backslash keeps its meaning only before what it is needed for.
fn backquoted(chars: &mut Letters<'_>, quoted: bool) -> String {
    let mut inside = String::new();
    while let Some(letter) = chars.next() {
        match letter {
            '`' => break,
            '\\' => {
                let freed = |letter: &char| matches!(letter, '`' | '\\' | '$') || quoted && *letter == '"';
                match chars.next_if(freed) {
                    Some(letter) => inside.push(letter),
                    None => inside.push('\\'),
                }
            }
            _ => inside.push(letter),
        }
    }
    inside
}

/// The expression of a `$((`.
fn arithmetic(chars: &mut Letters<'_>) -> Part {
    let inside = enclosed(chars);
    match chars.next_if_eq(&')') {
        Some(_) => Part::Number(inside),
        None => Part::Unknown(format!("$(({inside})")),
    }
}

/// What stands in the braces of a `${`.
fn braced(chars: &mut Letters<'_>, quoted: bool) -> Part {
    let (mut depth, mut inside) = (1, String::new());
    for letter in chars {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        inside.push(letter);
    }
    let is_variable = |name: &str| {
        let mut letters = name.chars();
        let special = letters.next().is_some_and(is_special) && letters.next().is_none();
        special || is_name(name) || !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit())
    };
    match inside.split_once(":-") {
        Some((name, word)) if is_variable(name) => Part::Otherwise(name.to_owned(), word.to_owned(), quoted),
        None if is_variable(&inside) => Part::Variable(inside, quoted),
        _ => Part::Unknown(format!("${{{inside}}}")),
    }
}

/// Variables of the shell's own that are called by a sign. The number of a process is none of them (ours).
fn is_special(letter: char) -> bool {
    matches!(letter, '?' | '#' | '@' | '*')
}

/// Reads a text of which only variables and commands are put in: that of a here-document. `bare`: without its double quotes.
pub(super) fn document(text: &str, bare: bool) -> Word {
    let mut parser = Parser::new();
    let mut chars = text.chars().peekable();
    parser.word = Some(Word::default());
    while let Some(letter) = chars.next() {
        match letter {
            '$' => parser.dollar(&mut chars, true),
            '`' => parser.backquote(&mut chars, false),
            '"' if bare => {}
            '\\' => {
                let freed = chars.next_if(|letter| matches!(letter, '$' | '`' | '\\' | '\n'));
                if freed != Some('\n') {
                    parser.word.get_or_insert_default().push(freed.unwrap_or('\\'));
                }
            }
            _ => parser.word.get_or_insert_default().push(letter),
        }
    }
    parser.word.unwrap_or_default()
}

/// Reads a line.
pub(super) fn line(text: &str) -> Vec<Command> {
    let mut parser = Parser::new();
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
            (Some('"') | None, '$') => parser.dollar(&mut chars, quote.is_some()),
            (Some('"') | None, '`') => parser.backquote(&mut chars, quote.is_some()),
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
            (None, '&') if chars.peek() == Some(&'>') => parser.word = Some(Word(vec![Part::Text("&".to_owned())])),
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
fn strip(words: &mut Vec<Word>) -> bool {
    // From here on there is nothing but values: they are for the lines that follow.
    let values = words
        .iter()
        .rposition(|word| word.assigned().is_none())
        .map_or(0, |last| last + 1);
    let (mut timed, mut at) = (false, 0);
    while let Some(word) = words.get(at).filter(|_| at < values) {
        let literal = word.literal();
        timed |= literal == Some("time");
        at += match literal {
            Some(word) if LEADING.contains(&word) => 1,
            Some("-u") => 2,
            Some("-E" | "-H" | "-n") => 1,
            _ if word.assigned().is_some() => 1,
            _ => break,
        };
    }
    words.drain(..at.min(words.len()));
    timed
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| !c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_redirections() {
        let commands = line("sudo mkdir -p '/a b' && echo \"x \\\"y\" >> /tmp/f 2>&1 | tee /g; cat < /h # no");
        let text = |word: &Word| word.literal().unwrap_or_default().to_owned();
        let shown: Vec<String> = commands
            .iter()
            .map(|one| {
                let words: Vec<String> = one.words.iter().map(text).collect();
                let output = one.output.as_ref().map(|(path, behind)| (text(path), *behind));
                format!("{:?} {words:?} {output:?} {:?}", one.join, one.input.as_ref().map(text))
            })
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

    #[test]
    fn what_leads_to_a_command() {
        let shown = |text: &str| {
            let commands = line(text);
            let one = commands.first();
            let words = one.map(|one| {
                one.words
                    .iter()
                    .map(|word| word.literal().unwrap_or("$"))
                    .collect::<Vec<_>>()
            });
            format!("{} {:?}", one.is_some_and(|one| one.timed), words.unwrap_or_default())
        };
        assert_eq!(shown("A=1 sudo -u joe B=2 cat C=3"), r#"false ["cat", "C=3"]"#);
        assert_eq!(shown("A=$B time cat"), r#"true ["cat"]"#);
        assert_eq!(shown("A=1 B=$C"), r#"false ["A=1", "$"]"#);
        assert_eq!(shown("sudo -u"), "false []");
        assert_eq!(shown("cat time A=1"), r#"false ["cat", "time", "A=1"]"#);
    }

    #[test]
    fn what_is_put_in() {
        let shown = |text: &str| format!("{:?}", line(text).first().map(|one| one.words.clone()));
        assert_eq!(
            shown(r#"echo A=`x "y"`z "$B-${C}" '$D' \$E $5"#),
            r#"Some([Word([Text("echo")]), Word([Text("A="), Output("x \"y\"", false), Text("z")]), Word([Variable("B", true), Text("-"), Variable("C", true)]), Word([Text("$D")]), Word([Text("$E")]), Word([Variable("5", false)])])"#
        );
        assert_eq!(
            shown("echo $(a \")\" $(b)) c"),
            r#"Some([Word([Text("echo")]), Word([Output("a \")\" $(b)", false)]), Word([Text("c")])])"#
        );
        assert_eq!(
            shown(r#"echo $(a \) b) `c \`d\``"#),
            r#"Some([Word([Text("echo")]), Word([Output("a \\) b", false)]), Word([Output("c `d`", false)])])"#
        );
        assert_eq!(
            shown("echo ${A:-$B} $((1 + (2))) ${A%.*} \"$?\""),
            r#"Some([Word([Text("echo")]), Word([Otherwise("A", "$B", false)]), Word([Number("1 + (2)")]), Word([Unknown("${A%.*}")]), Word([Variable("?", true)])])"#
        );
    }
}
