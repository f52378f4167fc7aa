//! Every component in each of its states, in development builds only.

use leptos::prelude::*;

use crate::{
    api::Failure,
    components::{
        Accordion, ActionButton, Alert, AlertKind, Badge, BadgeKind, CheckboxGroup, Choice, Combobox, DataTable,
        Dialog, FailureView, Heading, Pagination, RadioField, Search, SelectField, Skeleton, Tabs, TagLink, Tags,
        TextAreaField, TextField,
    },
    forms::{FieldError, FormState, model},
};

/// `/dev/components`.
#[component]
pub fn ComponentsPage() -> impl IntoView {
    view! {
        <div class="fr-container fr-my-4w">
            <Heading text=Signal::stored("Composants".to_owned())/>
            <Fields/>
            <Messages/>
            <Layout/>
        </div>
    }
}

#[component]
fn Fields() -> impl IntoView {
    let values = RwSignal::new(["Vide", "", "Ligne\nLigne", "b", "a", ""].map(str::to_owned));
    let form = FormState::new(Signal::stored(vec![FieldError::new("faux", "Dites pourquoi c’est faux.")]));
    form.touch("faux");
    provide_context(form);
    let field =
        move |rank: usize| model(values, move |values| values[rank].clone(), move |values, text| values[rank] = text);
    let options = Signal::stored(vec![("a".to_owned(), "Premier".to_owned()), ("b".to_owned(), "Second".to_owned())]);
    let label = |text: &str| Signal::stored(text.to_owned());
    let path = |text: &str| Signal::stored(text.to_owned());
    let search: Search = std::sync::Arc::new(|typed: String| {
        Box::pin(async move {
            let all = ["Rue Pasteur", "Rue du Pont", "Place du Marché"];
            let found = all.into_iter().filter(|name| name.to_lowercase().contains(&typed.to_lowercase()));
            Ok(found.map(|name| Choice::new(name, name)).collect())
        })
    });
    let place = RwSignal::new(Choice::default());
    let chosen = model(place, Choice::clone, |place, choice| *place = choice);
    let yes = RwSignal::new(true);
    let no = RwSignal::new(false);
    view! {
        <h2>"Champs"</h2>
        <TextField path=path("texte") label=label("Rempli") value=field(0) hint="Une aide"/>
        <TextField path=path("libre") label=label("Facultatif") value=field(1) optional=true/>
        <TextField path=path("faux") label=label("Faux") value=field(1)/>
        <TextAreaField path=path("lignes") label=label("Lignes") value=field(2)/>
        <SelectField path=path("choix") label=label("Choix") value=field(3) options=options/>
        <RadioField path=path("radio") label=label("Un parmi deux") value=field(4) options=options/>
        <Combobox path=path("voie") label=label("Voie") value=chosen search=search/>
        <CheckboxGroup
            legend="Plusieurs"
            options=vec![
                ("dev-oui", "Coché", yes.into(), Callback::new(move |on| yes.set(on))),
                ("dev-non", "Pas coché", no.into(), Callback::new(move |on| no.set(on))),
            ]
        />
    }
}

#[component]
fn Messages() -> impl IntoView {
    let open = RwSignal::new(false);
    let busy = RwSignal::new(true);
    let idle = RwSignal::new(false);
    view! {
        <h2>"Messages et boutons"</h2>
        <Alert kind=AlertKind::Error title="Erreur">
            <p>"Ce qui s’est passé."</p>
        </Alert>
        <Alert kind=AlertKind::Warning title="Attention">
            <p>"Ce qui peut arriver."</p>
        </Alert>
        <Alert kind=AlertKind::Info title="Information">
            <p>"Ce qu’il faut savoir."</p>
        </Alert>
        <FailureView failure=Failure::of_module() on_retry=|()| ()/>
        <Skeleton label="Chargement…"/>
        <p class="dl-badges">
            <Badge kind=BadgeKind::Info text="Brouillon"/>
            <Badge kind=BadgeKind::Success text="Publié"/>
            <Badge kind=BadgeKind::Warning text="Modifié"/>
        </p>
        <ActionButton busy=idle label=Signal::stored("Au repos".to_owned()) busy_label="Occupé…"/>
        <ActionButton busy=busy label=Signal::stored("Au repos".to_owned()) busy_label="Occupé…"/>
        <button type="button" class="fr-btn fr-btn--secondary" on:click=move |_| open.set(true)>
            "Ouvrir un dialogue"
        </button>
        <Dialog open=open id="dev-dialogue" title=Signal::stored("Un dialogue".to_owned())>
            <p>"Échap le ferme."</p>
        </Dialog>
    }
}

#[component]
fn Layout() -> impl IntoView {
    view! {
        <h2>"Mise en page"</h2>
        <Tags>
            <TagLink href="/dev/components".to_owned() current=true name="Ici"/>
            <TagLink href="/".to_owned() current=false name="Ailleurs"/>
        </Tags>
        <Tabs
            id="dev-onglets"
            label="Onglets"
            tabs=vec![
                ("Premier", ViewFn::from(|| view! { <p>"Un"</p> })),
                ("Second", ViewFn::from(|| view! { <p>"Deux"</p> })),
            ]
        />
        <Accordion id="dev-ferme" title="Fermé">
            <p>"Caché d’abord."</p>
        </Accordion>
        <Accordion id="dev-ouvert" title="Ouvert" expanded=true>
            <p>"Vu d’abord."</p>
        </Accordion>
        <DataTable caption="Exemple" columns=vec!["Nom", "Valeur"] rows=vec![vec!["Un", "1"], vec!["Deux", "2"]]/>
        <Pagination page=5 last=9 href=|page: u32| format!("/dev/components?page={page}")/>
    }
}
