//! Look-ups and sections on the demonstration town, on real data, and on what loads them.
#![allow(clippy::expect_used, clippy::panic, reason = "a broken set-up stops the test with its reason")]

mod api_adresse;
mod areas;
mod examples;
mod limit;
mod load;
mod locate;
mod lookups;
mod paris;
mod pictures;
mod places;
mod plans;
mod properties;
mod roads;
mod sections;
mod support;
mod tiles;
