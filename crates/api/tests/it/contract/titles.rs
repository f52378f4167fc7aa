//! The sentences of broken rules, provoked one by one over HTTP: API sheet §5.2, row by row, with the path of each.

use dialog_test_support::{TestApp, TestResponse};
use reqwest::multipart::Form;
use serde_json::{Value, json};

use crate::documents::sending::{form_of, pdf, pdf_of, post};
use crate::orders::bodies::{create_by_client, regulation};

const EMPTY: &str = "Cette valeur ne doit pas être vide.";
const CHOICE: &str = "Cette valeur doit être l'un des choix proposés.";
const ONE_SECTION: &str = "Un seul type de localisation doit être renseigné (voie nommée, route départementale, route nationale \
    ou GeoJSON brut).";
const GEOMETRY: &str = "Cette valeur doit être une géométrie GeoJSON valide (LineString, Polygon, etc).";

/// What is changed in a body that is right, then the path and the title of the answer.
type Row = (Vec<(String, Value)>, &'static str, &'static str);

#[tokio::test]
async fn every_title_of_the_contract_is_said_of_its_path() {
    let app = TestApp::start().await;
    let client = app.api_client();
    create_by_client(&client, "PRIS", "draft").await;
    let long = |length: usize| json!("x".repeat(length));
    let numbered = || {
        json!({ "roadType": "departmentalRoad", "departmentalRoad": {
            "administrator": "Ardennes", "roadNumber": "D1", "toPointNumber": "2", "fromSide": "U", "toSide": "U" } })
    };
    let street = "/measures/0/locations/0/namedStreet";
    let at_street = |field: &str| format!("{street}/{field}");
    let drawing =
        |geometry: &str| json!({ "roadType": "rawGeoJSON", "rawGeoJSON": { "label": "A", "geometry": geometry } });
    let measure = |field: &str| format!("/measures/0/{field}");
    let vehicles = |field: &str| format!("/measures/0/vehicleSet/{field}");
    let period = |field: &str| format!("/measures/0/periods/0/{field}");
    let rows: Vec<Row> = vec![
        (vec![("/title".into(), json!(""))], "generalInfo.title", EMPTY),
        (vec![("/identifier".into(), Value::Null)], "generalInfo.identifier", EMPTY),
        (vec![("/measures".into(), Value::Null)], "measureDtos", EMPTY),
        (vec![("/status".into(), Value::Null)], "status", "Cette valeur ne doit pas être nulle."),
        (vec![(measure("maxSpeed"), json!("50"))], "measures[0].maxSpeed", "Cette valeur doit être de type int."),
        (vec![("/category".into(), json!("autre"))], "generalInfo.category", CHOICE),
        (vec![("/subject".into(), json!("autre"))], "generalInfo.subject", CHOICE),
        (
            vec![(vehicles("restrictedTypes"), json!(["camion"]))],
            "vehicleSet.restrictedTypes",
            "Une ou plusieurs des valeurs soumises sont invalides.",
        ),
        (
            vec![("/title".into(), long(256))],
            "generalInfo.title",
            "Cette chaîne est trop longue. Elle doit avoir au maximum 255 caractères.",
        ),
        (
            vec![("/identifier".into(), long(61))],
            "generalInfo.identifier",
            "Cette chaîne est trop longue. Elle doit avoir au maximum 60 caractères.",
        ),
        (
            vec![(at_street("cityCode"), json!("0001"))],
            "locations[0].namedStreet.cityCode",
            "Cette chaîne doit avoir exactement 5 caractères.",
        ),
        (vec![("/measures".into(), json!([]))], "measureDtos", "Cette collection doit contenir 1 élément ou plus."),
        (
            vec![(measure("type"), json!("speedLimitation")), (measure("maxSpeed"), json!(0))],
            "maxSpeed",
            "Cette valeur doit être strictement positive.",
        ),
        (
            vec![(vehicles("heavyweightMaxWeight"), json!(-1))],
            "vehicleSet.heavyweightMaxWeight",
            "Cette valeur doit être supérieure ou égale à zéro.",
        ),
        (
            vec![(measure("type"), json!("speedLimitation")), (measure("maxSpeed"), json!(131))],
            "maxSpeed",
            "Cette valeur doit être inférieure ou égale à 130.",
        ),
        (
            vec![("/identifier".into(), json!("PRIS"))],
            "generalInfo.identifier",
            "Un arrêté avec l'identifiant \"PRIS\" existe déjà. Veuillez saisir un autre identifiant.",
        ),
        (vec![(measure("periods"), json!([]))], "periods", "Veuillez définir au moins une période d'application."),
        (
            vec![(period("endDate"), json!("2030-11-01T23:00:00Z"))],
            "periods[0].endDate",
            "La date de fin doit être supérieure à la date de début.",
        ),
        (
            vec![
                (period("endDate"), json!("2030-11-30T23:00:00Z")),
                (period("startTime"), json!("2030-11-30T09:00:00Z")),
                (period("endTime"), json!("2030-11-30T08:00:00Z")),
            ],
            "periods[0].endTime",
            "L'heure de fin doit être supérieure à l'heure de début.",
        ),
        (
            vec![(vehicles("restrictedTypes"), json!([]))],
            "vehicleSet.restrictedTypes",
            "Veuillez spécifier un ou plusieurs véhicules concernés.",
        ),
        (
            vec![(vehicles("restrictedTypes"), json!(["dimensions"]))],
            "vehicleSet.restrictedTypes",
            "Veuillez spécifier le gabarit des véhicules concernés.",
        ),
        (
            vec![(at_street("cityCode"), Value::Null)],
            "locations[0].namedStreet.cityCode",
            "Veuillez choisir une ville ou un code postal parmi la liste.",
        ),
        (
            vec![(measure("locations/0"), numbered())],
            "locations[0].departmentalRoad.fromPointNumber",
            "Veuillez choisir un PR parmi la liste.",
        ),
        (vec![(measure("locations/0/rawGeoJSON"), json!({ "label": "A" }))], "locations[0]", ONE_SECTION),
        (
            vec![(measure("locations/0/roadType"), json!("departmentalRoad"))],
            "locations[0].roadType",
            "La section de localisation doit correspondre à la valeur de type de voie (roadType).",
        ),
        (vec![(measure("locations/0"), drawing("nulle part"))], "locations[0].rawGeoJSON.geometry", GEOMETRY),
    ];
    for (changes, path, title) in rows {
        let mut body = regulation("LIBRE", "draft");
        for (pointer, value) in &changes {
            write(&mut body, pointer, value.clone());
        }
        said(client.post("/api/regulations", &body).await, path, title, &format!("{changes:?}"));
    }
    client.get("/api/regulations/LIBRE").await.problem(404, "not_found");
}

