-- What changed in a feed since its groups were compressed. Rows are only added and taken away, so that publications do
-- not wait for each other here; several for the same order are one.
CREATE TABLE feed_marks (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    feed text NOT NULL,
    order_uuid uuid NOT NULL
);
CREATE INDEX feed_marks_idx ON feed_marks (feed, order_uuid);

-- Whoever changes a feed leaves a mark, whichever way.
CREATE FUNCTION mark_feed_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO feed_marks (feed, order_uuid) SELECT feed, order_uuid FROM changed;
    RETURN NULL;
END
$$;
CREATE TRIGGER current_feed_fragments_inserted AFTER INSERT ON current_feed_fragments
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_feed_rows();
CREATE TRIGGER current_feed_fragments_updated AFTER UPDATE ON current_feed_fragments
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_feed_rows();
CREATE TRIGGER current_feed_fragments_deleted AFTER DELETE ON current_feed_fragments
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_feed_rows();

-- A feed compressed in parts: each holds the orders from first_order up to next_order, and all identifiers are in one.
-- A part is deflate data that ends on a byte and refers to nothing before, so that parts follow each other in one gzip
-- member. It tells the feed as long as no mark lies within its bounds.
CREATE TABLE feed_groups (
    feed text NOT NULL,
    first_order uuid NOT NULL,
    next_order uuid NOT NULL CHECK (first_order < next_order),
    orders bigint NOT NULL,
    -- Of what is compressed: length and CRC-32.
    bytes bigint NOT NULL,
    crc bigint NOT NULL,
    deflate bytea NOT NULL,
    PRIMARY KEY (feed, first_order)
);
ALTER TABLE feed_groups ALTER COLUMN deflate SET STORAGE EXTERNAL;
INSERT INTO feed_groups (feed, first_order, next_order, orders, bytes, crc, deflate)
    SELECT feed, '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 0, 0, 0, ''
    FROM unnest(ARRAY['datex', 'cifs']) AS feed;
INSERT INTO feed_marks (feed, order_uuid) SELECT feed, order_uuid FROM current_feed_fragments;

-- A feed compressed by brotli, whole, once it has not changed for a while. It tells one state of it alone.
CREATE TABLE feed_brotli (
    feed text NOT NULL,
    part integer NOT NULL,
    -- public_state.revision, and the envelope of the release that wrote it.
    revision bigint NOT NULL,
    envelope text NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (feed, part)
);
ALTER TABLE feed_brotli ALTER COLUMN body SET STORAGE EXTERNAL;

-- It has another name now.
DELETE FROM jobs WHERE kind = 'move_datex_fragments';
