use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::IF_MATCH;
use actix_web::{FromRequest, HttpRequest};
use dialog_api_types::problem::ProblemCode;

use crate::problem::Problem;

/// The revision that the caller believes to be the current one, from `If-Match: "<revision>"`. 428 without the header;
/// a value that is no revision of ours cannot be the current one, so it is kept as -1 and fails as stale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IfMatch(pub i64);

impl IfMatch {
    fn parse(value: &str) -> Self {
        // A proxy that compresses may have weakened the tag; the revision it names is the same.
        let value = value.trim();
        let tag = value.strip_prefix("W/").unwrap_or(value);
        let revision = tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"')).unwrap_or(tag);
        Self(revision.parse().ok().filter(|revision| *revision >= 0).unwrap_or(-1))
    }
}

impl FromRequest for IfMatch {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(match request.headers().get(IF_MATCH) {
            None => Err(Problem::new(ProblemCode::PreconditionRequired)),
            Some(value) => Ok(value.to_str().map_or(Self(-1), Self::parse)),
        })
    }
}

/// The same where the caller need not say it: `None` without the header, and for `*`, which any revision matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OptionalIfMatch(pub Option<i64>);

impl FromRequest for OptionalIfMatch {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let value = request.headers().get(IF_MATCH).filter(|value| value.as_bytes().trim_ascii() != b"*");
        let revision = value.map(|value| value.to_str().map_or(IfMatch(-1), IfMatch::parse).0);
        ready(Ok(Self(revision)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_revision_is_read_with_or_without_quotes() {
        assert_eq!(IfMatch::parse("\"12\""), IfMatch(12));
        assert_eq!(IfMatch::parse("12"), IfMatch(12));
        assert_eq!(IfMatch::parse("W/\"12\""), IfMatch(12));
    }

    #[test]
    fn anything_else_is_no_current_revision() {
        for text in ["*", "\"abc\"", "\"-3\"", "\"1\", \"2\"", ""] {
            assert_eq!(IfMatch::parse(text), IfMatch(-1), "{text}");
        }
    }
}
