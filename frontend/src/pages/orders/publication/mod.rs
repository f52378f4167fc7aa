//! What becomes public, and what was done to an order: checks before publication, differences, repeal, history, official
//! document, public link.

mod checklist;
mod dialog;
mod differences;
mod document;
mod document_form;
mod history;
mod link;
mod repeal;

pub use checklist::Checklist;
pub use dialog::PublishDialog;
pub use document::OfficialDocument;
pub use history::History;
pub use link::PublicLink;
pub use repeal::RepealDialog;
