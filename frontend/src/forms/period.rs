use chrono::{DateTime, NaiveDate, NaiveTime};
use dialog_domain::{
    Day, MeasureType, Period, PeriodId, Recurrence,
    input::{MeasureInput, PeriodInput, TimeSlotInput, local_time},
    rules::{self, Context, Face},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A period as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeriodDraft {
    /// Tells it from the others while the form is open.
    pub key: u32,
    /// The period that is being edited.
    pub id: Option<PeriodId>,
    /// `YYYY-MM-DD` or nothing.
    pub start_date: String,
    /// `HH:MM` or nothing.
    pub start_time: String,
    /// `YYYY-MM-DD` or nothing.
    pub end_date: String,
    /// `HH:MM` or nothing.
    pub end_time: String,
    /// Only on some days of the week.
    pub certain_days: bool,
    /// Their words.
    pub days: Vec<String>,
    /// Hours of each day; none: the whole day.
    pub slots: Vec<SlotDraft>,
}

/// Hours of a day as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotDraft {
    /// Tells it from the others while the form is open.
    pub key: u32,
    /// `HH:MM` or nothing.
    pub start: String,
    /// `HH:MM` or nothing.
    pub end: String,
}

impl PeriodDraft {
    /// A new period: whole days.
    pub fn new(key: u32) -> Self {
        Self {
            key,
            id: None,
            start_date: String::new(),
            start_time: "00:00".to_owned(),
            end_date: String::new(),
            end_time: "23:59".to_owned(),
            certain_days: false,
            days: Vec::new(),
            slots: Vec::new(),
        }
    }

    /// What a period says now. Keys of its slots follow `key`.
    pub fn of(period: &Period, key: u32) -> Self {
        let days = match &period.recurrence {
            Recurrence::EveryDay => Vec::new(),
            Recurrence::CertainDays(days) => days.iter().map(|day| day.as_str().to_owned()).collect(),
        };
        Self {
            key,
            id: Some(period.id),
            start_date: period.start.date().to_string(),
            start_time: hour(period.start.time()),
            end_date: period.end.map(|end| end.date().to_string()).unwrap_or_default(),
            end_time: period.end.map_or_else(|| "23:59".to_owned(), |end| hour(end.time())),
            certain_days: !days.is_empty(),
            days,
            slots: (key + 1..)
                .zip(&period.time_slots)
                .map(|(key, slot)| SlotDraft { key, start: hour(slot.start), end: hour(slot.end) })
                .collect(),
        }
    }

    /// Writes the start; an end that is empty or before it follows.
    pub fn set_start_date(&mut self, date: String) {
        if !date.is_empty() && (self.end_date.is_empty() || self.end_date < date) {
            self.end_date.clone_from(&date);
        }
        self.start_date = date;
    }

    fn has_day(&self, word: &str) -> bool {
        self.days.iter().any(|day| day == word)
    }

    /// Writes days and hours that are often asked for; `take_key` gives the key of a new slot.
    pub fn preset(&mut self, preset: Preset, take_key: impl FnOnce() -> u32) {
        let (days, hours) = match preset {
            Preset::WholeDays => (None, None),
            Preset::DayTime => (None, Some(("08:00", "18:00"))),
            Preset::Nights => (None, Some(("20:00", "06:00"))),
            Preset::WorkingDays => (Some(&Day::ALL[..5]), None),
            Preset::WeekEnds => (Some(&Day::ALL[5..]), None),
        };
        if let Some(days) = days {
            self.certain_days = true;
            self.days = days.iter().map(|day| day.as_str().to_owned()).collect();
            return;
        }
        self.slots = hours
            .into_iter()
            .zip([take_key()])
            .map(|((start, end), key)| SlotDraft { key, start: start.to_owned(), end: end.to_owned() })
            .collect();
    }

    /// What is sent.
    pub fn input(&self, permanent: bool) -> PeriodInput {
        PeriodInput {
            uuid: self.id,
            start_date: date(&self.start_date),
            start_time: local_time::parse(&self.start_time),
            end_date: date(&self.end_date).filter(|_| !permanent),
            end_time: local_time::parse(&self.end_time).filter(|_| !permanent),
            is_permanent: permanent,
            recurrence_type: Some(if self.certain_days { "certainDays" } else { "everyDay" }.to_owned()),
            applicable_days: match self.certain_days {
                true => {
                    Day::ALL.map(Day::as_str).into_iter().filter(|day| self.has_day(day)).map(str::to_owned).collect()
                }
                false => Vec::new(),
            },
            time_slots: self
                .slots
                .iter()
                .map(|slot| TimeSlotInput {
                    start_time: local_time::parse(&slot.start),
                    end_time: local_time::parse(&slot.end),
                })
                .collect(),
            ..PeriodInput::default()
        }
    }
}

