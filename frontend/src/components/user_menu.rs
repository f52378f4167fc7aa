use leptos::{ev, html, prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    components::A,
    hooks::{use_location, use_navigate},
};
use wasm_bindgen::JsCast;

use crate::state::{NoticeKind, Notices, Session, SessionState};

/// Who is logged in and what they can do about it: a link to log in, or a menu that opens and closes.
#[component]
pub fn UserMenu(
    /// Inside the menu of small screens: everything is unfolded.
    #[prop(optional)]
    in_drawer: bool,
) -> impl IntoView {
    let session: Session = expect_context();
    let path = use_location().pathname;
    let login = move || {
        let path = path.get();
        if path == "/" || path == "/login" {
            "/login".to_owned()
        } else {
            let query = serde_urlencoded::to_string([("next", path)]).unwrap_or_default();
            format!("/login?{query}")
        }
    };
    move || match session.state() {
        SessionState::Unknown | SessionState::Unreachable(_) => ().into_any(),
        SessionState::Anonymous => view! {
            <ul class="fr-btns-group">
                <li>
                    <A href=login attr:class="fr-btn fr-icon-account-line">
                        "Se connecter"
                    </A>
                </li>
            </ul>
        }
        .into_any(),
        SessionState::Member(me) if in_drawer => view! {
            <p class="fr-text--sm fr-mb-1w">
                <strong>{me.user.full_name}</strong> <br/> {me.user.email}
            </p>
            <ul class="fr-btns-group">
                <li>
                    <LogOut/>
                </li>
            </ul>
        }
        .into_any(),
        SessionState::Member(me) => view! { <Disclosure name=me.user.full_name email=me.user.email/> }.into_any(),
    }
}

#[component]
fn Disclosure(name: String, email: String) -> impl IntoView {
    let open = RwSignal::new(false);
    let root = NodeRef::<html::Div>::new();
    let button = NodeRef::<html::Button>::new();
    // From wherever the focus is: a menu over the page must never be in the way.
    let escape = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" && open.get_untracked() {
            open.set(false);
            if let Some(button) = button.get_untracked() {
                drop(button.focus());
            }
        }
    });
    let outside = window_event_listener(ev::pointerdown, move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        let inside = root.get_untracked().is_some_and(|root| root.contains(target.as_ref()));
        if !inside && open.get_untracked() {
            open.set(false);
        }
    });
    on_cleanup(move || {
        escape.remove();
        outside.remove();
    });
    view! {
        <div class="dl-user-menu" node_ref=root>
            <button
                type="button"
                class="fr-btn fr-btn--icon-left fr-icon-account-line"
                node_ref=button
                aria-expanded=move || open.get().to_string()
                aria-controls="menu-utilisateur"
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {name.clone()}
            </button>
            <div class="dl-user-menu__panel" id="menu-utilisateur" hidden=move || !open.get()>
                <p class="fr-text--sm fr-mb-2w">
                    <strong>{name}</strong> <br/> {email}
                </p>
                <LogOut/>
            </div>
        </div>
    }
}

#[component]
fn LogOut() -> impl IntoView {
    let session: Session = expect_context();
    let notices: Notices = expect_context();
    let navigate = use_navigate();
    let log_out = move |_| {
        let navigate = navigate.clone();
        spawn_local(async move {
            match session.log_out().await {
                Ok(()) => {
                    notices.leave(NoticeKind::Success, "Vous êtes déconnecté.");
                    navigate("/", NavigateOptions::default());
                }
                Err(failure) => notices.show(NoticeKind::Error, failure.detail),
            }
        });
    };
    view! {
        <button type="button" class="fr-btn fr-btn--sm fr-btn--tertiary fr-icon-logout-box-r-line fr-btn--icon-left" on:click=log_out>
            "Se déconnecter"
        </button>
    }
}
