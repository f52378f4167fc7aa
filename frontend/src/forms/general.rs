use dialog_api_types::app::OrderView;
use dialog_domain::{OrganizationId, input::GeneralInfoInput, rules};
use serde::{Deserialize, Serialize};

use super::{FieldError, numbers::filled};

/// General information of an order as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GeneralDraft {
    /// The organization that makes the order; chosen once, at creation.
    pub organization: Option<OrganizationId>,
    /// The organization's own number.
    pub identifier: String,
    /// `permanentRegulation` or `temporaryRegulation`.
    pub category: String,
    /// One of the five subjects, or nothing.
    pub subject: String,
    /// With the subject `other`.
    pub other_category_text: String,
    /// Short reason.
    pub title: String,
}

impl GeneralDraft {
    /// What an order says now.
    pub fn of(order: &OrderView) -> Self {
        let content = &order.content;
        Self {
            organization: Some(order.organization.uuid),
            identifier: order.identifier.clone(),
            category: word(&content.category),
            subject: content.subject.map(|subject| word(&subject)).unwrap_or_default(),
            other_category_text: content.other_category_text.clone().unwrap_or_default(),
            title: content.title.clone(),
        }
    }

    /// Whether the subject is shown: permanent orders have none.
    pub fn has_subject(&self) -> bool {
        self.category == "temporaryRegulation"
    }

    /// Whether the subject is told in words.
    pub fn has_other_text(&self) -> bool {
        self.has_subject() && self.subject == "other"
    }

    /// What is sent: hidden fields are left out.
    pub fn input(&self) -> GeneralInfoInput {
        GeneralInfoInput {
            identifier: filled(&self.identifier),
            category: filled(&self.category),
            subject: filled(&self.subject).filter(|_| self.has_subject()),
            other_category_text: filled(&self.other_category_text).filter(|_| self.has_other_text()),
            title: filled(&self.title),
        }
    }

    /// What the rules have against it.
    pub fn errors(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if self.organization.is_none() {
            errors.push(FieldError::new("organizationUuid", "Choisissez l’organisation compétente."));
        }
        if let Err(violations) = rules::general_info(&self.input()) {
            errors.extend(violations.iter().map(FieldError::from_violation));
        }
        errors
    }
}

/// The word of a value on the wire.
fn word<T: Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_form_misses_its_four_fields() {
        let paths: Vec<_> = GeneralDraft::default().errors().into_iter().map(|error| error.path).collect();
        assert_eq!(paths, ["organizationUuid", "identifier", "category", "title"]);
    }

    #[test]
    fn a_permanent_order_sends_no_subject_even_when_one_was_chosen_before() {
        let draft = GeneralDraft {
            category: "permanentRegulation".to_owned(),
            subject: "other".to_owned(),
            other_category_text: "Carnaval".to_owned(),
            ..GeneralDraft::default()
        };
        assert_eq!(draft.input().subject, None);
        assert_eq!(draft.input().other_category_text, None);
    }
}
