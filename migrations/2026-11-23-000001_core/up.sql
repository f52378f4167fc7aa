-- Everything that lasts, except the reference network (next migration). See docs/adr/ for the choices.
CREATE EXTENSION IF NOT EXISTS postgis;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;

-- Organizations, people, keys ---------------------------------------------------------------------------------------

CREATE TABLE organizations (
    uuid uuid PRIMARY KEY,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 255),
    siret text UNIQUE CHECK (siret ~ '^[0-9]{14}$'),
    code text,
    code_type text CHECK (code_type IN ('insee', 'epci', 'departement', 'region')),
    time_zone text NOT NULL DEFAULT 'Europe/Paris',
    revision bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- The perimeter of an organization is the union of its areas.
CREATE TABLE organization_areas (
    uuid uuid PRIMARY KEY,
    organization_uuid uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
    label text NOT NULL,
    geometry geometry(MultiPolygon, 4326) NOT NULL,
    UNIQUE (organization_uuid, label)
);
CREATE INDEX organization_areas_geometry_idx ON organization_areas USING gist (geometry);

CREATE TABLE users (
    uuid uuid PRIMARY KEY,
    email text NOT NULL UNIQUE CHECK (email = lower(btrim(email)) AND char_length(email) <= 255),
    full_name text NOT NULL CHECK (char_length(full_name) BETWEEN 1 AND 255),
    password_hash text,
    is_super_admin boolean NOT NULL DEFAULT false,
    is_verified boolean NOT NULL DEFAULT false,
    revision bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE memberships (
    organization_uuid uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
    user_uuid uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    is_owner boolean NOT NULL DEFAULT false,
    PRIMARY KEY (organization_uuid, user_uuid)
);
CREATE INDEX memberships_user_uuid_idx ON memberships (user_uuid);

CREATE TABLE api_clients (
    uuid uuid PRIMARY KEY,
    client_id text NOT NULL UNIQUE,
    -- HMAC-SHA-256 of the secret under a key derived from APP_SECRET; the secret itself is never kept.
    secret_hash bytea NOT NULL CHECK (octet_length(secret_hash) = 32),
    organization_uuid uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
    user_uuid uuid REFERENCES users ON DELETE SET NULL,
    is_active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz
);

-- Orders --------------------------------------------------------------------------------------------------------------

CREATE TABLE orders (
    uuid uuid PRIMARY KEY,
    organization_uuid uuid NOT NULL REFERENCES organizations,
    identifier text NOT NULL CHECK (char_length(identifier) BETWEEN 1 AND 60),
    status text NOT NULL CHECK (status IN ('draft', 'published')),
    source text NOT NULL CHECK (source IN ('dialog', 'api', 'eudonet_paris', 'bacidf', 'jop', 'litteralis')),
    -- The working copy: dialog_domain::OrderContent.
    content jsonb NOT NULL,
    schema_version integer NOT NULL,
    -- Grows by one with every change; the ETag of the order.
    revision bigint NOT NULL DEFAULT 1,
    published_version integer,
    has_unpublished_changes boolean NOT NULL DEFAULT false,
    created_by uuid REFERENCES users ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    -- A deleted draft is gone; a deleted published order stays as a tombstone.
    deleted_at timestamptz,
    CHECK ((status = 'published') = (published_version IS NOT NULL))
);
CREATE UNIQUE INDEX orders_organization_uuid_identifier_idx ON orders (organization_uuid, identifier)
    WHERE deleted_at IS NULL;
CREATE INDEX orders_status_idx ON orders (status, uuid) WHERE deleted_at IS NULL;

-- Geometry of the working copy, for everything that asks "where"; derived from orders.content in the same transaction.
CREATE TABLE order_locations (
    uuid uuid PRIMARY KEY,
    order_uuid uuid NOT NULL REFERENCES orders ON DELETE CASCADE,
    measure_uuid uuid NOT NULL,
    position integer NOT NULL,
    geometry geometry(Geometry, 4326)
);
CREATE INDEX order_locations_order_uuid_idx ON order_locations (order_uuid);
CREATE INDEX order_locations_geometry_idx ON order_locations USING gist (geometry);

-- Published versions: written once. No foreign key: a version outlives everything.
CREATE TABLE order_versions (
    order_uuid uuid NOT NULL,
    number integer NOT NULL CHECK (number >= 1),
    organization_uuid uuid NOT NULL,
    organization_name text NOT NULL,
    time_zone text NOT NULL,
    identifier text NOT NULL,
    source text NOT NULL,
    content jsonb NOT NULL,
    schema_version integer NOT NULL,
    published_at timestamptz NOT NULL DEFAULT now(),
    published_by uuid,
    PRIMARY KEY (order_uuid, number)
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: its rows are written once', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER order_versions_immutable BEFORE UPDATE OR DELETE ON order_versions
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER order_versions_not_truncated BEFORE TRUNCATE ON order_versions
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- One row per change of what is public. Readers stop at pg_snapshot_xmin(pg_current_snapshot()), so that a cursor
-- never skips an event whose transaction committed late.
CREATE TABLE publication_events (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
    kind text NOT NULL CHECK (kind IN ('published', 'repealed', 'deleted')),
    order_uuid uuid NOT NULL,
    organization_uuid uuid NOT NULL,
    version_number integer,
    occurred_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX publication_events_order_uuid_idx ON publication_events (order_uuid);
CREATE TRIGGER publication_events_immutable BEFORE UPDATE OR DELETE ON publication_events
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE order_history (
    uuid uuid PRIMARY KEY,
    -- No foreign keys: the history outlives the order and the person.
    order_uuid uuid NOT NULL,
    user_uuid uuid,
    api_client_uuid uuid,
    action text NOT NULL CHECK (action IN ('create', 'update', 'publish', 'repeal', 'delete')),
    revision bigint NOT NULL,
    occurred_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX order_history_order_uuid_idx ON order_history (order_uuid, occurred_at);

-- What is public, prepared when it is published ----------------------------------------------------------------------------

-- One row per measure and location of the current version of each published order.
CREATE TABLE public_restrictions (
    location_uuid uuid PRIMARY KEY,
    measure_uuid uuid NOT NULL,
    order_uuid uuid NOT NULL REFERENCES orders ON DELETE CASCADE,
    version_number integer NOT NULL,
    organization_uuid uuid NOT NULL,
    category text NOT NULL,
    measure_type text NOT NULL,
    max_speed_kmh integer,
    restricts_heavy_goods boolean NOT NULL,
    vehicle_set jsonb NOT NULL,
    periods jsonb NOT NULL,
    -- Exact instants, daylight saving included: the union of the measure's periods, without days and hours.
    validity tstzmultirange NOT NULL,
    -- What the popup shows: dialog_api_types::map::MapLocation.
    card jsonb NOT NULL,
    geometry geometry(Geometry, 4326) NOT NULL,
    -- Simplified for zooms 9 to 12 (about 10 m) and below 9 (about 100 m).
    geometry_z12 geometry(Geometry, 4326) NOT NULL,
    geometry_z8 geometry(Geometry, 4326) NOT NULL
);
CREATE INDEX public_restrictions_order_uuid_idx ON public_restrictions (order_uuid);
CREATE INDEX public_restrictions_geometry_idx ON public_restrictions USING gist (geometry);
CREATE INDEX public_restrictions_validity_idx ON public_restrictions USING gist (validity);

-- Finished DATEX II, one row per order and time state. A feed is the concatenation of the rows that hold now.
CREATE TABLE datex_fragments (
    order_uuid uuid NOT NULL REFERENCES orders ON DELETE CASCADE,
    state text NOT NULL CHECK (state IN ('planned', 'active', 'over')),
    version_number integer NOT NULL,
    category text NOT NULL,
    valid_from timestamptz NOT NULL,
    valid_until timestamptz NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (order_uuid, state),
    CHECK (valid_from < valid_until)
);

-- The rows of datex_fragments that hold now; moved by the worker when time passes, and by each publication.
CREATE TABLE current_datex_fragments (
    order_uuid uuid PRIMARY KEY REFERENCES orders ON DELETE CASCADE,
    state text NOT NULL,
    category text NOT NULL,
    valid_until timestamptz NOT NULL,
    body text NOT NULL
);
CREATE INDEX current_datex_fragments_valid_until_idx ON current_datex_fragments (valid_until);

-- Jobs ------------------------------------------------------------------------------------------------------------------

CREATE TABLE jobs (
    uuid uuid PRIMARY KEY,
    kind text NOT NULL,
    payload jsonb NOT NULL DEFAULT '{}',
    -- Two waiting jobs with the same key are one.
    deduplication_key text,
    run_at timestamptz NOT NULL DEFAULT now(),
    attempts integer NOT NULL DEFAULT 0,
    max_attempts integer NOT NULL DEFAULT 8,
    last_error text,
    -- Set when the last attempt failed: the job stays, to be seen.
    failed_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX jobs_run_at_idx ON jobs (run_at) WHERE failed_at IS NULL;
CREATE UNIQUE INDEX jobs_deduplication_key_idx ON jobs (kind, deduplication_key) WHERE failed_at IS NULL;
