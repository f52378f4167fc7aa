use leptos::{html, prelude::*};

use crate::{
    browser,
    forms::{
        FormState,
        errors::{SummaryLine, ancestors, field_id},
    },
};

/// Everything to correct in a form, with a link to each field. It takes the focus when `asked` changes.
#[component]
pub fn ErrorSummary(
    /// Counts the refused attempts to save.
    #[prop(into)]
    asked: Signal<u32>,
) -> impl IntoView {
    let form: FormState = expect_context();
    let node = NodeRef::<html::Div>::new();
    Effect::new(move |previous: Option<u32>| {
        let count = asked.get();
        if previous.is_some_and(|previous| previous != count)
            && let Some(summary) = node.get_untracked()
        {
            drop(summary.focus());
            summary.scroll_into_view();
        }
        count
    });
    let line = |SummaryLine { path, text }: SummaryLine| {
        let href = format!("#{}", field_id(&path));
        let go = move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            go_to(&path);
        };
        view! {
            <li>
                <a href=href on:click=go>
                    {text}
                </a>
            </li>
        }
    };
    let content = move || {
        let errors = form.summary();
        (!errors.is_empty()).then(|| {
            let title = match errors.len() {
                1 => "Une correction est nécessaire".to_owned(),
                count => format!("{count} corrections sont nécessaires"),
            };
            view! {
                <div class="fr-alert fr-alert--error fr-mb-4w">
                    <h2 class="fr-alert__title">{title}</h2>
                    <ul>{errors.into_iter().map(line).collect_view()}</ul>
                </div>
            }
        })
    };
    view! {
        <div node_ref=node tabindex="-1" class="dl-summary">
            {content}
        </div>
    }
}

/// Moves the focus to the field of this path, or to the nearest thing that holds it.
fn go_to(path: &str) {
    for path in ancestors(path) {
        let id = field_id(path);
        // A group of radio buttons is reached by its first button.
        if browser::focus(&format!("{id}-0")) || browser::focus(&id) {
            return;
        }
    }
}
