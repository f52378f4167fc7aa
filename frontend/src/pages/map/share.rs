use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;

use super::filters::MapFilters;
use crate::{
    browser,
    components::{Dialog, Tabs},
    state::Session,
};

/// Sizes of a map within another site: name, width and height.
const SIZES: [(&str, &str, &str); 3] = [
    ("Toute la largeur de la page", "100%", "600"),
    ("1280 × 600 pixels", "1280", "600"),
    ("640 × 480 pixels", "640", "480"),
];

/// « Partager » : the address of the map as it stands, and what another site writes to show it.
#[component]
pub fn Share(filters: Memo<MapFilters>) -> impl IntoView {
    let session: Session = expect_context();
    let open = RwSignal::new(false);
    let organization = RwSignal::new(String::new());
    let alone = RwSignal::new(false);
    let size = RwSignal::new(SIZES[0]);
    let address = move |edit: &dyn Fn(&mut MapFilters)| {
        let mut shared = filters.get();
        // Drafts are for those who write them.
        shared.drafts = false;
        edit(&mut shared);
        format!("{}{}", browser::origin(), shared.href())
    };
    let link = Signal::derive(move || address(&|filters| filters.page.embedded = false));
    let code = Signal::derive(move || {
        let chosen = organization.get();
        let source = address(&|filters| {
            filters.page.embedded = true;
            if !chosen.is_empty() {
                filters.page.organization.clone_from(&chosen);
                filters.page.view = String::new();
                filters.page.order = String::new();
                if alone.get() {
                    filters.organization.clone_from(&chosen);
                }
            }
        });
        let source = source.replace('&', "&amp;");
        let (_, width, height) = size.get();
        format!(
            "<iframe title=\"Carte des restrictions de circulation\" src=\"{source}\" width=\"{width}\" height=\"{height}\" \
             style=\"border: 0; max-width: 100%\" allowfullscreen></iframe>"
        )
    });
    let organizations = move || {
        let Some(me) = session.me() else { return ().into_any() };
        let options = me
            .organizations
            .into_iter()
            .map(|member| {
                let word = member.uuid.to_string();
                let mine = word.clone();
                view! { <option value=word prop:selected=move || organization.with(|chosen| *chosen == mine)>{member.name}</option> }
            })
            .collect_view();
        view! {
            <div class="fr-select-group">
                <label class="fr-label" for="integrer-territoire">
                    "La carte s’ouvre sur"
                </label>
                <select
                    class="fr-select"
                    id="integrer-territoire"
                    on:change:target=move |event| organization.set(event.target().value())
                >
                    <option value="">"La vue actuelle"</option>
                    {options}
                </select>
            </div>
            <Show when=move || organization.with(|chosen| !chosen.is_empty())>
                <div class="fr-checkbox-group fr-checkbox-group--sm fr-mb-2w">
                    <input
                        type="checkbox"
                        id="integrer-seulement"
                        prop:checked=alone
                        on:change:target=move |event| alone.set(event.target().checked())
                    />
                    <label class="fr-label" for="integrer-seulement">
                        "Uniquement les arrêtés de cette organisation"
                    </label>
                </div>
            </Show>
        }
        .into_any()
    };
    let sizes = move || {
        let options = SIZES
            .map(|(name, ..)| view! { <option prop:selected=move || size.get().0 == name>{name}</option> })
            .collect_view();
        view! {
            <div class="fr-select-group">
                <label class="fr-label" for="integrer-taille">
                    "Taille"
                </label>
                <select
                    class="fr-select"
                    id="integrer-taille"
                    on:change:target=move |event| {
                        let chosen = event.target().value();
                        size.set(SIZES.into_iter().find(|(name, ..)| *name == chosen).unwrap_or(SIZES[0]));
                    }
                >
                    {options}
                </select>
            </div>
        }
    };
    view! {
        <button
            type="button"
            class="fr-btn fr-btn--sm fr-btn--secondary fr-btn--icon-left fr-icon-share-line fr-mb-2w"
            on:click=move |_| open.set(true)
        >
            "Partager"
        </button>
        <Dialog open=open id="partager" title=Signal::stored("Partager la carte".to_owned())>
            <Tabs
                id="partager"
                label="Façons de partager la carte"
                tabs=vec![
                    (
                        "Partager un lien",
                        ViewFn::from(move || {
                            view! { <Copied id="partager-lien" label="Lien vers la carte avec ses filtres" text=link/> }
                        }),
                    ),
                    (
                        "Intégrer la carte",
                        ViewFn::from(move || {
                            view! {
                                {organizations} {sizes}
                                <Copied id="partager-code" label="Code à copier dans votre site" text=code/>
                            }
                        }),
                    ),
                ]
            />
        </Dialog>
    }
}

/// A text to copy.
#[component]
fn Copied(id: &'static str, label: &'static str, text: Signal<String>) -> impl IntoView {
    let said = RwSignal::new("");
    Effect::new(move || {
        text.track();
        said.set("");
    });
    let copy = move |_| {
        let text = text.get_untracked();
        spawn_local(async move {
            let copied = JsFuture::from(window().navigator().clipboard().write_text(&text)).await.is_ok();
            said.try_set(if copied {
                "Copié !"
            } else {
                "Copie refusée par le navigateur : sélectionnez le texte."
            });
        });
    };
    view! {
        <div class="fr-input-group">
            <label class="fr-label" for=id>
                {label}
            </label>
            <textarea class="fr-input" id=id rows="4" readonly prop:value=text on:focus:target=|event| event.target().select()></textarea>
        </div>
        <button
            type="button"
            class="fr-btn fr-btn--sm fr-btn--icon-left fr-icon-clipboard-line"
            on:click=copy
        >
            "Copier"
        </button>
        <p class="fr-text--sm fr-mb-0 fr-mt-1w" role="status">
            {said}
        </p>
    }
}
