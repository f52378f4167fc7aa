//! Logging in and out, and who is logged in.

use actix_session::Session;
use actix_web::{HttpRequest, HttpResponse, web};
use dialog_api_types::app::{CurrentSession, Login, Me};
use dialog_api_types::problem::{Problem as ProblemBody, ProblemCode};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::AppState;
use crate::extract::{CurrentUser, JsonBody, OptionalUser};
use crate::middleware::address;
use crate::problem::Problem;
use crate::routes::endpoint::Endpoint;
use crate::session;

/// `POST /api/login`.
pub fn configure_login(cfg: &mut ServiceConfig<'_>) {
    cfg.service(Endpoint::new("").post(__path_log_in, log_in));
}

/// `POST /api/logout`.
pub fn configure_logout(cfg: &mut ServiceConfig<'_>) {
    cfg.service(Endpoint::new("").post(__path_log_out, log_out));
}

/// `GET /api/app/me`, `GET /api/app/session`.
pub fn configure_me(cfg: &mut ServiceConfig<'_>) {
    cfg.service(Endpoint::new("/me").get(__path_get_me, get_me));
    cfg.service(Endpoint::new("/session").get(__path_get_session, get_session));
}

/// Logs in: begins a new session and gives its anti-forgery token.
#[utoipa::path(
    post,
    path = "",
    operation_id = "log_in",
    tag = "Session",
    request_body = Login,
    responses(
        (status = 200, description = "Logged in; the cookie of the session is set", body = Me),
        (status = 401, description = "Wrong e-mail address or password", body = ProblemBody),
        (status = 403, description = "The e-mail address was never confirmed", body = ProblemBody),
        (status = 429, description = "Too many failures for this account or from this address", body = ProblemBody),
        (status = 503, description = "PostgreSQL or Redis is down", body = ProblemBody),
    ),
    security(()),
)]
async fn log_in(
    state: web::Data<AppState>,
    session: Session,
    request: HttpRequest,
    JsonBody(login): JsonBody<Login>,
) -> Result<web::Json<Me>, Problem> {
    let address = address::of_request(&request);
    session::log_in(&state, &session, &address, login).await.map(web::Json)
}

/// Ends the session. Without session it does nothing.
#[utoipa::path(
    post,
    path = "",
    operation_id = "log_out",
    tag = "Session",
    responses(
        (status = 204, description = "There is no session any more"),
        (status = 403, description = "The anti-forgery token is missing or wrong", body = ProblemBody),
        (status = 503, description = "Redis is down", body = ProblemBody),
    ),
    security(("SessionCookie" = [], "CsrfToken" = []), ()),
)]
async fn log_out(session: Session, user: OptionalUser) -> HttpResponse {
    if user.0.is_some() {
        session.purge();
    }
    HttpResponse::NoContent().finish()
}

/// Who is logged in, and the anti-forgery token of the session.
#[utoipa::path(
    get,
    path = "/me",
    operation_id = "get_me",
    tag = "Session",
    responses(
        (status = 200, description = "The person and the organizations where that person may write orders", body = Me),
        (status = 401, description = "Nobody is logged in, or the session expired", body = ProblemBody),
        (status = 503, description = "PostgreSQL or Redis is down", body = ProblemBody),
    ),
    security(("SessionCookie" = [])),
)]
async fn get_me(session: Session, user: CurrentUser) -> Result<web::Json<Me>, Problem> {
    session::me(&session, &user).map(web::Json)
}

/// Whether somebody is logged in, and who: what a page asks first. Nobody is an answer, not an error.
#[utoipa::path(
    get,
    path = "/session",
    operation_id = "get_session",
    tag = "Session",
    responses(
        (status = 200, description = "The person who is logged in, if any", body = CurrentSession),
        (status = 503, description = "PostgreSQL or Redis is down", body = ProblemBody),
    ),
    security(("SessionCookie" = []), ()),
)]
async fn get_session(
    session: Session,
    user: Result<CurrentUser, Problem>,
) -> Result<web::Json<CurrentSession>, Problem> {
    let me = match user.and_then(|user| session::me(&session, &user)) {
        Ok(me) => Some(me),
        Err(problem) if problem.code() == ProblemCode::Unauthorized => None,
        Err(problem) => return Err(problem),
    };
    Ok(web::Json(CurrentSession { me }))
}
