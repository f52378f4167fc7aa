//! Passwords: Argon2id, in PHC form.

use std::sync::LazyLock;

use argon2::{Argon2, PasswordHasher, PasswordVerifier};

/// Checked in place of the hash of an account that does not exist, so that both refusals take as long.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| hash("a password that nobody has").ok());

/// A password could not be hashed.
#[derive(Debug, thiserror::Error)]
#[error("hashing a password: {0}")]
pub struct PasswordError(String);

/// The hash of a password, with a salt of its own.
///
/// # Errors
/// When the machine gives no random numbers.
pub fn hash(password: &str) -> Result<String, PasswordError> {
    Argon2::default()
        .hash_password(password.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|error| PasswordError(error.to_string()))
}

/// Whether `password` is the one of `hash`; without a hash the answer is no, after the same work. Blocks for tens of
/// milliseconds: call it from a thread that may.
#[must_use]
pub fn verify(password: &str, hash: Option<&str>) -> bool {
    let known = match hash.or(NOBODY.as_deref()) {
        Some(known) => Argon2::default().verify_password(password.as_bytes(), known).is_ok(),
        None => false,
    };
    known && hash.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_recognised_and_another_is_not() {
        let hashed = hash("demonstration-dialog").unwrap();
        assert!(hashed.starts_with("$argon2id$"));
        assert!(verify("demonstration-dialog", Some(&hashed)));
        assert!(!verify("demonstration-dialoG", Some(&hashed)));
        assert!(!verify("demonstration-dialog", Some("not a hash")));
    }

    #[test]
    fn nobody_has_no_password() {
        assert!(!verify("a password that nobody has", None));
    }
}
