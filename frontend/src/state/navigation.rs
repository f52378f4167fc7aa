use leptos::prelude::*;

/// Tells the first page, on which the browser places the focus, from those reached inside the application.
#[derive(Clone, Copy)]
pub struct Navigation {
    moves: RwSignal<u32>,
}

impl Navigation {
    /// Nobody moved yet.
    pub fn new() -> Self {
        Self { moves: RwSignal::new(0) }
    }

    /// Called at each change of path.
    pub fn moved(self) {
        self.moves.update(|moves| *moves += 1);
    }

    /// Whether the page shown was reached inside the application.
    pub fn is_inside(self) -> bool {
        self.moves.get_untracked() > 0
    }
}
