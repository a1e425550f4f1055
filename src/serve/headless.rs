//! Stratus without page and without HTTP: a scenario replayed, and the terminal on standard input.

use crate::arguments::{Failure, Options};
use crate::pace::{self, Meeting, Pace};
use std::io::{BufRead, IsTerminal, Write};
use std::path::Path;
use stratus_classroom::{File, Opened};
use stratus_engine::Engine;
use stratus_engine::catalog::Region;
use stratus_shell::{Session, Shell};

/// `cargo serve -- run FILE`: replays the file and prints its digest, the moment at which it ends, and what could not be
/// done again.
///
/// # Errors
/// `Failed`, where the file cannot be read or does not end as it says.
pub fn run(file: &Path) -> Result<(), Failure> {
    let opened = open(file)?;
    let world = opened.engine.world();
    println!("digest  {}", opened.engine.digest());
    println!("now     {}", world.now.iso8601());
    println!("calls   {}", world.calls);
    for problem in &opened.problems {
        println!("problem {problem}");
    }
    if !opened.faithful {
        println!("problem the world ended otherwise than the file says");
    }
    if opened.faithful && opened.problems.is_empty() {
        Ok(())
    } else {
        Err(Failure::Failed(format!(
            "{} does not replay as it was written",
            file.display()
        )))
    }
}

fn open(file: &Path) -> Result<Opened, Failure> {
    let told = |why: &dyn std::fmt::Display| Failure::Failed(format!("{}: {why}", file.display()));
    let text = std::fs::read_to_string(file).map_err(|error| told(&error))?;
    let read = File::from_text(&text).and_then(|file| file.open());
    read.map_err(|error| told(&error))
}

/// `cargo serve -- shell [FILE]`: reads commands from standard input, prints what they print. Ends with the status of the
/// last one, as a shell does, when its input ends. Virtual time is `instant` or `manual`: nobody waits for a machine's clock
/// between two commands.
///
/// # Errors
/// `Failed`, where the file cannot be opened, or the last command failed.
pub fn shell(file: Option<&Path>, options: &Options) -> Result<(), Failure> {
    if !matches!(options.pace, Pace::Instant | Pace::Manual) {
        return Err(Failure::Usage("the shell's time is instant or manual".into()));
    }
    let mut engine = match file {
        Some(file) => open(file)?.engine,
        None => Engine::new(options.world.clone()),
    };
    let mut shell = Shell::new(Session::new(Region::US_EAST_1));
    let input = std::io::stdin();
    let prompt = input.is_terminal();
    shell.interactive = prompt;
    let (mut status, mut text) = (0, String::new());
    let mut lines = input.lock().lines();
    loop {
        if prompt {
            print!("{}", if text.is_empty() { "$ " } else { "> " });
            let _ = std::io::stdout().flush();
        }
        match lines.next() {
            Some(line) => {
                text += &line.map_err(|error| Failure::Failed(format!("standard input: {error}")))?;
                // Before its end: a backslash there joins the line to the next.
                let incomplete = Shell::is_incomplete(&text);
                text.push('\n');
                if incomplete {
                    continue;
                }
            }
            None if text.is_empty() => break,
            // What is not finished at the end is the shell's to complain of.
            None => {}
        }
        let met = Meeting {
            wall: 0,
            world: engine.world().now,
        };
        pace::pass(&mut engine, options.pace, met, 0);
        let output = shell.run(&std::mem::take(&mut text), &mut engine);
        // As the page shows them: beside what was printed.
        if let Some(line) = shell.recalled.take() {
            eprintln!("{line}");
        }
        print!("{}", output.stdout);
        eprint!("{}", output.stderr);
        if prompt && !shell.session.remedy.is_empty() {
            eprintln!("What to do: {}", shell.session.remedy);
        }
        status = output.status;
    }
    if status == 0 || prompt {
        Ok(())
    } else {
        Err(Failure::Failed(format!("the last command ended with {status}")))
    }
}
