//! Rows to write, and how `COPY` reads them.

mod binary;
mod roads;

use dialog_geo::{Coord, LineString, MultiPolygon};

use crate::reference::{CommuneKind, wkb};
pub use binary::Row;
pub(super) use binary::{END, HEADER};
pub use roads::{NewNumberedRoad, NewReferencePoint, NewRoadAdministrator, NewRoadSection};

/// A commune to write.
#[derive(Clone, Debug, PartialEq)]
pub struct NewCommune {
    /// INSEE code.
    pub insee: String,
    /// What it is.
    pub kind: CommuneKind,
    /// Name.
    pub name: String,
    /// Normalised name.
    pub norm_name: String,
    /// Postcodes.
    pub postcodes: Vec<String>,
    /// Code of the département.
    pub department: String,
    /// Inhabitants.
    pub population: i32,
    /// Commune it belongs to.
    pub parent: Option<String>,
}

/// A contour to write.
#[derive(Clone, Debug, PartialEq)]
pub struct NewContour {
    /// INSEE code.
    pub insee: String,
    /// Outline in longitude and latitude.
    pub geometry: MultiPolygon,
}

/// What a group of communes is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DivisionKind {
    /// Intercommunality.
    Epci,
    /// Département.
    Department,
    /// Region.
    Region,
}

impl DivisionKind {
    /// As stored: `epci`, `department` or `region`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Epci => "epci",
            Self::Department => "department",
            Self::Region => "region",
        }
    }
}

/// A group of communes to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDivision {
    /// What it is.
    pub kind: DivisionKind,
    /// SIREN of an intercommunality, code of a département or region.
    pub code: String,
    /// Name.
    pub name: String,
    /// INSEE codes of its communes, sorted.
    pub communes: Vec<String>,
}

/// A street to write.
#[derive(Clone, Debug, PartialEq)]
pub struct NewStreet {
    /// Identifier, at most 20 characters.
    pub street_id: String,
    /// Commune.
    pub insee: String,
    /// Name.
    pub name: String,
    /// Normalised name.
    pub norm_name: String,
    /// Length of its segments, metres.
    pub length_m: f64,
}

/// A house number to write.
#[derive(Clone, Debug, PartialEq)]
pub struct NewAddress {
    /// Street.
    pub street_id: String,
    /// Number.
    pub number: i32,
    /// `bis`…; empty for a plain number.
    pub suffix: String,
    /// Longitude and latitude.
    pub place: Coord,
}

/// A segment to write.
#[derive(Clone, Debug, PartialEq)]
pub struct NewSegment {
    /// Identifier in its source.
    pub segment_id: String,
    /// Street on its left.
    pub street_left: Option<String>,
    /// Street on its right.
    pub street_right: Option<String>,
    /// Commune on its left.
    pub insee_left: Option<String>,
    /// Commune on its right.
    pub insee_right: Option<String>,
    /// Road number.
    pub road_number: Option<String>,
    /// Class, one of those of the table.
    pub class: &'static str,
    /// Above the ground or under it.
    pub level: i16,
    /// 1 along the drawing, -1 against it, 0 both ways.
    pub oneway: i16,
    /// Node where the drawing begins.
    pub node_from: i64,
    /// Node where it ends.
    pub node_to: i64,
    /// Length, metres.
    pub length_m: f64,
    /// Drawing in longitude and latitude.
    pub geometry: LineString,
}

/// House numbers of one side of a segment to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNumberRange {
    /// Street of this side.
    pub street_id: String,
    /// The segment.
    pub segment_id: String,
    /// The number where its drawing begins.
    pub first: i32,
    /// The number where its drawing ends.
    pub last: i32,
}

/// A row in the binary format of `COPY`.
pub trait CopyRow {
    /// Table, without the schema.
    const TABLE: &'static str;
    /// Columns but the edition.
    const COLUMNS: &'static str;
    /// Appends the row, without the edition.
    fn write(&self, row: &mut Row<'_>);
}

impl CopyRow for NewCommune {
    const TABLE: &'static str = "communes";
    const COLUMNS: &'static str =
        "insee, kind, name, norm_name, department, population, parent, search_text, postcodes";

    fn write(&self, row: &mut Row<'_>) {
        row.text(&self.insee).text(self.kind.as_str()).text(&self.name).text(&self.norm_name).text(&self.department);
        row.integer(self.population).optional(self.parent.as_deref());
        row.text(&format!(" {} {}", self.norm_name, self.postcodes.join(" "))).texts(&self.postcodes);
    }
}

impl CopyRow for NewContour {
    const TABLE: &'static str = "commune_contours";
    const COLUMNS: &'static str = "insee, geometry";

    fn write(&self, row: &mut Row<'_>) {
        row.text(&self.insee).geometry(|bytes| wkb::write_multi_polygon(&self.geometry, bytes));
    }
}

impl CopyRow for NewDivision {
    const TABLE: &'static str = "divisions";
    const COLUMNS: &'static str = "kind, code, name, communes";

    fn write(&self, row: &mut Row<'_>) {
        row.text(self.kind.as_str()).text(&self.code).text(&self.name);
        row.texts(&self.communes);
    }
}

impl CopyRow for NewStreet {
    const TABLE: &'static str = "streets";
    const COLUMNS: &'static str = "street_id, insee, name, norm_name, length_m";

    fn write(&self, row: &mut Row<'_>) {
        row.text(&self.street_id).text(&self.insee).text(&self.name).text(&self.norm_name);
        row.double(self.length_m);
    }
}

impl CopyRow for NewAddress {
    const TABLE: &'static str = "addresses";
    const COLUMNS: &'static str = "street_id, number, suffix, geometry";

    fn write(&self, row: &mut Row<'_>) {
        row.text(&self.street_id).integer(self.number).text(&self.suffix);
        row.geometry(|bytes| wkb::write_point(self.place, bytes));
    }
}

impl CopyRow for NewNumberRange {
    const TABLE: &'static str = "number_ranges";
    const COLUMNS: &'static str = "street_id, segment_id, first_number, last_number";

    fn write(&self, row: &mut Row<'_>) {
        row.text(&self.street_id).text(&self.segment_id).integer(self.first).integer(self.last);
    }
}

impl CopyRow for NewSegment {
    const TABLE: &'static str = "segments";
    const COLUMNS: &'static str = "segment_id, street_left, street_right, insee_left, insee_right, road_number, \
         class, level, oneway, node_from, node_to, length_m, geometry";

    fn write(&self, row: &mut Row<'_>) {
        row.text(&self.segment_id).optional(self.street_left.as_deref()).optional(self.street_right.as_deref());
        row.optional(self.insee_left.as_deref()).optional(self.insee_right.as_deref());
        row.optional(self.road_number.as_deref()).text(self.class);
        row.small(self.level).small(self.oneway).big(self.node_from).big(self.node_to).double(self.length_m);
        row.geometry(|bytes| wkb::write_line_string(&self.geometry, bytes));
    }
}
