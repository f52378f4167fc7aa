//! Communes by name or postcode.

use dialog_db::Connection;
use dialog_db::reference::{Commune, search_communes, search_communes_loosely};
use diesel::QueryResult;

use crate::name::{canonical_city, normalise};

/// A commune proposed while typing.
#[derive(Clone, Debug, PartialEq)]
pub struct City {
    /// INSEE code; for Paris, Lyon and Marseille, of an arrondissement.
    pub code: String,
    /// Name with its postcode: `Saint-Martin-d'Hères (38400)`.
    pub label: String,
    /// Name alone: `Paris 4e`.
    pub name: String,
    /// Every postcode.
    pub postcodes: Vec<String>,
    /// Rank between 0 and 1, best first.
    pub score: f64,
    /// Code and name of the former commune that was found, when it is a part of this one.
    pub former: Option<(String, String)>,
    /// Whether its streets are loaded.
    pub has_streets: bool,
}

/// From this many characters on a text is worth completing: before, thousands of communes begin so.
const WORTH_COMPLETING: usize = 3;

/// Communes for `query`: words of the name in any order, each as far as it is typed, or a postcode; best and largest
/// first. Below three characters only whole names: `Y`, `Eu`. Paris, Lyon and Marseille answer as their arrondissements, and a former commune
/// as the one it belongs to now.
///
/// # Errors
/// When the database does not answer.
pub async fn search_cities(connection: &mut Connection, query: &str, limit: usize) -> QueryResult<Vec<City>> {
    let typed = normalise(query);
    if typed.is_empty() {
        return Ok(Vec::new());
    }
    let expanded = canonical_city(query);
    // Rows that lead to the same commune are folded below: ask for some more.
    let rows = i32::try_from(limit.saturating_mul(3)).unwrap_or(i32::MAX);
    let mut found = search_communes(connection, &typed, &words(&typed), rows).await?;
    if expanded != typed {
        found.extend(search_communes(connection, &expanded, &words(&expanded), rows).await?);
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.insee.cmp(&b.insee)));
    }
    if found.is_empty() && typed.chars().count() >= WORTH_COMPLETING {
        found = search_communes_loosely(connection, &expanded, rows).await?;
    }
    if typed.chars().count() < WORTH_COMPLETING {
        found.retain(|commune| canonical_city(&commune.name) == expanded);
    }
    let words = words(&typed);
    let mut cities: Vec<City> = Vec::new();
    for commune in found {
        if cities.len() < limit && cities.iter().all(|city| city.code != commune.insee) {
            cities.push(city(commune, &words));
        }
    }
    Ok(cities)
}

/// The words of a text, longest first.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words
}

fn city(commune: Commune, words: &[String]) -> City {
    let name = short_name(&commune.name);
    // The postcode that was typed, when there are several.
    let postcode = commune
        .postcodes
        .iter()
        .find(|postcode| words.iter().any(|word| word.len() >= 2 && postcode.starts_with(word.as_str())))
        .or(commune.postcodes.first());
    let shown = match &commune.former_name {
        Some(former) => format!("{former} – {name}"),
        None => name.clone(),
    };
    let label = match postcode {
        Some(postcode) => format!("{shown} ({postcode})"),
        None => shown,
    };
    City {
        code: commune.insee,
        label,
        name,
        postcodes: commune.postcodes,
        score: commune.score.clamp(0.0, 1.0),
        former: commune.former_code.zip(commune.former_name),
        has_streets: commune.has_streets,
    }
}

/// `Paris 4e Arrondissement` is said `Paris 4e`.
fn short_name(name: &str) -> String {
    name.strip_suffix(" Arrondissement").unwrap_or(name).to_owned()
}
