//! Broken rules as the contract words them.

use dialog_api_types::problem::{Parameters, ViolationView};
use dialog_domain::{Violation, ViolationCode, rules::wire_path};

/// Broken rules of the domain, in the order of the contract: its paths, its titles, and the index of the measure,
/// which its paths leave out.
#[must_use]
pub fn on_the_wire(violations: &[Violation]) -> Vec<ViolationView> {
    violations.iter().map(view).collect()
}

/// Broken rules of the official document, whose paths are those of the contract already.
#[must_use]
pub fn of_document(violations: &[Violation]) -> Vec<ViolationView> {
    let at = |violation: &Violation| ViolationView { property_path: violation.path.clone(), ..view(violation) };
    violations.iter().map(at).collect()
}

fn view(violation: &Violation) -> ViolationView {
    let (property_path, measure_index) = wire_path(&violation.path);
    ViolationView {
        property_path,
        title: dialog_text::contract_title(violation),
        parameters: parameters(violation),
        code: code_word(violation.code),
        measure_index,
    }
}

/// The parameters under the names that existing clients know, else ours.
fn parameters(violation: &Violation) -> Parameters {
    let name = |name: &str| match (violation.code, name) {
        (ViolationCode::IdentifierTaken, "identifier") => "%identifier%".to_owned(),
        _ => name.to_owned(),
    };
    Parameters(violation.parameters.iter().map(|(key, value)| (name(key), value.clone())).collect())
}

/// The stable word of a rule.
#[must_use]
pub fn code_word(code: ViolationCode) -> String {
    // A unit variant is always written as a text.
    match serde_json::to_value(code) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn taken_identifier_is_worded_as_existing_clients_know_it() {
        let broken = Violation::new("identifier", ViolationCode::IdentifierTaken).with("identifier", "F/1");
        let wire = serde_json::to_value(on_the_wire(&[broken])).expect("JSON");
        let title = "Un arrêté avec l'identifiant \"F/1\" existe déjà. Veuillez saisir un autre identifiant.";
        let expected = serde_json::json!([{"propertyPath": "generalInfo.identifier", "title": title,
            "parameters": {"%identifier%": "F/1"}, "code": "identifier_taken"}]);
        assert_eq!(wire, expected);
    }

    #[test]
    fn rule_without_parameter_has_an_empty_list() {
        let broken = Violation::new("measures[1].periods", ViolationCode::NoPeriod);
        let wire = serde_json::to_value(on_the_wire(&[broken])).expect("JSON");
        assert_eq!(wire[0]["parameters"], serde_json::json!([]));
        assert_eq!((&wire[0]["propertyPath"], &wire[0]["measureIndex"]), (&"periods".into(), &1.into()));
    }
}
