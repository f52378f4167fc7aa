//! Organizations of the browser application: paths below `/api/app`.

mod api_clients;
mod read;

use dialog_api_types::problem::{Parameters, ProblemCode, ViolationView};
use utoipa_actix_web::service_config::ServiceConfig;

use super::endpoint::Endpoint;
use crate::problem::Problem;
use crate::services::organizations::OrganizationError;

/// Registers the routes.
pub fn configure(cfg: &mut ServiceConfig<'_>) {
    cfg.service(Endpoint::new("/organizations").get(read::__path_list_organizations, read::list_organizations))
        .service(Endpoint::new("/organizations/{uuid}").get(read::__path_get_organization, read::get_organization))
        .service(
            Endpoint::new("/organizations/{uuid}/api-clients")
                .get(api_clients::__path_list_api_clients, api_clients::list_api_clients)
                .post(api_clients::__path_create_api_client, api_clients::create_api_client),
        )
        .service(
            Endpoint::new("/organizations/{uuid}/api-clients/{apiClientUuid}")
                .delete(api_clients::__path_delete_api_client, api_clients::delete_api_client),
        )
        .service(
            Endpoint::new("/organizations/{uuid}/api-clients/{apiClientUuid}/regenerate")
                .post(api_clients::__path_regenerate_api_client, api_clients::regenerate_api_client),
        );
}

pub(super) fn problem(error: OrganizationError) -> Problem {
    match error {
        OrganizationError::NotFound => Problem::not_found(),
        OrganizationError::NotMember => Problem::new(ProblemCode::Forbidden),
        OrganizationError::OwnerOnly => Problem::new(ProblemCode::Forbidden)
            .detail("La clé d'un propriétaire ne peut être modifiée que par un propriétaire de l'organisation."),
        OrganizationError::NotTheirs => Problem::new(ProblemCode::Forbidden).detail(
            "Une clé agit au nom de qui la détient : pour quelqu'un d'autre, elle est faite par un propriétaire.",
        ),
        OrganizationError::Expired => Problem::validation(vec![ViolationView {
            property_path: "expiresAt".to_owned(),
            title: "La date d'expiration doit être dans le futur.".to_owned(),
            parameters: Parameters::default(),
            code: "expired".to_owned(),
            measure_index: None,
        }]),
        OrganizationError::NoSuchMember => Problem::validation(vec![ViolationView {
            property_path: "userUuid".to_owned(),
            title: "Cette personne n'est pas membre de l'organisation.".to_owned(),
            parameters: Parameters::default(),
            code: "not_a_member".to_owned(),
            measure_index: None,
        }]),
        OrganizationError::HasKey => Problem::new(ProblemCode::Conflict)
            .detail("Cet utilisateur possède déjà une clé API pour cette organisation."),
        OrganizationError::Query(error) => error.into(),
        OrganizationError::Pool(error) => error.into(),
    }
}
