//! The callers, the orders that they call about, and the requests that they send.

use dialog_api::demo;
use dialog_api_types::app::{CreatedApiClient, OrderView};
use dialog_db::Caller;
use dialog_domain::{OrderId, OrganizationId};
use dialog_test_support::{TestApp, TestCaller, TestResponse};
use diesel_async::SimpleAsyncConnection;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use uuid::{Uuid, uuid};

use super::table::{CALLERS, Row};
use crate::documents::sending::{form_of, pdf};
use crate::orders::bodies::{IN_TOWN, RECORDS, drawn, form, form_measure, regulation, send};

/// The clerk of the first organization.
const CLERK: Uuid = uuid!("019b0000-0000-7000-8000-000000000022");
/// The tile in which the orders lie.
const TILE: [(&str, &str); 3] = [("{z}", "14"), ("{x}", "8291"), ("{y}", "5725")];

/// An order of the first organization.
pub struct Subject {
    pub uuid: OrderId,
    pub identifier: String,
    pub revision: i64,
    pub measure: String,
    pub location: String,
    /// What nobody outside the organization may read.
    pub secrets: Vec<String>,
}

/// Where the calls are played.
pub struct Stage {
    pub app: TestApp,
    callers: Vec<TestCaller>,
    member: TestCaller,
    street: String,
    serial: u32,
}

impl Stage {
    pub async fn set() -> Self {
        let app = TestApp::builder()
            .variable("LOGIN_FAILURES_PER_ADDRESS", "100000")
            .variable("API_RATE_LIMIT", "1000000")
            .start()
            .await;
        let member = app.member().await;
        let streets = member.get("/api/geo/streets?search=republique&cityCode=00001").await.expect(200).value();
        let street = streets["items"][0]["roadBanId"].as_str().unwrap().to_owned();
        let mut this = Self { app, callers: Vec::new(), member, street, serial: 0 };
        this.enter().await;
        this
    }

    /// Everybody, logged in anew.
    pub async fn enter(&mut self) {
        let app = &self.app;
        self.callers = vec![
            app.anonymous(),
            app.api_client().with_header("x-client-secret", "wrong"),
            app.api_client().without_header("x-client-secret"),
            app.other_api_client(),
            app.api_client(),
            app.other_member().await,
            app.super_admin().await,
            app.member().await,
            app.owner().await,
        ];
    }

    pub fn caller(&self, name: &str) -> &TestCaller {
        &self.callers[CALLERS.iter().position(|caller| *caller == name).unwrap()]
    }

    /// An order in the state of a row, with an official document when the operation is about it.
    pub async fn subject(&mut self, row: &Row) -> Subject {
        self.serial += 1;
        let identifier = format!("IDENTIFIANT-{}", self.serial);
        let title = format!("Intitulé {}", self.serial);
        let mut body = form(&identifier, vec![line("Un"), line("Deux")]);
        body["title"] = json!(title);
        let mut order: OrderView = self.member.post(RECORDS, &body).await.expect(201).json();
        let path = format!("{RECORDS}/{}", order.uuid);
        if row.path().contains("/storage") || row.path().contains("/documents/") {
            let request = self.member.request(Method::PUT, &format!("{path}/storage"));
            let request = request.header("If-Match", format!("\"{}\"", order.revision));
            let attached = self.member.send(request.multipart(form_of("a.pdf", pdf("signé")))).await;
            order = attached.expect(200).json();
        }
        let measure = order.content.measures[0].id.to_string();
        let location = order.content.measures[0].locations[0].id.to_string();
        let uuid = order.uuid;
        let mut secrets = vec![title, identifier.clone(), uuid.to_string(), measure.clone(), location.clone()];
        if row.state == "public" {
            let publish = format!("{path}/publish");
            order = send(&self.member, Method::POST, &publish, order.revision, None).await.expect(200).json();
            let hidden = format!("Modification secrète {}", self.serial);
            body["title"] = json!(hidden);
            order = send(&self.member, Method::PATCH, &path, order.revision, Some(&body)).await.expect(200).json();
            assert!(order.has_unpublished_changes);
            secrets = vec![hidden];
        }
        Subject { uuid, identifier, revision: order.revision, measure, location, secrets }
    }

    /// A key of the clerk, the only one that belongs to a person.
    pub async fn key_of_the_clerk(&self) -> String {
        self.no_key_of_a_person().await;
        let path = format!("/api/app/organizations/{}/api-clients", demo::ORGANIZATION);
        let made: CreatedApiClient = self.member.post(&path, &json!({ "userUuid": CLERK })).await.expect(201).json();
        made.uuid.to_string()
    }

    async fn no_key_of_a_person(&self) {
        let delete = "DELETE FROM api_clients WHERE user_uuid IS NOT NULL";
        self.app.database.connection().await.batch_execute(delete).await.unwrap();
    }

