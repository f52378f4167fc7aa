//! Small random contents with every kind of everything, and the same contents in another order.

use chrono::{DateTime, NaiveDateTime, NaiveTime, TimeDelta};
use proptest::{collection::vec, prelude::*, sample::select};
use uuid::Uuid;

use crate::{
    Confidence, CritAir, Day, Direction, ExemptedVehicles, Found, FoundSegment, Geometry, LocatingMethod, Location,
    LocationDescription, LocationId, Measure, MeasureId, MeasureType, NamedStreet, NumberedRoad, OrderCategory,
    OrderContent, Period, PeriodId, Recurrence, ReferencePointBound, Repeal, RestrictedVehicles, RoadSide, StreetBound,
    Subject, TimeSlot, VehicleSet, WholeCityException,
};

pub(crate) fn at(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

pub(super) fn geometry(longitude: f64) -> Geometry {
    let text = format!(r#"{{"type":"LineString","coordinates":[[{longitude},48],[2.4,48.1]]}}"#);
    Geometry::from_text(&text).unwrap()
}

fn street(name: &str) -> NamedStreet {
    NamedStreet {
        city_code: "00001".into(),
        city_label: "Ville".into(),
        road_ban_id: Some("00001_0001".into()),
        road_name: name.into(),
        from: Some(StreetBound::HouseNumber { number: "2".into() }),
        to: Some(StreetBound::Intersection { road_name: "Rue Basse".into(), road_ban_id: None, crossing: Some(1) }),
        direction: Direction::Both,
        geometry: None,
    }
}

fn road() -> NumberedRoad {
    let bound = |point_number: &str| ReferencePointBound {
        point_number: point_number.into(),
        department_code: None,
        side: RoadSide::U,
        abscissa_m: 100,
    };
    NumberedRoad {
        administrator: "Ardèche".into(),
        road_number: "D906".into(),
        from: bound("34"),
        to: bound("35"),
        storage_area_id: None,
        direction: Direction::AToB,
        geometry: Some(geometry(2.1)),
    }
}

/// The six kinds of location.
pub(crate) fn descriptions() -> Vec<LocationDescription> {
    vec![
        LocationDescription::NamedStreet(street("Rue Haute")),
        LocationDescription::DepartmentalRoad(road()),
        LocationDescription::NationalRoad(NumberedRoad { storage_area_id: Some(Uuid::from_u128(7)), ..road() }),
        LocationDescription::RawGeoJson { label: "Parvis".into(), geometry: geometry(2.2) },
        LocationDescription::WholeCity {
            city_code: "00001".into(),
            city_label: "Ville".into(),
            exceptions: vec![
                WholeCityException::NamedStreet(street("Rue Neuve")),
                WholeCityException::NamedStreet(NamedStreet { from: None, to: None, ..street("Rue Neuve") }),
                WholeCityException::RawGeoJson { label: "Port".into(), geometry: geometry(2.3) },
            ],
        },
        LocationDescription::Zone { label: "Centre".into(), geometry: geometry(2.0) },
    ]
}

pub(crate) fn found() -> Found {
    let segment = |id: &str| FoundSegment { segment_id: id.into(), from_fraction: 0.25, to_fraction: 1.0 };
    Found {
        geometry: geometry(2.3),
        length_m: 120.5,
        segments: vec![segment("a"), segment("b")],
        method: LocatingMethod::StreetSection,
        confidence: Confidence::Exact,
        edition: Some("town:00001:2026-01-01".into()),
        contour: None,
        storage_area: None,
    }
}

fn vehicle_sets() -> Vec<VehicleSet> {
    let exempted = vec![
        ExemptedVehicles::LocalResident,
        ExemptedVehicles::Other { text: "Forains".into() },
        ExemptedVehicles::EmergencyServices,
    ];
    let restricted = vec![
        RestrictedVehicles::HeavyGoodsVehicle { max_weight_t: Some(3.5) },
        RestrictedVehicles::Dimensions { max_width_m: Some(2.5), max_length_m: None, max_height_m: None },
        RestrictedVehicles::CritAir { classes: vec![CritAir::Class4, CritAir::Class5, CritAir::Without] },
        RestrictedVehicles::HazardousMaterials,
        RestrictedVehicles::Other { text: "Convois".into() },
    ];
    vec![
        VehicleSet::default(),
        VehicleSet { restricted: vec![], exempted: exempted.clone() },
        VehicleSet { restricted, exempted },
    ]
}

fn slots() -> Vec<TimeSlot> {
    let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    let slot = |start, end| TimeSlot { start: time(start), end: time(end) };
    vec![slot(7, 10), slot(16, 19), slot(22, 6)]
}

fn period() -> impl Strategy<Value = Period> {
    let days = prop::sample::subsequence(Day::ALL.to_vec(), 0..=7);
    let slots = prop::sample::subsequence(slots(), 0..=3);
    (0_i64..20, any::<bool>(), days, slots).prop_map(|(day, ends, days, time_slots)| Period {
        id: PeriodId(Uuid::nil()),
        start: at("2026-12-01T00:00:00") + TimeDelta::days(day),
        end: ends.then(|| at("2026-12-30T23:59:00")),
        recurrence: if days.is_empty() { Recurrence::EveryDay } else { Recurrence::CertainDays(days) },
        time_slots,
    })
}

fn location() -> impl Strategy<Value = Location> {
    (select(descriptions()), any::<bool>()).prop_map(|(asked, is_found)| Location {
        id: LocationId(Uuid::nil()),
        asked,
        found: is_found.then(found),
    })
}

fn measure() -> impl Strategy<Value = Measure> {
    (select(MeasureType::ALL.to_vec()), select(vehicle_sets()), vec(period(), 0..4), vec(location(), 0..4)).prop_map(
        |(kind, vehicle_set, periods, locations)| Measure {
            id: MeasureId(Uuid::nil()),
            kind,
            max_speed_kmh: (kind == MeasureType::SpeedLimitation).then_some(50),
            vehicle_set,
            periods,
            locations,
            created_at: DateTime::UNIX_EPOCH,
        },
    )
}

/// A content, whether it can be published or not.
pub(crate) fn content() -> impl Strategy<Value = OrderContent> {
    let subjects = select(vec![None, Some(Subject::Event), Some(Subject::Other)]);
    let repeals = select(vec![None, Some(Repeal { end: at("2026-12-10T08:00:00"), reason: "Fin".into() })]);
    (subjects, repeals, vec(measure(), 0..4)).prop_map(|(subject, repeal, measures)| {
        numbered(OrderContent {
            category: OrderCategory::TemporaryRegulation,
            subject,
            other_category_text: subject.filter(|subject| *subject == Subject::Other).map(|_| "Tournage".into()),
            title: "Marché".into(),
            measures,
            repeal,
        })
    })
}

/// An order with two measures of different kinds, one period each.
pub(crate) fn sample() -> OrderContent {
    let measure = |kind| Measure {
        id: MeasureId(Uuid::nil()),
        kind,
        max_speed_kmh: None,
        vehicle_set: VehicleSet::default(),
        periods: vec![Period {
            id: PeriodId(Uuid::nil()),
            start: at("2026-12-01T00:00:00"),
            end: Some(at("2026-12-30T23:59:00")),
            recurrence: Recurrence::EveryDay,
            time_slots: vec![],
        }],
        locations: vec![],
        created_at: DateTime::UNIX_EPOCH,
    };
    numbered(OrderContent {
        category: OrderCategory::TemporaryRegulation,
        subject: None,
        other_category_text: None,
        title: "Marché".into(),
        measures: vec![measure(MeasureType::NoEntry), measure(MeasureType::ParkingProhibited)],
        repeal: None,
    })
}

/// Gives everything an identifier of its own.
fn numbered(mut content: OrderContent) -> OrderContent {
    let mut next = 0;
    let mut new_id = || {
        next += 1;
        Uuid::from_u128(next)
    };
    for measure in &mut content.measures {
        crate::identity::renew(measure, &mut new_id);
    }
    content
}

/// The same content with all its lists in another order.
pub(super) fn shuffled(content: &OrderContent, seed: u64) -> OrderContent {
    let mut content = content.clone();
    let mut dice = Dice(seed);
    dice.shuffle(&mut content.measures);
    for measure in &mut content.measures {
        dice.shuffle(&mut measure.vehicle_set.restricted);
        dice.shuffle(&mut measure.vehicle_set.exempted);
        for kind in &mut measure.vehicle_set.restricted {
            if let RestrictedVehicles::CritAir { classes } = kind {
                dice.shuffle(classes);
            }
        }
        dice.shuffle(&mut measure.periods);
        for period in &mut measure.periods {
            dice.shuffle(&mut period.time_slots);
            if let Recurrence::CertainDays(days) = &mut period.recurrence {
                dice.shuffle(days);
            }
        }
        dice.shuffle(&mut measure.locations);
        for location in &mut measure.locations {
            if let LocationDescription::WholeCity { exceptions, .. } = &mut location.asked {
                dice.shuffle(exceptions);
            }
        }
    }
    content
}

/// Numbers that are random enough to shuffle with.
struct Dice(u64);

impl Dice {
    fn shuffle<T>(&mut self, elements: &mut [T]) {
        for last in (1..elements.len()).rev() {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let other = usize::try_from(self.0 >> 33).unwrap() % (last + 1);
            elements.swap(last, other);
        }
    }
}
