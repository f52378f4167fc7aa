//! Filters of the list, as they stand in the address.

use dialog_api_types::app::ListOrdersQuery;
use dialog_domain::{OrderCategory, OrderStatus};

/// Elements per page.
pub const PAGE_SIZE: u32 = 20;

/// What the list is limited to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// Part of the identifier or of the title.
    pub search: String,
    /// `draft`, `published` or nothing.
    pub status: String,
    /// `permanentRegulation`, `temporaryRegulation` or nothing.
    pub category: String,
    /// Page, 1 first.
    pub page: u32,
}

impl Filters {
    /// Reads the parameters of the address; what cannot be read is left out.
    pub fn read(query: impl Fn(&str) -> Option<String>) -> Self {
        let status = query("status").filter(|status| status == "draft" || status == "published");
        let category = query("category").filter(|category| category_of(category).is_some());
        Self {
            search: query("search").unwrap_or_default(),
            status: status.unwrap_or_default(),
            category: category.unwrap_or_default(),
            page: query("page").and_then(|page| page.parse().ok()).filter(|page| *page > 0).unwrap_or(1),
        }
    }

    /// Address of the list with these filters.
    pub fn href(&self) -> String {
        let page = if self.page > 1 { self.page.to_string() } else { String::new() };
        let parameters =
            [("search", self.search.trim()), ("category", &self.category), ("status", &self.status), ("page", &page)];
        let filled: Vec<_> = parameters.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        match serde_urlencoded::to_string(filled).unwrap_or_default() {
            query if query.is_empty() => "/regulations".to_owned(),
            query => format!("/regulations?{query}"),
        }
    }

    /// Whether anything is left out.
    pub fn is_limiting(&self) -> bool {
        !self.search.trim().is_empty() || !self.status.is_empty() || !self.category.is_empty()
    }

    /// Parameters of the call. Only members have drafts.
    pub fn query(&self, member: bool) -> ListOrdersQuery {
        let search = self.search.trim();
        ListOrdersQuery {
            page: Some(self.page),
            page_size: Some(PAGE_SIZE),
            search: (!search.is_empty()).then(|| search.to_owned()),
            status: match self.status.as_str() {
                "draft" if member => Some(OrderStatus::Draft),
                "published" => Some(OrderStatus::Published),
                _ => None,
            },
            category: category_of(&self.category),
            ..ListOrdersQuery::default()
        }
    }
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
        assert_eq!(Filters { page: 1, ..Filters::default() }.href(), "/regulations");
    }

    #[test]
    fn an_address_that_makes_no_sense_shows_the_first_page() {
        assert_eq!(read(&[("page", "-1"), ("status", "deleted")]), Filters { page: 1, ..Filters::default() });
    }

    #[test]
    fn nobody_asks_for_drafts_without_being_a_member() {
        let filters = read(&[("status", "draft")]);
        assert_eq!(filters.query(false).status, None);
        assert_eq!(filters.query(true).status, Some(OrderStatus::Draft));
    }
}
