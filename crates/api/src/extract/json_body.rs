use std::future::Future;

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use dialog_api_types::problem::{Parameters, ProblemCode, ViolationView};
use dialog_domain::{Violation, ViolationCode};
use futures::future::LocalBoxFuture;
use serde::de::DeserializeOwned;

use crate::contract::violations::code_word;
use crate::json::{self, JsonError};
use crate::problem::Problem;
use crate::routes::errors;

/// The JSON body of a form. Other media types are a 415, what is not JSON a 400, and a value of a wrong type a 422 on its
/// field, in French.
#[derive(Clone, Debug)]
pub struct JsonBody<T>(pub T);

impl<T: DeserializeOwned> FromRequest for JsonBody<T> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let bytes = receive(request, payload);
        Box::pin(async move {
            json::read(&bytes.await?).map(Self).map_err(|error| match error {
                JsonError::NotJson(cause) => errors::not_json(&cause),
                JsonError::WrongType { path, expected } => Problem::validation(vec![wrong_type(path, expected)]),
            })
        })
    }
}

/// The bytes of a JSON body, up to the limit of the application.
pub fn receive(request: &HttpRequest, payload: &mut Payload) -> impl Future<Output = Result<Bytes, Problem>> + use<> {
    let is_json = request.mime_type().is_ok_and(|media_type| {
        media_type.is_some_and(|media_type| {
            media_type.subtype() == "json" || media_type.suffix().is_some_and(|suffix| suffix == "json")
        })
    });
    let bytes = Bytes::from_request(request, payload);
    async move {
        if !is_json {
            return Err(Problem::new(ProblemCode::UnsupportedMediaType));
        }
        bytes.await.map_err(|error| {
            let cause = error.as_error::<PayloadError>();
            cause.map_or_else(|| Problem::new(ProblemCode::InvalidJson), errors::payload)
        })
    }
}

fn wrong_type(path: String, expected: &str) -> ViolationView {
    let violation = Violation::new(path, ViolationCode::Malformed).with("expected", expected);
    ViolationView {
        title: dialog_text::violation(&violation),
        property_path: violation.path,
        parameters: Parameters(violation.parameters),
        code: code_word(violation.code),
        measure_index: None,
    }
}
