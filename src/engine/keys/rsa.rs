//! RSA: a private key from two primes, and the two operations on numbers. Constant time is none of its goals.

use super::{der, openssh, primes};
use crypto_bigint::{
    Encoding, Integer, Limb, NonZero, U1024, U2048, U4096, Uint,
    modular::runtime_mod::{DynResidue, DynResidueParams},
};
use rand_chacha::rand_core::RngCore;
use std::num::NonZeroU32;

/// The public exponent of keys made here: 65537.
const EXPONENT: NonZeroU32 = NonZeroU32::MIN.saturating_add(65_536);

/// A private key of 2048 bits.
pub(super) struct RsaPrivate {
    modulus: U2048,
    exponent: U2048,
    /// The larger prime.
    p: U1024,
    q: U1024,
}

/// A public key, as big-endian numbers without leading zeros. Made only by [`RsaPublic::new`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RsaPublic {
    modulus: Vec<u8>,
    exponent: Vec<u8>,
}

impl RsaPrivate {
    /// The key of two different primes of the pool.
    pub fn from_pool(random: &mut impl RngCore) -> RsaPrivate {
        let first = random.next_u32() as usize % primes::COUNT;
        let second = (first + 1 + random.next_u32() as usize % (primes::COUNT - 1)) % primes::COUNT;
        let (p, q) = (primes::prime(first), primes::prime(second));
        if p > q {
            RsaPrivate::new(p, q)
        } else {
            RsaPrivate::new(q, p)
        }
    }

    /// The key of these primes, of which p is the larger.
    fn new(p: U1024, q: U1024) -> RsaPrivate {
        let one = U1024::ONE;
        let modulus = product(&p, &q);
        let totient = product(&p.wrapping_sub(&one), &q.wrapping_sub(&one));
        RsaPrivate {
            modulus,
            exponent: inverse_of_exponent(&totient),
            p,
            q,
        }
    }

    pub fn public(&self) -> RsaPublic {
        RsaPublic {
            modulus: self.modulus.to_be_bytes().to_vec(),
            exponent: EXPONENT.get().to_be_bytes()[1..].to_vec(),
        }
    }

    /// RSAPrivateKey of PKCS#1, in DER.
    pub fn to_pkcs1(&self) -> Vec<u8> {
        let part = |prime: &U1024| inverse_of_exponent(&prime.wrapping_sub(&U1024::ONE)).to_be_bytes();
        der::integers(&[
            &[0],
            &self.modulus.to_be_bytes(),
            &EXPONENT.get().to_be_bytes(),
            &self.exponent.to_be_bytes(),
            &self.p.to_be_bytes(),
            &self.q.to_be_bytes(),
            &part(&self.p),
            &part(&self.q),
            &self.coefficient().to_be_bytes(),
        ])
    }

    /// What PuTTY keeps of it: d, p, q, and the inverse of q modulo p.
    pub fn putty_numbers(&self) -> [Vec<u8>; 4] {
        [
            self.exponent.to_be_bytes().to_vec(),
            self.p.to_be_bytes().to_vec(),
            self.q.to_be_bytes().to_vec(),
            self.coefficient().to_be_bytes().to_vec(),
        ]
    }

    /// The inverse of q modulo p.
    fn coefficient(&self) -> U1024 {
        self.q.inv_odd_mod(&self.p).0
    }
}

impl RsaPublic {
    /// A key that one can calculate with: odd numbers, an exponent above 1 in eight bytes. None otherwise.
    pub fn new(modulus: &[u8], exponent: &[u8]) -> Option<RsaPublic> {
        let odd = |number: &[u8]| number.last().is_some_and(|last| last & 1 == 1);
        let sound = odd(modulus) && odd(exponent) && exponent != [1] && exponent.len() <= 8;
        let whole = modulus.first() != Some(&0) && exponent.first() != Some(&0);
        (sound && whole).then(|| RsaPublic {
            modulus: modulus.to_vec(),
            exponent: exponent.to_vec(),
        })
    }

    /// The key of a blob in OpenSSH's wire encoding.
    pub fn from_blob(mut blob: &[u8]) -> Option<RsaPublic> {
        let algorithm = openssh::take_string(&mut blob)?;
        let (exponent, modulus) = (openssh::take_number(&mut blob)?, openssh::take_number(&mut blob)?);
        if algorithm != openssh::RSA.as_bytes() || !blob.is_empty() {
            return None;
        }
        RsaPublic::new(modulus, exponent)
    }

