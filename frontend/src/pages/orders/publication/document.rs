use dialog_api_types::app::{DocumentView, OrderView};
use leptos::{prelude::*, task::spawn_local};

use super::document_form::DocumentForm;
use crate::{
    api::Remote,
    browser,
    components::Dialog,
    state::{NoticeKind, Notices, Session},
};

/// The official document of an order: read by all, attached, replaced and removed by those who may change the order.
#[component]
pub fn OfficialDocument(remote: Remote<OrderView>, order: Memo<Option<OrderView>>) -> impl IntoView {
    let attaching = RwSignal::new(false);
    let removing = RwSignal::new(false);
    let can_edit =
        Memo::new(move |_| order.with(|order| order.as_ref().is_some_and(|order| order.permissions.can_edit)));
    let document = Memo::new(move |_| order.with(|order| order.as_ref()?.document.clone()));
    let shown = Memo::new(move |_| can_edit.get() || document.with(Option::is_some));
    let title = Signal::derive(move || match document.with(Option::is_some) {
        true => "Remplacer l’arrêté officiel".to_owned(),
        false => "Joindre l’arrêté officiel".to_owned(),
    });
    let tools = move || {
        let has_one = document.with(Option::is_some);
        let button = |label: &'static str, icon: &'static str, open: RwSignal<bool>| {
            view! {
                <button
                    type="button"
                    class=format!("fr-btn fr-btn--sm fr-btn--tertiary fr-btn--icon-left {icon}")
                    on:click=move |_| open.set(true)
                >
                    {label}
                    <span class="fr-sr-only">" l’arrêté officiel"</span>
                </button>
            }
        };
        can_edit.get().then(|| {
            view! {
                <div class="dl-draw fr-mb-0">
                    {button(
                        if has_one { "Remplacer" } else { "Joindre" },
                        "fr-icon-attachment-line",
                        attaching,
                    )}
                    {has_one.then(|| button("Retirer", "fr-icon-delete-line", removing))}
                </div>
            }
        })
    };
    view! {
        <Show when=move || shown.get()>
            <section class="dl-panel" aria-labelledby="arrete-officiel">
                <h2 class="fr-h6" id="arrete-officiel" tabindex="-1">
                    "Arrêté officiel"
                </h2>
                {move || document.get().map(link)}
                {tools}
            </section>
        </Show>
        <Dialog open=attaching id="joindre" title=title>
            <DocumentForm remote=remote order=order open=attaching/>
        </Dialog>
        <RemoveDialog remote=remote order=order open=removing/>
    }
}

fn link(document: DocumentView) -> AnyView {
    let name = document.title.clone().or_else(|| document.file.as_ref().map(|file| file.name.clone()));
    let detail = document.file.map(|file| format!("{}, {}", file.label, size(file.size_bytes)));
    let is_file = detail.is_some();
    view! {
        <p class="fr-mb-2w">
            <a
                class="fr-link"
                class=("fr-link--download", is_file)
                href=document.url
                target=(!is_file).then_some("_blank")
                rel=(!is_file).then_some("noopener external")
                download=is_file
            >
                {name.unwrap_or_else(|| "Arrêté officiel".to_owned())}
                {detail.map(|detail| view! { <span class="fr-link__detail">{detail}</span> })}
                {(!is_file).then(|| view! { <span class="fr-sr-only">" (nouvelle fenêtre)"</span> })}
            </a>
        </p>
    }
    .into_any()
}

/// `1,2 Mo`, `83 ko`.
pub fn size(bytes: i64) -> String {
    let tenths = |unit: i64| (bytes.saturating_mul(10) + unit / 2) / unit;
    match bytes {
        ..1_000 => format!("{bytes} octets"),
        1_000..1_000_000 => format!("{} ko", (tenths(1_000) + 5) / 10),
        _ => format!("{},{} Mo", tenths(1_000_000) / 10, tenths(1_000_000) % 10),
    }
}

#[component]
fn RemoveDialog(remote: Remote<OrderView>, order: Memo<Option<OrderView>>, open: RwSignal<bool>) -> impl IntoView {
    let session: Session = expect_context();
    let notices: Notices = expect_context();
    let remove = move |_| {
        let Some((id, revision)) =
            order.with_untracked(|order| order.as_ref().map(|order| (order.uuid, order.revision)))
        else {
            return;
        };
        open.set(false);
        spawn_local(async move {
            match session.call(|client| async move { client.detach_document(id, revision).await }).await {
                Ok(order) => {
                    remote.put(order);
                    notices.show(NoticeKind::Success, "L’arrêté officiel est retiré.");
                    browser::focus_soon("arrete-officiel");
                }
                Err(failure) => {
                    let is_late = failure.status() == Some(412);
                    if is_late {
                        remote.reload();
                    }
                    let advice = if is_late {
                        " Voici l’arrêté tel qu’il est maintenant : vérifiez-le, puis retirez le document."
                    } else {
                        ""
                    };
                    notices.show(NoticeKind::Error, format!("{}{advice}", failure.detail));
                }
            }
        });
    };
    view! {
        <Dialog open=open id="retirer" title=Signal::stored("Retirer l’arrêté officiel ?".to_owned())>
            <p>"Le document ne sera plus accessible depuis cette page."</p>
            <ul class="fr-btns-group fr-btns-group--inline-md">
                <li>
                    <button type="button" class="fr-btn dl-danger" on:click=remove>
                        "Retirer"
                    </button>
                </li>
                <li>
                    <button type="button" class="fr-btn fr-btn--secondary" on:click=move |_| open.set(false)>
                        "Garder"
                    </button>
                </li>
            </ul>
        </Dialog>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_said_as_people_say_them() {
        assert_eq!(size(512), "512 octets");
        assert_eq!(size(82_600), "83 ko");
        assert_eq!(size(1_249_000), "1,2 Mo");
    }
}
