//! The one error of the HTTP edge. Its body is completed by [`crate::middleware::problems`], which knows the request.

use std::borrow::Cow;
use std::error::Error as StdError;

use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, HeaderName, HeaderValue, RETRY_AFTER};
use actix_web::{HttpResponse, ResponseError};
use dialog_api_types::problem::{Problem as Body, ProblemCode, ViolationView};

/// Why a request is refused or failed. What the caller reads (code, detail, violations) and what the log holds
/// (`caused_by`) are kept apart.
#[derive(Debug)]
pub struct Problem(Box<Content>);

/// Boxed, so that results stay small.
#[derive(Debug)]
struct Content {
    code: ProblemCode,
    status: Option<StatusCode>,
    detail: Option<Cow<'static, str>>,
    violations: Option<Vec<ViolationView>>,
    current: Option<serde_json::Value>,
    with_error_member: bool,
    headers: Vec<(HeaderName, HeaderValue)>,
    cause: Option<Box<dyn StdError + Send + Sync>>,
}

impl Problem {
    /// A problem with this code and the usual sentence for it.
    #[must_use]
    pub fn new(code: ProblemCode) -> Self {
        Self(Box::new(Content {
            code,
            status: None,
            detail: None,
            violations: None,
            current: None,
            with_error_member: false,
            headers: Vec::new(),
            cause: None,
        }))
    }

    /// The same with another status than the usual one of its code.
    #[must_use]
    pub fn status(mut self, status: StatusCode) -> Self {
        self.0.status = Some(status);
        self
    }

    /// The same with a sentence of its own for the caller.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    /// The same with the broken rules.
    #[must_use]
    pub fn violations(mut self, violations: Vec<ViolationView>) -> Self {
        self.0.violations = Some(violations);
        self
    }

    /// The same with the current state of what the caller tried to change (412).
    #[must_use]
    pub fn current(mut self, current: serde_json::Value) -> Self {
        self.0.current = Some(current);
        self
    }

    /// The same with the `error` member that clients of the search and of nearby streets read.
    #[must_use]
    pub fn with_error_member(mut self) -> Self {
        self.0.with_error_member = true;
        self
    }

    /// The same with a header.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.push((name, value));
        self
    }

    /// The same with what the log will hold; never shown to the caller.
    #[must_use]
    pub fn caused_by(mut self, cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.cause = Some(cause.into());
        self
    }

    /// 404: nothing here, or nothing that the caller may know of.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(ProblemCode::NotFound)
    }

    /// 401: no credentials, or refused ones.
    #[must_use]
    pub fn unauthorized() -> Self {
        Self::new(ProblemCode::Unauthorized)
    }

    /// 422 with the broken rules.
    #[must_use]
    pub fn validation(violations: Vec<ViolationView>) -> Self {
        Self::new(ProblemCode::ValidationFailed).violations(violations)
    }

    /// 400 for a parameter that cannot be read; `detail` names it.
    #[must_use]
    pub fn invalid_parameter(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ProblemCode::InvalidParameter).detail(detail)
    }

    /// 400 for a parameter whose text holds the null character, which no database keeps.
    #[must_use]
    pub fn null_character(name: &str) -> Self {
        Self::invalid_parameter(format!("Le paramètre « {name} » contient le caractère nul (U+0000)."))
    }

    /// 405 with the methods that the path takes, separated by commas.
    #[must_use]
    pub fn method_not_allowed(allowed: &str) -> Self {
        let this = Self::new(ProblemCode::MethodNotAllowed);
        match HeaderValue::from_str(allowed) {
            Ok(allowed) => this.header(ALLOW, allowed),
            // The name of a method is always a value of a header.
            Err(error) => this.caused_by(error),
        }
    }

    /// 429 with `Retry-After`.
    #[must_use]
    pub fn too_many_requests(retry_after_s: u64) -> Self {
        Self::new(ProblemCode::TooManyRequests).header(RETRY_AFTER, HeaderValue::from(retry_after_s))
    }

    /// 503: something this needs is down.
    #[must_use]
    pub fn unavailable(cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(ProblemCode::ServiceUnavailable).header(RETRY_AFTER, HeaderValue::from(5)).caused_by(cause)
    }

    /// 500: a defect of ours.
    #[must_use]
    pub fn internal(cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(ProblemCode::Internal).caused_by(cause)
    }

    /// Which problem it is.
    #[must_use]
    pub fn code(&self) -> ProblemCode {
        self.0.code
    }

    /// The cause and its own causes, for the log.
    #[must_use]
    pub fn cause_chain(&self) -> String {
        let mut text = String::new();
        let mut next: Option<&(dyn StdError + 'static)> = self.0.cause.as_deref().map(|cause| cause as _);
        while let Some(error) = next {
            if !text.is_empty() {
                text.push_str(": ");
            }
            text.push_str(&error.to_string());
            next = error.source();
        }
        text
    }

    /// The body for a request; the contract's sentences on the wire-compatible paths.
    pub(crate) fn body(&self, at: &Place<'_>) -> Body {
        let status = self.status_code().as_u16();
        let detail = match &self.0.detail {
            Some(detail) => detail.clone().into_owned(),
            None if at.is_wire => wire_detail(self.0.code).to_owned(),
            None => french_detail(self.0.code).to_owned(),
        };
        Body {
            kind: format!("{}/api/doc#{}", at.base_url, self.0.code.as_str()),
            title: self.0.code.title().to_owned(),
            status,
            error: self.0.with_error_member.then(|| detail.clone()),
            message: (status == 401).then(|| "Unauthorized".to_owned()),
            detail,
            instance: at.path.to_owned(),
            code: self.0.code.as_str().to_owned(),
            request_id: at.request_id.to_owned(),
            violations: self.0.violations.clone(),
            current: self.0.current.clone(),
        }
    }

    /// The headers of its own.
    pub(crate) fn headers(&self) -> &[(HeaderName, HeaderValue)] {
        &self.0.headers
    }
}

