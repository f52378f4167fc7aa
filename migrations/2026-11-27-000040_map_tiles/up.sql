-- What tiles and filters of the map read beside geometries (docs/adr/0033).

-- The direction of traffic a measure binds, from the first bound of its location to the second: arrows of the map.
ALTER TABLE public_restrictions ADD COLUMN direction text NOT NULL DEFAULT 'BOTH'
    CHECK (direction IN ('BOTH', 'A_TO_B', 'B_TO_A'));
UPDATE public_restrictions r SET direction = location #>> '{asked,direction}'
FROM order_versions v, LATERAL jsonb_path_query(v.content, '$.measures[*].locations[*]') AS location
WHERE v.order_uuid = r.order_uuid AND v.number = r.version_number AND (location ->> 'id')::uuid = r.location_uuid
    AND location #>> '{asked,direction}' IN ('A_TO_B', 'B_TO_A');

-- Equal sets of vehicles have one key: which of them concern a vehicle is asked once per set, not once per row.
ALTER TABLE public_restrictions ADD COLUMN vehicle_key uuid NOT NULL
    GENERATED ALWAYS AS (md5(vehicle_set::text)::uuid) STORED;
CREATE INDEX public_restrictions_vehicle_key_idx ON public_restrictions (vehicle_key);

-- Bits of a number, each followed by a zero: half of a place on a Z-curve.
CREATE FUNCTION map_spread(number bigint) RETURNS bigint LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    bits bigint := number;
BEGIN
    bits := (bits | (bits << 16)) & x'0000FFFF0000FFFF'::bigint;
    bits := (bits | (bits << 8)) & x'00FF00FF00FF00FF'::bigint;
    bits := (bits | (bits << 4)) & x'0F0F0F0F0F0F0F0F'::bigint;
    bits := (bits | (bits << 2)) & x'3333333333333333'::bigint;
    RETURN (bits | (bits << 1)) & x'5555555555555555'::bigint;
END
$$;

-- The tile of zoom 20 (Web Mercator, about 25 m) in which the middle of a shape lies, by its place on the Z-curve: the
-- tiles below one of a lesser zoom are one stretch of numbers. A dump is restored without a search path, hence one here.
CREATE FUNCTION map_cell(shape geometry) RETURNS bigint LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = public, pg_temp AS $$
DECLARE
    side CONSTANT double precision := 1048576;
    lon double precision := (ST_XMin(shape) + ST_XMax(shape)) / 2;
    lat double precision := radians(greatest(-85.05, least(85.05, (ST_YMin(shape) + ST_YMax(shape)) / 2)));
    x double precision := floor((lon + 180) / 360 * side);
    y double precision := floor((1 - ln(tan(lat) + 1 / cos(lat)) / pi()) / 2 * side);
BEGIN
    RETURN map_spread(greatest(0, least(side - 1, x))::bigint) | (map_spread(greatest(0, least(side - 1, y))::bigint) << 1);
END
$$;
ALTER TABLE public_restrictions ADD COLUMN cell bigint NOT NULL GENERATED ALWAYS AS (map_cell(geometry)) STORED;
-- When nothing of it is left. Stretches of time may be too many for an index.
ALTER TABLE public_restrictions ADD COLUMN ends_at timestamptz NOT NULL GENERATED ALWAYS AS
    (CASE WHEN isempty(validity) THEN '-infinity' ELSE COALESCE(upper(validity), 'infinity') END) STORED;
-- Seen from afar restrictions are counted, and counting reads this index alone.
CREATE INDEX public_restrictions_cell_idx ON public_restrictions (cell)
    INCLUDE (measure_type, category, vehicle_key, restricts_heavy_goods, ends_at, location_uuid);
-- Seen from afar only long lines are drawn.
CREATE INDEX public_restrictions_length_m_idx ON public_restrictions (length_m);
