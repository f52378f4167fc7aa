//! The one error body, and the table of its codes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Error body: the members of RFC 9457, a stable `code`, and the members that existing clients read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Problem {
    /// Where the code is documented.
    #[serde(rename = "type")]
    pub kind: String,
    /// Short summary of the code.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// What happened here, for a person.
    pub detail: String,
    /// Path of the request.
    pub instance: String,
    /// Stable word for machines; see [`ProblemCode`].
    pub code: String,
    /// To quote when asking for help.
    pub request_id: String,
    /// Broken rules, each on its field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub violations: Option<Vec<ViolationView>>,
    /// Same text as `title`, where existing clients read it (401).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Same text as `detail`, where existing clients read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// The current state of what the caller tried to change (412).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current: Option<serde_json::Value>,
}

/// A broken rule as the API tells it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct ViolationView {
    /// The field. On the wire-compatible paths it is relative to its measure, as the contract has it.
    pub property_path: String,
    /// French sentence.
    pub title: String,
    /// Values of the rule; an empty list when there are none, as existing clients expect.
    pub parameters: Parameters,
    /// Stable word of the rule.
    pub code: String,
    /// Which measure, from 0, when the field belongs to one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measure_index: Option<usize>,
}

/// Parameters of a violation: an object, or `[]` when empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameters(pub BTreeMap<String, String>);

impl Serialize for Parameters {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_empty() { Vec::<()>::new().serialize(serializer) } else { self.0.serialize(serializer) }
    }
}

impl<'de> Deserialize<'de> for Parameters {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Either {
            Object(BTreeMap<String, String>),
            List(serde::de::IgnoredAny),
        }
        Ok(match Either::deserialize(deserializer)? {
            Either::Object(map) => Self(map),
            Either::List(_) => Self::default(),
        })
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Parameters {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .description(Some("An object, or [] when empty"))
            .schema_type(utoipa::openapi::schema::SchemaType::from_iter([
                utoipa::openapi::schema::Type::Object,
                utoipa::openapi::schema::Type::Array,
            ]))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Parameters {}

macro_rules! problem_codes {
    ($($(#[$doc:meta])* $name:ident => $code:literal, $status:literal, $title:literal;)*) => {
        /// Every code of an error body, with its HTTP status and title. `docs/errors.md` explains each.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum ProblemCode { $($(#[$doc])* $name,)* }

        impl ProblemCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The stable word.
            #[must_use]
            pub const fn as_str(self) -> &'static str { match self { $(Self::$name => $code,)* } }

            /// HTTP status.
            #[must_use]
            pub const fn status(self) -> u16 { match self { $(Self::$name => $status,)* } }

            /// Title in French.
            #[must_use]
            pub const fn title(self) -> &'static str { match self { $(Self::$name => $title,)* } }
        }
    };
}

problem_codes! {
    /// The body is not JSON, or is cut.
    InvalidJson => "invalid_json", 400, "Le corps de la requête n'est pas du JSON valide";
    /// A query or path parameter cannot be read.
    InvalidParameter => "invalid_parameter", 400, "Paramètre invalide";
    /// The request would break a rule of the business; `detail` says which.
    BusinessRule => "business_rule", 400, "Demande refusée";
    /// The order cannot be published as it is.
    NotPublishable => "not_publishable", 400, "Arrêté non publiable";
    /// Street, number or address unknown.
    AddressNotFound => "address_not_found", 400, "Adresse inconnue";
    /// No path between the two bounds.
    SectionNotFound => "section_not_found", 400, "Section introuvable";
    /// The two streets do not cross.
    IntersectionNotFound => "intersection_not_found", 400, "Intersection introuvable";
    /// Numbered road, reference point or side unknown, or no road between the two bounds.
    RoadNotFound => "road_not_found", 400, "Route ou point de repère introuvable";
    /// The abscissa leads beyond the road.
    AbscissaOutOfRange => "abscissa_out_of_range", 400, "Abscisse hors de la route";
    /// The location is outside the organization's perimeter.
    OutsidePerimeter => "outside_perimeter", 400, "Hors du périmètre de l'organisation";
    /// No credentials, or refused ones.
    Unauthorized => "unauthorized", 401, "Authentification requise";
    /// Wrong e-mail address or password.
    InvalidCredentials => "invalid_credentials", 401, "Identifiants invalides";
    /// The caller may know that the thing exists, but may not do this.
    Forbidden => "forbidden", 403, "Action non autorisée";
    /// The anti-forgery token is missing or wrong.
    InvalidCsrfToken => "invalid_csrf_token", 403, "Jeton de sécurité invalide";
    /// Nothing here, or nothing that the caller may know of.
    NotFound => "not_found", 404, "Introuvable";
    /// The path exists with other methods.
    MethodNotAllowed => "method_not_allowed", 405, "Méthode non autorisée";
    /// The state of the order does not allow this.
    Conflict => "conflict", 409, "Conflit";
    /// The order was repealed: it does not change any more.
    OrderRepealed => "order_repealed", 409, "Arrêté abrogé";
    /// The request with the same `Idempotency-Key` is still being done.
    RequestInProgress => "request_in_progress", 409, "Demande déjà en cours";
    /// Somebody else saved first.
    StaleRevision => "stale_revision", 412, "Modifié entre-temps";
    /// The body is too large.
    PayloadTooLarge => "payload_too_large", 413, "Contenu trop volumineux";
    /// The body is not of the expected media type.
    UnsupportedMediaType => "unsupported_media_type", 415, "Type de contenu non pris en charge";
    /// Well-formed, but some rules are broken; see `violations`.
    ValidationFailed => "validation_failed", 422, "Données invalides";
    /// The `Idempotency-Key` stands for another request.
    IdempotencyKeyReused => "idempotency_key_reused", 422, "Clé d'idempotence déjà utilisée";
    /// Valid, but this version cannot do it yet; nothing was stored.
    /// `If-Match` is required.
    PreconditionRequired => "precondition_required", 428, "En-tête If-Match requis";
    /// Too many requests.
    TooManyRequests => "too_many_requests", 429, "Trop de requêtes";
    /// A defect of ours.
    Internal => "internal", 500, "Erreur interne";
    /// PostgreSQL, Redis or another service that this needs is down.
    ServiceUnavailable => "service_unavailable", 503, "Service momentanément indisponible";
}
