//! Broken rules as the contract words them.

use dialog_api_types::problem::{Parameters, ViolationView};
use dialog_domain::{Violation, ViolationCode, rules::wire_path};

/// Broken rules of the domain, in the order of the contract: its paths, its titles, and the index of the measure,
/// which its paths leave out.
#[must_use]
pub fn on_the_wire(violations: &[Violation]) -> Vec<ViolationView> {
    violations.iter().map(view).collect()
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
