//! The OpenAPI document, made from the handlers.

mod examples;

use std::fmt::Write;

use dialog_api_types::problem::{Problem as ProblemBody, ProblemCode};
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, ContentBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, Ref, RefOr, Response,
    ResponseBuilder,
};
use utoipa::{PartialSchema, ToSchema};
use utoipa_actix_web::AppExt;

use crate::problem::is_wire_path;
use crate::redis::RedisError;
use crate::routes;
use crate::session::{COOKIE, CSRF_HEADER, Sessions};

/// The document cannot be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DocumentError {
    /// The sessions of the described scopes cannot be made.
    #[error("describing the sessions")]
    Sessions(#[from] RedisError),
    /// The document cannot be written as JSON.
    #[error("writing the OpenAPI document")]
    Json(#[from] serde_json::Error),
}

/// The document of every route below `/api`, but the documentation itself.
///
/// # Errors
/// See [`DocumentError`].
pub fn document() -> Result<OpenApi, DocumentError> {
    let sessions = Sessions::described()?;
    let (_, mut document) = actix_web::App::new()
        .into_utoipa_app()
        .openapi(frame())
        .configure(|cfg| routes::configure(cfg, &sessions))
        .split_for_parts();
    for (path, item) in &mut document.paths.paths {
        for operation in operations(item) {
            add_common_responses(path, operation);
        }
    }
    examples::add(&mut document);
    Ok(document)
}

/// The document as it is checked in and served: indented JSON with a final line feed.
///
/// # Errors
/// See [`DocumentError`].
pub fn json() -> Result<String, DocumentError> {
    let mut text = serde_json::to_string_pretty(&document()?)?;
    text.push('\n');
    Ok(text)
}

/// The operations of a path.
pub(crate) fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch].into_iter().flatten()
}

fn frame() -> OpenApi {
    let key = |value| SecurityScheme::ApiKey(value);
    let header = |name, text| key(ApiKey::Header(ApiKeyValue::with_description(name, text)));
    let mut schemas = vec![(ProblemBody::name().into_owned(), ProblemBody::schema())];
    ProblemBody::schemas(&mut schemas);
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("DiaLog")
                .version("1.0.0")
                .description(Some(description()))
                .license(Some(LicenseBuilder::new().name("MIT").identifier(Some("MIT")).build()))
                .build(),
        )
        .components(Some(
            ComponentsBuilder::new()
                .schemas_from_iter(schemas)
                .security_scheme("ApiClientIdHeader", header("X-Client-Id", "Identifiant de la clé d'API"))
                .security_scheme("ApiClientSecretHeader", header("X-Client-Secret", "Secret de la clé d'API"))
                .security_scheme(
                    "SessionCookie",
                    key(ApiKey::Cookie(ApiKeyValue::with_description(COOKIE, "Session ouverte par POST /api/login"))),
                )
                .security_scheme("CsrfToken", header(CSRF_HEADER, "Jeton donné par POST /api/login et GET /api/app/me"))
                .build(),
        ))
        .build()
}

fn description() -> String {
    let mut text = String::from(
        "Réglementation de la circulation routière en France, en données ouvertes.\n\n\
         Toute erreur a le même corps (RFC 9457). Son membre `code` ne change pas d'une version à l'autre :\n\n\
         | code | statut | signification |\n| --- | --- | --- |\n",
    );
    for code in ProblemCode::ALL {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "| `{0}` | {1} | {2} |", code.as_str(), code.status(), code.title());
    }
    text
}

fn add_common_responses(path: &str, operation: &mut Operation) {
    let media_type = if is_wire_path(path) { "application/json" } else { "application/problem+json" };
    for (status, response) in &mut operation.responses.responses {
        // Handlers name the body of an error; its media type depends on the path.
        if let (true, RefOr::T(response)) = (status.starts_with(['4', '5']) && path != "/api/health", response)
            && let Some(content) = response.content.shift_remove("application/json")
        {
            response.content.insert(media_type.to_owned(), content);
        }
    }
    let problem = |text: &str| RefOr::T(problem_response(media_type, text));
    let responses = &mut operation.responses.responses;
    responses.entry("429".to_owned()).or_insert_with(|| problem("Too many requests; see `Retry-After`"));
    responses.entry("default".to_owned()).or_insert_with(|| problem("Any other error"));
}

fn problem_response(media_type: &str, text: &str) -> Response {
    ResponseBuilder::new()
        .description(text)
        .content(media_type, ContentBuilder::new().schema(Some(Ref::from_schema_name(ProblemBody::name()))).build())
        .build()
}
