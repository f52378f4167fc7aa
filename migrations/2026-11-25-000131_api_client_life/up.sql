-- How long a key of an integrator lives, what it may do, and how its secret is changed without an interruption.

-- The key of a person lives as long as that person belongs to the organization, whoever ends it and however.
DELETE FROM api_clients c WHERE user_uuid IS NOT NULL AND NOT EXISTS (
    SELECT FROM memberships m WHERE m.organization_uuid = c.organization_uuid AND m.user_uuid = c.user_uuid);
ALTER TABLE api_clients
    DROP CONSTRAINT api_clients_user_uuid_fkey,
    ADD CONSTRAINT api_clients_membership_fkey
        FOREIGN KEY (organization_uuid, user_uuid) REFERENCES memberships ON DELETE CASCADE;

ALTER TABLE api_clients
    ADD COLUMN scope text NOT NULL DEFAULT 'write' CHECK (scope IN ('read', 'write')),
    ADD COLUMN expires_at timestamptz,
    -- The secret before this one, for a while after it was replaced.
    ADD COLUMN previous_secret_hash bytea CHECK (octet_length(previous_secret_hash) = 32),
    ADD COLUMN previous_secret_until timestamptz,
    ADD CONSTRAINT api_clients_previous_check CHECK ((previous_secret_hash IS NULL) = (previous_secret_until IS NULL)),
    -- bcrypt, of a key that comes from another installation; replaced by secret_hash at its first use.
    ADD COLUMN legacy_hash text,
    ALTER COLUMN secret_hash DROP NOT NULL,
    ADD CONSTRAINT api_clients_secret_check CHECK (num_nonnulls(secret_hash, legacy_hash) = 1);
