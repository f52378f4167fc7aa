//! What is public, place by place, and what tiles of the map are cut from.

diesel::table! {
    use diesel::sql_types::*;
    use postgis_diesel::sql_types::Geometry;

    /// What is public, one row per measure and location.
    public_restrictions (location_uuid) {
        location_uuid -> Uuid,
        measure_uuid -> Uuid,
        order_uuid -> Uuid,
        version_number -> Integer,
        organization_uuid -> Uuid,
        category -> Text,
        measure_type -> Text,
        max_speed_kmh -> Nullable<Integer>,
        restricts_heavy_goods -> Bool,
        vehicle_set -> Jsonb,
        periods -> Jsonb,
        validity -> Tstzmultirange,
        card -> Jsonb,
        geometry -> Geometry,
        geometry_z12 -> Geometry,
        geometry_z8 -> Geometry,
        road_type -> Text,
        road_name -> Text,
        city_code -> Nullable<Text>,
        length_m -> Double,
        city_codes -> Array<Text>,
        area -> Nullable<Geometry>,
        direction -> Text,
        vehicle_key -> Uuid,
        ends_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::schema::sql_types::Rectangle;

    /// Shapes of what is public, kept by triggers.
    map_shapes (location_uuid) {
        location_uuid -> Uuid,
        measure_type -> Text,
        category -> Text,
        restricts_heavy_goods -> Bool,
        vehicle_key -> Uuid,
        ends_at -> Timestamptz,
        bounds -> Rectangle,
        cell -> BigInt,
        shown_from -> SmallInt,
        dot -> Bytea,
        drawing -> Bytea,
        drawing_z12 -> Nullable<Bytea>,
        drawing_z8 -> Nullable<Bytea>,
    }
}
