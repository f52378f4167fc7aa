use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use dialog_domain::{Day, Period, PeriodId, Recurrence, TimeSlot};
use proptest::{collection::vec, prelude::*, sample::select, sample::subsequence};

use super::uuid;

/// A period of every shape: minutes to two months or without end, from midnight or not, to 23:59 or not, across the
/// changes of the clocks or not, every day or some, the whole day or slots that end the same day, the following day,
/// at 23:59 or after 24 hours.
pub fn period(may_be_endless: bool) -> BoxedStrategy<Period> {
    let days = prop_oneof![
        2 => Just(Recurrence::EveryDay),
        3 => subsequence(Day::ALL.to_vec(), 1..=7).prop_map(Recurrence::CertainDays),
    ];
    let slots = prop_oneof![1 => Just(Vec::new()), 3 => vec(time_slot(), 1..4)];
    (uuid(), start(), duration(), any::<bool>(), 0_u8..3, days, slots)
        .prop_map(move |(id, start, duration, to_last_minute, endless, recurrence, time_slots)| {
            let end = start + duration;
            let end = if to_last_minute { end.date().and_time(last_minute()) } else { end };
            Period {
                id: PeriodId(id),
                start,
                end: (!(may_be_endless && endless == 0)).then_some(end),
                recurrence,
                time_slots,
            }
        })
        .boxed()
}

/// A slot of every shape.
fn time_slot() -> BoxedStrategy<TimeSlot> {
    let slot = |(start, end)| TimeSlot { start, end };
    prop_oneof![
        4 => (time(), time()).prop_map(slot),
        1 => time().prop_map(move |time| slot((time, time))),
        1 => time().prop_map(move |time| slot((time, last_minute()))),
        1 => time().prop_map(move |time| slot((time, NaiveTime::MIN))),
    ]
    .boxed()
}

/// A minute of the day; round ones and those around the changes of the clocks are frequent.
fn time() -> BoxedStrategy<NaiveTime> {
    let round = select(vec![0_u32, 60, 90, 120, 150, 180, 210, 420, 600, 720, 1320, 1380, 1439]);
    prop_oneof![round, 0_u32..1440].prop_map(at_minute).boxed()
}

fn start() -> BoxedStrategy<NaiveDateTime> {
    let base = NaiveDate::default() + TimeDelta::days(20_454);
    let day = prop_oneof![
        3 => (0_i64..700).prop_map(move |day| base + TimeDelta::days(day)),
        // Around the changes of the clocks of 2026 in France (29 March, 25 October) and in Miquelon (8 March, 1 November).
        1 => (select(vec![66_i64, 87, 297, 304]), -3_i64..3).prop_map(move |(day, around)| base + TimeDelta::days(day + around)),
    ];
    (day, prop_oneof![Just(NaiveTime::MIN), time()]).prop_map(|(day, time)| day.and_time(time)).boxed()
}

fn duration() -> BoxedStrategy<TimeDelta> {
    let minutes = prop_oneof![0_i64..600, (0_i64..10).prop_map(|days| days * 1440), 0_i64..60 * 1440];
    minutes.prop_map(TimeDelta::minutes).boxed()
}

fn last_minute() -> NaiveTime {
    at_minute(1439)
}

fn at_minute(minute: u32) -> NaiveTime {
    NaiveTime::MIN + TimeDelta::minutes(i64::from(minute))
}
