//! Typed client of the HTTP API, native and in the browser.
