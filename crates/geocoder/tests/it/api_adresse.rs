//! A service outside that fails.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use dialog_geocoder::api_adresse::{ApiAdresse, ApiAdresseError, Search};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const SEARCH: Search<'static> =
    Search { text: "rue du Lavoir", kind: None, city_code: None, limit: 1, autocomplete: false };

/// A server that gives each caller the same answer, and counts them.
async fn server(status: &'static str) -> (ApiAdresse, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}/geocodage", listener.local_addr().expect("its address"));
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = calls.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::SeqCst);
            let answer = format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{{}}");
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
        let (service, calls) = server(status).await;
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
    let (service, calls) = server("400 Bad Request").await;
    for asked in 1..=5 {
        let error = service.search(&SEARCH).await.expect_err("refused");
        assert!(matches!(error, ApiAdresseError::Refused(status) if status == 400), "{error}");
        assert_eq!(calls.load(Ordering::SeqCst), asked);
    }
}
