//! Streets of a commune by name.

use dialog_db::Connection;
use dialog_db::reference::{self, StreetMatch, StreetRow, StreetSearch};
use diesel::QueryResult;

use crate::name::{canonical, normalise};

/// A street proposed while typing.
#[derive(Clone, Debug, PartialEq)]
pub struct Street {
    /// Identifier in the reference data, at most 20 characters.
    pub road_ban_id: String,
    /// Name.
    pub road_name: String,
    /// Rank between 0 and 1, best first.
    pub score: f64,
}

/// Share of the best score below which a resemblance is not worth showing.
const WORTH_SHOWING: f64 = 0.75;

/// Streets of the commune `city_code` for `query`: the exact name first, then names that begin so, then names with the
/// typed words in any place, abbreviated or not; when there is none, names that look alike. Nothing below two
/// characters.
///
/// # Errors
/// When the database does not answer.
pub async fn search_streets(
    connection: &mut Connection,
    city_code: &str,
    query: &str,
    limit: usize,
) -> QueryResult<Vec<Street>> {
    let (typed, expanded) = (normalise(query), canonical(query));
    if typed.chars().count() < 2 {
        return Ok(Vec::new());
    }
    let search = StreetSearch {
        insee: city_code,
        typed: &typed,
        expanded: &expanded,
        limit: i32::try_from(limit).unwrap_or(i32::MAX),
    };
    let mut found = reference::search_streets(connection, search).await?;
    if found.is_empty() {
        found = reference::search_streets_loosely(connection, search).await?;
        let best = found.first().map_or(0.0, |street| street.score);
        found.retain(|street| street.score >= WORTH_SHOWING * best);
    }
    Ok(found.into_iter().map(street).collect())
}

fn street(row: StreetMatch) -> Street {
    Street { road_ban_id: row.street_id, road_name: row.name, score: row.score.clamp(0.0, 1.0) }
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
