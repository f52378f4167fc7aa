//! A text, wherever the place is: the commune at its end or its beginning, its street in what is left.

use std::collections::BTreeMap;

use dialog_db::Connection;
use dialog_db::reference::places::{self, CommuneRow};
use dialog_db::reference::{HouseNumber, find_street, house_number_places};
use dialog_geo::Coord;
use diesel::QueryResult;

use super::parse::{Query, parse};
use super::{Place, PlaceKind, communes, distance_m, nameless, of_commune, pair};
use crate::completion::Completion;
use crate::house_number::{self, latin_suffix};
use crate::name::{canonical, canonical_city, normalise};
use crate::search_cities;

/// Longest name of a commune, in words.
const CITY_WORDS: usize = 7;
/// Most communes whose streets are looked through.
const CITIES: usize = 25;
/// What is left of the score of a street whose name has the number that stands before it.
const NAMED: f64 = 0.8;
/// How much of the score of a place is how near it is, when somebody says from where.
const NEAR: f64 = 0.1;
/// Communes this near, in degrees, are those of somebody who says from where, and so many at most.
const AROUND_DEG: f64 = 0.1;
const AROUND: i32 = 10;
/// Fewer letters than this are no name to look for everywhere.
const MIN_WORD: usize = 3;

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub struct PlacesQuery<'a> {
    /// The text.
    pub text: &'a str,
    /// Only in the commune of this code.
    pub city_code: Option<&'a str>,
    /// Only in communes with this postcode.
    pub postcode: Option<&'a str>,
    /// Only places of this kind.
    pub kind: Option<PlaceKind>,
    /// Those around this longitude and latitude first.
    pub near: Option<[f64; 2]>,
    /// Whether the last word may be unfinished.
    pub is_typing: bool,
    /// How many at most.
    pub limit: usize,
}

impl PlacesQuery<'_> {
    /// How many streets are looked at: the nearest one may be far behind the best one.
    const fn candidates(&self) -> usize {
        if self.near.is_some() { 5 * self.limit } else { self.limit }
    }
}

/// What is asked, with the communes in which the text is looked for as it is.
struct Asked<'a> {
    places: PlacesQuery<'a>,
    codes: Vec<String>,
    postcode: Option<&'a str>,
}

/// A street with its score, before its place is looked up.
struct Match {
    commune: CommuneRow,
    street_id: String,
    street: String,
    score: f64,
    number: Option<HouseNumber>,
}

/// Places for a text, best first: addresses, streets and communes.
///
/// # Errors
/// When the database does not answer.
pub async fn search_places(
    connection: &mut Connection,
    completion: &Completion,
    asked: PlacesQuery<'_>,
) -> QueryResult<Vec<Place>> {
    let query = parse(asked.text);
    let postcode = asked.postcode.or(query.postcode.as_deref()).map(str::to_owned);
    let mut found = Vec::new();
    if asked.kind.is_none_or(|kind| matches!(kind, PlaceKind::HouseNumber | PlaceKind::Street))
        && !query.words.is_empty()
    {
        let place = asked.near.map(|[x, y]| Coord { x, y });
        let around = match place.filter(|_| asked.city_code.is_none()) {
            Some(place) => places::communes_near(connection, place, AROUND_DEG, AROUND).await?,
            None => Vec::new(),
        };
        let codes = asked.city_code.map(str::to_owned).into_iter().chain(around).collect();
        let asks = Asked { places: asked, codes, postcode: postcode.as_deref() };
        let mut matches = in_communes(connection, completion, &asks, &query).await?;
        if let Some(whole) = query.without_number() {
            matches.extend(in_communes(connection, completion, &asks, &whole).await?);
        }
        if matches.iter().all(|found| found.score < 0.5) && asked.city_code.is_none() && postcode.is_none() {
            matches.extend(everywhere(connection, &query, asked.candidates()).await?);
        }
        matches.sort_by(|a, b| b.score.total_cmp(&a.score).then(b.commune.population.cmp(&a.commune.population)));
        matches.truncate(2 * asked.candidates());
        for found_street in matches {
            found.extend(placed(connection, found_street, postcode.as_deref()).await?);
        }
    }
    if asked.kind.is_none_or(|kind| kind == PlaceKind::Municipality) && query.number.is_none() {
        found.extend(municipalities(connection, asked, postcode.as_deref()).await?);
    }
    found.retain(|place| asked.kind.is_none_or(|kind| place.kind == kind));
    if !asked.is_typing {
        found.retain(|place| is_finished(&query, place));
    }
    if let Some(near) = asked.near {
        for place in &mut found {
            place.score = (1.0 - NEAR) * place.score + NEAR * closeness(near, place.coordinates);
        }
    }
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.kind.cmp(&b.kind)).then_with(|| a.id.cmp(&b.id)));
    found.dedup_by(|a, b| a.id == b.id);
    found.truncate(asked.limit);
    Ok(found)
}

