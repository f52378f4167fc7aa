use dialog_db::restrictions::{
    BoundingBox, MapFilter, busiest_extent, card, features, listed, order_extent, organization_extent, tile,
};
use dialog_db::{Connection, orders};
use dialog_domain::{
    Day, ExemptedVehicles, MeasureType, OrderCategory, OrderId, OrganizationId, Recurrence, RestrictedVehicles,
    TimeSlot, VehicleKind, VehicleProfile, VehicleSet, time,
};
use dialog_geo::tile::Tile;
use dialog_geo::{Coord, Polygon, twkb};
use dialog_test_support::TestDatabase;
use diesel_async::RunQueryDsl;
use futures::TryStreamExt;
use geo_types::{Geometry, GeometryCollection, MultiLineString, MultiPoint, MultiPolygon, line_string, point, polygon};

use crate::sample::{LINE, at, content, draft, measure, member, organization, publish};

fn everything() -> MapFilter {
    MapFilter {
        bounding_box: None,
        organization: None,
        measure_types: MeasureType::ALL.to_vec(),
        categories: vec![OrderCategory::PermanentRegulation, OrderCategory::TemporaryRegulation],
        heavy_goods: true,
        from: None,
        until: None,
        at: None,
        vehicle: None,
    }
}

async fn types(connection: &mut Connection, filter: &MapFilter) -> Vec<String> {
    let features: Vec<_> = features(connection, filter, None).await.unwrap().try_collect().await.unwrap();
    features.into_iter().map(|feature| feature.restriction.measure_type).collect()
}

/// Parking from 1 to 6 December, then no entry for good from the 10th.
async fn published(connection: &mut Connection) -> (OrganizationId, OrderId) {
    let ours = organization(connection, "Nous").await;
    let measures = vec![
        measure(MeasureType::NoEntry, "2026-12-10T00:00:00", None, LINE),
        measure(MeasureType::ParkingProhibited, "2026-12-01T00:00:00", Some("2026-12-06T23:59:00"), LINE),
    ];
    let id = draft(connection, ours, "A1", &content("Essai", measures)).await;
    publish(connection, &member(ours), id, 1).await;
    (ours, id)
}

#[tokio::test]
async fn filters_choose_by_type_category_place_and_time() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    published(connection).await;

    // What must be seen is drawn last.
    assert_eq!(types(connection, &everything()).await, ["parkingProhibited", "noEntry"]);
    let between = |from: &str, until: &str| MapFilter { from: Some(at(from)), until: Some(at(until)), ..everything() };
    for (from, until, expected) in [
        ("2026-12-06T23:00:00Z", "2026-12-07T00:00:00Z", vec!["parkingProhibited"]),
        ("2026-12-07T00:00:00Z", "2026-12-10T00:00:00Z", vec![]),
        ("2026-12-07T00:00:00Z", "2026-12-10T00:01:00Z", vec!["noEntry"]),
        ("2026-12-10T00:00:00Z", "2026-12-01T00:00:00Z", vec![]),
    ] {
        assert_eq!(types(connection, &between(from, until)).await, expected, "{from} {until}");
    }
    let from = MapFilter { from: Some(at("2036-01-01T00:00:00Z")), ..everything() };
    assert_eq!(types(connection, &from).await, ["noEntry"]);
    let until = MapFilter { until: Some(at("2026-12-02T00:00:00Z")), ..everything() };
    assert_eq!(types(connection, &until).await, ["parkingProhibited"]);

    let none = MapFilter { measure_types: vec![], ..everything() };
    assert!(types(connection, &none).await.is_empty());
    let permanent = MapFilter { categories: vec![OrderCategory::PermanentRegulation], ..everything() };
    assert!(types(connection, &permanent).await.is_empty());
    let far = BoundingBox { min_lon: 1.0, min_lat: 1.0, max_lon: 2.0, max_lat: 2.0 };
    assert!(types(connection, &MapFilter { bounding_box: Some(far), ..everything() }).await.is_empty());
}

