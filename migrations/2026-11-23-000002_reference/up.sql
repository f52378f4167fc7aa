-- Reference data: communes, streets, house numbers and the road network, by edition.
--
-- Every large table is partitioned by edition, one partition per table and edition. A load fills tables of its own and
-- attaches them, an outdated edition is detached before it is dropped: neither ever waits for, or holds up, a reader.
-- No foreign key leads to a partitioned table, because it would lock it; the loader checks instead.
CREATE SCHEMA reference;

CREATE TABLE reference.editions (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- `<source>:<territory>:<date>`, with `.2`, `.3`… when the same date is loaded again; kept with every location found.
    name text NOT NULL UNIQUE,
    kind text NOT NULL CHECK (kind IN ('communes', 'network')),
    source text NOT NULL CHECK (source ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
    territory text NOT NULL CHECK (territory ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
    dated date NOT NULL,
    loaded_at timestamptz NOT NULL DEFAULT now(),
    is_active boolean NOT NULL DEFAULT false,
    -- When it was last made active: the previous edition is the one to go back to.
    activated_at timestamptz,
    communes integer NOT NULL DEFAULT 0,
    contours integer NOT NULL DEFAULT 0,
    streets integer NOT NULL DEFAULT 0,
    addresses integer NOT NULL DEFAULT 0,
    segments integer NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX editions_active_idx ON reference.editions (kind, source, territory) WHERE is_active;

-- Which network editions cover which commune. Where two active ones overlap, the most recent answers.
CREATE TABLE reference.network_communes (
    insee text NOT NULL,
    edition_id integer NOT NULL REFERENCES reference.editions ON DELETE CASCADE,
    streets integer NOT NULL,
    addresses integer NOT NULL,
    PRIMARY KEY (insee, edition_id)
);
CREATE INDEX network_communes_edition_id_idx ON reference.network_communes (edition_id);

CREATE TABLE reference.communes (
    edition_id integer NOT NULL,
    insee text NOT NULL CHECK (insee ~ '^[0-9][0-9AB][0-9]{3}$'),
    kind text NOT NULL CHECK (kind IN ('commune', 'arrondissement', 'delegated', 'associated')),
    name text NOT NULL,
    norm_name text NOT NULL,
    postcodes text[] NOT NULL,
    department text NOT NULL,
    population integer NOT NULL,
    -- The commune an arrondissement, delegated or associated commune belongs to.
    parent text,
    -- A space, the normalised name, and every postcode after a space: each word begins after a space.
    search_text text NOT NULL,
    PRIMARY KEY (edition_id, insee, kind)
) PARTITION BY LIST (edition_id);
CREATE INDEX communes_insee_idx ON reference.communes (insee);
CREATE INDEX communes_norm_name_idx ON reference.communes (norm_name text_pattern_ops);
CREATE INDEX communes_search_text_idx ON reference.communes USING gin (search_text gin_trgm_ops);

CREATE TABLE reference.commune_contours (
    edition_id integer NOT NULL,
    insee text NOT NULL,
    geometry geometry(MultiPolygon, 4326) NOT NULL,
    PRIMARY KEY (edition_id, insee)
) PARTITION BY LIST (edition_id);
CREATE INDEX commune_contours_insee_idx ON reference.commune_contours (insee);
CREATE INDEX commune_contours_geometry_idx ON reference.commune_contours USING gist (geometry);

CREATE TABLE reference.streets (
    edition_id integer NOT NULL,
    street_id text NOT NULL CHECK (char_length(street_id) BETWEEN 6 AND 20),
    insee text NOT NULL,
    name text NOT NULL,
    norm_name text NOT NULL,
    length_m double precision NOT NULL,
    PRIMARY KEY (edition_id, street_id)
) PARTITION BY LIST (edition_id);
CREATE INDEX streets_insee_norm_name_idx ON reference.streets (insee, norm_name text_pattern_ops);
CREATE INDEX streets_norm_name_idx ON reference.streets USING gin (norm_name gin_trgm_ops);

CREATE TABLE reference.addresses (
    edition_id integer NOT NULL,
    street_id text NOT NULL,
    number integer NOT NULL CHECK (number >= 0),
    -- Lower case, `bis` and not `b`; empty for a plain number.
    suffix text NOT NULL DEFAULT '',
    geometry geometry(Point, 4326) NOT NULL,
    PRIMARY KEY (edition_id, street_id, number, suffix)
) PARTITION BY LIST (edition_id);
CREATE INDEX addresses_geometry_idx ON reference.addresses USING gist (geometry);

CREATE TABLE reference.segments (
    edition_id integer NOT NULL,
    segment_id text NOT NULL,
    -- Streets on both sides: the same one, but where the road is the limit of two communes or of two names.
    street_left text,
    street_right text,
    insee_left text,
    insee_right text,
    -- Road number in capitals without space: `D31`.
    road_number text,
    class text NOT NULL CHECK (class IN ('motorway', 'trunk', 'primary', 'secondary', 'tertiary', 'local', 'service',
        'pedestrian', 'cycleway', 'track', 'path', 'steps', 'ferry', 'other')),
    -- 0 on the ground, above on bridges, below in tunnels.
    level smallint NOT NULL,
    -- 1 along the drawing, -1 against it, 0 both ways.
    oneway smallint NOT NULL CHECK (oneway IN (-1, 0, 1)),
    -- Ends that are one place of the network carry one number, within the edition.
    node_from bigint NOT NULL,
    node_to bigint NOT NULL,
    length_m double precision NOT NULL CHECK (length_m > 0),
    geometry geometry(LineString, 4326) NOT NULL,
    PRIMARY KEY (edition_id, segment_id)
) PARTITION BY LIST (edition_id);
CREATE INDEX segments_street_left_idx ON reference.segments (street_left);
CREATE INDEX segments_street_right_idx ON reference.segments (street_right);
CREATE INDEX segments_node_from_idx ON reference.segments (node_from);
CREATE INDEX segments_node_to_idx ON reference.segments (node_to);
CREATE INDEX segments_geometry_idx ON reference.segments USING gist (geometry);
