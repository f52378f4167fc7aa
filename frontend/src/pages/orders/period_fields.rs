use leptos::prelude::*;

use super::editor::{Editor, below};
use crate::{
    browser,
    components::{DayChips, FieldMessages, RadioField, TextField},
    forms::{FormState, PeriodDraft, SlotDraft, errors::field_id, period::sentence},
};

/// When: the periods of the measure.
#[component]
pub fn Periods() -> impl IntoView {
    let editor: Editor = expect_context();
    let keys = Memo::new(move |_| {
        editor.draft.with(|draft| draft.periods.iter().map(|period| period.key).collect::<Vec<_>>())
    });
    let add = move |_| {
        let mut index = 0;
        editor.draft.update(|draft| {
            draft.add_period();
            index = draft.periods.len() - 1;
        });
        focus_soon(format!("periods[{index}].startDate"));
    };
    view! {
        <section class="dl-form-section" aria-labelledby="champ-periods">
            <h2 class="fr-h5" id="champ-periods" tabindex="-1">
                "Périodes d’application"
            </h2>
            <FieldMessages path=Signal::stored("periods".to_owned())/>
            <For each=move || keys.get() key=|key| *key children=|key| view! { <Period key=key/> }/>
            <button
                type="button"
                class="fr-btn fr-btn--sm fr-btn--tertiary fr-btn--icon-left fr-icon-add-line"
                on:click=add
            >
                "Ajouter une période"
            </button>
        </section>
    }
}

/// Moves the focus to a field that is about to be shown.
pub fn focus_soon(path: String) {
    browser::focus_soon(field_id(&path));
}

#[component]
fn Period(key: u32) -> impl IntoView {
    let editor: Editor = expect_context();
    let form: FormState = expect_context();
    let path = editor.period_path(key);
    let permanent = editor.draft.with_untracked(|draft| draft.permanent);
    let index = move || editor.draft.with(|draft| draft.periods.iter().position(|period| period.key == key));
    let number = move || index().map_or(1, |index| index + 1);
    let several = Memo::new(move |_| editor.draft.with(|draft| draft.periods.len() > 1));
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
    let remove = move |_| {
        let Some(at) = index() else { return };
        editor.draft.update(|draft| drop(draft.periods.remove(at)));
        form.removed("periods", at);
        browser::focus("champ-periods");
    };
    let duplicate = move |_| {
        editor.draft.update(|draft| draft.duplicate_period(key));
        if let Some(index) =
            editor.draft.with_untracked(|draft| draft.periods.iter().position(|period| period.key == key))
        {
            focus_soon(format!("periods[{}].startDate", index + 1));
        }
    };
    let said = Memo::new(move |_| {
        editor.draft.with(|draft| {
            let period = draft.periods.iter().find(|period| period.key == key)?;
            sentence(period, draft.permanent)
        })
    });
    view! {
        <div class="dl-card" role="group" aria-label=move || format!("Période {}", number())>
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
            <div class="dl-pair">
                <TextField
                    path=below(path, "startDate")
                    label=Signal::stored("Date de début".to_owned())
                    kind="date"
                    value=editor.period(key, |period| period.start_date.clone(), PeriodDraft::set_start_date)
                />
                <TextField
                    path=below(path, "startTime")
                    label=Signal::stored("Heure de début".to_owned())
                    kind="time"
                    value=editor.period(key, |period| period.start_time.clone(), |period, time| period.start_time = time)
                />
            </div>
            {(!permanent)
                .then(|| {
                    view! {
                        <div class="dl-pair">
                            <TextField
                                path=below(path, "endDate")
                                label=Signal::stored("Date de fin".to_owned())
                                kind="date"
                                value=editor
                                    .period(key, |period| period.end_date.clone(), |period, date| period.end_date = date)
                            />
                            <TextField
                                path=below(path, "endTime")
                                label=Signal::stored("Heure de fin".to_owned())
                                kind="time"
                                value=editor
                                    .period(key, |period| period.end_time.clone(), |period, time| period.end_time = time)
                            />
                        </div>
                    }
                })}
            <RadioField
                path=below(path, "recurrenceType")
                label=Signal::stored("Jours concernés".to_owned())
                value=recurrence
                options=Signal::stored(recurrences)
            />
            <Show when=move || certain_days.get()>
                <DayChips
                    path=below(path, "applicableDays")
                    value=editor.period(key, |period| period.days.clone(), |period, days| period.days = days)
                />
            </Show>
            <Slots key=key path=path/>
            {move || said.get().map(|text| view! { <p class="dl-said">{text}</p> })}
        </div>
    }
}

