//! What the lists of the integrators' contract have in common: sorts, cursors, links to other pages.

use actix_web::http::header::{HeaderName, LINK};
use chrono::DateTime;
use dialog_db::listings::{Position, Sort, SortKey};
use dialog_db::orders::Order;
use dialog_domain::OrderId;
use uuid::Uuid;

use super::parameters::{Parameters, invalid};
use crate::contract::date_time;
use crate::problem::Problem;

/// Reads `sort`: one of these words, the first by default; a `-` before it is the greatest first.
///
/// # Errors
/// 400 for any other word.
pub fn sort(parameters: &Parameters, words: &[(&str, SortKey)]) -> Result<Sort, Problem> {
    let default = words.first().map_or(SortKey::Creation, |(_, key)| *key);
    let Some(text) = parameters.get("sort").filter(|text| !text.is_empty()) else {
        return Ok(Sort { key: default, is_descending: false });
    };
    let (word, is_descending) = text.strip_prefix('-').map_or((text, false), |word| (word, true));
    let key = words.iter().find(|(known, _)| *known == word).map(|(_, key)| *key).ok_or_else(|| invalid("sort"))?;
    Ok(Sort { key, is_descending })
}

/// Where a list goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cursor {
    /// None was sent.
    Absent,
    /// An empty one: from the beginning.
    Beginning,
    /// After this place.
    After(Position),
}

/// Reads `cursor`.
///
/// # Errors
/// 400 for one that we did not write, or wrote for another sort.
pub fn cursor(parameters: &Parameters, sort: Sort) -> Result<Cursor, Problem> {
    let Some(text) = parameters.get("cursor") else { return Ok(Cursor::Absent) };
    let has_cursors = matches!(sort.key, SortKey::Creation | SortKey::Change);
    match (text, read_position(text)) {
        ("", _) if has_cursors => Ok(Cursor::Beginning),
        (_, Some(position)) if position.is_by(sort.key) => Ok(Cursor::After(position)),
        _ => Err(invalid("cursor")),
    }
}

/// The cursor of what follows a page: none after the last order, or where orders are sorted by something else.
#[must_use]
pub fn next_cursor(orders: &[Order], limit: i64, sort: Sort) -> Option<String> {
    let is_full = i64::try_from(orders.len()).is_ok_and(|length| length >= limit);
    let last = orders.last().filter(|_| is_full)?;
    match sort.key {
        SortKey::Creation => Some(write_position(Position::Creation(last.id))),
        SortKey::Change => Some(write_position(Position::Change(last.updated_at, last.id))),
        SortKey::Start | SortKey::Identifier | SortKey::Source | SortKey::Status => None,
    }
}

fn write_position(position: Position) -> String {
    match position {
        Position::Creation(order) => format!("c{}", order.0.simple()),
        Position::Change(at, order) => format!("u{}-{}", at.timestamp_micros(), order.0.simple()),
    }
}

fn read_position(text: &str) -> Option<Position> {
    if let Some(uuid) = text.strip_prefix('c') {
        return Some(Position::Creation(OrderId(Uuid::parse_str(uuid).ok()?)));
    }
    let (at, uuid) = text.strip_prefix('u')?.rsplit_once('-')?;
    let at = DateTime::from_timestamp_micros(at.parse().ok()?)?;
    Some(Position::Change(at, OrderId(Uuid::parse_str(uuid).ok()?)))
}

/// The `Link` header of a page: where to find others of the same list, each with its relation and its own value of one
/// parameter.
#[must_use]
pub fn links(address: &str, parameters: &Parameters, pages: &[(&str, &str, String)]) -> Option<(HeaderName, String)> {
    let links: Vec<String> = pages
        .iter()
        .map(|(relation, name, value)| format!("<{address}?{}>; rel=\"{relation}\"", parameters.with(name, value)))
        .collect();
    (!links.is_empty()).then(|| (LINK, links.join(", ")))
}

/// A word of an enumeration, as it is written in JSON; `None` when it was not sent.
///
/// # Errors
/// 400 for any other word.
pub fn word<T: serde::de::DeserializeOwned>(parameters: &Parameters, name: &str) -> Result<Option<T>, Problem> {
    let Some(text) = parameters.get(name) else { return Ok(None) };
    serde_json::from_value(serde_json::Value::from(text)).map(Some).map_err(|_| invalid(name))
}

/// A date or a date-time; `None` when it was not sent.
///
/// # Errors
/// 400 for anything else, nothing included.
pub fn moment(parameters: &Parameters, name: &str) -> Result<Option<DateTime<chrono::Utc>>, Problem> {
    let Some(text) = parameters.get(name) else { return Ok(None) };
    date_time::read_moment(text).map(Some).ok_or_else(|| invalid(name))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    const WORDS: [(&str, SortKey); 3] =
        [("uuid", SortKey::Creation), ("startDate", SortKey::Start), ("updatedAt", SortKey::Change)];

    fn parameters(query: &str) -> Parameters {
        Parameters::of(&TestRequest::with_uri(&format!("/?{query}")).to_http_request())
    }

    #[test]
    fn sorts_have_a_word_and_a_direction() {
        let read = |query: &str| sort(&parameters(query), &WORDS).ok();
        assert_eq!(read(""), Some(Sort { key: SortKey::Creation, is_descending: false }));
        assert_eq!(read("sort=-updatedAt"), Some(Sort { key: SortKey::Change, is_descending: true }));
        for query in ["sort=title", "sort=--uuid", "sort=-"] {
            assert_eq!(read(query), None, "{query}");
        }
    }

    #[test]
    fn cursors_are_read_back_for_the_sort_they_were_written_for() {
        let order = OrderId(Uuid::from_u128(7));
        let at = DateTime::from_timestamp_micros(-5).unwrap();
        for (position, key, other) in [
            (Position::Creation(order), SortKey::Creation, SortKey::Change),
            (Position::Change(at, order), SortKey::Change, SortKey::Creation),
        ] {
            let query = parameters(&format!("cursor={}", write_position(position)));
            let read = |key| cursor(&query, Sort { key, is_descending: true }).ok();
            assert_eq!(read(key), Some(Cursor::After(position)));
            assert_eq!((read(other), read(SortKey::Start)), (None, None));
        }
        let by = |key| Sort { key, is_descending: false };
        assert_eq!(cursor(&parameters(""), by(SortKey::Start)).ok(), Some(Cursor::Absent));
        assert_eq!(cursor(&parameters("cursor="), by(SortKey::Change)).ok(), Some(Cursor::Beginning));
        for text in ["x", "c", "c7", "u1", "u-x", "u99999999999999999999-0"] {
            assert!(cursor(&parameters(&format!("cursor={text}")), by(SortKey::Creation)).is_err(), "{text}");
        }
    }

    #[test]
    fn links_name_the_same_list() {
        let pages = [("next", "page", "3".to_owned()), ("prev", "page", "1".to_owned())];
        let (_, text) = links("https://d/api", &parameters("page=2&a=b"), &pages).unwrap();
        assert_eq!(text, "<https://d/api?a=b&page=3>; rel=\"next\", <https://d/api?a=b&page=1>; rel=\"prev\"");
        assert_eq!(links("https://d/api", &parameters(""), &[]), None);
    }
}
