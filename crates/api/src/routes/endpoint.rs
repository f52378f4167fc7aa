//! A path with its methods, documented.

use actix_web::dev::{AppService, HttpServiceFactory, RequestHead};
use actix_web::guard::{GuardContext, fn_guard};
use actix_web::http::Method;
use actix_web::{FromRequest, Handler, HttpRequest, HttpResponse, Resource, Responder, web};
use utoipa::openapi::path::Paths;
use utoipa::openapi::{RefOr, Schema};
use utoipa_actix_web::OpenApiFactory;

use crate::problem::Problem;

/// Whether a method of a path is meant for this request.
type IsMeant = fn(&RequestHead) -> bool;

/// One path and its methods. Any other method answers 405 with `Allow`, which a handler registered on its own would
/// answer by 404; `HEAD` is answered wherever `GET` is.
///
/// Each method takes the documentation that `#[utoipa::path]` makes of a handler (`__path_<handler>`), and the handler.
pub struct Endpoint {
    resource: Resource,
    methods: Vec<(Method, IsMeant)>,
    paths: Paths,
    schemas: Vec<(String, RefOr<Schema>)>,
}

impl Endpoint {
    /// A path without method; the pattern is that of the router, for instance `/orders/{uuid}`.
    #[must_use]
    pub fn new(pattern: &str) -> Self {
        Self { resource: web::resource(pattern), methods: Vec::new(), paths: Paths::new(), schemas: Vec::new() }
    }

    /// Answers `GET` and `HEAD`.
    #[must_use]
    pub fn get<H: Handler<Args>, Args: FromRequest + 'static>(self, document: impl OpenApiFactory, handler: H) -> Self
    where
        H::Output: Responder + 'static,
    {
        self.method(Method::GET, always, document, handler.clone()).route(Method::HEAD, always, handler)
    }

    /// Answers `POST`.
    #[must_use]
    pub fn post<H: Handler<Args>, Args: FromRequest + 'static>(self, document: impl OpenApiFactory, handler: H) -> Self
    where
        H::Output: Responder + 'static,
    {
        self.method(Method::POST, always, document, handler)
    }

    /// Answers `POST` where `is_meant` says so.
    #[must_use]
    pub fn post_where<H: Handler<Args>, Args: FromRequest + 'static>(
        self,
        is_meant: IsMeant,
        document: impl OpenApiFactory,
        handler: H,
    ) -> Self
    where
        H::Output: Responder + 'static,
    {
        self.method(Method::POST, is_meant, document, handler)
    }

    /// Answers `PUT`.
    #[must_use]
    pub fn put<H: Handler<Args>, Args: FromRequest + 'static>(self, document: impl OpenApiFactory, handler: H) -> Self
    where
        H::Output: Responder + 'static,
    {
        self.method(Method::PUT, always, document, handler)
    }

    /// Answers `PUT` where `is_meant` says so.
    #[must_use]
    pub fn put_where<H: Handler<Args>, Args: FromRequest + 'static>(
        self,
        is_meant: IsMeant,
        document: impl OpenApiFactory,
        handler: H,
    ) -> Self
    where
        H::Output: Responder + 'static,
    {
        self.method(Method::PUT, is_meant, document, handler)
    }

    /// Answers `PATCH`.
    #[must_use]
    pub fn patch<H: Handler<Args>, Args: FromRequest + 'static>(self, document: impl OpenApiFactory, handler: H) -> Self
    where
        H::Output: Responder + 'static,
    {
        self.method(Method::PATCH, always, document, handler)
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
        self.method(Method::DELETE, always, document, handler)
    }

    fn method<H: Handler<Args>, Args: FromRequest + 'static>(
        mut self,
        method: Method,
        is_meant: IsMeant,
        document: impl OpenApiFactory,
        handler: H,
    ) -> Self
    where
        H::Output: Responder + 'static,
    {
        self.paths.merge(document.paths());
        document.schemas(&mut self.schemas);
        self.route(method, is_meant, handler)
    }

    fn route<H: Handler<Args>, Args: FromRequest + 'static>(
        mut self,
        method: Method,
        is_meant: IsMeant,
        handler: H,
    ) -> Self
    where
        H::Output: Responder + 'static,
    {
        let wanted = method.clone();
        let guard = move |context: &GuardContext<'_>| context.head().method == wanted && is_meant(context.head());
        self.resource = self.resource.route(web::route().guard(fn_guard(guard)).to(handler));
        self.methods.push((method, is_meant));
        self
    }
}

const fn always(_: &RequestHead) -> bool {
    true
}

/// 405 with the methods that are meant for the very path of the request.
fn not_allowed(methods: &[(Method, IsMeant)], request: &HttpRequest) -> Problem {
    let mut allowed: Vec<&str> = Vec::new();
    for (method, is_meant) in methods {
        if is_meant(request.head()) && !allowed.contains(&method.as_str()) {
            allowed.push(method.as_str());
        }
    }
    Problem::method_not_allowed(&allowed.join(", "))
}

impl HttpServiceFactory for Endpoint {
    fn register(self, config: &mut AppService) {
        let methods = self.methods;
        let otherwise = move |request: HttpRequest| {
            let refused = not_allowed(&methods, &request);
            async move { Err::<HttpResponse, Problem>(refused) }
        };
        self.resource.default_service(web::to(otherwise)).register(config);
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
