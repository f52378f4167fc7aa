use dialog_domain::{
    Confidence, Direction, ExemptedVehicles, Geometry, LocatingMethod, LocationId, MeasureId, MeasureType,
    NumberedRoad, OrderCategory, OrderContent, Period, PeriodId, Recurrence, ReferencePointBound, RestrictedVehicles,
    RoadSide, Subject, WholeCityException, diff,
};

use super::*;
use crate::location::tests::{number, street};

fn geometry(longitude: f64) -> Geometry {
    Geometry::from_text(&format!(r#"{{"type":"LineString","coordinates":[[{longitude},48],[2.4,48]]}}"#)).unwrap()
}

fn found(length_m: f64) -> Option<Found> {
    Some(Found {
        geometry: geometry(length_m / 1000.0),
        length_m,
        segments: vec![],
        method: LocatingMethod::StreetSection,
        confidence: Confidence::Exact,
        edition: None,
        contour: None,
        storage_area: None,
    })
}

fn rosiers() -> LocationDescription {
    LocationDescription::NamedStreet(street("Rue des Rosiers", "Paris", number("2"), number("20")))
}

fn order() -> OrderContent {
    OrderContent {
        category: OrderCategory::TemporaryRegulation,
        subject: Some(Subject::RoadMaintenance),
        other_category_text: None,
        title: "Marché".into(),
        measures: vec![Measure {
            id: MeasureId(Default::default()),
            kind: MeasureType::NoEntry,
            max_speed_kmh: None,
            vehicle_set: Default::default(),
            periods: vec![Period {
                id: PeriodId(Default::default()),
                start: "2026-12-01T00:00:00".parse().unwrap(),
                end: Some("2026-12-30T23:59:00".parse().unwrap()),
                recurrence: Recurrence::EveryDay,
                time_slots: vec![],
            }],
            locations: vec![Location { id: LocationId(Default::default()), asked: rosiers(), found: found(186.0) }],
            created_at: Default::default(),
        }],
        repeal: None,
    }
}

/// What is told of a change, and of its way back.
fn there_and_back(change: impl FnOnce(&mut OrderContent)) -> [Vec<String>; 2] {
    let (old, mut new) = (order(), order());
    change(&mut new);
    [difference(&diff::difference(&old, &new)), difference(&diff::difference(&new, &old))]
}

fn told(change: impl FnOnce(&mut OrderContent)) -> Vec<String> {
    there_and_back(change)[0].clone()
}

fn place_at(content: &mut OrderContent) -> &mut Location {
    &mut content.measures[0].locations[0]
}

#[test]
fn nothing_is_told_when_nothing_changed() {
    assert!(told(|_| ()).is_empty());
}

#[test]
fn general_information_goes_from_old_to_new() {
    assert_eq!(
        told(|order| {
            order.title = "Foire".into();
            order.category = OrderCategory::PermanentRegulation;
            order.subject = Some(Subject::Other);
            order.other_category_text = Some("Tournage".into());
        }),
        [
            "L'intitulé « Marché » devient « Foire ».",
            "La nature « Réglementation temporaire » devient « Réglementation permanente ».",
            "L'objet « Travaux » devient « Autre ».",
            "La précision de l'objet « Tournage » est ajoutée.",
        ]
    );
    assert_eq!(
        there_and_back(|order| order.subject = None),
        [["L'objet « Travaux » est supprimé."], ["L'objet « Travaux » est ajouté."]]
    );
}

#[test]
fn a_repeal_is_told_with_its_reason_and_a_single_full_stop() {
    let repeal = |order: &mut OrderContent| {
        order.repeal =
            Some(Repeal { end: "2026-12-05T18:00:00".parse().unwrap(), reason: "Les travaux sont finis.".into() });
    };
    assert_eq!(
        there_and_back(repeal),
        [
            ["L'arrêté est abrogé le 05/12/2026 à 18h00 : Les travaux sont finis."],
            ["L'abrogation de l'arrêté est annulée."]
        ]
    );
}

#[test]
fn a_measure_that_comes_or_goes_is_told_in_full() {
    let add = |order: &mut OrderContent| {
        let mut measure = order.measures[0].clone();
        measure.id = MeasureId(uuid::Uuid::from_u128(1));
        measure.kind = MeasureType::ParkingProhibited;
        order.measures.push(measure);
    };
    let sentence = "stationnement interdit pour tous les véhicules, du 01/12/2026 à 00h00 au 30/12/2026 à 23h59, rue \
                    des Rosiers du n° 2 au n° 20 à Paris.";
    assert_eq!(
        there_and_back(add),
        [[format!("Mesure ajoutée : {sentence}")], [format!("Mesure supprimée : {sentence}")]]
    );
}

#[test]
fn a_changed_measure_is_named_by_what_it_is_now() {
    assert_eq!(
        told(|order| {
            order.measures[0].kind = MeasureType::SpeedLimitation;
            order.measures[0].max_speed_kmh = Some(30);
        }),
        [
            "Mesure « Vitesse limitée à 30 km/h » : le type de restriction « Circulation interdite » devient « \
             Limitation de vitesse ».",
            "Mesure « Vitesse limitée à 30 km/h » : la vitesse maximale est fixée à 30 km/h.",
        ]
    );
    let (mut old, mut new) = (order(), order());
    old.measures[0].kind = MeasureType::SpeedLimitation;
    old.measures[0].max_speed_kmh = Some(50);
    new.measures[0].kind = MeasureType::SpeedLimitation;
    new.measures[0].max_speed_kmh = Some(30);
    assert_eq!(
        difference(&diff::difference(&old, &new)),
        ["Mesure « Vitesse limitée à 30 km/h » : la vitesse maximale passe de 50 à 30 km/h."]
    );
}

#[test]
fn two_measures_alike_are_told_apart_by_their_place() {
    let mut old = order();
    let mut twin = old.measures[0].clone();
    twin.id = MeasureId(uuid::Uuid::from_u128(1));
    old.measures.push(twin);
    let mut new = old.clone();
    new.measures[1].locations.clear();
    assert_eq!(
        difference(&diff::difference(&old, &new)),
        ["Mesure 2 « Circulation interdite » : la localisation « Rue des Rosiers du n° 2 au n° 20 à Paris » est \
             supprimée."]
    );
}

#[test]
fn vehicles_go_from_one_set_to_another() {
    assert_eq!(
        told(|order| {
            let set = &mut order.measures[0].vehicle_set;
            set.restricted = vec![RestrictedVehicles::HeavyGoodsVehicle { max_weight_t: Some(3.5) }];
            set.exempted = vec![ExemptedVehicles::LocalResident];
        }),
        ["Mesure « Circulation interdite » : les véhicules concernés, « pour tous les véhicules », deviennent « pour \
             les poids lourds de plus de 3,5 tonnes, sauf riverains »."]
    );
}

#[test]
fn periods_come_change_and_go() {
    let first = "« du 01/12/2026 à 00h00 au 30/12/2026 à 23h59 »";
    let name = "Mesure « Circulation interdite » : la période";
    assert_eq!(
        told(|order| order.measures[0].periods[0].end = None),
        [format!("{name} {first} devient « à partir du 01/12/2026 à 00h00 ».")]
    );
    assert_eq!(
        there_and_back(|order| order.measures[0].periods.clear()),
        [[format!("{name} {first} est supprimée.")], [format!("{name} {first} est ajoutée.")]]
    );
    assert_eq!(
        told(|order| order.measures[0].periods[0].recurrence = Recurrence::CertainDays(vec![])),
        [format!("{name} {first} est écrite autrement.")]
    );
}

#[test]
fn locations_change_their_name_or_what_is_behind_it() {
    let name = "Mesure « Circulation interdite » :";
    let rosiers = "« Rue des Rosiers du n° 2 au n° 20 à Paris »";
    assert_eq!(
        told(|order| {
            place_at(order).asked =
                LocationDescription::NamedStreet(street("Rue des Rosiers", "Paris", number("2"), number("10")));
        }),
        [format!("{name} la localisation {rosiers} devient « Rue des Rosiers du n° 2 au n° 10 à Paris ».")]
    );
    let set_id = |order: &mut OrderContent, id: &str| {
        if let LocationDescription::NamedStreet(street) = &mut place_at(order).asked {
            street.road_ban_id = Some(id.into());
        }
    };
    assert_eq!(
        told(|order| {
            set_id(order, "75104_8409");
            place_at(order).found = found(190.0);
        }),
        [format!("{name} la localisation {rosiers} est précisée sous le même nom : son tracé passe de 186 m à 190 m.")]
    );
    assert_eq!(
        told(|order| set_id(order, "75104_8409")),
        [format!("{name} la localisation {rosiers} est précisée sous le même nom, sans que son tracé change.")]
    );
}

#[test]
fn a_location_that_was_found_again_tells_what_became_of_its_line() {
    let name = "Mesure « Circulation interdite » : la localisation « Rue des Rosiers du n° 2 au n° 20 à Paris » est \
                recalculée";
    assert_eq!(
        told(|order| place_at(order).found = found(190.0)),
        [format!("{name} : son tracé passe de 186 m à 190 m.")]
    );
    assert_eq!(
        told(|order| place_at(order).found = found(186.1)),
        [format!("{name} : son tracé change, il mesure toujours 186 m.")]
    );
    assert_eq!(
        there_and_back(|order| place_at(order).found = None),
        [[format!("{name}, et n'a plus de tracé.")], [format!("{name} : son tracé mesure 186 m.")]]
    );
}

#[test]
fn direction_and_storage_area_are_told_when_the_name_does_not_show_them() {
    let whole = |direction| {
        let mut asked = street("Rue Haute", "Ville", None, None);
        asked.direction = direction;
        LocationDescription::NamedStreet(asked)
    };
    let between = |old: LocationDescription, new: LocationDescription| {
        let mut contents = [order(), order()];
        for (content, asked) in contents.iter_mut().zip([old, new]) {
            place_at(content).asked = asked;
        }
        difference(&diff::difference(&contents[0], &contents[1]))
    };
    assert_eq!(
        between(whole(Direction::Both), whole(Direction::AToB)),
        ["Mesure « Circulation interdite » : le sens concerné de la localisation « Rue Haute à Ville » passe de « \
             Double sens » à « Sens A vers B »."]
    );
    let bound = |point: &str| ReferencePointBound {
        point_number: point.to_owned(),
        department_code: None,
        side: RoadSide::U,
        abscissa_m: 0,
    };
    let road = |area: Option<u128>| {
        LocationDescription::NationalRoad(NumberedRoad {
            administrator: "DIR Ouest".to_owned(),
            road_number: "N12".to_owned(),
            from: bound("1"),
            to: bound("2"),
            storage_area_id: area.map(uuid::Uuid::from_u128),
            direction: Direction::Both,
            geometry: None,
        })
    };
    assert_eq!(
        between(road(None), road(Some(1))),
        ["Mesure « Circulation interdite » : l'aire de stockage de la localisation « N12 (DIR Ouest) du PR 1+0 \
             (côté U) au PR 2+0 (côté U) » change."]
    );
}

#[test]
fn what_stays_free_in_a_whole_city_is_part_of_its_name() {
    let city = |exceptions| LocationDescription::WholeCity {
        city_code: "00001".into(),
        city_label: "Ville".into(),
        exceptions,
    };
    let mut old = order();
    place_at(&mut old).asked = city(vec![]);
    let mut new = order();
    let free = WholeCityException::NamedStreet(street("Rue Haute", "Ville", None, None));
    place_at(&mut new).asked = city(vec![free]);
    assert_eq!(
        difference(&diff::difference(&old, &new)),
        ["Mesure « Circulation interdite » : la localisation « Ville - ville entière » devient « Ville - ville \
             entière (sauf Rue Haute) »."]
    );
}
