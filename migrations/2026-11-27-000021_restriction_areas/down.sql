DROP INDEX public_restrictions_organization_uuid_idx;
ALTER TABLE public_restrictions DROP COLUMN city_codes, DROP COLUMN area;
DROP FUNCTION reference.arrondissements_of;
DROP FUNCTION reference.communes_of;
