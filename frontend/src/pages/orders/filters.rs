//! Filters of the list, as they stand in the address.

use chrono::NaiveDate;
use dialog_api_types::app::{ListOrdersQuery, OrderPhase};
use dialog_domain::{MeasureType, OrderCategory, OrderStatus, OrganizationId};
use serde::de::DeserializeOwned;

/// Elements per page when the address says nothing.
pub const PAGE_SIZE: u32 = 20;

/// Elements per page that the server gives at most.
const MOST: u32 = 100;

/// In place of an organization: every one, for members, who otherwise list the orders of theirs.
pub const EVERYBODY: &str = "all";

/// A column by which the list can be sorted.
pub const SORTS: [(&str, &str); 4] =
    [("identifier", "identifiant"), ("period", "début"), ("source", "source"), ("status", "statut")];

/// Reasons of orders and where they come from, by the words of the wire.
pub const SUBJECTS: [&str; 5] = ["roadMaintenance", "incident", "event", "winterMaintenance", "other"];

/// The same of sources.
pub const SOURCES: [&str; 6] = ["dialog", "api", "bacidf", "eudonet_paris", "jop", "litteralis"];

/// What the list is limited to, and in which order it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filters {
    /// Words of the identifier, the title, a street or a commune.
    pub search: String,
    /// `current`, `upcoming`, `past`, `draft` or nothing.
    pub phase: String,
    /// `draft`, `published` or nothing.
    pub status: String,
    /// `permanentRegulation`, `temporaryRegulation` or nothing.
    pub category: String,
    /// Word of a type of measure or nothing.
    pub measure_type: String,
    /// One of [`SUBJECTS`] or nothing.
    pub subject: String,
    /// One of [`SOURCES`] or nothing.
    pub source: String,
    /// In force on this day or later: `YYYY-MM-DD` or nothing.
    pub from: String,
    /// In force on this day or before: `YYYY-MM-DD` or nothing.
    pub until: String,
    /// UUID of an organization, [`EVERYBODY`] or nothing.
    pub organization: String,
    /// One of [`SORTS`] or nothing.
    pub sort: String,
    /// From the last to the first.
    pub is_descending: bool,
    /// Elements per page.
    pub page_size: u32,
    /// Page, 1 first.
    pub page: u32,
}

impl Default for Filters {
    fn default() -> Self {
        Self {
            search: String::new(),
            phase: String::new(),
            status: String::new(),
            category: String::new(),
            measure_type: String::new(),
            subject: String::new(),
            source: String::new(),
            from: String::new(),
            until: String::new(),
            organization: String::new(),
            sort: String::new(),
            is_descending: false,
            page_size: PAGE_SIZE,
            page: 1,
        }
    }
}

impl Filters {
    /// Reads the parameters of the address; what cannot be read is left out.
    pub fn read(query: impl Fn(&str) -> Option<String>) -> Self {
        let word =
            |name: &str, known: &dyn Fn(&str) -> bool| query(name).filter(|word| known(word)).unwrap_or_default();
        let number =
            |name: &str| query(name).and_then(|number| number.parse::<u32>().ok()).filter(|number| *number > 0);
        Self {
            search: query("search").unwrap_or_default(),
            phase: word("phase", &|word| phase_of(word).is_some()),
            status: word("status", &|word| status_of(word).is_some()),
            category: word("category", &|word| category_of(word).is_some()),
            measure_type: word("measureType", &|word| measure_type_of(word).is_some()),
            subject: word("subject", &|word| SUBJECTS.contains(&word)),
            source: word("source", &|word| SOURCES.contains(&word)),
            from: word("inForceFrom", &|word| day_of(word).is_some()),
            until: word("inForceUntil", &|word| day_of(word).is_some()),
            organization: word("organizationUuid", &|word| word == EVERYBODY || uuid::Uuid::parse_str(word).is_ok()),
            sort: word("sort", &|word| SORTS.iter().any(|(name, _)| *name == word)),
            is_descending: query("dir").as_deref() == Some("desc"),
            page_size: number("pageSize").unwrap_or(PAGE_SIZE).min(MOST),
            page: number("page").unwrap_or(1),
        }
    }

    /// Address of the list with these filters.
    pub fn href(&self) -> String {
        let page = if self.page > 1 { self.page.to_string() } else { String::new() };
        let size = if self.page_size == PAGE_SIZE { String::new() } else { self.page_size.to_string() };
        let dir = if self.is_descending && !self.sort.is_empty() { "desc" } else { "" };
        let parameters = [
            ("search", self.search.trim()),
            ("phase", &self.phase),
            ("category", &self.category),
            ("measureType", &self.measure_type),
            ("status", &self.status),
            ("subject", &self.subject),
            ("source", &self.source),
            ("inForceFrom", &self.from),
            ("inForceUntil", &self.until),
            ("organizationUuid", &self.organization),
            ("sort", &self.sort),
            ("dir", dir),
            ("pageSize", &size),
            ("page", &page),
        ];
        address("/regulations", &parameters)
    }

    /// Address of the map limited alike, as far as it has the same filters.
    pub fn map_href(&self) -> String {
        let without = |category: &str| if self.category == category { "false" } else { "" };
        let organization = if self.organization == EVERYBODY { "" } else { &self.organization };
        let parameters = [
            ("measureTypes", self.measure_type.as_str()),
            ("includePermanent", without("temporaryRegulation")),
            ("includeTemporary", without("permanentRegulation")),
            ("startDate", &self.from),
            ("endDate", &self.until),
            // Those of the organization alone, on its territory.
            ("organization", organization),
            ("organizationUuid", organization),
        ];
        address("/carte", &parameters)
    }

