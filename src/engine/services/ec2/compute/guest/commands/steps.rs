//! What a script or a call has to do, in steps: lines, here-documents and files; and which of it a boot has to run at all.

use super::Shell;
use crate::base::ids::InstanceId;
use crate::catalog::Region;
use crate::services::ec2::compute::guest::script::Step;
use crate::services::ec2::compute::guest::words::{here, heredoc, joined, target};
use crate::world::World;

/// Lines that one call may have.
const LINES: usize = 400;

/// What a script of user data does to files and disks.
pub(in super::super) fn replay(world: &mut World, region: Region, id: InstanceId, steps: &[Step]) {
    let mut shell = Shell::new(world, region, id);
    shell.folder = "/".to_owned();
    shell.boots = true;
    // Most scripts only install, configure and start something: then no program of ours is asked for.
    if !steps.iter().all(is_plain) {
        shell.steps(steps);
        return;
    }
    for step in steps {
        // What cannot be written is said on the screen, which a boot has none of.
        let _ = match step {
            Step::File(path, content, behind) => shell.write(path, content.as_bytes(), *behind),
            Step::Here(line, content, _) => match written(line) {
                Some((path, behind)) => shell.write(&path, content.as_bytes(), behind),
                None => Ok(()),
            },
            Step::Line(_) => Ok(()),
        };
    }
}

/// The file that the line of a here-document writes, and whether behind what is there.
fn written(line: &str) -> Option<(String, bool)> {
    let command = heredoc(line)?.command;
    let behind = command.contains(">>") || command.contains("-a ");
    Some((target(&command)?, behind))
}

/// Programs that touch files and disks; every `mkfs` besides.
const PROGRAMS: [&str; 37] = [
    "lsblk",
    "df",
    "blkid",
    "file",
    "mount",
    "umount",
    "findmnt",
    "ebsnvme-id",
    "xfs_growfs",
    "resize2fs",
    "growpart",
    "dd",
    "sync",
    "cat",
    "head",
    "tail",
    "wc",
    "grep",
    "sha256sum",
    "md5sum",
    "tee",
    "echo",
    "printf",
    "ls",
    "mkdir",
    "rmdir",
    "rm",
    "touch",
    "truncate",
    "fallocate",
    "cp",
    "mv",
    "du",
    "stat",
    "test",
    "[",
    "cd",
];

/// Whether a program touches files and disks.
pub(super) fn touches(name: &str) -> bool {
    name.starts_with("mkfs") || PROGRAMS.contains(&name)
}

/// Whether a step needs none of the programs: it writes a file, or touches none and asks nobody by the Web.
fn is_plain(step: &Step) -> bool {
    let is_path =
        |path: &str| path.starts_with('/') && !path.contains("/.") && !path.contains(['$', '`', '"', '\'', '\\']);
    match step {
        Step::File(path, ..) => is_path(path),
        Step::Here(line, content, expands) => {
            let alone = !line.contains(['|', ';', '&', '(', '`']);
            let plain = !expands || !content.contains(['$', '`', '\\']);
            alone && plain && written(line).is_some_and(|(path, _)| is_path(&path))
        }
        Step::Line(line) => {
            let mut words = line.split(|letter: char| letter.is_whitespace() || ";&|()`/".contains(letter));
            !line.contains(['>', '<']) && !words.any(|word| touches(word) || word == "curl")
        }
    }
}

/// The lines of a command with their here-documents.
pub(super) fn of(text: &str) -> Vec<Step> {
    let lines: Vec<&str> = text.lines().take(LINES).collect();
    let (mut out, mut at) = (Vec::new(), 0);
    while let Some((line, next)) = joined(&lines, at) {
        at = next;
        let Some(heredoc) = heredoc(&line) else {
            out.push(Step::Line(line));
            continue;
        };
        let (content, after) = here(&lines, at, &heredoc.tag);
        at = after;
        out.push(Step::Here(line, content, !heredoc.quoted));
    }
    out
}
