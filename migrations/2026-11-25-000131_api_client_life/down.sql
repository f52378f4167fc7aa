DELETE FROM api_clients WHERE secret_hash IS NULL;
ALTER TABLE api_clients
    DROP CONSTRAINT api_clients_secret_check,
    ALTER COLUMN secret_hash SET NOT NULL,
    DROP COLUMN legacy_hash,
    DROP COLUMN previous_secret_hash,
    DROP COLUMN previous_secret_until,
    DROP COLUMN expires_at,
    DROP COLUMN scope,
    DROP CONSTRAINT api_clients_membership_fkey,
    ADD CONSTRAINT api_clients_user_uuid_fkey FOREIGN KEY (user_uuid) REFERENCES users ON DELETE SET NULL;