#[tokio::test]
async fn tile_shows_what_its_place_has_and_is_empty_elsewhere() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    published(connection).await;
    for (z, x, y) in [(12, 2048, 2047), (14, 8192, 8191), (18, 131_073, 131_069)] {
        let bytes = tile(connection, &everything(), Tile { z, x, y }).await.unwrap().bytes;
        let text = String::from_utf8_lossy(&bytes);
        for word in ["restrictions", "measure_type", "noEntry", "location_uuid", "temporaryRegulation"] {
            assert!(text.contains(word), "{word} in {z}/{x}/{y}");
        }
    }
    let none = MapFilter { measure_types: vec![], ..everything() };
    assert!(tile(connection, &none, Tile { z: 0, x: 0, y: 0 }).await.unwrap().bytes.is_empty());
    assert!(tile(connection, &everything(), Tile { z: 14, x: 0, y: 0 }).await.unwrap().bytes.is_empty());
    assert!(tile(connection, &everything(), Tile { z: 3, x: 8, y: 0 }).await.unwrap().bytes.is_empty());
}

#[tokio::test]
async fn extents_surround_what_is_public() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    assert_eq!(busiest_extent(connection).await.unwrap(), None);
    let (ours, id) = published(connection).await;
    let line = BoundingBox { min_lon: 0.001, min_lat: 0.001, max_lon: 0.005, max_lat: 0.005 };
    let close = |extent: Option<BoundingBox>, expected: BoundingBox| {
        let extent = extent.unwrap();
        (extent.min_lon - expected.min_lon).abs() < 1e-6 && (extent.max_lat - expected.max_lat).abs() < 1e-6
    };
    assert!(close(order_extent(connection, id).await.unwrap(), line));
    assert!(close(busiest_extent(connection).await.unwrap(), line));
    let square = BoundingBox { min_lon: 0.0, min_lat: 0.0, max_lon: 0.01, max_lat: 0.01 };
    assert!(close(organization_extent(connection, ours).await.unwrap(), square));
    assert_eq!(order_extent(connection, OrderId(uuid::Uuid::now_v7())).await.unwrap(), None);
}

#[tokio::test]
async fn deleted_order_leaves_the_map() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    let (ours, id) = published(connection).await;
    let order = orders::find(connection, &member(ours), id).await.unwrap().unwrap();
    let location = order.content.measures[0].locations[0].id;
    assert!(card(connection, location).await.unwrap().is_some());
    dialog_db::restrictions::delete(connection, id).await.unwrap();
    assert_eq!(card(connection, location).await.unwrap(), None);
    assert!(types(connection, &everything()).await.is_empty());
}

#[tokio::test]
async fn seen_from_afar_restrictions_are_counted_and_short_lines_are_not_drawn() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    published(connection).await;
    let far = tile(connection, &everything(), Tile { z: 6, x: 32, y: 31 }).await.unwrap().bytes;
    let text = String::from_utf8_lossy(&far);
    assert!(text.contains("clusters") && text.contains("count"), "{text}");
    // Two in one dot, which tells of none in particular.
    assert!(!text.contains("restrictions") && !text.contains("location_uuid"), "{text}");

    let one = MapFilter { measure_types: vec![MeasureType::NoEntry], ..everything() };
    let text = tile(connection, &one, Tile { z: 6, x: 32, y: 31 }).await.unwrap().bytes;
    let text = String::from_utf8_lossy(&text);
    assert!(text.contains("location_uuid") && text.contains("noEntry"), "{text}");
    let near = tile(connection, &everything(), Tile { z: 12, x: 2048, y: 2047 }).await.unwrap().bytes;
    assert!(!String::from_utf8_lossy(&near).contains("clusters"));
}

#[tokio::test]
async fn list_counts_what_reaches_into_its_rectangle_and_gives_the_latest_first() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    published(connection).await;
    let (total, rows) = listed(connection, &everything(), 1, 0).await.unwrap();
    assert_eq!((total, rows.len()), (2, 1));
    assert!((rows[0].bounds.min_lon - 0.001).abs() < 1e-9 && (rows[0].bounds.max_lat - 0.005).abs() < 1e-9);
    let (_, second) = listed(connection, &everything(), 1, 1).await.unwrap();
    assert!(second[0].restriction.location_uuid < rows[0].restriction.location_uuid);
    let far = BoundingBox { min_lon: 1.0, min_lat: 1.0, max_lon: 2.0, max_lat: 2.0 };
    let elsewhere = MapFilter { bounding_box: Some(far), ..everything() };
    assert_eq!(listed(connection, &elsewhere, 10, 0).await.unwrap(), (0, vec![]));
}

