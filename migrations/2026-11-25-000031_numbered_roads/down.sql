DROP INDEX reference.segments_road_number_idx;
DROP TABLE reference.reference_points, reference.road_sections, reference.numbered_roads, reference.road_administrators;
DELETE FROM reference.editions WHERE kind = 'roads';
ALTER TABLE reference.editions
    DROP COLUMN road_administrators,
    DROP COLUMN numbered_roads,
    DROP COLUMN road_sections,
    DROP COLUMN reference_points,
    DROP CONSTRAINT editions_kind_check,
    ADD CONSTRAINT editions_kind_check CHECK (kind IN ('communes', 'network'));
