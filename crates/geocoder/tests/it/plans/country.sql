-- A country: 12,000 communes of which 200 have 100 streets each, and numbered roads; three editions beside the town.
INSERT INTO reference.editions (name, kind, source, territory, dated, is_active) VALUES
    ('big:communes:2027-01-01', 'communes', 'big', 'communes', '2027-01-01', true),
    ('big:network:2027-01-01', 'network', 'big', 'network', '2027-01-01', true),
    ('big:roads:2027-01-01', 'roads', 'big', 'roads', '2027-01-01', true);

DO $$
DECLARE
    communes integer := (SELECT id FROM reference.editions WHERE name LIKE 'big:communes:%');
    network integer := (SELECT id FROM reference.editions WHERE name LIKE 'big:network:%');
    roads integer := (SELECT id FROM reference.editions WHERE name LIKE 'big:roads:%');
    part record;
BEGIN
    FOR part IN
        SELECT * FROM (VALUES ('communes', communes), ('commune_contours', communes), ('divisions', communes),
            ('streets', network), ('addresses', network), ('segments', network), ('number_ranges', network),
            ('road_administrators', roads), ('numbered_roads', roads), ('road_sections', roads), ('reference_points', roads)
        ) AS parts (name, edition)
    LOOP
        EXECUTE format('CREATE TABLE reference.%s_%s PARTITION OF reference.%s FOR VALUES IN (%s)',
            part.name, part.edition, part.name, part.edition);
    END LOOP;

    -- The last ones are arrondissements of commune 31000, and former communes of 31001.
    INSERT INTO reference.communes
        (edition_id, insee, kind, name, norm_name, postcodes, department, population, parent, search_text)
    SELECT communes, (20000 + c)::text,
        CASE WHEN c >= 11980 THEN 'arrondissement' WHEN c >= 11900 THEN 'delegated' ELSE 'commune' END,
        initcap(word), word, ARRAY[(20000 + c)::text], (20 + c / 1000)::text, c,
        CASE WHEN c >= 11980 THEN '31000' WHEN c >= 11900 THEN '31001' END, ' ' || word || ' ' || 20000 + c
    FROM (SELECT c, 'ville ' || left(md5(c::text), 9) AS word FROM generate_series(0, 11999) AS c) AS words;
    INSERT INTO reference.commune_contours (edition_id, insee, geometry)
    SELECT communes, (20000 + c)::text,
        ST_Multi(ST_MakeEnvelope(2 + c % 50 * 0.1, 43 + c / 50 * 0.05, 2.1 + c % 50 * 0.1, 43.05 + c / 50 * 0.05, 4326))
    FROM generate_series(0, 11999) AS c;
    INSERT INTO reference.divisions (edition_id, kind, code, name, communes)
    SELECT communes, CASE WHEN d < 1200 THEN 'epci' WHEN d < 1300 THEN 'department' ELSE 'region' END, d::text, 'Groupe ' || d,
        (SELECT array_agg((20000 + c)::text ORDER BY c) FROM generate_series(d, d + 30) AS c)
    FROM generate_series(0, 1315) AS d;

    INSERT INTO reference.network_communes (insee, edition_id, streets, addresses)
    SELECT (20000 + c)::text, network, 100, 500 FROM generate_series(0, 199) AS c;
    INSERT INTO reference.streets (edition_id, street_id, insee, name, norm_name, length_m)
    SELECT network, insee || '_' || n, insee, 'Rue ' || word, 'rue ' || word, 4500
    FROM (SELECT n, (20000 + n / 100)::text AS insee, md5(n::text) AS word FROM generate_series(0, 19999) AS n) AS streets;
    INSERT INTO reference.addresses (edition_id, street_id, number, suffix, geometry)
    SELECT network, (20000 + n / 100)::text || '_' || n, 2 * h, '', ST_SetSRID(ST_MakePoint(
        2.01 + n / 100 % 50 * 0.1 + h * 0.01, 43.0021 + n / 5000 * 0.05 + n % 100 * 0.0004), 4326)
    FROM generate_series(0, 19999) AS n CROSS JOIN generate_series(1, 5) AS h;
    -- Each street meets the next one at a node.
    INSERT INTO reference.segments (edition_id, segment_id, street_left, street_right, insee_left, insee_right, road_number,
        class, level, oneway, node_from, node_to, length_m, geometry)
    SELECT network, 's' || n || ':' || k, insee || '_' || n, insee || '_' || n, insee, insee,
        CASE WHEN n % 10 = 0 THEN 'D' || n % 200 END, 'local', 0, 0, 3 * n + k, 3 * n + k + 1, 1500,
        ST_SetSRID(ST_MakeLine(ST_MakePoint(x + k * 0.02, y), ST_MakePoint(x + (k + 1) * 0.02, y)), 4326)
    FROM (SELECT n, (20000 + n / 100)::text AS insee, 2.01 + n / 100 % 50 * 0.1 AS x,
            43.002 + n / 5000 * 0.05 + n % 100 * 0.0004 AS y
          FROM generate_series(0, 19999) AS n) AS streets CROSS JOIN generate_series(0, 2) AS k;

    INSERT INTO reference.number_ranges (edition_id, street_id, segment_id, first_number, last_number)
    SELECT network, (20000 + n / 100)::text || '_' || n, 's' || n || ':' || k, 10 * k + 1, 10 * k + 9
    FROM generate_series(0, 19999) AS n CROSS JOIN generate_series(0, 2) AS k;

    INSERT INTO reference.road_administrators (edition_id, kind, name, norm_name)
    SELECT roads, 'departmental', 'Manager ' || n, 'manager ' || n FROM generate_series(0, 99) AS n;
    INSERT INTO reference.numbered_roads (edition_id, administrator, number, bare_number, kind, geometry)
    SELECT roads, 'Manager ' || n / 200, 'D' || n % 200, (n % 200)::text, 'departmental',
        'SRID=4326;MULTILINESTRING((2 46, 2.1 46))' FROM generate_series(0, 19999) AS n;
    INSERT INTO reference.road_sections (edition_id, section_id, administrator, road_number, department, side, geometry)
    SELECT roads, 's' || n, 'Manager ' || n / 200, 'D' || n % 200, '45', 'U', 'SRID=4326;LINESTRING(2 46, 2.1 46)'
    FROM generate_series(0, 19999) AS n;
    INSERT INTO reference.reference_points
        (edition_id, administrator, road_number, department, number, side, kind, rank, section_id, geometry)
    SELECT roads, 'Manager ' || n / 1000, 'D' || n / 5 % 200, '45', (n % 5)::text, 'U', 'PR', n % 5, 's' || n / 5,
        'SRID=4326;POINT(2 46)' FROM generate_series(0, 99999) AS n;
    INSERT INTO reference.storage_areas (source_id, description, administrator, road_number, geometry)
    SELECT 'a' || n, 'Aire ' || n, 'Manager', 'N' || n % 500, 'SRID=4326;POINT(2 46)' FROM generate_series(0, 4999) AS n;
END $$;
