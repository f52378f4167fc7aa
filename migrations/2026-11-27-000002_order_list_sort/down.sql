DROP INDEX working_orders_validity_idx;
CREATE INDEX working_orders_validity_idx ON working_orders (organization_uuid, starts_at DESC NULLS FIRST, ends_at);
DROP INDEX public_orders_organization_uuid_idx;
CREATE INDEX public_orders_organization_uuid_idx ON public_orders (organization_uuid, starts_at DESC NULLS FIRST);
