//! Paths of violations as the integrators' contract writes them.

/// The path of the contract for a path of the input, and the index of the measure when there is one: the contract
/// leaves it out of the path.
///
/// * `title` → `generalInfo.title`;
/// * `measures` → `measureDtos`;
/// * `measures[2].periods[0].endDate` → `periods[0].endDate`, 2.
#[must_use]
pub fn wire_path(path: &str) -> (String, Option<usize>) {
    match path {
        "identifier" | "category" | "subject" | "otherCategoryText" | "title" => (format!("generalInfo.{path}"), None),
        "measures" => ("measureDtos".to_owned(), None),
        _ => match measure_path(path) {
            Some((index, rest)) => (within_measure(rest), Some(index)),
            None => (path.to_owned(), None),
        },
    }
}

/// Splits `measures[2].rest` into 2 and `rest`.
fn measure_path(path: &str) -> Option<(usize, &str)> {
    let (index, rest) = path.strip_prefix("measures[")?.split_once(']')?;
    Some((index.parse().ok()?, rest.strip_prefix('.').unwrap_or(rest)))
}

/// The days are one level deeper on the wire.
fn within_measure(path: &str) -> String {
    match path.strip_suffix(".applicableDays") {
        Some(period) => format!("{period}.dailyRange.applicableDays"),
        None => path.to_owned(),
    }
}
