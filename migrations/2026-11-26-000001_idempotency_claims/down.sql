DROP FUNCTION take_idempotency_key(uuid, text, bytea, timestamptz);
