//! Bodies that work as they are in the demonstration: for people who try the API in its page, and for the programs that
//! test it.

use serde_json::{Value, json};
use utoipa::openapi::path::PathItem;
use utoipa::openapi::{OpenApi, RefOr};

const JSON: &str = "application/json";

/// Gives the operations that write orders an example.
pub(super) fn add(document: &mut OpenApi) {
    let records = "/api/app/regulation-records";
    let one = format!("{records}/{{uuid}}");
    let examples = [
        ("post", records.to_owned(), order()),
        ("patch", one.clone(), general()),
        ("post", format!("{one}/measures"), measure()),
        ("put", format!("{one}/measures/{{measure}}"), measure()),
        ("post", format!("{one}/repeal"), repeal()),
        ("post", "/api/regulations".to_owned(), regulation("draft")),
        ("put", "/api/regulations".to_owned(), regulation("published")),
        ("put", "/api/regulations/repeal/{identifier}".to_owned(), repeal()),
    ];
    for (method, path, example) in examples {
        if let Some(item) = document.paths.paths.get_mut(&path) {
            set(item, method, example);
        }
    }
}

fn set(item: &mut PathItem, method: &str, example: Value) {
    let operation = match method {
        "patch" => &mut item.patch,
        "put" => &mut item.put,
        _ => &mut item.post,
    };
    let body = operation.as_mut().and_then(|operation| operation.request_body.as_mut());
    if let Some(RefOr::T(body)) = body
        && let Some(RefOr::T(content)) = body.content.get_mut(JSON)
    {
        content.example = Some(example);
    }
}

fn general() -> Value {
    json!({
        "identifier": "2026-12-0001",
        "category": "temporaryRegulation",
        "subject": "roadMaintenance",
        "title": "Réfection de la chaussée",
    })
}

fn order() -> Value {
    let mut order = general();
    order["measures"] = json!([measure()]);
    order
}

/// Lorries of more than 3.5 t may not pass, on weekdays from 7:00 to 10:00.
fn measure() -> Value {
    json!({
        "type": "noEntry",
        "vehicleSet": {
            "allVehicles": false,
            "restrictedTypes": ["heavyGoodsVehicle"],
            "heavyweightMaxWeight": 3.5,
        },
        "periods": [{
            "startDate": "2026-12-01",
            "startTime": "00:00",
            "endDate": "2026-12-30",
            "endTime": "23:59",
            "recurrenceType": "certainDays",
            "applicableDays": ["monday", "tuesday", "wednesday", "thursday", "friday"],
            "timeSlots": [{ "startTime": "07:00", "endTime": "10:00" }],
        }],
        "locations": [{ "roadType": "rawGeoJSON", "rawGeoJSON": drawing() }],
    })
}

fn drawing() -> Value {
    json!({ "label": "Parvis de la mairie", "geometry": r#"{"type":"LineString","coordinates":[[2.18,47.56],[2.181,47.56]]}"# })
}

fn repeal() -> Value {
    json!({ "endDate": "2026-12-15", "endTime": "23:59", "reason": "Les travaux sont terminés" })
}

/// The same order as integrators write it, with a section of street.
fn regulation(status: &str) -> Value {
    json!({
        "identifier": "F2026/001",
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
                "startDate": "2026-11-30T23:00:00Z",
                "startTime": "2026-11-30T23:00:00Z",
                "endDate": "2026-12-30T22:59:00Z",
                "endTime": "2026-12-30T22:59:00Z",
                "recurrenceType": "everyDay",
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
