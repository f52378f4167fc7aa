use actix_session::Session;
use actix_web::web;
use dialog_api_types::app::{Login, Me, MemberOf, Profile};
use dialog_api_types::problem::ProblemCode;
use dialog_db::users;
use dialog_domain::{OrganizationId, Violation, ViolationCode};

use super::entry;
use crate::app::AppState;
use crate::extract::CurrentUser;
use crate::password;
use crate::problem::Problem;
use crate::routes::regulation_records::views;
use crate::secrets::random_token;
use crate::throttle::{self, Allowance};

/// Checks an e-mail address and a password, and begins a new session: a new key, a new anti-forgery token.
///
/// Attempts are counted before the password is looked at, so that many at once are not more than many in a row; a
/// success takes its attempt back.
///
/// # Errors
/// 401 when they do not match, 403 when the address was never confirmed, 429 after too many failures, 503 when
/// PostgreSQL or Redis is down.
pub async fn log_in(state: &AppState, session: &Session, address: &str, login: Login) -> Result<Me, Problem> {
    let email = login.email.trim().to_lowercase();
    if email.contains('\0') {
        // No database keeps it, so that it is no account's.
        let violation = Violation::new("email", ViolationCode::Malformed).with("reason", "nul");
        return Err(Problem::validation(views(&[violation])));
    }
    let attempts = Attempts::new(state, address, &email);
    attempts.count().await?;

    let mut connection = state.connection().await?;
    let user = users::find_by_email(&mut connection, &email).await?;
    drop(connection);
    let hash = user.as_ref().and_then(|user| user.password_hash.clone());
    let is_right =
        web::block(move || password::verify(&login.password, hash.as_deref())).await.map_err(Problem::internal)?;
    let Some(user) = user.filter(|_| is_right) else {
        return Err(Problem::new(ProblemCode::InvalidCredentials));
    };
    attempts.forgive().await?;
    if !user.is_verified {
        return Err(Problem::new(ProblemCode::Forbidden)
            .detail("Votre adresse électronique n'a pas encore été confirmée. Suivez le lien reçu par courriel."));
    }

    session.clear();
    session.insert(entry::USER, user.uuid).map_err(|error| Problem::internal(error.to_string()))?;
    session.insert(entry::CSRF_TOKEN, random_token()).map_err(|error| Problem::internal(error.to_string()))?;
    session.renew();
    let current = CurrentUser::load(state, user.uuid).await?.ok_or_else(Problem::unauthorized)?;
    me(session, &current)
}

/// Who is logged in, with the token for unsafe calls.
///
/// # Errors
/// 401 when the session has no token.
pub fn me(session: &Session, current: &CurrentUser) -> Result<Me, Problem> {
    Ok(Me {
        csrf_token: csrf_token(session).ok_or_else(Problem::unauthorized)?,
        user: Profile {
            uuid: current.user.uuid,
            full_name: current.user.full_name.clone(),
            email: current.user.email.clone(),
            is_super_admin: current.user.is_super_admin,
        },
        organizations: current
            .memberships
            .iter()
            .map(|membership| MemberOf {
                uuid: OrganizationId(membership.organization_uuid),
                name: membership.organization_name.clone(),
                is_owner: membership.is_owner,
                time_zone: membership.time_zone.clone(),
            })
            .collect(),
    })
}

/// The anti-forgery token of a session.
#[must_use]
pub fn csrf_token(session: &Session) -> Option<String> {
    session.get(entry::CSRF_TOKEN).ok().flatten()
}

/// The two counters of an attempt: its account and its address.
struct Attempts<'a> {
    state: &'a AppState,
    account: (String, Allowance),
    address: (String, Allowance),
}

impl<'a> Attempts<'a> {
    fn new(state: &'a AppState, address: &str, email: &str) -> Self {
        let limits = &state.config.limits;
        let allowance = |limit| Allowance { limit, window: limits.failures_window };
        Self {
            state,
            account: (
                format!("login:account:{}", state.keys.throttle_name(email)),
                allowance(limits.failures_per_account),
            ),
            address: (format!("login:address:{address}"), allowance(limits.failures_per_address)),
        }
    }

    async fn count(&self) -> Result<(), Problem> {
        let now = self.state.clock.now();
        for (name, allowance) in [&self.account, &self.address] {
            let usage = throttle::count(&self.state.redis, name, *allowance, now).await?;
            if usage.is_exceeded {
                return Err(Problem::too_many_requests(usage.reset_s)
                    .detail("Trop de tentatives de connexion. Réessayez dans quelques minutes."));
            }
        }
        Ok(())
    }

    async fn forgive(&self) -> Result<(), Problem> {
        let now = self.state.clock.now();
        throttle::forget(&self.state.redis, &self.account.0, self.account.1, now).await?;
        throttle::uncount(&self.state.redis, &self.address.0, self.address.1, now).await?;
        Ok(())
    }
}
