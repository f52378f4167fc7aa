//! Pages of a list.

use serde::{Deserialize, Serialize};

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Page<T> {
    /// The elements of this page.
    pub items: Vec<T>,
    /// Where this page stands.
    pub metadata: PageMetadata,
}

/// Where a page stands in its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PageMetadata {
    /// This page, 1 first.
    pub page: u32,
    /// Elements per page, 1 to 100.
    pub page_size: u32,
    /// Elements of the whole list.
    pub total_items: u64,
    /// The last page, at least 1.
    pub last_page: u32,
}

impl PageMetadata {
    /// Metadata of page `page` of a list of `total_items` elements.
    #[must_use]
    pub fn new(page: u32, page_size: u32, total_items: u64) -> Self {
        let last_page = total_items.div_ceil(u64::from(page_size.max(1))).max(1);
        Self { page, page_size, total_items, last_page: u32::try_from(last_page).unwrap_or(u32::MAX) }
    }
}

/// A list that is not paged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Items<T> {
    /// The elements.
    pub items: Vec<T>,
}
