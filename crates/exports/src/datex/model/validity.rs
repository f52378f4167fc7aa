use chrono::{DateTime, Datelike, Offset, TimeDelta};
use chrono_tz::Tz;

use super::NonEmpty;
use crate::{
    datex::words::{DayOfWeek, ValidityStatus},
    fragment::{EVER, FOREVER},
    xml::Xml,
};

/// `com:Validity`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Validity {
    /// First instant.
    pub(crate) start: DateTime<Tz>,
    /// First instant at which it no longer holds.
    pub(crate) end: Option<DateTime<Tz>>,
    /// Any of these; none: always between both instants.
    pub(crate) valid_periods: Vec<ValidPeriod>,
}

/// `com:Period`: these hours on these days.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ValidPeriod {
    /// Start and end; none: all day.
    pub(crate) times: Vec<(MinuteOfDay, MinuteOfDay)>,
    /// Days of the week; `None`: every day.
    pub(crate) days: Option<NonEmpty<DayOfWeek>>,
}

/// Local time of day in minutes, midnight at the end of the day included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct MinuteOfDay(u16);

impl MinuteOfDay {
    /// `00:00`.
    pub(crate) const MIDNIGHT: Self = Self(0);
    /// `23:59`, which means the end of the day where a slot ends.
    pub(crate) const LAST: Self = Self(24 * 60 - 1);
    /// `24:00`.
    pub(crate) const END: Self = Self(24 * 60);

    /// The minute in which `time` falls.
    pub(crate) fn of(time: chrono::NaiveTime) -> Self {
        use chrono::Timelike;
        Self(u16::try_from(time.hour() * 60 + time.minute()).unwrap_or(0))
    }
}

impl std::fmt::Display for MinuteOfDay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}:{:02}:00", self.0 / 60, self.0 % 60)
    }
}

impl Validity {
    /// Writes the validity as the element `name`.
    pub(crate) fn write(&self, name: &str, status: ValidityStatus, xml: &mut Xml) {
        xml.element(name, &[], |xml| {
            xml.leaf("com:validityStatus", status.as_str());
            xml.element("com:validityTimeSpecification", &[], |xml| {
                xml.leaf("com:overallStartTime", &date_time(&self.start));
                if let Some(end) = &self.end {
                    xml.leaf("com:overallEndTime", &date_time(end));
                }
                for period in &self.valid_periods {
                    period.write(xml);
                }
            });
        });
    }
}

impl ValidPeriod {
    fn write(&self, xml: &mut Xml) {
        xml.element("com:validPeriod", &[], |xml| {
            for (start, end) in &self.times {
                xml.element("com:recurringTimePeriodOfDay", &[], |xml| {
                    xml.leaf("com:startTimeOfPeriod", &start.to_string());
                    xml.leaf("com:endTimeOfPeriod", &end.to_string());
                });
            }
            if let Some(days) = &self.days {
                xml.element("com:recurringDayWeekMonthPeriod", &[], |xml| {
                    for day in days.iter() {
                        xml.leaf("com:applicableDay", day.as_str());
                    }
                });
            }
        });
    }
}

/// `xs:dateTime` with the offset that holds at that instant, or in UTC when that offset has seconds, which XML Schema
/// cannot say: before the time of railways. Years are from 1 to 9999, the last ones that every reader takes.
pub(crate) fn date_time(instant: &DateTime<Tz>) -> String {
    // A day away from both ends, so that no offset leads beyond them.
    let (first, last) = (EVER + TimeDelta::days(1), FOREVER - TimeDelta::days(1));
    let instant = instant.to_utc().clamp(first, last).with_timezone(&instant.timezone());
    let is_exact = instant.offset().fix().local_minus_utc() % 60 == 0;
    let instant = if is_exact { instant } else { instant.with_timezone(&Tz::UTC) };
    // chrono writes years of less than four digits as they are.
    format!("{:04}{}", instant.year(), instant.format("-%m-%dT%H:%M:%S%:z"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(utc: &str, zone: Tz) -> String {
        date_time(&utc.parse::<DateTime<chrono::Utc>>().expect("a date-time").with_timezone(&zone))
    }

    #[test]
    fn instants_are_written_with_the_offset_of_their_day() {
        assert_eq!(written("2026-07-01T10:00:00Z", Tz::Europe__Paris), "2026-07-01T12:00:00+02:00");
        assert_eq!(written("2026-01-01T10:00:00Z", Tz::America__Martinique), "2026-01-01T06:00:00-04:00");
    }

    #[test]
    fn offsets_with_seconds_and_years_that_nobody_reads_are_never_written() {
        assert_eq!(written("1905-01-01T10:00:00Z", Tz::Europe__Paris), "1905-01-01T10:00:00+00:00");
        assert_eq!(written("-0044-03-15T10:00:00Z", Tz::UTC), "0001-01-02T00:00:00+00:00");
        assert_eq!(written("+12026-01-01T10:00:00Z", Tz::Indian__Reunion), "9999-12-30T04:00:00+04:00");
    }
}
