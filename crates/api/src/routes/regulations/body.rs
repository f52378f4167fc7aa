use actix_web::HttpMessage;
use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpRequest};
use dialog_api_types::problem::ProblemCode;
use dialog_api_types::wire::WriteRegulation;
use futures::future::LocalBoxFuture;

use crate::contract::body::{self, BodyError};
use crate::problem::Problem;
use crate::routes::errors;

/// The JSON body of a regulation. Other media types are a 415, what is not JSON a 400, wrong types a 422 on their paths.
pub struct Body(pub WriteRegulation);

impl FromRequest for Body {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_json = request.mime_type().is_ok_and(|media_type| {
            media_type.is_some_and(|media_type| {
                media_type.subtype() == "json" || media_type.suffix().is_some_and(|suffix| suffix == "json")
            })
        });
        let bytes = Bytes::from_request(request, payload);
        Box::pin(async move {
            if !is_json {
                return Err(Problem::new(ProblemCode::UnsupportedMediaType));
            }
            let bytes = bytes.await.map_err(|error| {
                let cause = error.as_error::<PayloadError>();
                cause.map_or_else(|| Problem::new(ProblemCode::InvalidJson), errors::payload)
            })?;
            body::read(&bytes).map(Self).map_err(|error| match error {
                BodyError::NotJson(cause) => Problem::new(ProblemCode::InvalidJson)
                    .detail("Request payload contains invalid \"json\" data.")
                    .caused_by(cause),
                BodyError::WrongType(violations) => Problem::validation(violations),
            })
        })
    }
}
