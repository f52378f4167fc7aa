-- A search by commune finds what lies there without naming it: drawings, zones, numbered roads, and the arrondissements of
-- a whole city. The program writes the same from now on.
UPDATE public_orders o SET city_codes = ARRAY(
    SELECT unnest(o.city_codes) UNION SELECT unnest(r.city_codes) FROM public_restrictions r
    WHERE r.order_uuid = o.order_uuid AND (r.city_code IS NULL OR r.road_type = 'wholeCity') ORDER BY 1)
WHERE EXISTS (SELECT FROM public_restrictions r WHERE r.order_uuid = o.order_uuid AND NOT r.city_codes <@ o.city_codes);
INSERT INTO public_order_places
    SELECT order_uuid, city_code, measure_type
    FROM public_orders, unnest(city_codes) AS city_code, unnest(array_append(measure_types, '')) AS measure_type
    ON CONFLICT DO NOTHING;