/// Streets of the communes that the text names, or that its postcode does.
async fn in_communes(
    connection: &mut Connection,
    completion: &Completion,
    asked: &Asked<'_>,
    query: &Query,
) -> QueryResult<Vec<Match>> {
    let Asked { places: asked, codes, postcode } = asked;
    // The name of a commune stands at the end of the text, or at its beginning; the words left are those of the street.
    let mut splits: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let count = query.words.len();
    for length in 1..=CITY_WORDS.min(count.saturating_sub(1)) {
        for (city, street) in [
            (query.words.get(count - length..), query.words.get(..count - length)),
            (query.words.get(..length), query.words.get(length..)),
        ] {
            if let (Some(city), Some(street)) = (city, street) {
                splits.entry(canonical_city(&city.join(" "))).or_default().push(street.join(" "));
            }
        }
    }
    let all = query.words.join(" ");
    let postcodes: Vec<String> = postcode.map(str::to_owned).into_iter().collect();
    let names: Vec<String> = splits.keys().cloned().collect();
    let known = places::communes_named(connection, codes, &names, &postcodes).await?;
    let fits = |commune: &CommuneRow| {
        asked.city_code.is_none_or(|code| commune.insee == code)
            && postcode.is_none_or(|postcode| commune.postcodes.iter().any(|known| known == postcode))
    };
    let mut matches = Vec::new();
    for commune in known.into_iter().filter(|commune| commune.has_streets && fits(commune)).take(CITIES) {
        let index = match completion.known(&commune.insee) {
            Some(index) => index,
            None => completion.read(connection, &commune.insee).await?,
        };
        let mut texts: Vec<(String, f64)> =
            splits.get(&commune.norm_name).into_iter().flatten().map(|street| (street.clone(), 1.0)).collect();
        // The text may name no commune, when its code, its postcode or a place does.
        if codes.contains(&commune.insee) || postcode.is_some() {
            texts.push((all.clone(), 0.97));
        }
        for (text, weight) in texts {
            for street in index.search(&text, asked.candidates()) {
                // The number is that of the street: `8 mai 1945`, not the 8 of a street of that name.
                let is_named = query.number.as_ref().is_some_and(|number| {
                    normalise(&street.road_name).split(' ').any(|word| word == number.number.to_string())
                });
                matches.push(Match {
                    commune: commune.clone(),
                    score: if is_named { NAMED } else { 1.0 } * weight * street.score,
                    street_id: street.road_ban_id,
                    street: street.road_name,
                    number: query.number.clone(),
                });
            }
        }
    }
    Ok(matches)
}

