use chrono::Datelike;
use leptos::prelude::*;

use super::editor::Editor;
use crate::{
    browser,
    forms::{
        calendar::{self, CalendarDay, DayHours},
        period::complete,
    },
};

const WEEK: [(&str, &str); 7] = [
    ("L", "Lundi"),
    ("M", "Mardi"),
    ("M", "Mercredi"),
    ("J", "Jeudi"),
    ("V", "Vendredi"),
    ("S", "Samedi"),
    ("D", "Dimanche"),
];

/// The days on which the measure applies, month by month, as soon as a period is complete.
#[component]
pub fn Calendar() -> impl IntoView {
    let editor: Editor = expect_context();
    let periods = Memo::new(move |_| {
        editor
            .head
            .with(|head| head.periods.iter().filter_map(|period| complete(period, head.permanent)).collect::<Vec<_>>())
    });
    let moved = RwSignal::new(0_i32);
    let month = Memo::new(move |_| {
        let today = browser::today().parse().unwrap_or_default();
        let first = periods.with(|periods| calendar::first_month(periods, today));
        let moved = moved.get();
        (0..moved.abs()).fold(first, |month, _| calendar::other_month(month, moved > 0))
    });
    let days = Memo::new(move |_| periods.with(|periods| calendar::days(periods, month.get())));
    let shown = Memo::new(move |_| !periods.with(Vec::is_empty));
    let name = move || calendar::month_name(month.get());
    let count = move || {
        let count = days.with(|days| days.iter().filter(|day| day.hours != DayHours::None).count());
        match count {
            0 => "aucun jour".to_owned(),
            1 => "1 jour".to_owned(),
            count => format!("{count} jours"),
        }
    };
    // Screen readers are told the hours of each day.
    let legend = move || {
        let some_part = days.with(|days| days.iter().any(|day| matches!(day.hours, DayHours::Part(_))));
        some_part.then(|| {
            view! {
                <p class="dl-calendar__legend fr-text--xs" aria-hidden="true">
                    <span>
                        <span class="dl-calendar__sample dl-calendar__day--part"></span>
                        "une partie de la journée"
                    </span>
                    <span>
                        <span class="dl-calendar__sample dl-calendar__day--whole"></span>
                        "toute la journée"
                    </span>
                </p>
            }
        })
    };
    let weeks = move || {
        let blanks = std::iter::repeat_n(None, usize::try_from(calendar::blanks(month.get())).unwrap_or_default());
        let cells: Vec<Option<CalendarDay>> = blanks.chain(days.get().into_iter().map(Some)).collect();
        let week = |week: &[Option<CalendarDay>]| view! { <tr>{week.iter().map(cell).collect_view()}</tr> };
        cells.chunks(7).map(week).collect_view()
    };
    let turn = move |by: i32, icon: &'static str, name: &'static str| {
        view! {
            <button
                type="button"
                class=format!("fr-btn fr-btn--sm fr-btn--tertiary-no-outline {icon}")
                title=name
                on:click=move |_| moved.update(|moved| *moved += by)
            >
                {name}
            </button>
        }
    };
    view! {
        <Show when=move || shown.get()>
            <section class="dl-calendar" aria-labelledby="titre-calendrier">
                <div class="dl-calendar__header">
                    {turn(-1, "fr-icon-arrow-left-s-line", "Mois précédent")}
                    <h3 class="fr-text--md fr-mb-0" id="titre-calendrier">
                        "Jours d’application, " {name}
                    </h3>
                    {turn(1, "fr-icon-arrow-right-s-line", "Mois suivant")}
                </div>
                <p class="fr-text--sm fr-mb-1w" aria-live="polite">
                    {move || format!("En {}, la mesure s’applique {}.", name(), count())}
                </p>
                <table class="dl-calendar__table">
                    <caption class="fr-sr-only">{move || format!("Jours d’application en {}", name())}</caption>
                    <thead>
                        <tr>
                            {WEEK
                                .map(|(letter, day)| {
                                    view! {
                                        <th scope="col">
                                            <span aria-hidden="true">{letter}</span>
                                            <span class="fr-sr-only">{day}</span>
                                        </th>
                                    }
                                })
                                .collect_view()}
                        </tr>
                    </thead>
                    <tbody>{weeks}</tbody>
                </table>
                {legend}
            </section>
        </Show>
    }
}

fn cell(day: &Option<CalendarDay>) -> AnyView {
    let Some(day) = day else { return view! { <td></td> }.into_any() };
    let (class, said) = match &day.hours {
        DayHours::None => ("", String::new()),
        DayHours::Whole => ("dl-calendar__day dl-calendar__day--whole", "toute la journée".to_owned()),
        DayHours::Part(hours) => ("dl-calendar__day dl-calendar__day--part", hours.clone()),
    };
    let title = (!said.is_empty()).then(|| said.clone());
    view! {
        <td class=class title=title>
            {day.date.day()}
            {(!said.is_empty()).then(|| view! { <span class="fr-sr-only">" : " {said}</span> })}
        </td>
    }
    .into_any()
}
