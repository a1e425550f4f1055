//! The administrator password of Windows: encrypted with the public half, opened with the private one.

use super::{key, random};
use proptest::prelude::*;
use stratus_engine::keys::{KeyType, PasswordProblem, decrypt_password, encrypt_password, import, windows_password};

const PEM: &str = include_str!("created/rsa.pem");

/// printf 'kept secret: p@ss' | openssl pkeyutl -encrypt -pubin -inkey rsa-public.pem | base64 -w0
const BY_OPENSSL: &str = "tGlFCa0BCNDC+eipCIB2Nds/JXD6vN2HGb7j7PWUIr+8uX3+AEyt0I0Eo+XEyZqKXS/O/Zi1K15MnqkqfU28lPNbeRiXdMFMIpIy4MtJexPmVwN3Q0SokZM7IyKhs5UG7vgcMqnicdZMFDC1jbsR3H+4bCMi/2cCUDC8hiHJJVyvdqLMA7KayaxGDMF6T/3UQTc616MkpuKuJW9rdbzfJiYiwK4paPW/CbHqIHK3vpW6IGIoaWOWUhKR+RAjnzkkuxx496muRPcZ4LOVLt4riAylG8WH+1laOf449NehJKMr3QlhO/Bg9VWybYxzL26GIlXwReCxhQOrDBvBVgdN7w==";

#[test]
fn opens_what_openssl_encrypted() {
    assert_eq!(decrypt_password(PEM, BY_OPENSSL).unwrap(), "kept secret: p@ss");
    let (start, end) = BY_OPENSSL.split_at(76);
    assert_eq!(
        decrypt_password(PEM, &format!("{start}\r\n{end}\r\n")).unwrap(),
        "kept secret: p@ss"
    );
}

/// `base64 -d | openssl pkeyutl -decrypt -inkey rsa.pem` opens this.
#[test]
fn encrypts_the_same_every_time() {
    let public = key(KeyType::Rsa, 1).public_openssh("my-key");
    let encrypted = encrypt_password(&public, "Secret-Pässword!", &mut random(9)).unwrap();
    assert_eq!(encrypted, include_str!("created/password.base64").trim_end());
    assert_eq!(decrypt_password(PEM, &encrypted).unwrap(), "Secret-Pässword!");
    assert_ne!(
        encrypt_password(&public, "Secret-Pässword!", &mut random(10)).unwrap(),
        encrypted
    );
}

#[test]
fn every_size_that_can_be_imported() {
    let fixture = include_str!("imports.txt");
    for (name, bytes) in [("RSA 1024", 128), ("RSA 2048", 256), ("RSA 4096", 512)] {
        let (_, rest) = fixture.split_once(&format!("--- {name}, OpenSSH\n")).unwrap();
        let public = import(rest.lines().next().unwrap().as_bytes()).unwrap().public_openssh;
        let encrypted = encrypt_password(&public, "secret", &mut random(1)).unwrap();
        assert_eq!(encrypted.len(), usize::div_ceil(bytes, 3) * 4, "{name}");
        // Eleven bytes are the least that surrounds a password.
        assert!(
            encrypt_password(&public, &"x".repeat(bytes - 11), &mut random(1)).is_some(),
            "{name}"
        );
        assert_eq!(
            encrypt_password(&public, &"x".repeat(bytes - 10), &mut random(1)),
            None,
            "{name}"
        );
    }
}

#[test]
fn what_does_not_fit() {
    let ed25519 = key(KeyType::Ed25519, 1);
    assert_eq!(
        encrypt_password(&ed25519.public_openssh(""), "secret", &mut random(1)),
        None
    );
    assert_eq!(encrypt_password("", "secret", &mut random(1)), None);

    let other = key(KeyType::Rsa, 2).private_pem();
    assert_eq!(decrypt_password(&other, BY_OPENSSL), Err(PasswordProblem::WrongKey));
    assert_eq!(decrypt_password(PEM, ""), Err(PasswordProblem::WrongKey));
    assert_eq!(decrypt_password(PEM, &BY_OPENSSL[4..]), Err(PasswordProblem::WrongKey));
    assert_eq!(decrypt_password(PEM, &"/".repeat(344)), Err(PasswordProblem::WrongKey));
    for pem in [
        "",
        "hello",
        &ed25519.private_pem(),
        &PEM.replace("MII", "MIJ"),
        &PEM.replace("RSA PRIVATE", "PRIVATE"),
    ] {
        assert_eq!(decrypt_password(pem, BY_OPENSSL), Err(PasswordProblem::NotARsaKey));
    }
}

#[test]
fn administrators_get_strong_passwords() {
    for seed in 0..50 {
        let password = windows_password(&mut random(seed));
        assert_eq!(password.len(), 32);
        let has = |kind: fn(char) -> bool| password.chars().any(kind);
        let (upper, lower) = (has(|c| c.is_ascii_uppercase()), has(|c| c.is_ascii_lowercase()));
        assert!(
            upper && lower && has(|c| c.is_ascii_digit()) && has(|c| c.is_ascii_punctuation()),
            "{password}"
        );
        assert!(!has(|c| "0O1lI".contains(c)), "{password}");
    }
    assert_eq!(windows_password(&mut random(1)), windows_password(&mut random(1)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn damage_never_panics(at: prop::sample::Index, byte in 0_u8..128) {
        let mut pem = PEM.as_bytes().to_vec();
        let at = at.index(pem.len());
        pem[at] = byte;
        // A damaged key may still open it, where the damage is in a part that only speeds things up.
        let _ = decrypt_password(&String::from_utf8(pem).unwrap(), BY_OPENSSL);
    }
}
