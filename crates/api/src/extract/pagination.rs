use dialog_api_types::page::PageMetadata;

use crate::problem::Problem;

/// A page of a list, checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pagination {
    /// 1 first.
    pub page: u32,
    /// 1 to 100.
    pub page_size: u32,
}

impl Pagination {
    const DEFAULT_SIZE: u32 = 20;
    const MAX_SIZE: u32 = 100;

    /// The page asked for by the `page` and `pageSize` parameters, first page of 20 by default. More than 100 elements
    /// are 100.
    ///
    /// # Errors
    /// 400 when one of them is zero.
    pub fn new(page: Option<u32>, page_size: Option<u32>) -> Result<Self, Problem> {
        let page = page.unwrap_or(1);
        let page_size = page_size.unwrap_or(Self::DEFAULT_SIZE);
        if page == 0 {
            return Err(Problem::invalid_parameter("Le paramètre « page » commence à 1."));
        }
        if page_size == 0 {
            return Err(Problem::invalid_parameter("Le paramètre « pageSize » va de 1 à 100."));
        }
        Ok(Self { page, page_size: page_size.min(Self::MAX_SIZE) })
    }

    /// Elements before this page.
    #[must_use]
    pub fn offset(self) -> i64 {
        i64::from(self.page - 1) * i64::from(self.page_size)
    }

    /// Elements of this page.
    #[must_use]
    pub fn limit(self) -> i64 {
        i64::from(self.page_size)
    }

    /// Metadata of this page of a list of `total_items` elements.
    #[must_use]
    pub fn metadata(self, total_items: u64) -> PageMetadata {
        PageMetadata::new(self.page, self.page_size, total_items)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_page_of_twenty_is_the_default() {
        let pagination = Pagination::new(None, None).unwrap();
        assert_eq!((pagination.offset(), pagination.limit()), (0, 20));
        assert_eq!(Pagination::new(Some(3), Some(50)).unwrap().offset(), 100);
        assert_eq!(Pagination::new(None, Some(1000)).unwrap().page_size, 100);
    }

    #[test]
    fn pages_out_of_bounds_are_refused() {
        assert!(Pagination::new(Some(0), None).is_err());
        assert!(Pagination::new(None, Some(0)).is_err());
    }
}
