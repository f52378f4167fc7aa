DROP INDEX public_orders_validity_idx;
CREATE INDEX public_orders_validity_idx ON public_orders (starts_at DESC NULLS FIRST, ends_at);
