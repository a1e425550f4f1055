//! The part of the model that a first visit does not need: the operations that `operations.txt` does not list by name, what
//! only they reach, and what one can wait for.
//!
//! In the page, `cargo tasks split` moves every function of this file, and [`BLOCK`] with them, into the later part:
//! asking for something here loads that part if it is not there yet. So nothing here may be asked for on the way to the
//! first paint; everywhere else, a service is simply whole.

use crate::schema::{Operation, Shape, Waiter};
use crate::{Service, unpack};
use std::sync::LazyLock;

/// What `build/main.rs` packed: the number of sections, and the sections: one a service, in the order of the services'
/// names, and the names.
static BLOCK: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rest.bin"));

/// What a service has besides its first part.
#[derive(Debug, Default)]
pub struct Rest {
    /// All operations, sorted by name; empty where the first part has all of them.
    pub operations: Vec<Operation>,
    /// The shapes whose numbers follow those of the first part.
    pub shapes: Vec<Shape>,
    /// Sorted by name.
    pub waiters: Vec<Waiter>,
}

/// The sections of the block. Empty were it not ours, which it is.
fn sections() -> Vec<&'static [u8]> {
    fn size(bytes: &'static [u8], at: usize) -> Option<usize> {
        let bytes: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
        usize::try_from(u32::from_le_bytes(bytes)).ok()
    }
    let mut at = 4;
    let count = size(BLOCK, 0).unwrap_or_default();
    let next = |_| {
        let start = at + 4;
        let end = start + size(BLOCK, at)?;
        at = end;
        BLOCK.get(start..end)
    };
    (0..count).map_while(next).collect()
}

static SECTIONS: LazyLock<Vec<&'static [u8]>> = LazyLock::new(sections);

/// The rest of the service with this place among the services' sorted names.
#[inline(never)]
pub fn rest(service: &Service) -> Rest {
    let bytes = SECTIONS.get(service.place).copied().unwrap_or_default();
    unpack::rest(bytes, service).unwrap_or_default()
}

/// The names of members, each on the line of its number; those of the first part are empty lines.
#[inline(never)]
pub fn names() -> &'static str {
    let bytes = SECTIONS.last().copied().unwrap_or_default();
    std::str::from_utf8(bytes).unwrap_or_default()
}
