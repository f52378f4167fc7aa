use std::future::{Ready, ready};

use actix_web::dev::{Payload, RequestHead};
use actix_web::{FromRequest, HttpRequest};

use crate::problem::Problem;

/// What follows `/api/regulations/` in the path, decoded: `/` and `%2F` are the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identifier(pub String);

impl Identifier {
    /// The identifier before the last `/storage`, when the path ends so.
    pub(super) fn before_storage(&self) -> Option<&str> {
        self.0.strip_suffix("/storage").filter(|identifier| !identifier.is_empty())
    }

    /// The identifier after a word that stands before it.
    pub(super) fn after(&self, word: &str) -> Option<&str> {
        self.0.strip_prefix(word).filter(|identifier| !identifier.is_empty())
    }

    /// What the path of a request names.
    fn read(path: &str) -> Option<Self> {
        let rest = path.strip_prefix("/api/regulations/")?;
        decode(rest).map(Self)
    }
}

impl FromRequest for Identifier {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        // From the path as it was sent: the router decodes some characters and keeps others.
        ready(match Self::read(request.uri().path()) {
            Some(path) if path.0.contains('\0') => Err(Problem::null_character("identifier")),
            Some(path) => Ok(path),
            None => Err(Problem::not_found()),
        })
    }
}

/// Decodes `%XX`; `None` when the result is not UTF-8. A `%` that begins no code stands for itself.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = (first == b'%').then(|| after.get(..2)).flatten();
        let decoded = code.and_then(|code| std::str::from_utf8(code).ok()).and_then(|code| {
            code.bytes().all(|digit| digit.is_ascii_hexdigit()).then(|| u8::from_str_radix(code, 16).ok()).flatten()
        });
        match decoded {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).ok()
}

/// Whether a path names the document of an order. The slash may be encoded, like the others.
pub(super) fn is_document(head: &RequestHead) -> bool {
    Identifier::read(head.uri.path()).is_some_and(|path| path.before_storage().is_some())
}

/// Whether a path names the publication of an order.
pub(super) fn is_publication(head: &RequestHead) -> bool {
    Identifier::read(head.uri.path()).is_some_and(|path| path.after("publish/").is_some())
}

/// Whether a path names the repeal of an order.
pub(super) fn is_repeal(head: &RequestHead) -> bool {
    Identifier::read(head.uri.path()).is_some_and(|path| path.after("repeal/").is_some())
}

/// The path of an order, its identifier encoded.
pub(super) fn location(identifier: &str) -> String {
    use std::fmt::Write;
    identifier.bytes().fold("/api/regulations/".to_owned(), |mut path, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            path.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(path, "%{byte:02X}");
        }
        path
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(path: &str) -> Option<String> {
        Identifier::read(path).map(|identifier| identifier.0)
    }

    #[test]
    fn slashes_are_the_same_raw_or_encoded() {
        for path in ["/api/regulations/F2025/001", "/api/regulations/F2025%2F001", "/api/regulations/F2025%2f001"] {
            assert_eq!(read(path).as_deref(), Some("F2025/001"));
        }
    }

    #[test]
    fn any_character_of_an_identifier_comes_back_from_its_path() {
        for identifier in ["117374#24-A-0473", "F2025/publié", "50 % ?&+=", "a%2Fb", "été…", "'\"<>", "..", "100%"]
        {
            assert_eq!(read(&location(identifier)).as_deref(), Some(identifier), "{}", location(identifier));
        }
    }

    #[test]
    fn percent_sign_that_begins_no_code_stands_for_itself() {
        assert_eq!(read("/api/regulations/100%").as_deref(), Some("100%"));
        assert_eq!(read("/api/regulations/%zz%4").as_deref(), Some("%zz%4"));
        assert_eq!(read("/api/regulations/%+1").as_deref(), Some("%+1"));
    }

    #[test]
    fn document_is_what_follows_the_last_storage() {
        for (path, identifier) in [
            ("/api/regulations/F/1/storage", Some("F/1")),
            ("/api/regulations/F%2F1%2Fstorage", Some("F/1")),
            ("/api/regulations/storage/storage", Some("storage")),
            ("/api/regulations/a/storage/storage", Some("a/storage")),
            ("/api/regulations/storage", None),
            ("/api/regulations//storage", None),
            ("/api/regulations/a/storage/", None),
            ("/api/regulations/a/Storage", None),
        ] {
            let read = Identifier::read(path).expect("a path");
            assert_eq!(read.before_storage(), identifier, "{path}");
        }
    }

    #[test]
    fn what_is_not_utf_8_names_no_order() {
        assert_eq!(read("/api/regulations/%ff"), None);
    }
}
