use leptos::prelude::*;

use super::{editor::Editor, periods::focus_soon};
use crate::{
    browser,
    components::TextField,
    forms::{FormState, Model, SlotDraft, errors::field_id, model},
};

/// Hours of the days of a period.
#[component]
pub fn Slots(key: u32) -> impl IntoView {
    let editor: Editor = expect_context();
    let form: FormState = expect_context();
    let list = format!("periods[{key}].timeSlots");
    let id = field_id(&list);
    let list = StoredValue::new(list);
    let keys = Memo::new(move |_| {
        editor.head.with(|head| {
            let period = head.period(key);
            period.map(|period| period.slots.iter().map(|slot| slot.key).collect::<Vec<_>>()).unwrap_or_default()
        })
    });
    let add = move |_| {
        let mut last = 0;
        editor.head.update(|head| {
            let slot = SlotDraft { key: head.take_key(), start: String::new(), end: String::new() };
            if let Some(period) = head.period_mut(key) {
                last = period.slots.len();
                period.slots.push(slot);
            }
        });
        focus_soon(&format!("{}[{last}].startTime", list.get_value()));
    };
    let remove = move |slot: u32| {
        let at = keys.with_untracked(|keys| keys.iter().position(|key| *key == slot));
        editor.head.update(|head| {
            if let Some(period) = head.period_mut(key) {
                period.slots.retain(|other| other.key != slot);
            }
        });
        if let Some(at) = at {
            form.removed(&list.get_value(), at);
        }
        browser::focus(&field_id(&list.get_value()));
    };
    let line = move |slot: u32| {
        let rank = Memo::new(move |_| keys.with(|keys| keys.iter().position(|key| *key == slot).unwrap_or_default()));
        let path =
            move |field: &'static str| Signal::derive(move || format!("{}[{}].{field}", list.get_value(), rank.get()));
        let name = move || format!("Supprimer la plage horaire {}", rank.get() + 1);
        view! {
            <div class="dl-pair dl-pair--slot" role="group" aria-label=move || format!("Plage horaire {}", rank.get() + 1)>
                <TextField
                    path=path("startTime")
                    label=Signal::stored("De".to_owned())
                    kind="time"
                    value=part(editor, key, slot, |slot| slot.start.clone(), |slot, time| slot.start = time)
                />
                <TextField
                    path=path("endTime")
                    label=Signal::stored("À".to_owned())
                    kind="time"
                    value=part(editor, key, slot, |slot| slot.end.clone(), |slot, time| slot.end = time)
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
            <p class="fr-label fr-mb-1v" id=id tabindex="-1">
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
                {move || if keys.with(Vec::is_empty) { "Définir des horaires" } else { "Ajouter une plage horaire" }}
            </button>
        </div>
    }
}

fn part(
    editor: Editor,
    period: u32,
    slot: u32,
    read: fn(&SlotDraft) -> String,
    write: fn(&mut SlotDraft, String),
) -> Model<String> {
    model(
        editor.head,
        move |head| {
            let slots = head.period(period).map(|period| period.slots.iter());
            slots.and_then(|mut slots| slots.find(|other| other.key == slot)).map(read).unwrap_or_default()
        },
        move |head, value| {
            let slots = head.period_mut(period).map(|period| period.slots.iter_mut());
            if let Some(slot) = slots.and_then(|mut slots| slots.find(|other| other.key == slot)) {
                write(slot, value);
            }
        },
    )
}
