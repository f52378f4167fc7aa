use leptos::{ev, html, prelude::*};
use leptos_router::{components::A, hooks::use_location};

use super::UserMenu;
use crate::{browser, state::Session};

/// Header of every page: who speaks, the person, the main menu.
#[component]
pub fn Header() -> impl IntoView {
    let session: Session = expect_context();
    let state_brand = browser::meta("dialog-state-brand").is_none_or(|value| value == "true");
    let menu_open = RwSignal::new(false);
    let menu_button = NodeRef::<html::Button>::new();
    let close_menu = move |_| {
        if menu_open.get_untracked() {
            menu_open.set(false);
            if let Some(button) = menu_button.get_untracked() {
                drop(button.focus());
            }
        }
    };
    let location = use_location();
    Effect::new(move || {
        location.pathname.track();
        menu_open.set(false);
    });
    let escape = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" {
            close_menu(());
        }
    });
    on_cleanup(move || escape.remove());
    let home = move || if session.is_member() { "/regulations" } else { "/" }.to_owned();

    view! {
        <header role="banner" class="fr-header">
            <div class="fr-header__body">
                <div class="fr-container">
                    <div class="fr-header__body-row">
                        <div class="fr-header__brand fr-enlarge-link">
                            <div class="fr-header__brand-top">
                                <Show when=move || state_brand>
                                    <div class="fr-header__logo">
                                        <p class="fr-logo">"République" <br/> "Française"</p>
                                    </div>
                                </Show>
                                <div class="fr-header__navbar">
                                    <button
                                        type="button"
                                        class="fr-btn--menu fr-btn"
                                        id="bouton-menu"
                                        aria-controls="menu-principal"
                                        aria-expanded=move || menu_open.get().to_string()
                                        node_ref=menu_button
                                        on:click=move |_| menu_open.update(|open| *open = !*open)
                                    >
                                        "Menu"
                                    </button>
                                </div>
                            </div>
                            <div class="fr-header__service">
                                <A href=home attr:title="Accueil - DiaLog">
                                    <p class="fr-header__service-title">"DiaLog"</p>
                                </A>
                                <p class="fr-header__service-tagline">
                                    "Les arrêtés de circulation, lisibles par tous et par les GPS"
                                </p>
                            </div>
                        </div>
                        <div class="fr-header__tools">
                            <div class="fr-header__tools-links">
                                <UserMenu/>
                            </div>
                        </div>
                    </div>
                </div>
            </div>
            <div
                class="fr-header__menu fr-modal"
                class=("fr-modal--opened", move || menu_open.get())
                id="menu-principal"
            >
                <div class="fr-container">
                    <button type="button" class="fr-btn--close fr-btn dl-menu-close" on:click=move |_| close_menu(())>
                        "Fermer"
                    </button>
                    <div class="fr-header__menu-links dl-menu-links">
                        <UserMenu in_drawer=true/>
                    </div>
                    <MainMenu/>
                </div>
            </div>
        </header>
    }
}

#[component]
fn MainMenu() -> impl IntoView {
    let session: Session = expect_context();
    let path = use_location().pathname;
    let entry = move |href: &'static str, name: &'static str, exact: bool| {
        let current = move || {
            let path = path.get();
            let here = if exact { path == href } else { path == href || path.starts_with(&format!("{href}/")) };
            // The page of creation has an entry of its own.
            (here && !(href == "/regulations" && path == "/regulations/add")).then_some("page")
        };
        view! {
            <li class="fr-nav__item">
                <a class="fr-nav__link" href=href aria-current=current>
                    {name}
                </a>
            </li>
        }
    };
    view! {
        <nav class="fr-nav" id="navigation-principale" tabindex="-1" aria-label="Menu principal">
            <ul class="fr-nav__list">
                <Show when=move || !session.is_member()>{entry("/", "Accueil", true)}</Show>
                {entry("/regulations", "Liste des arrêtés", false)}
                {entry("/carte", "Carte des restrictions", true)}
                <Show when=move || session.is_member()>
                    {entry("/regulations/add", "Nouvel arrêté", true)}
                </Show>
            </ul>
        </nav>
    }
}