    /// The path of a row, about this order.
    pub async fn path(&self, row: &Row, subject: Option<&Subject>) -> String {
        let mut path = row.target.to_owned();
        if path.contains("{apiClientUuid}") {
            path = path.replace("{apiClientUuid}", &self.key_of_the_clerk().await);
        }
        if path.contains("/api/app/organizations/{uuid}") {
            path = path.replace("{uuid}", &demo::ORGANIZATION.to_string());
        }
        if let Some(subject) = subject {
            let uuid = subject.uuid.to_string();
            let about_location = row.path().starts_with("/api/map/locations/");
            path = path
                .replace("{uuid}", if about_location { &subject.location } else { &uuid })
                .replace("{order}", &uuid)
                .replace("{measure}", &subject.measure)
                .replace("{identifier}", &subject.identifier);
        }
        for (name, value) in TILE {
            path = path.replace(name, value);
        }
        let path = path.replace("{number}", "1").replace("{roadBanId}", &self.street).replace("{roadNumber}", "N7");
        assert!(!path.contains('{'), "{path}: a parameter that the stage does not know");
        path
    }

    /// A request that passes every rule, so that only the caller decides.
    pub async fn request(
        &mut self,
        caller: &TestCaller,
        row: &Row,
        path: &str,
        subject: Option<&Subject>,
    ) -> RequestBuilder {
        let tag = subject.filter(|_| row.path().starts_with("/api/app/")).map(|subject| subject.revision);
        self.request_on(caller, row, path, subject, tag.map(|revision| format!("\"{revision}\""))).await
    }

    /// The same with this `If-Match`.
    pub async fn request_on(
        &mut self,
        caller: &TestCaller,
        row: &Row,
        path: &str,
        subject: Option<&Subject>,
        tag: Option<String>,
    ) -> RequestBuilder {
        let mut request = caller.request(row.method.parse().unwrap(), path);
        if let Some(tag) = tag {
            request = request.header("If-Match", tag);
        }
        self.serial += 1;
        let fresh = format!("NOUVEAU-{}", self.serial);
        let identifier = subject.map(|subject| subject.identifier.as_str());
        let body = match row.operation().as_str() {
            "POST /api/app/organizations/{uuid}/api-clients" => {
                self.no_key_of_a_person().await;
                json!({ "userUuid": CLERK })
            }
            "POST /api/app/regulation-records" => {
                let mut body = form(&fresh, vec![]);
                body["organizationUuid"] = json!(demo::ORGANIZATION);
                body
            }
            "PATCH /api/app/regulation-records/{uuid}" => form(identifier.unwrap(), vec![]),
            "POST /api/app/regulation-records/{uuid}/repeal" | "PUT /api/regulations/repeal/{identifier}" => {
                json!({ "endDate": "2030-12-10", "endTime": "18:00", "reason": "Les travaux sont finis" })
            }
            "POST /api/app/regulation-records/{uuid}/measures"
            | "PUT /api/app/regulation-records/{uuid}/measures/{measure}" => line("Trois"),
            "PUT /api/app/regulation-records/{uuid}/storage" | "POST /api/regulations/{identifier}/storage" => {
                return request.multipart(form_of("b.pdf", pdf("autre")));
            }
            "POST /api/geo/location-geometry" => json!({
                "roadType": "lane",
                "namedStreet": {
                    "cityCode": "00001", "cityLabel": "Démoville", "roadBanId": "x", "roadName": "Rue Haute",
                },
            }),
            "POST /api/nearby-streets" => json!({ "geometry": { "type": "Point", "coordinates": [2.18, 47.56] } }),
            "POST /api/login" => json!({ "email": demo::CLERK, "password": demo::PASSWORD }),
            "POST /api/regulations" => regulation(&fresh, "draft"),
            "PUT /api/regulations" => regulation(identifier.unwrap(), "published"),
            _ => return request,
        };
        request.json(&body)
    }

    /// The revision of an order that is there.
    pub async fn revision(&self, subject: &Subject) -> Option<i64> {
        let members = Caller::user(CLERK, vec![OrganizationId(demo::ORGANIZATION)]);
        let mut connection = self.app.database.connection().await;
        let found = dialog_db::orders::find(&mut connection, &members, subject.uuid).await.unwrap();
        found.map(|order| order.revision)
    }
}

/// No answer to a stranger has what the stranger may not read, but what the request itself said.
#[track_caller]
pub fn tells_no_secret(answer: &TestResponse, asked: &str, secrets: &[String]) {
    let headers: Vec<&str> = answer.headers.values().filter_map(|value| value.to_str().ok()).collect();
    let told = format!("{}{}", answer.text(), headers.join(" "));
    for secret in secrets.iter().filter(|secret| !asked.contains(secret.as_str())) {
        assert!(!told.contains(secret.as_str()), "{asked} tells a stranger {secret}: {told}");
    }
}

fn line(label: &str) -> Value {
    form_measure(drawn(label, IN_TOWN))
}
