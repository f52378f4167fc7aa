use leptos::prelude::*;

use super::{calendar::Calendar, editor::Editor, removed::PutBack, slots::Slots};
use crate::{
    browser,
    components::{Chips, FieldMessages, RadioField, TextField},
    forms::{
        HeadDraft, PeriodDraft, calendar,
        errors::field_id,
        labels,
        period::{Preset, complete},
    },
};

/// When: the periods of the measure.
#[component]
pub fn Periods() -> impl IntoView {
    let editor: Editor = expect_context();
    let keys =
        Memo::new(move |_| editor.head.with(|head| head.periods.iter().map(|period| period.key).collect::<Vec<_>>()));
    let add = move |_| {
        if let Some(key) = editor.head.try_update(HeadDraft::add_period) {
            focus_soon(&format!("periods[{key}].startDate"));
        }
    };
    view! {
        <section class="dl-form-section" aria-labelledby="champ-periods">
            <h2 class="fr-h5" id="champ-periods" tabindex="-1">
                "Périodes d’application"
            </h2>
            <FieldMessages path=Signal::stored("periods".to_owned())/>
            <PutBack list="periods"/>
            <For each=move || keys.get() key=|key| *key children=move |key| view! { <Period key=key keys=keys/> }/>
            <button
                type="button"
                class="fr-btn fr-btn--sm fr-btn--tertiary fr-btn--icon-left fr-icon-add-line"
                on:click=add
            >
                "Ajouter une période"
            </button>
            <Overlap/>
            <Calendar/>
        </section>
    }
}

/// Two periods that say the same moment twice are rarely meant.
#[component]
fn Overlap() -> impl IntoView {
    let editor: Editor = expect_context();
    let periods = Memo::new(move |_| {
        editor.head.with(|head| head.periods.iter().map(|period| complete(period, head.permanent)).collect::<Vec<_>>())
    });
    let found = Memo::new(move |_| periods.with(|periods| calendar::overlap(periods)));
    let warning = move || {
        let (one, other) = found.get()?;
        let text = format!(
            "Les périodes {} et {} se recouvrent : vérifiez leurs jours et leurs horaires.",
            one + 1,
            other + 1
        );
        Some(view! {
            <p class="dl-preview dl-preview--warning">
                <span class="fr-icon-information-line" aria-hidden="true"></span>
                <span>{text}</span>
            </p>
        })
    };
    view! { <div role="status">{warning}</div> }
}

/// Moves the focus to a field that is about to be shown.
pub fn focus_soon(path: &str) {
    browser::focus_soon(field_id(path));
}

#[component]
fn Period(key: u32, keys: Memo<Vec<u32>>) -> impl IntoView {
    let editor: Editor = expect_context();
    let path = move |field: &str| Signal::stored(format!("periods[{key}].{field}"));
    let number = move || keys.with(|keys| keys.iter().position(|other| *other == key).map_or(1, |rank| rank + 1));
    let recurrence = editor.period(
        key,
        |period| if period.certain_days { "certainDays".to_owned() } else { "everyDay".to_owned() },
        |period, word| period.certain_days = word == "certainDays",
    );
    let certain_days = Memo::new(move |_| recurrence.get.with(|word| word == "certainDays"));
    let recurrences = vec![
        ("everyDay".to_owned(), "Tous les jours".to_owned()),
        ("certainDays".to_owned(), "Certains jours".to_owned()),
    ];
    let said = Memo::new(move |_| {
        let period = editor.head.with(|head| complete(head.period(key)?, head.permanent))?;
        Some(dialog_text::period(&period))
    });
    view! {
        <div class="dl-card" role="group" aria-label=move || format!("Période {}", number())>
            <PeriodHeader key=key keys=keys/>
            <Presets key=key/>
            <Dates key=key/>
            <RadioField
                path=path("recurrenceType")
                label=Signal::stored("Jours concernés".to_owned())
                value=recurrence
                options=Signal::stored(recurrences)
            />
            <Show when=move || certain_days.get()>
                <Chips
                    path=path("applicableDays")
                    label="Jours de la semaine"
                    options=labels::days()
                    value=editor.period(key, |period| period.days.clone(), |period, days| period.days = days)
                />
            </Show>
            <Slots key=key/>
            {move || said.get().map(|text| view! { <p class="dl-said">{text}</p> })}
        </div>
    }
}

