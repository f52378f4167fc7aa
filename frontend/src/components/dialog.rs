use leptos::{html, prelude::*};

/// A native modal dialog: the browser keeps the focus inside, Escape closes it, and the focus goes back where it was.
#[component]
pub fn Dialog(
    /// Whether it is shown.
    open: RwSignal<bool>,
    /// Distinguishes its title from those of the other dialogs of the page.
    id: &'static str,
    /// What it asks.
    #[prop(into)]
    title: Signal<String>,
    /// What closing means, however it was closed.
    #[prop(optional, into)]
    on_close: Option<Callback<()>>,
    /// Content; made each time it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let title_id = format!("{id}-titre");
    let heading_id = title_id.clone();
    Effect::new(move || {
        let Some(dialog) = node.get() else { return };
        if open.get() {
            if !dialog.open() {
                // It only fails when the dialog is already open or out of the page.
                drop(dialog.show_modal());
            }
        } else if dialog.open() {
            dialog.close();
        }
    });
    let closed = move |_| {
        open.set(false);
        if let Some(on_close) = on_close {
            on_close.run(());
        }
    };
    view! {
        <dialog class="dl-dialog" node_ref=node aria-labelledby=title_id on:close=closed>
            <div class="dl-dialog__header">
                <button
                    type="button"
                    class="fr-btn fr-btn--sm fr-btn--tertiary-no-outline fr-btn--icon-right fr-icon-close-line"
                    on:click=move |_| open.set(false)
                >
                    "Fermer"
                </button>
            </div>
            <h2 class="fr-h5" id=heading_id>
                {title}
            </h2>
            <Show when=move || open.get()>{children()}</Show>
        </dialog>
    }
}
