use leptos::prelude::*;

/// A part of a draft, as a field reads and writes it.
pub struct Model<V: Send + Sync + 'static> {
    /// The value; changes only when this part does.
    pub get: Memo<V>,
    /// Writes it.
    pub set: Callback<V>,
}

impl<V: Send + Sync + 'static> Clone for Model<V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<V: Send + Sync + 'static> Copy for Model<V> {}

/// The part of `draft` that `read` and `write` know.
pub fn model<D, V>(
    draft: RwSignal<D>,
    read: impl Fn(&D) -> V + Send + Sync + 'static,
    write: impl Fn(&mut D, V) + Send + Sync + 'static,
) -> Model<V>
where
    D: Send + Sync + 'static,
    V: PartialEq + Send + Sync + 'static,
{
    Model {
        get: Memo::new(move |_| draft.with(&read)),
        set: Callback::new(move |value| draft.update(|draft| write(draft, value))),
    }
}

/// The part of one draft that is text; the functions capture nothing, so that all the fields of a form share one code.
pub fn text<D: Send + Sync + 'static>(
    draft: RwSignal<D>,
    read: fn(&D) -> String,
    write: fn(&mut D, String),
) -> Model<String> {
    model(draft, read, write)
}
