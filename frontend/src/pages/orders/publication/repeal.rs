use dialog_api_types::app::OrderView;
use dialog_domain::{
    input::{RepealInput, local_time},
    rules::{self, limits},
};
use leptos::{ev, prelude::*, task::spawn_local};

use crate::{
    api::{Failure, Remote},
    browser,
    components::{ActionButton, Alert, AlertKind, Dialog, ErrorSummary, TextAreaField, TextField},
    forms::{FieldError, FormState, numbers::filled, text},
    state::{NoticeKind, Notices, Session},
};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct RepealDraft {
    date: String,
    time: String,
    reason: String,
}

impl RepealDraft {
    fn input(&self) -> RepealInput {
        RepealInput {
            end_date: self.date.trim().parse().ok(),
            end_time: local_time::parse(&self.time),
            reason: filled(&self.reason),
        }
    }
}

/// Puts an end to a published order, with its reason.
#[component]
pub fn RepealDialog(remote: Remote<OrderView>, order: Memo<Option<OrderView>>, open: RwSignal<bool>) -> impl IntoView {
    view! {
        <Dialog open=open id="abroger" title=Signal::stored("Abroger cet arrêté ?".to_owned())>
            <p>
                "Il cessera de s’appliquer à cette date, pour tous. Une abrogation ne se reprend pas ; l’arrêté reste "
                "lisible, avec son motif."
            </p>
            <RepealForm remote=remote order=order open=open/>
        </Dialog>
    }
}

#[component]
fn RepealForm(remote: Remote<OrderView>, order: Memo<Option<OrderView>>, open: RwSignal<bool>) -> impl IntoView {
    let session: Session = expect_context();
    let notices: Notices = expect_context();
    let draft = RwSignal::new(RepealDraft { date: browser::today(), time: "23:59".to_owned(), reason: String::new() });
    let live = Memo::new(move |_| {
        order
            .with(|order| {
                let content = order.as_ref().map(|order| &order.content)?;
                let refused = rules::repeal(&draft.with(RepealDraft::input), content).err()?;
                Some(refused.iter().map(FieldError::from_violation).collect::<Vec<_>>())
            })
            .unwrap_or_default()
    });
    let form = FormState::new(live.into());
    provide_context(form);
    let busy = RwSignal::new(false);
    let refused = RwSignal::new(0_u32);
    let failure = RwSignal::new(None::<Failure>);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some((id, revision)) =
            order.with_untracked(|order| order.as_ref().map(|order| (order.uuid, order.revision)))
        else {
            return;
        };
        if busy.get_untracked() {
            return;
        }
        failure.set(None);
        if !form.try_to_save() {
            refused.update(|count| *count += 1);
            return;
        }
        busy.set(true);
        let input = draft.with_untracked(RepealDraft::input);
        spawn_local(async move {
            let answer = session
                .call(|client| {
                    let input = input.clone();
                    async move { client.repeal_order(id, revision, &input).await }
                })
                .await;
            busy.try_set(false);
            match answer {
                Ok(order) => {
                    open.try_set(false);
                    remote.put(order);
                    notices.show(NoticeKind::Success, "L’arrêté est abrogé.");
                }
                Err(error) => {
                    if let Some(current) = error.current_order() {
                        remote.put(current);
                    }
                    let errors = error.violations();
                    failure.try_set(Some(error).filter(|_| errors.is_empty()));
                    form.refused(errors);
                    refused.try_update(|count| *count += 1);
                }
            }
        });
    };
    let failure_view = move || {
        failure.get().map(|failure| {
            view! {
                <Alert kind=AlertKind::Error title=failure.title>
                    <p>{failure.detail}</p>
                </Alert>
            }
        })
    };
    view! {
        <form on:submit=submit novalidate>
            <ErrorSummary asked=refused/>
            <div role="alert">{failure_view}</div>
            <div class="dl-pair">
                <TextField
                    path=Signal::stored("endDate".to_owned())
                    label=Signal::stored("Dernier jour".to_owned())
                    kind="date"
                    value=text(draft, |draft| draft.date.clone(), |draft, date| draft.date = date)
                />
                <TextField
                    path=Signal::stored("endTime".to_owned())
                    label=Signal::stored("Heure".to_owned())
                    kind="time"
                    value=text(draft, |draft| draft.time.clone(), |draft, time| draft.time = time)
                />
            </div>
            <TextAreaField
                path=Signal::stored("reason".to_owned())
                label=Signal::stored("Motif".to_owned())
                hint="Il est visible par tous : « Les travaux sont finis »."
                value=text(draft, |draft| draft.reason.clone(), |draft, reason| draft.reason = reason)
                max_length=limits::REPEAL_REASON_MAX
            />
            <ul class="fr-btns-group fr-btns-group--inline-md">
                <li>
                    <ActionButton
                        busy=busy
                        label=Signal::stored("Abroger".to_owned())
                        busy_label="Abrogation…"
                        class="dl-danger"
                        kind="submit"
                    />
                </li>
                <li>
                    <button type="button" class="fr-btn fr-btn--secondary" on:click=move |_| open.set(false)>
                        "Annuler"
                    </button>
                </li>
            </ul>
        </form>
    }
}
