//! DATEX II, GeoJSON and the report of what each of them cannot say.
