use dialog_api_types::app::OrderView;
use dialog_domain::{
    input::{RepealInput, local_time},
    rules::{self, limits},
};
use leptos::prelude::*;

use super::super::submission::{CancelButton, Submission, SubmitButtons, SubmitForm};
use crate::{
    api::Remote,
    browser,
    components::{Dialog, TextAreaField, TextField},
    forms::{FieldError, FormState, numbers::filled, text},
    state::{NoticeKind, Notices},
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
    let submission = Submission::new(form).showing_conflicts_on(remote);
    let submit = move |()| {
        let Some((id, revision)) =
            order.with_untracked(|order| order.as_ref().map(|order| (order.uuid, order.revision)))
        else {
            return;
        };
        let input = draft.with_untracked(RepealDraft::input);
        submission.send(
            move |client| {
                let input = input.clone();
                async move { client.repeal_order(id, revision, &input).await }
            },
            move |order| {
                open.try_set(false);
                remote.put(order);
                // The button that asked for it is gone.
                browser::focus_soon("details");
                notices.show(NoticeKind::Success, "L’arrêté est abrogé.");
            },
        );
    };
    view! {
        <SubmitForm submission=submission on_submit=submit>
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
            <SubmitButtons submission=submission label="Abroger" busy_label="Abrogation…" class="dl-danger">
                <CancelButton on_click=move |()| open.set(false)/>
            </SubmitButtons>
        </SubmitForm>
    }
}
