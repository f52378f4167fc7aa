//! The expected values of the synthetic reference points, and roads that are hard to measure.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::LazyLock;

use dialog_domain::RoadSide::{self, D, G, U};
use geo_types::{Coord, LineString};

use super::{PointError, PointKind, PointQuery, ReferencePoint, ReferencedRoad, RoadSection, SpanError};
use crate::{LocalProjection, geodesic_length_m};

type Roads = BTreeMap<String, ReferencedRoad>;

/// The synthetic roads by number, when the shared data are there.
static ROADS: LazyLock<Option<Roads>> = LazyLock::new(|| {
    let root = std::env::var_os("DIALOG_SHARED_DIR").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")),
        |folder| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join(folder),
    );
    let read = |file: &str| std::fs::read_to_string(root.join("data/bdtopo").join(file)).ok();
    let sections = read("synthetic-section_de_points_de_repere.geojson")?;
    let points = read("synthetic-point_de_repere.csv")?;
    Some(roads(&sections, &points))
});

fn side(text: &str) -> RoadSide {
    match text {
        "U" => U,
        "D" => D,
        _ => G,
    }
}

fn roads(sections: &str, points: &str) -> Roads {
    let mut parts: BTreeMap<String, (Vec<RoadSection>, Vec<ReferencePoint>)> = BTreeMap::new();
    let sections: serde_json::Value = serde_json::from_str(sections).expect("JSON");
    for feature in sections["features"].as_array().expect("features") {
        let text = |name: &str| feature["properties"][name].as_str().expect("a text").to_owned();
        let vertices = feature["geometry"]["coordinates"].as_array().expect("a line").iter();
        let line = vertices.map(|v| (v[0].as_f64().expect("x"), v[1].as_f64().expect("y"))).collect();
        parts.entry(text("numero_de_route")).or_default().0.push(RoadSection {
            id: text("identifiant_de_section"),
            department: text("code_insee_du_departement"),
            side: side(&text("cote")),
            line,
        });
    }
    for row in points.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let number = |cell: usize| cells[cell].parse::<f64>().expect("a number");
        parts.entry(cells[3].to_owned()).or_default().1.push(ReferencePoint {
            number: cells[4].to_owned(),
            department: cells[10].to_owned(),
            side: side(cells[7]),
            kind: PointKind::read(cells[8]),
            rank: number(6),
            abscissa_m: cells[5].parse().ok(),
            section_id: cells[9].to_owned(),
            place: Coord { x: number(0), y: number(1) },
        });
    }
    parts.into_iter().map(|(road, (sections, points))| (road, ReferencedRoad::new(sections, points))).collect()
}

/// The synthetic road of this number; says that the test is skipped when there is none.
pub(super) fn road(number: &str, test: &str) -> Option<&'static ReferencedRoad> {
    let road = ROADS.as_ref().and_then(|roads| roads.get(number));
    if road.is_none() {
        println!("skipped: {test}: the shared data are not there");
    }
    road
}

fn query(
    department: Option<&'static str>,
    number: &'static str,
    side: RoadSide,
    abscissa_m: i32,
) -> PointQuery<'static> {
    PointQuery { number, department, side, abscissa_m }
}

fn metres(a: Coord, b: Coord) -> f64 {
    geodesic_length_m(&LineString::new(vec![a, b]))
}

fn assert_there(road: &ReferencedRoad, query: PointQuery<'_>, (x, y): (f64, f64)) {
    let place = road.position(query).expect("a place").place;
    let off_m = metres(place, Coord { x, y });
    assert!(off_m < 1.0, "{query:?} is {off_m} m off: {place:?}");
}

#[test]
fn table_row_1_abscissa_from_the_first_point() {
    let Some(road) = road("D112", "table_row_1_abscissa_from_the_first_point") else { return };
    assert_there(road, query(Some("38"), "0", U, 500), (5.752534, 45.184326));
}

#[test]
fn table_row_2_the_point_itself() {
    let Some(road) = road("D112", "table_row_2_the_point_itself") else { return };
    assert_there(road, query(None, "1", U, 0), (5.758290, 45.182753));
}

