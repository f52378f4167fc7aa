use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use dialog_db::Caller;
use dialog_db::users::{self, Membership, User};
use dialog_domain::OrganizationId;
use uuid::Uuid;

use crate::app::AppState;
use crate::problem::Problem;
use crate::session::SessionUser;

/// The person who is logged in; 401 when there is none, 503 when Redis cannot say.
#[derive(Clone, Debug)]
pub struct CurrentUser {
    /// The account.
    pub user: User,
    /// The organizations of the person, by name.
    pub memberships: Vec<Membership>,
}

impl CurrentUser {
    pub(crate) async fn load(state: &AppState, uuid: Uuid) -> Result<Option<Self>, Problem> {
        let mut connection = state.connection().await?;
        let Some(user) = users::find(&mut connection, uuid).await? else { return Ok(None) };
        let memberships = users::memberships(&mut connection, uuid).await?;
        Ok(Some(Self { user, memberships }))
    }

    /// Identifier of the account.
    #[must_use]
    pub fn uuid(&self) -> Uuid {
        self.user.uuid
    }

    /// Identifiers of the organizations of the person.
    #[must_use]
    pub fn organization_ids(&self) -> Vec<OrganizationId> {
        self.memberships.iter().map(|membership| OrganizationId(membership.organization_uuid)).collect()
    }

    /// The person as queries take it.
    #[must_use]
    pub fn caller(&self) -> Caller {
        Caller::user(self.user.uuid, self.organization_ids())
    }

    /// Whether the person belongs to an organization.
    #[must_use]
    pub fn is_member_of(&self, organization: OrganizationId) -> bool {
        self.membership(organization).is_some()
    }

    /// The membership of an organization.
    #[must_use]
    pub fn membership(&self, organization: OrganizationId) -> Option<&Membership> {
        self.memberships.iter().find(|membership| membership.organization_uuid == organization.0)
    }
}

impl FromRequest for CurrentUser {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(match request.extensions().get::<SessionUser>() {
            Some(SessionUser::User(user)) => Ok(user.clone()),
            Some(SessionUser::Unreadable) => Err(Problem::unavailable("the session could not be read")),
            Some(SessionUser::Anonymous) | None => Err(Problem::unauthorized()),
        })
    }
}

/// The person who is logged in, if any.
#[derive(Clone, Debug)]
pub struct OptionalUser(pub Option<CurrentUser>);

impl OptionalUser {
    /// The person, or nobody, as queries take it.
    #[must_use]
    pub fn caller(&self) -> Caller {
        self.0.as_ref().map_or_else(Caller::anonymous, CurrentUser::caller)
    }
}

impl FromRequest for OptionalUser {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(match request.extensions().get::<SessionUser>() {
            Some(SessionUser::User(user)) => Some(user.clone()),
            Some(SessionUser::Anonymous | SessionUser::Unreadable) | None => None,
        })))
    }
}
