//! Refusals of the services, as forms read them.

use dialog_api_types::problem::{Parameters, ProblemCode, ViolationView};
use dialog_domain::Violation;

use crate::contract::violations::code_word;
use crate::problem::Problem;
use crate::services::orders::{OrderError, plain_view};

/// The problem of a refusal: broken rules are 422 on the fields of the form.
pub(super) fn problem(error: OrderError) -> Problem {
    match error {
        OrderError::NotFound => Problem::not_found(),
        OrderError::NotMember => Problem::new(ProblemCode::Forbidden),
        OrderError::ReadOnly => Problem::new(ProblemCode::Forbidden)
            .detail("Cet arrêté publié vient d'un autre logiciel : il se modifie dans ce logiciel."),
        OrderError::Stale(order) => match serde_json::to_value(plain_view(*order)) {
            Ok(current) => Problem::new(ProblemCode::StaleRevision).current(current),
            Err(error) => error.into(),
        },
        OrderError::LastMeasure => Problem::new(ProblemCode::BusinessRule)
            .detail("La seule mesure d'un arrêté ne peut pas être supprimée : modifiez-la, ou supprimez l'arrêté."),
        OrderError::BackToDraft => {
            Problem::new(ProblemCode::BusinessRule).detail("Un arrêté publié ne peut pas être repassé en brouillon.")
        }
        OrderError::NotPublished => Problem::new(ProblemCode::Conflict)
            .detail("Cet arrêté n'est pas publié : un brouillon ne s'abroge pas, il se supprime."),
        OrderError::Repealed => Problem::new(ProblemCode::OrderRepealed),
        OrderError::Invalid(violations) | OrderError::NotLocated(violations) => Problem::validation(views(&violations)),
        OrderError::NotPublishable(violations) => {
            Problem::new(ProblemCode::NotPublishable).violations(views(&violations))
        }
        OrderError::Storage(error) => error.into(),
        OrderError::Query(error) => error.into(),
        OrderError::Pool(error) => error.into(),
    }
}

/// Broken rules as forms read them: on the paths of the input, in the words of `text`.
pub fn views(violations: &[Violation]) -> Vec<ViolationView> {
    violations
        .iter()
        .map(|violation| ViolationView {
            property_path: violation.path.clone(),
            title: dialog_text::violation(violation),
            parameters: Parameters(violation.parameters.clone()),
            code: code_word(violation.code),
            measure_index: None,
        })
        .collect()
}
