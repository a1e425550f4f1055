//! Who makes a call. A new world has an account with its root and one administrator; the page acts as that administrator.

use crate::base::random::fixed;
use crate::world::Options;
use rand_chacha::rand_core::RngCore;

/// The caller of a call, already verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// `arn:aws:iam::123456789012:user/administrator`.
    pub arn: String,
    /// `AIDA…`, or the account for root.
    pub user_id: String,
    /// `AKIA…`.
    pub access_key: String,
}

impl Principal {
    /// The administrator that every world begins with. Its key follows from the seed and opens nothing real.
    pub fn administrator(options: &Options) -> Principal {
        let mut rng = fixed(options.seed, u64::from(u32::MAX), 0);
        let mut draw = |prefix: &str| {
            const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
            let tail = (0..16).map(|_| char::from(ALPHABET[(rng.next_u32() % 32) as usize]));
            prefix.chars().chain(tail).collect::<String>()
        };
        Principal {
            arn: format!("arn:aws:iam::{:012}:user/administrator", options.account),
            user_id: draw("AIDA"),
            access_key: draw("AKIA"),
        }
    }

    /// The account's root.
    pub fn root(options: &Options) -> Principal {
        Principal {
            arn: format!("arn:aws:iam::{:012}:root", options.account),
            user_id: format!("{:012}", options.account),
            access_key: String::new(),
        }
    }
}
