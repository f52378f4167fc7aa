//! Reading the JSON of a body: what is not JSON is told apart from what has a wrong type.

use dialog_api_types::{
    problem::{Parameters, ViolationView},
    wire::WriteRegulation,
};
use dialog_domain::ViolationCode;
use serde_json::Value;

use super::violations;

/// Why a body cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum BodyError {
    /// Not JSON, or cut.
    #[error("the body is not JSON")]
    NotJson(#[source] serde_json::Error),
    /// JSON, but a value is not of the type of its field.
    #[error("a value of the body has a wrong type")]
    WrongType(Vec<ViolationView>),
}

/// Reads the body of `POST` and `PUT /api/regulations`.
///
/// # Errors
/// [`BodyError::NotJson`], or [`BodyError::WrongType`] with the path of the first value of a wrong type.
pub fn read(body: &[u8]) -> Result<WriteRegulation, BodyError> {
    // In two steps: a member given twice counts once, the last time, as for existing clients.
    let value: Value = serde_json::from_slice(body).map_err(BodyError::NotJson)?;
    if !value.is_object() {
        return Err(BodyError::WrongType(vec![wrong_type(String::new(), "object")]));
    }
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = match error.path().to_string() {
            path if path == "." => String::new(),
            path => path,
        };
        BodyError::WrongType(vec![wrong_type(path, expected_type(&error.inner().to_string()))])
    })
}

/// A value of `path` that is not of type `expected`.
pub(super) fn wrong_type(path: String, expected: &str) -> ViolationView {
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

/// The type that the message of serde_json expects, as JSON and existing clients name it.
fn expected_type(message: &str) -> &'static str {
    let expected = message.rsplit_once("expected ").map_or("", |(_, expected)| expected);
    match expected.split(" at line").next().unwrap_or(expected) {
        "a boolean" => "bool",
        "f64" => "float",
        "i64" | "i32" | "u16" => "int",
        "a sequence" => "array",
        "a map" => "object",
        other if other.starts_with("struct ") => "object",
        _ if message.starts_with("UUID") => "uuid",
        other if other.contains("UUID") => "uuid",
        _ if message.contains("integer") && message.contains("out of range") => "int",
        _ => "string",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(body: &str) -> (String, String, Option<usize>) {
        match read(body.as_bytes()) {
            Err(BodyError::WrongType(violations)) => {
                let violation = violations.into_iter().next().expect("a violation");
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
            (r#"{"measures": [{"uuid": "no"}]}"#, "measures[0].uuid", "uuid", Some(0)),
            (r#"{"measures": ["no"]}"#, "measures[0]", "object", Some(0)),
        ] {
            assert_eq!(refused(body), (path.to_owned(), title(expected), index), "{body}");
        }
    }

    #[test]
    fn what_is_not_json_is_told_apart() {
        for body in ["", "{", r#"{"identifier": 7"#, "<xml/>", "\u{feff}{}"] {
            assert!(matches!(read(body.as_bytes()), Err(BodyError::NotJson(_))), "{body}");
        }
    }

    #[test]
    fn unknown_members_are_ignored_and_the_last_of_two_counts() {
        let body = read(br#"{"identifier": "A", "inconnu": {"x": [1]}, "identifier": "B", "measures": []}"#);
        let body = body.expect("a body");
        assert_eq!((body.identifier.as_deref(), body.measures), (Some("B"), Some(Vec::new())));
    }
}
