use actix_session::SessionExt;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, web};
use dialog_api_types::problem::ProblemCode;
use uuid::Uuid;

use super::store::UNREADABLE;
use super::{CSRF_HEADER, entry};
use crate::app::AppState;
use crate::extract::CurrentUser;
use crate::problem::Problem;
use crate::secrets::constant_time_eq;

/// Who sends a request of the browser application.
#[derive(Clone, Debug)]
pub enum SessionUser {
    /// Nobody known.
    Anonymous,
    /// Somebody, but Redis cannot say who.
    Unreadable,
    /// A person who is logged in.
    User(CurrentUser),
}

/// Middleware inside the sessions: finds the person behind the cookie, and refuses an unsafe call without the
/// anti-forgery token of the session. Runs before any extractor, so that credentials are judged before the body.
pub async fn identify_caller(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let session = request.get_session();
    let is_unreadable = session.contains_key(UNREADABLE);
    let user_uuid = session.get::<Uuid>(entry::USER).ok().flatten();
    let csrf_token = session.get::<String>(entry::CSRF_TOKEN).ok().flatten();

    let caller = match user_uuid {
        None if is_unreadable => SessionUser::Unreadable,
        None => SessionUser::Anonymous,
        Some(uuid) => {
            if !request.method().is_safe() && !has_token(&request, csrf_token.as_deref()) {
                let problem = Problem::new(ProblemCode::InvalidCsrfToken);
                return Ok(request.error_response(problem).map_into_boxed_body());
            }
            let Some(state) = request.app_data::<web::Data<AppState>>().cloned() else {
                let problem = Problem::internal("the application state is not registered");
                return Ok(request.error_response(problem).map_into_boxed_body());
            };
            match CurrentUser::load(&state, uuid).await {
                Ok(Some(user)) => SessionUser::User(user),
                // The account is gone.
                Ok(None) => {
                    session.purge();
                    SessionUser::Anonymous
                }
                Err(problem) => return Ok(request.error_response(problem).map_into_boxed_body()),
            }
        }
    };
    request.extensions_mut().insert(caller);
    next.call(request).await.map(ServiceResponse::map_into_boxed_body)
}

fn has_token(request: &ServiceRequest, expected: Option<&str>) -> bool {
    let sent = request.headers().get(CSRF_HEADER).map(|value| value.as_bytes());
    match (sent, expected) {
        (Some(sent), Some(expected)) => constant_time_eq(sent, expected.as_bytes()),
        _ => false,
    }
}
