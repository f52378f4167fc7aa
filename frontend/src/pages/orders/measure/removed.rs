use leptos::prelude::*;

use super::{editor::Editor, periods::focus_soon};

/// Says what was removed from a list, and puts it back in one press.
#[component]
pub fn PutBack(
    /// Path of the list.
    #[prop(into)]
    list: String,
) -> impl IntoView {
    let editor: Editor = expect_context();
    let shown = Memo::new(move |_| {
        editor
            .removed
            .with(|removed| removed.as_ref().filter(|removed| removed.list == list).map(|removed| removed.name.clone()))
    });
    let put_back = move |_| {
        if let Some(field) = editor.put_back() {
            focus_soon(&field);
        }
    };
    let line = move || {
        shown.get().map(|name| {
            view! {
                <p class="dl-removed">
                    <span>{format!("{name} est supprimée.")}</span>
                    <button
                        type="button"
                        class="fr-btn fr-btn--sm fr-btn--tertiary fr-btn--icon-left fr-icon-arrow-go-back-line"
                        on:click=put_back
                    >
                        "Rétablir"
                    </button>
                </p>
            }
        })
    };
    view! { <div role="status">{line}</div> }
}
