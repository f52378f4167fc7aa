//! Every way of changing something in a content, with the word of the change.

use chrono::TimeDelta;
use proptest::sample::Index;
use uuid::Uuid;

use super::contents;
use crate::{
    Confidence, CritAir, Day, Direction, ExemptedVehicles, Found, Location, LocationDescription, LocationId, MeasureId,
    MeasureType, NamedStreet, NumberedRoad, OrderCategory, OrderContent, Period, PeriodId, Recurrence, Repeal,
    RestrictedVehicles, RoadSide, StreetBound, Subject, VehicleSet, WholeCityException,
};

/// Changes something, at the place that the index picks; `None` when there is nothing of the kind to change.
pub(super) type Mutate = fn(&mut OrderContent, Index) -> Option<()>;

pub(super) const MUTATIONS: &[(&str, Mutate)] = &[
    ("title", |content, _| {
        content.title.push('!');
        Some(())
    }),
    ("category", |content, _| {
        content.category = OrderCategory::PermanentRegulation;
        Some(())
    }),
    ("subject", |content, _| {
        content.subject = if content.subject.is_none() { Some(Subject::Incident) } else { None };
        Some(())
    }),
    ("otherCategoryText", |content, _| {
        content.other_category_text = if content.other_category_text.is_none() { Some("x".into()) } else { None };
        Some(())
    }),
    ("repeal", |content, _| {
        content.repeal = match content.repeal.take() {
            None => Some(Repeal { end: contents::at("2026-12-02T00:00:00"), reason: "Erreur".into() }),
            Some(repeal) => Some(Repeal { reason: "Autre".into(), ..repeal }),
        };
        Some(())
    }),
    ("measureAdded", |content, at| {
        let place = at.index(content.measures.len() + 1);
        let mut measure = contents::sample().measures.remove(0);
        measure.id = MeasureId(Uuid::from_u128(9000));
        content.measures.insert(place, measure);
        Some(())
    }),
    ("measureRemoved", |content, at| remove(&mut content.measures, at)),
    ("measureChanged/kind", |content, at| {
        let measure = pick(&mut content.measures, at)?;
        let others: Vec<MeasureType> = MeasureType::ALL.into_iter().filter(|kind| *kind != measure.kind).collect();
        measure.kind = *at.get(&others);
        Some(())
    }),
    ("measureChanged/maxSpeed", |content, at| {
        let measure = pick(&mut content.measures, at)?;
        measure.max_speed_kmh = if measure.max_speed_kmh.is_none() { Some(30) } else { None };
        Some(())
    }),
    ("measureChanged/vehicles", |content, at| {
        let set = vehicles(content, at)?;
        if set.exempted.is_empty() {
            set.exempted.push(ExemptedVehicles::Bicycle);
            return Some(());
        }
        remove(&mut set.exempted, at)
    }),
    ("measureChanged/vehicles", |content, at| {
        let set = vehicles(content, at)?;
        if set.restricted.is_empty() {
            set.restricted.push(RestrictedVehicles::HazardousMaterials);
            return Some(());
        }
        remove(&mut set.restricted, at)
    }),
    ("measureChanged/vehicles", |content, at| {
        match pick(&mut vehicles(content, at)?.restricted, at)? {
            RestrictedVehicles::HeavyGoodsVehicle { max_weight_t } => *max_weight_t = None,
            RestrictedVehicles::Dimensions { max_height_m, .. } => *max_height_m = Some(3.8),
            RestrictedVehicles::CritAir { classes } => classes.push(CritAir::Class0),
            RestrictedVehicles::HazardousMaterials => return None,
            RestrictedVehicles::Other { text } => text.push('s'),
        }
        Some(())
    }),
    ("measureChanged/periodAdded", |content, at| {
        let measure = pick(&mut content.measures, at)?;
        let period = contents::sample().measures.remove(0).periods.remove(0);
        measure.periods.insert(0, Period { id: PeriodId(Uuid::from_u128(9000)), ..period });
        Some(())
    }),
    ("measureChanged/periodRemoved", |content, at| remove(&mut pick(&mut content.measures, at)?.periods, at)),
    ("measureChanged/periodChanged", |content, at| {
        period(content, at)?.start += TimeDelta::minutes(1);
        Some(())
    }),
    ("measureChanged/periodChanged", |content, at| {
        let period = period(content, at)?;
        period.end = if period.end.is_none() { Some(contents::at("2027-01-01T00:00:00")) } else { None };
        Some(())
    }),
    ("measureChanged/periodChanged", |content, at| {
        let period = period(content, at)?;
        period.recurrence = match &period.recurrence {
            Recurrence::EveryDay => Recurrence::CertainDays(vec![Day::Sunday]),
            Recurrence::CertainDays(_) => Recurrence::EveryDay,
        };
        Some(())
    }),
    ("measureChanged/periodChanged", |content, at| match &mut period(content, at)?.recurrence {
        Recurrence::EveryDay => None,
        Recurrence::CertainDays(days) => remove(days, at),
    }),
    ("measureChanged/periodChanged", |content, at| remove(&mut period(content, at)?.time_slots, at)),
    ("measureChanged/periodChanged", |content, at| {
        pick(&mut period(content, at)?.time_slots, at)?.end += TimeDelta::minutes(1);
        Some(())
    }),
    ("measureChanged/locationAdded", |content, at| {
        let asked = at.get(&contents::descriptions()).clone();
        let location = Location { id: LocationId(Uuid::from_u128(9000)), asked, found: None };
        pick(&mut content.measures, at)?.locations.insert(0, location);
        Some(())
    }),
    ("measureChanged/locationRemoved", |content, at| remove(&mut pick(&mut content.measures, at)?.locations, at)),
    ("measureChanged/locationChanged", |content, at| {
        let location = location(content, at)?;
        let kind = location.asked.road_type();
        let others: Vec<_> = contents::descriptions().into_iter().filter(|other| other.road_type() != kind).collect();
        location.asked = at.get(&others).clone();
        Some(())
    }),
    ("measureChanged/locationChanged", |content, at| {
        ask_elsewhere(&mut location(content, at)?.asked, at);
        Some(())
    }),
    ("measureChanged/locationChanged", |content, at| {
        let location = location(content, at)?;
        location.found = if location.found.is_none() { Some(contents::found()) } else { None };
        Some(())
    }),
    ("measureChanged/locationChanged", |content, at| {
        find_elsewhere(location(content, at)?.found.as_mut()?, at);
        Some(())
    }),
];

