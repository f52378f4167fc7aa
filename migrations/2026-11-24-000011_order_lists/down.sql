ALTER TABLE orders ADD COLUMN starts_at timestamptz;
UPDATE orders SET starts_at = w.starts_at FROM working_orders w WHERE w.order_uuid = orders.uuid;
CREATE INDEX orders_starts_at_idx ON orders (starts_at DESC NULLS FIRST, identifier, uuid) WHERE deleted_at IS NULL;
DROP TABLE working_orders;
DROP TABLE public_orders;
