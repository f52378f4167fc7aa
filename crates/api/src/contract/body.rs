//! Values of a wrong type in a body, as the contract words them.

use dialog_api_types::problem::{Parameters, ViolationView};
use dialog_domain::ViolationCode;

use super::violations;

/// A value of `path` that is not of type `expected`.
#[must_use]
pub fn wrong_type(path: String, expected: &str) -> ViolationView {
    ViolationView {
        measure_index: measure_index(&path),
        property_path: path,
        title: format!("Cette valeur doit être de type {expected}."),
        parameters: Parameters::default(),
        code: violations::code_word(ViolationCode::Malformed),
    }
}

/// The index in `measures[2].…`; at this stage the contract keeps it in the path too.
fn measure_index(path: &str) -> Option<usize> {
    path.strip_prefix("measures[")?.split_once(']')?.0.parse().ok()
}

#[cfg(test)]
mod tests {
    use dialog_api_types::wire::WriteRegulation;

    use super::*;
    use crate::json::{JsonError, read};

    fn refused(body: &str) -> (String, String, Option<usize>) {
        match read::<WriteRegulation>(body.as_bytes()) {
            Err(JsonError::WrongType { path, expected }) => {
                let violation = wrong_type(path, expected);
                (violation.property_path, violation.title, violation.measure_index)
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_wrong_type_is_reported_on_its_path_with_the_type_that_was_expected() {
        let title = |name: &str| format!("Cette valeur doit être de type {name}.");
        for (body, path, expected, index) in [
            (r#"[]"#, "", "object", None),
            (r#"{"identifier": 7}"#, "identifier", "string", None),
            (r#"{"measures": {"a": 1}}"#, "measures", "array", None),
            (r#"{"measures": [{"maxSpeed": "30"}]}"#, "measures[0].maxSpeed", "int", Some(0)),
            (r#"{"measures": [{}, {"maxSpeed": 30.5}]}"#, "measures[1].maxSpeed", "int", Some(1)),
            (r#"{"measures": [{"periods": null}]}"#, "measures[0].periods", "array", Some(0)),
            (r#"{"measures": [{"locations": null}]}"#, "measures[0].locations", "array", Some(0)),
            (r#"{"measures": [{"vehicleSet": "tous"}]}"#, "measures[0].vehicleSet", "object", Some(0)),
            (
                r#"{"measures": [{"vehicleSet": {"restrictedTypes": null}}]}"#,
                "measures[0].vehicleSet.restrictedTypes",
                "array",
                Some(0),
            ),
            (
                r#"{"measures": [{"vehicleSet": {"allVehicles": "oui"}}]}"#,
                "measures[0].vehicleSet.allVehicles",
                "bool",
                Some(0),
            ),
            (
                r#"{"measures": [{"vehicleSet": {"maxHeight": "2.4"}}]}"#,
                "measures[0].vehicleSet.maxHeight",
                "float",
                Some(0),
            ),
            (
                r#"{"measures": [{"periods": [{}, {"startDate": 12}]}]}"#,
                "measures[0].periods[1].startDate",
                "string",
                Some(0),
            ),
            (
                r#"{"measures": [{"locations": [{"departmentalRoad": {"fromAbscissa": 1e99}}]}]}"#,
                "measures[0].locations[0].departmentalRoad.fromAbscissa",
                "int",
                Some(0),
            ),
            (
                r#"{"measures": [{"locations": [{"nationalRoad": {"toAbscissa": 3000000000}}]}]}"#,
                "measures[0].locations[0].nationalRoad.toAbscissa",
                "int",
                Some(0),
            ),
            (
                r#"{"measures": [{"locations": [{"namedStreet": {"fromCoordinates": [2.3]}}]}]}"#,
                "measures[0].locations[0].namedStreet.fromCoordinates",
                "array",
                Some(0),
            ),
            (r#"{"measures": [{"uuid": "no"}]}"#, "measures[0].uuid", "uuid", Some(0)),
            (r#"{"measures": ["no"]}"#, "measures[0]", "object", Some(0)),
        ] {
            assert_eq!(refused(body), (path.to_owned(), title(expected), index), "{body}");
        }
    }

    #[test]
    fn what_is_not_json_is_told_apart() {
        for body in ["", "{", r#"{"identifier": 7"#, "<xml/>", "\u{feff}{}"] {
            assert!(matches!(read::<WriteRegulation>(body.as_bytes()), Err(JsonError::NotJson(_))), "{body}");
        }
    }

    #[test]
    fn unknown_members_are_ignored_and_the_last_of_two_counts() {
        let body = read::<WriteRegulation>(
            br#"{"identifier": "A", "inconnu": {"x": [1]}, "identifier": "B", "measures": []}"#,
        );
        let body = body.expect("a body");
        assert_eq!((body.identifier.as_deref(), body.measures), (Some("B"), Some(Vec::new())));
    }
}
