use dialog_api_types::app::OrderView;
use dialog_domain::OrderId;
use leptos::{prelude::*, task::spawn_local};

use super::editor::Editor;
use crate::{api::Failure, forms::FieldError, state::Session};

/// The saving of the form.
#[derive(Clone, Copy)]
pub struct Saving {
    editor: Editor,
    session: Session,
    order: OrderId,
    /// The revision of the order on which the person works. What somebody else saved since is never replaced unless the
    /// person says so.
    pub revision: RwSignal<i64>,
    /// Whether a save is under way.
    pub busy: RwSignal<bool>,
    /// Counts the refusals.
    pub refused: RwSignal<u32>,
    /// Why it failed, when no field says it.
    pub failure: RwSignal<Option<Failure>>,
    /// The order as somebody else saved it meanwhile.
    pub conflict: RwSignal<Option<OrderView>>,
    /// It is saved.
    on_saved: Callback<()>,
}

impl Saving {
    /// Nothing is saved yet.
    pub fn new(editor: Editor, order: OrderId, revision: RwSignal<i64>, on_saved: Callback<()>) -> Self {
        Self {
            editor,
            session: expect_context(),
            order,
            revision,
            busy: RwSignal::new(false),
            refused: RwSignal::new(0),
            failure: RwSignal::new(None),
            conflict: RwSignal::new(None),
            on_saved,
        }
    }

    /// Saves, when the rules have nothing against it.
    pub fn save(self) {
        if self.busy.get_untracked() {
            return;
        }
        self.failure.set(None);
        self.editor.drawing.set(None);
        self.editor.picking.set(None);
        if !self.editor.form.try_to_save() {
            self.refused.update(|count| *count += 1);
            return;
        }
        self.busy.set(true);
        let input = self.editor.input();
        let (order, revision) = (self.order, self.revision.get_untracked());
        spawn_local(async move {
            let answer = self
                .session
                .call(|client| {
                    let input = input.clone();
                    async move {
                        match input.uuid {
                            Some(id) => client.update_measure(order, id, revision, &input).await,
                            None => client.add_measure(order, revision, &input).await,
                        }
                    }
                })
                .await;
            self.busy.try_set(false);
            match answer {
                Ok(_) => {
                    self.on_saved.try_run(());
                }
                Err(failure) => self.refuse(failure),
            }
        });
    }

    /// Saves over what somebody else saved meanwhile: the person has seen it.
    pub fn save_over(self, current: &OrderView) {
        self.revision.set(current.revision);
        let id = self.editor.head.with_untracked(|head| head.id);
        let is_gone = id.is_some_and(|id| !current.content.measures.iter().any(|measure| measure.id == id));
        if is_gone {
            self.editor.head.update(|head| head.id = None);
        }
        self.save();
    }

    fn refuse(self, failure: Failure) {
        if let Some(current) = failure.current_order() {
            self.conflict.try_set(Some(current));
            return;
        }
        let errors: Vec<_> = failure.violations().into_iter().map(on_a_field).collect();
        self.failure.try_set(Some(failure).filter(|_| errors.is_empty()));
        self.editor.form.refused(errors);
        self.refused.try_update(|count| *count += 1);
    }
}

/// What the server said of a location as a whole goes on its kind.
fn on_a_field(error: FieldError) -> FieldError {
    if error.path.starts_with("locations[") && error.path.ends_with(']') {
        return FieldError { path: format!("{}.roadType", error.path), ..error };
    }
    error
}
