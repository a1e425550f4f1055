//! `created/` holds the private keys of seed 1 and what ordinary tools say of them:
//!   KEY.pub          ssh-keygen -y -f KEY.pem, with the comment "my-key"
//!   KEY.ppk          puttygen KEY.pem -O private --ppk-param version=2 -C stratus-simulation-only
//!   rsa.fingerprint  openssl pkcs8 -in rsa.pem -topk8 -nocrypt -outform DER | openssl sha1 -c
//!   ed25519.fingerprint  ssh-keygen -l -f ed25519.pub, padded with "="
//! `openssl rsa -check` accepts rsa.pem, whose last line is a comment that tools skip.

use super::key;
use ssh_key::{HashAlg, PrivateKey, PublicKey};
use std::collections::BTreeSet;
use stratus_engine::keys::{COMMENT, KeyType, import};

fn check(key_type: KeyType, pem: &str, public: &str, ppk: &str, fingerprint: &str) {
    let key = key(key_type, 1);
    assert_eq!(key.key_type(), key_type);
    assert_eq!(key.private_pem(), pem);
    assert_eq!(key.private_ppk(), ppk);
    assert_eq!(key.public_openssh("my-key") + "\n", public);
    assert_eq!(key.fingerprint() + "\n", fingerprint);
}

#[test]
fn rsa() {
    check(
        KeyType::Rsa,
        include_str!("created/rsa.pem"),
        include_str!("created/rsa.pub"),
        include_str!("created/rsa.ppk"),
        include_str!("created/rsa.fingerprint"),
    );
}

#[test]
fn ed25519() {
    check(
        KeyType::Ed25519,
        include_str!("created/ed25519.pem"),
        include_str!("created/ed25519.pub"),
        include_str!("created/ed25519.ppk"),
        include_str!("created/ed25519.fingerprint"),
    );
}

/// Another reader of OpenSSH's formats finds in them what is meant, whatever the seed.
#[test]
fn any_seed() {
    let mut seen = BTreeSet::new();
    for seed in 0..40 {
        let made = key(KeyType::Ed25519, seed);
        let private = PrivateKey::from_openssh(made.private_pem()).unwrap();
        assert_eq!(private.comment(), COMMENT);
        let public = PublicKey::from_openssh(&made.public_openssh("a comment")).unwrap();
        assert_eq!(private.public_key().key_data(), public.key_data());
        assert_eq!(public.comment(), "a comment");
        let fingerprint = public.fingerprint(HashAlg::Sha256).to_string();
        assert_eq!(format!("{fingerprint}="), format!("SHA256:{}", made.fingerprint()));
        assert!(seen.insert(made.fingerprint()));
    }
    for seed in 0..20 {
        let made = key(KeyType::Rsa, seed);
        let public = PublicKey::from_openssh(&made.public_openssh("")).unwrap();
        let rsa = public.key_data().rsa().unwrap();
        assert_eq!(rsa.n.as_positive_bytes().map(|bytes| bytes.len() * 8), Some(2048));
        assert_eq!(rsa.e.as_positive_bytes(), Some(&[1, 0, 1][..]));
        assert!(seen.insert(made.fingerprint()));
    }
}

/// A created key that is imported again is the same key, but EC2 shows another fingerprint for RSA.
#[test]
fn imported_again() {
    for key_type in [KeyType::Rsa, KeyType::Ed25519] {
        let made = key(key_type, 7);
        let imported = import(made.public_openssh("my-key").as_bytes()).unwrap();
        assert_eq!(imported.key_type, key_type);
        assert_eq!(imported.public_openssh, made.public_openssh(""));
        assert_eq!(imported.fingerprint == made.fingerprint(), key_type == KeyType::Ed25519);
    }
}

#[test]
fn names() {
    for key_type in [KeyType::Rsa, KeyType::Ed25519] {
        assert_eq!(KeyType::find(key_type.name()), Some(key_type));
    }
    assert_eq!(KeyType::find("dsa"), None);
}
