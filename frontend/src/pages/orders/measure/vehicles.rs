use dialog_domain::rules::limits;
use leptos::prelude::*;

use super::editor::Editor;
use crate::{
    browser,
    components::{Chips, RadioField, TextField},
    forms::{FormState, Model, VehiclesDraft, errors::field_id, model, numbers::decimal_text, vehicles},
};

/// Weights that orders name most often, tonnes.
const WEIGHTS: [f64; 8] = [3.5, 7.5, 12.0, 15.0, 19.0, 26.0, 32.0, 44.0];
const WEIGHT: &str = "vehicleSet.heavyweightMaxWeight";

/// Who is concerned: everybody, or some vehicles; and who is not.
#[component]
pub fn VehicleFields() -> impl IntoView {
    let editor: Editor = expect_context();
    let who = text(
        editor,
        |vehicles| match vehicles.everybody {
            None => String::new(),
            Some(true) => "all".to_owned(),
            Some(false) => "some".to_owned(),
        },
        |vehicles, word| vehicles.everybody = Some(word == "all"),
    );
    let options =
        vec![("all".to_owned(), "Tous les véhicules".to_owned()), ("some".to_owned(), "Certains véhicules".to_owned())];
    let kinds = words(editor, |vehicles| vehicles.kinds.clone(), |vehicles, kinds| vehicles.kinds = kinds);
    let classes = words(editor, |vehicles| vehicles.classes.clone(), |vehicles, classes| vehicles.classes = classes);
    let some = Memo::new(move |_| who.get.with(|word| word == "some"));
    let has = move |kind: &'static str| Memo::new(move |_| editor.head.with(|head| head.vehicles.has(kind)));
    let (weight, sizes, critair, other) = (has("heavyGoodsVehicle"), has("dimensions"), has("critair"), has("other"));
    view! {
        <RadioField
            path=Signal::stored("vehicleSet.allVehicles".to_owned())
            label=Signal::stored("Véhicules concernés".to_owned())
            value=who
            options=Signal::stored(options)
        />
        <Show when=move || some.get()>
            <Chips
                path=Signal::stored("vehicleSet.restrictedTypes".to_owned())
                label="Types de véhicules concernés"
                options=vehicles::restricted_choices()
                value=kinds
            />
            <Show when=move || weight.get()>
                <Weight/>
            </Show>
            <Show when=move || sizes.get()>
                <Sizes/>
            </Show>
            <Show when=move || critair.get()>
                <Chips
                    path=Signal::stored("vehicleSet.critairTypes".to_owned())
                    label="Catégories Crit’Air concernées"
                    options=vehicles::class_choices()
                    value=classes
                />
            </Show>
            <Show when=move || other.get()>
                <TextField
                    path=Signal::stored("vehicleSet.otherRestrictedTypeText".to_owned())
                    label=Signal::stored("Autres véhicules concernés".to_owned())
                    hint="Par exemple « véhicules de plus de neuf places »."
                    value=text(editor, |vehicles| vehicles.other.clone(), |vehicles, text| vehicles.other = text)
                    max_length=limits::OTHER_RESTRICTED_MAX
                />
            </Show>
        </Show>
        <Exceptions/>
    }
}

#[component]
fn Weight() -> impl IntoView {
    let editor: Editor = expect_context();
    let form: FormState = expect_context();
    let weight = text(editor, |vehicles| vehicles.weight.clone(), |vehicles, weight| vehicles.weight = weight);
    let preset = move |tonnes: f64| {
        let text = decimal_text(tonnes);
        let mine = text.clone();
        let name = format!("{text} t");
        let pressed = Memo::new(move |_| weight.get.with(|weight| *weight == mine));
        view! {
            <li>
                <button
                    type="button"
                    class="fr-tag fr-tag--sm"
                    aria-pressed=move || pressed.get().to_string()
                    on:click=move |_| {
                        form.edited(WEIGHT);
                        weight.set.run(text.clone());
                    }
                >
                    {name}
                </button>
            </li>
        }
    };
    view! {
        <TextField
            path=Signal::stored(WEIGHT.to_owned())
            label=Signal::stored("Poids total autorisé en charge, en tonnes".to_owned())
            hint=format!(
                "Sont concernés les véhicules de transport de marchandises de plus de ce poids (au plus {} t).",
                limits::WEIGHT_MAX_T,
            )
            input_mode="decimal"
            value=weight
        />
        <ul class="fr-tags-group dl-presets" aria-label="Poids courants">
            {WEIGHTS.map(preset).collect_view()}
        </ul>
    }
}

