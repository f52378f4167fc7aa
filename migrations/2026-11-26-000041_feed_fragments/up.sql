-- Finished fragments of every feed, not of DATEX II alone. What an order is now in a feed stands in one table, what it
-- will be later in the other: the past is never asked for again.
CREATE TABLE current_feed_fragments (
    feed text NOT NULL CHECK (feed IN ('datex', 'cifs')),
    order_uuid uuid NOT NULL REFERENCES orders ON DELETE CASCADE,
    version_number integer NOT NULL,
    state text NOT NULL CHECK (state IN ('planned', 'active', 'over')),
    category text NOT NULL,
    -- Which edition of the exporter wrote it: another one writes it again.
    edition integer NOT NULL,
    valid_from timestamptz NOT NULL,
    valid_until timestamptz NOT NULL CHECK (valid_from < valid_until),
    -- Why the exporter could not write the order. The rest of the feed goes on without it.
    set_aside text,
    -- Empty: nothing of the order is in the feed meanwhile.
    body text NOT NULL,
    PRIMARY KEY (feed, order_uuid)
);
CREATE INDEX current_feed_fragments_valid_until_idx ON current_feed_fragments (valid_until);
CREATE INDEX current_feed_fragments_order_uuid_idx ON current_feed_fragments (order_uuid);
CREATE INDEX current_feed_fragments_set_aside_idx ON current_feed_fragments (feed, order_uuid) WHERE set_aside IS NOT NULL;

-- No foreign key: rows come and go with those of current_feed_fragments, in the same statements.
CREATE TABLE coming_feed_fragments (
    feed text NOT NULL,
    order_uuid uuid NOT NULL,
    state text NOT NULL CHECK (state IN ('planned', 'active', 'over')),
    valid_from timestamptz NOT NULL,
    valid_until timestamptz NOT NULL CHECK (valid_from < valid_until),
    body text NOT NULL,
    PRIMARY KEY (feed, order_uuid, valid_from)
);

-- Edition 0 is older than any: the worker writes these again, and those of CIFS for the first time.
INSERT INTO current_feed_fragments
    (feed, order_uuid, version_number, state, category, edition, valid_from, valid_until, body)
    SELECT 'datex', c.order_uuid, f.version_number, c.state, c.category, 0, f.valid_from, c.valid_until, c.body
    FROM current_datex_fragments c JOIN datex_fragments f ON f.order_uuid = c.order_uuid AND f.state = c.state;
INSERT INTO coming_feed_fragments (feed, order_uuid, state, valid_from, valid_until, body)
    SELECT 'datex', f.order_uuid, f.state, f.valid_from, f.valid_until, f.body
    FROM datex_fragments f JOIN current_datex_fragments c ON c.order_uuid = f.order_uuid
    WHERE f.valid_from >= c.valid_until;
DROP TABLE current_datex_fragments;
DROP TABLE datex_fragments;
