//! What is typed and not saved: kept by the browser, found again after a crash, and never left without a question.

mod kept;
mod leaving;

pub use kept::{Keeping, KeptNotice, Start};
pub use leaving::{Away, LeavingDialog};
