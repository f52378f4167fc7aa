-- Takes an idempotency key for a request: true when it was free, false when it is known, NULL when the request that has it
-- is still being done after a while.
--
-- A function, because it knows the failure by its SQLSTATE: clients see a message, in the language of the server. And
-- what fails in it is undone alone, so that the transaction around it goes on.
CREATE FUNCTION take_idempotency_key(client uuid, wanted text, hash bytea, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SET lock_timeout = '10s' AS $$
BEGIN
    -- A row of a transaction under way is waited for.
    INSERT INTO idempotency_keys (api_client_uuid, key, request_hash, created_at) VALUES (client, wanted, hash, at)
        ON CONFLICT DO NOTHING;
    RETURN FOUND;
EXCEPTION WHEN lock_not_available THEN
    RETURN NULL;
END
$$;
