use std::fmt;

/// A measured quantity: a number above zero, written without exponent. There is no other way to put one into a document, so that
/// none says `NaN`, which the schema takes and no reader does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Quantity(f64);

impl Quantity {
    /// `None` when it is no number above zero.
    pub(crate) fn new(value: f64) -> Option<Self> {
        (value.is_finite() && value > 0.0).then_some(Self(value))
    }

    /// The number.
    pub(crate) const fn value(self) -> f64 {
        self.0
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::Quantity;

    #[test]
    fn what_is_no_number_above_zero_is_no_quantity() {
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.0, -3.5] {
            assert_eq!(Quantity::new(value), None, "{value}");
        }
    }

    #[test]
    fn quantities_have_no_exponent() {
        let written = |value| Quantity::new(value).map(|quantity| quantity.to_string());
        assert_eq!(written(3.5).as_deref(), Some("3.5"));
        assert_eq!(written(12.0).as_deref(), Some("12"));
        assert_eq!(written(1e-7).as_deref(), Some("0.0000001"));
        assert_eq!(written(1e21).as_deref(), Some("1000000000000000000000"));
    }
}
