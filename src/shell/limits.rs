//! How much the shell takes on. What exceeds a limit ends with a message, never with a page that hangs.

/// Bytes of one text that is run.
pub const TEXT_BYTES: usize = 1 << 20;
/// Commands inside each other: substitutions, loops, groups.
pub const DEPTH: usize = 40;
/// Commands that one text may run, rounds of loops and substitutions included.
pub const STEPS: usize = 20_000;
/// Bytes that one command list may print.
pub const OUTPUT_BYTES: usize = 32 << 20;
/// Words of one command, and fields of one expansion.
pub const WORDS: usize = 65_536;
/// Bytes of one word and of one variable's value.
pub const WORD_BYTES: usize = 4 << 20;
/// Lists and mappings inside each other in a YAML text.
pub const YAML_DEPTH: usize = 200;
/// Values of a YAML text, those that its anchors repeat counted each time.
pub const YAML_NODES: usize = 100_000;
/// Variables.
pub const VARIABLES: usize = 4_096;
/// Functions of the shell.
pub const FUNCTIONS: usize = 1_000;
/// Lines of the history.
pub const HISTORY: usize = 1_000;
/// Files of the tray.
pub const FILES: usize = 10_000;
/// Bytes of all files of the tray.
pub const TRAY_BYTES: usize = 256 << 20;
/// Candidates that one completion shows.
pub const CANDIDATES: usize = 200;
/// Things that one completion looks through.
pub const LOOKED_AT: usize = 10_000;
/// Objects that one `s3` command lists or moves.
pub const OBJECTS: usize = 100_000;
/// Objects from which on the AWS CLI sends several parts, and the size of a part: 8 MiB.
/// <https://docs.aws.amazon.com/cli/latest/topic/s3-config.html>
pub const PART_BYTES: usize = 8 << 20;
