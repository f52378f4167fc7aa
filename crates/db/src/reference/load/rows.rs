//! Rows to write, and how `COPY` reads them.

mod roads;

use std::fmt::Write as _;

use bytes::BytesMut;
use dialog_geo::{Coord, LineString, MultiPolygon};

use crate::reference::{CommuneKind, wkb};
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

/// A row in the text format of `COPY`.
pub trait CopyRow {
    /// Table, without the schema.
    const TABLE: &'static str;
    /// Columns but the edition.
    const COLUMNS: &'static str;
    /// Appends the row, without the edition.
    fn write(&self, row: &mut Row<'_>);
}

/// A row under construction.
#[derive(Debug)]
pub struct Row<'a>(pub(super) &'a mut BytesMut);

impl Row<'_> {
    fn text(&mut self, value: &str) -> &mut Self {
        self.0.extend_from_slice(b"\t");
        for byte in value.bytes() {
            match byte {
                b'\\' => self.0.extend_from_slice(b"\\\\"),
                b'\t' => self.0.extend_from_slice(b"\\t"),
                b'\n' => self.0.extend_from_slice(b"\\n"),
                b'\r' => self.0.extend_from_slice(b"\\r"),
                byte => self.0.extend_from_slice(&[byte]),
            }
        }
        self
    }

    fn optional(&mut self, value: Option<&str>) -> &mut Self {
        match value {
            Some(value) => self.text(value),
            None => self.raw(format_args!("\\N")),
        }
    }

    fn raw(&mut self, value: std::fmt::Arguments<'_>) -> &mut Self {
        // Writing to memory does not fail.
        let _ = write!(self.0, "\t{value}");
        self
    }

    fn geometry(&mut self, wkb: &[u8]) -> &mut Self {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        self.0.extend_from_slice(b"\t");
        for digit in wkb.iter().flat_map(|byte| [byte >> 4, byte & 15]) {
            self.0.extend(DIGITS.get(usize::from(digit)));
        }
        self
    }
}

impl CopyRow for NewCommune {
    const TABLE: &'static str = "communes";
    const COLUMNS: &'static str =
        "insee, kind, name, norm_name, department, population, parent, search_text, postcodes";

    fn write(&self, row: &mut Row<'_>) {
        let postcodes = self.postcodes.join(",");
        row.text(&self.insee).text(self.kind.as_str()).text(&self.name).text(&self.norm_name).text(&self.department);
        row.raw(format_args!("{}", self.population)).optional(self.parent.as_deref());
        row.text(&format!(" {} {}", self.norm_name, self.postcodes.join(" "))).text(&format!("{{{postcodes}}}"));
    }
}

impl CopyRow for NewContour {
    const TABLE: &'static str = "commune_contours";
    const COLUMNS: &'static str = "insee, geometry";

    fn write(&self, row: &mut Row<'_>) {
        let mut bytes = Vec::new();
        wkb::write_multi_polygon(&self.geometry, &mut bytes);
        row.text(&self.insee).geometry(&bytes);
    }
}

impl CopyRow for NewDivision {
    const TABLE: &'static str = "divisions";
    const COLUMNS: &'static str = "kind, code, name, communes";

    fn write(&self, row: &mut Row<'_>) {
        row.text(self.kind.as_str()).text(&self.code).text(&self.name);
        row.text(&format!("{{{}}}", self.communes.join(",")));
    }
}

impl CopyRow for NewStreet {
    const TABLE: &'static str = "streets";
    const COLUMNS: &'static str = "street_id, insee, name, norm_name, length_m";

    fn write(&self, row: &mut Row<'_>) {
        row.text(&self.street_id).text(&self.insee).text(&self.name).text(&self.norm_name);
        row.raw(format_args!("{}", self.length_m));
    }
}

impl CopyRow for NewAddress {
    const TABLE: &'static str = "addresses";
    const COLUMNS: &'static str = "street_id, number, suffix, geometry";

    fn write(&self, row: &mut Row<'_>) {
        let mut bytes = Vec::new();
        wkb::write_point(self.place, &mut bytes);
        row.text(&self.street_id).raw(format_args!("{}", self.number)).text(&self.suffix).geometry(&bytes);
    }
}

impl CopyRow for NewSegment {
    const TABLE: &'static str = "segments";
    const COLUMNS: &'static str = "segment_id, street_left, street_right, insee_left, insee_right, road_number, \
         class, level, oneway, node_from, node_to, length_m, geometry";

    fn write(&self, row: &mut Row<'_>) {
        let mut bytes = Vec::new();
        wkb::write_line_string(&self.geometry, &mut bytes);
        row.text(&self.segment_id).optional(self.street_left.as_deref()).optional(self.street_right.as_deref());
        row.optional(self.insee_left.as_deref()).optional(self.insee_right.as_deref());
        row.optional(self.road_number.as_deref()).text(self.class);
        row.raw(format_args!("{}\t{}", self.level, self.oneway));
        row.raw(format_args!("{}\t{}\t{}", self.node_from, self.node_to, self.length_m)).geometry(&bytes);
    }
}
