//! Chance that is the same in every run, and what goes wrong with bytes.

/// xorshift64*: enough to choose places by.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % limit.max(1)
    }

    /// Changes bytes in one of the ways in which bytes go wrong, or are made to.
    pub fn mutate(&mut self, bytes: &mut Vec<u8>, other: &[u8]) {
        let at = self.below(bytes.len());
        match self.below(8) {
            0 => bytes[at] ^= 1 << self.below(8),
            1 => bytes[at] = [0, 1, 0x7f, 0x80, 0xff][self.below(5)],
            2 => bytes.truncate(at),
            3 => bytes.extend(other.iter().take(1 + self.below(40)).copied().collect::<Vec<_>>()),
            4 => bytes.insert(at, self.below(256) as u8),
            5 => drop(bytes.drain(at..(at + 1 + self.below(8)).min(bytes.len()))),
            6 => {
                let end = (at + self.below(64)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
            _ => {
                let from = self.below(other.len());
                let piece: Vec<u8> = other[from..].iter().take(1 + self.below(64)).copied().collect();
                bytes.splice(at..at, piece);
            }
        }
        if bytes.is_empty() {
            bytes.push(0);
        }
    }
}
