-- Answers to requests that carried an Idempotency-Key, kept for a day: sent again, the request is answered the same and
-- done once. Written in the transaction that does what was asked.
CREATE TABLE idempotency_keys (
    api_client_uuid uuid NOT NULL REFERENCES api_clients ON DELETE CASCADE,
    key text NOT NULL CHECK (char_length(key) BETWEEN 1 AND 255),
    -- SHA-256 of what was asked: a key stands for one request.
    request_hash bytea NOT NULL CHECK (octet_length(request_hash) = 32),
    -- Empty while the transaction runs; nobody else sees it then.
    answer jsonb,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (api_client_uuid, key)
);
CREATE INDEX idempotency_keys_created_at_idx ON idempotency_keys (created_at);

-- Answers with success per day in Paris and kind of request; see docs/API-DESIGN.md.
CREATE TABLE api_usage_daily (
    day date NOT NULL,
    kind text NOT NULL CHECK (char_length(kind) BETWEEN 1 AND 20),
    count bigint NOT NULL CHECK (count >= 0),
    exported_at timestamptz,
    PRIMARY KEY (day, kind)
);

-- One key per person and organization.
CREATE UNIQUE INDEX api_clients_organization_uuid_user_uuid_idx ON api_clients (organization_uuid, user_uuid)
    WHERE user_uuid IS NOT NULL;
