use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{
    super::filters::{Filters, SORTS},
    organization::OrganizationFilter,
    refined::{RefinedFilters, Refining},
};
use crate::{
    components::{InstantSelect, TagLink, Tags},
    forms::labels,
    state::Session,
};

/// Time without typing after which the search is made, in milliseconds.
const PAUSE: u32 = 400;

/// What the list is limited to. Everything that is chosen goes to the address at once.
#[component]
pub fn FilterForm(filters: Memo<Filters>) -> impl IntoView {
    let session: Session = expect_context();
    let navigate = use_navigate();
    let search = RwSignal::new(filters.get_untracked().search);
    Effect::new(move || {
        // What is being typed is not replaced by what it was a moment ago.
        let asked = filters.get().search;
        if search.with_untracked(|typed| typed.trim() != asked.trim()) {
            search.set(asked);
        }
    });
    let go = StoredValue::new(move |next: Filters, replace: bool| {
        if next != filters.get_untracked() {
            navigate(&next.href(), NavigateOptions { replace, ..NavigateOptions::default() });
        }
    });
    let choose = move |edit: &dyn Fn(&mut Filters)| {
        let next = filters.get_untracked().with(|next| {
            next.search = search.get_untracked();
            edit(next);
        });
        go.with_value(|go| go(next, false));
    };
    let chosen =
        move |read: fn(&Filters) -> &str| Signal::derive(move || filters.with(|filters| read(filters).to_owned()));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        choose(&|_| ());
    };
    let keys = StoredValue::new(0_u32);
    let typed = move |text: String| {
        search.set(text);
        keys.update_value(|keys| *keys = keys.wrapping_add(1));
        let now = keys.get_value();
        spawn_local(async move {
            TimeoutFuture::new(PAUSE).await;
            if keys.try_get_value() == Some(now) {
                let next = filters.get_untracked().with(|next| next.search = search.get_untracked());
                // The pauses of a search are not pages of the history.
                go.try_with_value(|go| go(next, true));
            }
        });
    };
    let change = Callback::new(move |edit: Refining| choose(&|filters| edit(filters)));
    let types = [("", "Tous les types".to_owned())].into_iter().chain(labels::measure_types());
    let types = types.map(|(word, name)| (word.to_owned(), name)).collect::<Vec<_>>();
    let both = |(word, name): (&str, &str)| {
        [
            (word.to_owned(), format!("Par {name}, croissant")),
            (format!("{word} desc"), format!("Par {name}, décroissant")),
        ]
    };
    let sorts = [(String::new(), "Date, les plus récents d’abord".to_owned())]
        .into_iter()
        .chain(SORTS.into_iter().flat_map(both))
        .collect::<Vec<_>>();
    let sorted = Signal::derive(move || filters.with(Filters::sort_word));
    // On a phone the choices wait behind a button, unless one of them limits the list already.
    let open = RwSignal::new(filters.with_untracked(Filters::has_choice));
    view! {
        <form role="search" aria-label="Arrêtés" class="dl-filters" on:submit=submit>
            <div class="dl-filters__search">
                <label class="fr-label" for="recherche">
                    "Identifiant, intitulé, voie ou commune"
                </label>
                <div class="fr-search-bar">
                    <input
                        class="fr-input"
                        type="search"
                        id="recherche"
                        name="search"
                        autocomplete="off"
                        prop:value=search
                        on:input:target=move |event| typed(event.target().value())
                    />
                    <button type="submit" class="fr-btn" title="Rechercher">
                        "Rechercher"
                    </button>
                </div>
            </div>
            <button
                type="button"
                class="fr-btn fr-btn--sm fr-btn--tertiary fr-btn--icon-left fr-icon-filter-line dl-filters__toggle"
                aria-expanded=move || open.get().to_string()
                aria-controls="filtres"
                on:click=move |_| open.update(|open| *open = !*open)
            >
                "Filtrer et trier"
            </button>
            <div id="filtres" class="dl-filters__more" class=("dl-filters__more--open", open)>
                <InstantSelect
                    id="nature"
                    label="Type d’arrêté"
                    class="dl-filters__choice"
                    options=Signal::stored(words(&[
                        ("", "Tous les arrêtés"),
                        ("permanentRegulation", "Arrêtés permanents"),
                        ("temporaryRegulation", "Arrêtés temporaires"),
                    ]))
                    value=chosen(|filters| &filters.category)
                    on_choose=move |category: String| choose(&|filters| filters.category.clone_from(&category))
                />
                <InstantSelect
                    id="type-mesure"
                    label="Type de mesure"
                    class="dl-filters__choice"
                    options=Signal::stored(types)
                    value=chosen(|filters| &filters.measure_type)
                    on_choose=move |kind: String| choose(&|filters| filters.measure_type.clone_from(&kind))
                />
                <Show when=move || session.is_member()>
                    <InstantSelect
                        id="statut"
                        label="Statut"
                        class="dl-filters__choice"
                        options=Signal::stored(words(&[
                            ("", "Tous les statuts"),
                            ("draft", "Brouillon"),
                            ("published", "Publié"),
                        ]))
                        value=chosen(|filters| &filters.status)
                        on_choose=move |status: String| choose(&|filters| filters.choose_status(&status))
                    />
                </Show>
                <OrganizationFilter filters=filters change=change/>
                // The headings by which a table is sorted are not there on a phone.
                <InstantSelect
                    id="tri"
                    label="Trier par"
                    class="dl-filters__choice dl-filters__sort"
                    options=Signal::stored(sorts)
                    value=sorted
                    on_choose=move |sort: String| choose(&|filters| filters.choose_sort(&sort))
                />
                <RefinedFilters filters=filters change=change/>
            </div>
            <QuickFilters filters=filters/>
        </form>
    }
}

fn words(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(word, name)| ((*word).to_owned(), (*name).to_owned())).collect()
}

/// What applies now, later, no more; drafts. Links, so that each can be kept or sent.
#[component]
fn QuickFilters(filters: Memo<Filters>) -> impl IntoView {
    let session: Session = expect_context();
    let quick = move |word: &'static str, name: &'static str| {
        let href = Signal::derive(move || filters.get().with(|next| next.choose_phase(word)).href());
        let current = Signal::derive(move || filters.with(|filters| filters.phase == word));
        view! { <TagLink href=href current=current name=name/> }
    };
    view! {
        <nav class="dl-quick" aria-label="Filtres rapides">
            <Tags>
                {quick("", "Tous")} {quick("current", "En cours")} {quick("upcoming", "À venir")}
                {quick("past", "Passés")}
                <Show when=move || session.is_member()>{quick("draft", "Brouillons")}</Show>
            </Tags>
            <Show when=move || filters.with(Filters::is_limiting)>
                <a
                    href=move || filters.get().cleared().href()
                    class="fr-btn fr-btn--sm fr-btn--tertiary-no-outline fr-icon-close-line fr-btn--icon-left"
                >
                    "Effacer les filtres"
                </a>
            </Show>
        </nav>
    }
}
