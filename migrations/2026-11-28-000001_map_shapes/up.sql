-- What tiles of the map are cut from (docs/adr/0033): what the usual filters ask, and shapes as bytes that are handed over
-- as they are. Rows are a tenth of those of public_restrictions, so that those of a tile lie on a few pages.
CREATE TABLE map_shapes (
    location_uuid uuid PRIMARY KEY,
    measure_type text NOT NULL,
    category text NOT NULL,
    restricts_heavy_goods boolean NOT NULL,
    vehicle_key uuid NOT NULL,
    ends_at timestamptz NOT NULL,
    -- Degrees.
    bounds box NOT NULL,
    -- See map_cell.
    cell bigint NOT NULL,
    -- The first zoom at which it is longer than eight pixels; from zoom 12 on everything is drawn.
    shown_from smallint NOT NULL,
    -- A byte for type (bits 0 to 2, in the order of the trigger below), category (bit 3: temporary) and direction (bits 4
    -- and 5: both, from A to B, from B to A), the identifier, and the cell as eight bytes.
    dot bytea NOT NULL,
    -- The same byte, the identifier, and the shape: Tiny WKB in degrees, seven decimals. Those for zooms 9 to 12, and
    -- below 9, are NULL when they are the one before.
    drawing bytea NOT NULL,
    drawing_z12 bytea,
    drawing_z8 bytea
);
CREATE INDEX map_shapes_bounds_idx ON map_shapes USING gist (bounds);
-- Seen from afar only long lines are drawn.
CREATE INDEX map_shapes_far_bounds_idx ON map_shapes USING gist (bounds) WHERE shown_from <= 9;
-- Seen from afar restrictions are counted, and counting reads this index alone.
CREATE INDEX map_shapes_cell_idx ON map_shapes (cell)
    INCLUDE (measure_type, category, restricts_heavy_goods, vehicle_key, ends_at, dot);

-- Triggers, so that nobody can forget them. A dump is restored without a search path, hence those of the functions.
CREATE FUNCTION map_shapes_add() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO map_shapes
    SELECT r.location_uuid, r.measure_type, r.category, r.restricts_heavy_goods, r.vehicle_key, r.ends_at,
        box(point(ST_XMin(r.geometry), ST_YMin(r.geometry)), point(ST_XMax(r.geometry), ST_YMax(r.geometry))),
        cell, CASE WHEN r.length_m > 0 THEN greatest(0, least(12, floor(log(400000 / r.length_m) / log(2)) + 1)) ELSE 12 END,
        head || int8send(cell), head || full_shape,
        head || NULLIF(z12_shape, full_shape), head || NULLIF(z8_shape, z12_shape)
    FROM written r, LATERAL (
        SELECT map_cell(r.geometry) AS cell, ST_AsTWKB(r.geometry, 7) AS full_shape,
            ST_AsTWKB(r.geometry_z12, 7) AS z12_shape, ST_AsTWKB(r.geometry_z8, 7) AS z8_shape,
            set_byte('\x00'::bytea, 0,
                array_position(ARRAY['noEntry', 'speedLimitation', 'parkingProhibited', 'alternateRoad', 'noOvertaking'],
                    r.measure_type) - 1
                | CASE r.category WHEN 'temporaryRegulation' THEN 8 ELSE 0 END
                | CASE r.direction WHEN 'A_TO_B' THEN 16 WHEN 'B_TO_A' THEN 32 ELSE 0 END) || uuid_send(r.location_uuid) AS head
        ) AS parts;
    RETURN NULL;
END
$$;
CREATE FUNCTION map_shapes_forget() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM map_shapes s USING gone WHERE s.location_uuid = gone.location_uuid;
    RETURN NULL;
END
$$;
CREATE TRIGGER map_shapes_1_delete AFTER DELETE ON public_restrictions
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION map_shapes_forget();
CREATE TRIGGER map_shapes_1_update AFTER UPDATE ON public_restrictions
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION map_shapes_forget();
CREATE TRIGGER map_shapes_2_insert AFTER INSERT ON public_restrictions
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION map_shapes_add();
-- After the one above: triggers run in the order of their names.
CREATE TRIGGER map_shapes_2_update AFTER UPDATE ON public_restrictions
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION map_shapes_add();

DROP INDEX public_restrictions_cell_idx, public_restrictions_length_m_idx;
ALTER TABLE public_restrictions DROP COLUMN cell;
UPDATE public_restrictions SET location_uuid = location_uuid;
