-- One row: what public answers are tagged with. Its revision grows in the transaction of every change of what is
-- public, so that an answer never carries the tag of another content. Event numbers would not do: an event may be
-- committed after one with a higher number.
CREATE TABLE public_state (
    is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
    revision bigint NOT NULL DEFAULT 0,
    changed_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO public_state DEFAULT VALUES;

-- Earliest start of the periods of the working copy, by which lists are sorted.
ALTER TABLE orders ADD COLUMN starts_at timestamptz;
CREATE INDEX orders_starts_at_idx ON orders (starts_at DESC NULLS FIRST, identifier, uuid) WHERE deleted_at IS NULL;
