ALTER TABLE public_restrictions
    DROP COLUMN road_type,
    DROP COLUMN road_name,
    DROP COLUMN city_code,
    DROP COLUMN length_m;
