//! Dates and times of the contract: instants on the wire, wall-clock time in the domain.
//!
//! An instant is read as the wall-clock time that the zone of the organization shows at that very instant, daylight
//! saving included. Without offset it is in UTC. A bare date is that date, whatever the zone. `HH:MM`, an addition, is
//! wall-clock time already.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Timelike, Utc};
use chrono_tz::Tz;
use dialog_domain::{input::local_time, time};

/// The local date of a text; `None` when it cannot be read.
#[must_use]
pub fn read_date(text: &str, zone: Tz) -> Option<NaiveDate> {
    read_bare_date(text).or_else(|| Some(read_local(text, zone)?.date()))
}

/// The local time of a text, to the minute; `None` when it cannot be read.
#[must_use]
pub fn read_time(text: &str, zone: Tz) -> Option<NaiveTime> {
    local_time::parse(text.trim()).or_else(|| {
        let midnight = || read_bare_date(text).map(|date| local(date.and_time(NaiveTime::MIN).and_utc(), zone));
        read_local(text, zone).or_else(midnight)?.time().with_second(0)?.with_nanosecond(0)
    })
}

/// The local date and time of a text, to the minute: those of a permanent period, which has no other time. A bare
/// date is its first minute.
#[must_use]
pub fn read_date_time(text: &str, zone: Tz) -> Option<NaiveDateTime> {
    let minute = |at: NaiveDateTime| at.with_second(0)?.with_nanosecond(0);
    read_bare_date(text).map(|date| date.and_time(NaiveTime::MIN)).or_else(|| minute(read_local(text, zone)?))
}

/// The instant of a text, if it is one.
#[must_use]
pub fn read_instant(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    let with_offset = ["%Y-%m-%dT%H:%M:%S%.f%#z", "%Y-%m-%d %H:%M:%S%.f%#z", "%Y-%m-%dT%H:%M%#z", "%Y-%m-%d %H:%M%#z"];
    let without_offset = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"];
    DateTime::parse_from_rfc3339(text)
        .ok()
        .or_else(|| with_offset.iter().find_map(|format| DateTime::parse_from_str(text, format).ok()))
        .map(|instant| instant.with_timezone(&Utc))
        .or_else(|| {
            let utc = without_offset.iter().find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())?;
            Some(utc.and_utc())
        })
}

/// The instant of a filter, if it is one: a bare date is its first instant in UTC. A `+` that a client did not encode
/// arrives as a space.
#[must_use]
pub fn read_moment(text: &str) -> Option<DateTime<Utc>> {
    read_instant(text)
        .or_else(|| read_instant(&text.trim().replace(' ', "+")))
        .or_else(|| Some(read_bare_date(text)?.and_time(NaiveTime::MIN).and_utc()))
}

/// A local date and time as the wire has it: the instant, in UTC.
#[must_use]
pub fn write_local(at: NaiveDateTime, zone: Tz) -> String {
    write_instant(time::instant(at, &zone))
}

/// An instant as the wire has it.
#[must_use]
pub fn write_instant(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%S+00:00").to_string()
}

/// A local time of day as the wire has it: that of 1 January 1970, in UTC. [`read_time`] reads it back.
#[must_use]
pub fn write_slot_time(at: NaiveTime, zone: Tz) -> String {
    let day = DateTime::UNIX_EPOCH.date_naive();
    let utc = time::instant(day.and_time(at), &zone).time();
    format!("1970-01-01T{}+00:00", utc.format("%H:%M:%S"))
}

fn read_bare_date(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok()
}

fn read_local(text: &str, zone: Tz) -> Option<NaiveDateTime> {
    Some(local(read_instant(text)?, zone))
}

fn local(at: DateTime<Utc>, zone: Tz) -> NaiveDateTime {
    zone.from_utc_datetime(&at.naive_utc()).naive_local()
}

#[cfg(test)]
mod tests {
    use chrono_tz::{America::Martinique, America::Miquelon, Europe::Paris, Indian::Reunion};

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn time(text: &str) -> NaiveTime {
        local_time::parse(text).expect("a time")
    }

