//! Tables as diesel sees them: the same names and order of columns as in `migrations/`.
//!
//! A test compares this file with a migrated database, so that neither moves without the other.
#![expect(missing_docs, reason = "columns are explained by the migrations")]

mod restrictions;

pub use restrictions::{map_shapes, public_restrictions};

/// PostgreSQL types that neither diesel nor `postgis_diesel` know.
pub mod sql_types {
    /// Identifier of a transaction (`xid8`).
    #[derive(Clone, Copy, Debug, diesel::sql_types::SqlType, diesel::query_builder::QueryId)]
    #[diesel(postgres_type(name = "xid8"))]
    pub struct Xid8;

    /// A rectangle in a plane (`box`).
    #[derive(Clone, Copy, Debug, diesel::sql_types::SqlType, diesel::query_builder::QueryId)]
    #[diesel(postgres_type(name = "box"))]
    pub struct Rectangle;
}

diesel::table! {
    /// Road authorities.
    organizations (uuid) {
        uuid -> Uuid,
        name -> Text,
        siret -> Nullable<Text>,
        code -> Nullable<Text>,
        code_type -> Nullable<Text>,
        time_zone -> Text,
        revision -> BigInt,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use postgis_diesel::sql_types::Geometry;

    /// Perimeter of an organization: the union of its areas.
    organization_areas (uuid) {
        uuid -> Uuid,
        organization_uuid -> Uuid,
        label -> Text,
        geometry -> Geometry,
        division_kind -> Nullable<Text>,
        division_code -> Nullable<Text>,
        edition -> Nullable<Text>,
    }
}

diesel::table! {
    /// People who log in.
    users (uuid) {
        uuid -> Uuid,
        email -> Text,
        full_name -> Text,
        password_hash -> Nullable<Text>,
        is_super_admin -> Bool,
        is_verified -> Bool,
        revision -> BigInt,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    /// Who belongs to which organization.
    memberships (organization_uuid, user_uuid) {
        organization_uuid -> Uuid,
        user_uuid -> Uuid,
        is_owner -> Bool,
    }
}

diesel::table! {
    /// Keys of integrators.
    api_clients (uuid) {
        uuid -> Uuid,
        client_id -> Text,
        secret_hash -> Nullable<Bytea>,
        organization_uuid -> Uuid,
        user_uuid -> Nullable<Uuid>,
        is_active -> Bool,
        created_at -> Timestamptz,
        last_used_at -> Nullable<Timestamptz>,
        scope -> Text,
        expires_at -> Nullable<Timestamptz>,
        previous_secret_hash -> Nullable<Bytea>,
        previous_secret_until -> Nullable<Timestamptz>,
        legacy_hash -> Nullable<Text>,
    }
}

diesel::table! {
    /// Answers to requests that may be sent again.
    idempotency_keys (api_client_uuid, key) {
        api_client_uuid -> Uuid,
        key -> Text,
        request_hash -> Bytea,
        answer -> Nullable<Jsonb>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    /// Answers with success per day and kind of request.
    api_usage_daily (day, kind) {
        day -> Date,
        kind -> Text,
        count -> BigInt,
        exported_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    /// Orders: keys, status and working copy.
    orders (uuid) {
        uuid -> Uuid,
        organization_uuid -> Uuid,
        identifier -> Text,
        status -> Text,
        source -> Text,
        content -> Jsonb,
        schema_version -> Integer,
        revision -> BigInt,
        published_version -> Nullable<Integer>,
        has_unpublished_changes -> Bool,
        created_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use postgis_diesel::sql_types::Geometry;

    /// Geometry of the locations of working copies.
    order_locations (uuid) {
        uuid -> Uuid,
        order_uuid -> Uuid,
        measure_uuid -> Uuid,
        position -> Integer,
        geometry -> Nullable<Geometry>,
    }
}

diesel::table! {
    /// Published versions, written once.
    order_versions (order_uuid, number) {
        order_uuid -> Uuid,
        number -> Integer,
        organization_uuid -> Uuid,
        organization_name -> Text,
        time_zone -> Text,
        identifier -> Text,
        source -> Text,
        content -> Jsonb,
        schema_version -> Integer,
        published_at -> Timestamptz,
        published_by -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Xid8;

    /// One row per change of what is public.
    publication_events (id) {
        id -> BigInt,
        transaction_id -> Xid8,
        kind -> Text,
        order_uuid -> Uuid,
        organization_uuid -> Uuid,
        version_number -> Nullable<Integer>,
        occurred_at -> Timestamptz,
    }
}

diesel::table! {
    /// Who did what to an order.
    order_history (uuid) {
        uuid -> Uuid,
        order_uuid -> Uuid,
        user_uuid -> Nullable<Uuid>,
        api_client_uuid -> Nullable<Uuid>,
        action -> Text,
        revision -> BigInt,
        occurred_at -> Timestamptz,
        identifier -> Nullable<Text>,
        content -> Nullable<Jsonb>,
        schema_version -> Nullable<Integer>,
        version_number -> Nullable<Integer>,
    }
}

diesel::table! {
    /// What each order is now in each feed.
    current_feed_fragments (feed, order_uuid) {
        feed -> Text,
        order_uuid -> Uuid,
        version_number -> Integer,
        state -> Text,
        category -> Text,
        edition -> Integer,
        valid_from -> Timestamptz,
        valid_until -> Timestamptz,
        set_aside -> Nullable<Text>,
        body -> Text,
    }
}

diesel::table! {
    /// What each order will be later in each feed.
    coming_feed_fragments (feed, order_uuid, valid_from) {
        feed -> Text,
        order_uuid -> Uuid,
        state -> Text,
        valid_from -> Timestamptz,
        valid_until -> Timestamptz,
        body -> Text,
    }
}

diesel::table! {
    /// What each exporter makes of what is public.
    order_diffusions (order_uuid, exporter) {
        order_uuid -> Uuid,
        exporter -> Text,
        version_number -> Integer,
        leaves_at -> Nullable<Timestamptz>,
        entered_at -> Nullable<Timestamptz>,
        left_at -> Nullable<Timestamptz>,
        losses -> Jsonb,
    }
}

diesel::table! {
    /// What changed in a feed since its groups were compressed.
    feed_marks (id) {
        id -> BigInt,
        feed -> Text,
        order_uuid -> Uuid,
    }
}

diesel::table! {
    /// A feed compressed in parts.
    feed_groups (feed, first_order) {
        feed -> Text,
        first_order -> Uuid,
        next_order -> Uuid,
        orders -> BigInt,
        bytes -> BigInt,
        crc -> BigInt,
        deflate -> Bytea,
    }
}

diesel::table! {
    /// A feed compressed whole.
    feed_brotli (feed, part) {
        feed -> Text,
        part -> Integer,
        revision -> BigInt,
        envelope -> Text,
        body -> Bytea,
    }
}

diesel::table! {
    /// What public answers are tagged with; one row.
    public_state (is_only) {
        is_only -> Bool,
        revision -> BigInt,
        changed_at -> Timestamptz,
    }
}

diesel::table! {
    /// Orders as everybody lists them.
    public_orders (order_uuid) {
        order_uuid -> Uuid,
        organization_uuid -> Uuid,
        identifier -> Text,
        status -> Text,
        source -> Text,
        category -> Text,
        starts_at -> Nullable<Timestamptz>,
        ends_at -> Nullable<Timestamptz>,
        restricts_heavy_goods -> Bool,
        measure_types -> Array<Text>,
        city_codes -> Array<Text>,
        words -> Text,
        changed_at -> Timestamptz,
        subject -> Nullable<Text>,
    }
}

diesel::table! {
    /// Communes of the orders that everybody lists, by type of measures.
    public_order_places (order_uuid, city_code, measure_type) {
        order_uuid -> Uuid,
        city_code -> Text,
        measure_type -> Text,
    }
}

diesel::table! {
    /// Orders as members list them.
    working_orders (order_uuid) {
        order_uuid -> Uuid,
        organization_uuid -> Uuid,
        identifier -> Text,
        status -> Text,
        source -> Text,
        category -> Text,
        starts_at -> Nullable<Timestamptz>,
        ends_at -> Nullable<Timestamptz>,
        restricts_heavy_goods -> Bool,
        measure_types -> Array<Text>,
        city_codes -> Array<Text>,
        words -> Text,
        changed_at -> Timestamptz,
        subject -> Nullable<Text>,
    }
}

diesel::table! {
    /// Official documents of orders.
    order_documents (order_uuid) {
        order_uuid -> Uuid,
        revision -> BigInt,
        storage_key -> Nullable<Text>,
        file_name -> Nullable<Text>,
        media_type -> Nullable<Text>,
        size_bytes -> Nullable<BigInt>,
        url -> Nullable<Text>,
        title -> Nullable<Text>,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    /// Work for the worker process.
    jobs (uuid) {
        uuid -> Uuid,
        kind -> Text,
        payload -> Jsonb,
        deduplication_key -> Nullable<Text>,
        run_at -> Timestamptz,
        attempts -> Integer,
        max_attempts -> Integer,
        last_error -> Nullable<Text>,
        failed_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
    }
}

diesel::joinable!(api_clients -> organizations (organization_uuid));
diesel::joinable!(api_clients -> users (user_uuid));
diesel::joinable!(memberships -> organizations (organization_uuid));
diesel::joinable!(memberships -> users (user_uuid));
diesel::joinable!(orders -> organizations (organization_uuid));

diesel::allow_tables_to_appear_in_same_query!(
    organizations,
    organization_areas,
    users,
    memberships,
    api_clients,
    idempotency_keys,
    api_usage_daily,
    orders,
    order_locations,
    order_documents,
    order_versions,
    publication_events,
    order_history,
    public_restrictions,
    current_feed_fragments,
    coming_feed_fragments,
    order_diffusions,
    feed_marks,
    feed_groups,
    feed_brotli,
    public_state,
    public_order_places,
    public_orders,
    working_orders,
    jobs,
);
