use std::sync::Arc;

use dialog_api_types::app::{OrganizationRef, PublishersQuery};
use dialog_client::Client;
use dialog_domain::OrganizationId;
use leptos::prelude::*;

use super::{Choice, Completion, Search};
use crate::api::{client, remote};

/// An organization that published orders, found by its name; optional.
#[component]
pub fn PublisherChoice(
    /// Identifier of the field.
    id: &'static str,
    /// Its label.
    label: &'static str,
    /// Classes of the group.
    #[prop(optional)]
    class: &'static str,
    /// Identifier of the organization; nothing, or another word: none is chosen.
    #[prop(into)]
    chosen: Signal<String>,
    /// Told the identifier of what is chosen; nothing when it is none any more.
    #[prop(into)]
    on_choose: Callback<String>,
) -> impl IntoView {
    let client = client();
    let named = client.clone();
    let known = Memo::new(move |_| chosen.with(|chosen| uuid::Uuid::parse_str(chosen).ok().map(OrganizationId)));
    // The address holds no name.
    let found = remote(
        move || known.get(),
        move |uuid| {
            let client = named.clone();
            async move {
                match uuid {
                    Some(_) => client.publishers(&PublishersQuery { search: None, uuid }).await,
                    None => Ok(Vec::new()),
                }
            }
        },
    );
    let kept = Signal::derive(move || {
        let Some(chosen) = known.get() else { return Choice::new(String::new(), "") };
        let found = found.load.with(|load| load.ready().cloned()).unwrap_or_default();
        // An organization that published nothing has no name here.
        let unknown = || Choice::new(chosen.to_string(), "…");
        found.into_iter().find(|organization| organization.uuid == chosen).map_or_else(unknown, choice)
    });
    let choose = Callback::new(move |choice: Choice| on_choose.run(choice.id));
    view! {
        <div class=format!("fr-input-group {class}")>
            <label class="fr-label" for=id>
                {label}
            </label>
            <Completion
                id=Signal::stored(id.to_owned())
                label=Signal::stored(label.to_owned())
                search=search(client)
                shortest=1
                kept=kept
                optional=true
                on_choose=choose
                described_by=Signal::stored(String::new())
            />
        </div>
    }
}

fn search(client: Client) -> Search {
    Arc::new(move |text| {
        let client = client.clone();
        Box::pin(async move {
            let found = client.publishers(&PublishersQuery { search: Some(text), uuid: None }).await?;
            Ok(found.into_iter().map(choice).collect())
        })
    })
}

fn choice(organization: OrganizationRef) -> Choice {
    Choice::new(organization.uuid.to_string(), organization.name)
}
