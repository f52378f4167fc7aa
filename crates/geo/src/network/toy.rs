//! The worked examples of section cutting on a toy network, one unit of which is a kilometre.
//!
//! Their outcomes are ours: a line runs from the first bound to the second one, and bounds that nothing joins are an
//! error.

use geo_types::{Coord, LineString};

use super::{End, Place, SectionError, Segment, StreetNetwork};

const KM: f64 = 1000.0;

fn segment(id: &str, vertices: &[(f64, f64)]) -> Segment {
    let node = |(x, y): (f64, f64)| format!("{x:.0}{y:.0}").parse().expect("a number");
    let line: LineString = vertices.iter().map(|(x, y)| (x * KM, y * KM)).collect();
    Segment {
        id: id.to_owned(),
        node_from: node(vertices[0]),
        node_to: node(vertices[vertices.len() - 1]),
        level: 0,
        oneway: 0,
        is_own: true,
        line,
    }
}

fn network() -> StreetNetwork {
    StreetNetwork::on_a_plane(vec![
        segment("a1", &[(1.0, 1.0), (1.0, 2.0), (2.0, 2.0)]),
        segment("a2", &[(2.0, 2.0), (3.0, 2.0), (5.0, 2.0)]),
        segment("b", &[(5.0, 2.0), (5.0, 3.0)]),
        segment("c", &[(5.0, 2.0), (7.0, 2.0), (7.0, 1.0)]),
        segment("d", &[(12.0, 2.0), (13.0, 2.0)]),
    ])
    .expect("a network")
}

fn section(from: (f64, f64), to: (f64, f64)) -> Result<Vec<(f64, f64)>, SectionError> {
    let place = |(x, y)| Place::Beside(Coord { x: x * KM, y: y * KM });
    let section = network().section(place(from), place(to))?;
    assert!(section.is_exact || from.1 < 2.0 || to.1 < 2.0, "no gap to cross in the toy network");
    Ok(section.line.0.iter().map(|vertex| (vertex.x / KM, vertex.y / KM)).collect())
}

#[test]
fn example_21_path_over_two_segments() {
    assert_eq!(section((1.0, 1.0), (3.0, 2.0)), Ok(vec![(1.0, 1.0), (1.0, 2.0), (2.0, 2.0), (3.0, 2.0)]));
}

#[test]
fn example_22_bounds_beside_the_line() {
    assert_eq!(section((6.0, 1.0), (9.0, 2.0)), Ok(vec![(6.0, 2.0), (7.0, 2.0)]));
}

#[test]
fn example_23_line_runs_from_a_to_b_against_the_drawing() {
    assert_eq!(section((1.0, 2.0), (1.0, 1.0)), Ok(vec![(1.0, 2.0), (1.0, 1.0)]));
}

#[test]
fn example_24_bound_at_a_junction() {
    assert_eq!(section((5.0, 1.0), (9.0, 2.0)), Ok(vec![(5.0, 2.0), (7.0, 2.0)]));
}

#[test]
fn example_25_bound_within_tolerance_of_the_right_segment() {
    // 9.5 is as far from the end of c as from d; half a metre nearer to d is still within the tolerance of a metre.
    assert_eq!(section((7.0, 1.0), (9.50025, 2.0)), Ok(vec![(7.0, 1.0), (7.0, 2.0)]));
}

#[test]
fn example_26_bounds_that_nothing_joins_are_an_error() {
    assert_eq!(section((7.0, 1.0), (9.51, 2.0)), Err(SectionError::NoPath { stray: End::To }));
}

#[test]
fn example_27_path_leaves_the_side_branch_out() {
    let expected = vec![(1.0, 1.0), (1.0, 2.0), (2.0, 2.0), (3.0, 2.0), (5.0, 2.0), (7.0, 2.0)];
    assert_eq!(section((1.0, 1.0), (7.0, 3.0)), Ok(expected));
}

#[test]
fn bounds_at_the_same_place_are_an_error() {
    assert_eq!(section((4.0, 1.0), (4.0, 3.0)), Err(SectionError::Empty));
}

#[test]
fn stretches_tell_the_segments_in_order_of_travel() {
    let from = Place::Beside(Coord { x: 6.0 * KM, y: 2.0 * KM });
    let section = network().section(from, Place::Node(11)).expect("a path");
    let stretches: Vec<_> =
        section.stretches.iter().map(|s| (s.segment_id.as_str(), s.from_fraction, s.to_fraction)).collect();
    assert_eq!(stretches, [("c", 0.333_333, 0.0), ("a2", 1.0, 0.0), ("a1", 1.0, 0.0)]);
    assert!((section.length_m - 6.0 * KM).abs() < 1e-6);
}

#[test]
fn whole_street_is_joined_between_branches() {
    let whole = network().whole();
    let lines: Vec<Vec<(f64, f64)>> =
        whole.lines.iter().map(|line| line.0.iter().map(|v| (v.x / KM, v.y / KM)).collect()).collect();
    assert_eq!(
        lines,
        [
            vec![(1.0, 1.0), (1.0, 2.0), (2.0, 2.0), (3.0, 2.0), (5.0, 2.0)],
            vec![(5.0, 2.0), (5.0, 3.0)],
            vec![(5.0, 2.0), (7.0, 2.0), (7.0, 1.0)],
            vec![(12.0, 2.0), (13.0, 2.0)],
        ]
    );
    assert!((whole.length_m - 10.0 * KM).abs() < 1e-6);
}