#[tokio::test]
async fn every_title_of_the_official_document_is_said_of_its_path() {
    let app = TestApp::start().await;
    let client = app.api_client();
    create_by_client(&client, "A1", "draft").await;
    let text = |pairs: &[(&'static str, &'static str)]| {
        pairs.iter().fold(Form::new(), |form, (name, value)| form.text(*name, *value))
    };
    let link = |url: &'static str| text(&[("url", url), ("title", "Arrêté")]);
    let both = form_of("a.pdf", pdf("x")).text("url", "https://example.fr").text("title", "Arrêté");
    for (form, path, title) in [
        (text(&[("title", "Arrêté")]), "", "Veuillez fournir soit un fichier, soit une URL."),
        (both, "", "Veuillez fournir soit un fichier, soit une URL, mais pas les deux."),
        (link("ville/a.pdf"), "url", "Cette valeur n'est pas une URL valide."),
        (link("https://localhost/a"), "url", "Cette URL doit contenir un domaine de premier niveau."),
        (
            form_of("a.pdf", pdf_of(5_200_000)),
            "file",
            "Le fichier est trop volumineux (5.2 MB). Sa taille ne doit pas dépasser 5 MB.",
        ),
        (
            form_of("a.png", b"\x89PNG\r\n\x1a\n".to_vec()),
            "file",
            "L'extension du fichier est invalide (png). Les extensions autorisées sont pdf, jpg, docx, odt.",
        ),
        (
            form_of("a.pdf", b"<html></html>".to_vec()),
            "file",
            "Le type du fichier est invalide (text/html). Les types autorisés sont application/pdf.",
        ),
    ] {
        said(post(&client, "A1", form).await, path, title, title);
    }
}

/// One of the violations of a refusal has this path and this title, to the letter; that of a geometry goes on.
fn said(answer: TestResponse, path: &str, title: &str, what: &str) {
    let violations = answer.problem(422, "validation_failed").violations.unwrap();
    let is_said = violations.iter().any(|one| {
        let is_title = if title == GEOMETRY { one.title.starts_with(title) } else { one.title == title };
        one.property_path == path && is_title
    });
    let told: Vec<_> = violations.iter().map(|one| (&one.property_path, &one.title)).collect();
    assert!(is_said, "{what}: {told:?}");
}

/// Writes a value into a body; `/a/0/b`, whose last member may be new.
fn write(body: &mut Value, pointer: &str, value: Value) {
    let (parent, member) = pointer.rsplit_once('/').expect("a pointer");
    match body.pointer_mut(parent).expect("a place in the body") {
        Value::Array(items) => items[member.parse::<usize>().expect("a rank")] = value,
        object => object[member] = value,
    }
}
