//! A street, a road or a drawing on its geometry.

use dialog_domain::{Direction, Found, Geometry, NamedStreet, NumberedRoad, ReferencePointBound, RoadSide};

use super::geometry::{Part, parts};
use crate::{
    datex::{
        model::{
            Area, Description, ExternalReference, Linear, LinearSection, Location, MarkerPoint, MarkerSection,
            NonEmpty, Point, SingleLocation,
        },
        text::Text,
        words::LinearDirection,
    },
    loss::{LossCode, Losses},
};

/// What is known of a location beside its geometry.
pub(super) struct Place {
    references: Vec<ExternalReference>,
    /// Segments of the network, when the location is in one piece.
    segments: Vec<ExternalReference>,
    description: Description,
    direction: Direction,
    /// Between two reference points of a numbered road.
    markers: Option<MarkerSection>,
}

impl Place {
    /// A place without direction.
    pub(super) const fn described(description: Description) -> Self {
        Self { references: Vec::new(), segments: Vec::new(), description, direction: Direction::Both, markers: None }
    }

    /// A named street.
    pub(super) fn street(street: &NamedStreet, path: &str, losses: &mut Losses) -> Self {
        let mut references = vec![insee(&street.city_code, path, losses)];
        if let Some(id) = &street.road_ban_id {
            references.push(ExternalReference { system: street_system(id), code: Text::new(id, path, losses) });
        }
        // The segments of a whole street are drawn in any order: "from A to B" means nothing on them.
        let is_undirected = street.is_whole() && street.geometry.is_none();
        let direction = if is_undirected { Direction::Both } else { street.direction };
        if direction != street.direction {
            losses.add(path, LossCode::DirectionUnknown, street.road_name.clone());
        }
        let road_name = Some(Text::new(&street.road_name, path, losses));
        Self { references, direction, ..Self::described(Description { road_name, ..Description::default() }) }
    }

    /// A numbered road between two reference points.
    pub(super) fn road(road: &NumberedRoad, found: &Found, path: &str, losses: &mut Losses) -> Self {
        let road_number = Text::new(&road.road_number, path, losses);
        let markers = MarkerSection {
            administrator: Text::new(&road.administrator, path, losses),
            direction: relative_direction(road),
            road_number: road_number.clone(),
            edition: found.edition.as_deref().map(|edition| Text::new(edition, path, losses)),
            from: marker(&road.from, path, losses),
            to: marker(&road.to, path, losses),
        };
        let description = Description { road_number: Some(road_number), ..Description::default() };
        Self { direction: road.direction, markers: Some(markers), ..Self::described(description) }
    }

    /// A drawing.
    pub(super) fn drawing(label: &str, path: &str, losses: &mut Losses) -> Self {
        let text = Some(Text::new(label, path, losses));
        Self::described(Description { text, ..Description::default() })
    }

    /// Describes the place in words.
    pub(super) fn describe(&mut self, words: &str, path: &str, losses: &mut Losses) {
        self.description.text = Some(Text::new(words, path, losses));
    }

    /// The same place with the segments of the network under it, as far as others know them too.
    pub(super) fn found_on(mut self, found: &Found, path: &str, losses: &mut Losses) -> Self {
        let source = found.edition.as_deref().and_then(|edition| edition.split(':').next());
        let system = match source {
            Some("bdtopo") => "BDTOPO:cleabs",
            Some("osm") => "OSM:way",
            // Nobody outside knows the segments of other sources.
            _ => return self,
        };
        for segment in &found.segments {
            let way = match segment.segment_id.strip_prefix("osm:") {
                Some(way) => way,
                None => &segment.segment_id,
            };
            // What follows is the rank of the segment on its way.
            let way = way.split(':').next().unwrap_or(way);
            let reference = ExternalReference { system, code: Text::new(way, path, losses) };
            if self.segments.last() != Some(&reference) {
                self.segments.push(reference);
            }
        }
        self
    }

    /// The place without geometry.
    pub(super) fn named_only(self) -> Linear {
        let Self { references, description, .. } = self;
        Linear { references, description, line: None, sections: Vec::new() }
    }

