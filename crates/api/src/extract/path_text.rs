use std::future::{Ready, ready};
use std::ops::Deref;

use actix_web::dev::Payload;
use actix_web::{Error, FromRequest, HttpRequest, web};

use crate::problem::Problem;

/// The only free part of a path, as a text; 400 with its name when it holds the null character, which no database keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathText(pub String);

impl Deref for PathText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl FromRequest for PathText {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        ready(web::Path::<String>::from_request(request, payload).into_inner().and_then(|text| {
            let text = text.into_inner();
            let name = request.match_info().iter().next().map_or("", |(name, _)| name);
            if text.contains('\0') { Err(Problem::null_character(name).into()) } else { Ok(Self(text)) }
        }))
    }
}
