use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};
use diesel::sql_types::{Array, BigInt, Bool, Double, Text, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

/// Conditions of a query with their values. Only those that limit something are written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clauses {
    sql: Vec<String>,
    values: Vec<Value>,
}

/// A value of a condition.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Uuid(Uuid),
    Uuids(Vec<Uuid>),
    Text(String),
    Texts(Vec<String>),
    Instant(Option<DateTime<Utc>>),
    Number(f64),
    Long(i64),
    Bool(bool),
}

impl Clauses {
    /// Adds a condition; each `?` stands for the next value.
    pub(crate) fn and<const N: usize>(&mut self, condition: &str, values: [Value; N]) {
        let mut sql = String::new();
        let mut rest = condition;
        for value in values {
            let Some((before, after)) = rest.split_once('?') else { break };
            self.values.push(value);
            sql = format!("{sql}{before}${}", self.values.len());
            rest = after;
        }
        sql.push_str(rest);
        self.sql.push(sql);
    }

    /// The conditions that were added since `from`, taken away to be put together in another one.
    pub(crate) fn take_from(&mut self, from: usize) -> Option<String> {
        let taken = self.sql.split_off(from.min(self.sql.len()));
        (!taken.is_empty()).then(|| taken.join(" AND "))
    }

    /// How many conditions there are.
    pub(crate) fn len(&self) -> usize {
        self.sql.len()
    }

    /// The text of all conditions.
    pub(crate) fn sql(&self) -> String {
        if self.sql.is_empty() { "TRUE".to_owned() } else { self.sql.join(" AND ") }
    }

    /// Gives a query that holds the text its values.
    pub(crate) fn bind(&self, query: SqlQuery) -> BoxedSqlQuery<'static, Pg, SqlQuery> {
        self.values.iter().fold(query.into_boxed(), |query, value| match value {
            Value::Uuid(uuid) => query.bind::<SqlUuid, _>(*uuid),
            Value::Uuids(uuids) => query.bind::<Array<SqlUuid>, _>(uuids.clone()),
            Value::Text(text) => query.bind::<Text, _>(text.clone()),
            Value::Texts(texts) => query.bind::<Array<Text>, _>(texts.clone()),
            Value::Instant(at) => query.bind::<diesel::sql_types::Nullable<Timestamptz>, _>(*at),
            Value::Number(number) => query.bind::<Double, _>(*number),
            Value::Long(number) => query.bind::<BigInt, _>(*number),
            Value::Bool(yes) => query.bind::<Bool, _>(*yes),
        })
    }
}
