//! That an order was repealed.

use dialog_domain::Repeal;

use crate::period::date_time;

/// When and why an order was repealed: `Abrogé le 05/12/2026 à 18h00 : les travaux sont finis`.
#[must_use]
pub fn repeal(repeal: &Repeal) -> String {
    format!("Abrogé le {} : {}", date_time(repeal.end), repeal.reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeal_says_when_and_why() {
        let repealed = Repeal { end: "2026-12-05T18:00:00".parse().unwrap(), reason: "Les travaux sont finis".into() };
        assert_eq!(repeal(&repealed), "Abrogé le 05/12/2026 à 18h00 : Les travaux sont finis");
    }
}
