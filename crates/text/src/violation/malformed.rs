//! What to write in place of a value that cannot be read.

/// For a form: the value that its field takes, or that of the type `expected` in a body.
pub(super) fn in_a_form(field: &str, expected: &str, reason: &str) -> &'static str {
    match (field, expected) {
        _ if reason == "nul" => NUL,
        ("startDate" | "endDate", _) => "Saisissez une date de la forme 2026-12-01.",
        ("startTime" | "endTime", _) => "Saisissez une heure de la forme 07:30, de 00:00 à 23:59.",
        ("createdAt" | "expiresAt", _) => "Saisissez un instant de la forme 2026-12-01T07:30:00Z.",
        (_, "choice") => "Choisissez une valeur de la liste.",
        (_, "string") => "Un texte est attendu ici.",
        (_, "int") => "Un nombre entier est attendu ici.",
        (_, "float") => "Un nombre est attendu ici.",
        (_, "bool") => "Oui ou non (true ou false) est attendu ici.",
        (_, "array") => "Une liste est attendue ici.",
        (_, "object") => "Un objet JSON est attendu ici.",
        (_, "uuid") => "Un identifiant (UUID) est attendu ici.",
        _ => GENERAL,
    }
}

/// For an integrator, who writes instants.
pub(super) fn on_the_wire(field: &str, reason: &str) -> &'static str {
    match field {
        _ if reason == "nul" => NUL,
        "startDate" | "endDate" | "startDateTime" | "endDateTime" => {
            "Cette date n'est pas lisible : écrivez-la comme 2026-12-01 ou 2026-12-01T07:30:00Z."
        }
        "startTime" | "endTime" => {
            "Cette heure n'est pas lisible : écrivez-la comme 07:30 ou 2026-12-01T07:30:00Z, de 00:00 à 23:59."
        }
        _ => GENERAL,
    }
}

const GENERAL: &str = "Cette valeur n'est pas lisible, corrigez-la.";
const NUL: &str = "Ce texte contient un caractère nul (U+0000) : supprimez-le.";

#[cfg(test)]
mod tests {
    use dialog_domain::{Violation, ViolationCode::Malformed};

    use crate::{contract_title, violation};

    #[test]
    fn what_cannot_be_read_is_told_with_what_to_write() {
        let date = Violation::new("measures[0].periods[1].endDate", Malformed).with("expected", "string");
        assert_eq!(violation(&date), "Saisissez une date de la forme 2026-12-01.");
        assert!(contract_title(&date).contains("2026-12-01T07:30:00Z"));
        let time = Violation::new("periods[0].timeSlots[0].startTime", Malformed);
        assert_eq!(violation(&time), "Saisissez une heure de la forme 07:30, de 00:00 à 23:59.");
        assert!(contract_title(&time).contains("de 00:00 à 23:59"));
        let speed = Violation::new("measures[0].maxSpeed", Malformed).with("expected", "int");
        assert_eq!(violation(&speed), "Un nombre entier est attendu ici.");
        let title = Violation::new("title", Malformed).with("reason", "nul");
        assert_eq!(violation(&title), contract_title(&title));
        assert!(violation(&title).contains("nul"));
        let other = Violation::new("maxWidth", Malformed);
        assert_eq!(violation(&other), "Cette valeur n'est pas lisible, corrigez-la.");
    }
}
