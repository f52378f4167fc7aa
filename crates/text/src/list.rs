//! Enumerations: "a, b et c".

/// Joins with commas, and `last` (`et`, `ou`) before the last one.
pub(crate) fn join(items: &[String], last: &str) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [head @ .., tail] => format!("{} {last} {tail}", head.join(", ")),
    }
}
