//! Mistakes of a form: which ones exist, which ones are shown, and where.
//!
//! Everything is keyed by the path of the input (`periods[1].endDate`), the one that the rule book and the server
//! use. The id of a field is made from its path, so that a link can lead from a message to its field.

use std::collections::BTreeSet;

use dialog_domain::Violation;
use leptos::prelude::*;

use super::labels::field_label;

/// A mistake and its field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// Path of the field in the input, in its shown form (see [`shown_path`]).
    pub path: String,
    /// French sentence.
    pub message: String,
}

impl FieldError {
    /// A mistake on a field.
    pub fn new(path: &str, message: &str) -> Self {
        Self { path: shown_path(path), message: message.to_owned() }
    }

    /// A broken rule, in French.
    pub fn from_violation(violation: &Violation) -> Self {
        Self::new(&violation.path, &dialog_text::violation(violation))
    }
}

/// Several fields of the input can be one field on screen: the code of a commune is behind its name.
pub fn shown_path(path: &str) -> String {
    // The server names the measure; a form holds one.
    let path = match path.strip_prefix("measures[").and_then(|rest| rest.split_once("].")) {
        Some((index, rest)) if index.chars().all(|character| character.is_ascii_digit()) => rest,
        _ => path,
    };
    let (parent, field) = path.rsplit_once('.').map_or(("", path), |(parent, field)| (parent, field));
    let field = match field {
        "cityCode" => "cityLabel",
        "roadBanId" => "roadName",
        "fromRoadBanId" => "fromRoadName",
        "toRoadBanId" => "toRoadName",
        "fromDepartmentCode" => "fromPointNumber",
        "toDepartmentCode" => "toPointNumber",
        other => other,
    };
    if parent.is_empty() { field.to_owned() } else { format!("{parent}.{field}") }
}

/// Id of the field of this path.
pub fn field_id(path: &str) -> String {
    let mut id = String::from("champ");
    let mut separate = true;
    for character in path.chars() {
        if character.is_ascii_alphanumeric() {
            if separate {
                id.push('-');
            }
            id.push(character);
            separate = false;
        } else {
            separate = true;
        }
    }
    id
}

/// Paths that hold this one, the nearest first: `periods[1].endDate`, `periods[1]`, `periods`.
pub fn ancestors(path: &str) -> Vec<&str> {
    let mut found = vec![path];
    let mut rest = path;
    while let Some(at) = rest.rfind(['.', '[']) {
        rest = &rest[..at];
        found.push(rest);
    }
    found
}

/// Paths after the element `index` of the list `list` was removed: those below it go, the following ones move up.
pub fn without_element(paths: &BTreeSet<String>, list: &str, index: usize) -> BTreeSet<String> {
    paths.iter().filter_map(|path| moved_up(path, list, index)).collect()
}

fn moved_up(path: &str, list: &str, index: usize) -> Option<String> {
    let element = path.strip_prefix(list).and_then(|rest| rest.strip_prefix('[')).and_then(|rest| rest.split_once(']'));
    let Some((number, rest)) = element else { return Some(path.to_owned()) };
    let Ok(number) = number.parse::<usize>() else { return Some(path.to_owned()) };
    match number.cmp(&index) {
        std::cmp::Ordering::Less => Some(path.to_owned()),
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some(format!("{list}[{}]{rest}", number - 1)),
    }
}

/// Which mistakes of a form are shown.
///
/// What the rules say of a field is shown once the person has left that field, or tried to save; what the server said
/// of a field is shown until the field changes.
///
/// A long form is made of parts, each with its own mistakes: typing in one of them does not touch the others.
#[derive(Clone, Copy)]
pub struct FormState {
    live: Signal<Vec<FieldError>>,
    server: RwSignal<Vec<FieldError>>,
    touched: RwSignal<BTreeSet<String>>,
    tried: RwSignal<bool>,
    parts: RwSignal<Vec<Part>>,
}

