//! When a measure applies, in UTC.

use chrono::{DateTime, NaiveDateTime, NaiveTime, Utc};
use chrono_tz::Tz;
use dialog_domain::{Day, Period, Recurrence, TimeSlot, time};

use crate::{
    datex::{
        map::day_word,
        model::{NonEmpty, date_time},
        words::DayOfWeek,
    },
    xml::Xml,
};

/// `com:Validity` with one `com:validPeriod` at most.
#[derive(Clone)]
pub(super) struct Validity {
    start: DateTime<Utc>,
    end: Option<DateTime<Utc>>,
    recurrence: Option<Hours>,
}

/// Hours, days, or both.
#[derive(Clone)]
enum Hours {
    OfEveryDay(NonEmpty<Slot>),
    OfDays { slots: Vec<Slot>, days: NonEmpty<DayOfWeek> },
}

/// A slot in UTC, which begins after it ends when it runs past midnight.
#[derive(Clone)]
struct Slot {
    start: NaiveTime,
    end: NaiveTime,
}

/// The instant of a local time, with the offset that holds then; an end at 23:59 stays there.
pub(super) fn instant(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    time::instant(local, &zone)
}

impl Validity {
    /// Without recurrence.
    pub(super) const fn between(start: DateTime<Utc>, end: Option<DateTime<Utc>>) -> Self {
        Self { start, end, recurrence: None }
    }

    /// `None` when the period recurs on no day.
    pub(super) fn of(period: &Period, zone: Tz) -> Option<Self> {
        let slots: Vec<Slot> = period.time_slots.iter().map(|slot| Slot::of(slot, zone)).collect();
        let recurrence = match &period.recurrence {
            Recurrence::EveryDay => NonEmpty::from_vec(slots).map(Hours::OfEveryDay),
            Recurrence::CertainDays(days) => {
                let days = Day::ALL.into_iter().filter(|day| days.contains(day)).map(day_word).collect();
                Some(Hours::OfDays { slots, days: NonEmpty::from_vec(days)? })
            }
        };
        let end = period.end.map(|end| instant(end, zone));
        Some(Self { start: instant(period.start, zone), end, recurrence })
    }

    /// Writes `validityByOrder`.
    pub(super) fn write(&self, xml: &mut Xml) {
        let utc = |instant: DateTime<Utc>| date_time(&instant.with_timezone(&Tz::UTC));
        xml.element("validityByOrder", &[], |xml| {
            xml.leaf("com:validityStatus", "definedByValidityTimeSpec");
            xml.element("com:validityTimeSpecification", &[], |xml| {
                xml.leaf("com:overallStartTime", &utc(self.start));
                if let Some(end) = self.end {
                    xml.leaf("com:overallEndTime", &utc(end));
                }
                if let Some(hours) = &self.recurrence {
                    xml.element("com:validPeriod", &[], |xml| hours.write(xml));
                }
            });
        });
    }

    /// Writes the condition to be in the period.
    pub(super) fn write_condition(&self, xml: &mut Xml) {
        xml.element("conditions", &[("xsi:type", "ValidityCondition")], |xml| self.write(xml));
    }
}

impl Hours {
    fn write(&self, xml: &mut Xml) {
        match self {
            Self::OfEveryDay(slots) => slots.iter().for_each(|slot| slot.write(xml)),
            Self::OfDays { slots, days } => {
                slots.iter().for_each(|slot| slot.write(xml));
                xml.element("com:recurringDayWeekMonthPeriod", &[], |xml| {
                    days.iter().for_each(|day| xml.leaf("com:applicableDay", day.as_str()));
                });
            }
        }
    }
}

impl Slot {
    fn of(slot: &TimeSlot, zone: Tz) -> Self {
        Self { start: in_winter(slot.start, zone), end: in_winter(slot.end, zone) }
    }

    fn write(&self, xml: &mut Xml) {
        xml.element("com:recurringTimePeriodOfDay", &[], |xml| {
            xml.leaf("com:startTimeOfPeriod", &self.start.format("%H:%M:%S+00:00").to_string());
            xml.leaf("com:endTimeOfPeriod", &self.end.format("%H:%M:%S+00:00").to_string());
        });
    }
}

/// A local time in UTC, with the offset of 1 January 1970: in winter, whatever the day.
fn in_winter(local: NaiveTime, zone: Tz) -> NaiveTime {
    instant(DateTime::UNIX_EPOCH.date_naive().and_time(local), zone).time()
}
