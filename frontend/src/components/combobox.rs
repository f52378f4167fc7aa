use leptos::prelude::*;

use super::{
    completion::{Choice, Completion, Search},
    field::{Field, described_by, leave},
};
use crate::{
    forms::{FormState, Model, errors::field_id},
    state::Pointer,
};

/// A field of a form with completion: what is kept is what was chosen in the list.
#[component]
pub fn Combobox(
    /// Path of the field.
    #[prop(into)]
    path: Signal<String>,
    /// Its name.
    #[prop(into)]
    label: Signal<String>,
    /// What was chosen.
    value: Model<Choice>,
    /// Finds what can be chosen.
    search: Search,
    /// What to write.
    #[prop(default = String::new(), into)]
    hint: String,
    /// Fewest characters to search for.
    #[prop(default = 2)]
    shortest: usize,
    /// Whether nothing can be typed yet.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let form: FormState = expect_context();
    let pointer: Pointer = expect_context();
    let has_hint = !hint.is_empty();
    let on_choose = Callback::new(move |choice| {
        form.edited(&path.get_untracked());
        value.set.run(choice);
    });
    view! {
        <Field path=path label=label hint=hint optional=false group="fr-input-group">
            <Completion
                id=Signal::derive(move || field_id(&path.get()))
                label=label
                search=search
                shortest=shortest
                kept=value.get
                on_choose=on_choose
                on_leave=move |()| leave(form, pointer, path)
                disabled=disabled
                wrong=Signal::derive(move || form.message(&path.get()).is_some())
                described_by=Signal::derive(move || described_by(&path.get(), has_hint))
            />
        </Field>
    }
}