/// A part of a form that can be moved or removed: its fields keep their paths, whatever its place.
#[derive(Clone, PartialEq)]
pub struct Part {
    /// What the paths of its fields begin with: `locations[7]`, 7 being its key.
    pub key: String,
    /// The same as the rule book and the server see it, for the place that it has now: `locations[0]`.
    pub place: String,
    /// Its mistakes; those of a part without are in the form itself.
    pub form: Option<FormState>,
}

impl PartialEq for FormState {
    fn eq(&self, other: &Self) -> bool {
        self.server == other.server
    }
}

/// A mistake as the list at the top of the form tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryLine {
    /// Path of the field.
    pub path: String,
    /// The field and the mistake.
    pub text: String,
}

impl FormState {
    /// A form whose mistakes at each moment are `live`.
    pub fn new(live: Signal<Vec<FieldError>>) -> Self {
        Self {
            live,
            server: RwSignal::new(Vec::new()),
            touched: RwSignal::new(BTreeSet::new()),
            tried: RwSignal::new(false),
            parts: RwSignal::new(Vec::new()),
        }
    }

    /// A part of this form whose mistakes at each moment are `live`.
    pub fn part(self, live: Signal<Vec<FieldError>>) -> Self {
        Self { tried: self.tried, ..Self::new(live) }
    }

    /// Tells which parts there are, in the order of the form.
    pub fn set_parts(self, parts: Vec<Part>) {
        self.parts.set(parts);
    }

    /// The person left this field.
    pub fn touch(self, path: &str) {
        // The form may be gone when a press is released.
        if self.touched.try_with_untracked(|touched| !touched.contains(path)) == Some(true) {
            self.touched.update(|touched| {
                touched.insert(path.to_owned());
            });
        }
    }

    /// The person changed this field: what the server said of it is no longer true.
    pub fn edited(self, path: &str) {
        if self.server.with_untracked(|errors| errors.iter().any(|error| error.path == path)) {
            self.server.update(|errors| errors.retain(|error| error.path != path));
        }
    }

    /// An element of a list was removed.
    pub fn removed(self, list: &str, index: usize) {
        self.touched.update(|touched| *touched = without_element(touched, list, index));
        self.server.update(|errors| errors.retain(|error| !error.path.starts_with(list)));
    }

    /// The person tried to save. True when the rules have nothing against it.
    pub fn try_to_save(self) -> bool {
        self.tried.set(true);
        self.refused(Vec::new());
        let parts = self.parts.get_untracked();
        self.live.with_untracked(Vec::is_empty)
            && parts.iter().filter_map(|part| part.form).all(|form| form.live.with_untracked(Vec::is_empty))
    }

    /// The server refused; its paths are those of what was sent.
    pub fn refused(self, errors: Vec<FieldError>) {
        let parts = self.parts.get_untracked();
        let mut own = Vec::new();
        let mut theirs: Vec<Vec<FieldError>> = parts.iter().map(|_| Vec::new()).collect();
        for error in errors {
            let at = innermost(&parts, &error.path);
            match at.and_then(|rank| Some((rank, parts.get(rank)?))) {
                Some((rank, part)) => {
                    let path = format!("{}{}", part.key, &error.path[part.place.len()..]);
                    let moved = FieldError { path, ..error };
                    if part.form.is_some() { theirs[rank].push(moved) } else { own.push(moved) }
                }
                None => own.push(error),
            }
        }
        self.server.set(own);
        for (part, errors) in parts.iter().zip(theirs) {
            if let Some(form) = part.form.filter(|form| form.server.with_untracked(|known| *known != errors)) {
                form.server.set(errors);
            }
        }
    }

    /// What is shown on this field.
    pub fn message(self, path: &str) -> Option<String> {
        let of = |errors: &Vec<FieldError>| {
            errors.iter().find(|error| error.path == path).map(|error| error.message.clone())
        };
        self.server.with(of).or_else(|| {
            let shown = self.tried.get() || self.touched.with(|touched| touched.contains(path));
            if shown { self.live.with(of) } else { None }
        })
    }