#[test]
fn table_row_3_abscissa_inside_the_section() {
    let Some(road) = road("D112", "table_row_3_abscissa_inside_the_section") else { return };
    assert_there(road, query(None, "2", U, 300), (5.773741, 45.178587));
}

#[test]
fn table_row_4_abscissa_spills_over_the_interruption() {
    let Some(road) = road("D112", "table_row_4_abscissa_spills_over_the_interruption") else { return };
    assert_there(road, query(None, "2", U, 700), (5.778823, 45.177775));
}

#[test]
fn table_row_5_abscissa_goes_beyond_the_next_point() {
    let Some(road) = road("D112", "table_row_5_abscissa_goes_beyond_the_next_point") else { return };
    assert_there(road, query(None, "7", U, 1200), (5.779080, 45.160112));
}

#[test]
fn table_row_6_abscissa_beyond_the_road_is_refused_with_its_maximum() {
    let Some(road) = road("D112", "table_row_6_abscissa_beyond_the_road_is_refused_with_its_maximum") else { return };
    let error = road.position(query(None, "15", U, 500)).expect_err("out of range");
    assert_eq!(error, PointError::OutOfRange { min_m: -15219, max_m: 405 });
}

#[test]
fn table_row_7_line_drawn_backwards() {
    let Some(road) = road("D164", "table_row_7_line_drawn_backwards") else { return };
    assert_there(road, query(None, "2", U, 150), (5.794459, 45.175643));
}

#[test]
fn table_row_8_same_number_in_two_departements() {
    let Some(road) = road("N9524", "table_row_8_same_number_in_two_departements") else { return };
    assert_there(road, query(Some("38"), "1", U, 300), (5.785360, 45.181518));
    assert_there(road, query(Some("26"), "1", U, 300), (5.798129, 45.166887));
    let error = road.position(query(None, "1", U, 300)).expect_err("ambiguous");
    assert_eq!(error, PointError::Ambiguous { departments: vec!["26".to_owned(), "38".to_owned()] });
}

#[test]
fn table_row_9_sides_of_a_point() {
    let Some(road) = road("D160", "table_row_9_sides_of_a_point") else { return };
    assert_eq!(road.sides("4", None), [D, G]);
    let error = road.position(query(None, "4", U, 0)).expect_err("no such side");
    assert_eq!(error, PointError::UnknownSide { sides: vec![D, G] });
}

#[test]
fn table_row_10_single_point_of_a_section() {
    let Some(road) = road("D13", "table_row_10_single_point_of_a_section") else { return };
    assert_there(road, query(None, "7", U, 200), (-0.014960, 47.713273));
    assert_there(road, query(None, "007", U, -350), (-0.0149534, 47.7179413));
}

#[test]
fn unknown_point_comes_with_the_closest_ones() {
    let Some(road) = road("D112", "unknown_point_comes_with_the_closest_ones") else { return };
    let neighbours = |number| match road.position(query(None, number, U, 0)) {
        Err(PointError::UnknownPoint { neighbours }) => neighbours,
        other => panic!("{other:?}"),
    };
    assert_eq!(neighbours("16"), ["12", "13", "14", "15"]);
    assert_eq!(neighbours("x"), ["12", "13", "14", "15"]);
    let elsewhere = road.position(query(Some("26"), "1", U, 0));
    assert_eq!(elsewhere, Err(PointError::UnknownPoint { neighbours: Vec::new() }));
}

#[test]
fn end_of_the_road_may_be_named_and_is_not_listed() {
    let Some(road) = road("D112", "end_of_the_road_may_be_named_and_is_not_listed") else { return };
    assert_there(road, query(None, "999", U, 0), (5.781867, 45.1397862));
    assert_there(road, query(None, "15", U, 405), (5.781867, 45.1397862));
    let points = road.points();
    assert_eq!(points.len(), 16);
    assert_eq!((points[0].number.as_str(), points[15].number.as_str()), ("0", "15"));
}

