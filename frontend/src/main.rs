//! The browser application of DiaLog.
fn main() {}
