//! What speakers are called: names and roles as sources give them, and the label that is made of both.

use readback_transcript::Role;

use super::collapsed;

/// The name of a speaker who only has a number.
pub(crate) fn numbered(number: u32) -> String {
    format!("Speaker {number}")
}

/// A speaker's name on one line; `None` where it is blank.
pub(crate) fn named(speaker: &str) -> Option<String> {
    let name = collapsed(speaker);
    match name.parse() {
        Ok(number) => Some(numbered(number)),
        Err(_) => Some(name).filter(|name| !name.is_empty()),
    }
}

/// The role that a source calls `name`.
pub(crate) fn role_called(name: &str) -> Role {
    match name.to_lowercase().as_str() {
        "host" => Role::Host,
        "byline" => Role::Byline,
        _ => Role::Other(name.to_owned()),
    }
}

/// Name, role and colon.
pub(crate) fn with_role(name: &str, role: Option<&Role>) -> String {
    match role {
        Some(Role::Host) if name != "HOST" => format!("{name}, HOST:"),
        Some(Role::Byline) if name != "BYLINE" => format!("{name}, BYLINE:"),
        Some(Role::Other(role)) => format!("{name} ({role}):"),
        _ => format!("{name}:"),
    }
}
