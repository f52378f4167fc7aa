use std::sync::Arc;

use leptos::prelude::*;

use super::{
    super::filters::{EVERYBODY, Filters},
    refined::Refining,
};
use crate::{
    components::{InstantSelect, PublisherChoice},
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
    let choose_publisher = move |organization: String| {
        let is_all = organization.is_empty() && untrack(|| session.is_member());
        choose(if is_all { EVERYBODY.to_owned() } else { organization });
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
            <PublisherChoice
                id="organisation-publiante"
                label="Organisation qui publie"
                class="dl-filters__choice"
                chosen=chosen
                on_choose=choose_publisher
            />
        </Show>
    }
}
