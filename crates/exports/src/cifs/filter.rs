//! What the operator keeps out of the feed.

use std::{borrow::Cow, str::FromStr};

use dialog_domain::{LocationId, OrderSource, OrganizationId};
use serde::Deserialize;

use crate::published::source_word;

/// What the operator lets into the feed, beside what the orders say (`APP_CIFS_FILTERS`). An empty list lets everything
/// through.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CifsFilter {
    /// Sources of orders, as words: one that no order has shuts the feed off.
    pub allowed_sources: Vec<String>,
    /// Identifiers of orders that stay out.
    pub excluded_identifiers: Vec<String>,
    /// The only locations let in.
    pub allowed_location_ids: Vec<LocationId>,
    /// Organizations that stay out.
    pub excluded_org_uuids: Vec<OrganizationId>,
}

/// Why a text is no filter.
#[derive(Debug, thiserror::Error)]
#[error("Syntax error: {0}")]
pub struct CifsFilterError(#[from] serde_json::Error);

impl FromStr for CifsFilter {
    type Err = CifsFilterError;

    /// Reads the JSON object of the configuration; an empty text, `[]` and `{}` are no filter.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim() {
            "" | "[]" => Ok(Self::default()),
            object => Ok(serde_json::from_str(object)?),
        }
    }
}

impl CifsFilter {
    /// Whether orders of this source, identifier and organization are let in.
    #[must_use]
    pub fn lets_in(&self, source: OrderSource, identifier: &str, organization: OrganizationId) -> bool {
        (self.allowed_sources.is_empty() || self.allowed_sources.iter().any(|allowed| allowed == source_word(source)))
            && !self.excluded_identifiers.iter().any(|excluded| excluded == identifier)
            && !self.excluded_org_uuids.contains(&organization)
    }

    /// Whether a location is let in.
    #[must_use]
    pub fn lets_location_in(&self, location: LocationId) -> bool {
        self.allowed_location_ids.is_empty() || self.allowed_location_ids.contains(&location)
    }

    /// The incidents of a body whose location is let in; may be none.
    #[must_use]
    pub fn keep<'a>(&self, body: &'a str) -> Cow<'a, str> {
        if self.allowed_location_ids.is_empty() {
            return Cow::Borrowed(body);
        }
        let kept: Vec<&str> = body.lines().filter(|line| self.lets_line_in(line)).collect();
        Cow::Owned(kept.join("\n"))
    }

    /// An incident begins with its identifier, which begins with its location.
    fn lets_line_in(&self, line: &str) -> bool {
        let location = line.split('"').nth(1).and_then(|id| id.split_once('.')).and_then(|(id, _)| id.parse().ok());
        location.is_some_and(|uuid| self.lets_location_in(LocationId(uuid)))
    }
}
