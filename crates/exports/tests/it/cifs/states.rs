//! What leaves the feed when, and what stays the same.

use dialog_domain::{Direction, LocationDescription, OrderCategory};
use dialog_exports::{
    LossCode,
    datex::{EVER, TimeState},
};
use roxmltree::Document;

use super::{document, export, incidents};
use crate::support::{located, measure, named_street, order, period, street};

fn ids(document: &str) -> Vec<String> {
    let document = Document::parse(document).expect("XML");
    incidents(&document).iter().filter_map(|incident| incident.attribute("id")).map(str::to_owned).collect()
}

#[test]
fn each_period_leaves_when_it_is_over_and_the_order_with_the_last_one() {
    let mut measure = measure();
    measure.periods = vec![
        period("2026-03-20T08:00", Some("2026-03-28T18:00")),
        period("2026-04-01T00:00", Some("2026-04-03T23:59")),
    ];
    measure.periods[1].id.0 = uuid::Uuid::from_u128(33);
    let fragments = export(&order(vec![measure])).value;
    let told: Vec<_> = fragments
        .iter()
        .map(|fragment| (fragment.state, fragment.valid_until.to_rfc3339(), fragment.body.lines().count()))
        .collect();
    assert_eq!(
        told,
        [
            (TimeState::Planned, "2026-03-20T07:00:00+00:00".to_owned(), 2),
            (TimeState::Active, "2026-03-28T17:00:00+00:00".to_owned(), 2),
            (TimeState::Active, "2026-04-03T22:00:00+00:00".to_owned(), 1),
        ]
    );
    assert_eq!(fragments[0].valid_from, EVER);
    for pair in fragments.windows(2) {
        assert_eq!(pair[0].valid_until, pair[1].valid_from);
    }
}

#[test]
fn period_without_end_is_not_sent_even_beside_one_with_an_end() {
    let mut measure = measure();
    measure.periods = vec![period("2026-03-20T08:00", None), period("2026-04-01T00:00", Some("2026-04-03T23:59"))];
    let mut order = order(vec![measure]);
    order.content.category = OrderCategory::PermanentRegulation;
    let exported = export(&order);
    assert_eq!(exported.value.iter().map(|fragment| fragment.body.lines().count()).collect::<Vec<_>>(), [1, 1]);
    let [loss] = &exported.losses[..] else { panic!("{:?}", exported.losses) };
    assert_eq!((loss.path.as_str(), loss.code), ("measures[0].periods[0]", LossCode::EndlessPeriod));

    order.content.measures[0].periods.pop();
    assert!(export(&order).value.is_empty());
}

#[test]
fn title_version_and_shape_between_the_ends_change_no_identifier() {
    let before = order(vec![measure()]);
    let mut after = before.clone();
    after.content.title = "Un autre titre".to_owned();
    after.version = 2;
    after.content.measures[0].locations = vec![street(
        "Rue Claude Monet prolongée",
        r#"{"type":"LineString","coordinates":[[2.34,48.92],[2.345,48.91],[2.34,48.90]]}"#,
    )];
    assert_eq!(ids(&document(&before)), ids(&document(&after)));
}

#[test]
fn two_organizations_with_the_same_number_never_collide() {
    let (one, mut other) = (order(vec![measure()]), order(vec![measure()]));
    other.content.measures[0].locations[0].id.0 = uuid::Uuid::from_u128(77);
    assert_eq!(one.identifier, other.identifier);
    assert_ne!(ids(&document(&one)), ids(&document(&other)));
}

#[test]
fn one_direction_of_a_whole_street_is_not_sent_as_both() {
    let mut whole = named_street("Rue Claude Monet");
    (whole.from, whole.to, whole.direction) = (None, None, Direction::AToB);
    let mut measure = measure();
    measure.locations = vec![located(LocationDescription::NamedStreet(whole), crate::support::LINE)];
    let exported = export(&order(vec![measure]));
    assert!(exported.value.is_empty());
    let told: Vec<_> = exported.losses.iter().map(|loss| (loss.path.as_str(), loss.code)).collect();
    assert_eq!(
        told,
        [("measures[0].locations[0]", LossCode::OneWayLeftOut), ("measures[0]", LossCode::MeasureLeftOut)]
    );
}

#[test]
fn part_that_waze_cannot_place_is_reported_beside_those_that_it_can() {
    let parts = r#"{"type":"MultiLineString","coordinates":[[[2.0,48.0],[2.0,48.0002]],[[2.1,48.0],[2.1,48.01]]]}"#;
    let mut measure = measure();
    measure.locations = vec![street("Rue Claude Monet", parts)];
    let exported = export(&order(vec![measure]));
    assert_eq!(exported.value[0].body.lines().count(), 1);
    let [loss] = &exported.losses[..] else { panic!("{:?}", exported.losses) };
    assert_eq!(
        (loss.path.as_str(), loss.code, loss.detail.as_str()),
        ("measures[0].locations[0]", LossCode::TooShort, "22 m")
    );
}

#[test]
fn name_that_the_schema_refuses_is_replaced_and_reported() {
    let mut measure = measure();
    measure.locations = vec![street(" \u{0}x\n", crate::support::LINE)];
    let order = order(vec![measure]);
    assert!(document(&order).contains("<street>Voie sans nom</street>"));
    assert!(export(&order).losses.iter().any(|loss| loss.code == LossCode::NameTooShort));
}
