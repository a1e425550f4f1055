//! What somebody types in a guest, and what its screen shows.
//!
//! Calls `stratus RunGuestCommand` and looks at its answer only.

use super::{Story, same};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest, Sha256};
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
        if held {
            format!("| {wanted}")
        } else {
            format!("| {}", self.named(&found))
        }
    }

    /// `name = text`: `$name` is a block of 512 KiB that begins with the text, in base64, `$name_sum` its checksum.
    pub(super) fn block(&mut self, rest: &str) {
        let (name, text) = rest.split_once(" = ").unwrap_or((rest, ""));
        let mut bytes = text.as_bytes().to_vec();
        bytes.resize(512 * 1024, 0);
        self.names.insert(name.to_owned(), BASE64.encode(&bytes));
        let sum = BASE64.encode(Sha256::digest(&bytes));
        self.names.insert(format!("{name}_sum"), sum);
    }

    /// `name = $a $b`: `$name` is the checksum of these checksums, in this order.
    pub(super) fn sums(&mut self, rest: &str) {
        let (name, list) = rest.split_once(" = ").unwrap_or((rest, ""));
        let mut hash = Sha256::new();
        match self.substitute(list) {
            Ok(list) => list
                .split(' ')
                .for_each(|sum| hash.update(BASE64.decode(sum).unwrap_or_default())),
            Err(problem) => return self.fail(problem),
        }
        self.names.insert(name.to_owned(), BASE64.encode(hash.finalize()));
    }
}
