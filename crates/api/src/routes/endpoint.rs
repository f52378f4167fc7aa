//! A path with its methods, documented.

use actix_web::dev::{AppService, HttpServiceFactory};
use actix_web::guard::{GuardContext, fn_guard};
use actix_web::http::Method;
use actix_web::{FromRequest, Handler, Resource, Responder, Route, web};
use utoipa::openapi::path::Paths;
use utoipa::openapi::{RefOr, Schema};
use utoipa_actix_web::OpenApiFactory;

/// One path and its methods. Any other method answers 405 with `Allow`, which a handler registered on its own would
/// answer by 404; `HEAD` is answered wherever `GET` is.
///
/// Each method takes the documentation that `#[utoipa::path]` makes of a handler (`__path_<handler>`), and the handler.
pub struct Endpoint {
    resource: Resource,
    paths: Paths,
    schemas: Vec<(String, RefOr<Schema>)>,
}

impl Endpoint {
    /// A path without method; the pattern is that of the router, for instance `/orders/{uuid}`.
    #[must_use]
    pub fn new(pattern: &str) -> Self {
        Self { resource: web::resource(pattern), paths: Paths::new(), schemas: Vec::new() }
    }

    /// Answers `GET` and `HEAD`.
    #[must_use]
    pub fn get<H: Handler<Args>, Args: FromRequest + 'static>(self, document: impl OpenApiFactory, handler: H) -> Self
    where
        H::Output: Responder + 'static,
    {
        let mut this = self.method(document, web::get(), handler.clone());
        this.resource = this.resource.route(web::head().to(handler));
        this
    }

    /// Answers `POST`.
    #[must_use]
    pub fn post<H: Handler<Args>, Args: FromRequest + 'static>(self, document: impl OpenApiFactory, handler: H) -> Self
    where
        H::Output: Responder + 'static,
    {
        self.method(document, web::post(), handler)
    }

    /// Answers `PUT`.
    #[must_use]
    pub fn put<H: Handler<Args>, Args: FromRequest + 'static>(self, document: impl OpenApiFactory, handler: H) -> Self
    where
        H::Output: Responder + 'static,
    {
        self.method(document, web::put(), handler)
    }

    /// Answers `PUT` where `is_meant` says so; given before [`Self::put`], which answers the rest.
    #[must_use]
    pub fn put_where<H: Handler<Args>, Args: FromRequest + 'static>(
        self,
        is_meant: fn(&GuardContext<'_>) -> bool,
        document: impl OpenApiFactory,
        handler: H,
    ) -> Self
    where
        H::Output: Responder + 'static,
    {
        // Not `web::put()`: `Allow` would name the method twice.
        let is_meant = move |context: &GuardContext<'_>| context.head().method == Method::PUT && is_meant(context);
        self.method(document, web::route().guard(fn_guard(is_meant)), handler)
    }

    /// Answers `PATCH`.
    #[must_use]
    pub fn patch<H: Handler<Args>, Args: FromRequest + 'static>(self, document: impl OpenApiFactory, handler: H) -> Self
    where
        H::Output: Responder + 'static,
    {
        self.method(document, web::patch(), handler)
    }

    /// Answers `DELETE`.
    #[must_use]
    pub fn delete<H: Handler<Args>, Args: FromRequest + 'static>(
        self,
        document: impl OpenApiFactory,
        handler: H,
    ) -> Self
    where
        H::Output: Responder + 'static,
    {
        self.method(document, web::delete(), handler)
    }

    fn method<H: Handler<Args>, Args: FromRequest + 'static>(
        mut self,
        document: impl OpenApiFactory,
        route: Route,
        handler: H,
    ) -> Self
    where
        H::Output: Responder + 'static,
    {
        self.paths.merge(document.paths());
        document.schemas(&mut self.schemas);
        self.resource = self.resource.route(route.to(handler));
        self
    }
}

impl HttpServiceFactory for Endpoint {
    fn register(self, config: &mut AppService) {
        self.resource.register(config);
    }
}

impl OpenApiFactory for Endpoint {
    fn paths(&self) -> Paths {
        self.paths.clone()
    }

    fn schemas(&self, schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.extend(self.schemas.iter().cloned());
    }
}
