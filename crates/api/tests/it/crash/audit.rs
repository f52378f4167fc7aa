//! What is in the database, against what was acknowledged and against itself.

use std::collections::HashMap;

use dialog_db::Connection;
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, Text};
use diesel_async::RunQueryDsl;

use super::writer::Ledger;

/// An order with everything that belongs to it.
#[derive(Debug, QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    identifier: String,
    #[diesel(sql_type = Text)]
    uuid: String,
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = BigInt)]
    revision: i64,
    #[diesel(sql_type = Bool)]
    has_unpublished_changes: bool,
    #[diesel(sql_type = BigInt)]
    locations: i64,
    #[diesel(sql_type = BigInt)]
    stored_locations: i64,
    /// Numbers of the versions.
    #[diesel(sql_type = Array<BigInt>)]
    versions: Vec<i64>,
    /// Versions of the publication events, in their order.
    #[diesel(sql_type = Array<BigInt>)]
    events: Vec<i64>,
    /// What was done, in its order.
    #[diesel(sql_type = Array<Text>)]
    history: Vec<String>,
    #[diesel(sql_type = Nullable<Text>)]
    version_title: Option<String>,
    /// Rows of the map of the last version, and of any other.
    #[diesel(sql_type = BigInt)]
    restrictions: i64,
    #[diesel(sql_type = BigInt)]
    stale: i64,
    #[diesel(sql_type = BigInt)]
    fragments: i64,
    #[diesel(sql_type = BigInt)]
    current_fragments: i64,
    /// What the exporters made of the last version.
    #[diesel(sql_type = BigInt)]
    diffusions: i64,
}

const ORDERS: &str = "SELECT o.identifier, o.uuid::text, o.status, o.content ->> 'title' AS title, o.revision, \
        o.has_unpublished_changes, \
        (SELECT COALESCE(sum(jsonb_array_length(m -> 'locations')), 0)::bigint \
            FROM jsonb_array_elements(o.content -> 'measures') m) AS locations, \
        (SELECT count(*) FROM order_locations l WHERE l.order_uuid = o.uuid AND l.geometry IS NOT NULL) \
            AS stored_locations, \
        ARRAY(SELECT number::bigint FROM order_versions v WHERE v.order_uuid = o.uuid ORDER BY number) AS versions, \
        ARRAY(SELECT version_number::bigint FROM publication_events e \
            WHERE e.order_uuid = o.uuid AND kind = 'published' ORDER BY id) AS events, \
        ARRAY(SELECT action FROM order_history h WHERE h.order_uuid = o.uuid ORDER BY h.revision) AS history, \
        (SELECT v.content ->> 'title' FROM order_versions v \
            WHERE v.order_uuid = o.uuid AND v.number = o.published_version) AS version_title, \
        (SELECT count(*) FROM public_restrictions r \
            WHERE r.order_uuid = o.uuid AND r.version_number = o.published_version) AS restrictions, \
        (SELECT count(*) FROM public_restrictions r \
            WHERE r.order_uuid = o.uuid AND r.version_number IS DISTINCT FROM o.published_version) \
            + (SELECT count(*) FROM current_feed_fragments f \
                WHERE f.order_uuid = o.uuid AND f.version_number IS DISTINCT FROM o.published_version) AS stale, \
        (SELECT count(*) FROM coming_feed_fragments f WHERE f.order_uuid = o.uuid) AS fragments, \
        (SELECT count(*) FROM current_feed_fragments f \
            WHERE f.order_uuid = o.uuid AND f.feed = 'datex' AND f.body <> '') AS current_fragments, \
        (SELECT count(*) FROM order_diffusions d \
            WHERE d.order_uuid = o.uuid AND d.version_number = o.published_version) AS diffusions \
    FROM orders o ORDER BY o.identifier, o.uuid";

