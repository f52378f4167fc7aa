use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use crate::problem::Problem;

/// The `Idempotency-Key` of a request, if it has one: 1 to 255 visible ASCII characters, 400 for anything else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey(pub Option<String>);

impl FromRequest for IdempotencyKey {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(value) = request.headers().get("Idempotency-Key") else { return ready(Ok(Self(None))) };
        let key = value.to_str().ok().map(str::trim);
        ready(
            match key.filter(|key| (1..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic())) {
                Some(key) => Ok(Self(Some(key.to_owned()))),
                None => Err(Problem::invalid_parameter(
                    "L'en-tête « Idempotency-Key » compte de 1 à 255 caractères ASCII visibles.",
                )),
            },
        )
    }
}