#[test]
fn road_between_two_points_crosses_a_small_interruption() {
    let Some(road) = road("D112", "road_between_two_points_crosses_a_small_interruption") else { return };
    let at = |number, abscissa| road.position(query(None, number, U, abscissa)).expect("a place");
    let span = road.span(at("1", 0), at("4", 0)).expect("a road");
    assert_eq!((span.lines.len(), span.is_exact), (1, false));
    // 1594 m to the interruption, 31 m of it, 1625 m after it.
    assert!((span.length_m - 3250.0).abs() < 3.0, "{}", span.length_m);
    assert_eq!(road.span(at("1", 0), at("1", 0)), Err(SpanError::Empty));
    let exact = road.span(at("4", 0), at("5", 0)).expect("a road");
    assert!(exact.is_exact && (exact.length_m - 1012.0).abs() < 2.0, "{}", exact.length_m);
}

#[test]
fn road_goes_on_over_the_limit_of_two_departements() {
    let Some(road) = road("N9524", "road_goes_on_over_the_limit_of_two_departements") else { return };
    let at = |department, number| road.position(query(Some(department), number, U, 0)).expect("a place");
    let (from, to) = (at("38", "4"), at("26", "2"));
    let span = road.span(from, to).expect("a road");
    assert_eq!(span.lines.len(), 1);
    assert!(span.is_exact && (span.length_m - 1017.0).abs() < 2.0, "{}", span.length_m);
    let mut back = road.span(to, from).expect("a road").lines;
    back[0].0.reverse();
    assert_eq!(back, span.lines);
}

#[test]
fn two_carriageways_are_two_roads() {
    let Some(road) = road("D160", "two_carriageways_are_two_roads") else { return };
    let at = |number, side| road.position(query(None, number, side, 0)).expect("a place");
    assert_eq!(road.span(at("3", D), at("4", G)), Err(SpanError::NoPath));
    let left = road.span(at("3", G), at("4", G)).expect("a road");
    assert!((left.length_m - 790.0).abs() < 2.0, "{}", left.length_m);
    assert!(metres(left.lines[0].0[0], at("3", G).place) < 0.1, "drawn backwards, told from A to B");
}

/// A road on a plane around a place of France: sections given in metres.
struct Draft {
    plane: LocalProjection,
    sections: Vec<RoadSection>,
    points: Vec<ReferencePoint>,
}

impl Draft {
    fn new() -> Self {
        let plane = LocalProjection::at(Coord { x: 2.0, y: 47.0 });
        Self { plane, sections: Vec::new(), points: Vec::new() }
    }

    fn section(&mut self, id: &str, side: RoadSide, vertices: &[(f64, f64)]) -> &mut Self {
        let line = vertices.iter().map(|&(x, y)| self.plane.to_degrees(Coord { x, y })).collect();
        self.sections.push(RoadSection { id: id.to_owned(), department: "45".to_owned(), side, line });
        self
    }

    fn point(&mut self, number: &str, kind: &str, section: &str, (x, y): (f64, f64)) -> &mut Self {
        let side = self.sections.iter().find(|other| other.id == section).expect("a section").side;
        self.points.push(ReferencePoint {
            number: number.to_owned(),
            department: "45".to_owned(),
            side,
            kind: PointKind::read(kind),
            rank: 0.0,
            abscissa_m: None,
            section_id: section.to_owned(),
            place: self.plane.to_degrees(Coord { x, y }),
        });
        self
    }

    fn road(&self) -> ReferencedRoad {
        ReferencedRoad::new(self.sections.clone(), self.points.clone())
    }

    fn metres_of(&self, place: Coord) -> (f64, f64) {
        let metres = self.plane.to_metres(place);
        (metres.x.round(), metres.y.round())
    }
}

