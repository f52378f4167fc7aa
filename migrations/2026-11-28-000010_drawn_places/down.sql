UPDATE public_orders p SET city_codes = ARRAY(
    SELECT DISTINCT code #>> '{}'
    FROM orders o JOIN order_versions v ON v.order_uuid = o.uuid AND v.number = o.published_version,
        jsonb_path_query(v.content, '$.measures[*].locations[*].asked.cityCode') AS code
    WHERE o.uuid = p.order_uuid ORDER BY 1);
DELETE FROM public_order_places l USING public_orders p
    WHERE p.order_uuid = l.order_uuid AND l.city_code <> ALL(p.city_codes);
