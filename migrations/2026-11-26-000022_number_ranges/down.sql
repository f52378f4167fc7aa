ALTER TABLE reference.editions DROP COLUMN number_ranges;
DROP TABLE reference.number_ranges;
