//! Bounds of texts. Everything that comes in is bounded.

use crate::error::{Error, Result};

/// Refuses a text of more than `max` characters.
///
/// # Errors
/// Names the field and the bound.
pub fn check_length(field: &str, text: &str, max: usize) -> Result<()> {
    if text.chars().count() > max {
        return Err(Error::field(
            field,
            "too_long",
            format!("use at most {max} characters"),
        ));
    }
    Ok(())
}
