//! The pool of primes is what its search finds.

use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use stratus_engine::keys::primes::{COUNT, candidate, passes, prime, will_do};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/rsa_primes.txt");

/// The distance from the candidate of this index to the first number that will do.
fn search(index: usize) -> u32 {
    let mut number = candidate(index);
    let mut offset = 0;
    while !will_do(&number) {
        number = number.wrapping_add(&2_u32.into());
        offset += 2;
    }
    offset
}

/// Run with UPDATE_EXPECT=1, writes the file anew (some minutes); else finds some of its primes again.
#[test]
fn pool_is_current() {
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let offsets: Vec<String> = (0..COUNT).map(|index| search(index).to_string()).collect();
        let lines: Vec<String> = offsets.chunks(16).map(|line| line.join(" ") + "\n").collect();
        std::fs::write(FILE, lines.concat()).unwrap();
        return;
    }
    for index in [0, COUNT - 1] {
        assert_eq!(candidate(index).wrapping_add(&search(index).into()), prime(index));
    }
}

/// Keys of existing worlds follow from these numbers. An independent search, in Python, found the same.
#[test]
fn pool_never_changes() {
    let text = std::fs::read(FILE).unwrap();
    assert_eq!(
        format!("{:x}", Sha256::digest(text)),
        "b50e2de01bcc09bef65827b4bc396a8a410622cc01a800849db90e3f687185e9"
    );
}

#[test]
fn pool_is_fit() {
    let primes: BTreeSet<_> = (0..COUNT).map(prime).collect();
    assert_eq!(primes.len(), COUNT);
    for (index, number) in primes.iter().enumerate() {
        assert_eq!(number.bits(), 1024);
        // The two highest bits, so that every product has 2048.
        assert!(bool::from(number.bit(1022)));
        assert!(index % 8 != 0 || passes(number, 2));
    }
}

#[test]
fn composites_do_not_pass() {
    for index in [0, 1, 2] {
        let number = prime(index).wrapping_add(&2_u32.into());
        assert!(!passes(&number, 2) || !will_do(&number));
        assert!(!passes(&number.wrapping_add(&1_u32.into()), 2));
    }
}
