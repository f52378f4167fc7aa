//! Bodies of requests, and short ways to make orders.

use dialog_api_types::app::OrderView;
use dialog_api_types::wire::CreatedRegulation;
use dialog_test_support::{TestCaller, TestResponse};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

pub const RECORDS: &str = "/api/app/regulation-records";

/// A section of the main street of the town, as a form sends it.
pub async fn street_section(caller: &TestCaller, name: &str, from: &str, to: &str) -> Value {
    let search: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
    let streets = caller.get(&format!("/api/geo/streets?cityCode=00001&search={search}")).await.expect(200).value();
    let street = &streets["items"][0];
    json!({
        "roadType": "lane",
        "namedStreet": {
            "cityCode": "00001",
            "cityLabel": "Démoville (00001)",
            "roadBanId": street["roadBanId"],
            "roadName": street["roadName"],
            "fromPointType": "houseNumber",
            "fromHouseNumber": from,
            "toPointType": "houseNumber",
            "toHouseNumber": to,
        },
    })
}

/// Lorries above 3.5 t may not pass, from Monday to Friday, 7:00 to 10:00, in December 2030.
pub fn form_measure(location: Value) -> Value {
    json!({
        "type": "noEntry",
        "vehicleSet": {
            "allVehicles": false,
            "restrictedTypes": ["heavyGoodsVehicle"],
            "heavyweightMaxWeight": 3.5,
        },
        "periods": [{
            "startDate": "2030-12-01",
            "startTime": "00:00",
            "endDate": "2030-12-30",
            "endTime": "23:59",
            "recurrenceType": "certainDays",
            "applicableDays": ["monday", "tuesday", "wednesday", "thursday", "friday"],
            "timeSlots": [{ "startTime": "07:00", "endTime": "10:00" }],
        }],
        "locations": [location],
    })
}

/// A whole order as a form sends it.
pub fn form(identifier: &str, measures: Vec<Value>) -> Value {
    json!({
        "identifier": identifier,
        "category": "temporaryRegulation",
        "subject": "roadMaintenance",
        "title": "Réfection de la chaussée",
        "measures": measures,
    })
}

/// The same order as an integrator sends it: winter, one hour ahead of UTC.
pub fn regulation(identifier: &str, status: &str) -> Value {
    json!({
        "identifier": identifier,
        "status": status,
        "category": "temporaryRegulation",
        "subject": "roadMaintenance",
        "title": "Réfection de la chaussée",
        "measures": [{
            "type": "noEntry",
            "vehicleSet": {
                "allVehicles": false,
                "restrictedTypes": ["heavyGoodsVehicle"],
                "heavyweightMaxWeight": 3.5,
            },
            "periods": [{
                "startDate": "2030-11-30T23:00:00Z",
                "startTime": "2030-11-30T23:00:00Z",
                "endDate": "2030-12-30T22:59:00Z",
                "endTime": "2030-12-30T22:59:00Z",
                "recurrenceType": "certainDays",
                "dailyRange": {
                    "recurrenceType": "certainDays",
                    "applicableDays": ["monday", "tuesday", "wednesday", "thursday", "friday"],
                },
                "timeSlots": [{ "startTime": "1970-01-01T06:00:00Z", "endTime": "1970-01-01T09:00:00Z" }],
            }],
            "locations": [{
                "roadType": "lane",
                "namedStreet": {
                    "cityCode": "00001",
                    "cityLabel": "Démoville (00001)",
                    "roadName": "Rue de la République",
                    "fromPointType": "houseNumber",
                    "fromHouseNumber": "2",
                    "toPointType": "houseNumber",
                    "toHouseNumber": "20",
                },
            }],
        }],
    })
}

/// A line drawn in the town, as an integrator sends it.
pub fn drawn(label: &str, coordinates: &str) -> Value {
    let geometry = format!(r#"{{"type":"LineString","coordinates":{coordinates}}}"#);
    json!({ "roadType": "rawGeoJSON", "rawGeoJSON": { "label": label, "geometry": geometry } })
}

/// A line of some 75 m beside the town hall.
pub const IN_TOWN: &str = "[[2.18,47.56],[2.181,47.56]]";
/// A line far from any perimeter.
pub const FAR_AWAY: &str = "[[5.0,45.0],[5.001,45.0]]";

/// Writes the sample order by session, as a draft with one measure.
pub async fn create_draft(member: &TestCaller, identifier: &str) -> OrderView {
    let location = street_section(member, "Rue de la République", "2", "20").await;
    member.post(RECORDS, &form(identifier, vec![form_measure(location)])).await.expect(201).json()
}

/// Writes and publishes the sample order by session.
pub async fn publish_by_session(member: &TestCaller, identifier: &str) -> OrderView {
    let draft = create_draft(member, identifier).await;
    send(member, Method::POST, &format!("{RECORDS}/{}/publish", draft.uuid), draft.revision, None)
        .await
        .expect(200)
        .json()
}

/// Writes the sample order as an integrator.
pub async fn create_by_client(client: &TestCaller, identifier: &str, status: &str) -> Uuid {
    let created: CreatedRegulation =
        client.post("/api/regulations", &regulation(identifier, status)).await.expect(201).json();
    created.uuid
}

/// A request with `If-Match`.
pub async fn send(
    caller: &TestCaller,
    method: Method,
    path: &str,
    revision: i64,
    body: Option<&Value>,
) -> TestResponse {
    let request = caller.request(method, path).header("If-Match", format!("\"{revision}\""));
    caller
        .send(match body {
            Some(body) => request.json(body),
            None => request,
        })
        .await
}

/// The feed as text.
pub async fn feed(caller: &TestCaller) -> String {
    caller.get("/api/regulations.xml").await.expect(200).text()
}

/// The element of one order in the feed.
pub async fn fragment(caller: &TestCaller, order: Uuid) -> Option<String> {
    let feed = feed(caller).await;
    let start = feed.find(&format!("<trafficRegulationOrder id=\"{order}\""))?;
    let rest = &feed[start..];
    rest.split_inclusive("</trafficRegulationOrder>").next().map(str::to_owned)
}

/// The features of the map, whenever they apply.
pub async fn features(caller: &TestCaller) -> Vec<Value> {
    let map = caller.get("/api/map/locations.geojson?startDate=").await.expect(200).value();
    assert_eq!(map["type"], "FeatureCollection");
    map["features"].as_array().cloned().unwrap_or_default()
}
