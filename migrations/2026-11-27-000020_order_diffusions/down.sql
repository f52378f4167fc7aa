DROP TABLE order_diffusions;