/// What SQL answers about a vehicle and an instant is what the domain answers.
#[tokio::test]
async fn vehicles_and_instants_are_read_as_the_domain_reads_them() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    let ours = organization(connection, "Nous").await;
    let slots = |pairs: &[(&str, &str)]| -> Vec<TimeSlot> {
        pairs.iter().map(|(start, end)| TimeSlot { start: start.parse().unwrap(), end: end.parse().unwrap() }).collect()
    };
    let weekend = Recurrence::CertainDays(vec![Day::Saturday, Day::Sunday]);
    let patterns = [
        (Recurrence::EveryDay, slots(&[])),
        (weekend.clone(), slots(&[])),
        (weekend.clone(), slots(&[("22:00:00", "06:00:00")])),
        (Recurrence::EveryDay, slots(&[("07:00:00", "10:00:00"), ("16:00:00", "23:59:00")])),
        (Recurrence::CertainDays(vec![Day::Monday]), slots(&[("08:00:00", "08:00:00")])),
        (weekend, slots(&[("02:15:00", "02:45:00")])),
    ];
    let sets = [
        VehicleSet::default(),
        VehicleSet { restricted: vec![], exempted: vec![ExemptedVehicles::Bicycle] },
        VehicleSet {
            restricted: vec![RestrictedVehicles::HeavyGoodsVehicle { max_weight_t: Some(3.5) }],
            exempted: vec![],
        },
        VehicleSet {
            restricted: vec![RestrictedVehicles::Dimensions {
                max_width_m: None,
                max_length_m: Some(12.0),
                max_height_m: Some(3.0),
            }],
            exempted: vec![],
        },
        VehicleSet { restricted: vec![RestrictedVehicles::HazardousMaterials], exempted: vec![] },
    ];
    let mut measures = Vec::new();
    for (rank, (recurrence, time_slots)) in patterns.into_iter().enumerate() {
        // The clocks change on 25 October; the last day of the period is whole.
        let mut measure = measure(MeasureType::NoEntry, "2026-10-20T09:30:00", Some("2026-11-05T23:59:00"), LINE);
        measure.periods[0].recurrence = recurrence;
        measure.periods[0].time_slots = time_slots;
        measure.vehicle_set = sets[rank % sets.len()].clone();
        measures.push(measure);
    }
    let content = content("Essai", measures);
    let id = draft(connection, ours, "A1", &content).await;
    publish(connection, &member(ours), id, 1).await;

    // The sample is published by the clocks of Greenwich.
    diesel::sql_query("UPDATE public_restrictions SET validity = '{[2026-10-20T07:30Z, 2026-11-05T23:00Z)}'")
        .execute(connection)
        .await
        .unwrap();

    let count =
        async |connection: &mut Connection, filter: MapFilter| listed(connection, &filter, 1, 0).await.unwrap().0;
    let zone = chrono_tz::Europe::Paris;
    let mut instant = at("2026-10-20T05:00:00Z");
    while instant < at("2026-11-06T02:00:00Z") {
        let expected = content
            .measures
            .iter()
            .filter(|measure| measure.periods.iter().any(|period| time::is_active(period, &zone, instant)));
        let expected = i64::try_from(expected.count()).unwrap();
        let found = count(connection, MapFilter { at: Some(instant), ..everything() }).await;
        assert_eq!(found, expected, "{instant}");
        // Quarters of an hour around the change of the clocks, a few hours elsewhere.
        let is_special = instant >= at("2026-10-24T23:00:00Z") && instant < at("2026-10-25T03:00:00Z");
        instant += chrono::TimeDelta::minutes(if is_special { 15 } else { 145 });
    }
    for kind in [VehicleKind::Car, VehicleKind::Goods, VehicleKind::Bicycle] {
        for size in [None, Some(3.0), Some(3.5), Some(12.5)] {
            for hazardous in [false, true] {
                let vehicle = VehicleProfile {
                    kind,
                    weight_t: size,
                    height_m: size,
                    length_m: size,
                    hazardous,
                    ..VehicleProfile::default()
                };
                let expected =
                    content.measures.iter().filter(|measure| measure.vehicle_set.applies_to(&vehicle)).count();
                let found = count(connection, MapFilter { vehicle: Some(vehicle.clone()), ..everything() }).await;
                assert_eq!(found, i64::try_from(expected).unwrap(), "{vehicle:?}");
            }
        }
    }
}

#[derive(diesel::QueryableByName)]
struct Shape {
    #[diesel(sql_type = diesel::sql_types::Binary)]
    shape: Vec<u8>,
}

