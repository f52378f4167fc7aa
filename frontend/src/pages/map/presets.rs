use chrono::{Datelike, Days, NaiveDate};
use leptos::prelude::*;

use super::filters::MapFilters;
use crate::browser;

/// Days that people ask about most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Preset {
    Today,
    Weekend,
    Week,
}

impl Preset {
    const ALL: [Self; 3] = [Self::Today, Self::Weekend, Self::Week];

    const fn name(self) -> &'static str {
        match self {
            Self::Today => "Aujourd’hui",
            Self::Weekend => "Ce week-end",
            Self::Week => "7 prochains jours",
        }
    }

    /// First and last day. Both are written, so that a link says the same days tomorrow.
    fn days(self, today: NaiveDate) -> (NaiveDate, NaiveDate) {
        let after = |days: u32| today.checked_add_days(Days::new(u64::from(days))).unwrap_or(today);
        let weekday = today.weekday().num_days_from_monday();
        match self {
            Self::Today => (today, today),
            // A weekend that has begun is this one.
            Self::Weekend => (after(5_u32.saturating_sub(weekday)), after(6_u32.saturating_sub(weekday))),
            Self::Week => (today, after(6)),
        }
    }
}

/// « Aujourd’hui », « Ce week-end », « 7 prochains jours » : pressed again, none of them.
#[component]
pub fn Presets(filters: Memo<MapFilters>, on_change: Callback<MapFilters>) -> impl IntoView {
    let tag = move |preset: Preset| {
        let dates = move || {
            let (start, end) = preset.days(browser::today().parse().unwrap_or_default());
            (start.to_string(), end.to_string())
        };
        let pressed = Memo::new(move |_| {
            let (start, end) = dates();
            filters.with(|filters| {
                // No start is today.
                let starts = filters.start == start || filters.start.is_empty() && start == browser::today();
                starts && filters.end == end && filters.at.is_empty()
            })
        });
        let press = move |_| {
            let (start, end) = if pressed.get_untracked() { Default::default() } else { dates() };
            on_change.run(MapFilters { start, end, at: String::new(), ..filters.get_untracked() });
        };
        view! {
            <li>
                <button
                    type="button"
                    class="fr-tag fr-tag--sm"
                    aria-pressed=move || pressed.get().to_string()
                    on:click=press
                >
                    {preset.name()}
                </button>
            </li>
        }
    };
    view! {
        <ul class="fr-tags-group dl-plain-list fr-mb-0" aria-label="Périodes courantes">
            {Preset::ALL.map(tag).collect_view()}
        </ul>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(preset: Preset, today: &str) -> [String; 2] {
        let (start, end) = preset.days(today.parse().unwrap());
        [start.to_string(), end.to_string()]
    }

    #[test]
    fn a_weekend_is_the_next_one_or_what_is_left_of_this_one() {
        assert_eq!(days(Preset::Weekend, "2026-11-23"), ["2026-11-28", "2026-11-29"]);
        assert_eq!(days(Preset::Weekend, "2026-11-27"), ["2026-11-28", "2026-11-29"]);
        assert_eq!(days(Preset::Weekend, "2026-11-28"), ["2026-11-28", "2026-11-29"]);
        assert_eq!(days(Preset::Weekend, "2026-11-29"), ["2026-11-29", "2026-11-29"]);
    }

    #[test]
    fn seven_days_count_today() {
        assert_eq!(days(Preset::Week, "2026-11-29"), ["2026-11-29", "2026-12-05"]);
        assert_eq!(days(Preset::Today, "2026-11-29"), ["2026-11-29", "2026-11-29"]);
    }
}
