//! A numbered road that cannot be found, as a look-up says it.

use actix_web::http::StatusCode;
use dialog_api_types::problem::ProblemCode;
use dialog_domain::ViolationCode;
use dialog_geocoder::LocateError;

use crate::problem::Problem;
use crate::services::orders::road_violation;

/// What does not exist is 404, what cannot be joined or is too far is 422: the contract's sentence, then what would do.
pub(super) fn problem(error: &LocateError) -> Problem {
    let violation = road_violation(error);
    let (code, status) = match violation.code {
        ViolationCode::AbscissaOutOfRange => (ProblemCode::AbscissaOutOfRange, StatusCode::UNPROCESSABLE_ENTITY),
        ViolationCode::NoRoadPath | ViolationCode::AmbiguousReferencePoint => {
            (ProblemCode::RoadNotFound, StatusCode::UNPROCESSABLE_ENTITY)
        }
        _ => (ProblemCode::RoadNotFound, StatusCode::NOT_FOUND),
    };
    let detail = format!("{} {}", dialog_text::contract_title(&violation), dialog_text::violation(&violation));
    Problem::new(code).status(status).detail(detail)
}
