//! The list of broken rules while it is being made, and the rules that every text field shares.

use crate::{Violation, ViolationCode};

/// Broken rules found so far. Paths are relative to the part being checked; [`Report::under`] completes them.
#[derive(Default)]
pub(super) struct Report {
    violations: Vec<Violation>,
}

impl Report {
    /// Adds a broken rule.
    pub(super) fn add(&mut self, path: &str, code: ViolationCode) {
        self.push(Violation::new(path, code));
    }

    /// Adds a broken rule with its parameters.
    pub(super) fn push(&mut self, violation: Violation) {
        self.violations.push(violation);
    }

    /// Runs `check` and puts what it finds below `prefix`.
    pub(super) fn under<T>(&mut self, prefix: &str, check: impl FnOnce(&mut Self) -> T) -> T {
        let mut below = Self::default();
        let checked = check(&mut below);
        self.violations.extend(below.violations.into_iter().map(|violation| violation.under(prefix)));
        checked
    }

    /// Runs `check` on each element and puts what it finds below `list[index]`; `None` as soon as one is refused.
    pub(super) fn each<I, O>(
        &mut self,
        list: &str,
        elements: &[I],
        mut check: impl FnMut(&mut Self, &I) -> Option<O>,
    ) -> Option<Vec<O>> {
        let checked: Vec<Option<O>> = elements
            .iter()
            .enumerate()
            .map(|(index, element)| self.under(&format!("{list}[{index}]"), |report| check(report, element)))
            .collect();
        checked.into_iter().collect()
    }

    /// The checked value when no rule was broken.
    ///
    /// # Errors
    /// The broken rules, in the order in which they were found.
    pub(super) fn finish<T>(self, checked: Option<T>) -> Result<T, Vec<Violation>> {
        match checked {
            Some(value) if self.violations.is_empty() => Ok(value),
            _ => Err(self.violations),
        }
    }

    /// A text that must be there, of at most `max` characters.
    pub(super) fn required(&mut self, path: &str, value: Option<&str>, max: usize) -> Option<String> {
        let text = trimmed(value);
        if text.is_none() {
            self.add(path, ViolationCode::Required);
        }
        self.at_most(path, text, max)
    }

    /// A text that may be absent, of at most `max` characters.
    pub(super) fn at_most(&mut self, path: &str, value: Option<&str>, max: usize) -> Option<String> {
        let text = trimmed(value)?;
        if text.contains('\0') {
            // No database keeps it, and no screen shows it.
            self.push(Violation::new(path, ViolationCode::Malformed).with("reason", "nul"));
        }
        if text.chars().count() > max {
            self.push(Violation::new(path, ViolationCode::TooLong).with("max", max));
        }
        Some(text.to_owned())
    }

    /// One of a few words.
    pub(super) fn choice<T>(&mut self, path: &str, value: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let found = read(value);
        if found.is_none() {
            self.add(path, ViolationCode::NotAChoice);
        }
        found
    }
}

/// The text without the blanks around it; an empty one is absent.
pub(super) fn trimmed(value: Option<&str>) -> Option<&str> {
    value.map(str::trim).filter(|text| !text.is_empty())
}

/// Reads a word as serde does: the enumerations of the domain spell their words in one place.
pub(super) fn word<T: for<'de> serde::Deserialize<'de>>(text: &str) -> Option<T> {
    T::deserialize(serde::de::value::StrDeserializer::<serde::de::value::Error>::new(text)).ok()
}
