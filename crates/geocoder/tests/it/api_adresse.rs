//! A service outside that fails.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use dialog_geocoder::api_adresse::{ApiAdresse, ApiAdresseError, Search};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const SEARCH: Search<'static> = Search::of("rue du Lavoir", 1);

/// A server that gives each caller the same answer, and counts them.
async fn server(status: &'static str, body: &'static str) -> (ApiAdresse, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}/geocodage", listener.local_addr().expect("its address"));
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = calls.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::SeqCst);
            let length = body.len();
            let answer = format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}");
            // What is asked is small, and comes at once; who hangs up first does not matter here.
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    (ApiAdresse::new(&address.parse().expect("a URL")).expect("a client"), calls)
}

#[tokio::test]
async fn service_that_fails_is_asked_twice_and_then_left_alone() {
    for status in ["503 Service Unavailable", "429 Too Many Requests", "200 OK"] {
        let (service, calls) = server(status, "{}").await;
        for asked in 1..=3 {
            let error = service.search(&SEARCH).await.expect_err(status);
            assert!(!matches!(error, ApiAdresseError::LeftAlone), "{status}: {error}");
            assert_eq!(calls.load(Ordering::SeqCst), 2 * asked, "{status}: once, and once again");
        }
        let error = service.search(&SEARCH).await.expect_err(status);
        assert!(matches!(error, ApiAdresseError::LeftAlone), "{status}: {error}");
        assert_eq!(calls.load(Ordering::SeqCst), 6, "{status}: not asked any more");
    }
}

#[tokio::test]
async fn refused_question_is_asked_once_and_is_no_failure() {
    let (service, calls) = server("400 Bad Request", "{}").await;
    for asked in 1..=5 {
        let error = service.search(&SEARCH).await.expect_err("refused");
        assert!(matches!(error, ApiAdresseError::Refused(status) if status == 400), "{error}");
        assert_eq!(calls.load(Ordering::SeqCst), asked);
    }
}

/// An error and what caused it, on one line.
fn told(error: &ApiAdresseError) -> String {
    let chain = std::iter::successors(Some(error as &dyn std::error::Error), |error| error.source());
    chain.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

#[tokio::test]
async fn example_8_service_to_blame_and_question_to_blame_are_told_apart() {
    let (service, _) = server("503 Service Unavailable", "{}").await;
    let error = service.search(&SEARCH).await.expect_err("503");
    assert!(matches!(error, ApiAdresseError::Failing(status) if status == 503), "{error}");
    for status in ["400 Bad Request", "401 Unauthorized", "403 Forbidden", "303 See Other"] {
        let (service, _) = server(status, "{}").await;
        let error = service.search(&SEARCH).await.expect_err(status);
        let Some((code, _)) = status.split_once(' ') else { panic!("{status}") };
        assert!(matches!(error, ApiAdresseError::Refused(found) if found.as_str() == code), "{status}: {error}");
    }
}

#[tokio::test]
async fn example_9_answers_that_are_none_each_have_their_reason() {
    let properties = r#""properties":{"id":"1","type":"street","label":"Rue","name":"Rue"}"#;
    for (body, reason) in [
        ("Bonjour", "expected value"),
        ("{}", "missing field `features`"),
        (r#"{"features":[{"properties":{}}]}"#, "missing field"),
        (
            r#"{"features":[{"properties":{"id":"1","type":"street","label":"Rue","name":"Rue"}}]}"#,
            "missing field `geometry`",
        ),
        (
            r#"{"features":[{"geometry":{"type":"Point"},"properties":{"id":"1","type":"street","label":"Rue","name":"Rue"}}]}"#,
            "missing field `coordinates`",
        ),
    ] {
        let (service, _) = server("200 OK", body).await;
        let error = told(&service.search(&SEARCH).await.expect_err(body));
        assert!(error.contains(reason), "{body}: {error}");
    }
    // A place without both coordinates is nowhere: it takes nothing from the others.
    let body: &'static str = format!(
        r#"{{"features":[{{"geometry":{{"coordinates":[2.18]}},{properties}}},{{"geometry":{{"coordinates":[2.18,47.56]}},{properties}}}]}}"#
    )
    .leak();
    let (service, _) = server("200 OK", body).await;
    let places = service.search(&SEARCH).await.expect("an answer");
    assert_eq!(places.iter().map(|place| place.coordinates).collect::<Vec<_>>(), [[2.18, 47.56]]);
}

#[tokio::test]
async fn example_10_answer_without_a_place_is_no_failure() {
    let (service, calls) = server("200 OK", r#"{"type":"FeatureCollection","features":[]}"#).await;
    assert_eq!(service.search(&SEARCH).await.expect("an answer"), []);
    assert_eq!(calls.load(Ordering::SeqCst), 1);
}