    #[test]
    fn an_instant_is_read_as_the_wall_clock_of_that_instant() {
        assert_eq!(read_date("2031-01-10T00:00:00Z", Paris), Some(date("2031-01-10")));
        assert_eq!(read_date("2031-01-10T23:30:00Z", Paris), Some(date("2031-01-11")));
        assert_eq!(read_time("2031-01-10T08:30:00Z", Paris), Some(time("09:30")), "winter");
        assert_eq!(read_time("2031-07-10T08:30:00Z", Paris), Some(time("10:30")), "summer");
        assert_eq!(read_time("2031-07-10T10:30:59.999+02:00", Paris), Some(time("10:30")));
        assert_eq!(read_date("2031-01-10T02:00:00Z", Martinique), Some(date("2031-01-09")));
    }

    #[test]
    fn a_filter_takes_a_date_as_its_first_instant_in_utc() {
        let moment = |text: &str| read_moment(text).map(|at| at.to_rfc3339());
        assert_eq!(moment("2031-01-10").as_deref(), Some("2031-01-10T00:00:00+00:00"));
        assert_eq!(moment("2031-01-10T08:30:00+01:00").as_deref(), Some("2031-01-10T07:30:00+00:00"));
        assert_eq!(moment("2031-01-10T08:30:00 01:00").as_deref(), Some("2031-01-10T07:30:00+00:00"));
        for text in ["", "demain", "2031-13-01", "10/01/2031"] {
            assert_eq!(moment(text), None, "{text}");
        }
    }

    #[test]
    fn every_accepted_form_gives_the_same_instant() {
        let expected = read_instant("2031-01-10T08:30:00Z");
        assert!(expected.is_some());
        for text in [
            "2031-01-10T08:30:00.000Z",
            "2031-01-10T09:30:00+01:00",
            "2031-01-10T09:30:00+0100",
            "2031-01-10T09:30:00+01",
            "2031-01-10T09:30+01:00",
            "2031-01-10 09:30:00+01:00",
            "2031-01-10T08:30:00",
            "2031-01-10T08:30",
            " 2031-01-10 08:30 ",
        ] {
            assert_eq!(read_instant(text), expected, "{text}");
        }
        for text in ["", "demain", "2031-13-45", "2031-01-10T25:00:00Z", "10/01/2031", "1925042400"] {
            assert_eq!(read_instant(text), None, "{text}");
            assert_eq!(read_date(text, Paris), None, "{text}");
            assert_eq!(read_time(text, Paris), None, "{text}");
        }
    }

    #[test]
    fn a_bare_date_is_that_date_in_every_zone() {
        for zone in [Paris, Martinique, Reunion] {
            assert_eq!(read_date("2031-01-10", zone), Some(date("2031-01-10")));
            assert_eq!(read_date_time("2031-01-10", zone), Some(date("2031-01-10").and_time(NaiveTime::MIN)));
        }
        assert_eq!(read_time("2031-01-10", Paris), Some(time("01:00")), "a time is an instant: midnight in UTC");
    }

    #[test]
    fn a_local_time_is_taken_as_it_is() {
        assert_eq!(read_time("07:05", Reunion), Some(time("07:05")));
        assert_eq!(read_time("07:05:59", Paris), Some(time("07:05")));
    }

    #[test]
    fn slot_times_are_written_with_the_winter_offset_and_read_back_whatever_the_zone() {
        assert_eq!(write_slot_time(time("07:00"), Paris), "1970-01-01T06:00:00+00:00");
        assert_eq!(write_slot_time(time("00:30"), Paris), "1970-01-01T23:30:00+00:00");
        assert_eq!(write_slot_time(time("22:00"), Martinique), "1970-01-01T02:00:00+00:00");
        for zone in [Paris, Martinique, Miquelon, Reunion] {
            for minute in (0..24 * 60).step_by(7) {
                let at = NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0).expect("a time");
                assert_eq!(read_time(&write_slot_time(at, zone), zone), Some(at), "{zone} {at}");
            }
        }
    }

    #[test]
    fn local_date_times_are_written_as_instants() {
        let at = |text: &str| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").expect("a date-time");
        assert_eq!(write_local(at("2031-01-10T09:30"), Paris), "2031-01-10T08:30:00+00:00");
        assert_eq!(write_local(at("2031-07-10T23:59"), Paris), "2031-07-10T21:59:00+00:00");
        assert_eq!(write_local(at("2031-03-30T02:30"), Paris), "2031-03-30T01:00:00+00:00", "skipped by the clocks");
    }
}
