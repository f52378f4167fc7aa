//! Look-ups of communes, streets, house numbers and crossings, and the geometry of a location.
//!
//! Everything is answered from the reference tables of the database ([`dialog_db::reference`]); [`load`] fills them.
//! [`api_adresse`] is the one source outside, for what they lack.

pub mod api_adresse;
pub mod city;
pub mod completion;
pub mod crossing;
pub mod house_number;
pub mod kept;
pub mod load;
pub mod locate;
pub mod name;
mod network;
pub mod outside;
pub mod places;
pub mod roads;
pub mod street;

pub use city::{City, search_cities};
pub use crossing::{Crossing, CrossingStreet, crossing_streets, kept_crossing_streets};
pub use dialog_db::reference::{Edition, active_editions as editions, base_tile, commune_contours};
pub use house_number::{HouseNumbers, house_numbers, search_house_numbers};
pub use kept::KeptStreets;
pub use locate::{Bound, LocateError, Located, locate, locate_with};
pub use outside::{MissingNumber, OutsideNumbers, Sources, missing_numbers};
pub use street::{Street, search_streets};
