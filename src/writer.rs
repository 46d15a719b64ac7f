//! Writers of office files: descriptions from the core become bytes. Like the readers, they may use `std`, and know nothing of forms.

pub mod docx;
mod package;
pub mod xlsx;
