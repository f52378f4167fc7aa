//! The form of a measure, and the map of its locations beside it.
//!
//! What is typed is held by signals of its own size: one for the measure, one for each location. Typing in a location
//! runs the rules of that location and asks for its geometry; the others do not move.

mod bound;
mod calendar;
mod conflict;
mod editor;
mod following;
mod form;
mod locations;
mod map;
mod page;
mod periods;
mod removed;
mod restriction;
mod road;
mod saving;
mod shape;
mod slots;
mod street;
mod vehicles;
mod vertices;
mod whole_city;

pub use page::{EditMeasurePage, NewMeasurePage};
