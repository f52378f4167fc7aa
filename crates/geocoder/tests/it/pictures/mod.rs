//! Pictures of ten hard sections of the demonstration town: those of `docs/sections.md`, which are what the code draws
//! today. `DRAW_SECTIONS=1` writes them again.

mod draw;

use std::fs;
use std::path::{Path, PathBuf};

use dialog_domain::{Geometry, LocationDescription, RoadSide, StreetBound};
use dialog_geocoder::locate::{Detailed, locate_in_detail};
use dialog_geocoder::{Sources, search_streets};
use dialog_test_support::TestDatabase;
use diesel_async::SimpleAsyncConnection;
use geojson::GeometryValue;

use crate::limit::next_commune;
use crate::roads::{bound, road};
use crate::support::{TOWN, crossing, line, number, section};
use draw::{Picture, draw};

/// A section to draw: the name of its file, its title, what is asked, what its bounds are called.
struct Section {
    file: &'static str,
    title: &'static str,
    asked: LocationDescription,
    bounds: [&'static str; 2],
}

fn hard_section(
    file: &'static str,
    title: &'static str,
    asked: LocationDescription,
    bounds: [&'static str; 2],
) -> Section {
    Section { file, title, asked, bounds }
}

async fn sections(database: &TestDatabase) -> Vec<Section> {
    let street = |name: &str, from, to| section(TOWN, name, from, to);
    let at = |name: &str| crossing(name, None);
    let d31 = road("Démonstration", "D31", bound("1", RoadSide::U, 700), bound("3", RoadSide::U, 250));
    let square = r#"{"type":"Polygon","coordinates":[[[2.1786,47.5592],[2.1814,47.5592],[2.1814,47.5608],[2.1786,47.5608],[2.1786,47.5592]]]}"#;
    let roundabout = LocationDescription::Zone {
        label: "Place de la Mairie".to_owned(),
        geometry: Geometry::from_text(square).expect("a polygon"),
    };
    // A point of the map a few metres beside rue des Tanneurs, somewhere in the middle of it.
    let whole = detail(database, &street("Rue des Tanneurs", at("Rue Saint-Martin"), at("Rue des Carmes"))).await;
    let middle = line(&whole.located.found);
    let (first, last) = (middle[0], middle[middle.len() - 1]);
    let point = StreetBound::Point { coordinates: [first[0] + (last[0] - first[0]) * 0.3, first[1] + 0.000_05] };
    vec![
        hard_section(
            "loop",
            "Une boucle : les deux sens de parcours sont proposés",
            street("Allée des Tilleuls", number("9"), number("27")),
            ["A", "B"],
        ),
        hard_section(
            "dual-carriageway",
            "Deux chaussées : la section porte sur l'une et sur l'autre",
            street("Boulevard de l'Europe", at("Rue des Écoles"), at("Rue Pasteur")),
            ["A · rue des Écoles", "B · rue Pasteur"],
        ),
        hard_section(
            "bridge",
            "Un pont : la rue passée dessous n'est pas un croisement",
            street("Rue du Viaduc", at("Rue du Marché"), at("Rue des Tanneurs")),
            ["A · rue du Marché", "B · rue des Tanneurs"],
        ),
        hard_section(
            "gap",
            "Une coupure de 45 m, franchie en ligne droite",
            street("Rue du Moulin", at("Rue des Lilas"), at("Rue des Acacias")),
            ["A · rue des Lilas", "B · rue des Acacias"],
        ),
        hard_section(
            "several-crossings",
            "Deux voies qui se croisent trois fois : le croisement le plus proche de l'autre point, ou celui qu'on choisit",
            street("Quai de la Bionne", at("Rue du Viaduc"), at("Rue Victor-Hugo")),
            ["A · rue du Viaduc", "B · rue Victor-Hugo"],
        ),
        hard_section(
            "reference-points",
            "Une départementale du PR 1+700 au PR 3+250",
            d31,
            ["A · PR 1+700", "B · PR 3+250"],
        ),
        hard_section(
            "commune-limit",
            "Jusqu'à la limite de la commune",
            street("Rue Haute", at("Rue des Carmes"), at("Limite de commune")),
            ["A · rue des Carmes", "B · limite de commune"],
        ),
        hard_section(
            "interpolated-number",
            "Un numéro qui n'existe pas, placé entre ses voisins",
            street("Rue des Lilas", number("3"), number("41")),
            ["A · n° 3", "B · n° 41"],
        ),
        hard_section(
            "point-on-the-line",
            "D'un point de la carte, ramené sur la voie, à un croisement",
            street("Rue des Tanneurs", point, at("Rue des Carmes")),
            ["A · point", "B · rue des Carmes"],
        ),
        hard_section("zone", "Une zone autour d'un rond-point, coupée à ses bords", roundabout, ["", ""]),
    ]
}

async fn detail(database: &TestDatabase, asked: &LocationDescription) -> Detailed {
    let found = locate_in_detail(&mut database.connection().await, asked, &Sources::default()).await;
    found.unwrap_or_else(|error| panic!("{asked:?}: {error}"))
}

/// Ends of the first line of what was found.
fn ends(found: &Detailed) -> [[f64; 2]; 2] {
    let first = match &found.located.found.geometry.0.value {
        GeometryValue::LineString { coordinates } => coordinates,
        GeometryValue::MultiLineString { coordinates } => &coordinates[0],
        other => panic!("{}", other.type_name()),
    };
    [&first[0], &first[first.len() - 1]].map(|place| [place[0], place[1]])
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/sections")
}

#[tokio::test]
async fn pictures_are_what_the_code_draws_today() {
    let database = TestDatabase::with_town().await;
    next_commune(&database).await;
    let lilas = search_streets(&mut database.connection().await, TOWN, "Rue des Lilas", 1).await.expect("streets");
    let fewer = format!("DELETE FROM reference.addresses WHERE street_id = '{}' AND number = 41", lilas[0].road_ban_id);
    database.connection().await.batch_execute(&fewer).await.expect("a house less");
    let writes = std::env::var_os("DRAW_SECTIONS").is_some();
    let page = fs::read_to_string(folder().join("../sections.md")).expect("the page of the pictures");
    for Section { file, title, asked, bounds } in sections(&database).await {
        let found = detail(&database, &asked).await;
        let outline = match &asked {
            LocationDescription::Zone { geometry, .. } => Some(geometry),
            _ => None,
        };
        let named = bounds.iter().zip(ends(&found)).filter(|(name, _)| !name.is_empty());
        let picture = Picture {
            title,
            found: &found.located.found,
            others: &found.others,
            outline,
            bounds: named.map(|(name, place)| ((*name).to_owned(), place)).collect(),
            candidates: found
                .bounds
                .iter()
                .flat_map(|bound| bound.candidates.iter().map(|crossing| crossing.coordinates))
                .collect(),
        };
        let drawn = draw(&database, &picture).await;
        let path = folder().join(format!("{file}.svg"));
        if writes {
            fs::create_dir_all(folder()).expect("the folder of the pictures");
            fs::write(&path, &drawn).expect("a picture");
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == drawn, "{file}.svg is not what the code draws: look at it, then run with DRAW_SECTIONS=1");
        assert!(page.contains(&format!("(sections/{file}.svg)")), "docs/sections.md does not show {file}.svg");
    }
}
