//! Calls to the server: the client given by context, failures in French, and values that load.

mod failure;
mod remote;

pub use failure::Failure;
pub use remote::{Load, Remote, remote};

use dialog_client::Client;
use leptos::prelude::expect_context;

/// The client of this page's server.
pub fn client() -> Client {
    expect_context()
}
