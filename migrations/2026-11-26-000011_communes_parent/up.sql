-- The arrondissements of a city, and the former communes of a commune.
CREATE INDEX communes_parent_idx ON reference.communes (parent) WHERE parent IS NOT NULL;
