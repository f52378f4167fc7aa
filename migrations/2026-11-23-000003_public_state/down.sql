ALTER TABLE orders DROP COLUMN starts_at;
DROP TABLE public_state;
