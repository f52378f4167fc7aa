//! From the body of a repeal to what the rules take.

use chrono_tz::Tz;
use dialog_api_types::{problem::ViolationView, wire::WriteRepeal};
use dialog_domain::{Violation, input::RepealInput};

use super::violations;
use super::write::{Mapping, merge, split, whole};
use crate::contract::date_time;

/// A repeal as it was sent, and what of it cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedRepeal {
    /// For the rules; what cannot be read is missing.
    pub input: RepealInput,
    unreadable: Vec<Violation>,
}

/// Reads a body. Dates and times become the wall-clock time of `zone`.
#[must_use]
pub fn asked(body: &WriteRepeal, zone: Tz) -> AskedRepeal {
    let mut mapping = Mapping::new(zone);
    let (end_date, end_time) = match whole(&body.end_date, &body.end_time, &body.end_date_time) {
        Some(end) => split(mapping.read("endDateTime", Some(end), date_time::read_date_time)),
        None => (
            mapping.read("endDate", body.end_date.as_deref(), date_time::read_date),
            mapping.read("endTime", body.end_time.as_deref(), date_time::read_time),
        ),
    };
    let input = RepealInput { end_date, end_time, reason: body.reason.clone() };
    AskedRepeal { input, unreadable: mapping.unreadable() }
}

impl AskedRepeal {
    /// Broken rules as the contract words them; what could not be read is told as such, not as missing.
    #[must_use]
    pub fn refused(&self, broken: Vec<Violation>) -> Vec<ViolationView> {
        violations::on_the_wire(&merge(broken, &self.unreadable))
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Paris;
    use dialog_domain::ViolationCode;
    use serde_json::json;

    use super::*;

    fn read(body: serde_json::Value) -> AskedRepeal {
        asked(&serde_json::from_value(body).expect("a body"), Paris)
    }

    #[test]
    fn end_of_a_repeal_is_written_as_the_end_of_a_period() {
        for body in [
            json!({"endDate": "2030-12-10", "endTime": "18:00", "reason": "Fin"}),
            json!({"endDate": "2030-12-10T00:00:00Z", "endTime": "2030-12-10T17:00:00Z", "reason": "Fin"}),
            json!({"endDateTime": "2030-12-10T18:00:00+01:00", "reason": "Fin"}),
        ] {
            let asked = read(body.clone());
            let expected = RepealInput {
                end_date: "2030-12-10".parse().ok(),
                end_time: "18:00:00".parse().ok(),
                reason: Some("Fin".to_owned()),
            };
            assert_eq!((asked.input, asked.unreadable), (expected, vec![]), "{body}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_told_in_the_place_of_what_it_stands_for() {
        let missing = |path: &str| Violation::new(path, ViolationCode::Required);
        let told = |body, broken| {
            let views = read(body).refused(broken);
            views.into_iter().map(|view| format!("{} {}", view.property_path, view.code)).collect::<Vec<_>>()
        };
        let body = json!({"endDate": "demain", "endTime": "18:00"});
        assert_eq!(told(body, vec![missing("endDate"), missing("reason")]), ["endDate malformed", "reason required"]);
        let body = json!({"endDateTime": "demain", "reason": "Fin"});
        assert_eq!(told(body, vec![missing("endDate"), missing("endTime")]), ["endDateTime malformed"]);
    }
}
