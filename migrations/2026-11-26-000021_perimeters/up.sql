-- An area of a perimeter may be a division of the official geography: it can then be drawn again from newer outlines.
ALTER TABLE organization_areas
    ADD COLUMN division_kind text CHECK (division_kind IN ('commune', 'epci', 'department', 'region')),
    ADD COLUMN division_code text,
    -- Editions of the outlines of which it was made.
    ADD COLUMN edition text,
    ADD CONSTRAINT organization_areas_division_check
        CHECK ((division_kind IS NULL) = (division_code IS NULL) AND (division_kind IS NULL) = (edition IS NULL));
CREATE UNIQUE INDEX organization_areas_division_idx
    ON organization_areas (organization_uuid, division_kind, division_code);