/// Fails when something acknowledged is missing, when something is there twice, or when something is there in part.
/// Answers a sentence on what was looked at.
pub async fn audit(connection: &mut Connection, base_url: &str, ledger: &Ledger) -> String {
    let rows: Vec<Row> = diesel::sql_query(ORDERS).load(connection).await.expect("the orders");
    for row in &rows {
        is_whole(row);
    }
    let mut by_identifier: HashMap<&str, &Row> = HashMap::new();
    for row in &rows {
        assert!(by_identifier.insert(&row.identifier, row).is_none(), "{} is there twice", row.identifier);
    }
    let acknowledged = ledger.orders();
    for order in &acknowledged {
        let row = by_identifier.get(order.identifier.as_str()).unwrap_or_else(|| panic!("lost: {order:?}"));
        assert!(order.uuid.as_ref().is_none_or(|uuid| *uuid == row.uuid), "{order:?} became {row:?}");
        assert_eq!((row.title.as_str(), row.locations), (order.title.as_str(), order.locations), "{row:?}");
        assert_eq!(row.versions.last(), Some(&order.versions), "{order:?} became {row:?}");
    }
    nothing_without_its_order(connection).await;

    // What the public reads is what is stored.
    let feed = reqwest::get(format!("{base_url}/api/regulations.xml")).await.expect("the feed").text().await;
    let feed = feed.expect("the feed");
    let published: Vec<&Row> = rows.iter().filter(|row| row.status == "published").collect();
    for row in &published {
        let openings = feed.matches(&format!("<trafficRegulationOrder id=\"{}\"", row.uuid)).count();
        assert_eq!(openings, 1, "{row:?} in the feed");
    }
    assert_eq!(feed.matches("<trafficRegulationOrder id=").count(), published.len());
    format!("{} orders acknowledged, {} stored, {} published", acknowledged.len(), rows.len(), published.len())
}

fn is_whole(row: &Row) {
    let versions = i64::try_from(row.versions.len()).expect("a few versions");
    assert_eq!(row.versions, (1..=versions).collect::<Vec<_>>(), "{row:?}");
    assert_eq!(row.events, row.versions, "each version has its event, once: {row:?}");
    assert_eq!(row.stored_locations, row.locations, "{row:?}");
    assert_eq!(i64::try_from(row.history.len()).expect("a few changes"), row.revision, "{row:?}");
    assert!(!row.has_unpublished_changes, "writes to a published order publish: {row:?}");
    assert_eq!(row.stale, 0, "{row:?}");
    let expected: &[&str] = match versions {
        0 => &["create"],
        1 => &["create", "publish"],
        2 => &["create", "publish", "update", "publish"],
        _ => panic!("nobody asked for so many versions: {row:?}"),
    };
    assert_eq!(row.history, expected, "{row:?}");
    if versions == 0 {
        assert_eq!((row.status.as_str(), row.restrictions, row.fragments, row.current_fragments), ("draft", 0, 0, 0));
    } else {
        assert_eq!((row.status.as_str(), row.restrictions), ("published", row.locations), "{row:?}");
        assert_eq!(row.version_title.as_deref(), Some(row.title.as_str()), "{row:?}");
        assert!(row.fragments > 0 && row.current_fragments == 1 && row.diffusions == 4, "{row:?}");
    }
}

async fn nothing_without_its_order(connection: &mut Connection) {
    #[derive(QueryableByName)]
    struct Orphans {
        #[diesel(sql_type = BigInt)]
        orphans: i64,
    }
    for table in [
        "order_versions",
        "publication_events",
        "order_history",
        "public_restrictions",
        "coming_feed_fragments",
        "order_diffusions",
    ] {
        let query = format!(
            "SELECT count(*) AS orphans FROM {table} t WHERE NOT EXISTS (SELECT FROM orders o WHERE o.uuid = t.order_uuid)"
        );
        let row: Orphans = diesel::sql_query(query).get_result(connection).await.expect("a count");
        assert_eq!(row.orphans, 0, "{table}");
    }
}
