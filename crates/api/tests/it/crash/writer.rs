//! An integrator that writes orders and notes what it was told.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use dialog_api::demo;
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};

use crate::orders::bodies::{IN_TOWN, drawn, regulation};

/// Between two attempts at what is down.
const PAUSE: Duration = Duration::from_millis(5);
/// An answer that comes later is none.
const TIMEOUT: Duration = Duration::from_secs(20);

/// What the writers were told.
#[derive(Default)]
pub struct Ledger {
    orders: Mutex<Vec<Acknowledged>>,
    is_over: AtomicBool,
}

/// An order that the API said it had.
#[derive(Clone, Debug)]
pub struct Acknowledged {
    /// Its number.
    pub identifier: String,
    /// The identifier that was answered, unless the answer was lost and only a second request told that it was there.
    pub uuid: Option<String>,
    /// The title of the last state.
    pub title: String,
    /// Locations of the last state.
    pub locations: i64,
    /// Versions that were published.
    pub versions: i64,
}

impl Ledger {
    /// How many orders were acknowledged so far.
    pub fn acknowledged(&self) -> usize {
        self.orders.lock().expect("the ledger").len()
    }

    /// Every acknowledged order.
    pub fn orders(&self) -> Vec<Acknowledged> {
        self.orders.lock().expect("the ledger").clone()
    }

    /// Lets the writers finish what they began.
    pub fn stop(&self) {
        self.is_over.store(true, Ordering::SeqCst);
    }

    fn is_over(&self) -> bool {
        self.is_over.load(Ordering::SeqCst)
    }

    fn note(&self, order: Acknowledged) {
        self.orders.lock().expect("the ledger").push(order);
    }
}

/// Writes orders until the ledger is over. Every fourth order whose fate is unknown is left alone; the others are asked
/// for again.
pub async fn run(number: usize, base_url: String, ledger: std::sync::Arc<Ledger>) {
    let client = Client::builder().timeout(TIMEOUT).build().expect("a client");
    for rank in 1.. {
        if ledger.is_over() {
            break;
        }
        let writer = Writer { client: &client, base_url: &base_url, gives_up: rank % 4 == 0 };
        if let Some(order) = writer.write(format!("W{number}-{rank}"), rank).await {
            ledger.note(order);
        }
    }
}

/// An answer, and whether others to the same request may have been lost before.
struct Answer {
    status: StatusCode,
    body: Value,
    is_first: bool,
}

struct Writer<'a> {
    client: &'a Client,
    base_url: &'a str,
    gives_up: bool,
}

impl Writer<'_> {
    /// Writes an order: published at once, published after a draft, or published then replaced, by turns. `None`: its
    /// fate is unknown.
    async fn write(&self, identifier: String, rank: u32) -> Option<Acknowledged> {
        let title = format!("Arrêté {identifier}");
        let first = body(&identifier, if rank % 3 == 1 { "draft" } else { "published" }, &title);
        let uuid = self.create(&first).await?;
        let mut order = Acknowledged { identifier, uuid, title, locations: 1, versions: 1 };
        match rank % 3 {
            1 => {
                let path = format!("/api/regulations/publish/{}", order.identifier);
                self.insist(Method::PUT, &path, None).await?.expect(StatusCode::OK);
            }
            2 => {
                order.title.push_str(", corrigé");
                let mut second = body(&order.identifier, "published", &order.title);
                let locations = second["measures"][0]["locations"].as_array_mut().expect("locations");
                locations.push(drawn("Parvis", IN_TOWN));
                self.insist(Method::PUT, "/api/regulations", Some(&second)).await?.expect(StatusCode::OK);
                (order.locations, order.versions) = (2, 2);
            }
            _ => {}
        }
        Some(order)
    }

    /// The identifier that was answered. `Some(None)`: the answer was lost, but the order is there.
    async fn create(&self, order: &Value) -> Option<Option<String>> {
        let answer = self.insist(Method::POST, "/api/regulations", Some(order)).await?;
        if answer.status == StatusCode::UNPROCESSABLE_ENTITY && !answer.is_first {
            assert_eq!(answer.body["violations"][0]["code"], "identifier_taken", "{}", answer.body);
            return Some(None);
        }
        answer.expect(StatusCode::CREATED);
        Some(answer.body["uuid"].as_str().map(str::to_owned))
    }

    /// Sends a request until it is answered, whoever is dead meanwhile.
    async fn insist(&self, method: Method, path: &str, body: Option<&Value>) -> Option<Answer> {
        let mut is_first = true;
        loop {
            let request = self
                .client
                .request(method.clone(), format!("{}{path}", self.base_url))
                .header("X-Client-Id", demo::CLIENT_ID)
                .header("X-Client-Secret", demo::CLIENT_SECRET);
            let request = match body {
                Some(body) => request.json(body),
                None => request,
            };
            if let Ok(response) = request.send().await {
                let status = response.status();
                // A body may be cut even when its head came through.
                if let (true, Ok(body)) = (status != StatusCode::SERVICE_UNAVAILABLE, response.json().await) {
                    return Some(Answer { status, body, is_first });
                }
            }
            if self.gives_up {
                return None;
            }
            is_first = false;
            tokio::time::sleep(PAUSE).await;
        }
    }
}

impl Answer {
    fn expect(&self, status: StatusCode) {
        assert_eq!(self.status, status, "{}", self.body);
    }
}

fn body(identifier: &str, status: &str, title: &str) -> Value {
    let mut body = regulation(identifier, status);
    body["title"] = json!(title);
    body
}
