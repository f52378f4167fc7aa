-- House numbers of one side of a segment, as BD TOPO knows them: from the number where its drawing begins to the one where
-- it ends. They place numbers where no address base is loaded.
CREATE TABLE reference.number_ranges (
    edition_id integer NOT NULL,
    street_id text NOT NULL,
    segment_id text NOT NULL,
    first_number integer NOT NULL CHECK (first_number > 0),
    last_number integer NOT NULL CHECK (last_number > 0)
) PARTITION BY LIST (edition_id);
CREATE INDEX number_ranges_street_id_idx ON reference.number_ranges (street_id);
ALTER TABLE reference.editions ADD COLUMN number_ranges integer NOT NULL DEFAULT 0;
