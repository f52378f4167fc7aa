//! The hours of a week.

use dialog_domain::{Day, Period, Recurrence, TimeSlot};

use crate::xml::Xml;

/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// When a period applies between its bounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// Without a break.
    Always,
    /// At these hours of the week.
    Weekly(Schedule),
    /// On no day at all.
    Never,
}

/// The hours of each day of the week, Monday first; at least one day has some.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Schedule {
    week: [Vec<Hours>; 7],
    /// Whether a minute before midnight was lost for want of words.
    pub(super) lost_a_minute: bool,
}

/// From a minute of the day up to, but without, another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Hours {
    start: u16,
    end: u16,
}

impl When {
    /// The weekly pattern of a period.
    pub(super) fn of(period: &Period) -> Self {
        if period.recurrence == Recurrence::EveryDay && period.time_slots.is_empty() {
            return Self::Always;
        }
        let mut week: [Vec<Hours>; 7] = Default::default();
        for (rank, day) in Day::ALL.iter().enumerate() {
            let recurs = match &period.recurrence {
                Recurrence::EveryDay => true,
                Recurrence::CertainDays(days) => days.contains(day),
            };
            if recurs {
                fill(&mut week, rank, &period.time_slots);
            }
        }
        let whole = week.map(merged);
        let week = whole.clone().map(sayable);
        if week.iter().all(Vec::is_empty) {
            return Self::Never;
        }
        Self::Weekly(Schedule { lost_a_minute: week != whole, week })
    }
}

/// Adds what begins on the day of this rank: a slot past midnight ends on the next one.
fn fill(week: &mut [Vec<Hours>; 7], rank: usize, slots: &[TimeSlot]) {
    if slots.is_empty() {
        week[rank].push(Hours { start: 0, end: DAY });
    }
    for slot in slots {
        let (start, end) = (minute(slot.start), minute(slot.end));
        if end > start {
            // 23:59 is the end of the day.
            week[rank].push(Hours { start, end: if end == DAY - 1 { DAY } else { end } });
        } else {
            week[rank].push(Hours { start, end: DAY });
            if end > 0 {
                week[(rank + 1) % 7].push(Hours { start: 0, end });
            }
        }
    }
}

fn minute(time: chrono::NaiveTime) -> u16 {
    use chrono::Timelike;
    u16::try_from(time.hour() * 60 + time.minute()).unwrap_or(0)
}

/// Sorted, disjoint, as long as possible.
fn merged(mut hours: Vec<Hours>) -> Vec<Hours> {
    hours.sort_unstable();
    let mut merged: Vec<Hours> = Vec::with_capacity(hours.len());
    for hours in hours {
        match merged.last_mut() {
            Some(last) if hours.start <= last.end => last.end = last.end.max(hours.end),
            _ => merged.push(hours),
        }
    }
    merged
}

/// Hours that can be written: what really ends at 23:59 would be read as lasting until midnight, and the last minute
/// alone would end when it begins.
fn sayable(hours: Vec<Hours>) -> Vec<Hours> {
    let end = |end| if end == DAY - 1 { DAY - 2 } else { end };
    let cut = hours.into_iter().map(|hours| Hours { end: end(hours.end), ..hours });
    cut.filter(|hours| hours.start < hours.end.min(DAY - 1)).collect()
}

impl Schedule {
    /// Writes the element.
    pub(super) fn write(&self, xml: &mut Xml) {
        let [monday, others @ ..] = &self.week;
        xml.element("schedule", &[], |xml| {
            if others.iter().all(|day| day == monday) {
                xml.leaf("everyday", &words(monday));
                return;
            }
            for (day, hours) in Day::ALL.iter().zip(&self.week).filter(|(_, hours)| !hours.is_empty()) {
                xml.leaf(day.as_str(), &words(hours));
            }
        });
    }
}

fn words(hours: &[Hours]) -> String {
    let time = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let slots: Vec<String> =
        hours.iter().map(|hours| format!("{}-{}", time(hours.start), time(hours.end.min(DAY - 1)))).collect();
    slots.join(",")
}