/// Where a problem happened: what its body says about the request.
pub(crate) struct Place<'a> {
    pub base_url: &'a str,
    pub path: &'a str,
    pub request_id: &'a str,
    pub is_wire: bool,
}

/// Whether `path` belongs to the integrators' contract, whose clients expect `application/json` and English sentences.
#[must_use]
pub fn is_wire_path(path: &str) -> bool {
    ["/api/regulations", "/api/organization/", "/api/nearby-streets", "/api/stats", "/api/doc"]
        .iter()
        .any(|prefix| path.starts_with(prefix))
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.code.as_str())?;
        let chain = self.cause_chain();
        if chain.is_empty() { Ok(()) } else { write!(f, ": {chain}") }
    }
}

impl StdError for Problem {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.cause.as_deref().map(|cause| cause as _)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.0
            .status
            .or_else(|| StatusCode::from_u16(self.0.code.status()).ok())
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        for header in &self.0.headers {
            response.append_header(header.clone());
        }
        // Seen as it is only when a middleware outside ours fails.
        let place = Place { base_url: "", path: "", request_id: "", is_wire: false };
        response.content_type("application/problem+json").json(self.body(&place))
    }
}

impl From<diesel::result::Error> for Problem {
    fn from(error: diesel::result::Error) -> Self {
        if dialog_db::is_unavailable(&error) {
            Self::unavailable(error)
        } else if dialog_db::is_unstorable(&error) {
            Self::invalid_parameter("Un texte contient le caractère nul (U+0000), qui ne peut pas être gardé.")
                .caused_by(error)
        } else {
            Self::internal(error)
        }
    }
}

impl From<diesel_async::pooled_connection::deadpool::PoolError> for Problem {
    fn from(error: diesel_async::pooled_connection::deadpool::PoolError) -> Self {
        Self::unavailable(error)
    }
}

impl From<crate::services::streaming::ReadError> for Problem {
    fn from(error: crate::services::streaming::ReadError) -> Self {
        match error {
            crate::services::streaming::ReadError::Query(error) => error.into(),
            crate::services::streaming::ReadError::Pool(error) => error.into(),
        }
    }
}

impl From<crate::storage::StorageError> for Problem {
    fn from(error: crate::storage::StorageError) -> Self {
        Self::unavailable(error)
    }
}

impl From<crate::redis::RedisError> for Problem {
    fn from(error: crate::redis::RedisError) -> Self {
        Self::unavailable(error)
    }
}

impl From<deadpool_redis::redis::RedisError> for Problem {
    fn from(error: deadpool_redis::redis::RedisError) -> Self {
        Self::unavailable(error)
    }
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Self {
        Self::internal(error)
    }
}

