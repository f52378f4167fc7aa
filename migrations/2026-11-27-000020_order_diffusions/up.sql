-- What each exporter makes of the published version of an order: until when it is in the feed, and what is lost on the
-- way; and what became of the versions before it, so that nobody writes them again to know since when it is in or out.
-- No foreign key: rows come with the publication of an order and go with its deletion, in the same transactions.
CREATE TABLE order_diffusions (
    order_uuid uuid NOT NULL,
    exporter text NOT NULL CHECK (exporter IN ('datex', 'datex_legacy', 'cifs', 'rows')),
    version_number integer NOT NULL,
    -- When this version leaves by the passage of time; NULL: it never is in.
    leaves_at timestamptz,
    -- Since when the order is in without a break; NULL: this version never is in.
    entered_at timestamptz,
    -- When the order last left before that; NULL: never.
    left_at timestamptz,
    -- dialog_exports::Loss, in the order of the content.
    losses jsonb NOT NULL,
    PRIMARY KEY (order_uuid, exporter)
);
