//! Edge cases of the reference (domain sheet §12) that take a request, by number. `docs/edge-cases.md` lists them all,
//! with what differs on purpose (*ours*).

use dialog_api_types::app::OrderView;
use dialog_test_support::TestApp;
use diesel_async::SimpleAsyncConnection;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::documents::sending::{form_of, path_of, pdf, post};
use crate::orders::bodies::{
    IN_TOWN, RECORDS, create_by_client, create_draft, drawn, form, form_measure, regulation, send, street_section,
};

#[tokio::test]
async fn case_3_suggestion_for_an_unknown_organization() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let path = format!("/api/app/organizations/{}/next-identifier", Uuid::now_v7());
    member.get(&path).await.problem(404, "not_found");
}

#[tokio::test]
async fn cases_5_and_6_an_identifier_is_taken_by_others_and_never_by_itself() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let (first, second) = (create_draft(&member, "F/1").await, create_draft(&member, "F/2").await);
    let path = |order: &OrderView| format!("{RECORDS}/{}", order.uuid);
    let taken = form("F/1", vec![]);
    for refused in [
        member.post(RECORDS, &taken).await,
        send(&member, Method::PATCH, &path(&second), second.revision, Some(&taken)).await,
    ] {
        let violations = refused.problem(422, "validation_failed").violations.unwrap();
        assert_eq!((violations.len(), violations[0].property_path.as_str()), (1, "identifier"));
        assert!(violations[0].title.contains("F/1"), "{}", violations[0].title);
    }
    let mut kept = form("F/1", vec![]);
    kept["title"] = json!("Autre titre");
    let saved: OrderView =
        send(&member, Method::PATCH, &path(&first), first.revision, Some(&kept)).await.expect(200).json();
    assert_eq!((saved.identifier.as_str(), saved.content.title.as_str()), ("F/1", "Autre titre"));
}

#[tokio::test]
async fn case_14_an_order_of_another_organization_is_unknown() {
    let app = TestApp::start().await;
    create_by_client(&app.api_client(), "A1", "published").await;
    let other = app.other_api_client();
    let mut told = Vec::new();
    for identifier in ["A1", "A9"] {
        let path = format!("/api/regulations/{identifier}");
        let answers = [
            other.put("/api/regulations", &regulation(identifier, "published")).await,
            other.get(&path).await,
            other.delete(&path).await,
            other.put_nothing(&format!("/api/regulations/publish/{identifier}")).await,
            post(&other, identifier, form_of("a.pdf", pdf("x"))).await,
            other.get(&path_of(identifier)).await,
            other.delete(&path_of(identifier)).await,
        ];
        told.push(answers.map(|answer| answer.problem(404, "not_found").detail.replace(identifier, "?")));
    }
    assert_eq!(told[0], told[1], "nobody learns that there is one");
    app.api_client().get("/api/regulations/A1").await.expect(200);
}

#[tokio::test]
async fn case_17_a_measure_of_another_order() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let (ours, theirs) = (create_draft(&member, "A1").await, create_draft(&member, "A2").await);
    let measure = theirs.content.measures[0].id;
    let path = format!("{RECORDS}/{}/measures/{measure}", ours.uuid);
    let body = form_measure(street_section(&member, "Rue de la République", "2", "20").await);
    for answer in [
        send(&member, Method::DELETE, &path, ours.revision, None).await,
        send(&member, Method::POST, &format!("{path}/duplicate"), ours.revision, None).await,
        send(&member, Method::PUT, &path, ours.revision, Some(&body)).await,
    ] {
        answer.problem(404, "not_found");
    }
    let still: OrderView = member.get(&format!("{RECORDS}/{}", theirs.uuid)).await.expect(200).json();
    assert_eq!(still.content, theirs.content);
}

