//! The compiler against a slow reading of the clock, minute by minute.
//!
//! The oracle knows no offset arithmetic: it looks at the furthest time that the clocks have shown so far, which is
//! what "the first instant at which they show that time or later" amounts to, and asks whether that time is within
//! the period, on a day of the list, inside a slot.

use proptest::prelude::*;

use super::*;

const WEEKS: i64 = 4;

/// Furthest local time shown, for each minute from `from` on.
fn clock(zone: Tz, from: DateTime<Utc>) -> Vec<NaiveDateTime> {
    let shown = |minute: i64| (from + TimeDelta::minutes(minute)).with_timezone(&zone).naive_local();
    // Begins a day earlier, should the window open just after a change.
    let mut furthest = (-1440..0).map(shown).max().unwrap();
    (0..WEEKS * 7 * 1440)
        .map(|minute| {
            furthest = furthest.max(shown(minute));
            furthest
        })
        .collect()
}

fn applies(period: &Period, now: NaiveDateTime) -> bool {
    let is_last_minute = |time: NaiveTime| (time.hour(), time.minute()) == (23, 59);
    let ended =
        period.end.is_some_and(|end| if is_last_minute(end.time()) { now.date() > end.date() } else { now >= end });
    if now < period.start || ended {
        return false;
    }
    let listed = |date: NaiveDate| match &period.recurrence {
        Recurrence::EveryDay => true,
        Recurrence::CertainDays(days) => days.contains(&Day::ALL[date.weekday().num_days_from_monday() as usize]),
    };
    let (today, yesterday) = (listed(now.date()), listed(now.date().pred_opt().unwrap()));
    if period.time_slots.is_empty() {
        return today;
    }
    let time = now.time();
    period.time_slots.iter().any(|slot| {
        if slot.start < slot.end {
            today && time >= slot.start && (time < slot.end || is_last_minute(slot.end))
        } else {
            today && time >= slot.start || yesterday && time < slot.end
        }
    })
}

/// Times around midnight and around the changes of the clocks come more often than the others.
fn time_of_day() -> impl Strategy<Value = NaiveTime> {
    let of_interest = prop::sample::select(vec![(0, 0), (23, 59), (2, 0), (2, 30), (3, 0), (1, 59), (23, 0)]);
    prop_oneof![of_interest, (0_u32..24, 0_u32..60)]
        .prop_map(|(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0).unwrap())
}

fn time_slots() -> impl Strategy<Value = Vec<TimeSlot>> {
    prop::collection::vec((time_of_day(), time_of_day()).prop_map(|(start, end)| TimeSlot { start, end }), 0..4)
}

fn recurrence() -> impl Strategy<Value = Recurrence> {
    prop_oneof![
        Just(Recurrence::EveryDay),
        prop::sample::subsequence(Day::ALL.to_vec(), 1..=7).prop_map(Recurrence::CertainDays)
    ]
}

prop_compose! {
    /// A window of four weeks around a change of the clocks, and a period that begins in it or before.
    fn cases()(
        zone in prop::sample::select(vec![
            // Metropolitan France twice: it is where the clocks change.
            Paris, Paris, Tz::America__Miquelon, Tz::America__Martinique, Tz::America__Cayenne, Tz::Indian__Reunion,
            Tz::Pacific__Marquesas, Tz::Pacific__Noumea,
            // Half an hour, to be sure.
            Tz::Australia__Lord_Howe,
        ]),
        from in prop::sample::select(vec!["2026-03-02 00:00", "2026-03-20 12:30", "2026-10-12 00:00", "2026-10-25 00:00"]),
        start_day in -3_i64..20,
        days in 0_i64..25,
        (start_time, end_time) in (time_of_day(), time_of_day()),
        is_open in prop::bool::weighted(0.2),
        recurrence in recurrence(),
        time_slots in time_slots(),
    ) -> (Tz, DateTime<Utc>, Period) {
        let from = utc(from);
        let first = from.date_naive() + TimeDelta::days(start_day);
        let end = (first + TimeDelta::days(days)).and_time(end_time);
        let period = Period {
            id: PeriodId(Uuid::nil()),
            start: first.and_time(start_time),
            end: (!is_open).then_some(end),
            recurrence,
            time_slots,
        };
        (zone, from, period)
    }
}

proptest! {
    #![proptest_config(crate::properties::config(192))]

    #[test]
    fn intervals_are_what_the_clock_says_minute_by_minute((zone, from, period) in cases()) {
        let clock = clock(zone, from);
        let until = from + TimeDelta::weeks(WEEKS);
        let found = intervals(&period, &zone, from, until);
        for pair in found.windows(2) {
            prop_assert!(pair[0].1 < pair[1].0, "disjoint, and not even touching: {pair:?}");
        }

        let mut compiled = vec![false; clock.len()];
        for (start, end) in &found {
            prop_assert!(from <= *start && start < end && *end <= until);
            let minute = |at: DateTime<Utc>| usize::try_from((at - from).num_minutes()).unwrap();
            compiled[minute(*start)..minute(*end)].fill(true);
        }
        for (minute, now) in clock.iter().enumerate() {
            prop_assert_eq!(compiled[minute], applies(&period, *now), "{} ({} local) of {:?}", minute, now, period);
        }
    }

    #[test]
    fn state_and_next_change_agree_with_the_clock(
        (zone, from, period) in cases(),
        minute in 0..usize::try_from(WEEKS * 7 * 1440).unwrap(),
    ) {
        let clock = clock(zone, from);
        let at = |minute: usize| from + TimeDelta::minutes(i64::try_from(minute).unwrap());
        let active = applies(&period, clock[minute]);
        prop_assert_eq!(is_active(&period, &zone, at(minute)), active);

        let change = (minute + 1..clock.len()).find(|later| applies(&period, clock[*later]) != active).map(at);
        let compiled = next_change(&period, &zone, at(minute));
        match change {
            Some(change) => prop_assert_eq!(compiled, Some(change)),
            // Beyond the window, or never.
            None => prop_assert!(compiled.is_none_or(|compiled| compiled >= at(clock.len()))),
        }
    }
}
