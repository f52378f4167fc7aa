-- Numbered roads and their reference points (PR), by edition, like every other reference table.
ALTER TABLE reference.editions DROP CONSTRAINT editions_kind_check;
ALTER TABLE reference.editions ADD CONSTRAINT editions_kind_check CHECK (kind IN ('communes', 'network', 'roads'));
ALTER TABLE reference.editions
    ADD COLUMN road_administrators integer NOT NULL DEFAULT 0,
    ADD COLUMN numbered_roads integer NOT NULL DEFAULT 0,
    ADD COLUMN road_sections integer NOT NULL DEFAULT 0,
    ADD COLUMN reference_points integer NOT NULL DEFAULT 0;

-- Who manages roads of which kind.
CREATE TABLE reference.road_administrators (
    edition_id integer NOT NULL,
    kind text NOT NULL
        CHECK (kind IN ('departmental', 'national', 'motorway', 'intercommunal', 'greenway', 'other')),
    name text NOT NULL,
    norm_name text NOT NULL,
    PRIMARY KEY (edition_id, kind, name)
) PARTITION BY LIST (edition_id);
CREATE INDEX road_administrators_norm_name_idx ON reference.road_administrators (norm_name);

CREATE TABLE reference.numbered_roads (
    edition_id integer NOT NULL,
    administrator text NOT NULL,
    -- In capitals without space: `D31`.
    number text NOT NULL,
    -- What follows the letters: `31`.
    bare_number text NOT NULL,
    kind text NOT NULL
        CHECK (kind IN ('departmental', 'national', 'motorway', 'intercommunal', 'greenway', 'other')),
    geometry geometry(MultiLineString, 4326) NOT NULL,
    PRIMARY KEY (edition_id, administrator, number, kind)
) PARTITION BY LIST (edition_id);
CREATE INDEX numbered_roads_number_idx ON reference.numbered_roads (administrator, number text_pattern_ops);
CREATE INDEX numbered_roads_bare_number_idx ON reference.numbered_roads (administrator, bare_number text_pattern_ops);

-- A road is cut into sections, on which its reference points stand.
CREATE TABLE reference.road_sections (
    edition_id integer NOT NULL,
    section_id text NOT NULL,
    administrator text NOT NULL,
    road_number text NOT NULL,
    department text NOT NULL,
    side text NOT NULL CHECK (side IN ('U', 'D', 'G')),
    geometry geometry(LineString, 4326) NOT NULL,
    PRIMARY KEY (edition_id, section_id)
) PARTITION BY LIST (edition_id);
CREATE INDEX road_sections_road_idx ON reference.road_sections (administrator, road_number);

CREATE TABLE reference.reference_points (
    edition_id integer NOT NULL,
    administrator text NOT NULL,
    road_number text NOT NULL,
    department text NOT NULL,
    number text NOT NULL,
    side text NOT NULL CHECK (side IN ('U', 'D', 'G')),
    -- A point that stands beside the road, its end, or the beginning, the end or a change of a section.
    kind text NOT NULL CHECK (kind IN ('PR', 'PRF', 'DS', 'FS', 'CS')),
    -- Order on the road or on the section.
    rank double precision NOT NULL,
    -- Distance from the beginning of the road or of the section, as its manager measured it, metres.
    abscissa_m integer,
    section_id text NOT NULL,
    geometry geometry(Point, 4326) NOT NULL
) PARTITION BY LIST (edition_id);
CREATE INDEX reference_points_road_idx ON reference.reference_points (administrator, road_number);

-- The network under a numbered road.
CREATE INDEX segments_road_number_idx ON reference.segments (road_number) WHERE road_number IS NOT NULL;
