//! When.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use dialog_domain::{Day, OrderContent, Period, Recurrence, TimeSlot};

use crate::{labels, list::join};

/// A period: `du 31/10/2023 à 09h00 au 31/10/2023 à 23h00, du lundi au vendredi (08h00-18h00)`.
#[must_use]
pub fn period(period: &Period) -> String {
    let mut text = match period.end {
        None => format!("à partir du {}", date_time(period.start)),
        Some(end) => format!("du {} au {}", date_time(period.start), date_time(end)),
    };
    if let Recurrence::CertainDays(certain) = &period.recurrence
        && !certain.is_empty()
    {
        text.push_str(", ");
        text.push_str(&days(certain));
    }
    if !period.time_slots.is_empty() {
        let slots: Vec<String> = period.time_slots.iter().map(slot).collect();
        text.push_str(&format!(" ({})", join(&slots, "et")));
    }
    text
}

/// Days of the week, consecutive ones together: `du lundi au mercredi et le vendredi`.
fn days(days: &[Day]) -> String {
    let mut groups: Vec<(Day, Day)> = Vec::new();
    for day in Day::ALL.into_iter().filter(|day| days.contains(day)) {
        match groups.last_mut() {
            Some((_, last)) if last.weekday().succ() == day.weekday() => *last = day,
            _ => groups.push((day, day)),
        }
    }
    let name = |day| labels::day(day).to_lowercase();
    let groups: Vec<String> = groups
        .into_iter()
        .map(|(first, last)| match first == last {
            true => format!("le {}", name(first)),
            false => format!("du {} au {}", name(first), name(last)),
        })
        .collect();
    join(&groups, "et")
}

fn slot(slot: &TimeSlot) -> String {
    format!("{}-{}", time(slot.start), time(slot.end))
}

fn date(date: NaiveDate) -> String {
    date.format("%d/%m/%Y").to_string()
}

fn time(time: NaiveTime) -> String {
    time.format("%Hh%M").to_string()
}

pub(crate) fn date_time(at: NaiveDateTime) -> String {
    format!("{} à {}", date(at.date()), time(at.time()))
}

/// First and last day of an order; no last day when one of its periods is open. `None` without period.
fn order_dates(content: &OrderContent) -> Option<(NaiveDate, Option<NaiveDate>)> {
    content
        .measures
        .iter()
        .flat_map(|measure| &measure.periods)
        .map(|period| (period.start.date(), period.end.map(|end| end.date())))
        .reduce(|(start, end), (other_start, other_end)| {
            (start.min(other_start), end.zip(other_end).map(|(end, other)| end.max(other)))
        })
}

/// The overall period of an order, by days: `du 01/12/2026 au 30/12/2026`, `à partir du 01/12/2026` when it is to
/// come, `depuis le 01/12/2026` once it has begun. `None` without period.
#[must_use]
pub fn order_period(content: &OrderContent, today: NaiveDate) -> Option<String> {
    let (start, end) = order_dates(content)?;
    Some(match end {
        Some(end) => format!("du {} au {}", date(start), date(end)),
        None if start > today => format!("à partir du {}", date(start)),
        None => format!("depuis le {}", date(start)),
    })
}

/// Where an order stands on that day: `à venir`, `en cours`, `passé`. `None` without period.
#[must_use]
pub fn order_progress(content: &OrderContent, today: NaiveDate) -> Option<&'static str> {
    let (start, end) = order_dates(content)?;
    Some(if start > today {
        "à venir"
    } else if end.is_some_and(|end| end < today) {
        "passé"
    } else {
        "en cours"
    })
}

/// Where an order stands, for [`order_next_change`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It begins later.
    Upcoming,
    /// It applies.
    Current,
    /// It is over.
    Over,
}

/// The next thing that time does to an order, by days: `commence demain`, `se termine dans 3 jours`,
/// `se termine le 30/06/2027`, `sans date de fin`; of one that is over: `terminé le 30/06/2027`. `None` without period.
#[must_use]
pub fn order_next_change(content: &OrderContent, stage: Stage, today: NaiveDate) -> Option<String> {
    let (start, end) = order_dates(content)?;
    Some(match (stage, end) {
        (Stage::Upcoming, _) => format!("commence {}", coming(start, today)),
        (Stage::Current, Some(end)) => format!("se termine {}", coming(end, today)),
        (Stage::Over, Some(end)) => format!("terminé le {}", date(end)),
        (Stage::Current | Stage::Over, None) => "sans date de fin".to_owned(),
    })
}

/// A day that is near, as people say it.
fn coming(day: NaiveDate, today: NaiveDate) -> String {
    match (day - today).num_days() {
        ..=0 => "aujourd’hui".to_owned(),
        1 => "demain".to_owned(),
        days @ 2..=31 => format!("dans {days} jours"),
        _ => format!("le {}", date(day)),
    }
}

#[cfg(test)]
mod tests {
    use dialog_domain::{PeriodId, TimeSlot};

    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    fn sample(start: &str, end: Option<&str>, days: &[Day], slots: &[(&str, &str)]) -> Period {
        Period {
            id: PeriodId(Default::default()),
            start: at(start),
            end: end.map(at),
            recurrence: if days.is_empty() { Recurrence::EveryDay } else { Recurrence::CertainDays(days.to_vec()) },
            time_slots: slots
                .iter()
                .map(|(start, end)| TimeSlot { start: start.parse().unwrap(), end: end.parse().unwrap() })
                .collect(),
        }
    }

