use dialog_test_support::{TestApp, TestCaller};
use serde_json::{Value, json};

use super::bodies::{FAR_AWAY, IN_TOWN, RECORDS, create_draft, drawn, form, form_measure, regulation, street_section};

fn with_location(location: Value) -> Value {
    let mut body = regulation("A1", "published");
    body["measures"][0]["locations"] = json!([location]);
    body
}

fn street(changes: &[(&str, Value)]) -> Value {
    let mut location = regulation("A1", "draft")["measures"][0]["locations"][0].clone();
    for (field, value) in changes {
        location["namedStreet"][*field] = value.clone();
    }
    location
}

async fn nothing_is_stored(client: &TestCaller) {
    client.get("/api/regulations/A1").await.problem(404, "not_found");
}

#[tokio::test]
async fn places_that_cannot_be_found_are_400_with_the_sentence_of_the_contract() {
    let app = TestApp::start().await;
    let client = app.api_client();
    let address = "Cette adresse n’est pas reconnue. Vérifier le nom de la voie, et les numéros de début et fin.";
    let section = "La géolocalisation de la voie entre ces points a échoué. Veuillez vérifier que ces points existent \
         et appartiennent bien à une même chaussée.";
    let crossing =
        "Les deux rues spécifiées ne sont pas en intersection. Veuillez vérifier que les rues se croisent bien.";
    let perimeter = "L'organisation \"Mairie de Démoville\" ne semble pas avoir les compétences pour intervenir sur ce \
         linéaire de route. S'il s'agit d'une erreur, vous pouvez contacter le support DiaLog.";
    for (location, code, detail, path) in [
        (street(&[("roadName", json!("Rue Inconnue"))]), "address_not_found", address, "namedStreet.roadName"),
        (street(&[("cityCode", json!("99999"))]), "address_not_found", address, "namedStreet.cityCode"),
        (street(&[("toHouseNumber", json!("9999"))]), "address_not_found", address, "namedStreet.toHouseNumber"),
        (
            street(&[
                ("roadName", json!("Chemin des Vignes")),
                ("fromHouseNumber", json!("1")),
                ("toHouseNumber", json!("31")),
            ]),
            "section_not_found",
            section,
            "namedStreet.toPointType",
        ),
        (
            street(&[
                ("toPointType", json!("intersection")),
                ("toHouseNumber", Value::Null),
                ("toRoadName", json!("Rue Saint-Martin")),
            ]),
            "intersection_not_found",
            crossing,
            "namedStreet.toRoadName",
        ),
        (drawn("Loin", FAR_AWAY), "outside_perimeter", perimeter, "rawGeoJSON.geometry"),
    ] {
        let problem = client.post("/api/regulations", &with_location(location)).await.problem(400, code);
        assert_eq!(problem.detail, detail);
        let violation = &problem.violations.as_ref().unwrap()[0];
        assert_eq!(violation.property_path, format!("locations[0].{path}"));
        assert_eq!(violation.measure_index, Some(0));
        nothing_is_stored(&client).await;
    }
}

#[tokio::test]
async fn forms_are_told_on_the_field_with_numbers_that_exist() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let mut location = street_section(&member, "Rue de la République", "2", "9999").await;
    let refused = member.post(RECORDS, &form("A1", vec![form_measure(location.clone())])).await;
    let problem = refused.problem(422, "validation_failed");
    let violation = &problem.violations.as_ref().unwrap()[0];
    assert_eq!(violation.property_path, "measures[0].locations[0].namedStreet.toHouseNumber");
    assert_eq!(violation.code, "unknown_house_number");
    assert!(violation.title.contains("9999") && violation.title.contains("Les plus proches"), "{}", violation.title);

    // In the form of one measure, paths begin at the measure.
    let draft = create_draft(&member, "A2").await;
    location["namedStreet"]["roadBanId"] = json!("00001_unknown");
    location["namedStreet"]["roadName"] = json!("Rue Inconnue");
    let path = format!("{RECORDS}/{}/measures", draft.uuid);
    let refused =
        super::bodies::send(&member, reqwest::Method::POST, &path, draft.revision, Some(&form_measure(location))).await;
    let problem = refused.problem(422, "validation_failed");
    let violation = &problem.violations.as_ref().unwrap()[0];
    assert_eq!(
        (violation.property_path.as_str(), violation.code.as_str()),
        ("locations[0].namedStreet.roadName", "unknown_street")
    );
    let far = form_measure(drawn("Loin", FAR_AWAY));
    let problem = member.post(RECORDS, &form("A3", vec![far])).await.problem(422, "validation_failed");
    assert_eq!(problem.violations.unwrap()[0].code, "outside_perimeter");
}

