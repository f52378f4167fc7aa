//! The documents against their schemas, the reference cases, and a reader that knows nothing of how they are made.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking, and says what it skips"
)]

mod agreement;
mod cases;
mod cifs;
mod coverage;
mod document;
mod golden;
mod hostile;
mod places;
mod publishable;
mod reader;
mod schema;
mod support;
