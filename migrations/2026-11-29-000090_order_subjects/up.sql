-- Lists are filtered by the reason of orders too.
ALTER TABLE public_orders ADD COLUMN subject text;
ALTER TABLE working_orders ADD COLUMN subject text;
UPDATE public_orders p SET subject = v.content ->> 'subject'
    FROM orders o JOIN order_versions v ON v.order_uuid = o.uuid AND v.number = o.published_version
    WHERE o.uuid = p.order_uuid AND v.content ->> 'subject' IS NOT NULL;
UPDATE working_orders w SET subject = o.content ->> 'subject'
    FROM orders o WHERE o.uuid = w.order_uuid AND o.content ->> 'subject' IS NOT NULL;
