//! On whose behalf rows are read and written.

use dialog_domain::OrganizationId;
use uuid::Uuid;

/// Who asks. Every read of an order takes one: what its caller may not know of does not exist.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caller {
    /// The person or the key.
    pub actor: Actor,
    /// The organizations whose drafts the caller sees and whose orders the caller may change.
    pub organizations: Vec<OrganizationId>,
}

/// The person or the key behind a call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Actor {
    /// Nobody in particular, or the program itself.
    #[default]
    Anonymous,
    /// A person.
    User(Uuid),
    /// The key of an integrator.
    ApiClient(Uuid),
}

impl Caller {
    /// Somebody who sees what is public.
    #[must_use]
    pub fn anonymous() -> Self {
        Self::default()
    }

    /// A person and the organizations of which that person is a member.
    #[must_use]
    pub fn user(user: Uuid, organizations: Vec<OrganizationId>) -> Self {
        Self { actor: Actor::User(user), organizations }
    }

    /// A key, which acts for one organization.
    #[must_use]
    pub fn api_client(client: Uuid, organization: OrganizationId) -> Self {
        Self { actor: Actor::ApiClient(client), organizations: vec![organization] }
    }

    /// Whether the caller acts for the organization.
    #[must_use]
    pub fn acts_for(&self, organization: OrganizationId) -> bool {
        self.organizations.contains(&organization)
    }

    /// The person, when it is one.
    #[must_use]
    pub const fn user_uuid(&self) -> Option<Uuid> {
        match self.actor {
            Actor::User(uuid) => Some(uuid),
            Actor::Anonymous | Actor::ApiClient(_) => None,
        }
    }

    /// The key, when it is one.
    #[must_use]
    pub const fn api_client_uuid(&self) -> Option<Uuid> {
        match self.actor {
            Actor::ApiClient(uuid) => Some(uuid),
            Actor::Anonymous | Actor::User(_) => None,
        }
    }

    /// The organizations as PostgreSQL takes them.
    pub(crate) fn organization_uuids(&self) -> Vec<Uuid> {
        self.organizations.iter().map(|organization| organization.0).collect()
    }
}
