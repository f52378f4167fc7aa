DROP TABLE reference.shadow_locations;
DROP TABLE reference.divisions;
ALTER TABLE reference.editions DROP COLUMN divisions;
ALTER TABLE reference.editions DROP COLUMN checks;
