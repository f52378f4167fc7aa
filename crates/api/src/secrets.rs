//! Keys derived from `APP_SECRET`, one per use, so that what leaks in one place opens nothing elsewhere.

use actix_web::cookie::Key;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256, Sha512};
use subtle::ConstantTimeEq;

/// Keys of the process.
#[derive(Clone)]
pub struct Keys {
    /// Signs and encrypts cookies.
    pub cookie: Key,
    api_client: [u8; 64],
    throttle: [u8; 64],
}

impl Keys {
    /// Derives every key.
    #[must_use]
    pub fn derive(app_secret: &str) -> Self {
        let root: [u8; 64] = Sha512::digest(app_secret.as_bytes()).into();
        let mut cookie = [0; 64];
        let (signing, encryption) = cookie.split_at_mut(32);
        signing.copy_from_slice(&hmac(&root, b"dialog cookie signing v1"));
        encryption.copy_from_slice(&hmac(&root, b"dialog cookie encryption v1"));
        Self {
            cookie: Key::from(&cookie),
            api_client: block(hmac(&root, b"dialog api client v1")),
            throttle: block(hmac(&root, b"dialog throttle v1")),
        }
    }

    /// What is stored of an API client's secret.
    #[must_use]
    pub fn api_client_hash(&self, secret: &str) -> [u8; 32] {
        hmac(&self.api_client, secret.as_bytes())
    }

    /// A name for an account in Redis that tells nothing about it.
    #[must_use]
    pub fn throttle_name(&self, account: &str) -> String {
        hex(&hmac(&self.throttle, account.as_bytes()))
    }
}

/// Whether two byte strings are equal, in a time that tells nothing about where they differ.
#[must_use]
pub fn constant_time_eq(left: &[u8], right: &[u8]) -> bool {
    left.ct_eq(right).into()
}

/// A token that cannot be guessed: 32 random bytes in hexadecimal.
#[must_use]
pub fn random_token() -> String {
    hex(&rand::random::<[u8; 32]>())
}

/// A secret for an integrator: 32 random bytes in base64url, 43 characters.
#[must_use]
pub fn random_secret() -> String {
    base64url(&rand::random::<[u8; 32]>())
}

/// Bytes in base64url, without padding.
fn base64url(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0_u32, |group, byte| group << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..=chunk.len() {
            let index = (group >> (18 - 6 * place)) & 63;
            text.extend(ALPHABET.get(index as usize).map(|character| char::from(*character)));
        }
    }
    text
}

/// Bytes in hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A key of 32 bytes as a block of HMAC-SHA-256: RFC 2104 pads a short key with zeros.
fn block(key: [u8; 32]) -> [u8; 64] {
    let mut block = [0; 64];
    block[..32].copy_from_slice(&key);
    block
}

fn hmac(key: &[u8; 64], message: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new(key.into());
    mac.update(message);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hmac_is_the_one_of_rfc_4231() {
        // Test case 2: key "Jefe".
        let mut key = [0; 64];
        key[..4].copy_from_slice(b"Jefe");
        assert_eq!(
            hex(&hmac(&key, b"what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }

    #[test]
    fn base64url_is_the_one_of_rfc_4648() {
        for (bytes, text) in
            [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE")]
        {
            assert_eq!(base64url(bytes.as_bytes()), text);
        }
        assert_eq!(base64url(&[0xfb, 0xff]), "-_8");
        assert_eq!(random_secret().len(), 43);
        assert_ne!(random_secret(), random_secret());
    }

    #[test]
    fn each_use_has_its_own_key() {
        let keys = Keys::derive("0123456789abcdef0123456789abcdef");
        assert_ne!(hex(&keys.api_client_hash("x")), keys.throttle_name("x"));
        assert_ne!(keys.api_client_hash("x"), Keys::derive("other").api_client_hash("x"));
    }

    #[test]
    fn comparing_in_constant_time_compares() {
        assert!(constant_time_eq(b"abc", b"abc"));
        assert!(!constant_time_eq(b"abc", b"abd"));
        assert!(!constant_time_eq(b"abc", b"ab"));
    }
}
