DROP INDEX public_restrictions_length_m_idx;
DROP INDEX public_restrictions_cell_idx;
ALTER TABLE public_restrictions DROP COLUMN cell, DROP COLUMN ends_at;
DROP FUNCTION map_cell(geometry);
DROP FUNCTION map_spread(bigint);
DROP INDEX public_restrictions_vehicle_key_idx;
ALTER TABLE public_restrictions DROP COLUMN vehicle_key, DROP COLUMN direction;
