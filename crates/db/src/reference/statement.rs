//! A statement written in SQL that diesel-async prepares once per connection.

use std::marker::PhantomData;

use diesel::pg::Pg;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::sql_types::{Array, BigInt, Double, Integer, Text};

/// A value bound to a placeholder.
#[derive(Clone, Copy, Debug)]
pub enum Bind<'a> {
    /// A `text`.
    Text(&'a str),
    /// An `integer`.
    Integer(i32),
    /// A `bigint`.
    BigInt(i64),
    /// A `double precision`.
    Double(f64),
    /// A `text[]`.
    Texts(&'a [String]),
    /// An `integer[]`.
    Integers(&'a [i32]),
}

/// A constant statement with its bound values, for queries that diesel's language cannot say (trigrams, tiles, spatial
/// functions). `diesel::sql_query` would be planned anew at each call; this one is prepared once, by its text.
///
/// `$1` in the text is the first value, as in PostgreSQL; a value may be named several times.
#[derive(Clone, Debug)]
pub struct Statement<'a, SqlType> {
    sql: &'static str,
    binds: Vec<Bind<'a>>,
    sql_type: PhantomData<SqlType>,
}

impl<'a, SqlType> Statement<'a, SqlType> {
    /// The statement `sql` whose `$1`… are `binds`.
    #[must_use]
    pub fn new(sql: &'static str, binds: impl Into<Vec<Bind<'a>>>) -> Self {
        Self { sql, binds: binds.into(), sql_type: PhantomData }
    }
}

impl<SqlType> QueryId for Statement<'_, SqlType> {
    type QueryId = ();
    // Without a static identifier diesel keys its cache on the text.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<SqlType> Query for Statement<'_, SqlType> {
    type SqlType = SqlType;
}

impl<SqlType> QueryFragment<Pg> for Statement<'_, SqlType> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        let mut parts = self.sql.split('$');
        out.push_sql(parts.next().unwrap_or_default());
        for part in parts {
            let digits = part.len() - part.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let (number, rest) = part.split_at(digits);
            let bind = number.parse::<usize>().ok().and_then(|number| self.binds.get(number.checked_sub(1)?));
            match bind {
                Some(Bind::Text(value)) => out.push_bind_param::<Text, _>(*value)?,
                Some(Bind::Integer(value)) => out.push_bind_param::<Integer, _>(value)?,
                Some(Bind::BigInt(value)) => out.push_bind_param::<BigInt, _>(value)?,
                Some(Bind::Double(value)) => out.push_bind_param::<Double, _>(value)?,
                Some(Bind::Texts(value)) => out.push_bind_param::<Array<Text>, _>(*value)?,
                Some(Bind::Integers(value)) => out.push_bind_param::<Array<Integer>, _>(*value)?,
                None => {
                    return Err(diesel::result::Error::QueryBuilderError(
                        format!("statement names ${number} but binds {} values", self.binds.len()).into(),
                    ));
                }
            }
            out.push_sql(rest);
        }
        Ok(())
    }
}