    #[test]
    fn a_closed_period_has_two_dates_and_an_open_one_has_one() {
        assert_eq!(
            period(&sample("2023-10-31T09:00:00", Some("2023-10-31T23:00:00"), &[], &[])),
            "du 31/10/2023 à 09h00 au 31/10/2023 à 23h00"
        );
        assert_eq!(period(&sample("2023-03-11T00:00:00", None, &[], &[])), "à partir du 11/03/2023 à 00h00");
    }

    // Domain sheet §12.3, 51.
    #[test]
    fn slots_are_in_brackets_and_every_day_adds_nothing() {
        assert_eq!(
            period(&sample("2023-03-11T00:00:00", None, &[], &[("08:00:00", "18:00:00")])),
            "à partir du 11/03/2023 à 00h00 (08h00-18h00)"
        );
        assert_eq!(
            period(&sample(
                "2023-03-11T00:00:00",
                None,
                &[Day::Tuesday],
                &[("13:00:00", "15:00:00"), ("20:00:00", "22:00:00")]
            )),
            "à partir du 11/03/2023 à 00h00, le mardi (13h00-15h00 et 20h00-22h00)"
        );
    }

    // Domain sheet §12.3, 54–57.
    #[test]
    fn consecutive_days_are_together() {
        use Day::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
        for (given, text) in [
            (vec![Tuesday], "le mardi"),
            (vec![Tuesday, Thursday], "le mardi et le jeudi"),
            (Day::ALL.to_vec(), "du lundi au dimanche"),
            (vec![Monday, Sunday], "le lundi et le dimanche"),
            (vec![Monday, Tuesday, Wednesday, Friday], "du lundi au mercredi et le vendredi"),
            (vec![Monday, Wednesday, Saturday, Sunday], "le lundi, le mercredi et du samedi au dimanche"),
            (vec![Friday, Monday, Tuesday], "du lundi au mardi et le vendredi"),
        ] {
            assert_eq!(days(&given), text);
        }
    }

    #[test]
    fn the_period_of_an_order_goes_from_its_first_to_its_last_day() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let order = |periods: Vec<Period>| OrderContent {
            category: dialog_domain::OrderCategory::TemporaryRegulation,
            subject: None,
            other_category_text: None,
            title: String::new(),
            measures: vec![dialog_domain::Measure {
                id: dialog_domain::MeasureId(Default::default()),
                kind: dialog_domain::MeasureType::NoEntry,
                max_speed_kmh: None,
                vehicle_set: Default::default(),
                periods,
                locations: vec![],
                created_at: Default::default(),
            }],
            repeal: None,
        };
        let closed =
            |start: &str, end: &str| sample(&format!("{start}T00:00:00"), Some(&format!("{end}T23:59:00")), &[], &[]);
        let two = order(vec![closed("2026-12-10", "2026-12-30"), closed("2026-12-01", "2026-12-05")]);
        let text = order_period(&two, day("2026-11-01"));
        assert_eq!(text.as_deref(), Some("du 01/12/2026 au 30/12/2026"));
        for (today, progress) in [
            ("2026-11-30", "à venir"),
            ("2026-12-01", "en cours"),
            // Domain sheet §12.3, 65: the last day is not past.
            ("2026-12-30", "en cours"),
            ("2026-12-31", "passé"),
        ] {
            assert_eq!(order_progress(&two, day(today)), Some(progress), "{today}");
        }

        let open = order(vec![closed("2026-12-10", "2026-12-30"), sample("2026-12-01T00:00:00", None, &[], &[])]);
        assert_eq!(order_period(&open, day("2026-11-30")).as_deref(), Some("à partir du 01/12/2026"));
        assert_eq!(order_period(&open, day("2026-12-01")).as_deref(), Some("depuis le 01/12/2026"));
        assert_eq!(order_progress(&open, day("2030-01-01")), Some("en cours"));

        assert_eq!(order_period(&order(vec![]), day("2026-12-01")), None);
        assert_eq!(order_progress(&order(vec![]), day("2026-12-01")), None);

        let next = |order: &OrderContent, stage, today: &str| order_next_change(order, stage, day(today));
        for (stage, today, text) in [
            (Stage::Upcoming, "2026-10-01", "commence le 01/12/2026"),
            (Stage::Upcoming, "2026-11-21", "commence dans 10 jours"),
            (Stage::Upcoming, "2026-11-30", "commence demain"),
            (Stage::Upcoming, "2026-12-01", "commence aujourd’hui"),
            (Stage::Current, "2026-12-01", "se termine dans 29 jours"),
            (Stage::Current, "2026-12-30", "se termine aujourd’hui"),
            (Stage::Over, "2026-12-31", "terminé le 30/12/2026"),
        ] {
            assert_eq!(next(&two, stage, today).as_deref(), Some(text), "{today}");
        }
        assert_eq!(next(&open, Stage::Current, "2026-12-01").as_deref(), Some("sans date de fin"));
        assert_eq!(next(&order(vec![]), Stage::Current, "2026-12-01"), None);
    }
}
