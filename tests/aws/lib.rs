//! What the tests with AWS's own tools share: an endpoint in a thread, the real CLI in one Python process, and the terminal on
//! an equal world. They need Debian's `awscli` (version 2) and a Python environment with boto3, which `cargo verify` installs;
//! so the package is left out of a plain `cargo test` by its name.

pub mod pruned;
pub mod real;
pub mod script;
pub mod terminal;

/// The first line in which two texts differ, with what stands round it.
pub fn difference(real: &str, ours: &str) -> String {
    let (real, ours): (Vec<&str>, Vec<&str>) = (real.split('\n').collect(), ours.split('\n').collect());
    let at = real.iter().zip(&ours).take_while(|(one, other)| one == other).count();
    let shown = |lines: &[&str]| {
        let from = at.saturating_sub(2);
        let lines: Vec<String> = lines
            .iter()
            .skip(from)
            .take(6)
            .map(|line| format!("    |{line}"))
            .collect();
        if lines.is_empty() {
            "    (nothing)".to_owned()
        } else {
            lines.join("\n")
        }
    };
    format!(
        "  at line {}, the real one:\n{}\n  ours:\n{}",
        at + 1,
        shown(&real),
        shown(&ours)
    )
}
