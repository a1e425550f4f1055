//! What somebody types in a guest, and what its screen shows.
//!
//! Calls `stratus RunGuestCommand` and looks at its answer only.

use super::{Story, same};
use stratus_model::{field, json};

impl Story {
    /// `$web command`: runs it in this guest.
    pub(super) fn typed(&mut self, rest: &str) {
        let (id, command) = rest.split_once(' ').unwrap_or((rest, ""));
        let command = self.substitute(&command.replace("\\n", "\n"));
        match (self.substitute(id), command) {
            (Ok(id), Ok(command)) => {
                let params = json::plain(
                    &stratus_model::Structure::new()
                        .with(field::INSTANCE_ID, id)
                        .with(field::COMMAND, command)
                        .into(),
                );
                self.made("stratus", "RunGuestCommand", &params.to_string());
                let output = self.at("Output").unwrap_or_default();
                self.screen = output.lines().map(str::to_owned).collect();
            }
            (Err(problem), _) | (_, Err(problem)) => self.fail(problem),
        }
    }

    /// `line`: the next line of the screen; the line as it was found.
    pub(super) fn shows(&mut self, wanted: &str) -> String {
        let found = self.screen.pop_front().unwrap_or_else(|| "(nothing more)".to_owned());
        let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.compare("screen", &squeezed(wanted), squeezed(&found));
        let held = self
            .substitute(wanted)
            .is_ok_and(|wanted| same(&squeezed(&wanted), &squeezed(&found)));
        if held { format!("| {wanted}") } else { format!("| {}", self.named(&found)) }
    }
}
