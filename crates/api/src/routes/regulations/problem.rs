//! Refusals of the services, as the contract words them.

use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use dialog_api_types::problem::ProblemCode;
use dialog_domain::{Violation, ViolationCode};

use crate::app::AppState;
use crate::contract::read;
use crate::contract::violations::on_the_wire;
use crate::extract::ApiClient;
use crate::problem::Problem;
use crate::services::orders::OrderError;
use crate::services::regulations::RegulationError;

/// The problem of a refusal; to whoever was too late, with the order as it is now.
pub(super) fn refused(error: RegulationError, client: &ApiClient, state: &AppState) -> Problem {
    match error {
        RegulationError::Order(OrderError::Stale(order)) => {
            let zone = order.organization.time_zone.parse().unwrap_or(chrono_tz::Europe::Paris);
            match serde_json::to_value(read::regulation(&order, zone, &state.config.base_url)) {
                Ok(current) => Problem::new(ProblemCode::StaleRevision).current(current),
                Err(error) => error.into(),
            }
        }
        error => problem(error, client),
    }
}

/// The problem of a refusal.
pub(super) fn problem(error: RegulationError, client: &ApiClient) -> Problem {
    match error {
        RegulationError::Rules(violations) => Problem::validation(violations),
        RegulationError::KeyTaken => Problem::new(ProblemCode::IdempotencyKeyReused),
        RegulationError::KeyBusy => {
            Problem::new(ProblemCode::RequestInProgress).header(RETRY_AFTER, HeaderValue::from(1))
        }
        RegulationError::UnknownIdentifier(identifier) => Problem::not_found().detail(format!(
            "Aucun arrêté de circulation trouvé pour l'identifiant {identifier} au sein de l'organisation {}.",
            client.organization_name
        )),
        RegulationError::Order(error) => order_problem(error),
    }
}

/// The problem of a refusal by the services of orders.
pub(in crate::routes) fn order_problem(error: OrderError) -> Problem {
    match error {
        OrderError::NotFound | OrderError::NotMember => Problem::not_found(),
        OrderError::BackToDraft => {
            Problem::new(ProblemCode::BusinessRule).detail("Un arrêté publié ne peut pas être repassé en brouillon.")
        }
        OrderError::Invalid(violations) => Problem::validation(on_the_wire(&violations)),
        OrderError::NotLocated(violations) => not_located(&violations),
        OrderError::NotPublishable(violations) => {
            Problem::new(ProblemCode::NotPublishable).violations(on_the_wire(&violations))
        }
        OrderError::Stale(_) => Problem::new(ProblemCode::StaleRevision),
        OrderError::Repealed => Problem::new(ProblemCode::OrderRepealed),
        OrderError::NotPublished => Problem::new(ProblemCode::Conflict)
            .detail("Cet arrêté n'est pas publié : un brouillon ne s'abroge pas, il se supprime."),
        OrderError::ReadOnly | OrderError::LastMeasure => Problem::new(ProblemCode::Conflict).caused_by(error),
        OrderError::Storage(error) => error.into(),
        OrderError::Query(error) => error.into(),
        OrderError::Pool(error) => error.into(),
    }
}

/// 400 with the sentence of the first location that is refused, and all of them in `violations`.
fn not_located(violations: &[Violation]) -> Problem {
    let views = on_the_wire(violations);
    let Some(first) = violations.first() else { return Problem::validation(views) };
    let code = match first.code {
        ViolationCode::UnknownCity | ViolationCode::UnknownStreet | ViolationCode::UnknownHouseNumber => {
            ProblemCode::AddressNotFound
        }
        ViolationCode::NoIntersection => ProblemCode::IntersectionNotFound,
        ViolationCode::NoPath => ProblemCode::SectionNotFound,
        ViolationCode::UnknownRoad
        | ViolationCode::UnknownReferencePoint
        | ViolationCode::UnknownSide
        | ViolationCode::AmbiguousReferencePoint
        | ViolationCode::NoRoadPath => ProblemCode::RoadNotFound,
        ViolationCode::AbscissaOutOfRange => ProblemCode::AbscissaOutOfRange,
        ViolationCode::OutsidePerimeter => ProblemCode::OutsidePerimeter,
        _ => return Problem::validation(views),
    };
    Problem::new(code).detail(dialog_text::contract_title(first)).violations(views)
}
