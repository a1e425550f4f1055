//! `chmod`: who may do what with a file. Nobody else is here, so a mode is only kept and shown.
//! <https://www.gnu.org/software/coreutils/manual/html_node/Mode-Structure.html>

use super::Io;

/// `rw-r--r--`.
pub(super) fn written(mode: u16) -> String {
    let letters = "rwxrwxrwx".chars().rev().enumerate();
    let shown = letters.map(|(bit, letter)| if mode & (1 << bit) == 0 { '-' } else { letter });
    let shown: Vec<char> = shown.collect();
    shown.iter().rev().collect()
}

/// `chmod 400 key.pem`, `chmod u+x,go= script`.
pub(super) fn chmod(arguments: &[String], io: &mut Io<'_>) -> i32 {
    // `-x` is a mode, `-R` an option.
    let is_option = |word: &&String| matches!(word.as_str(), "-R" | "-v" | "-c" | "-f" | "--recursive" | "--");
    let words: Vec<String> = arguments.iter().filter(|word| !is_option(word)).cloned().collect();
    let Some((mode, names)) = words.split_first() else {
        io.printed
            .err("chmod: missing operand\nTry 'chmod --help' for more information.");
        return 1;
    };
    if names.is_empty() {
        io.printed.err(format!(
            "chmod: missing operand after ‘{mode}’\nTry 'chmod --help' for more information."
        ));
        return 1;
    }
    if changed(mode, 0).is_none() {
        io.printed.err(format!(
            "chmod: invalid mode: ‘{mode}’\nTry 'chmod --help' for more information."
        ));
        return 1;
    }
    let mut status = 0;
    for name in names {
        let is_there = io
            .tray
            .change_mode(name, |before| changed(mode, before).unwrap_or(before));
        if !is_there && !io.tray.is_folder(name) {
            io.printed
                .err(format!("chmod: cannot access '{name}': No such file or directory"));
            status = 1;
        }
    }
    status
}

/// What a mode becomes; `None` for a text that is no mode.
fn changed(text: &str, before: u16) -> Option<u16> {
    if text.chars().all(|c| c.is_digit(8)) {
        return u16::from_str_radix(text, 8).ok().filter(|mode| *mode <= 0o7777);
    }
    let mut mode = before;
    for clause in text.split(',') {
        let at = clause.find(['+', '-', '='])?;
        let (who, rest) = clause.split_at(at);
        let mut mask = 0;
        for c in who.chars() {
            mask |= match c {
                'u' => 0o700,
                'g' => 0o070,
                'o' => 0o007,
                'a' => 0o777,
                _ => return None,
            };
        }
        if who.is_empty() {
            mask = 0o777;
        }
        let mut letters = rest.chars();
        let sign = letters.next()?;
        let mut bits = 0;
        for c in letters {
            bits |= match c {
                'r' => 0o444,
                'w' => 0o222,
                'x' | 'X' => 0o111,
                _ => return None,
            };
        }
        // Without a whom, writing is for the owner alone, as the usual mask has it.
        let bits = if who.is_empty() { bits & !0o022 } else { bits };
        match sign {
            '+' => mode |= bits & mask,
            '-' => mode &= !(bits & mask),
            _ => mode = mode & !mask | bits & mask,
        }
    }
    Some(mode)
}