    /// The key in OpenSSH's wire encoding.
    pub fn to_blob(&self) -> Vec<u8> {
        let mut blob = Vec::new();
        openssh::put_string(&mut blob, openssh::RSA.as_bytes());
        openssh::put_number(&mut blob, &self.exponent);
        openssh::put_number(&mut blob, &self.modulus);
        blob
    }

    /// The key as SubjectPublicKeyInfo, in DER.
    pub fn to_der(&self) -> Vec<u8> {
        der::public_rsa(&self.modulus, &self.exponent)
    }

    /// The size of the modulus.
    pub fn bits(&self) -> usize {
        let first = self.modulus.first().map_or(0, |first| first.leading_zeros() as usize);
        self.modulus.len() * 8 - first
    }

    /// message ^ exponent mod modulus; None where the message is not a smaller number than the modulus.
    pub fn apply(&self, message: &[u8]) -> Option<Vec<u8>> {
        power(message, &self.exponent, &self.modulus)
    }
}

/// base ^ exponent mod modulus, all big-endian and the result as long as the modulus. None unless the modulus is odd, of at
/// most 512 bytes, and larger than the base.
pub(super) fn power(base: &[u8], exponent: &[u8], modulus: &[u8]) -> Option<Vec<u8>> {
    // Two sizes, since each is its own copy of the code, and the larger one takes four times as long.
    let bytes = if modulus.len() <= U2048::BYTES {
        sized_power::<{ U2048::LIMBS }>(base, exponent, modulus)?
            .to_be_bytes()
            .to_vec()
    } else {
        sized_power::<{ U4096::LIMBS }>(base, exponent, modulus)?
            .to_be_bytes()
            .to_vec()
    };
    Some(bytes.get(bytes.len().checked_sub(modulus.len())?..)?.to_vec())
}

fn sized_power<const LIMBS: usize>(base: &[u8], exponent: &[u8], modulus: &[u8]) -> Option<Uint<LIMBS>> {
    let bits = exponent.len() * 8;
    let (base, exponent, modulus) = (
        number::<LIMBS>(base)?,
        number::<LIMBS>(exponent)?,
        number::<LIMBS>(modulus)?,
    );
    // Montgomery's form, which makes this fast, exists for odd moduli.
    if !bool::from(modulus.is_odd()) || base >= modulus {
        return None;
    }
    let residue = DynResidue::new(&base, DynResidueParams::new(&modulus));
    Some(residue.pow_bounded_exp(&exponent, bits).retrieve())
}

/// A number of at most the type's size; `Uint::from_be_slice` panics on all but the exact length.
fn number<const LIMBS: usize>(bytes: &[u8]) -> Option<Uint<LIMBS>> {
    let mut words = [Limb::ZERO; LIMBS];
    for (at, chunk) in bytes.rchunks(Limb::BYTES).enumerate() {
        let word = chunk
            .iter()
            .fold(0, |word, byte| word << 8 | crypto_bigint::Word::from(*byte));
        *words.get_mut(at)? = Limb(word);
    }
    Some(Uint::new(words))
}

fn product(left: &U1024, right: &U1024) -> U2048 {
    let (low, high) = left.mul_wide(right);
    (low, high).into()
}

/// The number that times 65537 is 1 modulo `modulus`, which has no factor in common with it (the pool sees to that).
///
/// With modulus = a·e + r and k·r ≡ -1 mod e, that is (k·modulus + 1) ÷ e = k·a + (k·r + 1) ÷ e: no long division.
fn inverse_of_exponent<const LIMBS: usize>(modulus: &Uint<LIMBS>) -> Uint<LIMBS> {
    let (quotient, remainder) = modulus.div_rem_limb(NonZero::<Limb>::from_u32(EXPONENT));
    let (e, r) = (u64::from(EXPONENT.get()), remainder_value(remainder));
    // e is prime, so r^(e-2) is the inverse of r.
    let (mut inverse, mut square, mut left) = (1, r, e - 2);
    while left > 0 {
        if left & 1 == 1 {
            inverse = inverse * square % e;
        }
        square = square * square % e;
        left >>= 1;
    }
    let k = (e - inverse) % e;
    quotient
        .wrapping_mul(&Uint::<LIMBS>::from_u64(k))
        .wrapping_add(&Uint::from_u64((k * r + 1) / e))
}

#[allow(clippy::unnecessary_cast, reason = "a limb has 64 bits natively and 32 in wasm")]
fn remainder_value(limb: Limb) -> u64 {
    // The remainder of a division by 65537 fits whatever the word size is.
    u64::from(limb.0 as u32)
}
