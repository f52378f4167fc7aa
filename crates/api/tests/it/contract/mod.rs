//! What the contract of the integrators says beyond single fields, and what is ours in it.

mod caching;
mod once;
mod round_trip;
mod sequence;
mod titles;
mod trial;
mod usage;
