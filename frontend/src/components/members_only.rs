use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};

use super::{FailureView, Heading, Skeleton};
use crate::state::{Session, SessionState};

/// Shows its content to people who are logged in, and sends the others to the login page and back.
#[component]
pub fn MembersOnly(children: ChildrenFn) -> impl IntoView {
    let session: Session = expect_context();
    let location = use_location();
    let navigate = use_navigate();
    Effect::new(move || {
        if session.state() == SessionState::Anonymous {
            let next = location.pathname.get_untracked();
            let query = serde_urlencoded::to_string([("next", next)]).unwrap_or_default();
            let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
            navigate(&format!("/login?{query}"), options);
        }
    });
    // Only the kind of state matters here: a new login over the page must not make the page again.
    let gate = Memo::new(move |_| match session.state() {
        SessionState::Member(_) => Gate::Open,
        SessionState::Unreachable(failure) => Gate::Broken(failure),
        SessionState::Unknown | SessionState::Anonymous => Gate::Waiting,
    });
    move || match gate.get() {
        Gate::Open => children().into_any(),
        Gate::Broken(failure) => view! {
            <div class="fr-container fr-my-4w">
                <Heading text=Signal::stored("Page indisponible".to_owned()) class="fr-h2"/>
                <FailureView failure=failure on_retry=move |()| session.refresh()/>
            </div>
        }
        .into_any(),
        Gate::Waiting => view! {
            <div class="fr-container fr-my-4w">
                <Skeleton label="Chargement…" is_page=true/>
            </div>
        }
        .into_any(),
    }
}

#[derive(Clone, PartialEq)]
enum Gate {
    Waiting,
    Open,
    Broken(crate::api::Failure),
}
