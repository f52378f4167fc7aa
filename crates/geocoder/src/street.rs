//! Streets of a commune by name.

use dialog_db::Connection;
use dialog_db::reference::{self, StreetRow};
use diesel::QueryResult;

use crate::completion::StreetIndex;
use crate::name::canonical;

/// A street proposed while typing.
#[derive(Clone, Debug, PartialEq)]
pub struct Street {
    /// Identifier in the reference data, at most 20 characters.
    pub road_ban_id: String,
    /// Name.
    pub road_name: String,
    /// Rank between 0 and 1, best first.
    pub score: f64,
    /// False for a street without a line, known by its house numbers only: it can be named, and has to be drawn.
    pub has_geometry: bool,
}

/// Streets of the commune `city_code` for `query`, as [`StreetIndex::search`] has them. Who searches again and again
/// keeps a [`Completion`](crate::completion::Completion).
///
/// # Errors
/// When the database does not answer.
pub async fn search_streets(
    connection: &mut Connection,
    city_code: &str,
    query: &str,
    limit: usize,
) -> QueryResult<Vec<Street>> {
    Ok(StreetIndex::of_commune(connection, city_code).await?.search(query, limit))
}

/// The street an order names: by identifier, else by its exact name in the commune. An identifier of another edition is
/// no obstacle as long as the name is there.
pub(crate) async fn resolve(
    connection: &mut Connection,
    city_code: &str,
    road_ban_id: Option<&str>,
    road_name: &str,
) -> QueryResult<Option<StreetRow>> {
    if let Some(id) = road_ban_id.filter(|id| !id.is_empty())
        && let Some(row) = reference::find_street(connection, id).await?
    {
        return Ok(Some(row));
    }
    let name = canonical(road_name);
    if name.is_empty() {
        return Ok(None);
    }
    reference::find_street_by_name(connection, city_code, &name).await
}
