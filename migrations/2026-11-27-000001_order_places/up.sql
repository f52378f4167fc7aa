-- How many published orders a commune has is counted in an index alone, instead of in arrays row after row.
CREATE TABLE public_order_places (
    order_uuid uuid REFERENCES public_orders ON DELETE CASCADE,
    -- INSEE code of a commune of its streets.
    city_code text COLLATE "C",
    -- A type of its measures; empty: whatever the type.
    measure_type text COLLATE "C",
    PRIMARY KEY (order_uuid, city_code, measure_type)
);
INSERT INTO public_order_places
    SELECT order_uuid, city_code, measure_type
    FROM public_orders, unnest(city_codes) AS city_code, unnest(array_append(measure_types, '')) AS measure_type;
CREATE INDEX public_order_places_city_code_idx ON public_order_places (city_code, measure_type);
