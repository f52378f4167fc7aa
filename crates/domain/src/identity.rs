//! Identifiers and geometries that a new content takes over from the one it replaces.
//!
//! Consumers key on the identifiers of measures, periods and locations. A replacement keeps them by the identifier that
//! was sent, else by identical content, else by same rank and kind. An identifier that the order does not have is
//! replaced by a new one: nobody chooses identifiers, and nobody takes those of another order.
//!
//! A duplicate is the opposite: everything it says stays, what was found included, under identifiers of its own.

use uuid::Uuid;

use crate::{Location, LocationId, Measure, MeasureId, OrderContent, Period, PeriodId};

/// Gives the measures of `new`, with their periods and locations, the identifiers of those of `old` that they replace.
/// A location that asks for the same place takes over what was found.
pub fn keep(new: &mut OrderContent, old: &OrderContent, new_id: &mut dyn FnMut() -> Uuid) {
    let partners =
        pair(&new.measures, &old.measures, |measure| measure.id.0, says_the_same, |new, old| new.kind == old.kind);
    for (measure, partner) in new.measures.iter_mut().zip(partners) {
        match partner.and_then(|index| old.measures.get(index)) {
            Some(old) => keep_measure(measure, old, new_id),
            None => renew(measure, new_id),
        }
    }
}

/// Gives `new` the identity of the measure `old` that it replaces; see [`keep`].
pub fn keep_measure(new: &mut Measure, old: &Measure, new_id: &mut dyn FnMut() -> Uuid) {
    new.id = old.id;
    new.created_at = old.created_at;
    let partners = pair(&new.periods, &old.periods, |period| period.id.0, same_period, |_, _| true);
    for (period, partner) in new.periods.iter_mut().zip(partners) {
        period.id = partner.and_then(|index| old.periods.get(index)).map_or_else(|| PeriodId(new_id()), |old| old.id);
    }
    let partners = pair(
        &new.locations,
        &old.locations,
        |location| location.id.0,
        |new, old| new.asked.is_same_place_as(&old.asked),
        |new, old| new.asked.road_type() == old.asked.road_type(),
    );
    for (location, partner) in new.locations.iter_mut().zip(partners) {
        match partner.and_then(|index| old.locations.get(index)) {
            Some(old) => keep_location(location, old),
            None => location.id = LocationId(new_id()),
        }
    }
}

/// Gives a measure and its parts identifiers of their own, whatever was sent.
pub fn renew(measure: &mut Measure, new_id: &mut dyn FnMut() -> Uuid) {
    measure.id = MeasureId(new_id());
    for period in &mut measure.periods {
        period.id = PeriodId(new_id());
    }
    for location in &mut measure.locations {
        location.id = LocationId(new_id());
    }
}

/// The content of a duplicate of an order: the same measures, periods and places, as found, with identifiers of their
/// own. That the order was repealed is not taken over, nor are its keys, source and official document, which live beside
/// the content.
#[must_use]
pub fn duplicate(content: &OrderContent, new_id: &mut dyn FnMut() -> Uuid) -> OrderContent {
    OrderContent {
        measures: content.measures.iter().map(|measure| duplicate_measure(measure, new_id)).collect(),
        repeal: None,
        ..content.clone()
    }
}

/// A duplicate of a measure, with identifiers of its own; when the measure was first written stays.
#[must_use]
pub fn duplicate_measure(measure: &Measure, new_id: &mut dyn FnMut() -> Uuid) -> Measure {
    let mut duplicate = measure.clone();
    renew(&mut duplicate, new_id);
    duplicate
}

fn keep_location(new: &mut Location, old: &Location) {
    new.id = old.id;
    if new.asked.is_same_place_as(&old.asked) {
        new.asked.take_ids_from(&old.asked);
        new.found.clone_from(&old.found);
    }
}