/// Streets of any commune by the whole text.
async fn everywhere(connection: &mut Connection, query: &Query, limit: usize) -> QueryResult<Vec<Match>> {
    let phrase = canonical(&query.words.join(" "));
    let mut words: Vec<String> = phrase.split(' ').map(str::to_owned).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    if words.first().is_none_or(|word| word.chars().count() < MIN_WORD) {
        return Ok(Vec::new());
    }
    let rows = places::streets_named(connection, &phrase, &words, i32::try_from(limit).unwrap_or(i32::MAX)).await?;
    let codes: Vec<String> = rows.iter().map(|(_, _, insee, _)| insee.clone()).collect();
    let known = communes(connection, codes).await?;
    let commune = |insee: &str| known.iter().find(|commune| commune.insee == insee).cloned();
    let matches = rows.into_iter().map(|(street_id, street, insee, score)| Match {
        commune: commune(&insee).unwrap_or_else(|| nameless(&insee)),
        street_id,
        street,
        // Somebody who leaves the commune out may mean another one.
        score: 0.8 * score,
        number: query.number.clone(),
    });
    Ok(matches.collect())
}

/// Where a street is, or its house number when there is one.
async fn placed(connection: &mut Connection, found: Match, postcode: Option<&str>) -> QueryResult<Option<Place>> {
    let Some(row) = find_street(connection, &found.street_id).await? else { return Ok(None) };
    let street = Place {
        id: found.street_id.clone(),
        street: Some(found.street),
        score: found.score,
        ..of_commune(PlaceKind::Street, &found.commune, postcode)
    };
    if let Some(number) = &found.number {
        let places = house_number_places(connection, row.edition_id, &row.street_id, number.number).await?;
        let with = |suffix: &str| places.iter().find(|(known, _)| known == suffix);
        let exact = with(&number.suffix).or_else(|| with(latin_suffix(&number.suffix)?));
        if let Some((suffix, place)) = exact {
            let label = house_number::label(&HouseNumber { number: number.number, suffix: suffix.clone() });
            return Ok(Some(Place {
                kind: PlaceKind::HouseNumber,
                id: format!("{}_{label}", street.id),
                house_number: Some(label),
                coordinates: pair(*place),
                ..street
            }));
        }
    }
    let place = match places::place_of_street(connection, row.edition_id, &row.street_id).await? {
        Some(place) => Some(place),
        // Known by its house numbers only.
        None => places::place_of_house_numbers(connection, row.edition_id, &row.street_id).await?,
    };
    // The street is no full answer to somebody who gave a number.
    let score = if found.number.is_some() { 0.8 * street.score } else { street.score };
    Ok(place.map(|place| Place { coordinates: pair(place), score, ..street }))
}

/// Whether the last word of the text is a word of the place, and not only the beginning of one.
fn is_finished(query: &Query, place: &Place) -> bool {
    let Some(last) = query.words.last().map(|word| canonical(word)) else { return true };
    let label = canonical(&place.label());
    let mut words = label.split(' ');
    words.clone().any(|word| word == last) || !words.any(|word| word.starts_with(&last))
}

/// 1 on the spot, and less the further: a third at ten kilometres.
fn closeness(from: [f64; 2], to: [f64; 2]) -> f64 {
    (-distance_m(from, to) / 10_000.0).exp()
}

async fn municipalities(
    connection: &mut Connection,
    asked: PlacesQuery<'_>,
    postcode: Option<&str>,
) -> QueryResult<Vec<Place>> {
    let cities = search_cities(connection, asked.text, asked.limit).await?;
    let codes = cities.iter().map(|city| city.code.clone()).collect();
    let known = communes(connection, codes).await?;
    let mut found = Vec::new();
    for city in cities {
        let Some(commune) = known.iter().find(|commune| commune.insee == city.code) else { continue };
        let fits = asked.city_code.is_none_or(|code| commune.insee == code)
            && postcode.is_none_or(|postcode| commune.postcodes.iter().any(|known| known == postcode));
        if !fits {
            continue;
        }
        if let Some(place) = places::place_of_commune(connection, &commune.insee).await? {
            found.push(Place {
                coordinates: pair(place),
                score: city.score,
                former_city: city.former,
                ..of_commune(PlaceKind::Municipality, commune, postcode)
            });
        }
    }
    Ok(found)
}
