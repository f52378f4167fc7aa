//! Filters of the list, as they stand in the address.

use dialog_api_types::app::{ListOrdersQuery, OrderPhase};
use dialog_domain::{MeasureType, OrderCategory, OrderStatus, OrganizationId};

/// Elements per page when the address says nothing.
pub const PAGE_SIZE: u32 = 20;

/// Elements per page that the server gives at most.
const MOST: u32 = 100;

/// In place of an organization: every one, for members, who otherwise list the orders of theirs.
pub const EVERYBODY: &str = "all";

/// A column by which the list can be sorted.
pub const SORTS: [(&str, &str); 4] =
    [("identifier", "identifiant"), ("period", "début"), ("source", "source"), ("status", "statut")];

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
            ("organizationUuid", &self.organization),
            ("sort", &self.sort),
            ("dir", dir),
            ("pageSize", &size),
            ("page", &page),
        ];
        let filled: Vec<_> = parameters.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        match serde_urlencoded::to_string(filled).unwrap_or_default() {
            query if query.is_empty() => "/regulations".to_owned(),
            query => format!("/regulations?{query}"),
        }
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
        !self.search.trim().is_empty() || words.into_iter().any(|word| !word.is_empty())
    }

    /// Whether a choice of the form limits the list, or sorts it.
    pub fn has_choice(&self) -> bool {
        let choices = [&self.status, &self.category, &self.measure_type, &self.organization, &self.sort];
        choices.into_iter().any(|word| !word.is_empty())
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
            everybody: (member && self.organization == EVERYBODY).then_some(true),
            organization_uuid: uuid::Uuid::parse_str(&self.organization).ok().map(OrganizationId),
            sort: (!self.sort.is_empty()).then(|| self.sort.clone()),
            dir: self.is_descending.then(|| "desc".to_owned()),
            ..ListOrdersQuery::default()
        }
    }
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
mod tests {
    use super::*;

    fn read(query: &[(&str, &str)]) -> Filters {
        Filters::read(|wanted| query.iter().find(|(name, _)| *name == wanted).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn the_address_holds_the_filters_and_nothing_that_is_a_default() {
        let filters = read(&[("search", "rue & place"), ("page", "3")]);
        assert_eq!(filters.href(), "/regulations?search=rue+%26+place&page=3");
        assert_eq!(Filters::default().href(), "/regulations");
    }

    #[test]
    fn what_an_address_holds_is_written_back_as_it_was() {
        let address = [
            ("search", "pont"),
            ("phase", "upcoming"),
            ("category", "permanentRegulation"),
            ("measureType", "noEntry"),
            ("status", "published"),
            ("organizationUuid", "019b0000-0000-7000-8000-000000000011"),
            ("sort", "identifier"),
            ("dir", "desc"),
            ("pageSize", "50"),
            ("page", "2"),
        ];
        let filters = read(&address);
        assert_eq!(read(&address).href().matches('=').count(), address.len());
        assert_eq!(filters.query(true).sort.as_deref(), Some("identifier"));
        assert_eq!(filters.query(true).dir.as_deref(), Some("desc"));
    }

    #[test]
    fn an_address_that_makes_no_sense_shows_the_first_page() {
        let nonsense =
            [("page", "-1"), ("status", "deleted"), ("phase", "soon"), ("sort", "colour"), ("pageSize", "0")];
        assert_eq!(read(&nonsense), Filters::default());
        assert_eq!(read(&[("organizationUuid", "1")]), Filters::default());
    }

    #[test]
    fn a_page_never_holds_more_than_the_server_gives() {
        assert_eq!(read(&[("pageSize", "500")]).page_size, 100);
    }

    #[test]
    fn nobody_asks_for_drafts_without_being_a_member() {
        let filters = read(&[("status", "draft"), ("phase", "draft")]);
        assert_eq!((filters.query(false).status, filters.query(false).phase), (None, None));
        assert_eq!(filters.query(true).status, Some(OrderStatus::Draft));
        assert_eq!(filters.query(true).phase, Some(OrderPhase::Draft));
    }

    #[test]
    fn a_member_may_list_what_everybody_published_but_no_drafts_of_all() {
        let mut filters = read(&[("organizationUuid", EVERYBODY), ("measureType", "parkingProhibited")]);
        let query = filters.query(true);
        assert_eq!((query.everybody, query.organization_uuid), (Some(true), None));
        assert_eq!(query.measure_type, Some(MeasureType::ParkingProhibited));
        assert_eq!(filters.query(false).everybody, None);
        filters.choose_phase("draft");
        assert_eq!((filters.phase.as_str(), filters.organization.as_str()), ("draft", ""));
        filters.choose_organization(EVERYBODY);
        assert_eq!((filters.phase.as_str(), filters.organization.as_str()), ("", EVERYBODY));
        filters.choose_status("draft");
        assert_eq!((filters.status.as_str(), filters.organization.as_str()), ("draft", ""));
        filters.choose_organization(EVERYBODY);
        filters.choose_status("published");
        assert_eq!((filters.status.as_str(), filters.organization.as_str()), ("published", EVERYBODY));
    }

    #[test]
    fn a_column_is_sorted_up_then_down_and_from_the_first_page() {
        let up = Filters { page: 4, ..Filters::default() }.sorted_by("period");
        assert_eq!((up.is_descending, up.page), (false, 1));
        let down = up.sorted_by("period");
        assert!(down.is_descending);
        assert!(!down.sorted_by("period").is_descending);
        assert!(!down.sorted_by("status").is_descending);
    }

    #[test]
    fn clearing_the_filters_keeps_the_sort() {
        let filters = read(&[("search", "rue"), ("sort", "period"), ("pageSize", "50")]).cleared();
        assert_eq!(filters.href(), "/regulations?sort=period&pageSize=50");
    }
}
