use std::time::Duration;

use leptos::{ev, leptos_dom::helpers::TimeoutHandle, prelude::*};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    components::{Alert, AlertKind},
    state::{Kept, LocalCopy},
};

/// Long enough not to write at each key.
const PAUSE: Duration = Duration::from_millis(500);

/// What a form begins with.
#[derive(Clone)]
pub struct Start<D> {
    /// What the server has, or an empty form.
    pub initial: D,
    /// What had been typed and not saved, when it differs.
    pub kept: Option<Kept<D>>,
    /// Where what is typed is kept.
    pub copy: LocalCopy,
}

impl<D: Clone + DeserializeOwned> Start<D> {
    /// What the server has, and what this browser kept of it.
    pub fn new(initial: D, copy: LocalCopy, differs: impl Fn(&D, &D) -> bool) -> Self {
        let kept = copy.read::<D>().filter(|kept| differs(&kept.draft, &initial));
        Self { initial, kept, copy }
    }

    /// What is shown first.
    pub fn draft(&self) -> D {
        self.kept.as_ref().map_or_else(|| self.initial.clone(), |kept| kept.draft.clone())
    }

    /// The revision on which it was typed, `current` being that of the server.
    pub fn revision(&self, current: i64) -> i64 {
        self.kept.as_ref().map_or(current, |kept| kept.revision)
    }

    /// When what was kept was typed.
    pub fn kept_at(&self) -> Option<String> {
        self.kept.as_ref().map(|kept| kept.at.clone())
    }
}

/// The keeping of what is typed, as long as its form is there.
#[derive(Clone, Copy)]
pub struct Keeping {
    copy: StoredValue<LocalCopy>,
    is_done: StoredValue<bool>,
    /// Whether something would be lost.
    pub is_dirty: Callback<(), bool>,
}

impl Keeping {
    /// Keeps what is typed, a moment after each change and when the page is hidden. `follow` reads what changes;
    /// `typed` gives what is typed, or nothing when that is what the server has: it is then forgotten.
    pub fn new<D: Serialize + 'static>(
        copy: LocalCopy,
        revision: RwSignal<i64>,
        follow: impl Fn() + 'static,
        typed: impl Fn() -> Option<D> + Copy + Send + Sync + 'static,
    ) -> Self {
        let copy = StoredValue::new(copy);
        let is_done = StoredValue::new(false);
        let waiting = StoredValue::new(None::<TimeoutHandle>);
        let write = move || {
            waiting.set_value(None);
            if is_done.get_value() {
                return;
            }
            copy.with_value(|copy| match untrack(typed) {
                Some(draft) => copy.write(revision.get_untracked(), &draft),
                None => copy.clear(),
            });
        };
        let stop = move || {
            if let Some(handle) = waiting.try_update_value(Option::take).flatten() {
                handle.clear();
                return true;
            }
            false
        };
        Effect::new(move |started: Option<()>| {
            follow();
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
        Self { copy, is_done, is_dirty: Callback::new(move |()| !is_done.get_value() && untrack(typed).is_some()) }
    }

    /// It is saved, or given up: nothing of it is kept any more.
    pub fn finish(self) {
        self.is_done.set_value(true);
        self.forget();
    }

    /// Forgets what was kept; what is typed from now on is kept again.
    pub fn forget(self) {
        self.copy.with_value(LocalCopy::clear);
    }
}

/// Tells that what had been typed is back, and lets the person give it up.
#[component]
pub fn KeptNotice(
    /// When it was typed; nothing, when nothing came back.
    #[prop(into)]
    at: Signal<Option<String>>,
    /// The person does not want it.
    #[prop(into)]
    on_give_up: Callback<()>,
) -> impl IntoView {
    move || {
        at.get().map(|at| {
            view! {
                <div class="fr-mb-3w">
                    <Alert kind=AlertKind::Info title="Votre saisie a été retrouvée">
                        <p>{format!("Elle date du {at} et n’a pas été enregistrée. Vérifiez-la, puis enregistrez-la.")}</p>
                        <button
                            type="button"
                            class="fr-btn fr-btn--sm fr-btn--secondary fr-mt-1w"
                            on:click=move |_| on_give_up.run(())
                        >
                            "Abandonner cette saisie"
                        </button>
                    </Alert>
                </div>
            }
        })
    }
}
