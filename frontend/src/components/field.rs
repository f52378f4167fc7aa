use leptos::prelude::*;

use crate::{
    forms::{FormState, Model, errors::field_id},
    state::Pointer,
};

/// The mistake of a field, said politely when it appears.
#[component]
pub fn FieldMessages(
    /// Path of the field.
    #[prop(into)]
    path: Signal<String>,
) -> impl IntoView {
    let form: FormState = expect_context();
    view! {
        <div class="fr-messages-group" id=move || messages_id(&path.get()) aria-live="polite">
            {move || {
                form.message(&path.get()).map(|message| view! { <p class="fr-message fr-message--error">{message}</p> })
            }}
        </div>
    }
}

/// The person left this field: its mistake is shown, but never under what is being pressed.
pub fn leave(form: FormState, pointer: Pointer, path: Signal<String>) {
    // A field that goes while it has the focus is left after it is gone.
    if let Some(path) = path.try_get_untracked() {
        pointer.once_released(move || form.touch(&path));
    }
}

fn messages_id(path: &str) -> String {
    format!("{}-messages", field_id(path))
}

fn hint_id(path: &str) -> String {
    format!("{}-aide", field_id(path))
}

/// Ids of what is said of a field beside its name.
pub fn described_by(path: &str, hint: bool) -> String {
    if hint { format!("{} {}", hint_id(path), messages_id(path)) } else { messages_id(path) }
}

/// Label, hint and messages around a control.
#[component]
pub fn Field(
    /// Path of the field.
    #[prop(into)]
    path: Signal<String>,
    /// Its name.
    #[prop(into)]
    label: Signal<String>,
    /// What to write.
    #[prop(into)]
    hint: String,
    /// May be left empty.
    optional: bool,
    /// `fr-input-group` or `fr-select-group`.
    group: &'static str,
    /// The control.
    children: Children,
) -> impl IntoView {
    let form: FormState = expect_context();
    let wrong = move || form.message(&path.get()).is_some();
    let error_class = if group == "fr-select-group" { "fr-select-group--error" } else { "fr-input-group--error" };
    view! {
        <div class=group class=(error_class, wrong)>
            <label class="fr-label" for=move || field_id(&path.get())>
                {label}
                {(!optional).then(|| view! { <span class="dl-required"></span> })}
            </label>
            {(!hint.is_empty())
                .then(|| {
                    view! {
                        <span class="fr-hint-text dl-hint" id=move || hint_id(&path.get())>
                            {hint}
                        </span>
                    }
                })}
            {children()}
            <FieldMessages path=path/>
        </div>
    }
}

/// A line of text, a date or a time.
#[component]
pub fn TextField(
    /// Path of the field.
    #[prop(into)]
    path: Signal<String>,
    /// Its name.
    #[prop(into)]
    label: Signal<String>,
    /// Its value.
    value: Model<String>,
    /// What to write.
    #[prop(default = String::new(), into)]
    hint: String,
    /// `text`, `date`, `time`…
    #[prop(default = "text")]
    kind: &'static str,
    /// Keyboard of touch screens.
    #[prop(optional)]
    input_mode: Option<&'static str>,
    /// Most characters.
    #[prop(optional)]
    max_length: Option<usize>,
    /// Id of a `<datalist>`.
    #[prop(optional, into)]
    list: Option<Signal<String>>,
    /// May be left empty.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    let form: FormState = expect_context();
    let pointer: Pointer = expect_context();
    let has_hint = !hint.is_empty();
    view! {
        <Field path=path label=label hint=hint optional=optional group="fr-input-group">
            <input
                class="fr-input"
                type=kind
                id=move || field_id(&path.get())
                inputmode=input_mode
                maxlength=max_length
                autocomplete="off"
                list=move || list.map(|list| list.get())
                aria-required=(!optional).then_some("true")
                aria-invalid=move || form.message(&path.get()).map(|_| "true")
                aria-describedby=move || described_by(&path.get(), has_hint)
                prop:value=move || value.get.get()
                on:input:target=move |event| {
                    form.edited(&path.get_untracked());
                    value.set.run(event.target().value());
                }
                on:blur=move |_| leave(form, pointer, path)
            />
        </Field>
    }
}

