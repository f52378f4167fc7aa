use leptos::prelude::*;

/// A title that shows or hides what it is about.
#[component]
pub fn Accordion(
    /// Distinguishes it from the others of the page.
    #[prop(into)]
    id: String,
    /// What it is about.
    #[prop(into)]
    title: String,
    /// Shown from the start.
    #[prop(optional)]
    expanded: bool,
    /// The rest.
    children: Children,
) -> impl IntoView {
    let open = RwSignal::new(expanded);
    let panel = id.clone();
    view! {
        <section class="fr-accordion">
            <h3 class="fr-accordion__title">
                <button
                    type="button"
                    class="fr-accordion__btn"
                    aria-expanded=move || open.get().to_string()
                    aria-controls=id
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    {title}
                </button>
            </h3>
            <div class="dl-accordion__panel" id=panel hidden=move || !open.get()>
                {children()}
            </div>
        </section>
    }
}
