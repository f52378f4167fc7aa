//! No look-up of a road reads a whole table.

use dialog_db::reference::{Bind, Statement, road_material_sql, road_search_sql, road_segments_sql};
use dialog_test_support::TestDatabase;
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};

/// Roads, sections and points of a country, and a network, in the partitions of one edition.
const COUNTRY: &str = "
    INSERT INTO reference.editions (name, kind, source, territory, dated, is_active)
    VALUES ('big:france:2026-01-01', 'network', 'big', 'france', '2026-01-01', true);
    DO $$
    DECLARE edition integer; part text;
    BEGIN
        SELECT id INTO edition FROM reference.editions WHERE source = 'big';
        FOREACH part IN ARRAY ARRAY['road_administrators', 'numbered_roads', 'road_sections', 'reference_points', 'segments'] LOOP
            EXECUTE format('CREATE TABLE reference.%s_%s PARTITION OF reference.%s FOR VALUES IN (%s)', part, edition, part, edition);
        END LOOP;
        INSERT INTO reference.numbered_roads
        SELECT edition, 'Manager ' || n / 200, 'D' || n % 200, (n % 200)::text, 'departmental',
               'SRID=4326;MULTILINESTRING((2 46, 2.1 46))' FROM generate_series(0, 19999) AS n;
        INSERT INTO reference.road_sections
        SELECT edition, 's' || n, 'Manager ' || n / 200, 'D' || n % 200, '45', 'U', 'SRID=4326;LINESTRING(2 46, 2.1 46)'
        FROM generate_series(0, 19999) AS n;
        INSERT INTO reference.reference_points
        SELECT edition, 'Manager ' || n / 1000, 'D' || n / 5 % 200, '45', (n % 5)::text, 'U', 'PR', n % 5, NULL, 's' || n / 5,
               'SRID=4326;POINT(2 46)' FROM generate_series(0, 99999) AS n;
        INSERT INTO reference.segments
        SELECT edition, 't' || n, NULL, NULL, NULL, NULL, CASE WHEN n % 4 = 0 THEN 'D' || n % 200 END, 'local', 0, 0, n, n + 1, 9,
               ST_SetSRID(ST_MakeLine(ST_MakePoint(n / 1e4, 46), ST_MakePoint(n / 1e4 + 0.001, 46)), 4326)
        FROM generate_series(0, 49999) AS n;
    END $$;
    ANALYZE reference.numbered_roads, reference.road_sections, reference.reference_points, reference.segments;";

#[tokio::test]
async fn no_look_up_of_a_road_reads_a_whole_table() {
    let database = TestDatabase::with_town().await;
    let mut connection = database.connection().await;
    connection.batch_execute(COUNTRY).await.expect("a country");
    let kinds = ["departmental".to_owned()];
    let [sections, points] = road_material_sql();
    let road = vec![Bind::Text("Manager 7"), Bind::Text("D31")];
    let search =
        vec![Bind::Text("Manager 7"), Bind::Text("D3%"), Bind::Text(""), Bind::Texts(&kinds), Bind::Integer(10)];
    let around = [2.0, 45.9, 2.1, 46.1].map(Bind::Double);
    let segments = [vec![Bind::Integers(&[1]), Bind::Text("D32")], around.to_vec()].concat();
    for (what, sql, binds) in [
        ("roads by number", road_search_sql(), search),
        ("sections of a road", sections, road.clone()),
        ("points of a road", points, road),
        ("segments under a road", road_segments_sql(), segments),
    ] {
        let explain: &'static str = format!("EXPLAIN (COSTS OFF) {sql}").leak();
        let plan: Vec<String> =
            Statement::<diesel::sql_types::Text>::new(explain, binds).load(&mut connection).await.expect("a plan");
        let plan = plan.join("\n");
        for table in ["numbered_roads", "road_sections", "reference_points", "segments"] {
            let scans = plan.lines().filter(|line| line.contains("Seq Scan") && line.contains(table));
            // The tables of the town have a handful of rows each.
            let large: Vec<_> = scans.filter(|line| !line.contains("_1 ") && !line.contains("_2 ")).collect();
            assert!(large.is_empty(), "{what}: {large:?}\n{plan}");
        }
    }
}
