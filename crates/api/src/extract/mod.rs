//! What handlers take from a request.

mod api_client;
mod document_form;
mod idempotency_key;
mod if_match;
mod json_body;
mod pagination;
mod path_text;
mod query;
mod user;

pub use api_client::ApiClient;
pub use document_form::{MULTIPART_LIMIT, read_document};
pub use idempotency_key::IdempotencyKey;
pub use if_match::{IfMatch, OptionalIfMatch};
pub use json_body::{JsonBody, receive};
pub use pagination::Pagination;
pub use path_text::PathText;
pub use query::Query;
pub use user::{CurrentUser, OptionalUser};
