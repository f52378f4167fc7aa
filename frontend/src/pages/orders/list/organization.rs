use std::sync::Arc;

use dialog_api_types::app::{OrganizationRef, PublishersQuery};
use dialog_client::Client;
use dialog_domain::OrganizationId;
use leptos::prelude::*;

use super::{
    super::filters::{EVERYBODY, Filters},
    refined::Refining,
};
use crate::{
    api::{client, remote},
    components::{Choice, Completion, InstantSelect, Search},
    state::Session,
};

/// Whose orders are listed: members choose among their organizations and all of them; in the orders of all, and for who is
/// no member, any organization that published is found by its name.
#[component]
pub fn OrganizationFilter(
    filters: Memo<Filters>,
    /// Told each change.
    change: Callback<Refining>,
) -> impl IntoView {
    let session: Session = expect_context();
    let chosen = Memo::new(move |_| filters.with(|filters| filters.organization.clone()));
    let mine = Memo::new(move |_| {
        let member_of = session.me().map(|me| me.organizations).unwrap_or_default();
        member_of.into_iter().map(|member| (member.uuid.to_string(), member.name)).collect::<Vec<_>>()
    });
    let is_elsewhere = Memo::new(move |_| {
        let chosen = chosen.get();
        !chosen.is_empty() && mine.with(|mine| !mine.iter().any(|(uuid, _)| *uuid == chosen))
    });
    let choose = move |organization: String| {
        change.run(Arc::new(move |filters: &mut Filters| filters.choose_organization(&organization)));
    };
    let options = Memo::new(move |_| {
        let mine = mine.get();
        let several = mine.len() > 1;
        let own = if several { "Mes organisations" } else { "Mon organisation" };
        let names = mine.into_iter().filter(|_| several);
        [(String::new(), own.to_owned()), (EVERYBODY.to_owned(), "Toutes les organisations".to_owned())]
            .into_iter()
            .chain(names)
            .collect::<Vec<_>>()
    });
    let selected = Signal::derive(move || if is_elsewhere.get() { EVERYBODY.to_owned() } else { chosen.get() });
    view! {
        <Show when=move || session.is_member()>
            <InstantSelect
                id="organisation"
                label="Organisation"
                class="dl-filters__choice"
                options=options
                value=selected
                on_choose=choose
            />
        </Show>
        <Show when=move || !session.is_member() || is_elsewhere.get()>
            <Publisher chosen=chosen on_choose=choose/>
        </Show>
    }
}

/// Any organization that published orders, by its name.
#[component]
fn Publisher(chosen: Memo<String>, #[prop(into)] on_choose: Callback<String>) -> impl IntoView {
    let session: Session = expect_context();
    let client = client();
    let named = client.clone();
    // The address holds no name.
    let found = remote(
        move || uuid::Uuid::parse_str(&chosen.get()).ok().map(OrganizationId),
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
        let chosen = chosen.get();
        let known = found.load.with(|load| load.ready().cloned()).unwrap_or_default();
        let known = known.into_iter().map(choice).find(|choice| choice.id == chosen);
        // An organization that published nothing has no name here.
        let unknown = || Choice::new(chosen.clone(), if chosen.is_empty() || chosen == EVERYBODY { "" } else { "…" });
        known.unwrap_or_else(unknown)
    });
    let choose = Callback::new(move |choice: Choice| {
        let none = if untrack(|| session.is_member()) { EVERYBODY } else { "" };
        on_choose.run(if choice.id.is_empty() { none.to_owned() } else { choice.id });
    });
    let label = "Organisation qui publie";
    view! {
        <div class="fr-input-group dl-filters__choice">
            <label class="fr-label" for="organisation-publiante">
                {label}
            </label>
            <Completion
                id=Signal::stored("organisation-publiante".to_owned())
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
