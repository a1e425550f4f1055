//! The digest of a world: SHA-256 over its canonical bytes. The same calls give the same digest natively and in the browser.

use super::World;
use sha2::{Digest, Sha256};

/// 64 lower-case hexadecimal digits. The journal is part of it, as everything is; the resolvers' caches are the session's.
pub fn digest(world: &World) -> String {
    let mut sink = Sink(Sha256::new());
    // Postcard writes integers and lengths the same on every machine, and tables iterate in the order of their keys.
    match postcard::to_extend(world, &mut sink).map(|_| ()) {
        Ok(()) => sink.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect(),
        // Writing to a hash cannot fail, and every row can be written; still, no panic.
        Err(error) => format!("undigested: {error}"),
    }
}

struct Sink(Sha256);

impl Extend<u8> for &mut Sink {
    fn extend<T: IntoIterator<Item = u8>>(&mut self, bytes: T) {
        let mut buffer = [0u8; 64];
        let mut filled = 0;
        for byte in bytes {
            buffer[filled] = byte;
            filled += 1;
            if filled == buffer.len() {
                self.0.update(buffer);
                filled = 0;
            }
        }
        self.0.update(&buffer[..filled]);
    }
}