#[tokio::test]
async fn partly_outside_is_a_remark() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let across = form_measure(drawn("Vers le large", "[[2.18,47.56],[2.5,47.56]]"));
    let view = member.post(RECORDS, &form("A1", vec![across])).await.expect(201).value();
    let warning = view["warnings"][0].as_str().unwrap();
    assert!(warning.starts_with("Vers le large") && warning.contains("Mairie de Démoville"), "{warning}");
}

#[tokio::test]
async fn broken_rules_are_422_in_the_order_of_the_contract() {
    let app = TestApp::start().await;
    let client = app.api_client();
    client.post("/api/regulations", &regulation("A0", "draft")).await.expect(201);
    let body = json!({
        "identifier": "A0", "status": "draft", "category": "x", "subject": "other", "title": "", "measures": null,
    });
    let problem = client.post("/api/regulations", &body).await.problem(422, "validation_failed");
    assert_eq!(problem.detail, "Validation failed");
    let paths: Vec<_> = problem.violations.as_ref().unwrap().iter().map(|v| v.property_path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "measureDtos",
            "generalInfo.identifier",
            "generalInfo.category",
            "generalInfo.otherCategoryText",
            "generalInfo.title"
        ]
    );
    let taken = &problem.violations.as_ref().unwrap()[1];
    assert_eq!(taken.title, "Un arrêté avec l'identifiant \"A0\" existe déjà. Veuillez saisir un autre identifiant.");
    assert_eq!(taken.parameters.0.get("%identifier%").map(String::as_str), Some("A0"));

    let mut reversed = regulation("A1", "draft");
    reversed["measures"][0]["periods"][0]["endDate"] = json!("2030-10-01T00:00:00Z");
    let problem = client.post("/api/regulations", &reversed).await.problem(422, "validation_failed");
    let violation = &problem.violations.unwrap()[0];
    assert_eq!((violation.property_path.as_str(), violation.measure_index), ("periods[0].endDate", Some(0)));

    let mut weightless = regulation("A1", "draft");
    weightless["measures"][0]["vehicleSet"]["heavyweightMaxWeight"] = Value::Null;
    let problem = client.post("/api/regulations", &weightless).await.problem(422, "validation_failed");
    assert_eq!(problem.violations.unwrap()[0].property_path, "vehicleSet.heavyweightMaxWeight");
    nothing_is_stored(&client).await;
}

#[tokio::test]
async fn mistakes_of_type_come_before_the_identifier_and_alone() {
    let app = TestApp::start().await;
    let client = app.api_client();
    client.post("/api/regulations", &regulation("A0", "draft")).await.expect(201);
    let mut body = regulation("A0", "draft");
    body["title"] = json!("");
    body["measures"][0]["type"] = json!("noParking");
    body["measures"][0]["periods"][0]["recurrenceType"] = json!("sometimes");
    for (method, identifier) in [("POST", "A0"), ("PUT", "A0"), ("PUT", "UNKNOWN")] {
        body["identifier"] = json!(identifier);
        let request = client.request(method.parse().unwrap(), "/api/regulations").json(&body);
        let problem = client.send(request).await.problem(422, "validation_failed");
        let told: Vec<_> =
            problem.violations.unwrap().into_iter().map(|v| (v.property_path, v.measure_index, v.code)).collect();
        let malformed = |path: &str| (path.to_owned(), Some(0), "malformed".to_owned());
        assert_eq!(told, [malformed("measures[0].type"), malformed("measures[0].periods[0].recurrenceType")]);
    }
}

