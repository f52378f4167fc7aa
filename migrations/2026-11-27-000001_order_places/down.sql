DROP TABLE public_order_places;
