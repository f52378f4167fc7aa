-- What was checked before an edition could be used: [{"what": "streets", "found": 58, "before": 57}, …].
ALTER TABLE reference.editions ADD COLUMN checks jsonb NOT NULL DEFAULT '[]';
ALTER TABLE reference.editions ADD COLUMN divisions integer NOT NULL DEFAULT 0;

-- Groups of communes: intercommunalities, départements, regions. Their outline is the union of those of their communes.
CREATE TABLE reference.divisions (
    edition_id integer NOT NULL,
    kind text NOT NULL CHECK (kind IN ('epci', 'department', 'region')),
    code text NOT NULL,
    name text NOT NULL,
    -- INSEE codes, sorted.
    communes text[] NOT NULL,
    PRIMARY KEY (edition_id, kind, code)
) PARTITION BY LIST (edition_id);
CREATE INDEX divisions_kind_code_idx ON reference.divisions (kind, code);

-- Published locations found again in other reference data, beside what is public: nothing reads this but reports.
CREATE TABLE reference.shadow_locations (
    location_uuid uuid NOT NULL,
    order_uuid uuid NOT NULL,
    version_number integer NOT NULL,
    -- What the location was found in: an edition that is being considered, or `in use`.
    compared_with text NOT NULL,
    edition_before text,
    edition_after text,
    outcome text NOT NULL CHECK (outcome IN ('unchanged', 'moved', 'changed', 'lost')),
    -- Greatest distance between the geometry that is public and the one found again, metres.
    moved_m double precision,
    -- Why it is lost.
    reason text,
    geometry geometry(Geometry, 4326),
    found jsonb,
    computed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (compared_with, location_uuid)
);