const fn french_detail(code: ProblemCode) -> &'static str {
    match code {
        ProblemCode::InvalidJson => "Le corps de la requête ne peut pas être lu comme du JSON.",
        ProblemCode::InvalidParameter => "Un paramètre de la requête ne peut pas être lu.",
        ProblemCode::BusinessRule => "Cette demande n'est pas possible.",
        ProblemCode::NotPublishable => "L'arrêté ne peut pas être publié.",
        ProblemCode::AddressNotFound => {
            "Cette adresse n’est pas reconnue. Vérifier le nom de la voie, et les numéros de début et fin."
        }
        ProblemCode::SectionNotFound => {
            "La géolocalisation de la voie entre ces points a échoué. Veuillez vérifier que ces points existent et \
             appartiennent bien à une même chaussée."
        }
        ProblemCode::IntersectionNotFound => {
            "Les deux rues spécifiées ne sont pas en intersection. Veuillez vérifier que les rues se croisent bien."
        }
        ProblemCode::RoadNotFound => {
            "La géolocalisation de la route entre ces points de repère a échoué. Veuillez vérifier que ces PR existent \
             et qu'ils appartiennent bien au même côté de la chaussée."
        }
        ProblemCode::AbscissaOutOfRange => {
            "Cette abscisse n'est pas située sur la route. Veuillez vérifier votre saisie."
        }
        ProblemCode::OutsidePerimeter => "Cette localisation est en dehors du territoire de l'organisation.",
        ProblemCode::Unauthorized => "Vous devez vous connecter pour accéder à cette page.",
        ProblemCode::InvalidCredentials => "Identifiants invalides.",
        ProblemCode::Forbidden => "Vous n'avez pas le droit de faire cette action.",
        ProblemCode::InvalidCsrfToken => {
            "Le jeton de sécurité est absent ou périmé. Rechargez la page puis recommencez."
        }
        ProblemCode::NotFound => "Rien ne correspond à cette adresse.",
        ProblemCode::MethodNotAllowed => "Cette adresse n'accepte pas cette méthode.",
        ProblemCode::Conflict => "L'état actuel de l'arrêté ne permet pas cette action.",
        ProblemCode::OrderRepealed => "Cet arrêté est abrogé : il ne peut plus être modifié.",
        ProblemCode::RequestInProgress => {
            "La même demande (en-tête Idempotency-Key) est encore en cours. Réessayez dans un instant."
        }
        ProblemCode::IdempotencyKeyReused => {
            "Cette clé d'idempotence (en-tête Idempotency-Key) a déjà servi pour une autre demande."
        }
        ProblemCode::StaleRevision => "Quelqu'un d'autre a modifié ces données entre-temps.",
        ProblemCode::PayloadTooLarge => "Le contenu envoyé est trop volumineux.",
        ProblemCode::UnsupportedMediaType => "Le corps de la requête doit être envoyé en application/json.",
        ProblemCode::ValidationFailed => "Certaines valeurs sont à corriger.",
        ProblemCode::PreconditionRequired => "L'en-tête If-Match est obligatoire pour modifier ces données.",
        ProblemCode::TooManyRequests => "Trop de demandes en peu de temps. Réessayez plus tard.",
        ProblemCode::Internal => "Une erreur inattendue est survenue. Elle a été enregistrée.",
        ProblemCode::ServiceUnavailable => "Le service est momentanément indisponible. Réessayez dans un instant.",
    }
}

/// Sentences that existing clients of the wire-compatible paths read; ours where the contract has none.
const fn wire_detail(code: ProblemCode) -> &'static str {
    match code {
        ProblemCode::Unauthorized => "Unauthorized",
        ProblemCode::Forbidden => "Forbidden",
        ProblemCode::NotFound => "Not Found",
        ProblemCode::MethodNotAllowed => "Method Not Allowed",
        ProblemCode::PayloadTooLarge => "Payload Too Large",
        ProblemCode::UnsupportedMediaType => "Unsupported Media Type",
        ProblemCode::ValidationFailed => "Validation failed",
        ProblemCode::TooManyRequests => "Too Many Requests",
        ProblemCode::Internal => "Internal Server Error",
        ProblemCode::ServiceUnavailable => "Service Unavailable",
        other => french_detail(other),
    }
}
