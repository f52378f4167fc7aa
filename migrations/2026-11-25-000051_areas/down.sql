DROP INDEX reference.segments_insee_right_idx;
DROP INDEX reference.segments_insee_left_idx;
