DROP INDEX organization_areas_division_idx;
ALTER TABLE organization_areas
    DROP CONSTRAINT organization_areas_division_check,
    DROP COLUMN edition,
    DROP COLUMN division_code,
    DROP COLUMN division_kind;
