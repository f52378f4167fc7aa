//! Request and response bodies of the HTTP API, shared by the server, the client and the browser application.
//!
//! * [`app`]: what the browser application exchanges below `/api/app` and at login;
//! * [`geo`], [`roads`] and [`map`]: public look-ups and the map;
//! * [`wire`]: the integrators' contract below `/api/regulations`;
//! * [`problem`]: the one error body and the table of its codes.

pub mod app;
pub mod feeds;
pub mod geo;
pub mod health;
pub mod map;
pub mod page;
pub mod places;
pub mod problem;
pub mod roads;
pub mod wire;
