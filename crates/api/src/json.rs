//! Reading JSON so that a mistake is told with its place: what is not JSON apart from what has a wrong type, the path of
//! the latter and the type that was expected.
//!
//! An object is an object: serde alone would read a list in its place, by rank. An empty list is an empty object, which is
//! how PHP writes one. A member given twice counts once, the last time.

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeOwned, Deserializer, Error as _, IntoDeserializer, Unexpected, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Error, Value};

/// Why a body cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum JsonError {
    /// Not JSON, or cut.
    #[error("the body is not JSON")]
    NotJson(#[source] Error),
    /// JSON, but a value is not of the type of its field.
    #[error("the value of {path:?} is not of type {expected}")]
    WrongType {
        /// Where; empty for the whole.
        path: String,
        /// As JSON and existing clients name it: `string`, `int`, `float`, `bool`, `array`, `object`, `uuid`;
        /// `choice` for a word that is none of an enumeration.
        expected: &'static str,
    },
}

/// Reads a body, which is an object.
///
/// # Errors
/// See [`JsonError`]; the first value of a wrong type is told.
pub fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, JsonError> {
    let value: Value = serde_json::from_slice(body).map_err(JsonError::NotJson)?;
    if !value.is_object() {
        return Err(JsonError::WrongType { path: String::new(), expected: "object" });
    }
    serde_path_to_error::deserialize(Strict(value)).map_err(|error| {
        let path = match error.path().to_string() {
            path if path == "." => String::new(),
            path => path,
        };
        JsonError::WrongType { path, expected: expected_type(&error.inner().to_string()) }
    })
}

/// The type that a message of serde expects.
fn expected_type(message: &str) -> &'static str {
    let expected = message.rsplit_once("expected ").map_or("", |(_, expected)| expected);
    match expected.split(" at line").next().unwrap_or(expected) {
        "a boolean" => "bool",
        "f64" => "float",
        "i64" | "i32" | "u16" => "int",
        "a sequence" => "array",
        other if other.starts_with("an array") || other.ends_with("in sequence") => "array",
        "a map" => "object",
        other if other.starts_with("struct ") => "object",
        _ if message.starts_with("unknown variant") => "choice",
        _ if message.starts_with("UUID") => "uuid",
        other if other.contains("UUID") => "uuid",
        _ if message.contains("integer") && message.contains("out of range") => "int",
        _ => "string",
    }
}

/// A value in which no list stands for an object.
struct Strict(Value);

impl<'de> Deserializer<'de> for Strict {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Array(values) => {
                let mut values = SeqDeserializer::new(values.into_iter().map(Strict));
                let read = visitor.visit_seq(&mut values)?;
                values.end()?;
                Ok(read)
            }
            Value::Object(members) => {
                visitor.visit_map(MapDeserializer::new(members.into_iter().map(|(name, value)| (name, Strict(value)))))
            }
            other => other.deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match &self.0 {
            Value::Array(values) if values.is_empty() => {
                Self(Value::Object(Default::default())).deserialize_any(visitor)
            }
            Value::Array(_) => Err(Error::invalid_type(Unexpected::Seq, &visitor)),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.0.deserialize_enum(name, variants, visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map identifier ignored_any
    }
}

impl<'de> IntoDeserializer<'de, Error> for Strict {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

#[cfg(test)]
mod tests {
    use dialog_api_types::wire::WriteRegulation;

    use super::*;

    fn refused(body: &str) -> (String, &'static str) {
        match read::<WriteRegulation>(body.as_bytes()) {
            Err(JsonError::WrongType { path, expected }) => (path, expected),
            other => panic!("{body}: {other:?}"),
        }
    }

    #[test]
    fn a_list_is_no_object_and_an_empty_one_is_an_empty_object() {
        let measure = |member: &str, value: &str| format!(r#"{{"measures": [{{"{member}": {value}}}]}}"#);
        for (body, path) in [
            (measure("vehicleSet", "[false, [\"heavyGoodsVehicle\"]]"), "measures[0].vehicleSet"),
            (measure("periods", "[[null, \"2030-01-01\"]]"), "measures[0].periods[0]"),
            (measure("locations", "[{\"namedStreet\": [1]}]"), "measures[0].locations[0].namedStreet"),
        ] {
            assert_eq!(refused(&body), (path.to_owned(), "object"), "{body}");
        }
        let empty = measure("vehicleSet", "[]");
        let read: WriteRegulation = read(empty.as_bytes()).expect("a body");
        assert_eq!(read.measures.expect("measures")[0].vehicle_set, Some(Default::default()));
    }

    #[test]
    fn a_list_has_the_length_of_its_type() {
        let street = |place: &str| {
            format!(r#"{{"measures": [{{"locations": [{{"namedStreet": {{"fromCoordinates": {place}}}}}]}}]}}"#)
        };
        for place in ["[2.3]", "[2.3, 48.8, 35]"] {
            assert_eq!(refused(&street(place)).1, "array", "{place}");
        }
        assert!(read::<WriteRegulation>(street("[2.3, 48]").as_bytes()).is_ok());
    }
}
