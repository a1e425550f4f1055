//! Built-in commands: those that change the shell itself, the clock, or the flow of a list.

use super::read::is_name;
use super::run::{Halt, Run};
use super::streams::{Input, Printed};
use super::{date, filters, functions, lookup, options, test, xargs};
use stratus_engine::catalog::Region;
use stratus_model::{Structure, field};

/// A built-in: its status.
pub(super) type Builtin = fn(&mut Run<'_>, &[String], &mut Input, &mut Printed) -> Result<i32, Halt>;

/// All of them, with what `help` says.
pub(super) const ALL: &[(&str, Builtin, &str)] = &[
    (".", source, "run the commands of a file of the tray"),
    (":", nothing, "do nothing, successfully"),
    ("[", bracket, "judge a condition: [ \"$state\" = running ]"),
    ("break", leave, "leave a loop"),
    ("clear", clear, "empty the screen"),
    ("command", command, "command -v NAME: whether there is such a command"),
    ("continue", go_on, "begin a loop's next round"),
    ("date", date::run, "the virtual time: date, date +%F, date -d @0"),
    (
        "dig",
        lookup::dig,
        "ask the DNS: dig www.example.com, dig +short, dig +trace, dig @server -t MX",
    ),
    ("env", environment, "the exported variables"),
    ("eval", eval, "run words as a command"),
    ("exit", exit, "end what runs, with a status"),
    (
        "export",
        export,
        "show variables to programs: export AWS_REGION=eu-west-1",
    ),
    ("help", help, "this list"),
    (
        "host",
        lookup::host,
        "look a name or an address up: host www.example.com",
    ),
    ("history", history, "what was typed; history -c forgets it"),
    ("local", functions::local, "a variable of a function's own"),
    (
        "nslookup",
        lookup::nslookup,
        "ask the DNS: nslookup www.example.com, nslookup -type=MX example.com",
    ),
    ("read", read, "read a line into variables"),
    ("return", functions::leave, "end a function, with a status"),
    ("set", options::set, "all variables; set -e, -u, -x, -o pipefail"),
    ("shift", functions::shift, "drop the first of $1, $2, …"),
    ("sleep", sleep, "let virtual time pass: sleep 30, sleep 5m"),
    ("source", source, "run the commands of a file of the tray"),
    ("test", judge, "judge a condition"),
    ("type", kind, "what a command is"),
    ("unset", unset, "forget variables"),
    ("which", which, "where a program is"),
    (
        "xargs",
        xargs::run,
        "run a command with words of standard input: -n 1, -I {}",
    ),
];

/// A built-in of this name.
pub(super) fn find(name: &str) -> Option<Builtin> {
    ALL.iter().find(|(known, ..)| *known == name).map(|(_, run, _)| *run)
}

fn nothing(_: &mut Run<'_>, _: &[String], _: &mut Input, _: &mut Printed) -> Result<i32, Halt> {
    Ok(0)
}

fn number(arguments: &[String]) -> usize {
    arguments.first().and_then(|text| text.parse().ok()).unwrap_or(1)
}

fn leave(_: &mut Run<'_>, arguments: &[String], _: &mut Input, _: &mut Printed) -> Result<i32, Halt> {
    Err(Halt::Break(number(arguments)))
}

fn go_on(_: &mut Run<'_>, arguments: &[String], _: &mut Input, _: &mut Printed) -> Result<i32, Halt> {
    Err(Halt::Continue(number(arguments)))
}

fn exit(run: &mut Run<'_>, arguments: &[String], _: &mut Input, printed: &mut Printed) -> Result<i32, Halt> {
    if let Some(text) = arguments.first() {
        run.shell.status = match text.parse::<i64>() {
            Ok(status) => (status & 255) as i32,
            Err(_) => {
                printed.err(format!("bash: exit: {text}: numeric argument required"));
                2
            }
        };
    }
    Err(Halt::Exit)
}

fn clear(run: &mut Run<'_>, _: &[String], _: &mut Input, _: &mut Printed) -> Result<i32, Halt> {
    run.shell.cleared = true;
    Ok(0)
}

fn export(run: &mut Run<'_>, arguments: &[String], _: &mut Input, printed: &mut Printed) -> Result<i32, Halt> {
    let names: Vec<&String> = arguments.iter().filter(|word| *word != "-p").collect();
    if names.is_empty() {
        for (name, variable) in run.shell.variables.iter().filter(|(_, variable)| variable.exported) {
            printed.out(format!("declare -x {name}=\"{}\"\n", escaped(&variable.value)));
        }
    }
    let mut status = 0;
    for word in names {
        let (name, value) = word
            .split_once('=')
            .map_or((word.as_str(), None), |(name, value)| (name, Some(value)));
        if !is_name(name) {
            printed.err(format!("bash: export: `{word}': not a valid identifier"));
            status = 1;
            continue;
        }
        if let Some(value) = value {
            run.shell.set(name, value.to_owned());
        }
        run.shell.export(name);
    }
    Ok(status)
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if "\\\"$`".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn unset(run: &mut Run<'_>, arguments: &[String], _: &mut Input, _: &mut Printed) -> Result<i32, Halt> {
    let functions = arguments.iter().any(|word| word == "-f");
    for name in arguments.iter().filter(|name| !matches!(name.as_str(), "-v" | "-f")) {
        if functions || run.shell.variables.remove(name).is_none() {
            run.shell.functions.remove(name);
        }
    }
    Ok(0)
}

fn environment(run: &mut Run<'_>, arguments: &[String], input: &mut Input, printed: &mut Printed) -> Result<i32, Halt> {
    let count = arguments.iter().take_while(|word| word.contains('=')).count();
    let (assignments, program) = arguments.split_at(count);
    let before = run.shell.variables.clone();
    for (name, value) in assignments.iter().filter_map(|word| word.split_once('=')) {
        run.shell.set(name, value.to_owned());
        run.shell.export(name);
    }
    let mut status = 0;
    match program.split_first() {
        Some((name, rest)) => {
            run.program(name, rest, input, printed)?;
            status = run.shell.status;
        }
        None => {
            for (name, variable) in run.shell.variables.iter().filter(|(_, variable)| variable.exported) {
                printed.out(format!("{name}={}\n", variable.value));
            }
        }
    }
    run.shell.variables = before;
    Ok(status)
}

fn read(run: &mut Run<'_>, arguments: &[String], input: &mut Input, printed: &mut Printed) -> Result<i32, Halt> {
    let mut raw = false;
    let mut names: Vec<&str> = Vec::new();
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        match word
            .strip_prefix('-')
            .filter(|letters| !letters.is_empty() && names.is_empty())
        {
            None => names.push(word),
            Some(letters) => {
                for (at, letter) in letters.char_indices() {
                    match letter {
                        'r' => raw = true,
                        's' | 'e' => {}
                        // A prompt, a time: nobody is asked here, and nothing is waited for.
                        'p' | 't' => {
                            if at + 1 == letters.len() {
                                words.next();
                            }
                            break;
                        }
                        _ => {
                            printed.err(format!(
                                "bash: read: -{letter}: not in this shell; -r, -p, -s and -t are"
                            ));
                            return Ok(2);
                        }
                    }
                }
            }
        }
    }
    let whole = names.is_empty();
    if whole {
        names.push("REPLY");
    }
    if let Some(name) = names.iter().find(|name| !is_name(name)) {
        printed.err(format!("bash: read: `{name}': not a valid identifier"));
        return Ok(2);
    }
    let line = input.line();
    let status = i32::from(line.is_none());
    let text = String::from_utf8_lossy(&line.unwrap_or_default()).into_owned();
    let text = if raw { text } else { text.replace('\\', "") };
    let separators = run.shell.variable("IFS").unwrap_or_default();
    let ends = |c: char| separators.contains(c);
    let blank = |c: char| ends(c) && matches!(c, ' ' | '\t');
    let mut rest = if whole { text.as_str() } else { text.trim_matches(blank) };
    let last = names.len().saturating_sub(1);
    for (place, name) in names.into_iter().enumerate() {
        let (value, after) = if place == last {
            (rest, "")
        } else {
            let end = rest.find(ends).unwrap_or(rest.len());
            let (value, after) = rest.split_at(end);
            // Blanks round one other sign end a field together.
            let after = after.trim_start_matches(blank);
            let mut chars = after.chars();
            let sign = chars.next().is_some_and(|c| ends(c) && !blank(c));
            (
                value,
                if sign {
                    chars.as_str().trim_start_matches(blank)
                } else {
                    after
                },
            )
        };
        run.shell.set(name, value.to_owned());
        rest = after;
    }
    Ok(status)
}

/// `which`: where a program is, without what the shell does itself.
fn which(_: &mut Run<'_>, arguments: &[String], _: &mut Input, printed: &mut Printed) -> Result<i32, Halt> {
    let mut status = 0;
    for name in arguments.iter().filter(|name| !name.starts_with('-')) {
        let is_there = matches!(
            name.as_str(),
            "echo" | "printf" | "pwd" | "true" | "false" | "test" | "["
        ) || what(name) == Some("program");
        if is_there {
            printed.out(format!("/usr/bin/{name}\n"));
        } else {
            status = 1;
        }
    }
    Ok(status)
}

fn eval(run: &mut Run<'_>, arguments: &[String], input: &mut Input, printed: &mut Printed) -> Result<i32, Halt> {
    perform(run, &arguments.join(" "), input, printed)
}

fn source(run: &mut Run<'_>, arguments: &[String], input: &mut Input, printed: &mut Printed) -> Result<i32, Halt> {
    let Some(name) = arguments.first() else {
        printed.err("bash: source: filename argument required");
        return Ok(2);
    };
    match run
        .shell
        .session
        .tray
        .get(name)
        .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
    {
        Some(text) => {
            let given = arguments
                .get(1..)
                .filter(|given| !given.is_empty())
                .map(<[String]>::to_vec);
            let outer = given.map(|given| std::mem::replace(&mut run.shell.arguments, given));
            run.sourced += 1;
            let done = perform(run, &text, input, printed);
            run.sourced -= 1;
            if let Some(outer) = outer {
                run.shell.arguments = outer;
            }
            match done {
                Err(Halt::Return) => Ok(run.shell.status),
                done => done,
            }
        }
        None => {
            printed.err(format!("bash: {name}: No such file or directory"));
            Ok(1)
        }
    }
}

fn perform(run: &mut Run<'_>, text: &str, input: &mut Input, printed: &mut Printed) -> Result<i32, Halt> {
    match super::read::read(text) {
        Ok(list) => {
            run.shell.status = 0;
            run.list(&list, input, printed)?;
            Ok(run.shell.status)
        }
        Err(fault) => {
            printed.err(format!("bash: {}", fault.text));
            Ok(2)
        }
    }
}

fn history(run: &mut Run<'_>, arguments: &[String], _: &mut Input, printed: &mut Printed) -> Result<i32, Halt> {
    let mut count = run.shell.history.len();
    match arguments.first().map(String::as_str) {
        Some("-c") => run.shell.history.clear(),
        Some(text) => match text.parse() {
            Ok(number) => count = number,
            Err(_) => {
                printed.err(format!("bash: history: {text}: numeric argument required"));
                return Ok(1);
            }
        },
        None => {}
    }
    let skip = run.shell.history.len().saturating_sub(count);
    for (place, line) in run.shell.history.iter().enumerate().skip(skip) {
        printed.out(format!("{:5}  {line}\n", place + 1));
    }
    Ok(0)
}

/// `sleep`: an AdvanceClock call, so that it is in the log like any other passing of time.
fn sleep(run: &mut Run<'_>, arguments: &[String], _: &mut Input, printed: &mut Printed) -> Result<i32, Halt> {
    if arguments.is_empty() {
        printed.err("sleep: missing operand\nTry 'sleep --help' for more information.");
        return Ok(1);
    }
    let mut seconds = 0.0;
    for word in arguments {
        let (digits, unit) = match word.chars().last() {
            Some('s') => (&word[..word.len() - 1], 1.0),
            Some('m') => (&word[..word.len() - 1], 60.0),
            Some('h') => (&word[..word.len() - 1], 3_600.0),
            Some('d') => (&word[..word.len() - 1], 86_400.0),
            _ => (word.as_str(), 1.0),
        };
        match digits
            .parse::<f64>()
            .ok()
            .filter(|number| number.is_finite() && *number >= 0.0)
        {
            Some(number) => seconds += number * unit,
            None => {
                printed.err(format!(
                    "sleep: invalid time interval ‘{word}’\nTry 'sleep --help' for more information."
                ));
                return Ok(1);
            }
        }
    }
    let params = Structure::new().with(field::SECONDS, seconds);
    match run.cloud.call(Region::US_EAST_1, "stratus", "AdvanceClock", params) {
        Ok(_) => Ok(0),
        Err(_) if run.cloud.is_interrupted() => Ok(1),
        Err(error) => {
            printed.err(format!("sleep: {}", error.message));
            Ok(1)
        }
    }
}

fn judge(run: &mut Run<'_>, arguments: &[String], _: &mut Input, printed: &mut Printed) -> Result<i32, Halt> {
    Ok(test::run("test", arguments, &run.shell.session.tray, printed))
}

fn bracket(run: &mut Run<'_>, arguments: &[String], _: &mut Input, printed: &mut Printed) -> Result<i32, Halt> {
    match arguments.split_last() {
        Some((last, rest)) if last == "]" => Ok(test::run("[", rest, &run.shell.session.tray, printed)),
        _ => {
            printed.err("bash: [: missing `]'");
            Ok(2)
        }
    }
}

fn what(name: &str) -> Option<&'static str> {
    // bash has some programs built in as well.
    let own = ["echo", "printf", "pwd", "true", "false"].contains(&name);
    let programs = [
        "date", "sleep", "env", "clear", "which", "xargs", "dig", "host", "nslookup",
    ]
    .contains(&name);
    if own || (find(name).is_some() && !programs) {
        Some("builtin")
    } else if programs || filters::find(name).is_some() || matches!(name, "aws" | "stratus") {
        Some("program")
    } else {
        None
    }
}