/// The word of the way back.
pub(super) fn opposite(word: &str) -> String {
    match word.strip_suffix("Added") {
        Some(word) => format!("{word}Removed"),
        None => word.strip_suffix("Removed").map_or_else(|| word.to_owned(), |word| format!("{word}Added")),
    }
}

fn ask_elsewhere(asked: &mut LocationDescription, at: Index) {
    match asked {
        LocationDescription::NamedStreet(asked) => change_street(asked, at),
        LocationDescription::DepartmentalRoad(asked) | LocationDescription::NationalRoad(asked) => {
            change_road(asked, at);
        }
        LocationDescription::RawGeoJson { label, geometry } | LocationDescription::Zone { label, geometry } => {
            match at.index(2) {
                0 => label.push('x'),
                _ => *geometry = contents::geometry(5.0),
            }
        }
        LocationDescription::WholeCity { city_code, city_label, exceptions } => match at.index(4) {
            0 => city_code.push('x'),
            1 => city_label.push('x'),
            2 => remove(exceptions, at).unwrap(),
            _ => match pick(exceptions, at).unwrap() {
                WholeCityException::NamedStreet(exception) => change_street(exception, at),
                WholeCityException::RawGeoJson { label, .. } => label.push('x'),
            },
        },
    }
}

fn change_street(asked: &mut NamedStreet, at: Index) {
    match at.index(8) {
        0 => asked.city_code.push('x'),
        1 => asked.city_label.push('x'),
        2 => asked.road_ban_id = None,
        3 => asked.road_name.push('x'),
        4 => asked.from = Some(StreetBound::HouseNumber { number: "9".into() }),
        5 => {
            let road_name = "Rue Basse".into();
            asked.to = Some(StreetBound::Intersection { road_name, road_ban_id: None, crossing: None });
        }
        6 => asked.direction = Direction::BToA,
        _ => asked.geometry = Some(contents::geometry(3.0)),
    }
}

fn change_road(asked: &mut NumberedRoad, at: Index) {
    match at.index(9) {
        0 => asked.administrator.push('x'),
        1 => asked.road_number.push('x'),
        2 => asked.from.point_number.push('x'),
        3 => asked.from.department_code = Some("07".into()),
        4 => asked.to.side = RoadSide::G,
        5 => asked.to.abscissa_m += 1,
        6 => asked.storage_area_id = Some(Uuid::from_u128(8)),
        7 => asked.direction = Direction::Both,
        _ => asked.geometry = None,
    }
}

fn find_elsewhere(found: &mut Found, at: Index) {
    match at.index(6) {
        0 => found.geometry = contents::geometry(4.0),
        1 => found.length_m += 1.0,
        2 => found.segments.reverse(),
        3 => found.confidence = Confidence::Approximate,
        4 => found.edition = None,
        _ => found.segments[0].to_fraction = 0.5,
    }
}

fn pick<T>(elements: &mut [T], at: Index) -> Option<&mut T> {
    if elements.is_empty() { None } else { Some(at.get_mut(elements)) }
}

fn remove<T>(elements: &mut Vec<T>, at: Index) -> Option<()> {
    if elements.is_empty() {
        return None;
    }
    elements.remove(at.index(elements.len()));
    Some(())
}

fn vehicles(content: &mut OrderContent, at: Index) -> Option<&mut VehicleSet> {
    Some(&mut pick(&mut content.measures, at)?.vehicle_set)
}

fn period(content: &mut OrderContent, at: Index) -> Option<&mut Period> {
    pick(&mut pick(&mut content.measures, at)?.periods, at)
}

fn location(content: &mut OrderContent, at: Index) -> Option<&mut Location> {
    pick(&mut pick(&mut content.measures, at)?.locations, at)
}