    /// The place on `geometry`, lines in the direction of travel.
    pub(super) fn locate(mut self, geometry: &Geometry, path: &str, losses: &mut Losses) -> Option<Location> {
        let mut parts = parts(geometry, path, losses);
        if self.direction == Direction::BToA {
            parts.reverse();
        }
        let mut in_pieces = None;
        if parts.len() > 1 {
            // None of the pieces goes from one reference point to the other: the section is named apart.
            in_pieces = self.markers.take();
            self.segments = Vec::new();
        }
        let mut located: Vec<_> = parts.into_iter().map(|part| self.part(part)).collect();
        if !located.is_empty() {
            let (references, description) = (self.references, self.description);
            located.extend(in_pieces.map(|markers| {
                let sections = vec![LinearSection::Markers(Box::new(markers))];
                SingleLocation::Linear(Linear { references, description, line: None, sections })
            }));
        }
        NonEmpty::from_vec(located).map(Location)
    }

    fn part(&self, part: Part) -> SingleLocation {
        let (references, description) = (self.references.clone(), self.description.clone());
        match part {
            Part::Line(line) => {
                let references = [references, self.segments.clone()].concat();
                let line = if self.direction == Direction::BToA { line.reversed() } else { line };
                SingleLocation::Linear(Linear { references, description, line: Some(line), sections: self.sections() })
            }
            Part::Point(position) => SingleLocation::Point(Point { references, description, position }),
            Part::Polygon(polygon) => {
                let Description { text, road_name, road_number } = description;
                let name = text.or(road_name).or(road_number).unwrap_or_default();
                let geo_json = Some(polygon.to_geo_json());
                let polygons = vec![polygon];
                SingleLocation::Area(Area { references, name, is_municipality: false, polygons, geo_json })
            }
        }
    }

    /// The reference points when there are some, and the line itself when they do not tell the direction of traffic.
    fn sections(&self) -> Vec<LinearSection> {
        let is_told = self.markers.as_ref().is_some_and(|markers| markers.direction != LinearDirection::Unknown);
        let markers = self.markers.clone().map(|markers| LinearSection::Markers(Box::new(markers)));
        let along = (self.direction != Direction::Both && !is_told).then_some(LinearSection::AlongLine);
        markers.into_iter().chain(along).collect()
    }
}

/// The direction of traffic against that of growing reference points; unknown when their numbers cannot be compared.
fn relative_direction(road: &NumberedRoad) -> LinearDirection {
    let rank = |bound: &ReferencePointBound| Some((bound.point_number.parse::<u32>().ok()?, bound.abscissa_m));
    let is_growing = rank(&road.from).zip(rank(&road.to)).map(|(from, to)| from <= to);
    match (road.direction, is_growing) {
        (Direction::Both, _) => LinearDirection::Both,
        (Direction::AToB, Some(true)) | (Direction::BToA, Some(false)) => LinearDirection::Aligned,
        (Direction::AToB, Some(false)) | (Direction::BToA, Some(true)) => LinearDirection::Opposite,
        (Direction::AToB | Direction::BToA, None) => LinearDirection::Unknown,
    }
}

/// A reference point as road managers name it: `46PR1D` is PR 1 of département 46, right carriageway.
fn marker(bound: &ReferencePointBound, path: &str, losses: &mut Losses) -> MarkerPoint {
    let side = match bound.side {
        RoadSide::U => "U",
        RoadSide::D => "D",
        RoadSide::G => "G",
    };
    let department = bound.department_code.as_deref().unwrap_or_default();
    let marker = format!("{department}PR{}{side}", bound.point_number);
    MarkerPoint {
        marker: Text::new(&marker, path, losses),
        name: Text::new(&format!("PR {}", bound.point_number), path, losses),
        side,
        distance_m: bound.abscissa_m,
    }
}

/// A commune.
pub(super) fn insee(city_code: &str, path: &str, losses: &mut Losses) -> ExternalReference {
    ExternalReference { system: "INSEE:commune", code: Text::new(city_code, path, losses) }
}

/// Streets that the national address base does not know get an identifier of ours: `<commune>_x<hash>`, longer than
/// those of the base, which have four digits or six characters after the commune.
fn street_system(id: &str) -> &'static str {
    let is_ours = id.split_once('_').is_some_and(|(_, rest)| rest.starts_with('x') && rest.len() > 6);
    if is_ours { "DiaLog:voie" } else { "BAN:voie" }
}
