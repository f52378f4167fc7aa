use super::*;

fn line(places: &[[f64; 2]]) -> Polyline {
    let places = places.iter().filter_map(|place| Place::new(&Position::from(*place))).collect();
    Polyline::new(places).expect("a line")
}

fn joined(lines: &[&[[f64; 2]]], travel: Travel) -> Vec<Polyline> {
    trails(lines.iter().map(|places| line(places)).collect(), travel)
}

#[test]
fn lines_that_touch_are_one_whatever_their_directions() {
    let one = line(&[[0.0, 0.0], [1.0, 0.0], [2.0, 0.0], [3.0, 0.0]]);
    let forwards: [&[[f64; 2]]; 3] = [&[[0.0, 0.0], [1.0, 0.0]], &[[1.0, 0.0], [2.0, 0.0]], &[[2.0, 0.0], [3.0, 0.0]]];
    assert_eq!(joined(&forwards, Travel::Both), std::slice::from_ref(&one));
    let mixed: [&[[f64; 2]]; 3] = [&[[1.0, 0.0], [2.0, 0.0]], &[[1.0, 0.0], [0.0, 0.0]], &[[3.0, 0.0], [2.0, 0.0]]];
    assert_eq!(joined(&mixed, Travel::Both), [one]);
}

#[test]
fn lines_that_are_apart_stay_apart() {
    assert_eq!(joined(&[&[[0.0, 0.0], [0.0, 1.0]], &[[5.0, 5.0], [5.0, 6.0]]], Travel::Both).len(), 2);
}

#[test]
fn direction_of_travel_is_never_turned_round() {
    let lines: [&[[f64; 2]]; 2] = [&[[0.0, 0.0], [1.0, 0.0]], &[[2.0, 0.0], [1.0, 0.0]]];
    assert_eq!(joined(&lines, Travel::Along), [line(lines[0]), line(lines[1])], "two that meet head to head");
    let lines: [&[[f64; 2]]; 2] = [&[[1.0, 0.0], [2.0, 0.0]], &[[0.0, 0.0], [1.0, 0.0]]];
    assert_eq!(joined(&lines, Travel::Along), [line(&[[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]])]);
}

#[test]
fn where_three_meet_the_straightest_two_go_on() {
    let side: &[[f64; 2]] = &[[1.0, 0.0], [1.0, 1.0]];
    let lines = [side, &[[0.0, 0.0], [1.0, 0.0]], &[[2.0, 0.1], [1.0, 0.0]]];
    assert_eq!(joined(&lines, Travel::Both), [line(side), line(&[[0.0, 0.0], [1.0, 0.0], [2.0, 0.1]])]);
}

#[test]
fn ring_of_lines_is_one_trail() {
    let lines: [&[[f64; 2]]; 3] = [&[[0.0, 0.0], [1.0, 0.0]], &[[1.0, 0.0], [0.5, 1.0]], &[[0.0, 0.0], [0.5, 1.0]]];
    assert_eq!(joined(&lines, Travel::Both), [line(&[[0.0, 0.0], [1.0, 0.0], [0.5, 1.0], [0.0, 0.0]])]);
}

#[test]
fn line_drawn_twice_is_written_once() {
    let lines: [&[[f64; 2]]; 3] = [&[[0.0, 0.0], [1.0, 0.0]], &[[1.0, 0.0], [0.0, 0.0]], &[[0.0, 0.0], [1.0, 0.0]]];
    assert_eq!(joined(&lines, Travel::Both).len(), 1);
    assert_eq!(joined(&lines, Travel::Along).len(), 1, "there and back is one way round");
}

#[test]
fn long_line_is_cut_into_equal_pieces_end_to_end() {
    let long = line(&[[0.0, 45.0], [0.2, 45.0], [0.3, 45.1]]);
    let length = long.length_m();
    let pieces = long.clone().pieces(10_000.0);
    assert_eq!(pieces.len(), 3, "{length}");
    assert_eq!((pieces[0].ends().0, pieces[2].ends().1), long.ends());
    for (piece, next) in pieces.iter().zip(&pieces[1..]) {
        assert_eq!(piece.ends().1, next.ends().0);
    }
    for piece in &pieces {
        assert!((piece.length_m() - length / 3.0).abs() < 1.0, "{} of {length}", piece.length_m());
    }
    assert_eq!(long.clone().pieces(100_000.0), [long]);
}

#[test]
fn positions_outside_the_earth_are_no_places() {
    for position in [[181.0, 0.0], [0.0, 91.0], [f64::NAN, 0.0], [f64::INFINITY, 0.0]] {
        assert_eq!(Place::new(&Position::from(position)), None);
    }
    let place = Place::new(&Position::from([2.337_514_404, 48.910_599_408])).expect("a place");
    assert_eq!(place.to_string(), "48.9105994 2.3375144");
}
