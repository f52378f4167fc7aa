-- What lists and searches read: one row per living order for everybody (its last published version) and one for the
-- members of its organization (its working copy). Narrow, so that counting 100,000 of them takes milliseconds; written
-- in the transaction that changes the order. Identifiers are compared by code point, the same on every server.
CREATE TABLE public_orders (
    order_uuid uuid PRIMARY KEY REFERENCES orders ON DELETE CASCADE,
    organization_uuid uuid NOT NULL,
    identifier text COLLATE "C" NOT NULL,
    status text NOT NULL,
    source text NOT NULL,
    category text NOT NULL,
    -- Exact instants. No start: no period. No end: it applies for good.
    starts_at timestamptz,
    ends_at timestamptz,
    restricts_heavy_goods boolean NOT NULL,
    measure_types text[] NOT NULL,
    -- INSEE codes of the communes of its streets.
    city_codes text[] NOT NULL,
    -- Identifier, title, streets and communes, without accents nor capitals.
    words text NOT NULL,
    changed_at timestamptz NOT NULL
);
CREATE TABLE working_orders (LIKE public_orders INCLUDING ALL);
ALTER TABLE working_orders ADD FOREIGN KEY (order_uuid) REFERENCES orders ON DELETE CASCADE;

CREATE INDEX public_orders_validity_idx ON public_orders (starts_at DESC NULLS FIRST, ends_at);
CREATE INDEX public_orders_ends_at_idx ON public_orders (ends_at);
CREATE INDEX public_orders_changed_at_idx ON public_orders (changed_at, order_uuid);
CREATE INDEX public_orders_identifier_idx ON public_orders (identifier, order_uuid);
CREATE INDEX public_orders_source_idx ON public_orders (source, identifier, order_uuid);
CREATE INDEX public_orders_organization_uuid_idx ON public_orders (organization_uuid, starts_at DESC NULLS FIRST);
CREATE INDEX public_orders_city_codes_idx ON public_orders USING gin (city_codes);
CREATE INDEX public_orders_words_idx ON public_orders USING gin (words gin_trgm_ops);

CREATE INDEX working_orders_validity_idx ON working_orders (organization_uuid, starts_at DESC NULLS FIRST, ends_at);
CREATE INDEX working_orders_order_uuid_idx ON working_orders (organization_uuid, order_uuid);
CREATE INDEX working_orders_changed_at_idx ON working_orders (organization_uuid, changed_at);
CREATE INDEX working_orders_identifier_idx ON working_orders (organization_uuid, identifier, order_uuid);
CREATE INDEX working_orders_source_idx ON working_orders (organization_uuid, source, identifier, order_uuid);
CREATE INDEX working_orders_status_idx ON working_orders (organization_uuid, status, identifier, order_uuid);
CREATE INDEX working_orders_words_idx ON working_orders USING gin (words gin_trgm_ops);

-- Orders that exist already. The program computes the same of every order that it writes from now on.
CREATE FUNCTION pg_temp.instant(wall timestamp, zone text) RETURNS timestamptz LANGUAGE sql STABLE AS $$
    -- The first of two, or the change itself for a time that the clocks skip.
    SELECT CASE
        WHEN (later - interval '1 hour') AT TIME ZONE zone = wall THEN later - interval '1 hour'
        WHEN later AT TIME ZONE zone <> wall THEN date_trunc('hour', later)
        ELSE later END
    FROM (SELECT wall AT TIME ZONE zone AS later) AS read
$$;
CREATE FUNCTION pg_temp.end_of_day(wall timestamp) RETURNS timestamp LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN to_char(wall, 'HH24:MI') = '23:59' THEN date_trunc('day', wall) + interval '1 day' ELSE wall END
$$;
CREATE TEMPORARY TABLE existing ON COMMIT DROP AS
    SELECT false AS is_public, o.uuid, o.organization_uuid, o.identifier, o.status, o.source, g.time_zone, o.content,
        o.updated_at AS changed_at
    FROM orders o JOIN organizations g ON g.uuid = o.organization_uuid WHERE o.deleted_at IS NULL
    UNION ALL
    SELECT true, o.uuid, o.organization_uuid, v.identifier, o.status, o.source, v.time_zone, v.content, v.published_at
    FROM orders o JOIN order_versions v ON v.order_uuid = o.uuid AND v.number = o.published_version
    WHERE o.deleted_at IS NULL;
CREATE TEMPORARY TABLE listed ON COMMIT DROP AS
    SELECT e.is_public, e.uuid, e.organization_uuid, e.identifier, e.status, e.source,
        e.content ->> 'category' AS category, periods.starts_at,
        CASE WHEN e.content ->> 'category' = 'permanentRegulation' OR periods.is_open THEN NULL
            ELSE periods.ends_at END AS ends_at,
        jsonb_path_exists(e.content, '$.measures[*].vehicleSet.restricted[*] ? (@.type == "heavyGoodsVehicle")')
            AS restricts_heavy_goods,
        ARRAY(SELECT DISTINCT kind #>> '{}' FROM jsonb_path_query(e.content, '$.measures[*].type') AS kind ORDER BY 1)
            AS measure_types,
        ARRAY(SELECT DISTINCT code #>> '{}'
            FROM jsonb_path_query(e.content, '$.measures[*].locations[*].asked.cityCode') AS code ORDER BY 1)
            AS city_codes,
        left(lower(unaccent(concat_ws(' ', e.identifier, e.content ->> 'title', (SELECT string_agg(DISTINCT name #>> '{}', ' ')
            FROM jsonb_path_query(e.content, '$.measures[*].locations[*].asked.keyvalue() ? (@.key == "roadName"
                || @.key == "cityLabel" || @.key == "roadNumber" || @.key == "administrator" || @.key == "label").value')
                AS name)))), 10000) AS words,
        e.changed_at
    FROM existing e, LATERAL (
        SELECT min(pg_temp.instant((period ->> 'start')::timestamp, e.time_zone)) AS starts_at,
            max(pg_temp.instant(pg_temp.end_of_day((period ->> 'end')::timestamp), e.time_zone)) AS ends_at,
            bool_or(period ->> 'end' IS NULL) AS is_open
        FROM jsonb_path_query(e.content, '$.measures[*].periods[*]') AS period) AS periods;
INSERT INTO public_orders SELECT uuid, organization_uuid, identifier, status, source, category, starts_at, ends_at,
    restricts_heavy_goods, measure_types, city_codes, words, changed_at FROM listed WHERE is_public;
INSERT INTO working_orders SELECT uuid, organization_uuid, identifier, status, source, category, starts_at, ends_at,
    restricts_heavy_goods, measure_types, city_codes, words, changed_at FROM listed WHERE NOT is_public;
DROP FUNCTION pg_temp.instant(timestamp, text);
DROP FUNCTION pg_temp.end_of_day(timestamp);

-- What replaces it is above.
ALTER TABLE orders DROP COLUMN starts_at;