    /// How many mistakes are shown in this part.
    pub fn count(self) -> usize {
        self.errors().len()
    }

    fn errors(self) -> Vec<FieldError> {
        let mut errors = self.server.get();
        if self.tried.get() {
            for error in self.live.get() {
                if !errors.iter().any(|known| known.path == error.path) {
                    errors.push(error);
                }
            }
        }
        errors
    }

    /// Everything to correct, once the person tried to save.
    pub fn summary(self) -> Vec<SummaryLine> {
        let parts = self.parts.get();
        let theirs = parts.iter().filter_map(|part| part.form).flat_map(Self::errors);
        self.errors()
            .into_iter()
            .chain(theirs)
            .map(|FieldError { path, message }| {
                let inside = |key: &str| path.strip_prefix(key).is_some_and(|rest| rest.starts_with(['.', '[']));
                let shown = parts.iter().find(|part| inside(&part.key) || path == part.key);
                let place = match shown {
                    Some(part) => field_label(&format!("{}{}", part.place, &path[part.key.len()..])),
                    None => field_label(&path),
                };
                let text = if place.is_empty() { message } else { format!("{place} : {message}") };
                SummaryLine { path, text }
            })
            .collect()
    }
}

/// The part in which a path of the server is: the one with the longest place.
fn innermost(parts: &[Part], path: &str) -> Option<usize> {
    let inside =
        |part: &Part| path.strip_prefix(&part.place).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    let found = parts.iter().enumerate().filter(|(_, part)| inside(part));
    found.max_by_key(|(_, part)| part.place.len()).map(|(rank, _)| rank)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_of_a_commune_is_shown_on_its_name() {
        assert_eq!(shown_path("locations[0].namedStreet.cityCode"), "locations[0].namedStreet.cityLabel");
        assert_eq!(
            shown_path("measures[2].locations[1].namedStreet.toRoadBanId"),
            "locations[1].namedStreet.toRoadName"
        );
        assert_eq!(shown_path("title"), "title");
    }

    #[test]
    fn ids_of_fields_are_distinct_and_valid() {
        assert_eq!(field_id("periods[1].endDate"), "champ-periods-1-endDate");
        assert_eq!(field_id("periods"), "champ-periods");
        assert_ne!(field_id("periods[1]"), field_id("periods[11]"));
    }

    #[test]
    fn what_the_server_says_finds_its_part_wherever_it_moved() {
        let part = |key: &str, place: &str| Part { key: key.to_owned(), place: place.to_owned(), form: None };
        let parts = [
            part("locations[4]", "locations[0]"),
            part("locations[9]", "locations[0].wholeCity.exceptions[1]"),
            part("locations[2]", "locations[1]"),
        ];
        assert_eq!(innermost(&parts, "locations[0].wholeCity.cityLabel"), Some(0));
        assert_eq!(innermost(&parts, "locations[0].wholeCity.exceptions[1].namedStreet.roadName"), Some(1));
        assert_eq!(innermost(&parts, "locations[10].roadType"), None);
        assert_eq!(innermost(&parts, "maxSpeed"), None);
    }

    #[test]
    fn a_field_belongs_to_its_element_and_to_its_list() {
        assert_eq!(
            ancestors("periods[1].timeSlots[0].endTime"),
            [
                "periods[1].timeSlots[0].endTime",
                "periods[1].timeSlots[0]",
                "periods[1].timeSlots",
                "periods[1]",
                "periods"
            ]
        );
    }

    #[test]
    fn removing_an_element_moves_the_following_ones_up() {
        let paths = ["type", "periods[0].startDate", "periods[1].endDate", "periods[2].endDate"];
        let paths = paths.into_iter().map(str::to_owned).collect();
        let left: Vec<_> = without_element(&paths, "periods", 1).into_iter().collect();
        assert_eq!(left, ["periods[0].startDate", "periods[1].endDate", "type"]);
    }
}
