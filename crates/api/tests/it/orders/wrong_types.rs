//! Values that are not of the type of their field: told on the field, in words that say what to write.

use dialog_test_support::TestApp;
use reqwest::Method;
use serde_json::{Value, json};

use super::bodies::{IN_TOWN, RECORDS, create_draft, drawn, form, form_measure, regulation, send};

fn order_with(pointer: &str, value: Value) -> Value {
    let mut body = form("A1", vec![form_measure(drawn("Parvis", IN_TOWN))]);
    *body.pointer_mut(pointer).expect("a place in the body") = value;
    body
}

#[tokio::test]
async fn a_form_is_told_the_field_and_what_to_write() {
    let app = TestApp::start().await;
    let member = app.member().await;
    for (pointer, value, path, title) in [
        ("/title", json!(7), "title", "Un texte est attendu ici."),
        ("/measures", json!({}), "measures", "Une liste est attendue ici."),
        ("/measures/0/vehicleSet", json!([true]), "measures[0].vehicleSet", "Un objet JSON est attendu ici."),
        (
            "/measures/0/vehicleSet/heavyweightMaxWeight",
            json!("lourd"),
            "measures[0].vehicleSet.heavyweightMaxWeight",
            "Un nombre est attendu ici.",
        ),
        (
            "/measures/0/locations/0/roadType",
            json!("street"),
            "measures[0].locations[0].roadType",
            "Choisissez une valeur de la liste.",
        ),
        (
            "/measures/0/periods/0/startDate",
            json!("2030-13-01"),
            "measures[0].periods[0].startDate",
            "Saisissez une date de la forme 2026-12-01.",
        ),
        (
            "/measures/0/periods/0/endTime",
            json!("24:00"),
            "measures[0].periods[0].endTime",
            "Saisissez une heure de la forme 07:30, de 00:00 à 23:59.",
        ),
        ("/title", json!("a\u{0}b"), "title", "Ce texte contient un caractère nul (U+0000) : supprimez-le."),
    ] {
        let refused = member.post(RECORDS, &order_with(pointer, value)).await.problem(422, "validation_failed");
        let violations = refused.violations.expect("violations");
        let told: Vec<_> = violations.iter().map(|one| (one.property_path.as_str(), one.title.as_str())).collect();
        assert_eq!(told, [(path, title)]);
        assert_eq!(violations[0].code, "malformed");
    }

    let draft = create_draft(&member, "A2").await;
    let place = format!("{RECORDS}/{}", draft.uuid);
    let measure = json!({ "periods": [{ "isPermanent": "oui" }] });
    for (method, path, body, field) in [
        (Method::PATCH, place.clone(), json!({ "category": [] }), "category"),
        (Method::POST, format!("{place}/measures"), measure.clone(), "periods[0].isPermanent"),
        (Method::PUT, format!("{place}/measures/{}", draft.content.measures[0].id), measure, "periods[0].isPermanent"),
        (Method::POST, format!("{place}/repeal"), json!({ "reason": 3 }), "reason"),
    ] {
        let refused = send(&member, method, &path, draft.revision, Some(&body)).await;
        let violations = refused.problem(422, "validation_failed").violations.expect("violations");
        assert_eq!(violations[0].property_path, field);
    }
}

#[tokio::test]
async fn an_integrator_is_told_how_to_write_what_cannot_be_read() {
    let app = TestApp::start().await;
    let client = app.api_client();
    let told = async |pointer: &str, value: Value| {
        let mut body = regulation("A1", "draft");
        *body.pointer_mut(pointer).expect("a place in the body") = value;
        let refused = client.post("/api/regulations", &body).await.problem(422, "validation_failed");
        let violations = refused.violations.expect("violations").into_iter();
        violations.map(|one| (one.property_path, one.title)).collect::<Vec<_>>()
    };
    let one = |path: &str, title: &str| vec![(path.to_owned(), title.to_owned())];
    assert_eq!(
        told("/measures/0/periods/0/endDate", json!("99999-12-31")).await,
        one(
            "periods[0].endDate",
            "Cette date n'est pas lisible : écrivez-la comme 2026-12-01 ou 2026-12-01T07:30:00Z."
        )
    );
    assert_eq!(
        told("/measures/0/periods/0/timeSlots/0/endTime", json!("24:00")).await,
        one(
            "periods[0].timeSlots[0].endTime",
            "Cette heure n'est pas lisible : écrivez-la comme 07:30 ou 2026-12-01T07:30:00Z, de 00:00 à 23:59."
        )
    );
    assert_eq!(
        told("/measures/0/vehicleSet", json!([false, ["heavyGoodsVehicle"]])).await,
        one("measures[0].vehicleSet", "Cette valeur doit être de type object.")
    );
    assert_eq!(
        told("/identifier", json!("A\u{0}1")).await,
        one("generalInfo.identifier", "Ce texte contient un caractère nul (U+0000) : supprimez-le.")
    );
}
