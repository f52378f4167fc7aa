use dialog_api_types::app::OrderView;
use dialog_domain::OrderId;
use leptos::prelude::*;

use super::{super::submission::Submission, editor::Editor};
use crate::forms::FieldError;

/// The saving of the form.
#[derive(Clone, Copy)]
pub struct Saving {
    editor: Editor,
    order: OrderId,
    /// The revision of the order on which the person works. What somebody else saved since is never replaced unless the
    /// person says so.
    pub revision: RwSignal<i64>,
    /// The sending itself.
    pub submission: Submission,
    /// It is saved.
    on_saved: Callback<()>,
}

impl Saving {
    /// Nothing is saved yet.
    pub fn new(editor: Editor, order: OrderId, revision: RwSignal<i64>, on_saved: Callback<()>) -> Self {
        Self { editor, order, revision, submission: Submission::new(editor.form).placing(on_a_field), on_saved }
    }

    /// Saves, when the rules have nothing against it.
    pub fn save(self) {
        self.editor.drawing.set(None);
        self.editor.picking.set(None);
        let input = self.editor.input();
        let (order, revision) = (self.order, self.revision.get_untracked());
        self.submission.send(
            move |client| {
                let input = input.clone();
                async move {
                    match input.uuid {
                        Some(id) => client.update_measure(order, id, revision, &input).await,
                        None => client.add_measure(order, revision, &input).await,
                    }
                }
            },
            move |_| {
                self.on_saved.try_run(());
            },
        );
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
}

/// What the server said of a location as a whole goes on its kind.
fn on_a_field(error: FieldError) -> FieldError {
    if error.path.starts_with("locations[") && error.path.ends_with(']') {
        return FieldError { path: format!("{}.roadType", error.path), ..error };
    }
    error
}
