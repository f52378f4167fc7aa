//! French made from the domain: the sentences of measure cards, popups and lists, the labels of every enumeration,
//! and what to tell a person about a broken rule.
//!
//! Pure and small: the browser application carries it.

mod difference;
mod history;
pub mod labels;
mod list;
mod location;
mod measure;
mod number;
mod perimeter;
mod period;
mod repeal;
mod vehicle;
mod violation;

pub use difference::difference;
pub use history::{action, identifier_change};
pub use location::{bounds, exceptions, location};
pub use measure::{measure_sentence, measure_title};
pub use number::length;
pub use perimeter::partly_outside;
pub use period::{Stage, order_next_change, order_period, order_progress, period};
pub use repeal::repeal;
pub use vehicle::vehicles;
pub use violation::{contract_title, violation};
