//! The OpenAPI document and its Swagger UI page; every asset comes from this binary.

use std::sync::{Arc, LazyLock};

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETag, EntityTag};
use actix_web::{HttpRequest, HttpResponse, web};
use sha2::{Digest, Sha256};
use utoipa_swagger_ui::Config;

use crate::openapi;
use crate::problem::Problem;
use crate::routes::conditional::is_fresh;
use crate::secrets::hex;

const PAGE: &str = r#"<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>DiaLog : documentation de l'API</title>
<link rel="stylesheet" href="/api/doc/swagger-ui.css">
<link rel="stylesheet" href="/api/doc/index.css">
</head>
<body>
<main id="swagger-ui"></main>
<script src="/api/doc/swagger-ui-bundle.js"></script>
<script src="/api/doc/swagger-ui-standalone-preset.js"></script>
<script src="/api/doc/swagger-initializer.js"></script>
</body>
</html>
"#;

static DOCUMENT: LazyLock<Result<(String, EntityTag), String>> = LazyLock::new(|| {
    let text = openapi::json().map_err(|error| error.to_string())?;
    let tag = EntityTag::new_strong(hex(&Sha256::digest(text.as_bytes())[..8]));
    Ok((text, tag))
});

/// `GET /api/doc`, its assets, and `GET /api/doc.json`. They describe the API and are no part of it.
pub fn configure(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/api/doc.json").route(web::get().to(get_document)).route(web::head().to(get_document)))
        .service(web::resource("/api/doc").route(web::get().to(get_page)).route(web::head().to(get_page)))
        .service(web::resource("/api/doc/{file}").route(web::get().to(get_asset)).route(web::head().to(get_asset)));
}

async fn get_document(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let (text, tag) = DOCUMENT.as_ref().map_err(|error| Problem::internal(error.clone()))?;
    let mut response = if is_fresh(&request, tag) { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header(ETag(tag.clone())).insert_header((CACHE_CONTROL, "public, no-cache"));
    Ok(response.content_type("application/json").body(text.as_str()))
}

async fn get_page() -> HttpResponse {
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(PAGE)
}

async fn get_asset(file: web::Path<String>) -> Result<HttpResponse, Problem> {
    let config = Arc::new(Config::from("/api/doc.json"));
    let file = utoipa_swagger_ui::serve(&file, config)
        .map_err(|error| Problem::internal(error.to_string()))?
        .ok_or_else(Problem::not_found)?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, file.content_type))
        .insert_header((CACHE_CONTROL, "public, max-age=3600"))
        .body(file.bytes.into_owned()))
}