#[test]
fn abscissa_spills_over_several_sections_both_ways() {
    let mut draft = Draft::new();
    draft
        .section("a", U, &[(0.0, 0.0), (400.0, 0.0)])
        // Drawn backwards, a hundred metres further, and without a point of its own but its ends.
        .section("b", U, &[(800.0, 0.0), (500.0, 0.0)])
        .section("c", U, &[(800.0, 0.0), (2000.0, 0.0)])
        .point("1", "PR", "a", (100.0, 0.0))
        .point("1", "DS", "b", (500.0, 0.0))
        .point("1", "FS", "b", (800.0, 0.0))
        .point("2", "PR", "c", (1000.0, 0.0))
        .point("3", "PR", "c", (1900.0, 0.0));
    draft.points[0].abscissa_m = Some(0);
    draft.points[1].abscissa_m = Some(400);
    let road = draft.road();
    let at =
        |number, abscissa| draft.metres_of(road.position(query(None, number, U, abscissa)).expect("a place").place);
    assert_eq!(at("1", 350), (550.0, 0.0));
    assert_eq!(at("1", 650), (850.0, 0.0));
    assert_eq!(at("3", -1300), (600.0, 0.0));
    assert_eq!(at("3", -1700), (100.0, 0.0));
    let error = road.position(query(None, "3", U, -2000)).expect_err("out of range");
    assert_eq!(error, PointError::OutOfRange { min_m: -1800, max_m: 100 });
}

#[test]
fn interruption_of_more_than_60_m_parts_the_line() {
    let mut draft = Draft::new();
    draft
        .section("a", U, &[(0.0, 0.0), (400.0, 0.0)])
        .section("b", U, &[(500.0, 0.0), (900.0, 0.0)])
        .point("1", "PR0", "a", (0.0, 0.0))
        .point("2", "PR", "b", (800.0, 0.0));
    let road = draft.road();
    let at = |number| road.position(query(None, number, U, 0)).expect("a place");
    let span = road.span(at("1"), at("2")).expect("a road");
    assert_eq!((span.lines.len(), span.is_exact), (2, false));
    assert!((span.length_m - 700.0).abs() < 0.1);
}

#[test]
fn single_carriageway_goes_on_as_two_and_becomes_one_again() {
    let mut draft = Draft::new();
    draft
        .section("u1", U, &[(0.0, 0.0), (1000.0, 0.0)])
        .section("d", D, &[(1000.0, 0.0), (1500.0, -9.0), (2000.0, 0.0)])
        .section("g", G, &[(2000.0, 0.0), (1500.0, 9.0), (1000.0, 0.0)])
        .section("u2", U, &[(2000.0, 0.0), (3000.0, 0.0)])
        .point("0", "PR0", "u1", (0.0, 0.0))
        .point("1", "PR", "u1", (900.0, 0.0))
        .point("2", "DS", "d", (1000.0, 0.0))
        .point("2", "PR", "d", (1500.0, -9.0))
        .point("2", "DS", "g", (1000.0, 0.0))
        .point("2", "PR", "g", (1500.0, 9.0))
        .point("3", "PR", "u2", (2500.0, 0.0));
    let road = draft.road();
    let at = |number, side, abscissa| road.position(query(None, number, side, abscissa)).expect("a place");
    assert_eq!(draft.metres_of(at("1", U, 600).place).1, -9.0, "the right-hand carriageway runs with the numbers");
    assert_eq!(draft.metres_of(at("2", G, -600).place), (900.0, 0.0));
    let right = road.span(at("1", U, 0), at("2", D, 0)).expect("a road");
    assert_eq!(right.lines.len(), 1);
    let both = road.span(at("1", U, 0), at("3", U, 0)).expect("a road");
    assert_eq!(both.lines.len(), 2, "both carriageways lie between bounds that are common to them");
    assert!((both.length_m - 2601.0).abs() < 2.0, "{}", both.length_m);
}

#[test]
fn section_point_that_shares_a_number_is_not_the_reference_point() {
    let mut draft = Draft::new();
    draft.section("a", U, &[(0.0, 0.0), (1000.0, 0.0)]).point("51", "FS", "a", (1000.0, 0.0)).point(
        "51",
        "PR",
        "a",
        (600.0, 0.0),
    );
    let road = draft.road();
    let place = road.position(query(None, "51", U, 150)).expect("a place").place;
    assert_eq!(draft.metres_of(place), (750.0, 0.0));
}

#[test]
fn road_without_anything_refuses_and_does_not_panic() {
    let road = ReferencedRoad::new(Vec::new(), Vec::new());
    assert_eq!(road.position(query(None, "1", U, 0)), Err(PointError::UnknownPoint { neighbours: Vec::new() }));
    assert!(road.points().is_empty() && road.sides("1", None).is_empty());
}
