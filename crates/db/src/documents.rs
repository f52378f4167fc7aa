//! The official document of an order, read with the order ([`crate::orders::Order::document`]).
//!
//! A trigger has the file of a document that is replaced or deleted removed from the storage: it enqueues a job of kind
//! [`REMOVE_STORED_FILE`] in the same transaction.

use chrono::{DateTime, Utc};
use dialog_domain::OrderId;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::Deserialize;

use crate::Connection;
use crate::schema::order_documents;

/// The kind of the jobs that remove a file from the storage; the trigger of the table writes it too.
pub const REMOVE_STORED_FILE: &str = "remove_stored_file";

/// How often the removal of a file is tried: for a day, because a storage may be down for hours. The trigger says so too.
pub const REMOVAL_ATTEMPTS: i32 = 32;

/// The official document of an order. Read from the JSON form of its row.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Document {
    /// The revision that the order took with the last change of its document.
    pub revision: i64,
    /// What it is.
    pub title: Option<String>,
    /// Where it is.
    #[serde(flatten)]
    pub place: Place,
}

/// Where a document is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Place {
    /// In our storage.
    File(StoredFile),
    /// Somewhere else.
    Link {
        /// An `https` address.
        url: String,
    },
}

/// A file in our storage.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct StoredFile {
    /// Its name there.
    pub storage_key: String,
    /// The name under which it is downloaded.
    pub file_name: String,
    /// What it is.
    pub media_type: String,
    /// Its length.
    #[serde(rename = "size_bytes")]
    pub size: i64,
}

impl Document {
    /// Its file, when it is one.
    #[must_use]
    pub const fn file(&self) -> Option<&StoredFile> {
        match &self.place {
            Place::File(file) => Some(file),
            Place::Link { .. } => None,
        }
    }

    /// Its address, when it is a link.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        match &self.place {
            Place::File(_) => None,
            Place::Link { url } => Some(url),
        }
    }
}

/// The official document of an order.
///
/// # Errors
/// When the query fails.
pub async fn find(connection: &mut Connection, order: OrderId) -> QueryResult<Option<Document>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Jsonb)]
        document: serde_json::Value,
    }
    let row: Option<Row> =
        diesel::sql_query("SELECT to_jsonb(d) AS document FROM order_documents d WHERE order_uuid = $1")
            .bind::<diesel::sql_types::Uuid, _>(order.0)
            .get_result(connection)
            .await
            .optional()?;
    row.map(|row| crate::words::json(row.document)).transpose()
}

/// Attaches a document to an order, in place of the one that is there.
///
/// # Errors
/// When the query fails.
pub async fn put(
    connection: &mut Connection,
    order: OrderId,
    document: &Document,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let file = document.file();
    let values = (
        order_documents::revision.eq(document.revision),
        order_documents::storage_key.eq(file.map(|file| &file.storage_key)),
        order_documents::file_name.eq(file.map(|file| &file.file_name)),
        order_documents::media_type.eq(file.map(|file| &file.media_type)),
        order_documents::size_bytes.eq(file.map(|file| file.size)),
        order_documents::url.eq(document.url()),
        order_documents::title.eq(&document.title),
        order_documents::updated_at.eq(now),
    );
    diesel::insert_into(order_documents::table)
        .values((order_documents::order_uuid.eq(order.0), values))
        .on_conflict(order_documents::order_uuid)
        .do_update()
        .set(values)
        .execute(connection)
        .await
        .map(drop)
}

/// Takes the document away from its order.
///
/// # Errors
/// When the query fails.
pub async fn delete(connection: &mut Connection, order: OrderId) -> QueryResult<()> {
    diesel::delete(order_documents::table.find(order.0)).execute(connection).await.map(drop)
}

/// Whether some order has the file of this name.
///
/// # Errors
/// When the query fails.
pub async fn is_attached(connection: &mut Connection, storage_key: &str) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(order_documents::table.filter(order_documents::storage_key.eq(storage_key))))
        .get_result(connection)
        .await
}
