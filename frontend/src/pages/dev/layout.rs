use leptos::prelude::*;

use crate::components::{Accordion, DataTable, Pagination, Tabs, TagLink, Tags};

/// What puts things in their place.
#[component]
pub fn Layout() -> impl IntoView {
    let href = |page: u32| format!("/dev/components?page={page}");
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
        <Pagination page=5 last=9 href=href/>
    }
}
