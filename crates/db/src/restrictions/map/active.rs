//! Whether the periods of a row apply at an instant, asked in SQL.
//!
//! The bounds of days and hours are local times, and the instant of a later local time is never an earlier one
//! ([`dialog_domain::time`]). So one local time stands for the instant in each zone: the last minute whose instant has
//! come. What begins at that minute or before has begun; what ends after it has not ended.

use chrono::{DateTime, Datelike, Days, NaiveDateTime, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::Tz;
use dialog_domain::{Day, time};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::{Map, Value, json};

use crate::Connection;
use crate::schema::organizations;

/// The periods that apply by the clock of `$now`… (SQL/JSON path). 23:59 as an end is the end of the day; a slot that
/// ends when it starts or before ends on the next day.
pub(super) const APPLIES: &str = r#"$[*] ? (
    @.start <= $now && (!(exists(@.end)) || @.end == null || @.end > $now || @.end == $lastMinute)
    && (
        (@.recurrence.type == "everyDay" || @.recurrence.days[*] == $today)
        && (!(exists(@.timeSlots[*])) || exists(@.timeSlots[*] ?
            (@.start <= $time && (@.end <= @.start || @.end > $time || @.end == "23:59:00"))))
        || (@.recurrence.type == "everyDay" || @.recurrence.days[*] == $yesterday)
        && exists(@.timeSlots[*] ? (@.end <= @.start && @.end > $time))
    ))"#;

/// The clock of each zone in which orders are written, by its name.
pub(super) async fn clocks(connection: &mut Connection, at: DateTime<Utc>) -> QueryResult<Value> {
    let zones: Vec<String> = organizations::table.select(organizations::time_zone).distinct().load(connection).await?;
    let clocks = zones.into_iter().map(|name| {
        // A zone that is not known is read as everywhere else.
        let zone: Tz = name.parse().unwrap_or(chrono_tz::Europe::Paris);
        (name, clock(local_minute(at, &zone)))
    });
    Ok(Value::Object(clocks.collect::<Map<_, _>>()))
}

fn clock(local: NaiveDateTime) -> Value {
    let word = |days: u64| {
        let date = local.date().checked_sub_days(Days::new(days)).unwrap_or(local.date());
        Day::ALL.into_iter().find(|day| day.weekday() == date.weekday()).map(Day::as_str)
    };
    json!({
        "now": local.format("%Y-%m-%dT%H:%M:%S").to_string(),
        "lastMinute": local.format("%Y-%m-%dT23:59:00").to_string(),
        "time": local.format("%H:%M:%S").to_string(),
        "today": word(0),
        "yesterday": word(1),
    })
}

/// The last local minute whose instant has come. While the clocks show an hour for the second time it is the last one
/// of that hour: all of its minutes have come.
fn local_minute<Z: TimeZone>(at: DateTime<Utc>, zone: &Z) -> NaiveDateTime {
    let shown = at.with_timezone(zone).naive_local();
    let mut minute = shown.with_second(0).and_then(|time| time.with_nanosecond(0)).unwrap_or(shown);
    while let Some(next) =
        minute.checked_add_signed(TimeDelta::minutes(1)).filter(|next| time::instant(*next, zone) <= at)
    {
        minute = next;
    }
    minute
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Paris;

    use super::*;

    fn minute(at: &str) -> String {
        local_minute(at.parse().unwrap(), &Paris).to_string()
    }

    #[test]
    fn the_minute_of_an_instant_is_what_clocks_show() {
        assert_eq!(minute("2026-12-01T10:30:45Z"), "2026-12-01 11:30:00");
        assert_eq!(minute("2026-07-01T10:30:00Z"), "2026-07-01 12:30:00");
        // In spring the clocks go from 2 to 3.
        assert_eq!(minute("2027-03-28T00:59:59Z"), "2027-03-28 01:59:00");
        assert_eq!(minute("2027-03-28T01:00:00Z"), "2027-03-28 03:00:00");
    }

    #[test]
    fn an_hour_that_is_shown_twice_has_come_as_a_whole_the_second_time() {
        assert_eq!(minute("2026-10-25T00:15:00Z"), "2026-10-25 02:15:00");
        assert_eq!(minute("2026-10-25T01:15:00Z"), "2026-10-25 02:59:00");
        assert_eq!(minute("2026-10-25T02:00:00Z"), "2026-10-25 03:00:00");
    }

    #[test]
    fn the_day_before_monday_is_sunday() {
        let clock = clock("2026-11-30T08:05:00".parse().unwrap());
        assert_eq!(clock["today"], "monday");
        assert_eq!(clock["yesterday"], "sunday");
        assert_eq!((clock["time"].as_str(), clock["now"].as_str()), (Some("08:05:00"), Some("2026-11-30T08:05:00")));
    }
}
