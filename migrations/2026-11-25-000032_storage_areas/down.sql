DROP TABLE reference.storage_areas;