/// *Ours*: no identifier that cannot be read is one of something, for orders and measures alike.
#[tokio::test]
async fn case_18_malformed_identifiers() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let order = create_draft(&member, "A1").await;
    member.get(&format!("{RECORDS}/abc")).await.problem(400, "invalid_parameter");
    let measure = format!("{RECORDS}/{}/measures/abc", order.uuid);
    send(&member, Method::DELETE, &measure, order.revision, None).await.problem(400, "invalid_parameter");
}

/// *Ours*: an answer to the program, 403, where the pages of DiaLog (PHP) go back to the login.
#[tokio::test]
async fn case_23_wrong_anti_forgery_token() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let order = create_draft(&member, "A1").await;
    let forged = member.clone().with_header("x-csrf-token", "wrong");
    let path = format!("{RECORDS}/{}", order.uuid);
    send(&forged, Method::DELETE, &path, order.revision, None).await.problem(403, "invalid_csrf_token");
    member.get(&path).await.expect(200);
}

/// *Ours*: the form is in the browser, and reads the order: 404 when there is none for its reader.
#[tokio::test]
async fn case_24_order_that_is_unknown_or_not_ones_own() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let unknown = format!("{RECORDS}/{}", Uuid::now_v7());
    member.get(&unknown).await.problem(404, "not_found");
    send(&member, Method::PATCH, &unknown, 1, Some(&form("A1", vec![]))).await.problem(404, "not_found");
    let draft = format!("{RECORDS}/{}", create_draft(&member, "A1").await.uuid);
    for caller in [app.other_member().await, app.anonymous()] {
        caller.get(&draft).await.problem(404, "not_found");
    }
}

/// *Ours*: a value of a wrong type is told alone, on its path.
#[tokio::test]
async fn cases_36_and_63_values_of_a_wrong_type() {
    let app = TestApp::start().await;
    let client = app.api_client();
    let told = async |body: Value| {
        let violations =
            client.post("/api/regulations", &body).await.problem(422, "validation_failed").violations.unwrap();
        assert_eq!(violations.len(), 1);
        (violations[0].property_path.clone(), violations[0].title.clone())
    };
    for width in [json!(true), json!([12]), json!("2.4m")] {
        let mut body = regulation("A1", "draft");
        body["measures"][0]["vehicleSet"]["maxWidth"] = width;
        let expected = "Cette valeur doit être de type float.";
        assert_eq!(told(body).await, ("measures[0].vehicleSet.maxWidth".to_owned(), expected.to_owned()));
    }
    // Dropping what cannot be read would publish other hours than those that were sent.
    let mut body = regulation("A1", "draft");
    body["measures"][0]["periods"][0]["timeSlots"] = json!(["07:00"]);
    let (path, title) = told(body).await;
    assert_eq!(path, "measures[0].periods[0].timeSlots[0]");
    assert_eq!(title, "Cette valeur doit être de type object.");
    client.get("/api/regulations/A1").await.problem(404, "not_found");
}

/// *Ours*: both faces name the organization, and there is no organization that may act everywhere.
#[tokio::test]
async fn cases_71_and_72_outside_the_perimeter_or_without_one() {
    let app = TestApp::start().await;
    let (member, client) = (app.member().await, app.api_client());
    let refused = async || {
        let mut body = regulation("A1", "draft");
        body["measures"][0]["locations"] = json!([drawn("Parvis", IN_TOWN)]);
        let wire = client.post("/api/regulations", &body).await.problem(400, "outside_perimeter");
        let measure = form_measure(drawn("Parvis", IN_TOWN));
        let screen = member.post(RECORDS, &form("A1", vec![measure])).await.problem(422, "validation_failed");
        let violation = &screen.violations.unwrap()[0];
        assert_eq!(violation.code, "outside_perimeter");
        for told in [&wire.detail, &violation.title] {
            assert!(told.contains("Mairie de Démoville"), "{told}");
        }
    };
    let connection = &mut app.database.connection().await;
    connection.batch_execute("UPDATE organization_areas SET geometry = ST_Translate(geometry, 10, 0)").await.unwrap();
    refused().await;
    connection.batch_execute("DELETE FROM organization_areas").await.unwrap();
    refused().await;
}