fn kind(run: &mut Run<'_>, arguments: &[String], _: &mut Input, printed: &mut Printed) -> Result<i32, Halt> {
    let mut status = 0;
    for name in arguments {
        match what(name) {
            _ if run.shell.functions.contains_key(name) => printed.out(format!("{name} is a function\n")),
            Some("builtin") => printed.out(format!("{name} is a shell builtin\n")),
            Some(_) => printed.out(format!("{name} is /usr/bin/{name}\n")),
            None => {
                printed.err(format!("bash: type: {name}: not found"));
                status = 1;
            }
        }
    }
    Ok(status)
}

fn command(run: &mut Run<'_>, arguments: &[String], input: &mut Input, printed: &mut Printed) -> Result<i32, Halt> {
    match arguments {
        [flag, names @ ..] if flag == "-v" => {
            let mut status = 1;
            for name in names.iter().filter(|name| what(name).is_some()) {
                let path = if what(name) == Some("builtin") { "" } else { "/usr/bin/" };
                printed.out(format!("{path}{name}\n"));
                status = 0;
            }
            Ok(status)
        }
        [name, rest @ ..] => {
            run.program(name, rest, input, printed)?;
            Ok(run.shell.status)
        }
        [] => Ok(0),
    }
}

fn help(_: &mut Run<'_>, _: &[String], _: &mut Input, printed: &mut Printed) -> Result<i32, Halt> {
    printed.out(
        "A small shell round the aws command. Files are those of the tray, time is the world's.\n\n\
         aws SERVICE OPERATION …   a call, as AWS's own command line makes it\n\
         stratus OPERATION …       what AWS has no API for: the clock, faults, guests\n\n\
         Commands in the shell:\n",
    );
    for (name, _, what) in ALL {
        printed.out(format!("  {name:10} {what}\n"));
    }
    printed.out("\nPrograms:\n");
    for (name, _, what) in filters::ALL {
        printed.out(format!("  {name:10} {what}\n"));
    }
    printed.out(
        "\nThe language: 'quotes' \"quotes\" \\ $NAME ${NAME:-other} $(command) $((1 + 2)) ; && || | ! > >> < 2> 2>&1 <<END\n\
         for NAME in …; do …; done   while …; do …; done   if …; then …; else …; fi   { …; }   ( … )\n\
         case WORD in PATTERN) …;; esac   NAME() { …; }   [[ $NAME == a* && -n $OTHER ]]   {a,b} {1..3}   !! !$ !NAME\n\n\
         Keys: Enter runs, Shift+Enter begins a line, Tab completes, ↑ ↓ recall, Ctrl+R searches what was typed,\n\
         Ctrl+L clears, Ctrl+C drops the line, or stops a command in which time passes.\n",
    );
    Ok(0)
}
