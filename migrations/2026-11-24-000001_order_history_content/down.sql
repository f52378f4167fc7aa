DROP INDEX order_history_order_uuid_revision_idx;
CREATE INDEX order_history_order_uuid_idx ON order_history (order_uuid, occurred_at);
ALTER TABLE order_history
    DROP COLUMN version_number,
    DROP COLUMN schema_version,
    DROP COLUMN content,
    DROP COLUMN identifier;
