//! The numbered roads of the town: a départementale, and a national road with two carriageways.

use dialog_domain::RoadSide;
use geo_types::{Coord, LineString};

use super::{DEPARTMENT, NATIONAL_MANAGER, NATIONAL_NUMBER, ROAD_MANAGER, ROAD_NUMBER, Town, rounded};
use crate::reference_points::{PointKind, ReferencePoint, RoadSection};
use crate::{LocalProjection, MeasuredLine};

/// Number of each reference point of the national road, and its distance from the western end, metres.
const NATIONAL_POINTS: [(i32, f64); 2] = [(12, 200.0), (13, 1190.0)];

/// A numbered road of the town.
#[derive(Clone, Debug, PartialEq)]
pub struct TownRoad {
    /// Its number.
    pub number: &'static str,
    /// Who manages it.
    pub administrator: &'static str,
    /// Its sections.
    pub sections: Vec<RoadSection>,
    /// Its reference points.
    pub points: Vec<ReferencePoint>,
}

impl Town {
    /// The D31 on one section, and the N7 with a section for each carriageway.
    #[must_use]
    pub fn roads(&self) -> Vec<TownRoad> {
        vec![self.department_road(), self.national_road()]
    }

    fn department_road(&self) -> TownRoad {
        let mut vertices: Vec<Coord> = Vec::new();
        for line in self.lines(ROAD_NUMBER) {
            vertices.extend(&line.0);
        }
        vertices.dedup();
        let id = format!("{DEPARTMENT}-{ROAD_NUMBER}-U-1");
        let end = vertices.last().copied().unwrap_or_default();
        let point = |kind, number: i32, rank, along_m: Option<f64>, place| ReferencePoint {
            number: number.to_string(),
            department: DEPARTMENT.to_owned(),
            side: RoadSide::U,
            kind,
            rank,
            abscissa_m: along_m.map(whole),
            section_id: id.clone(),
            place,
        };
        let mut points: Vec<ReferencePoint> = self
            .reference_points
            .iter()
            .map(|p| point(PointKind::Physical, p.number, f64::from(p.number), Some(p.along_m), p.place))
            .collect();
        points.push(point(PointKind::Last, 999, 999.0, None, end));
        let section = RoadSection {
            id: id.clone(),
            department: DEPARTMENT.to_owned(),
            side: RoadSide::U,
            line: LineString::new(vertices),
        };
        TownRoad { number: ROAD_NUMBER, administrator: ROAD_MANAGER, sections: vec![section], points }
    }

    fn national_road(&self) -> TownRoad {
        let (mut sections, mut points) = (Vec::new(), Vec::new());
        for line in self.lines(NATIONAL_NUMBER) {
            // The carriageway towards the east is the right-hand one: numbers grow towards the east.
            let is_eastward = line.0.first().zip(line.0.last()).is_some_and(|(first, last)| first.x < last.x);
            let (side, letter) = if is_eastward { (RoadSide::D, 'D') } else { (RoadSide::G, 'G') };
            let id = format!("{DEPARTMENT}-{NATIONAL_NUMBER}-{letter}-1");
            let plane = LocalProjection::at(line.0.first().copied().unwrap_or_default());
            if let Some(measured) = MeasuredLine::new(line, |vertex| plane.to_metres(vertex)) {
                points.extend(NATIONAL_POINTS.map(|(number, along_m)| {
                    let drawn_m = if is_eastward { along_m } else { measured.length_m() - along_m };
                    ReferencePoint {
                        number: number.to_string(),
                        department: DEPARTMENT.to_owned(),
                        side,
                        kind: PointKind::Physical,
                        rank: f64::from(number),
                        abscissa_m: Some(whole(along_m)),
                        section_id: id.clone(),
                        place: rounded(measured.degrees_at(drawn_m)),
                    }
                }));
            }
            sections.push(RoadSection { id, department: DEPARTMENT.to_owned(), side, line: line.clone() });
        }
        TownRoad { number: NATIONAL_NUMBER, administrator: NATIONAL_MANAGER, sections, points }
    }

    fn lines(&self, number: &str) -> impl Iterator<Item = &LineString> {
        self.ways.iter().filter(move |way| way.road_number == Some(number)).map(|way| &way.line)
    }
}

fn whole(metres: f64) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "the road has 5 km")]
    {
        metres.round() as i32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ReferencedRoad;
    use crate::reference_points::PointQuery;

    fn road(number: &str) -> ReferencedRoad {
        let roads = Town::demonstration().roads();
        let road = roads.into_iter().find(|road| road.number == number).expect("a road");
        ReferencedRoad::new(road.sections, road.points)
    }

    fn at(road: &ReferencedRoad, number: &str, side: RoadSide, abscissa_m: i32) -> crate::reference_points::Position {
        road.position(PointQuery { number, department: None, side, abscissa_m }).expect("a place")
    }

    #[test]
    fn department_road_is_measured_from_its_beginning() {
        let road = road(ROAD_NUMBER);
        let span = road.span(at(&road, "0", RoadSide::U, 0), at(&road, "2", RoadSide::U, 100)).expect("a road");
        assert!(span.is_exact && (span.length_m - 2110.0).abs() < 1.0, "{}", span.length_m);
        assert_eq!(road.points().len(), 6);
    }

    #[test]
    fn national_road_has_two_carriageways() {
        let road = road(NATIONAL_NUMBER);
        assert_eq!(road.sides("12", Some(DEPARTMENT)), [RoadSide::D, RoadSide::G]);
        for side in [RoadSide::D, RoadSide::G] {
            let (from, to) = (at(&road, "12", side, -100), at(&road, "13", side, 0));
            assert!(from.place.x < to.place.x, "numbers grow towards the east");
            let span = road.span(from, to).expect("a road");
            assert!((span.length_m - 1090.0).abs() < 1.0, "{}", span.length_m);
        }
    }
}
