//! How many periods per second of CPU `time::is_active` answers for: what a map or an alert asks of each of them.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark")]

use std::hint::black_box;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use dialog_domain::{Day, Period, PeriodId, Recurrence, TimeSlot, time};
use uuid::Uuid;

const PERIODS: usize = 2_000;
const INSTANTS: usize = 50;
const TURNS: usize = 9;
/// Periods per second of CPU.
const AIM: f64 = 1e6;

fn main() {
    let periods: Vec<Period> = (0..PERIODS).map(period).collect();
    let start = DateTime::parse_from_rfc3339("2026-03-28T12:00:00Z").unwrap().with_timezone(&Utc);
    // Over a year, both changes of the clock included.
    let instants: Vec<_> =
        (0..INSTANTS).map(|rank| start + TimeDelta::hours(177 * i64::try_from(rank).unwrap())).collect();
    let zone = chrono_tz::Europe::Paris;
    let mut rates: Vec<f64> = (0..TURNS)
        .map(|_| {
            let before = cpu_seconds();
            let mut active = 0_usize;
            for at in &instants {
                active += periods.iter().filter(|period| time::is_active(black_box(period), &zone, *at)).count();
            }
            assert!(black_box(active) > 0);
            (PERIODS * INSTANTS) as f64 / (cpu_seconds() - before)
        })
        .collect();
    rates.sort_by(f64::total_cmp);
    let rate = rates[TURNS / 2];
    println!("\nPeriods asked whether they are active, one thread, zone Europe/Paris");
    println!(
        "  DiaLog {:.1} million per second of CPU ({:.1} to {:.1})",
        rate / 1e6,
        rates[0] / 1e6,
        rates[TURNS - 1] / 1e6
    );
    println!("  aim: {:.0} million or more", AIM / 1e6);
}

/// Permanent ones, temporary ones, some days, hours of the day, hours over midnight: by turns.
fn period(rank: usize) -> Period {
    let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
    let hour = |hour| NaiveTime::from_hms_opt(hour, 30, 0).unwrap();
    let first = day(1 + u32::try_from(rank % 6).unwrap(), 1 + u32::try_from(rank % 28).unwrap());
    let slots = match rank % 4 {
        0 => vec![],
        1 => vec![TimeSlot { start: hour(7), end: hour(10) }],
        2 => vec![TimeSlot { start: hour(22), end: hour(5) }],
        _ => vec![TimeSlot { start: hour(7), end: hour(9) }, TimeSlot { start: hour(16), end: hour(19) }],
    };
    let weekdays = vec![Day::Monday, Day::Tuesday, Day::Wednesday, Day::Thursday, Day::Friday];
    Period {
        id: PeriodId(Uuid::from_u128(rank as u128)),
        start: first.and_time(hour(6)),
        end: (!rank.is_multiple_of(3)).then(|| (first + TimeDelta::days(200)).and_time(hour(20))),
        recurrence: if rank.is_multiple_of(2) { Recurrence::EveryDay } else { Recurrence::CertainDays(weekdays) },
        time_slots: slots,
    }
}

/// Time that this thread has had of a CPU, whatever else the machine does.
fn cpu_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    text.split_whitespace().next().unwrap().parse::<f64>().unwrap() / 1e9
}
