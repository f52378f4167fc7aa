//! The integrators' contract: between the bodies of `/api/regulations` and the domain. Pure: no request, no database.
//!
//! ```text
//! body ─ json::read ─▶ WriteRegulation ─ write::check ─▶ OrderContent ─ read::regulation ─▶ RegulationView
//!              └──────── broken rules, on the paths of the contract ────────┘
//! ```

pub mod body;
pub mod date_time;
pub mod read;
pub mod repeal;
pub mod violations;
pub mod write;
