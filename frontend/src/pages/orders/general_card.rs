use dialog_api_types::app::{OrderView, UpdateOrder};
use dialog_domain::OrderCategory;
use leptos::prelude::*;

use super::{
    general_form::{GeneralFields, provide_general_form},
    rival::Rival,
    submission::{CancelButton, Submission, SubmitButtons, SubmitForm},
    unsaved::{Away, Keeping, KeptNotice, LeavingDialog, Start},
};
use crate::{
    api::Remote,
    browser,
    components::{Alert, AlertKind, Dialog},
    forms::GeneralDraft,
    state::{LocalCopy, NoticeKind, Notices, Session},
};

/// General information of an order, and its form in the same place.
#[component]
pub fn GeneralCard(remote: Remote<OrderView>) -> impl IntoView {
    let session: Session = expect_context();
    let editing = RwSignal::new(false);
    let order = Memo::new(move |_| remote.load.get().ready().cloned());
    // What was typed before a crash opens the form again, once.
    Effect::new(move |is_looked_for: Option<bool>| {
        let known = is_looked_for == Some(true);
        let mine = order.get().filter(|order| order.permissions.can_edit && session.is_member());
        let Some(order) = mine.filter(|_| !known) else { return known };
        if kept_of(session, &order).kept.is_some() {
            editing.set(true);
        }
        true
    });
    let close = move |()| {
        editing.set(false);
        // The card comes back on the next turn; the focus goes where the form was.
        browser::focus_soon("informations-generales");
    };
    let read = move || order.get().map(|order| view! { <Facts order=order editing=editing/> });
    let form = move || {
        let order = order.get_untracked()?;
        Some(view! { <GeneralEditor remote=remote order=order on_close=close/> })
    };
    view! {
        <section class="dl-panel" aria-labelledby="informations-generales">
            <h2 class="fr-h5" id="informations-generales" tabindex="-1">
                "Informations générales"
            </h2>
            <Show when=move || editing.get() fallback=move || read()>
                {form()}
            </Show>
        </section>
    }
}

#[component]
fn Facts(order: OrderView, editing: RwSignal<bool>) -> impl IntoView {
    let content = &order.content;
    let category = match content.category {
        OrderCategory::PermanentRegulation => "Réglementation permanente",
        OrderCategory::TemporaryRegulation => "Réglementation temporaire",
    };
    let subject = content
        .other_category_text
        .clone()
        .or_else(|| content.subject.map(|subject| dialog_text::labels::subject(subject).to_owned()));
    let nature = subject.map_or_else(|| category.to_owned(), |subject| format!("{category} ({subject})"));
    view! {
        <dl class="dl-facts">
            <dt>"Intitulé"</dt>
            <dd>{order.content.title}</dd>
            <dt>"Nature"</dt>
            <dd>{nature}</dd>
            <dt>"Organisation"</dt>
            <dd>{order.organization.name}</dd>
            <dt>"Identifiant"</dt>
            <dd>{order.identifier}</dd>
        </dl>
        {order
            .permissions
            .can_edit
            .then(|| {
                view! {
                    <button
                        type="button"
                        class="fr-btn fr-btn--sm fr-btn--secondary fr-btn--icon-left fr-icon-edit-line fr-mt-2w"
                        on:click=move |_| editing.set(true)
                    >
                        "Modifier"
                        <span class="fr-sr-only">" les informations générales"</span>
                    </button>
                }
            })}
    }
}

#[component]
fn GeneralEditor(remote: Remote<OrderView>, order: OrderView, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let notices: Notices = expect_context();
    let id = order.uuid;
    let frozen = order.published.is_some();
    let start = kept_of(expect_context(), &order);
    let draft = RwSignal::new(start.draft());
    let initial = StoredValue::new(start.initial.clone());
    let kept_at = RwSignal::new(start.kept_at());
    let revision = RwSignal::new(start.revision(order.revision));
    let submission = Submission::new(provide_general_form(draft, Some(order.identifier.clone())));
    let typed = move || Some(draft.get()).filter(|typed| initial.with_value(|initial| initial != typed));
    let keeping = Keeping::new(start.copy, revision, move || draft.track(), typed);
    let close = move || {
        keeping.finish();
        on_close.run(());
    };
    let save = move || {
        let body = UpdateOrder { general: draft.with_untracked(GeneralDraft::input) };
        let revision_read = revision.get_untracked();
        submission.send(
            move |client| {
                let body = body.clone();
                async move { client.update_order(id, revision_read, &body).await }
            },
            move |order: OrderView| {
                keeping.finish();
                remote.put(order);
                notices.show(NoticeKind::Success, "Les informations générales sont enregistrées.");
                on_close.try_run(());
            },
        );
    };
    let replace = move |()| {
        if let Some(current) = submission.conflict.get_untracked() {
            revision.set(current.revision);
            save();
        }
    };
    let give_up = move |()| {
        if let Some(current) = submission.conflict.get_untracked() {
            remote.put(current);
            close();
        }
    };
    let read_revision = order.revision;
    let forget = move |()| {
        keeping.forget();
        kept_at.set(None);
        revision.set(read_revision);
        draft.set(initial.get_value());
    };
    let wanted = RwSignal::new(None);
    let cancel = move |()| {
        if keeping.is_dirty.run(()) {
            wanted.set(Some(Away::Here));
        } else {
            close();
        }
    };
    let leave = move |away| {
        keeping.finish();
        if away == Away::Here {
            on_close.run(());
        }
    };
    view! {
        <KeptNotice at=kept_at on_give_up=forget/>
        <GeneralConflict conflict=submission.conflict on_replace=replace on_give_up=give_up/>
        <SubmitForm submission=submission on_submit=move |()| save()>
            <GeneralFields draft=draft organizations=Signal::stored(Vec::new()) identifier_frozen=frozen/>
            <NatureWarning draft=draft order=order/>
            <SubmitButtons submission=submission label="Valider" busy_label="Enregistrement…">
                <CancelButton on_click=cancel/>
            </SubmitButtons>
        </SubmitForm>
        <LeavingDialog is_dirty=keeping.is_dirty wanted=wanted on_leave=leave/>
    }
}

