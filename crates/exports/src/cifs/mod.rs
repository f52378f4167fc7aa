//! CIFS v2, the feed of closures and incidents that Waze reads.
//!
//! A feed is [`opening`], the bodies of the fragments that hold now, [`closing`]; or [`empty`] when there is none. A body
//! is one `<incident>` a line: one per part of a location and per period, so that nothing joins what is apart.
//!
//! ## What is sent
//! Waze shuts a road for every driver, or shows a warning to those who come near. So only what binds every driver is
//! sent; the rest is a [`crate::Loss`], told to the author of the order.
//!
//! | what the order says | what is sent |
//! | --- | --- |
//! | circulation interdite, to every vehicle | `ROAD_CLOSED` |
//! | circulation alternée, for every vehicle | `HAZARD`, `HAZARD_ON_ROAD_LANE_CLOSED`: a warning, no other route |
//! | other measures, some vehicles alone, exemptions | nothing |
//! | a period without end | nothing: Waze would drop it after 14 days |
//! | a drawing, unless it comes from Litteralis | nothing: it need not follow the roads |
//! | a whole city, a zone | every road of it, under the name of the city or zone |
//! | one direction of a whole street | nothing: nobody knows which direction is meant |
//! | a part under 35 m | nothing: Waze cannot place it |
//! | a part above 10 km | several incidents, end to end |
//!
//! ## Places
//! Lines that touch make one part; where three meet, the straightest two do, and the third is a part of its own. A part
//! of one direction is written in the direction of travel and never turned round. Nothing is drawn that the order does
//! not draw.
//!
//! ## Times
//! `starttime` and `endtime` are the exact bounds of the period with the offset of that day. A `schedule` holds local
//! hours, the same in winter and in summer; a slot past midnight is cut there, and its morning belongs to the days that
//! follow. `23:59` in a schedule is the end of the day, as everywhere in DiaLog: CIFS has no other word for it.
//!
//! ## Identifiers
//! `<uuid of the location>.<hash of the period and of the part>`: the same for as long as the location, the period and
//! the two ends of the part stay. The order is the `parent_event`.

mod envelope;
mod filter;
mod map;
mod model;
mod schedule;
mod state;
mod trails;

pub use envelope::{closing, document, empty, opening};
pub use filter::{CifsFilter, CifsFilterError};
pub use state::fragments;