/// Whether two measures differ by their identifiers only.
fn says_the_same(new: &Measure, old: &Measure) -> bool {
    new.kind == old.kind
        && new.max_speed_kmh == old.max_speed_kmh
        && new.vehicle_set == old.vehicle_set
        && new.periods.len() == old.periods.len()
        && new.periods.iter().zip(&old.periods).all(|(new, old)| same_period(new, old))
        && new.locations.len() == old.locations.len()
        && new
            .locations
            .iter()
            .zip(&old.locations)
            .all(|(new, old)| new.asked.is_same_place_as(&old.asked) && new.asked.direction() == old.asked.direction())
}

fn same_period(new: &Period, old: &Period) -> bool {
    new.start == old.start && new.end == old.end && new.recurrence == old.recurrence && new.time_slots == old.time_slots
}

/// Whether a new element, with its rank, replaces an old one, with its rank.
type Criterion<'a, T> = &'a dyn Fn((usize, &T), (usize, &T)) -> bool;

/// For each new element, the rank of the old one that it replaces; no old element is replaced twice.
fn pair<T>(
    new: &[T],
    old: &[T],
    id: impl Fn(&T) -> Uuid,
    is_same: impl Fn(&T, &T) -> bool,
    is_alike: impl Fn(&T, &T) -> bool,
) -> Vec<Option<usize>> {
    let mut partners: Vec<Option<usize>> = vec![None; new.len()];
    let mut free: Vec<bool> = vec![true; old.len()];
    let criteria: [Criterion<'_, T>; 3] = [
        &|(_, new), (_, old)| id(new) == id(old),
        &|(_, new), (_, old)| is_same(new, old),
        &|(new_rank, new), (old_rank, old)| new_rank == old_rank && is_alike(new, old),
    ];
    for criterion in criteria {
        for (new, partner) in new.iter().enumerate().zip(&mut partners).filter(|(_, partner)| partner.is_none()) {
            *partner = old.iter().enumerate().zip(&mut free).find(|(old, free)| **free && criterion(new, *old)).map(
                |((old_rank, _), free)| {
                    *free = false;
                    old_rank
                },
            );
        }
    }
    partners
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::diff::tests::contents;
    use crate::{
        Direction, Found, Geometry, LocatingMethod, LocationDescription, MeasureType, NamedStreet, OrderCategory,
        Recurrence, StreetBound, VehicleSet, WholeCityException,
    };

    fn ids() -> impl FnMut() -> Uuid {
        let mut next = 1000;
        move || {
            next += 1;
            Uuid::from_u128(next)
        }
    }

    fn street(number: &str) -> LocationDescription {
        LocationDescription::NamedStreet(NamedStreet {
            city_code: "00001".into(),
            city_label: "Ville".into(),
            road_ban_id: None,
            road_name: "Rue Haute".into(),
            from: Some(StreetBound::HouseNumber { number: number.into() }),
            to: Some(StreetBound::Intersection { road_name: "Rue Basse".into(), road_ban_id: None, crossing: None }),
            direction: Direction::Both,
            geometry: None,
        })
    }

    fn found(mut asked: LocationDescription) -> (LocationDescription, Option<Found>) {
        if let LocationDescription::NamedStreet(street) = &mut asked {
            street.road_ban_id = Some("00001_0001".into());
        }
        let geometry = Geometry::from_text(r#"{"type":"LineString","coordinates":[[2,48],[2.1,48]]}"#).unwrap();
        let found = Found {
            geometry,
            length_m: 1.0,
            segments: vec![],
            method: LocatingMethod::StreetSection,
            confidence: crate::Confidence::Exact,
            edition: None,
            contour: None,
            storage_area: None,
        };
        (asked, Some(found))
    }

    fn measure(id: u128, kind: MeasureType, number: &str) -> Measure {
        Measure {
            id: MeasureId(Uuid::from_u128(id)),
            kind,
            max_speed_kmh: None,
            vehicle_set: VehicleSet::default(),
            periods: vec![Period {
                id: PeriodId(Uuid::from_u128(id + 1)),
                start: "2026-12-01T00:00:00".parse().unwrap(),
                end: None,
                recurrence: Recurrence::EveryDay,
                time_slots: vec![],
            }],
            locations: vec![Location { id: LocationId(Uuid::from_u128(id + 2)), asked: street(number), found: None }],
            created_at: chrono::DateTime::UNIX_EPOCH,
        }
    }

    fn content(measures: Vec<Measure>) -> OrderContent {
        OrderContent {
            category: OrderCategory::PermanentRegulation,
            subject: None,
            other_category_text: None,
            title: "Essai".into(),
            measures,
            repeal: None,
        }
    }

    fn old() -> OrderContent {
        let mut old = content(vec![
            measure(10, MeasureType::NoEntry, "2"),
            measure(20, MeasureType::ParkingProhibited, "4"),
            measure(30, MeasureType::NoEntry, "6"),
        ]);
        for measure in &mut old.measures {
            let location = &mut measure.locations[0];
            (location.asked, location.found) = found(location.asked.clone());
        }
        old
    }

    fn kept(new: Vec<Measure>) -> OrderContent {
        let mut new = content(new);
        keep(&mut new, &old(), &mut ids());
        new
    }

    fn measure_ids(content: &OrderContent) -> Vec<u128> {
        content.measures.iter().map(|measure| measure.id.0.as_u128()).collect()
    }

    #[test]
    fn identical_measures_keep_their_identifiers_in_any_order() {
        let new = kept(vec![
            measure(1, MeasureType::NoEntry, "6"),
            measure(4, MeasureType::NoEntry, "2"),
            measure(7, MeasureType::ParkingProhibited, "4"),
        ]);
        assert_eq!(measure_ids(&new), [30, 10, 20]);
        assert_eq!(new.measures[0].periods[0].id.0.as_u128(), 31);
        assert_eq!(new.measures[0].locations[0].id.0.as_u128(), 32);
    }

    #[test]
    fn same_place_takes_over_what_was_found_and_the_identifier_of_the_street() {
        let new = kept(vec![measure(1, MeasureType::NoEntry, "2")]);
        assert_eq!(new.measures[0].locations, old().measures[0].locations);
    }

    #[test]
    fn changed_measure_keeps_its_identifier_by_rank_and_kind_and_is_located_again() {
        let new = kept(vec![measure(1, MeasureType::NoEntry, "8"), measure(4, MeasureType::SpeedLimitation, "4")]);
        assert_eq!(measure_ids(&new)[0], 10);
        assert_eq!(new.measures[0].locations[0].id.0.as_u128(), 12);
        assert_eq!(new.measures[0].locations[0].found, None);
        assert!(measure_ids(&new)[1] > 1000, "another kind at the same rank is another measure");
    }

    #[test]
    fn identifier_that_was_sent_wins_over_content_and_rank() {
        let new = kept(vec![measure(30, MeasureType::SpeedLimitation, "2"), measure(1, MeasureType::NoEntry, "2")]);
        assert_eq!(measure_ids(&new), [30, 10]);
    }

    #[test]
    fn identifiers_of_other_orders_are_refused_and_none_is_used_twice() {
        let mut twins = vec![measure(10, MeasureType::NoEntry, "2"), measure(10, MeasureType::NoEntry, "2")];
        twins.push(measure(777, MeasureType::AlternateRoad, "2"));
        let new = kept(twins);
        let ids = measure_ids(&new);
        assert_eq!(ids[0], 10);
        assert!(ids[1] != 10 && ids[2] > 1000, "{ids:?}");
    }

    // §13, 41.
    #[test]
    fn same_street_of_another_town_is_located_again() {
        let mut new = measure(1, MeasureType::NoEntry, "2");
        if let LocationDescription::NamedStreet(street) = &mut new.locations[0].asked {
            street.road_ban_id = Some("00001_0001".into());
            street.city_code = "00002".into();
        }
        assert_eq!(kept(vec![new]).measures[0].locations[0].found, None);
    }

    #[test]
    fn whole_city_whose_exceptions_are_given_by_name_keeps_what_was_found() {
        let city = |id: Option<&str>, label: &str| {
            let LocationDescription::NamedStreet(mut named) = street("2") else { unreachable!() };
            named.road_ban_id = id.map(str::to_owned);
            let geometry = Geometry::from_text(r#"{"type":"Point","coordinates":[2,48]}"#).unwrap();
            let exceptions = vec![
                WholeCityException::NamedStreet(named),
                WholeCityException::RawGeoJson { label: label.into(), geometry },
            ];
            LocationDescription::WholeCity { city_code: "00001".into(), city_label: "Ville".into(), exceptions }
        };
        let located = city(Some("00001_0001"), "Le port");
        let mut sent = city(None, "Le vieux port");
        assert!(sent.is_same_place_as(&located));
        sent.take_ids_from(&located);
        assert_eq!(sent, city(Some("00001_0001"), "Le vieux port"));
        assert!(!city(Some("00001_0002"), "Le port").is_same_place_as(&located));
    }

    fn all_ids(content: &OrderContent) -> Vec<Uuid> {
        let parts = |measure: &Measure| {
            let periods = measure.periods.iter().map(|period| period.id.0);
            let locations = measure.locations.iter().map(|location| location.id.0);
            [measure.id.0].into_iter().chain(periods).chain(locations).collect::<Vec<_>>()
        };
        content.measures.iter().flat_map(parts).collect()
    }

    // 10, and §13, 27 and 31.
    #[test]
    fn duplicate_has_the_six_kinds_of_location_with_what_was_found() {
        let mut original = old();
        original.measures[0].locations = contents::descriptions()
            .into_iter()
            .zip(500..)
            .map(|(asked, id)| Location { id: LocationId(Uuid::from_u128(id)), asked, found: Some(contents::found()) })
            .collect();
        original.measures[1].locations.clear();
        let duplicate = duplicate(&original, &mut ids());
        assert_eq!(duplicate.measures[0].locations.len(), 6);
        for (copy, original) in duplicate.measures[0].locations.iter().zip(&original.measures[0].locations) {
            assert_eq!((&copy.asked, &copy.found), (&original.asked, &original.found));
        }
        assert_eq!(super::duplicate(&content(vec![]), &mut ids()), content(vec![]));
    }

    #[test]
    fn duplicate_of_a_measure_was_written_when_the_original_was() {
        let original = measure(10, MeasureType::NoEntry, "2");
        let copy = duplicate_measure(&original, &mut ids());
        assert_ne!(copy.id, original.id);
        assert_eq!(copy.created_at, original.created_at);
    }

    proptest! {
        #[test]
        fn duplicate_says_the_same_under_identifiers_of_its_own(original in contents::content()) {
            let mut copy = duplicate(&original, &mut ids());
            let (own, others) = (all_ids(&copy), all_ids(&original));
            prop_assert_eq!(own.len(), others.len());
            let mut distinct: Vec<_> = own.iter().chain(&others).collect();
            distinct.sort_unstable();
            distinct.dedup();
            prop_assert_eq!(distinct.len(), own.len() + others.len());
            prop_assert_eq!(&copy.repeal, &None);

            for (copy, original) in copy.measures.iter_mut().zip(&original.measures) {
                copy.id = original.id;
                for (copy, original) in copy.periods.iter_mut().zip(&original.periods) {
                    copy.id = original.id;
                }
                for (copy, original) in copy.locations.iter_mut().zip(&original.locations) {
                    copy.id = original.id;
                }
            }
            prop_assert_eq!(copy, OrderContent { repeal: None, ..original });
        }
    }

    #[test]
    fn changed_direction_keeps_what_was_found() {
        let mut new = measure(1, MeasureType::NoEntry, "2");
        if let LocationDescription::NamedStreet(street) = &mut new.locations[0].asked {
            street.direction = Direction::AToB;
        }
        let new = kept(vec![new]);
        let location = &new.measures[0].locations[0];
        assert_eq!(location.asked.direction(), Direction::AToB);
        assert!(location.found.is_some());
    }
}
