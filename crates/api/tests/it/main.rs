//! The real application, on a real PostgreSQL and a real Redis: one module per concern.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod api_adresse;
mod api_clients;
mod areas;
mod authorisation;
mod body_fields;
mod cited_tests;
mod contract;
mod crash;
mod documents;
mod edge_cases;
mod errors;
mod failures;
mod feeds;
mod geo;
mod geocoding_examples;
mod headers;
mod health;
mod keys;
mod lists;
mod login;
mod methods;
mod null_characters;
mod openapi;
mod orders;
mod perimeters;
mod places;
mod process;
mod processes;
mod rate_limit;
mod reference;
mod restrictions;
mod roads;
mod two_of_each;
mod worker;
