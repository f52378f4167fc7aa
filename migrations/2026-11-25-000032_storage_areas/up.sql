-- Lorry waiting areas used in winter (*aires de stockage*), on national roads. They are named by orders, so that each keeps
-- its identifier from one load to the next, also when it is no longer listed.
CREATE TABLE reference.storage_areas (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    -- Identifier in the file of the ministry.
    source_id text NOT NULL UNIQUE CHECK (char_length(source_id) BETWEEN 1 AND 64),
    description text NOT NULL CHECK (char_length(description) BETWEEN 1 AND 255),
    administrator text NOT NULL,
    road_number text NOT NULL,
    -- Whether the last file lists it: only these are proposed.
    is_listed boolean NOT NULL DEFAULT true,
    geometry geometry(Geometry, 4326) NOT NULL
);
CREATE INDEX storage_areas_road_number_idx ON reference.storage_areas (road_number) WHERE is_listed;
