//! Serde form of an optional local time of day: `HH:MM`, seconds accepted and dropped on reading.

use chrono::{NaiveTime, Timelike};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// Writes `HH:MM` or null.
///
/// # Errors
/// Those of the serializer.
pub fn serialize<S: Serializer>(time: &Option<NaiveTime>, serializer: S) -> Result<S::Ok, S::Error> {
    time.map(|time| time.format("%H:%M").to_string()).serialize(serializer)
}

/// Reads `HH:MM`, `HH:MM:SS`, an empty text (nothing) or null.
///
/// # Errors
/// When the text is none of these.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveTime>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    match text.as_deref().map(str::trim) {
        None | Some("") => Ok(None),
        Some(text) => parse(text).map(Some).ok_or_else(|| D::Error::custom(format!("not a time of day: {text}"))),
    }
}

/// Reads `HH:MM` or `HH:MM:SS`, to the minute.
#[must_use]
pub fn parse(text: &str) -> Option<NaiveTime> {
    let time =
        NaiveTime::parse_from_str(text, "%H:%M").or_else(|_| NaiveTime::parse_from_str(text, "%H:%M:%S")).ok()?;
    time.with_second(0)
}
