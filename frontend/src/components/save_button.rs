use leptos::prelude::*;

/// A button that starts something long: while it lasts it says so and does nothing more.
#[component]
pub fn ActionButton(
    /// Whether what it started is under way.
    #[prop(into)]
    busy: Signal<bool>,
    /// What it does.
    #[prop(into)]
    label: Signal<String>,
    /// What it says meanwhile.
    #[prop(into)]
    busy_label: String,
    /// Look beside that of a primary button.
    #[prop(default = "")]
    class: &'static str,
    /// `submit` sends its form.
    #[prop(default = "button")]
    kind: &'static str,
    /// What it starts, when it does not send a form.
    #[prop(optional, into)]
    on_click: Option<Callback<()>>,
) -> impl IntoView {
    let click = move |event: leptos::ev::MouseEvent| {
        if busy.get_untracked() {
            event.prevent_default();
        } else if let Some(on_click) = on_click {
            on_click.run(());
        }
    };
    // It stays focusable: a disabled button would lose the focus in the middle of a save.
    view! {
        <button
            type=kind
            class=format!("fr-btn {class}")
            class=("dl-busy", move || busy.get())
            aria-disabled=move || busy.get().then_some("true")
            on:click=click
        >
            {move || if busy.get() { busy_label.clone() } else { label.get() }}
        </button>
    }
}
