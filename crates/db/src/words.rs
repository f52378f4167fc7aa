//! Enumerations of the domain as the words kept in text columns: those of their JSON form.

use diesel::QueryResult;
use diesel::result::Error as QueryError;
use serde::{Serialize, de::DeserializeOwned};

/// The word of a value.
pub(crate) fn word<T: Serialize>(value: T) -> QueryResult<String> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        Ok(other) => Err(QueryError::SerializationError(format!("not a word: {other}").into())),
        Err(error) => Err(QueryError::SerializationError(error.into())),
    }
}

/// The value of a word.
pub(crate) fn value<T: DeserializeOwned>(word: String) -> QueryResult<T> {
    json(serde_json::Value::String(word))
}

/// The value of a JSON column.
pub(crate) fn json<T: DeserializeOwned>(value: serde_json::Value) -> QueryResult<T> {
    serde_json::from_value(value).map_err(|error| QueryError::DeserializationError(error.into()))
}

/// The JSON form of a value.
pub(crate) fn to_json<T: Serialize>(value: &T) -> QueryResult<serde_json::Value> {
    serde_json::to_value(value).map_err(|error| QueryError::SerializationError(error.into()))
}

/// The `LIKE` pattern of texts that contain `text` as it is.
pub(crate) fn contains_pattern(text: &str) -> String {
    format!("%{}%", escaped(text.trim()))
}

/// The `LIKE` pattern of texts that begin with `text` as it is.
pub(crate) fn starts_pattern(text: &str) -> String {
    format!("{}%", escaped(text))
}

fn escaped(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_of_the_search_are_ordinary_characters() {
        assert_eq!(contains_pattern(r" 100% a_b\c "), r"%100\% a\_b\\c%");
        assert_eq!(starts_pattern("F_1"), r"F\_1%");
    }
}