/// Days or hours that are often asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// No hours.
    WholeDays,
    /// 8 h to 18 h.
    DayTime,
    /// 20 h to 6 h the next day.
    Nights,
    /// Monday to Friday.
    WorkingDays,
    /// Saturday and Sunday.
    WeekEnds,
}

impl Preset {
    /// Each with its name.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::WholeDays, "Toute la journée"),
        (Self::DayTime, "En journée, 8 h à 18 h"),
        (Self::Nights, "La nuit, 20 h à 6 h"),
        (Self::WorkingDays, "Du lundi au vendredi"),
        (Self::WeekEnds, "Samedi et dimanche"),
    ];
}

/// The period, once it is complete.
pub fn complete(draft: &PeriodDraft, permanent: bool) -> Option<Period> {
    let measure = MeasureInput {
        kind: Some(MeasureType::NoEntry.as_str().to_owned()),
        periods: vec![draft.input(permanent)],
        ..MeasureInput::default()
    };
    let mut new_id = Uuid::nil;
    // The integrators' face accepts a measure without location: only the period is judged here.
    let mut context = Context { face: Face::Integrator, new_id: &mut new_id, now: DateTime::UNIX_EPOCH };
    let measure = rules::measure(&measure, &mut context).ok()?;
    measure.periods.into_iter().next()
}

fn date(text: &str) -> Option<NaiveDate> {
    text.trim().parse().ok()
}

fn hour(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_period_lasts_whole_days() {
        let mut period = PeriodDraft::new(0);
        period.set_start_date("2026-12-01".to_owned());
        let input = period.input(false);
        assert_eq!(input.end_date, input.start_date);
        assert_eq!(input.start_time, NaiveTime::from_hms_opt(0, 0, 0));
        assert_eq!(input.end_time, NaiveTime::from_hms_opt(23, 59, 0));
    }

    #[test]
    fn an_end_that_was_chosen_is_kept_when_the_start_moves_before_it() {
        let mut period = PeriodDraft::new(0);
        period.end_date = "2026-12-31".to_owned();
        period.set_start_date("2026-12-01".to_owned());
        assert_eq!(period.end_date, "2026-12-31");
        period.set_start_date("2027-01-05".to_owned());
        assert_eq!(period.end_date, "2027-01-05");
    }

    #[test]
    fn a_permanent_period_sends_no_end() {
        let mut period = PeriodDraft::new(0);
        period.set_start_date("2026-12-01".to_owned());
        let input = period.input(true);
        assert_eq!((input.end_date, input.end_time, input.is_permanent), (None, None, true));
    }

    #[test]
    fn a_period_is_said_once_it_is_complete() {
        let mut period = PeriodDraft::new(0);
        assert_eq!(complete(&period, false), None);
        period.set_start_date("2026-12-01".to_owned());
        let period = complete(&period, false).unwrap();
        assert!(dialog_text::period(&period).contains("01/12/2026"));
    }

    #[test]
    fn a_preset_of_hours_keeps_the_days_and_the_other_way_round() {
        let mut period = PeriodDraft::new(0);
        period.preset(Preset::WeekEnds, || 1);
        period.preset(Preset::Nights, || 2);
        assert_eq!(period.days, ["saturday", "sunday"]);
        assert_eq!(
            period.slots.iter().map(|slot| (slot.start.as_str(), slot.end.as_str())).collect::<Vec<_>>(),
            [("20:00", "06:00")]
        );
        period.preset(Preset::WholeDays, || 3);
        assert!(period.slots.is_empty() && period.certain_days);
    }

    #[test]
    fn days_are_sent_only_when_some_days_are_chosen() {
        let mut period = PeriodDraft::new(0);
        period.days = ["friday", "monday"].map(str::to_owned).to_vec();
        assert!(period.input(false).applicable_days.is_empty());
        period.certain_days = true;
        assert_eq!(period.input(false).applicable_days, ["monday", "friday"]);
    }
}
