use std::sync::Arc;

use leptos::prelude::*;

use super::super::filters::{Filters, SOURCES, SUBJECTS, known};
use crate::components::InstantSelect;

/// A change of the filters.
pub type Refining = Arc<dyn Fn(&mut Filters) + Send + Sync>;

/// Filters that are needed less often: days, reason, source. On a wide screen they wait behind a button of their own.
#[component]
pub fn RefinedFilters(
    filters: Memo<Filters>,
    /// Told each change.
    change: Callback<Refining>,
) -> impl IntoView {
    let open = RwSignal::new(filters.with_untracked(Filters::is_refined));
    let chosen =
        move |read: fn(&Filters) -> &str| Signal::derive(move || filters.with(|filters| read(filters).to_owned()));
    let day =
        move |id: &'static str, label: &'static str, read: fn(&Filters) -> &str, write: fn(&mut Filters, String)| {
            let value = chosen(read);
            view! {
                <div class="fr-input-group dl-filters__choice">
                    <label class="fr-label" for=id>
                        {label}
                    </label>
                    <input
                        class="fr-input"
                        type="date"
                        id=id
                        aria-describedby="dates-message"
                        prop:value=value
                        on:change:target=move |event| {
                            let day = event.target().value();
                            change.run(Arc::new(move |filters: &mut Filters| write(filters, day.clone())));
                        }
                    />
                </div>
            }
        };
    let subjects = SUBJECTS.iter().filter_map(|word| Some((*word, dialog_text::labels::subject(known(word)?))));
    let sources = SOURCES.iter().filter_map(|word| Some((*word, dialog_text::labels::source(known(word)?))));
    let message = move || filters.with(Filters::is_backwards).then_some("La seconde date est avant la première.");
    view! {
        <button
            type="button"
            class="fr-btn fr-btn--sm fr-btn--tertiary fr-btn--icon-left dl-filters__refine"
            class=("fr-icon-add-line", move || !open.get())
            class=("fr-icon-subtract-line", open)
            aria-expanded=move || open.get().to_string()
            aria-controls="filtres-detailles"
            on:click=move |_| open.update(|open| *open = !*open)
        >
            {move || if open.get() { "Moins de filtres" } else { "Plus de filtres" }}
        </button>
        <div id="filtres-detailles" class="dl-filters__refined" class=("dl-filters__refined--open", open)>
            {day(
                "en-vigueur-du",
                "En vigueur à partir du",
                |filters| &filters.from,
                |filters, day| filters.from = day,
            )}
            {day(
                "en-vigueur-au",
                "En vigueur jusqu’au",
                |filters| &filters.until,
                |filters, day| filters.until = day,
            )}
            <InstantSelect
                id="objet"
                label="Objet"
                class="dl-filters__choice"
                options=Signal::stored(named("Tous les objets", subjects))
                value=chosen(|filters| &filters.subject)
                on_choose=move |word: String| change.run(Arc::new(move |filters: &mut Filters| filters.subject.clone_from(&word)))
            />
            <InstantSelect
                id="source"
                label="Source"
                class="dl-filters__choice"
                options=Signal::stored(named("Toutes les sources", sources))
                value=chosen(|filters| &filters.source)
                on_choose=move |word: String| change.run(Arc::new(move |filters: &mut Filters| filters.source.clone_from(&word)))
            />
            <p class="fr-error-text dl-filters__message" id="dates-message" role="status">
                {message}
            </p>
        </div>
    }
}

fn named<'a>(all: &'a str, words: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<(String, String)> {
    [("", all)].into_iter().chain(words).map(|(word, name)| (word.to_owned(), name.to_owned())).collect()
}
