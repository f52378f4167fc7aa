//! The schema in Rust says what the migrations made.

use std::collections::BTreeMap;

use dialog_test_support::TestDatabase;
use diesel::sql_types::{Bool, Text};
use diesel_async::RunQueryDsl;

type Tables = BTreeMap<String, Vec<String>>;

/// `table (key)` → its columns as `name -> Type`, in order.
fn declared() -> Tables {
    let mut tables = Tables::new();
    let mut current = None;
    let files = concat!(include_str!("../../src/schema.rs"), include_str!("../../src/schema/restrictions.rs"));
    for line in files.lines().map(str::trim) {
        if let Some(table) = line.strip_suffix(" {").filter(|line| line.contains(" (") && !line.starts_with("diesel")) {
            current = Some(table.to_owned());
            tables.insert(table.to_owned(), Vec::new());
        } else if line == "}" {
            current = None;
        } else if let (Some(table), true) = (&current, line.contains(" -> ")) {
            tables.get_mut(table).unwrap().push(line.trim_end_matches(',').to_owned());
        }
    }
    tables
}

fn diesel_type(sql: &str, is_nullable: bool) -> String {
    let name = match sql {
        "uuid" => "Uuid",
        "text" => "Text",
        "bool" => "Bool",
        "int2" => "SmallInt",
        "int4" => "Integer",
        "box" => "Rectangle",
        "int8" => "BigInt",
        "bytea" => "Bytea",
        "jsonb" => "Jsonb",
        "timestamptz" => "Timestamptz",
        "tstzmultirange" => "Tstzmultirange",
        "xid8" => "Xid8",
        "geometry" => "Geometry",
        "_text" => "Array<Text>",
        "date" => "Date",
        "float8" => "Double",
        other => panic!("schema.rs has no name for {other}"),
    };
    if is_nullable { format!("Nullable<{name}>") } else { name.to_owned() }
}

async fn migrated() -> Tables {
    #[derive(diesel::QueryableByName)]
    struct Column {
        #[diesel(sql_type = Text)]
        table_name: String,
        #[diesel(sql_type = Text)]
        keys: String,
        #[diesel(sql_type = Text)]
        name: String,
        #[diesel(sql_type = Text)]
        sql_type: String,
        #[diesel(sql_type = Bool)]
        is_nullable: bool,
    }
    let database = TestDatabase::empty().await;
    // The tables of PostGIS and of diesel are not ours.
    let columns: Vec<Column> = diesel::sql_query(
        "SELECT c.relname::text AS table_name, a.attname::text AS name, t.typname::text AS sql_type, \
                NOT a.attnotnull AS is_nullable, \
                (SELECT string_agg(k.attname::text, ', ' ORDER BY array_position(i.indkey::smallint[], k.attnum)) \
                 FROM pg_index i JOIN pg_attribute k ON k.attrelid = c.oid AND k.attnum = ANY (i.indkey) \
                 WHERE i.indrelid = c.oid AND i.indisprimary) AS keys \
         FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type t ON t.oid = a.atttypid \
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped \
           AND c.relname NOT IN ('spatial_ref_sys', '__diesel_schema_migrations') \
         ORDER BY c.relname, a.attnum",
    )
    .load(&mut database.connection().await)
    .await
    .unwrap();
    let mut tables = Tables::new();
    for column in columns {
        tables.entry(format!("{} ({})", column.table_name, column.keys)).or_default().push(format!(
            "{} -> {}",
            column.name,
            diesel_type(&column.sql_type, column.is_nullable)
        ));
    }
    tables
}

#[tokio::test]
async fn schema_file_is_what_the_migrations_made() {
    let (declared, migrated) = (declared(), migrated().await);
    assert_eq!(declared.keys().collect::<Vec<_>>(), migrated.keys().collect::<Vec<_>>());
    for (table, columns) in migrated {
        assert_eq!(declared[&table], columns, "{table}");
    }
}
