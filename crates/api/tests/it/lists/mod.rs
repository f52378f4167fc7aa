//! Lists of orders: the public search, one's own orders, the list of the browser application.

mod on_screen;
mod own;
mod search;

use chrono::{DateTime, Utc};
use dialog_api::clock::Clock;
use dialog_test_support::{TestApp, TestCaller};
use serde_json::{Value, json};

use crate::orders::bodies::{IN_TOWN, drawn, regulation};

/// Noon of a day in November 2030; the sample order applies from 1 to 30 December.
pub fn november() -> DateTime<Utc> {
    "2030-11-15T12:00:00Z".parse().unwrap()
}

pub async fn in_november() -> (TestApp, Clock) {
    let clock = Clock::fixed(november());
    (TestApp::builder().clock(clock.clone()).start().await, clock)
}

/// An order of an integrator on a drawn line: `periods` from a day to another, both included; without end for good.
pub fn drawn_order(identifier: &str, status: &str, kind: &str, periods: &[(&str, Option<&str>)]) -> Value {
    let is_permanent = periods.iter().all(|(_, end)| end.is_none());
    let periods: Vec<Value> = periods
        .iter()
        .map(|(start, end)| {
            let mut period = json!({
                "startDate": start, "startTime": "00:00", "recurrenceType": "everyDay", "isPermanent": end.is_none(),
            });
            if let Some(end) = end {
                (period["endDate"], period["endTime"]) = (json!(end), json!("23:59"));
            }
            period
        })
        .collect();
    let mut body = regulation(identifier, status);
    body["category"] = json!(if is_permanent { "permanentRegulation" } else { "temporaryRegulation" });
    body["measures"] = json!([{
        "type": kind,
        "maxSpeed": if kind == "speedLimitation" { json!(30) } else { Value::Null },
        "periods": periods,
        "locations": [drawn("Parvis", IN_TOWN)],
    }]);
    body
}

/// The identifiers of a list, one after the other.
pub fn identifiers(list: &Value) -> String {
    let identifiers: Vec<&str> =
        list.as_array().unwrap().iter().map(|order| order["identifier"].as_str().unwrap()).collect();
    identifiers.join(" ")
}

/// What a path lists under a member.
pub async fn listed(caller: &TestCaller, path: &str, member: &str) -> String {
    identifiers(&caller.get(path).await.expect(200).value()[member])
}

/// The address of a relation in `Link`, without the host.
pub fn link(answer: &dialog_test_support::TestResponse, relation: &str) -> Option<String> {
    let link = answer.header("link").split(", ").find(|link| link.ends_with(&format!("; rel=\"{relation}\"")))?;
    let address = link.strip_prefix('<')?.split_once('>')?.0;
    Some(address[address.find("/api/")?..].to_owned())
}
