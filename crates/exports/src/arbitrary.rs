//! Random orders for property tests.
