-- What tables of restrictions tell of a place beside its geometry, so that nobody reads the whole order for it.
ALTER TABLE public_restrictions
    ADD COLUMN road_type text,
    -- Name of the street, number of the road, or name of the city, zone or drawing.
    ADD COLUMN road_name text,
    ADD COLUMN city_code text,
    ADD COLUMN length_m double precision;
UPDATE public_restrictions r SET
    road_type = location #>> '{asked,roadType}',
    road_name = COALESCE(location #>> '{asked,roadName}', location #>> '{asked,roadNumber}',
        location #>> '{asked,cityLabel}', location #>> '{asked,label}', ''),
    city_code = location #>> '{asked,cityCode}',
    length_m = COALESCE((location #>> '{found,lengthM}')::double precision, 0)
FROM order_versions v, LATERAL jsonb_path_query(v.content, '$.measures[*].locations[*]') AS location
WHERE v.order_uuid = r.order_uuid AND v.number = r.version_number AND (location ->> 'id')::uuid = r.location_uuid;
ALTER TABLE public_restrictions
    ALTER COLUMN road_type SET NOT NULL,
    ALTER COLUMN road_name SET NOT NULL,
    ALTER COLUMN length_m SET NOT NULL;
