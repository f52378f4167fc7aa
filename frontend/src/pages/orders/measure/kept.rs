use std::time::Duration;

use dialog_api_types::app::OrderView;
use leptos::{ev, leptos_dom::helpers::TimeoutHandle, prelude::*};

use super::editor::Editor;
use crate::{
    components::{Alert, AlertKind},
    forms::MeasureDraft,
    state::{Kept, LocalCopy},
};

/// Long enough not to write at each key.
const PAUSE: Duration = Duration::from_millis(500);

/// What the form begins with.
#[derive(Clone)]
pub struct Start {
    /// What the server has, or an empty measure.
    pub initial: MeasureDraft,
    /// What had been typed and not saved, when it differs.
    pub kept: Option<Kept<MeasureDraft>>,
    /// Where what is typed is kept.
    pub copy: LocalCopy,
}

impl Start {
    /// What the server has, and what this browser kept of it.
    pub fn new(initial: MeasureDraft, copy: LocalCopy) -> Self {
        let kept = copy.read::<MeasureDraft>().filter(|kept| kept.draft.input() != initial.input());
        let kept = kept.map(|mut kept| {
            // The order may have become permanent since.
            kept.draft.head.permanent = initial.head.permanent;
            kept
        });
        Self { initial, kept, copy }
    }

    /// What is shown first.
    pub fn draft(&self) -> MeasureDraft {
        self.kept.as_ref().map_or_else(|| self.initial.clone(), |kept| kept.draft.clone())
    }

    /// The revision on which it was typed.
    pub fn revision(&self, order: &OrderView) -> i64 {
        self.kept.as_ref().map_or(order.revision, |kept| kept.revision)
    }
}

/// Keeps what is typed, a moment after each change and when the page is hidden; forgets it when nothing differs from
/// what the server has.
pub fn keep(editor: Editor, start: &Start, revision: RwSignal<i64>, is_done: StoredValue<bool>) {
    let copy = StoredValue::new(start.copy.clone());
    let initial = StoredValue::new(start.initial.input());
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let write = move || {
        waiting.set_value(None);
        if is_done.get_value() {
            return;
        }
        let draft = untrack(|| editor.draft());
        if initial.with_value(|initial| *initial == draft.input()) {
            copy.with_value(LocalCopy::clear);
        } else {
            copy.with_value(|copy| copy.write(revision.get_untracked(), &draft));
        }
    };
    let stop = move || {
        if let Some(handle) = waiting.try_update_value(Option::take).flatten() {
            handle.clear();
            return true;
        }
        false
    };
    Effect::new(move |started: Option<()>| {
        editor.head.track();
        editor.cells.with(|cells| cells.iter().for_each(|cell| cell.draft.track()));
        if started.is_some() {
            stop();
            waiting.set_value(set_timeout_with_handle(write, PAUSE).ok());
        }
    });
    let hidden = window_event_listener(ev::Custom::<web_sys::Event>::new("pagehide"), move |_| {
        if stop() {
            write();
        }
    });
    on_cleanup(move || {
        hidden.remove();
        if stop() {
            write();
        }
    });
}

/// Tells that what had been typed is back, and lets the person give it up.
#[component]
pub fn KeptNotice(start: Start, #[prop(into)] on_give_up: Callback<()>) -> impl IntoView {
    start.kept.map(|kept| {
        view! {
            <Alert kind=AlertKind::Info title="Votre saisie a été retrouvée">
                <p>{format!("Elle date du {} et n’a pas été enregistrée. Vérifiez-la, puis enregistrez la mesure.", kept.at)}</p>
                <button
                    type="button"
                    class="fr-btn fr-btn--sm fr-btn--secondary"
                    on:click=move |_| on_give_up.run(())
                >
                    "Abandonner cette saisie"
                </button>
            </Alert>
        }
    })
}
