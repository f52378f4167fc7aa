use dialog_api_types::problem::{Problem, ProblemCode};

use crate::NetworkError;

/// What a call answers.
pub type Result<T> = std::result::Result<T, ClientError>;

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClientError {
    /// The address of the API cannot be extended with the path of the call.
    #[cfg(not(target_arch = "wasm32"))]
    #[error("the address of the API cannot be used: {0}")]
    Address(#[from] url::ParseError),
    /// The parameters of the call cannot be written in an address.
    #[error("the parameters of the call cannot be written")]
    Parameters(#[from] serde_urlencoded::ser::Error),
    /// The body of the call cannot be written.
    #[error("the body of the call cannot be written")]
    Body(#[source] serde_json::Error),
    /// The request did not reach the server, or its answer did not come back.
    #[error("the server could not be reached")]
    Network(#[source] NetworkError),
    /// The server answered with something else than what it promises.
    #[error("the answer to {path} could not be read")]
    Unreadable {
        /// Path of the call.
        path: String,
        /// What the parser said.
        #[source]
        source: serde_json::Error,
    },
    /// The server refused.
    #[error("{} {}: {}", .0.status, .0.code, .0.detail)]
    Refused(Box<Problem>),
}

impl ClientError {
    /// The error body, when the server refused.
    #[must_use]
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Refused(problem) => Some(problem),
            _ => None,
        }
    }

    /// HTTP status, when the server refused.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.problem().map(|problem| problem.status)
    }

    /// Whether the server refused for this reason.
    #[must_use]
    pub fn is(&self, code: ProblemCode) -> bool {
        self.problem().is_some_and(|problem| problem.code == code.as_str())
    }

    /// Whether trying again later, without changing anything, may succeed.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Network(_) => true,
            Self::Refused(problem) => problem.status >= 500 || problem.status == 429,
            _ => false,
        }
    }
}

/// The error body of an answer, or one made from its status when something before the API answered.
pub(crate) fn refusal(status: u16, path: &str, body: &[u8]) -> ClientError {
    let mut problem: Problem = serde_json::from_slice(body).unwrap_or_default();
    problem.status = status;
    if problem.code.is_empty() {
        if let Some(code) = ProblemCode::ALL.iter().find(|code| code.status() == status) {
            problem.code = code.as_str().to_owned();
            problem.title = code.title().to_owned();
        }
        problem.instance = path.to_owned();
    }
    ClientError::Refused(Box::new(problem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_of_the_api_keeps_its_code_and_request_id() {
        let error = refusal(422, "/x", br#"{"code":"validation_failed","detail":"non","requestId":"r1"}"#);
        assert!(error.is(ProblemCode::ValidationFailed));
        assert_eq!(error.problem().unwrap().request_id, "r1");
        assert!(!error.is_transient());
    }

    #[test]
    fn an_answer_of_something_else_gets_the_code_of_its_status() {
        let error = refusal(503, "/x", b"<html>");
        assert!(error.is(ProblemCode::ServiceUnavailable));
        assert!(error.is_transient());
        assert_eq!(error.status(), Some(503));
    }

    #[test]
    fn a_status_without_a_code_is_still_a_refusal() {
        let error = refusal(502, "/x", b"");
        assert_eq!(error.status(), Some(502));
        assert!(error.problem().unwrap().code.is_empty());
    }
}
