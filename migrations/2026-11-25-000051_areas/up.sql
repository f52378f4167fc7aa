-- The roads of a commune, for restrictions of a whole city.
CREATE INDEX segments_insee_left_idx ON reference.segments (insee_left);
CREATE INDEX segments_insee_right_idx ON reference.segments (insee_right);
