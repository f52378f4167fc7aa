//! Conditional requests.

use actix_web::http::header::{EntityTag, IfNoneMatch};
use actix_web::{HttpMessage, HttpRequest};

/// Whether the caller has the answer with this tag already (`If-None-Match`), so that 304 is enough.
#[must_use]
pub fn is_fresh(request: &HttpRequest, tag: &EntityTag) -> bool {
    match request.get_header::<IfNoneMatch>() {
        Some(IfNoneMatch::Any) => true,
        Some(IfNoneMatch::Items(known)) => known.iter().any(|known| known.weak_eq(tag)),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn fresh(value: &str) -> bool {
        let request = TestRequest::get().insert_header(("If-None-Match", value)).to_http_request();
        is_fresh(&request, &EntityTag::new_strong("7".to_owned()))
    }

    #[test]
    fn tag_is_recognized_alone_in_a_list_and_weakened_by_a_proxy() {
        assert!(fresh("\"7\"") && fresh("\"6\", \"7\"") && fresh("W/\"7\"") && fresh("*"));
        assert!(!fresh("\"8\"") && !fresh("7"));
        assert!(!is_fresh(&TestRequest::get().to_http_request(), &EntityTag::new_strong("7".to_owned())));
    }
}