#[component]
fn Sizes() -> impl IntoView {
    let editor: Editor = expect_context();
    let size = |field: &'static str, name: &'static str, max: f64, value: Model<String>| {
        view! {
            <TextField
                path=Signal::stored(format!("vehicleSet.{field}"))
                label=Signal::stored(format!("{name} (m)"))
                hint=format!("Au plus {max}.")
                input_mode="decimal"
                value=value
                optional=true
            />
        }
    };
    view! {
        <fieldset class="fr-fieldset dl-sizes">
            <legend class="fr-fieldset__legend fr-fieldset__legend--regular">
                "Gabarit maximal"
                <span class="fr-hint-text">"En mètres : une de ces dimensions au moins."</span>
            </legend>
            <div class="fr-fieldset__element dl-triple">
                {size(
                    "maxWidth",
                    "Largeur",
                    limits::WIDTH_MAX_M,
                    text(editor, |vehicles| vehicles.width.clone(), |vehicles, size| vehicles.width = size),
                )}
                {size(
                    "maxLength",
                    "Longueur",
                    limits::LENGTH_MAX_M,
                    text(editor, |vehicles| vehicles.length.clone(), |vehicles, size| vehicles.length = size),
                )}
                {size(
                    "maxHeight",
                    "Hauteur",
                    limits::HEIGHT_MAX_M,
                    text(editor, |vehicles| vehicles.height.clone(), |vehicles, size| vehicles.height = size),
                )}
            </div>
        </fieldset>
    }
}

#[component]
fn Exceptions() -> impl IntoView {
    let editor: Editor = expect_context();
    let shown = Memo::new(move |_| editor.head.with(|head| head.vehicles.has_exceptions));
    let other = Memo::new(move |_| editor.head.with(|head| head.vehicles.has_other_exempted()));
    let exempted = words(editor, |vehicles| vehicles.exempted.clone(), |vehicles, words| vehicles.exempted = words);
    let show = move |has: bool| {
        editor.head.update(|head| {
            head.vehicles.has_exceptions = has;
            if !has {
                head.vehicles.exempted.clear();
            }
        });
        let id = if has { field_id("vehicleSet.exemptedTypes") } else { "definir-exception".to_owned() };
        browser::focus_soon(id);
    };
    view! {
        <Show
            when=move || shown.get()
            fallback=move || {
                view! {
                    <button
                        type="button"
                        id="definir-exception"
                        class="fr-btn fr-btn--sm fr-btn--tertiary fr-btn--icon-left fr-icon-add-line"
                        on:click=move |_| show(true)
                    >
                        "Définir une exception"
                    </button>
                }
            }
        >
            <div class="dl-card">
                <Chips
                    path=Signal::stored("vehicleSet.exemptedTypes".to_owned())
                    label="Sauf…"
                    options=vehicles::exempted_choices()
                    value=exempted
                    optional=true
                />
                <Show when=move || other.get()>
                    <TextField
                        path=Signal::stored("vehicleSet.otherExemptedTypeText".to_owned())
                        label=Signal::stored("Autres véhicules exemptés".to_owned())
                        value=text(
                            editor,
                            |vehicles| vehicles.other_exempted.clone(),
                            |vehicles, text| vehicles.other_exempted = text,
                        )
                        max_length=limits::OTHER_EXEMPTED_MAX
                    />
                </Show>
                <button
                    type="button"
                    class="fr-btn fr-btn--sm fr-btn--tertiary fr-btn--icon-left fr-icon-delete-line"
                    on:click=move |_| show(false)
                >
                    "Supprimer les exceptions"
                </button>
            </div>
        </Show>
    }
}

fn text(editor: Editor, read: fn(&VehiclesDraft) -> String, write: fn(&mut VehiclesDraft, String)) -> Model<String> {
    model(editor.head, move |head| read(&head.vehicles), move |head, value| write(&mut head.vehicles, value))
}

fn words(
    editor: Editor,
    read: fn(&VehiclesDraft) -> Vec<String>,
    write: fn(&mut VehiclesDraft, Vec<String>),
) -> Model<Vec<String>> {
    model(editor.head, move |head| read(&head.vehicles), move |head, value| write(&mut head.vehicles, value))
}
