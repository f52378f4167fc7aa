-- The communes in which a geometry lies, by their contours in use: a surface shares ground with each of them, and not its
-- limit alone; a line on the limit of two communes lies in both.
CREATE FUNCTION reference.communes_of(shape geometry) RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT COALESCE(array_agg(DISTINCT c.insee), '{}')
    FROM reference.editions e JOIN reference.commune_contours c ON c.edition_id = e.id
    WHERE e.is_active AND c.geometry && shape
        AND (ST_Intersects(c.geometry, ST_CollectionExtract(shape, 1))
            OR ST_Intersects(c.geometry, ST_CollectionExtract(shape, 2))
            OR ST_Relate(c.geometry, ST_CollectionExtract(ST_MakeValid(shape), 3), 'T********'))
$$;

-- The arrondissements of a city; none for any other commune.
CREATE FUNCTION reference.arrondissements_of(city text) RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT COALESCE(array_agg(DISTINCT c.insee), '{}')
    FROM reference.editions e JOIN reference.communes c ON c.edition_id = e.id
    WHERE e.is_active AND c.kind = 'arrondissement' AND c.parent = city
$$;

ALTER TABLE public_restrictions
    -- INSEE codes of the communes in which it lies: of the street or city that is named, else by contours.
    ADD COLUMN city_codes text[] NOT NULL DEFAULT '{}',
    -- The ground that a whole city or a zone covers; its geometry is the streets in it.
    ADD COLUMN area geometry(Geometry, 4326);
UPDATE public_restrictions SET city_codes = CASE
    WHEN city_code IS NULL THEN reference.communes_of(geometry)
    WHEN road_type = 'wholeCity' THEN ARRAY[city_code] || reference.arrondissements_of(city_code)
    ELSE ARRAY[city_code] END;
UPDATE public_restrictions r SET area = ST_SetSRID(ST_GeomFromGeoJSON(location #>> '{asked,geometry}'), 4326)
FROM order_versions v, LATERAL jsonb_path_query(v.content, '$.measures[*].locations[*]') AS location
WHERE r.road_type = 'zone' AND v.order_uuid = r.order_uuid AND v.number = r.version_number
    AND (location ->> 'id')::uuid = r.location_uuid;
CREATE INDEX public_restrictions_city_codes_idx ON public_restrictions USING gin (city_codes);
CREATE INDEX public_restrictions_organization_uuid_idx ON public_restrictions (organization_uuid);
CREATE INDEX public_restrictions_area_idx ON public_restrictions USING gist (area) WHERE area IS NOT NULL;
