//! Files and forms, and short ways to send them.

use std::io::{Cursor, Write};

use dialog_api_types::app::OrderView;
use dialog_test_support::{TestCaller, TestResponse};
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::orders::bodies::RECORDS;

pub const ODT: &str = "application/vnd.oasis.opendocument.text";
pub const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// A portable document of so many bytes.
pub fn pdf_of(bytes: usize) -> Vec<u8> {
    let mut content = b"%PDF-1.7\n".to_vec();
    content.resize(bytes, b' ');
    content
}

/// A portable document that says something.
pub fn pdf(text: &str) -> Vec<u8> {
    format!("%PDF-1.7\n% {text}\n%%EOF\n").into_bytes()
}

/// An archive with these entries.
pub fn archive(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        writer.start_file(*name, stored).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A form with a file.
pub fn form_of(name: &str, content: Vec<u8>) -> Form {
    Form::new().part("file", Part::bytes(content).file_name(name.to_owned()))
}

/// Where an integrator sends the document of an order.
pub fn path_of(identifier: &str) -> String {
    format!("/api/regulations/{identifier}/storage")
}

/// Sends a document as an integrator.
pub async fn post(client: &TestCaller, identifier: &str, form: Form) -> TestResponse {
    client.send(client.request(Method::POST, &path_of(identifier)).multipart(form)).await
}

/// Sends a document as a form on screen.
pub async fn put(member: &TestCaller, order: &OrderView, form: Form) -> TestResponse {
    let request = member.request(Method::PUT, &format!("{RECORDS}/{}/storage", order.uuid));
    member.send(request.header("If-Match", format!("\"{}\"", order.revision)).multipart(form)).await
}

/// Sends a link as an integrator.
pub async fn post_link(client: &TestCaller, identifier: &str, url: &str, title: &str) -> TestResponse {
    let pairs = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("url", url)
        .append_pair("title", title)
        .finish();
    let request = client.request(Method::POST, &path_of(identifier));
    client.send(request.header("content-type", "application/x-www-form-urlencoded").body(pairs)).await
}