#[component]
fn PeriodHeader(key: u32, keys: Memo<Vec<u32>>) -> impl IntoView {
    let editor: Editor = expect_context();
    let number = move || keys.with(|keys| keys.iter().position(|other| *other == key).map_or(1, |rank| rank + 1));
    let several = Memo::new(move |_| keys.with(|keys| keys.len() > 1));
    let remove = move |_| {
        editor.remove_period(key, format!("La période {}", untrack(number)));
        browser::focus("champ-periods");
    };
    let duplicate = move |_| {
        if let Some(copy) = editor.head.try_update(|head| head.duplicate_period(key)).flatten() {
            focus_soon(&format!("periods[{copy}].startDate"));
        }
    };
    view! {
        <div class="dl-card__header">
            <h3 class="fr-h6 fr-mb-0">"Période " {number}</h3>
            <div class="dl-card__tools">
                <button
                    type="button"
                    class="fr-btn fr-btn--sm fr-btn--tertiary-no-outline fr-icon-stack-line"
                    title=move || format!("Dupliquer la période {}", number())
                    on:click=duplicate
                >
                    {move || format!("Dupliquer la période {}", number())}
                </button>
                <Show when=move || several.get()>
                    <button
                        type="button"
                        class="fr-btn fr-btn--sm fr-btn--tertiary-no-outline fr-icon-delete-line"
                        title=move || format!("Supprimer la période {}", number())
                        on:click=remove
                    >
                        {move || format!("Supprimer la période {}", number())}
                    </button>
                </Show>
            </div>
        </div>
    }
}

/// Days and hours that are often asked for, in one press.
#[component]
fn Presets(key: u32) -> impl IntoView {
    let editor: Editor = expect_context();
    let button = move |(preset, name): (Preset, &'static str)| {
        let write = move |_| {
            editor.head.update(|head| {
                let slot = head.take_key();
                if let Some(period) = head.period_mut(key) {
                    period.preset(preset, || slot);
                }
            });
        };
        view! {
            <li>
                <button type="button" class="fr-tag fr-tag--sm" on:click=write>
                    {name}
                </button>
            </li>
        }
    };
    view! {
        <ul class="fr-tags-group dl-period-presets" aria-label="Jours et horaires courants">
            {Preset::ALL.map(button).collect_view()}
        </ul>
    }
}

#[component]
fn Dates(key: u32) -> impl IntoView {
    let editor: Editor = expect_context();
    let permanent = editor.head.with_untracked(|head| head.permanent);
    let field = move |name: &'static str, label: &'static str, kind, value| {
        view! {
            <TextField
                path=Signal::stored(format!("periods[{key}].{name}"))
                label=Signal::stored(label.to_owned())
                kind=kind
                value=value
            />
        }
    };
    let end = move || {
        view! {
            <div class="dl-pair">
                {field(
                    "endDate",
                    "Date de fin",
                    "date",
                    editor.period(key, |period| period.end_date.clone(), |period, date| period.end_date = date),
                )}
                {field(
                    "endTime",
                    "Heure de fin",
                    "time",
                    editor.period(key, |period| period.end_time.clone(), |period, time| period.end_time = time),
                )}
            </div>
        }
    };
    view! {
        <div class="dl-pair">
            {field(
                "startDate",
                "Date de début",
                "date",
                editor.period(key, |period| period.start_date.clone(), PeriodDraft::set_start_date),
            )}
            {field(
                "startTime",
                "Heure de début",
                "time",
                editor.period(key, |period| period.start_time.clone(), |period, time| period.start_time = time),
            )}
        </div>
        {(!permanent).then(end)}
    }
}
