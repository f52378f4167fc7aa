//! Sections of streets with two carriageways, and of loops; one unit is a metre.

use geo_types::{Coord, LineString};

use super::{End, Place, SectionError, Segment, StreetNetwork};

/// Identifier, corners and one-way sign of a segment; nodes are named by their coordinates.
type Drawn<'a> = (&'a str, &'a [(f64, f64)], i16);

fn network(segments: &[Drawn<'_>]) -> StreetNetwork {
    let node = |(x, y): (f64, f64)| format!("{:.0}", (x + 5000.0) * 100_000.0 + y + 5000.0).parse().expect("a number");
    let rows = segments.iter().map(|(id, vertices, oneway)| Segment {
        id: (*id).to_owned(),
        node_from: node(vertices[0]),
        node_to: node(vertices[vertices.len() - 1]),
        level: 0,
        oneway: *oneway,
        is_own: !id.starts_with('x'),
        line: vertices.iter().copied().collect::<LineString>(),
    });
    StreetNetwork::on_a_plane(rows.collect()).expect("a network")
}

fn beside(x: f64, y: f64) -> Place {
    Place::Beside(Coord { x, y })
}

fn ids(section: &super::Section) -> (Vec<&str>, Vec<Vec<&str>>) {
    let of = |stretches: &'_ [super::Stretch]| stretches.iter().map(|s| s.segment_id.clone()).collect::<Vec<_>>();
    let leak = |ids: Vec<String>| ids.into_iter().map(|id| &*id.leak()).collect::<Vec<&str>>();
    (leak(of(&section.stretches)), section.beside.iter().map(|path| leak(of(&path.stretches))).collect())
}

/// A street that opens into two carriageways between 100 and 300, 20 m apart.
fn boulevard() -> StreetNetwork {
    network(&[
        ("west", &[(0.0, 0.0), (100.0, 0.0)], 0),
        ("south1", &[(100.0, 0.0), (110.0, -10.0), (200.0, -10.0)], 1),
        ("south2", &[(200.0, -10.0), (290.0, -10.0), (300.0, 0.0)], 1),
        ("north1", &[(300.0, 0.0), (290.0, 10.0), (200.0, 10.0)], 1),
        ("north2", &[(200.0, 10.0), (110.0, 10.0), (100.0, 0.0)], 1),
        ("east", &[(300.0, 0.0), (400.0, 0.0)], 0),
    ])
}

#[test]
fn both_carriageways_belong_to_the_section() {
    let section = boulevard().section(beside(0.0, 5.0), beside(400.0, 5.0)).expect("a section");
    let (main, other) = ids(&section);
    assert!(main == ["west", "south1", "south2", "east"] || main == ["west", "north2", "north1", "east"], "{main:?}");
    assert_eq!(other.len(), 1);
    assert_eq!(other[0].len(), 2);
    let line = &section.beside[0].line;
    assert_eq!((line.0[0].x, line.0[line.0.len() - 1].x), (100.0, 300.0), "it runs the same way");
}

#[test]
fn bounds_in_the_middle_of_a_block_cut_both_carriageways() {
    let section = boulevard().section(beside(150.0, -20.0), beside(250.0, -20.0)).expect("a section");
    assert_eq!(ids(&section), (vec!["south1", "south2"], vec![vec!["north2", "north1"]]));
    let other: Vec<_> = section.beside[0].line.0.iter().map(|vertex| (vertex.x, vertex.y)).collect();
    assert_eq!(other, [(150.0, 10.0), (200.0, 10.0), (250.0, 10.0)]);
    let back = boulevard().section(beside(250.0, -20.0), beside(150.0, -20.0)).expect("a section");
    let reversed: Vec<_> = back.beside[0].line.0.iter().rev().map(|vertex| (vertex.x, vertex.y)).collect();
    assert_eq!(reversed, other);
}

#[test]
fn lane_beside_with_the_same_traffic_is_no_other_carriageway() {
    let street = network(&[
        ("main1", &[(0.0, 0.0), (100.0, 0.0)], 1),
        ("main2", &[(100.0, 0.0), (200.0, 0.0)], 1),
        ("aside", &[(0.0, 0.0), (50.0, 12.0), (150.0, 12.0), (200.0, 0.0)], 1),
    ]);
    let section = street.section(beside(0.0, -5.0), beside(200.0, -5.0)).expect("a section");
    assert_eq!(ids(&section), (vec!["main1", "main2"], vec![]));
    let simple = network(&[("one", &[(0.0, 0.0), (100.0, 0.0)], 1)]);
    assert_eq!(simple.section(beside(10.0, 0.0), beside(90.0, 0.0)).expect("a section").beside, []);
}

#[test]
fn loop_offers_both_ways_round_and_a_boulevard_does_not() {
    let close = network(&[
        ("stem", &[(-100.0, 0.0), (0.0, 0.0)], 0),
        ("south", &[(0.0, 0.0), (0.0, -150.0), (200.0, -150.0), (200.0, 0.0)], 0),
        ("north", &[(0.0, 0.0), (0.0, 200.0), (200.0, 200.0), (200.0, 0.0)], 0),
    ]);
    let ways = close.ways_round(beside(-80.0, 3.0), beside(205.0, 0.0)).expect("two ways");
    assert_eq!(ways.iter().map(|way| ids(way).0).collect::<Vec<_>>(), [["stem", "south"], ["stem", "north"]]);
    assert!(ways[0].length_m < ways[1].length_m);
    assert_eq!(ways[0], close.section(beside(-80.0, 3.0), beside(205.0, 0.0)).expect("the shorter one"));
    assert_eq!(boulevard().ways_round(beside(0.0, 5.0), beside(400.0, 5.0)).expect("one way").len(), 1);
}

#[test]
fn bound_on_the_shorter_part_is_the_one_that_fails() {
    let parts = network(&[("long", &[(0.0, 0.0), (500.0, 0.0)], 0), ("short", &[(600.0, 0.0), (700.0, 0.0)], 0)]);
    let error = parts.section(beside(50.0, 0.0), beside(650.0, 0.0));
    assert_eq!(error, Err(SectionError::NoPath { stray: End::To }));
    let error = parts.section(beside(650.0, 0.0), beside(50.0, 0.0));
    assert_eq!(error, Err(SectionError::NoPath { stray: End::From }));
    assert_eq!(parts.joined_to(beside(650.0, 0.0)).len(), 2);
}
