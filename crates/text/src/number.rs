//! Numbers as French writes them.

/// With a decimal comma and without needless zeros: `3,5`, `12`.
pub(crate) fn decimal(value: f64) -> String {
    value.to_string().replace('.', ",")
}

/// A quantity with its unit, in the plural from two on: `1,5 tonne`, `2 tonnes`.
pub(crate) fn quantity(value: f64, unit: &str) -> String {
    let plural = if value.abs() >= 2.0 { "s" } else { "" };
    format!("{} {unit}{plural}", decimal(value))
}

/// A distance to read, not to compute with: `186 m`, `2,4 km`.
#[must_use]
pub fn length(metres: f64) -> String {
    let metres = metres.max(0.0);
    if metres.round() < 1000.0 {
        format!("{metres:.0} m")
    } else {
        format!("{} km", decimal((metres / 100.0).round() / 10.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_in_metres_then_in_kilometres() {
        for (metres, text) in [
            (0.0, "0 m"),
            (186.4, "186 m"),
            (999.4, "999 m"),
            (999.6, "1 km"),
            (1049.0, "1 km"),
            (2440.0, "2,4 km"),
            (12_000.0, "12 km"),
        ] {
            assert_eq!(length(metres), text);
        }
    }

    #[test]
    fn a_quantity_is_plural_from_two_on() {
        assert_eq!(quantity(1.9, "tonne"), "1,9 tonne");
        assert_eq!(quantity(2.0, "mètre"), "2 mètres");
        assert_eq!(quantity(3.5, "tonne"), "3,5 tonnes");
    }
}
