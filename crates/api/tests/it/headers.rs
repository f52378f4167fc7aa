//! Headers that browsers obey.

use dialog_test_support::TestApp;
use reqwest::Method;

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let app = TestApp::start().await;
    for path in ["/api/health", "/api/unknown", "/api/app/me", "/api/doc"] {
        let answer = app.anonymous().get(path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
        assert!(answer.header("referrer-policy").contains("strict-origin"), "{path}");
    }
}

#[tokio::test]
async fn scripts_of_other_origins_read_what_is_public_and_nothing_else() {
    let app = TestApp::start().await;
    let script = app.anonymous().with_header("origin", "https://elsewhere.example");
    assert_eq!(script.get("/api/geo/cities?search=demo").await.header("access-control-allow-origin"), "*");
    assert_eq!(script.get("/api/unknown").await.header("access-control-allow-origin"), "*");
    for path in ["/api/app/me", "/api/login", "/api/logout"] {
        assert_eq!(script.get(path).await.header("access-control-allow-origin"), "", "{path}");
    }
}

#[tokio::test]
async fn browsers_may_ask_before_reading_and_not_before_writing() {
    let app = TestApp::start().await;
    let ask = async |path: &str, method: &str| {
        let caller = app.anonymous().with_header("origin", "https://elsewhere.example");
        caller.send(caller.request(Method::OPTIONS, path).header("access-control-request-method", method)).await
    };
    let reading = ask("/api/geo/cities", "GET").await.expect(204);
    assert_eq!(reading.header("access-control-allow-methods"), "GET, HEAD");
    for (path, method) in [("/api/regulations", "POST"), ("/api/login", "POST"), ("/api/app/me", "GET")] {
        let answer = ask(path, method).await;
        assert_eq!(answer.header("access-control-allow-origin"), "", "{method} {path}");
    }
}

#[tokio::test]
async fn answers_are_compressed_for_those_who_ask() {
    let app = TestApp::start().await;
    for encoding in ["br", "gzip"] {
        let answer = app.anonymous().with_header("accept-encoding", encoding).get("/api/doc.json").await.expect(200);
        assert_eq!(answer.header("content-encoding"), encoding);
        assert!(answer.header("vary").to_lowercase().contains("accept-encoding"));
    }
    let plain = app.anonymous().with_header("accept-encoding", "identity").get("/api/doc.json").await;
    assert_eq!(plain.header("content-encoding"), "");
}

#[tokio::test]
async fn head_answers_like_get_without_the_body() {
    let app = TestApp::start().await;
    for path in ["/api/health", "/api/doc.json", "/api/geo/cities?search=demo", "/api/regulations.xml"] {
        let answer = app.anonymous().head(path).await.expect(200);
        assert!(answer.body.is_empty(), "{path}");
        assert!(!answer.header("content-type").is_empty(), "{path}");
    }
}