/// Several lines of text.
#[component]
pub fn TextAreaField(
    /// Path of the field.
    #[prop(into)]
    path: Signal<String>,
    /// Its name.
    #[prop(into)]
    label: Signal<String>,
    /// Its value.
    value: Model<String>,
    /// What to write.
    #[prop(default = String::new(), into)]
    hint: String,
    /// Most characters.
    #[prop(optional)]
    max_length: Option<usize>,
    /// Height in lines.
    #[prop(default = 3)]
    rows: u32,
    /// Letters of the same width.
    #[prop(optional)]
    code: bool,
) -> impl IntoView {
    let form: FormState = expect_context();
    let pointer: Pointer = expect_context();
    let has_hint = !hint.is_empty();
    view! {
        <Field path=path label=label hint=hint optional=false group="fr-input-group">
            <textarea
                class="fr-input"
                class=("dl-code", code)
                id=move || field_id(&path.get())
                rows=rows
                maxlength=max_length
                spellcheck=if code { "false" } else { "true" }
                aria-required="true"
                aria-invalid=move || form.message(&path.get()).map(|_| "true")
                aria-describedby=move || described_by(&path.get(), has_hint)
                prop:value=move || value.get.get()
                on:input:target=move |event| {
                    form.edited(&path.get_untracked());
                    value.set.run(event.target().value());
                }
                on:blur=move |_| leave(form, pointer, path)
            ></textarea>
        </Field>
    }
}

/// One choice of a short list.
#[component]
pub fn SelectField(
    /// Path of the field.
    #[prop(into)]
    path: Signal<String>,
    /// Its name.
    #[prop(into)]
    label: Signal<String>,
    /// Its value.
    value: Model<String>,
    /// Values and names.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// First line, when nothing may be chosen.
    #[prop(default = String::new(), into)]
    placeholder: String,
    /// What to choose.
    #[prop(default = String::new(), into)]
    hint: String,
    /// May be left empty.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    let form: FormState = expect_context();
    let pointer: Pointer = expect_context();
    let has_hint = !hint.is_empty();
    let placeholder = StoredValue::new(placeholder);
    let choices = move || {
        let current = value.get.get();
        options
            .get()
            .into_iter()
            .map(|(word, name)| {
                let selected = word == current;
                view! {
                    <option value=word prop:selected=selected>
                        {name}
                    </option>
                }
            })
            .collect_view()
    };
    let first = move || {
        let empty = value.get.with(String::is_empty);
        placeholder.with_value(|text| {
            (!text.is_empty()).then(|| {
                view! {
                    <option value="" prop:selected=empty disabled=!optional>
                        {text.clone()}
                    </option>
                }
            })
        })
    };
    view! {
        <Field path=path label=label hint=hint optional=optional group="fr-select-group">
            <select
                class="fr-select"
                id=move || field_id(&path.get())
                aria-required=(!optional).then_some("true")
                aria-invalid=move || form.message(&path.get()).map(|_| "true")
                aria-describedby=move || described_by(&path.get(), has_hint)
                on:change:target=move |event| {
                    form.edited(&path.get_untracked());
                    value.set.run(event.target().value());
                }
                on:blur=move |_| leave(form, pointer, path)
            >
                {first}
                {choices}
            </select>
        </Field>
    }
}

/// One choice of a few, all seen.
#[component]
pub fn RadioField(
    /// Path of the field.
    #[prop(into)]
    path: Signal<String>,
    /// Its name.
    #[prop(into)]
    label: Signal<String>,
    /// Its value.
    value: Model<String>,
    /// Values and names.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// What to choose.
    #[prop(default = String::new(), into)]
    hint: String,
) -> impl IntoView {
    let form: FormState = expect_context();
    let wrong = move || form.message(&path.get()).is_some();
    let choice = move |(rank, (word, name)): (usize, (String, String))| {
        let id = move || format!("{}-{rank}", field_id(&path.get()));
        let mine = word.clone();
        let checked = Memo::new(move |_| value.get.with(|value| *value == mine));
        view! {
            <div class="fr-fieldset__element fr-fieldset__element--inline">
                <div class="fr-radio-group">
                    <input
                        type="radio"
                        id=id
                        name=move || field_id(&path.get())
                        prop:checked=checked
                        on:change=move |_| {
                            form.edited(&path.get_untracked());
                            form.touch(&path.get_untracked());
                            value.set.run(word.clone());
                        }
                    />
                    <label class="fr-label" for=id>
                        {name}
                    </label>
                </div>
            </div>
        }
    };
    view! {
        <fieldset
            class="fr-fieldset"
            class=("fr-fieldset--error", wrong)
            id=move || field_id(&path.get())
            tabindex="-1"
            aria-describedby=move || messages_id(&path.get())
        >
            <legend class="fr-fieldset__legend fr-fieldset__legend--regular">
                {label} <span class="dl-required"></span>
                {(!hint.is_empty()).then(|| view! { <span class="fr-hint-text">{hint}</span> })}
            </legend>
            {move || options.get().into_iter().enumerate().map(choice).collect_view()}
            <FieldMessages path=path/>
        </fieldset>
    }
}