#[tokio::test]
async fn identifier_is_taken_once_and_frozen_when_published() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let draft = create_draft(&member, "A1").await;
    let problem = member.post(RECORDS, &form("A1", vec![])).await.problem(422, "validation_failed");
    assert_eq!(problem.violations.unwrap()[0].code, "identifier_taken");
    let mut other = form("A1", vec![]);
    other["organizationUuid"] = json!(dialog_api::demo::OTHER_ORGANIZATION);
    app.other_member().await.post(RECORDS, &other).await.expect(201);

    let path = format!("{RECORDS}/{}", draft.uuid);
    let published: dialog_api_types::app::OrderView =
        super::bodies::send(&member, reqwest::Method::POST, &format!("{path}/publish"), draft.revision, None)
            .await
            .expect(200)
            .json();
    let renamed = form("A2", vec![]);
    let refused = super::bodies::send(&member, reqwest::Method::PATCH, &path, published.revision, Some(&renamed)).await;
    assert_eq!(refused.problem(422, "validation_failed").violations.unwrap()[0].code, "identifier_frozen");
}

#[tokio::test]
async fn what_no_feed_could_express_is_not_published() {
    let app = TestApp::start().await;
    let (member, client) = (app.member().await, app.api_client());
    let draft: dialog_api_types::app::OrderView = member.post(RECORDS, &form("A0", vec![])).await.expect(201).json();
    let path = format!("{RECORDS}/{}/publish", draft.uuid);
    let refused = super::bodies::send(&member, reqwest::Method::POST, &path, draft.revision, None).await;
    let problem = refused.problem(400, "not_publishable");
    assert_eq!(problem.detail, "L'arrêté ne peut pas être publié.");
    assert_eq!(problem.violations.unwrap()[0].code, "no_measure");

    // The contract accepts a measure without location, in a draft.
    let mut nowhere = regulation("A1", "draft");
    nowhere["measures"][0]["locations"] = json!([]);
    client.post("/api/regulations", &nowhere).await.expect(201);
    let problem = client.put_nothing("/api/regulations/publish/A1").await.problem(400, "not_publishable");
    assert_eq!(problem.detail, "L'arrêté ne peut pas être publié.");
    assert_eq!(problem.violations.unwrap()[0].code, "no_location");
    nowhere["identifier"] = json!("A2");
    nowhere["status"] = json!("published");
    client.post("/api/regulations", &nowhere).await.problem(400, "not_publishable");
    client.get("/api/regulations/A2").await.problem(404, "not_found");
}

#[tokio::test]
async fn bodies_that_cannot_be_read_are_told_apart() {
    let app = TestApp::start().await;
    let client = app.api_client();
    let send = |text: String, media_type: &'static str| {
        let request = client.request(reqwest::Method::POST, "/api/regulations").header("Content-Type", media_type);
        client.send(request.body(text))
    };
    send("{".to_owned(), "application/json").await.problem(400, "invalid_json");
    send(String::new(), "application/json").await.problem(400, "invalid_json");
    send("{}".to_owned(), "text/plain").await.problem(415, "unsupported_media_type");
    let problem = send("{}".to_owned(), "application/json").await.problem(422, "validation_failed");
    assert_eq!(problem.violations.unwrap()[0].property_path, "status");
    let problem = send(r#"{"status":"gone"}"#.to_owned(), "application/json").await.problem(422, "validation_failed");
    assert_eq!(problem.violations.unwrap()[0].property_path, "status");
    let large = format!(r#"{{"title":"{}"}}"#, "x".repeat(2 * 1024 * 1024));
    send(large.clone(), "application/json").await.problem(413, "payload_too_large");

    let member = app.member().await;
    let request = member.request(reqwest::Method::POST, RECORDS).header("Content-Type", "application/json");
    member.send(request.body(large)).await.problem(413, "payload_too_large");
    let request = member.request(reqwest::Method::POST, RECORDS).header("Content-Type", "application/json");
    member.send(request.body("{")).await.problem(400, "invalid_json");
    // Just below the limit, a body is read.
    let long = format!(r#"{{"title":"{}"}}"#, "x".repeat(2 * 1024 * 1024 - 100));
    send(long, "application/json").await.problem(422, "validation_failed");
    let line = drawn("Parvis", IN_TOWN);
    client.post("/api/regulations", &with_location(line)).await.expect(201);
}
