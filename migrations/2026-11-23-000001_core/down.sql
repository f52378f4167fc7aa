DROP TABLE jobs, current_datex_fragments, datex_fragments, public_restrictions, order_history, publication_events,
    order_versions, order_locations, orders, api_clients, memberships, users, organization_areas, organizations;
DROP FUNCTION refuse_change();
DROP EXTENSION unaccent;
DROP EXTENSION pg_trgm;
DROP EXTENSION postgis;
