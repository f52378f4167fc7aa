DROP INDEX reference.communes_parent_idx;
