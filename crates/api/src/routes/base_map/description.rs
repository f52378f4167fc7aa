use std::collections::BTreeMap;

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use dialog_api_types::map::{BaseMap, BaseMapLayer};
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_geocoder::Edition;

use super::{MAX_ZOOM, TILES};
use crate::app::AppState;
use crate::problem::Problem;

/// Credits change with the editions.
const CACHE: &str = "public, max-age=300";

/// The base map, as TileJSON 3.0: where its tiles are, and whom they are owed to.
#[utoipa::path(
    get,
    path = "/api/map/base.json",
    operation_id = "get_base_map",
    tag = "Map",
    responses(
        (status = 200, description = "TileJSON", body = BaseMap),
        (status = 429, description = "Too many requests", body = ProblemBody),
        (status = 503, description = "PostgreSQL is down", body = ProblemBody),
    ),
    security(()),
)]
pub async fn get_base_map(state: web::Data<AppState>) -> Result<HttpResponse, Problem> {
    let mut connection = state.connection().await?;
    let editions = dialog_geocoder::editions(&mut connection).await?;
    let base_url = state.config.base_url.as_str().trim_end_matches('/');
    let layer = |id: &str, fields: &[(&str, &str)]| BaseMapLayer {
        id: id.to_owned(),
        fields: fields.iter().map(|(name, kind)| ((*name).to_owned(), (*kind).to_owned())).collect(),
    };
    let body = BaseMap {
        tilejson: "3.0.0".to_owned(),
        name: "Fond de carte DiaLog".to_owned(),
        attribution: credits(&editions),
        tiles: vec![format!("{base_url}{TILES}")],
        minzoom: 0,
        maxzoom: MAX_ZOOM,
        vector_layers: vec![
            layer(
                "roads",
                &[
                    ("class", "String"),
                    ("name", "String"),
                    ("number", "String"),
                    ("level", "Number"),
                    ("oneway", "Boolean"),
                ],
            ),
            layer("communes", &[("code", "String"), ("name", "String")]),
        ],
    };
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, CACHE)).json(body))
}

/// One credit per source of the lines on show, with the date of its latest edition: the licences ask for both.
fn credits(editions: &[Edition]) -> String {
    let mut latest: BTreeMap<&str, NaiveDate> = BTreeMap::new();
    for edition in editions.iter().filter(|edition| edition.segments > 0) {
        let date = latest.entry(&edition.source).or_insert(edition.dated);
        *date = edition.dated.max(*date);
    }
    let credits: Vec<String> = latest.into_iter().map(|(source, date)| credit(source, date)).collect();
    credits.join(" | ")
}

fn credit(source: &str, date: NaiveDate) -> String {
    let date = date.format("%d/%m/%Y");
    match source {
        "osm" => format!(
            "© les contributeurs d’<a href=\"https://www.openstreetmap.org/copyright\">OpenStreetMap</a>, {date} (ODbL)"
        ),
        "bdtopo" => format!("© IGN, BD TOPO, {date} (Licence Ouverte)"),
        "ban" => format!("Base Adresse Nationale, {date} (Licence Ouverte)"),
        "town" => "Ville de démonstration : rues inventées".to_owned(),
        // A source is a word of letters, digits and hyphens: nothing to escape.
        other => format!("{other}, {date}"),
    }
}
