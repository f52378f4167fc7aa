//! Numbers as people type them.

/// Reads a number with a comma or a point; spaces and a unit after it are ignored.
pub fn decimal(text: &str) -> Option<f64> {
    let text: String = text.trim().chars().filter(|character| !character.is_whitespace()).collect();
    let text = text.trim_end_matches(['t', 'm', 'T', 'M']).replace(',', ".");
    text.parse::<f64>().ok().filter(|number| number.is_finite())
}

/// Writes a number with a comma, without needless zeros.
pub fn decimal_text(number: f64) -> String {
    number.to_string().replace('.', ",")
}

/// Reads a whole number.
pub fn integer(text: &str) -> Option<i64> {
    text.trim().parse().ok()
}

/// Trims; nothing is left of an empty text.
pub fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_is_read_as_it_is_said() {
        assert_eq!(decimal("3,5"), Some(3.5));
        assert_eq!(decimal(" 3.5 t "), Some(3.5));
        assert_eq!(decimal("trois"), None);
        assert_eq!(decimal(""), None);
    }

    #[test]
    fn a_weight_is_written_with_a_comma() {
        assert_eq!(decimal_text(3.5), "3,5");
        assert_eq!(decimal_text(12.0), "12");
    }
}
