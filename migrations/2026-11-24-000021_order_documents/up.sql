-- The official document of an order: a file of ours, or a link. See docs/adr/.
CREATE TABLE order_documents (
    order_uuid uuid PRIMARY KEY REFERENCES orders ON DELETE CASCADE,
    -- The revision that the order took with the last change of its document.
    revision bigint NOT NULL,
    -- Name of the file in the storage: random, never reused.
    storage_key text UNIQUE,
    -- Name under which it is downloaded.
    file_name text,
    media_type text,
    size_bytes bigint CHECK (size_bytes > 0),
    url text,
    title text,
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (num_nonnulls(storage_key, url) = 1),
    CHECK (num_nulls(storage_key, file_name, media_type, size_bytes) IN (0, 4))
);

-- Whatever takes a file away from its order (another file, a link, the order itself deleted) has it removed from the
-- storage, by a job that exists when the change is committed and not before. A storage may be down for a day.
CREATE FUNCTION remove_stored_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO jobs (uuid, kind, payload, deduplication_key, max_attempts)
    VALUES (gen_random_uuid(), 'remove_stored_file', jsonb_build_object('key', OLD.storage_key), OLD.storage_key, 32)
    ON CONFLICT (kind, deduplication_key) WHERE failed_at IS NULL DO UPDATE SET run_at = LEAST(jobs.run_at, now());
    RETURN NULL;
END
$$;
CREATE TRIGGER order_documents_deleted AFTER DELETE ON order_documents
    FOR EACH ROW WHEN (OLD.storage_key IS NOT NULL) EXECUTE FUNCTION remove_stored_file();
CREATE TRIGGER order_documents_replaced AFTER UPDATE ON order_documents
    FOR EACH ROW WHEN (OLD.storage_key IS DISTINCT FROM NEW.storage_key AND OLD.storage_key IS NOT NULL)
    EXECUTE FUNCTION remove_stored_file();

-- Its history.
ALTER TABLE order_history DROP CONSTRAINT order_history_action_check, ADD CONSTRAINT order_history_action_check
    CHECK (action IN ('create', 'update', 'publish', 'repeal', 'delete', 'attach', 'detach'));