#[tokio::test]
async fn shapes_of_every_kind_are_read_as_postgis_writes_them() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    let line = line_string![(x: 2.181_234_5, y: 47.56), (x: 2.19, y: -47.561_234_5), (x: -2.2, y: 47.57)];
    let hole = line_string![(x: 1.0, y: 1.0), (x: 2.0, y: 1.0), (x: 2.0, y: 2.0), (x: 1.0, y: 1.0)];
    let square =
        polygon!(exterior: [(x: 0.0, y: 0.0), (x: 9.0, y: 0.0), (x: 9.0, y: 9.0), (x: 0.0, y: 0.0)], interiors: []);
    let holed = Polygon::new(square.exterior().clone(), vec![hole.clone()]);
    let kinds: Vec<Geometry> = vec![
        point!(x: -61.5, y: 16.25).into(),
        line.clone().into(),
        holed.clone().into(),
        MultiPoint::new(vec![point!(x: 1.0, y: 2.0), point!(x: -1.5, y: 2.25)]).into(),
        MultiLineString::new(vec![line.clone(), hole]).into(),
        MultiPolygon::new(vec![square, holed]).into(),
        Geometry::GeometryCollection(GeometryCollection::new_from(vec![point!(x: 3.0, y: 4.0).into(), line.into()])),
    ];
    for kind in kinds {
        let text = geojson::Geometry::from(&kind).to_string();
        let Shape { shape } = diesel::sql_query("SELECT ST_AsTWKB(ST_GeomFromGeoJSON($1), 7) AS shape")
            .bind::<diesel::sql_types::Text, _>(&text)
            .get_result(connection)
            .await
            .unwrap();
        let mut told = Told::default();
        assert_eq!(twkb::Reader::default().read(&shape, &mut told), Some(&[][..]), "{text}");
        assert_eq!(told, Told::of(&kind), "{text}");
    }
}

/// What a reader tells of a geometry: what it is, and its places.
#[derive(Debug, Default, PartialEq)]
struct Told(Vec<(&'static str, Vec<Coord>)>);

impl Told {
    fn of(geometry: &Geometry) -> Self {
        let rings = |polygon: &Polygon| {
            let inner = polygon.interiors().iter().map(|ring| ("inner", ring.0.clone()));
            std::iter::once(("outer", polygon.exterior().0.clone())).chain(inner).collect::<Vec<_>>()
        };
        Self(match geometry {
            Geometry::Point(point) => vec![("points", vec![point.0])],
            Geometry::MultiPoint(points) => vec![("points", points.iter().map(|point| point.0).collect())],
            Geometry::LineString(line) => vec![("line", line.0.clone())],
            Geometry::MultiLineString(lines) => lines.iter().map(|line| ("line", line.0.clone())).collect(),
            Geometry::Polygon(polygon) => rings(polygon),
            Geometry::MultiPolygon(polygons) => polygons.iter().flat_map(rings).collect(),
            Geometry::GeometryCollection(parts) => parts.iter().flat_map(|part| Self::of(part).0).collect(),
            other => panic!("no kind of PostGIS: {other:?}"),
        })
    }
}

impl twkb::Sink for Told {
    fn points(&mut self, places: &[Coord]) {
        self.0.push(("points", places.to_vec()));
    }
    fn line(&mut self, places: &[Coord]) {
        self.0.push(("line", places.to_vec()));
    }
    fn ring(&mut self, places: &[Coord], is_outer: bool) {
        self.0.push((if is_outer { "outer" } else { "inner" }, places.to_vec()));
    }
}

#[tokio::test]
async fn tiles_follow_what_is_public() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    let (_, id) = published(connection).await;
    let (here, there) = (Tile { z: 14, x: 8192, y: 8191 }, Tile { z: 14, x: 8237, y: 8191 });
    let shown = async |connection: &mut Connection, at: Tile| {
        let bytes = tile(connection, &everything(), at).await.unwrap().bytes;
        String::from_utf8_lossy(&bytes).contains("noEntry")
    };
    assert!(shown(connection, here).await && !shown(connection, there).await);
    for change in [
        "UPDATE public_restrictions SET geometry = ST_Translate(geometry, 1, 0)",
        "UPDATE public_restrictions SET direction = 'B_TO_A'",
    ] {
        diesel::sql_query(change).execute(connection).await.unwrap();
    }
    assert!(!shown(connection, here).await && shown(connection, there).await);
    let bytes = tile(connection, &everything(), there).await.unwrap().bytes;
    assert!(String::from_utf8_lossy(&bytes).contains("oneWay"));
    dialog_db::restrictions::delete(connection, id).await.unwrap();
    assert!(!shown(connection, there).await);
}
