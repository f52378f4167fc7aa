use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use dialog_api_types::problem::ProblemCode;
use futures::future::LocalBoxFuture;
use serde::de::DeserializeOwned;

use crate::contract::body::wrong_type;
use crate::extract::receive;
use crate::json::{self, JsonError};
use crate::problem::Problem;

/// The JSON body of the contract. Other media types are a 415, what is not JSON a 400, wrong types a 422 on their paths.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Body<T> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let bytes = receive(request, payload);
        Box::pin(async move {
            json::read(&bytes.await?).map(Self).map_err(|error| match error {
                JsonError::NotJson(cause) => Problem::new(ProblemCode::InvalidJson)
                    .detail("Request payload contains invalid \"json\" data.")
                    .caused_by(cause),
                JsonError::WrongType { path, expected } => Problem::validation(vec![wrong_type(path, expected)]),
            })
        })
    }
}
