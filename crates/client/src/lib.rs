//! Typed client of the HTTP API, native and in the browser.
//!
//! * [`Client`]: what the browser application calls, with a session cookie and the anti-forgery token;
//! * [`Integrator`]: the wire-compatible API, with the credentials of an API client.
//!
//! Both answer with [`ClientError`], which keeps the error body of the server whole. Dropping the future of a call
//! aborts the request, in the browser too.

#[cfg(target_arch = "wasm32")]
mod browser;
mod client;
mod documents;
mod error;
mod geo;
mod history;
mod integrator;
mod map;
#[cfg(not(target_arch = "wasm32"))]
mod native;
mod orders;
mod roads;
mod session;
mod transport;

#[cfg(target_arch = "wasm32")]
pub use browser::NetworkError;
pub use client::Client;
pub use error::{ClientError, Result};
pub use integrator::Integrator;
#[cfg(not(target_arch = "wasm32"))]
pub use native::NetworkError;

#[cfg(target_arch = "wasm32")]
use browser::Http;
#[cfg(not(target_arch = "wasm32"))]
use native::Http;
