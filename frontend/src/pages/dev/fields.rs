use std::sync::Arc;

use dialog_client::ClientError;
use leptos::prelude::*;

use crate::{
    components::{
        CheckboxGroup, Chips, Choice, Combobox, ErrorSummary, InstantSelect, RadioField, Search, SelectField,
        TextAreaField, TextField,
    },
    forms::{FieldError, FormState, model},
};

const WRONG: [&str; 6] =
    ["texte-faux", "lignes-fausses", "choix-faux", "radio-faux", "etiquettes-fausses", "voie-fausse"];

/// What is typed or chosen: at rest, with help, optional, wrong, unavailable.
#[component]
pub fn Fields() -> impl IntoView {
    let errors = WRONG.iter().map(|path| FieldError::new(path, "Dites pourquoi c’est faux.")).collect();
    let form = FormState::new(Signal::stored(errors));
    form.try_to_save();
    provide_context(form);
    let values =
        RwSignal::new(["Rempli", "", "Première ligne\nSeconde ligne", "", "b", "", "a", ""].map(str::to_owned));
    let field = move |rank: usize| {
        let read = move |values: &[String; 8]| values.get(rank).cloned().unwrap_or_default();
        model(values, read, move |values, text| {
            if let Some(value) = values.get_mut(rank) {
                *value = text;
            }
        })
    };
    let pairs = || {
        [("a", "Premier"), ("b", "Second"), ("c", "Troisième")]
            .map(|(word, name)| (word.to_owned(), name.to_owned()))
            .to_vec()
    };
    let options = Signal::stored(pairs());
    let named = |text: &str| Signal::stored(text.to_owned());
    let tags = RwSignal::new(vec!["b".to_owned()]);
    let no_tag = RwSignal::new(Vec::<String>::new());
    let list = |list: RwSignal<Vec<String>>| model(list, Vec::clone, |list, chosen| *list = chosen);
    let (yes, no) = (RwSignal::new(true), RwSignal::new(false));
    let filter = RwSignal::new("b".to_owned());
    view! {
        <h2>"Champs"</h2>
        <ErrorSummary asked=Signal::stored(0)/>
        <div class="dl-panel">
            <h3 class="fr-h6">"Textes"</h3>
            <TextField path=named("texte") label=named("Rempli") value=field(0) hint="Une aide"/>
            <TextField path=named("facultatif") label=named("Facultatif") value=field(1) optional=true/>
            <TextField path=named("texte-faux") label=named("Texte faux") value=field(1) hint="Une aide et une erreur"/>
            <div class="dl-pair">
                <TextField path=named("jour") label=named("Jour") kind="date" value=field(1) optional=true/>
                <TextField path=named("heure") label=named("Heure") kind="time" value=field(1) optional=true/>
            </div>
            <TextAreaField path=named("lignes") label=named("Lignes") value=field(2)/>
            <TextAreaField path=named("lignes-fausses") label=named("Lignes fausses") value=field(3) code=true/>
        </div>
        <div class="dl-panel">
            <h3 class="fr-h6">"Choix"</h3>
            <SelectField path=named("choix") label=named("Liste") value=field(4) options=options/>
            <SelectField
                path=named("choix-faux")
                label=named("Liste fausse")
                placeholder="Choisir"
                value=field(5)
                options=options
            />
            <RadioField path=named("radio") label=named("Un parmi trois") value=field(6) options=options hint="Une aide"/>
            <RadioField path=named("radio-faux") label=named("Un parmi trois, faux") value=field(7) options=options/>
            <Chips path=named("etiquettes") label="Étiquettes" options=pairs() value=list(tags) optional=true/>
            <Chips path=named("etiquettes-fausses") label="Étiquettes fausses" options=pairs() value=list(no_tag)/>
            <CheckboxGroup
                legend="Cases"
                options=vec![
                    ("dev-oui", "Cochée", yes.into(), Callback::new(move |on| yes.set(on))),
                    ("dev-non", "Pas cochée", no.into(), Callback::new(move |on| no.set(on))),
                ]
            />
            <InstantSelect
                id="dev-filtre"
                label="Filtre immédiat"
                class=""
                options=options
                value=filter
                on_choose=move |word| filter.set(word)
            />
        </div>
        <Comboboxes/>
    }
}

/// A field with completion in each of its states; the last one never gets an answer.
#[component]
fn Comboboxes() -> impl IntoView {
    let named = |text: &str| Signal::stored(text.to_owned());
    let place = |choice: Choice| {
        let chosen = RwSignal::new(choice);
        model(chosen, Choice::clone, |chosen, choice| *chosen = choice)
    };
    let streets: Search = Arc::new(|typed: String| {
        Box::pin(async move {
            let all = ["Rue Pasteur", "Rue du Pont", "Place du Marché"];
            let found = all.into_iter().filter(|name| name.to_lowercase().contains(&typed.to_lowercase()));
            Ok(found.map(|name| Choice::new(name, name)).collect())
        })
    });
    let failing: Search = Arc::new(|_| {
        Box::pin(async { serde_json::from_str::<()>("").map(|()| Vec::new()).map_err(ClientError::Body) })
    });
    let silent: Search = Arc::new(|_| Box::pin(std::future::pending()));
    view! {
        <div class="dl-panel">
            <h3 class="fr-h6">"Complétion"</h3>
            <Combobox
                path=named("voie")
                label=named("Voie")
                value=place(Choice::default())
                search=streets.clone()
                hint="« rue » propose deux voies, « zzz » aucune."
            />
            <Combobox
                path=named("voie-choisie")
                label=named("Voie choisie")
                value=place(Choice::new("1", "Rue Pasteur"))
                search=streets.clone()
            />
            <Combobox
                path=named("voie-fausse")
                label=named("Voie fausse")
                value=place(Choice::default())
                search=streets.clone()
            />
            <Combobox
                path=named("voie-indisponible")
                label=named("Voie indisponible")
                value=place(Choice::default())
                search=streets
                disabled=Signal::stored(true)
            />
            <Combobox
                path=named("voie-en-panne")
                label=named("Voie en panne")
                value=place(Choice::default())
                search=failing
            />
            <Combobox
                path=named("voie-attendue")
                label=named("Voie attendue")
                value=place(Choice::default())
                search=silent
            />
        </div>
    }
}
