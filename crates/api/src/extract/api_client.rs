use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use dialog_api_types::problem::ProblemCode;
use dialog_db::Caller;
use dialog_db::api_clients::Scope;
use dialog_domain::OrganizationId;
use uuid::Uuid;

use crate::problem::Problem;

/// A question that is too long for an address, and writes nothing.
const QUESTION: &str = "/api/nearby-streets";

/// The integrator behind `X-Client-Id` and `X-Client-Secret`, already checked by
/// [`crate::middleware::api_clients`]. As an extractor it answers 401 when there is none, and 403 to a key that may only
/// read when the method writes, before the body is read: put it before the body in the arguments of a handler.
#[derive(Clone, Debug)]
pub struct ApiClient {
    /// Identifier of the key.
    pub uuid: Uuid,
    /// The person behind the key, if known.
    pub user_uuid: Option<Uuid>,
    /// The organization for which it acts.
    pub organization_id: OrganizationId,
    /// Name of that organization.
    pub organization_name: String,
    /// IANA name of the zone of its territory.
    pub time_zone: String,
    /// What the key may do.
    pub scope: Scope,
}

impl ApiClient {
    /// The integrator as queries take it.
    #[must_use]
    pub fn caller(&self) -> Caller {
        Caller::api_client(self.uuid, self.organization_id)
    }
}

impl FromRequest for ApiClient {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let client = request.extensions().get::<Self>().cloned().ok_or_else(Problem::unauthorized);
        ready(client.and_then(|client| {
            match client.scope {
                Scope::Read if !request.method().is_safe() && request.path() != QUESTION => {
                    Err(Problem::new(ProblemCode::Forbidden)
                        .detail("Cette clé ne permet que la lecture : demandez une clé qui permet l'écriture."))
                }
                Scope::Read | Scope::Write => Ok(client),
            }
        }))
    }
}
