use dialog_api_types::{
    app::OrderView,
    problem::{Problem, ProblemCode, ViolationView},
};
use dialog_client::ClientError;

use crate::forms::FieldError;

/// Why a call failed, as a person is told.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// What happened, in a few words.
    pub title: String,
    /// What it means and what can be done.
    pub detail: String,
    /// To quote when asking for help.
    pub reference: Option<String>,
    /// Whether trying again may succeed.
    pub transient: bool,
    problem: Option<Box<Problem>>,
}

impl Failure {
    /// A part of the application did not come.
    pub fn of_module() -> Self {
        Self {
            title: "Cette page n’a pas pu être chargée".to_owned(),
            detail: "Vérifiez votre connexion, puis réessayez. Si l’application vient d’être mise à jour, rechargez la page."
                .to_owned(),
            reference: None,
            transient: true,
            problem: None,
        }
    }

    /// Whether the server refused for this reason.
    pub fn is(&self, code: ProblemCode) -> bool {
        self.problem.as_ref().is_some_and(|problem| problem.code == code.as_str())
    }

    /// HTTP status, when the server answered.
    pub fn status(&self) -> Option<u16> {
        self.problem.as_ref().map(|problem| problem.status)
    }

    /// Whether the thing does not exist, or not for this caller.
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(404)
    }

    /// The broken rules, each on its field.
    pub fn violations(&self) -> Vec<FieldError> {
        let violations = self.problem.as_ref().and_then(|problem| problem.violations.as_deref()).unwrap_or_default();
        violations.iter().map(field_error).collect()
    }

    /// The order as it is at the server, when somebody else saved first.
    pub fn current_order(&self) -> Option<OrderView> {
        let current = self.problem.as_ref().filter(|problem| problem.status == 412)?.current.clone()?;
        serde_json::from_value(current).ok()
    }
}

/// A broken rule on the field that shows it. A location outside the territory has no field that is wrong: its kind says it.
fn field_error(violation: &ViolationView) -> FieldError {
    let FieldError { path, message } = FieldError::new(&violation.property_path, &violation.title);
    let location = path.find(']').filter(|_| path.starts_with("locations["));
    match location.and_then(|end| path.get(..=end)) {
        Some(location) if violation.code == ProblemCode::OutsidePerimeter.as_str() => {
            FieldError { path: format!("{location}.roadType"), message }
        }
        _ => FieldError { path, message },
    }
}

impl From<ClientError> for Failure {
    fn from(error: ClientError) -> Self {
        let transient = error.is_transient();
        match error {
            ClientError::Refused(problem) => {
                let (title, detail) = refusal(&problem);
                let reference = Some(problem.request_id.clone()).filter(|id| !id.is_empty() && problem.status >= 500);
                Self { title, detail, reference, transient, problem: Some(problem) }
            }
            ClientError::Network(_) => Self {
                title: "Le serveur ne répond pas".to_owned(),
                detail: "Vérifiez votre connexion à internet, puis réessayez.".to_owned(),
                reference: None,
                transient,
                problem: None,
            },
            other => Self {
                title: "Réponse inattendue du serveur".to_owned(),
                detail: format!(
                    "Rechargez la page ; si le problème persiste, signalez-le avec ces mots : « {other} »."
                ),
                reference: None,
                transient,
                problem: None,
            },
        }
    }
}

fn refusal(problem: &Problem) -> (String, String) {
    let title = match problem.status {
        // What stands before the server does not say it in French.
        502..=504 => "Service momentanément indisponible".to_owned(),
        status if problem.title.is_empty() => format!("Erreur {status}"),
        _ => problem.title.clone(),
    };
    let detail = match problem.status {
        502..=504 => "Réessayez dans quelques instants.".to_owned(),
        500 => "Une erreur s’est produite de notre côté. Réessayez ; si elle persiste, signalez-la.".to_owned(),
        429 => "Trop de tentatives en peu de temps. Patientez un instant, puis réessayez.".to_owned(),
        _ if problem.detail.is_empty() => "La demande n’a pas pu être traitée.".to_owned(),
        _ => problem.detail.clone(),
    };
    (title, detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(status: u16, body: serde_json::Value) -> Failure {
        let mut problem: Problem = serde_json::from_value(body).unwrap();
        problem.status = status;
        ClientError::Refused(Box::new(problem)).into()
    }

    #[test]
    fn the_server_s_own_words_are_shown_when_the_request_is_refused() {
        let failure = refused(400, serde_json::json!({"title": "Demande refusée", "detail": "Rue inconnue."}));
        assert_eq!((failure.title.as_str(), failure.detail.as_str()), ("Demande refusée", "Rue inconnue."));
        assert!(!failure.transient);
    }

    #[test]
    fn a_server_error_gives_a_reference_and_hides_its_cause() {
        let failure = refused(500, serde_json::json!({"detail": "SELECT …", "requestId": "abc"}));
        assert_eq!(failure.reference.as_deref(), Some("abc"));
        assert!(!failure.detail.contains("SELECT"));
        assert!(failure.transient);
    }

    #[test]
    fn a_server_that_is_down_is_said_once_in_the_same_words_wherever_it_stopped() {
        for (status, title) in [(502, "Bad Gateway"), (503, "Service momentanément indisponible"), (504, "")] {
            let failure =
                refused(status, serde_json::json!({ "title": title, "detail": "Le service est indisponible." }));
            assert_eq!(failure.title, "Service momentanément indisponible");
            assert_eq!(failure.detail, "Réessayez dans quelques instants.");
        }
    }

    #[test]
    fn an_order_is_read_from_a_conflict_alone() {
        let failure = refused(412, serde_json::json!({"code": "stale_revision", "current": {"revision": 7}}));
        assert!(failure.is(ProblemCode::StaleRevision));
        assert_eq!(failure.current_order(), None);
    }

    #[test]
    fn what_lies_outside_the_territory_is_said_on_the_kind_of_location() {
        let violation = serde_json::json!({
            "propertyPath": "measures[0].locations[2].rawGeoJSON.geometry", "title": "Trop loin.", "code": "outside_perimeter",
        });
        let refused = refused(422, serde_json::json!({"violations": [violation]}));
        assert_eq!(refused.violations(), vec![FieldError::new("locations[2].roadType", "Trop loin.")]);
    }

    #[test]
    fn violations_keep_their_fields() {
        let body = serde_json::json!({"violations": [{"propertyPath": "title", "title": "Trop long."}]});
        assert_eq!(refused(422, body).violations(), vec![FieldError::new("title", "Trop long.")]);
    }
}
