use leptos::{ev, prelude::*};

use crate::browser;

/// Panels of which one is shown. Arrows go from tab to tab, Home and End to the first and the last.
#[component]
pub fn Tabs(
    /// Distinguishes them from those of the rest of the page.
    id: &'static str,
    /// What the panels are.
    label: &'static str,
    /// Name and content of each panel.
    tabs: Vec<(&'static str, ViewFn)>,
) -> impl IntoView {
    let chosen = RwSignal::new(0_usize);
    let count = tabs.len();
    let on_key = move |event: ev::KeyboardEvent| {
        let here = chosen.get_untracked();
        let next = match event.key().as_str() {
            "ArrowRight" => (here + 1) % count,
            "ArrowLeft" => (here + count - 1) % count,
            "Home" => 0,
            "End" => count - 1,
            _ => return,
        };
        event.prevent_default();
        chosen.set(next);
        browser::focus(&format!("{id}-onglet-{next}"));
    };
    let tab = move |(rank, name): (usize, &'static str)| {
        let selected = move || chosen.get() == rank;
        view! {
            <li role="presentation">
                <button
                    type="button"
                    role="tab"
                    class="dl-tabs__tab"
                    id=format!("{id}-onglet-{rank}")
                    aria-controls=format!("{id}-panneau-{rank}")
                    aria-selected=move || selected().to_string()
                    tabindex=move || if selected() { "0" } else { "-1" }
                    on:click=move |_| chosen.set(rank)
                >
                    {name}
                </button>
            </li>
        }
    };
    let names: Vec<_> = tabs.iter().map(|(name, _)| *name).enumerate().collect();
    let panel = move |(rank, (_, content)): (usize, (&'static str, ViewFn))| {
        view! {
            <div
                class="dl-tabs__panel"
                role="tabpanel"
                id=format!("{id}-panneau-{rank}")
                aria-labelledby=format!("{id}-onglet-{rank}")
                tabindex="0"
                hidden=move || chosen.get() != rank
            >
                {content.run()}
            </div>
        }
    };
    view! {
        <div class="dl-tabs">
            <ul class="dl-tabs__list dl-plain-list" role="tablist" aria-label=label on:keydown=on_key>
                {names.into_iter().map(tab).collect_view()}
            </ul>
            {tabs.into_iter().enumerate().map(panel).collect_view()}
        </div>
    }
}