    /// The same list on its first page, changed.
    pub fn with(&self, edit: impl FnOnce(&mut Self)) -> Self {
        let mut next = Self { page: 1, ..self.clone() };
        edit(&mut next);
        next
    }

    /// Limited to an organization, or to none. Nobody reads the drafts of all.
    pub fn choose_organization(&mut self, organization: &str) {
        organization.clone_into(&mut self.organization);
        if organization == EVERYBODY {
            for word in [&mut self.status, &mut self.phase] {
                if word == "draft" {
                    word.clear();
                }
            }
        }
    }

    /// Limited to drafts or published orders. Only one's own drafts can be read.
    pub fn choose_status(&mut self, status: &str) {
        status.clone_into(&mut self.status);
        self.phase.clear();
        self.leave_everybody(status);
    }

    /// Limited to a phase.
    pub fn choose_phase(&mut self, phase: &str) {
        phase.clone_into(&mut self.phase);
        self.status.clear();
        self.leave_everybody(phase);
    }

    fn leave_everybody(&mut self, chosen: &str) {
        if chosen == "draft" && self.organization == EVERYBODY {
            self.organization.clear();
        }
    }

    /// Everything, in the same order and by as many.
    pub fn cleared(&self) -> Self {
        Self {
            sort: self.sort.clone(),
            is_descending: self.is_descending,
            page_size: self.page_size,
            ..Self::default()
        }
    }

    /// The next sort by this column: growing, then decreasing, then growing again.
    pub fn sorted_by(&self, column: &str) -> Self {
        let again = self.sort == column && !self.is_descending;
        self.with(|filters| {
            column.clone_into(&mut filters.sort);
            filters.is_descending = again;
        })
    }

    /// Whether anything is left out.
    pub fn is_limiting(&self) -> bool {
        let words = [&self.phase, &self.status, &self.category, &self.measure_type, &self.organization];
        !self.search.trim().is_empty() || words.into_iter().any(|word| !word.is_empty()) || self.is_refined()
    }

    /// Whether one of the filters that wait behind a button limits the list.
    pub fn is_refined(&self) -> bool {
        [&self.subject, &self.source, &self.from, &self.until].into_iter().any(|word| !word.is_empty())
    }

    /// Whether no day is between the two that were chosen.
    pub fn is_backwards(&self) -> bool {
        day_of(&self.from).zip(day_of(&self.until)).is_some_and(|(from, until)| until < from)
    }

    /// Whether a choice of the form limits the list, or sorts it.
    pub fn has_choice(&self) -> bool {
        let choices = [&self.status, &self.category, &self.measure_type, &self.organization, &self.sort];
        choices.into_iter().any(|word| !word.is_empty()) || self.is_refined()
    }

    /// The column of the sort, and its direction: `identifier`, `identifier desc`.
    pub fn sort_word(&self) -> String {
        if self.is_descending && !self.sort.is_empty() { format!("{} desc", self.sort) } else { self.sort.clone() }
    }

    /// Sorted as [`Self::sort_word`] says it.
    pub fn choose_sort(&mut self, word: &str) {
        let (column, direction) = word.split_once(' ').unwrap_or((word, ""));
        column.clone_into(&mut self.sort);
        self.is_descending = direction == "desc";
    }

    /// Parameters of the call. Only members have drafts.
    pub fn query(&self, member: bool) -> ListOrdersQuery {
        let search = self.search.trim();
        ListOrdersQuery {
            page: Some(self.page),
            page_size: Some(self.page_size),
            search: (!search.is_empty()).then(|| search.to_owned()),
            phase: phase_of(&self.phase).filter(|phase| member || *phase != OrderPhase::Draft),
            status: status_of(&self.status).filter(|status| member || *status != OrderStatus::Draft),
            category: category_of(&self.category),
            measure_type: measure_type_of(&self.measure_type),
            subject: known(&self.subject),
            source: known(&self.source),
            in_force_from: day_of(&self.from),
            in_force_until: day_of(&self.until),
            everybody: (member && self.organization == EVERYBODY).then_some(true),
            organization_uuid: uuid::Uuid::parse_str(&self.organization).ok().map(OrganizationId),
            sort: (!self.sort.is_empty()).then(|| self.sort.clone()),
            dir: self.is_descending.then(|| "desc".to_owned()),
            ..ListOrdersQuery::default()
        }
    }
}

fn address(path: &str, parameters: &[(&str, &str)]) -> String {
    let filled: Vec<_> = parameters.iter().filter(|(_, value)| !value.is_empty()).collect();
    match serde_urlencoded::to_string(filled).unwrap_or_default() {
        query if query.is_empty() => path.to_owned(),
        query => format!("{path}?{query}"),
    }
}

/// The value of a word of the wire.
pub fn known<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::from(word)).ok()
}

fn day_of(word: &str) -> Option<NaiveDate> {
    word.parse().ok()
}

fn phase_of(word: &str) -> Option<OrderPhase> {
    match word {
        "current" => Some(OrderPhase::Current),
        "upcoming" => Some(OrderPhase::Upcoming),
        "past" => Some(OrderPhase::Past),
        "draft" => Some(OrderPhase::Draft),
        _ => None,
    }
}

fn status_of(word: &str) -> Option<OrderStatus> {
    match word {
        "draft" => Some(OrderStatus::Draft),
        "published" => Some(OrderStatus::Published),
        _ => None,
    }
}

fn measure_type_of(word: &str) -> Option<MeasureType> {
    MeasureType::ALL.into_iter().find(|kind| kind.as_str() == word)
}

fn category_of(word: &str) -> Option<OrderCategory> {
    match word {
        "permanentRegulation" => Some(OrderCategory::PermanentRegulation),
        "temporaryRegulation" => Some(OrderCategory::TemporaryRegulation),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
