//! Rules that need the recording. The audit finds the place and weighs the evidence; a rule here is
//! the name such a place goes by and its manual page.

pub(crate) mod missing_words;
pub(crate) mod name_differs;
pub(crate) mod negation_differs;
pub(crate) mod not_said;
pub(crate) mod number_differs;
pub(crate) mod passage_said_once;
pub(crate) mod said_otherwise;
