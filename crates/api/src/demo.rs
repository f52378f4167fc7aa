//! Demonstration accounts, organizations and keys. They exist only where `APP_ENV` is `dev` or `test`; their passwords
//! and secrets are public.

use dialog_db::Connection;
use dialog_db::api_clients::{self, NewApiClient, Scope};
use dialog_db::organizations::{self, NewOrganization};
use dialog_db::users::{self, NewUser};
use diesel_async::AsyncConnection;
use uuid::{Uuid, uuid};

use crate::password::{self, PasswordError};
use crate::secrets::Keys;

/// E-mail address of the owner of the first organization.
pub const OWNER: &str = "proprietaire@dialog.test";
/// E-mail address of a clerk of the first organization.
pub const CLERK: &str = "agent@dialog.test";
/// E-mail address of the super-admin.
pub const ADMIN: &str = "admin@dialog.test";
/// E-mail address of a clerk of the other organization.
pub const OTHER_CLERK: &str = "agent@voisine.test";
/// Password of every demonstration account.
pub const PASSWORD: &str = "demonstration-dialog";
/// Key of the first organization.
pub const CLIENT_ID: &str = "019b0000-0000-7000-8000-000000000001";
/// Secret of [`CLIENT_ID`].
pub const CLIENT_SECRET: &str = "demo-client-secret-0000000000000000000000001";
/// Key of the other organization.
pub const OTHER_CLIENT_ID: &str = "019b0000-0000-7000-8000-000000000002";
/// Secret of [`OTHER_CLIENT_ID`].
pub const OTHER_CLIENT_SECRET: &str = "demo-client-secret-0000000000000000000000002";

/// The first organization.
pub const ORGANIZATION: Uuid = uuid!("019b0000-0000-7000-8000-000000000011");
/// The other organization.
pub const OTHER_ORGANIZATION: Uuid = uuid!("019b0000-0000-7000-8000-000000000012");

/// The demonstration town, and Paris: the perimeter of both organizations, as far as they are loaded.
const PERIMETER: [(&str, &str); 2] = [("00001", "Démoville"), ("75056", "Paris")];

/// The demonstration could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SeedError {
    /// The password could not be hashed.
    #[error("hashing the demonstration password")]
    Password(#[from] PasswordError),
    /// A query failed.
    #[error("writing the demonstration accounts")]
    Query(#[from] diesel::result::Error),
}

/// Writes accounts, organizations, keys and perimeters, or brings them back to what they are here. Answers the names of
/// the territories that are loaded; run it again after loading another one.
///
/// # Errors
/// See [`SeedError`]; nothing is written then.
pub async fn seed(connection: &mut Connection, keys: &Keys) -> Result<Vec<String>, SeedError> {
    let password_hash = password::hash(PASSWORD)?;
    connection
        .transaction(async move |connection| {
            for organization in
                [organization(ORGANIZATION, "Mairie de Démoville"), organization(OTHER_ORGANIZATION, "Mairie voisine")]
            {
                organizations::upsert(connection, &organization).await?;
            }
            for person in people(&password_hash) {
                users::upsert(connection, &person.user).await?;
                if let Some((organization, is_owner)) = person.membership {
                    users::upsert_membership(connection, organization, person.user.uuid, is_owner).await?;
                }
            }
            for client in clients(keys) {
                api_clients::upsert(connection, &client).await?;
            }
            perimeters(connection).await
        })
        .await
}

async fn perimeters(connection: &mut Connection) -> Result<Vec<String>, SeedError> {
    let codes: Vec<String> = PERIMETER.iter().map(|(code, _)| (*code).to_owned()).collect();
    let contours = dialog_geocoder::commune_contours(connection, &codes).await?;
    let mut loaded = Vec::new();
    for (code, name) in PERIMETER {
        let Some((_, contour)) = contours.iter().find(|(found, _)| found == code) else { continue };
        let label = format!("{name} ({code})");
        for organization in [ORGANIZATION, OTHER_ORGANIZATION] {
            organizations::upsert_area(connection, organization, &label, contour).await?;
        }
        loaded.push(label);
    }
    Ok(loaded)
}

fn organization(uuid: Uuid, name: &str) -> NewOrganization {
    NewOrganization {
        uuid,
        name: name.to_owned(),
        siret: None,
        code: None,
        code_type: None,
        time_zone: "Europe/Paris".to_owned(),
    }
}

struct Person {
    user: NewUser,
    membership: Option<(Uuid, bool)>,
}

fn people(password_hash: &str) -> [Person; 4] {
    let person = |uuid, email: &str, full_name: &str, is_super_admin, membership| Person {
        user: NewUser {
            uuid,
            email: email.to_owned(),
            full_name: full_name.to_owned(),
            password_hash: Some(password_hash.to_owned()),
            is_super_admin,
            is_verified: true,
        },
        membership,
    };
    [
        person(
            uuid!("019b0000-0000-7000-8000-000000000021"),
            OWNER,
            "Camille Propriétaire",
            false,
            Some((ORGANIZATION, true)),
        ),
        person(
            uuid!("019b0000-0000-7000-8000-000000000022"),
            CLERK,
            "Dominique Agent",
            false,
            Some((ORGANIZATION, false)),
        ),
        person(uuid!("019b0000-0000-7000-8000-000000000023"), ADMIN, "Claude Administration", true, None),
        person(
            uuid!("019b0000-0000-7000-8000-000000000024"),
            OTHER_CLERK,
            "Sacha Voisine",
            false,
            Some((OTHER_ORGANIZATION, false)),
        ),
    ]
}

fn clients(keys: &Keys) -> [NewApiClient; 2] {
    let client = |uuid, id: &str, secret: &str, organization_uuid| NewApiClient {
        uuid,
        client_id: id.to_owned(),
        secret_hash: keys.api_client_hash(secret).to_vec(),
        organization_uuid,
        user_uuid: None,
        scope: Scope::Write,
        expires_at: None,
    };
    [
        client(uuid!("019b0000-0000-7000-8000-000000000001"), CLIENT_ID, CLIENT_SECRET, ORGANIZATION),
        client(uuid!("019b0000-0000-7000-8000-000000000002"), OTHER_CLIENT_ID, OTHER_CLIENT_SECRET, OTHER_ORGANIZATION),
    ]
}
