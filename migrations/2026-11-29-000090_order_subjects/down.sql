ALTER TABLE working_orders DROP COLUMN subject;
ALTER TABLE public_orders DROP COLUMN subject;
