//! Tables, rows and queries by aggregate; pool and embedded migrations.
