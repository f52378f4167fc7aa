//! Numbered roads to write.

use dialog_domain::RoadSide;
use dialog_geo::LineString;
use dialog_geo::reference_points::{ReferencePoint, RoadSection};

use super::{CopyRow, Row};
use crate::reference::{RoadKind, wkb};

/// Somebody who manages roads, to write.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NewRoadAdministrator {
    /// Of which kind.
    pub kind: RoadKind,
    /// Name.
    pub name: String,
    /// Normalised name.
    pub norm_name: String,
}

/// A numbered road to write.
#[derive(Clone, Debug, PartialEq)]
pub struct NewNumberedRoad {
    /// Who manages it.
    pub administrator: String,
    /// Number in capitals, without space.
    pub number: String,
    /// What it is.
    pub kind: RoadKind,
    /// Its lines.
    pub lines: Vec<LineString>,
}

/// A section of a numbered road, to write.
#[derive(Clone, Debug, PartialEq)]
pub struct NewRoadSection {
    /// Who manages the road.
    pub administrator: String,
    /// Its number.
    pub road_number: String,
    /// The section.
    pub section: RoadSection,
}

/// A reference point to write.
#[derive(Clone, Debug, PartialEq)]
pub struct NewReferencePoint {
    /// Who manages the road.
    pub administrator: String,
    /// Its number.
    pub road_number: String,
    /// The point.
    pub point: ReferencePoint,
}

impl CopyRow for NewRoadAdministrator {
    const TABLE: &'static str = "road_administrators";
    const COLUMNS: &'static str = "kind, name, norm_name";

    fn write(&self, row: &mut Row<'_>) {
        row.text(self.kind.as_str()).text(&self.name).text(&self.norm_name);
    }
}

impl CopyRow for NewNumberedRoad {
    const TABLE: &'static str = "numbered_roads";
    const COLUMNS: &'static str = "administrator, number, bare_number, kind, geometry";

    fn write(&self, row: &mut Row<'_>) {
        row.text(&self.administrator).text(&self.number);
        row.text(self.number.trim_start_matches(|c: char| !c.is_ascii_digit()));
        row.text(self.kind.as_str()).geometry(|bytes| wkb::write_multi_line_string(&self.lines, bytes));
    }
}

impl CopyRow for NewRoadSection {
    const TABLE: &'static str = "road_sections";
    const COLUMNS: &'static str = "section_id, administrator, road_number, department, side, geometry";

    fn write(&self, row: &mut Row<'_>) {
        let Self { administrator, road_number, section } = self;
        row.text(&section.id).text(administrator).text(road_number).text(&section.department);
        row.text(side(section.side)).geometry(|bytes| wkb::write_line_string(&section.line, bytes));
    }
}

impl CopyRow for NewReferencePoint {
    const TABLE: &'static str = "reference_points";
    const COLUMNS: &'static str = "administrator, road_number, department, number, side, kind, section_id, \
         abscissa_m, rank, geometry";

    fn write(&self, row: &mut Row<'_>) {
        let Self { administrator, road_number, point } = self;
        row.text(administrator).text(road_number).text(&point.department).text(&point.number).text(side(point.side));
        row.text(point.kind.as_str()).text(&point.section_id);
        match point.abscissa_m {
            Some(metres) => row.integer(metres),
            None => row.null(),
        };
        row.double(point.rank).geometry(|bytes| wkb::write_point(point.place, bytes));
    }
}

const fn side(side: RoadSide) -> &'static str {
    match side {
        RoadSide::U => "U",
        RoadSide::D => "D",
        RoadSide::G => "G",
    }
}