/// What another nature makes of the periods that are there already.
#[component]
fn NatureWarning(draft: RwSignal<GeneralDraft>, order: OrderView) -> impl IntoView {
    let saved = order.content.category;
    let periods: Vec<_> = order.content.measures.iter().flat_map(|measure| &measure.periods).collect();
    let ends = periods.iter().filter(|period| period.end.is_some()).count();
    let open = periods.len() - ends;
    let warning = Memo::new(move |_| match (draft.with(GeneralDraft::has_subject), saved) {
        (true, OrderCategory::PermanentRegulation) => without_end(open),
        (false, OrderCategory::TemporaryRegulation) => ends_without_effect(ends),
        _ => None,
    });
    let alert = move || {
        warning.get().map(|text| {
            view! {
                <Alert kind=AlertKind::Warning title="Les périodes sont à revoir">
                    <p>{text}</p>
                </Alert>
            }
        })
    };
    view! { <div role="status">{alert}</div> }
}

/// An order becomes temporary.
fn without_end(open: usize) -> Option<String> {
    let periods = match open {
        0 => return None,
        1 => "Une période n’a pas de fin".to_owned(),
        open => format!("{open} périodes n’ont pas de fin"),
    };
    Some(format!("{periods} : un arrêté temporaire ne se publie qu’une fois la fin de chaque période indiquée."))
}

/// An order becomes permanent.
fn ends_without_effect(ends: usize) -> Option<String> {
    (ends > 0).then(|| {
        "Un arrêté permanent s’applique jusqu’à son abrogation : les dates de fin des périodes ne compteront plus."
            .to_owned()
    })
}

/// What the form of the general information begins with.
fn kept_of(session: Session, order: &OrderView) -> Start<GeneralDraft> {
    let user = untrack(|| session.me()).map(|me| me.user.uuid);
    let initial = GeneralDraft::of(order);
    let mut start = Start::new(initial, LocalCopy::of_general(user, Some(order.uuid)), PartialEq::ne);
    if let (Some(kept), true) = (&mut start.kept, order.published.is_some()) {
        kept.draft.identifier.clone_from(&order.identifier);
    }
    start
}

/// Somebody else saved the order while this person was typing.
#[component]
fn GeneralConflict(
    /// The order as it is now.
    conflict: RwSignal<Option<OrderView>>,
    /// Saves over it.
    #[prop(into)]
    on_replace: Callback<()>,
    /// Takes it instead.
    #[prop(into)]
    on_give_up: Callback<()>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move || {
        if conflict.get().is_some() {
            open.set(true);
        }
    });
    let choice = move |label: &'static str, class: &'static str, action: Option<Callback<()>>| {
        view! {
            <li>
                <button
                    type="button"
                    class=class
                    on:click=move |_| {
                        open.set(false);
                        if let Some(action) = action {
                            action.run(());
                        }
                    }
                >
                    {label}
                </button>
            </li>
        }
    };
    view! {
        <Dialog open=open id="conflit-general" title=Signal::stored("Cet arrêté a été modifié entre-temps".to_owned())>
            <Rival conflict=conflict/>
            <p>"Votre saisie, si vous l’enregistrez, remplacera ces informations générales ; les mesures restent telles quelles."</p>
            <ul class="fr-btns-group fr-btns-group--inline-md">
                {choice("Continuer la saisie", "fr-btn", None)}
                {choice("Enregistrer ma saisie", "fr-btn fr-btn--secondary", Some(on_replace))}
                {choice("Prendre la version enregistrée", "fr-btn fr-btn--secondary", Some(on_give_up))}
            </ul>
        </Dialog>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_nature_is_warned_about_when_it_changes_something() {
        assert_eq!(without_end(0), None);
        assert!(without_end(1).is_some_and(|text| text.starts_with("Une période n’a pas de fin : ")));
        assert!(without_end(2).is_some_and(|text| text.starts_with("2 périodes n’ont pas de fin : ")));
        assert_eq!(ends_without_effect(0), None);
        assert!(ends_without_effect(3).is_some());
    }
}
