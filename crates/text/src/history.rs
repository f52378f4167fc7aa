//! What was done to an order.

use dialog_domain::OrderAction;

/// One line of the history of an order: `Brouillon créé`, `Version 2 publiée`, `Contenu modifié`. `version` is the one
/// that was frozen.
#[must_use]
pub fn action(action: OrderAction, version: Option<i32>) -> String {
    match (action, version) {
        (OrderAction::Create, _) => "Brouillon créé".to_owned(),
        (OrderAction::Update, _) => "Contenu modifié".to_owned(),
        (OrderAction::Publish, Some(1)) => "Arrêté publié".to_owned(),
        (OrderAction::Publish, Some(version)) => format!("Modifications publiées (version {version})"),
        (OrderAction::Publish, None) => "Arrêté publié".to_owned(),
        (OrderAction::Repeal, Some(version)) => format!("Arrêté abrogé (version {version})"),
        (OrderAction::Repeal, None) => "Arrêté abrogé".to_owned(),
        (OrderAction::Delete, _) => "Arrêté supprimé".to_owned(),
        (OrderAction::Attach, _) => "Arrêté officiel joint".to_owned(),
        (OrderAction::Detach, _) => "Arrêté officiel retiré".to_owned(),
    }
}

/// That a draft took another number: `Le numéro « A1 » devient « A2 ».`
#[must_use]
pub fn identifier_change(old: &str, new: &str) -> String {
    format!("Le numéro « {old} » devient « {new} ».")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_after_the_first_are_numbered() {
        assert_eq!(action(OrderAction::Create, None), "Brouillon créé");
        assert_eq!(action(OrderAction::Publish, Some(1)), "Arrêté publié");
        assert_eq!(action(OrderAction::Publish, Some(2)), "Modifications publiées (version 2)");
        assert_eq!(action(OrderAction::Repeal, Some(3)), "Arrêté abrogé (version 3)");
        assert_eq!(identifier_change("A1", "A2"), "Le numéro « A1 » devient « A2 ».");
    }
}
