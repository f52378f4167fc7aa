DROP TRIGGER map_shapes_1_delete ON public_restrictions;
DROP TRIGGER map_shapes_1_update ON public_restrictions;
DROP TRIGGER map_shapes_2_insert ON public_restrictions;
DROP TRIGGER map_shapes_2_update ON public_restrictions;
DROP FUNCTION map_shapes_add();
DROP FUNCTION map_shapes_forget();
DROP TABLE map_shapes;
ALTER TABLE public_restrictions ADD COLUMN cell bigint NOT NULL GENERATED ALWAYS AS (map_cell(geometry)) STORED;
CREATE INDEX public_restrictions_cell_idx ON public_restrictions (cell)
    INCLUDE (measure_type, category, vehicle_key, restricts_heavy_goods, ends_at, location_uuid);
CREATE INDEX public_restrictions_length_m_idx ON public_restrictions (length_m);