#[component]
fn Slots(key: u32, path: Signal<String>) -> impl IntoView {
    let editor: Editor = expect_context();
    let form: FormState = expect_context();
    let keys = Memo::new(move |_| {
        editor.draft.with(|draft| {
            let period = draft.periods.iter().find(|period| period.key == key);
            period.map(|period| period.slots.iter().map(|slot| slot.key).collect::<Vec<_>>()).unwrap_or_default()
        })
    });
    let add = move |_| {
        let mut last = 0;
        editor.draft.update(|draft| {
            let slot = SlotDraft { key: draft.take_key(), start: String::new(), end: String::new() };
            if let Some(period) = draft.periods.iter_mut().find(|period| period.key == key) {
                last = period.slots.len();
                period.slots.push(slot);
            }
        });
        focus_soon(format!("{}.timeSlots[{last}].startTime", path.get_untracked()));
    };
    let remove = move |slot: u32| {
        let mut removed = None;
        editor.draft.update(|draft| {
            if let Some(period) = draft.periods.iter_mut().find(|period| period.key == key) {
                removed = period.slots.iter().position(|other| other.key == slot);
                period.slots.retain(|other| other.key != slot);
            }
        });
        if let Some(index) = removed {
            form.removed(&format!("{}.timeSlots", path.get_untracked()), index);
        }
        browser::focus(&field_id(&format!("{}.timeSlots", path.get_untracked())));
    };
    let line = move |slot: u32| {
        let rank = Memo::new(move |_| keys.get().iter().position(|key| *key == slot).unwrap_or_default());
        let slot_path = move |field: &'static str| {
            Signal::derive(move || format!("{}.timeSlots[{}].{field}", path.get(), rank.get()))
        };
        let part = move |read: fn(&SlotDraft) -> String, write: fn(&mut SlotDraft, String)| {
            editor.period(
                key,
                move |period| period.slots.iter().find(|other| other.key == slot).map(read).unwrap_or_default(),
                move |period, value| {
                    if let Some(slot) = period.slots.iter_mut().find(|other| other.key == slot) {
                        write(slot, value);
                    }
                },
            )
        };
        let name = move || format!("Supprimer la plage horaire {}", rank.get() + 1);
        view! {
            <div class="dl-pair dl-pair--slot" role="group" aria-label=move || format!("Plage horaire {}", rank.get() + 1)>
                <TextField
                    path=slot_path("startTime")
                    label=Signal::stored("De".to_owned())
                    kind="time"
                    value=part(|slot| slot.start.clone(), |slot, time| slot.start = time)
                />
                <TextField
                    path=slot_path("endTime")
                    label=Signal::stored("À".to_owned())
                    kind="time"
                    value=part(|slot| slot.end.clone(), |slot, time| slot.end = time)
                />
                <button
                    type="button"
                    class="fr-btn fr-btn--sm fr-btn--tertiary-no-outline fr-icon-delete-line dl-pair__tool"
                    title=name
                    on:click=move |_| remove(slot)
                >
                    {name}
                </button>
            </div>
        }
    };
    view! {
        <div class="dl-slots">
            <p class="fr-label fr-mb-1v" id=move || field_id(&format!("{}.timeSlots", path.get())) tabindex="-1">
                "Horaires"
                <span class="fr-hint-text">
                    "Sans horaire, la mesure s’applique toute la journée. Une plage qui finit avant son début se termine le lendemain."
                </span>
            </p>
            <For each=move || keys.get() key=|key| *key children=line/>
            <button
                type="button"
                class="fr-btn fr-btn--sm fr-btn--tertiary fr-btn--icon-left fr-icon-time-line"
                on:click=add
            >
                {move || if keys.get().is_empty() { "Définir des horaires" } else { "Ajouter une plage horaire" }}
            </button>
        </div>
    }
}
