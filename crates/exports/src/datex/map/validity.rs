//! When a measure applies.
//!
//! The domain says: a weekly pattern of local days and hours, clipped by the bounds of the period; a slot belongs to
//! the day on which it starts and may run past midnight. A reader of DATEX II, evaluated plainly, says: between
//! `overallStartTime` and `overallEndTime`, when for one `validPeriod` the local day is one of its days **and** the
//! local time is in one of its hours, start included, end excluded. The two meet as follows.
//!
//! * **Bounds** are exact instants from the time compiler, written in local time with the offset that holds then. An
//!   end at 23:59 has become the following midnight. They clip the first and last day, so that nothing else has to.
//! * **Hours** are local times without offset: a slot of 7 to 10 is 7 to 10 in winter and in summer.
//! * **A slot past midnight** is two: the evening on its days, and the morning on the days that follow them, in a
//!   `validPeriod` of their own: Friday 22:00–06:00 is Friday 22:00–24:00 or Saturday 00:00–06:00. A slot of 24 hours
//!   is the same with equal times. The pattern is not cut before the first day: the morning after a Sunday night is in,
//!   even when the period starts on that Monday at 00:00, and the compiler says the same.
//! * **The end of a day** is written `24:00:00`, which XML Schema allows and which compares plainly; `00:00:00` would
//!   be before every start, `23:59:59` a second short. A slot that ends at 23:59 ends there too.
//! * **A whole day** needs no hours, every day needs no days, and both together need no `validPeriod`.
//!
//! One hour a year is not told the same way: in the hour that occurs twice in autumn, a reader who looks at the clock
//! applies hours that begin or end inside that hour to both passages; the compiler starts and ends them at the first.

use chrono_tz::Tz;
use dialog_domain::{Day, Period, Recurrence, TimeSlot, time};

use crate::datex::{
    model::{Condition, MinuteOfDay, NonEmpty, ValidPeriod, Validity},
    words::DayOfWeek,
};

/// The condition of a period; `None` when it recurs on no day at all.
pub(super) fn condition(period: &Period, zone: Tz) -> Option<Condition> {
    let (start, end) = time::bounds(period, &zone);
    let validity = Validity {
        start: start.with_timezone(&zone),
        end: end.map(|end| end.with_timezone(&zone)),
        valid_periods: valid_periods(&period.recurrence, &Hours::of(&period.time_slots))?,
    };
    Some(Condition::Validity { period: period.id, validity })
}

/// Hours of a day and of the following morning.
struct Hours {
    /// From midnight to midnight; `same_day` says nothing more then.
    is_whole_day: bool,
    /// On the days of the pattern.
    same_day: Vec<(MinuteOfDay, MinuteOfDay)>,
    /// On the days after them.
    next_day: Vec<(MinuteOfDay, MinuteOfDay)>,
}

impl Hours {
    fn of(slots: &[TimeSlot]) -> Self {
        let mut hours = Self { is_whole_day: slots.is_empty(), same_day: Vec::new(), next_day: Vec::new() };
        for slot in slots {
            let (start, end) = (MinuteOfDay::of(slot.start), MinuteOfDay::of(slot.end));
            if end > start {
                let end = if end == MinuteOfDay::LAST { MinuteOfDay::END } else { end };
                push_new(&mut hours.same_day, (start, end));
            } else {
                push_new(&mut hours.same_day, (start, MinuteOfDay::END));
                if end > MinuteOfDay::MIDNIGHT {
                    push_new(&mut hours.next_day, (MinuteOfDay::MIDNIGHT, end));
                }
            }
        }
        hours.is_whole_day |= hours.same_day.contains(&(MinuteOfDay::MIDNIGHT, MinuteOfDay::END));
        hours
    }

    /// Hours of the days of the pattern: none for the whole day.
    fn same_day(&self) -> Vec<(MinuteOfDay, MinuteOfDay)> {
        if self.is_whole_day { Vec::new() } else { self.same_day.clone() }
    }

    /// Hours when every day is a day of the pattern: evenings and mornings fall on the same days.
    fn any_day(&self) -> Vec<(MinuteOfDay, MinuteOfDay)> {
        if self.is_whole_day { Vec::new() } else { [self.same_day.as_slice(), &self.next_day].concat() }
    }
}

fn push_new(times: &mut Vec<(MinuteOfDay, MinuteOfDay)>, more: (MinuteOfDay, MinuteOfDay)) {
    if !times.contains(&more) {
        times.push(more);
    }
}

/// `None`: never. Empty: always.
fn valid_periods(recurrence: &Recurrence, hours: &Hours) -> Option<Vec<ValidPeriod>> {
    match recurrence {
        Recurrence::EveryDay => {
            let times = hours.any_day();
            Some(if times.is_empty() { Vec::new() } else { vec![ValidPeriod { times, days: None }] })
        }
        Recurrence::CertainDays(days) => {
            let is_every_day = Day::ALL.iter().all(|day| days.contains(day));
            let on = |times, days: Vec<Day>| {
                let days = NonEmpty::from_vec(days.into_iter().map(word).collect())?;
                Some(ValidPeriod { times, days: Some(days) })
            };
            if is_every_day {
                return Some(vec![on(hours.any_day(), in_order(days))?]);
            }
            let mut periods = vec![on(hours.same_day(), in_order(days))?];
            if !hours.next_day.is_empty() {
                let following: Vec<Day> = days.iter().map(|&day| following(day)).collect();
                periods.push(on(hours.next_day.clone(), in_order(&following))?);
            }
            Some(periods)
        }
    }
}

/// Monday first, without duplicates.
fn in_order(days: &[Day]) -> Vec<Day> {
    Day::ALL.into_iter().filter(|day| days.contains(day)).collect()
}

const fn following(day: Day) -> Day {
    match day {
        Day::Monday => Day::Tuesday,
        Day::Tuesday => Day::Wednesday,
        Day::Wednesday => Day::Thursday,
        Day::Thursday => Day::Friday,
        Day::Friday => Day::Saturday,
        Day::Saturday => Day::Sunday,
        Day::Sunday => Day::Monday,
    }
}

/// The word of a day.
pub(crate) const fn word(day: Day) -> DayOfWeek {
    match day {
        Day::Monday => DayOfWeek::Monday,
        Day::Tuesday => DayOfWeek::Tuesday,
        Day::Wednesday => DayOfWeek::Wednesday,
        Day::Thursday => DayOfWeek::Thursday,
        Day::Friday => DayOfWeek::Friday,
        Day::Saturday => DayOfWeek::Saturday,
        Day::Sunday => DayOfWeek::Sunday,
    }
}
