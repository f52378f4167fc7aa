-- What each change made of the order, so that any two states can be compared. See docs/adr/.
--
-- A creation and an edit carry what was written (dialog_domain::OrderContent without what was found on the network);
-- a publication and a repeal name the version that they froze; a deletion carries nothing.
ALTER TABLE order_history
    ADD COLUMN identifier text,
    ADD COLUMN content jsonb,
    ADD COLUMN schema_version integer,
    ADD COLUMN version_number integer,
    ADD CHECK ((content IS NULL) = (schema_version IS NULL)),
    ADD CHECK (content IS NULL OR version_number IS NULL);
-- The history of an order is read by revision, latest first.
DROP INDEX order_history_order_uuid_idx;
CREATE INDEX order_history_order_uuid_revision_idx ON order_history (order_uuid, revision);
