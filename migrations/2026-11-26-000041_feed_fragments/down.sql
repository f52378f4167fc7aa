CREATE TABLE datex_fragments (
    order_uuid uuid NOT NULL REFERENCES orders ON DELETE CASCADE,
    state text NOT NULL CHECK (state IN ('planned', 'active', 'over')),
    version_number integer NOT NULL,
    category text NOT NULL,
    valid_from timestamptz NOT NULL,
    valid_until timestamptz NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (order_uuid, state),
    CHECK (valid_from < valid_until)
);
CREATE TABLE current_datex_fragments (
    order_uuid uuid PRIMARY KEY REFERENCES orders ON DELETE CASCADE,
    state text NOT NULL,
    category text NOT NULL,
    valid_until timestamptz NOT NULL,
    body text NOT NULL
);
CREATE INDEX current_datex_fragments_valid_until_idx ON current_datex_fragments (valid_until);

INSERT INTO current_datex_fragments (order_uuid, state, category, valid_until, body)
    SELECT order_uuid, state, category, valid_until, body FROM current_feed_fragments
    WHERE feed = 'datex' AND set_aside IS NULL;
-- What is past was not kept: nothing reads it.
INSERT INTO datex_fragments (order_uuid, state, version_number, category, valid_from, valid_until, body)
    SELECT order_uuid, state, version_number, category, valid_from, valid_until, body FROM current_feed_fragments
    WHERE feed = 'datex' AND set_aside IS NULL
    UNION ALL
    SELECT f.order_uuid, f.state, c.version_number, c.category, f.valid_from, f.valid_until, f.body
    FROM coming_feed_fragments f JOIN current_feed_fragments c USING (feed, order_uuid) WHERE f.feed = 'datex';
DROP TABLE coming_feed_fragments;
DROP TABLE current_feed_fragments;
