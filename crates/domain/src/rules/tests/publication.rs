use super::*;
use crate::{
    Confidence, ExemptedVehicles, Found, Geometry, LocatingMethod, OrderContent, Recurrence, RestrictedVehicles,
};

fn located() -> Option<Found> {
    let geometry = Geometry::from_text(r#"{"type":"LineString","coordinates":[[2.3,48.8],[2.4,48.8]]}"#).unwrap();
    Some(Found {
        geometry,
        length_m: 100.0,
        segments: vec![],
        method: LocatingMethod::StreetSection,
        confidence: Confidence::Exact,
        edition: None,
        contour: None,
        storage_area: None,
    })
}

/// A content that can be published.
fn content() -> OrderContent {
    let mut measure = check_measure(Face::Form, measure_with(json!({}))).unwrap();
    measure.locations[0].found = located();
    OrderContent {
        category: OrderCategory::TemporaryRegulation,
        subject: None,
        other_category_text: None,
        title: "Marché de Noël".into(),
        measures: vec![measure],
        repeal: None,
    }
}

fn refused(change: impl FnOnce(&mut OrderContent)) -> Vec<String> {
    let mut content = content();
    change(&mut content);
    lines(&publication(&content))
}

#[test]
fn a_complete_order_is_published() {
    assert_eq!(publication(&content()), vec![]);
}

// 12.
#[test]
fn an_order_has_a_measure_with_a_location_that_was_found() {
    assert_eq!(refused(|content| content.measures.clear()), ["measures: no_measure"]);
    assert_eq!(refused(|content| content.measures[0].locations.clear()), ["measures[0].locations: no_location"]);
    assert_eq!(
        refused(|content| content.measures[0].locations[0].found = None),
        ["measures[0].locations[0]: not_located"]
    );
    assert_eq!(
        refused(|content| {
            let empty = Geometry::from_text(r#"{"type":"MultiLineString","coordinates":[[]]}"#).unwrap();
            if let Some(found) = &mut content.measures[0].locations[0].found {
                found.geometry = empty;
            }
        }),
        ["measures[0].locations[0]: not_located"]
    );
}

#[test]
fn a_geometry_that_cannot_be_drawn_is_none() {
    for text in [
        r#"{"type":"LineString","coordinates":[[2.3,48.8]]}"#,
        r#"{"type":"MultiLineString","coordinates":[[[2.3,48.8]],[]]}"#,
        r#"{"type":"Polygon","coordinates":[[[2.3,48.8],[2.4,48.8],[2.3,48.9]]]}"#,
        r#"{"type":"GeometryCollection","geometries":[{"type":"MultiPoint","coordinates":[]}]}"#,
    ] {
        let geometry = Geometry::from_text(text).unwrap();
        let found = Found { geometry, ..located().unwrap() };
        let lines = refused(|content| content.measures[0].locations[0].found = Some(found));
        assert_eq!(lines, ["measures[0].locations[0]: not_located"], "{text}");
    }
}

// 77.
#[test]
fn a_waiting_area_that_was_not_found_on_the_road_is_not_published() {
    let id = Uuid::from_u128(7);
    let road = json!({"roadType": "nationalRoad", "nationalRoad": {
        "administrator": "DIR Ouest", "roadNumber": "N176", "fromPointNumber": "1", "fromSide": "U",
        "toPointNumber": "2", "toSide": "U", "storageAreaUuid": id,
    }});
    let asked =
        check_measure(Face::Form, measure_with(json!({"locations": [road]}))).unwrap().locations[0].asked.clone();
    let with = |area: Option<Uuid>| {
        let storage_area = area.map(|id| crate::FoundStorageArea {
            id,
            description: "Aire de la Touche".into(),
            road_number: "N176".into(),
            geometry: located().unwrap().geometry,
        });
        refused(|content| {
            let location = &mut content.measures[0].locations[0];
            location.asked = asked.clone();
            location.found = Some(Found { storage_area, ..located().unwrap() });
        })
    };
    let line = "measures[0].locations[0].nationalRoad.storageAreaUuid: not_a_choice";
    assert_eq!(with(None), [line]);
    assert_eq!(with(Some(Uuid::from_u128(8))), [line], "another one");
    assert_eq!(with(Some(id)), Vec::<String>::new());
}

#[test]
fn every_period_of_a_temporary_order_ends() {
    let open = |content: &mut OrderContent| content.measures[0].periods[0].end = None;
    assert_eq!(refused(open), ["measures[0].periods[0].endDate: no_end"]);
    assert_eq!(
        refused(|content| {
            open(content);
            content.category = OrderCategory::PermanentRegulation;
        }),
        Vec::<String>::new()
    );
    assert_eq!(refused(|content| content.measures[0].periods.clear()), ["measures[0].periods: no_period"]);
    assert_eq!(
        refused(|content| content.measures[0].periods[0].recurrence = Recurrence::CertainDays(vec![])),
        ["measures[0].periods[0].applicableDays: required"]
    );
}

#[test]
fn nothing_empty_is_published() {
    assert_eq!(
        refused(|content| {
            content.title.clear();
            content.subject = Some(Subject::Other);
            let measure = &mut content.measures[0];
            measure.kind = crate::MeasureType::SpeedLimitation;
            measure.vehicle_set.restricted = vec![
                RestrictedVehicles::HeavyGoodsVehicle { max_weight_t: None },
                RestrictedVehicles::Dimensions { max_width_m: None, max_length_m: None, max_height_m: None },
                RestrictedVehicles::CritAir { classes: vec![] },
                RestrictedVehicles::Other { text: " ".into() },
            ];
            measure.vehicle_set.exempted = vec![ExemptedVehicles::Other { text: String::new() }];
        }),
        [
            "title: required",
            "otherCategoryText: required",
            "measures[0].maxSpeed: required",
            "measures[0].vehicleSet.restrictedTypes: no_dimension",
            "measures[0].vehicleSet.critairTypes: required",
            "measures[0].vehicleSet.otherRestrictedTypeText: required",
            "measures[0].vehicleSet.otherExemptedTypeText: required",
        ]
    );
}
