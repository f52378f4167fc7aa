use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};
use diesel::sql_types::{Array, Double, Text, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use super::patterns::Patterns;
use super::selection::{Phase, Selection};
use super::{Audience, Position};
use crate::Caller;
use crate::words::{contains_pattern, word};

/// The conditions of a query and their values. Only those that limit something are written, so that PostgreSQL plans
/// for them alone. `$1` is the list of the caller's organizations.
pub(super) struct Conditions {
    sql: String,
    values: Vec<Value>,
    /// The name of the list of organizations whose orders are looked for, unless they are those of all.
    owners: Option<String>,
}

enum Value {
    Uuids(Vec<Uuid>),
    Uuid(Uuid),
    Text(String),
    Texts(Vec<String>),
    Instant(DateTime<Utc>),
    Number(f64),
}

impl Conditions {
    /// Those of a selection of rows `p` of the table of an audience.
    pub(super) fn new(
        caller: &Caller,
        audience: Audience,
        selection: &Selection,
        patterns: &Patterns,
    ) -> QueryResult<Self> {
        let mut this = Self { sql: "TRUE".to_owned(), values: Vec::new(), owners: None };
        let asked = selection.organizations.as_ref().map(|asked| asked.iter().map(|one| one.0).collect::<Vec<_>>());
        match audience {
            // What is public is read alike by all: nobody's own organizations matter.
            Audience::Public => {
                this.value(Value::Uuids(Vec::new()));
                this.owners = asked.map(|asked| this.value(Value::Uuids(asked)));
            }
            Audience::Members => {
                let own = caller.organization_uuids();
                let all = this.value(Value::Uuids(own.clone()));
                this.owners = Some(match asked {
                    None => all,
                    Some(asked) => {
                        this.value(Value::Uuids(own.into_iter().filter(|one| asked.contains(one)).collect()))
                    }
                });
            }
        }
        this.select(selection, patterns)?;
        Ok(this)
    }

    /// Rows after this place, in the order of the sort.
    pub(super) fn after(&mut self, position: Position, is_descending: bool) {
        let sign = if is_descending { "<" } else { ">" };
        match position {
            Position::Creation(order) => self.and(&format!("p.order_uuid {sign} ?"), [Value::Uuid(order.0)]),
            Position::Change(at, order) => self.and(
                &format!("(p.changed_at, p.order_uuid) {sign} (?, ?)"),
                [Value::Instant(at), Value::Uuid(order.0)],
            ),
        }
    }

    /// The text of the conditions but the one on the organization.
    pub(super) fn sql(&self) -> &str {
        &self.sql
    }

    /// How the query names the list of organizations whose orders are looked for; `None`: those of all.
    pub(super) fn owners(&self) -> Option<&str> {
        self.owners.as_deref()
    }

    /// Gives a query that holds the text its values.
    pub(super) fn bind(&self, query: SqlQuery) -> BoxedSqlQuery<'static, Pg, SqlQuery> {
        self.values.iter().fold(query.into_boxed(), |query, value| match value {
            Value::Uuids(uuids) => query.bind::<Array<SqlUuid>, _>(uuids.clone()),
            Value::Uuid(uuid) => query.bind::<SqlUuid, _>(*uuid),
            Value::Text(text) => query.bind::<Text, _>(text.clone()),
            Value::Texts(texts) => query.bind::<Array<Text>, _>(texts.clone()),
            Value::Instant(at) => query.bind::<Timestamptz, _>(*at),
            Value::Number(number) => query.bind::<Double, _>(*number),
        })
    }

    fn select(&mut self, selection: &Selection, patterns: &Patterns) -> QueryResult<()> {
        if let Some(status) = selection.status {
            self.and("p.status = ?", [Value::Text(word(status)?)]);
        }
        if let Some(category) = selection.category {
            self.and("p.category = ?", [Value::Text(word(category)?)]);
        }
        if let Some(subject) = selection.subject {
            self.and("p.subject = ?", [Value::Text(word(subject)?)]);
        }
        if let Some(source) = selection.source {
            self.and("p.source = ?", [Value::Text(word(source)?)]);
        }
        if let Some((phase, now)) = selection.phase {
            self.phase(phase, now);
        }
        // These have an index; that of the identifier is among them, and minds accents here.
        for pattern in &patterns.0 {
            self.and("p.words LIKE ?", [Value::Text(pattern.clone())]);
        }
        if let Some(identifier) = &selection.identifier {
            self.and("p.identifier ILIKE ?", [Value::Text(contains_pattern(identifier))]);
        }
        if let Some(code) = &selection.city_code {
            self.and(
                "(p.city_codes @> ? OR p.organization_uuid = ANY(ARRAY( \
                    SELECT uuid FROM organizations WHERE code_type = 'insee' AND code = ?)))",
                [Value::Texts(vec![code.clone()]), Value::Text(code.clone())],
            );
        }
        if let Some(kind) = selection.measure_type {
            self.and("p.measure_types @> ?", [Value::Texts(vec![kind.as_str().to_owned()])]);
        }
        if selection.without_heavy_goods {
            self.and("NOT p.restricts_heavy_goods", []);
        }
        if let Some(at) = selection.ends_from {
            self.and("(p.ends_at IS NULL OR p.ends_at >= ?)", [Value::Instant(at)]);
        }
        if let Some(at) = selection.starts_until {
            self.and("p.starts_at <= ?", [Value::Instant(at)]);
        }
        if let Some(at) = selection.changed_since {
            self.and("p.changed_at >= ?", [Value::Instant(at)]);
        }
        if let Some(area) = selection.bounding_box {
            self.and(
                "EXISTS (SELECT FROM public_restrictions r WHERE r.order_uuid = p.order_uuid \
                    AND ST_Intersects(r.geometry, ST_MakeEnvelope(?, ?, ?, ?, 4326)))",
                [area.min_lon, area.min_lat, area.max_lon, area.max_lat].map(Value::Number),
            );
        }
        Ok(())
    }

    fn phase(&mut self, phase: Phase, now: DateTime<Utc>) {
        let at = || Value::Instant(now);
        match phase {
            Phase::Draft => return self.and("p.status = 'draft'", []),
            Phase::Current => {
                self.and("p.starts_at <= ? AND (p.ends_at IS NULL OR p.ends_at >= ?)", [at(), at()]);
            }
            Phase::Upcoming => self.and("p.starts_at > ?", [at()]),
            // What is over has started: said again for the index on the start.
            Phase::Over => self.and("p.ends_at < ? AND p.starts_at < ?", [at(), at()]),
        }
        self.and("p.status = 'published'", []);
    }

    /// Adds a condition; each `?` stands for the next value.
    fn and<const N: usize>(&mut self, condition: &str, values: [Value; N]) {
        self.sql.push_str(" AND ");
        let mut rest = condition;
        for value in values {
            let Some((before, after)) = rest.split_once('?') else { break };
            self.sql.push_str(before);
            let place = self.value(value);
            self.sql.push_str(&place);
            rest = after;
        }
        self.sql.push_str(rest);
    }

    /// Keeps a value and answers how the query names it.
    fn value(&mut self, value: Value) -> String {
        self.values.push(value);
        format!("${}", self.values.len())
    }
}
