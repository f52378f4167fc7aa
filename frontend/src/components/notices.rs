use leptos::prelude::*;

use crate::state::{Notice, NoticeKind, Notices};

/// Messages at the top of the page. The region is always there, so that screen readers hear what comes into it.
#[component]
pub fn NoticesView() -> impl IntoView {
    let notices: Notices = expect_context();
    let line = move |notice: Notice| {
        let class = match notice.kind {
            NoticeKind::Success => "fr-alert fr-alert--sm fr-alert--success",
            NoticeKind::Error => "fr-alert fr-alert--sm fr-alert--error",
        };
        let key = notice.key;
        view! {
            <div class=class>
                <p>{notice.text}</p>
                <button
                    type="button"
                    class="fr-btn--close fr-btn"
                    title="Masquer le message"
                    on:click=move |_| notices.close(key)
                >
                    "Masquer le message"
                </button>
            </div>
        }
    };
    view! {
        <div class="fr-container dl-notices" role="status" aria-live="polite">
            <For each=move || notices.list() key=|notice| (notice.key, notice.text.clone()) children=line/>
        </div>
    }
}
