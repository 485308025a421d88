//! Fields of a merge patch (RFC 7396): absent, `null`, or a value.

use serde::{Deserialize, Deserializer};

/// Reads `null` as "take it away" and absence as "leave it". Use with
/// `#[serde(default, deserialize_with = "nullable")]`.
///
/// # Errors
/// When the value has another type.
pub fn nullable<'de, D, T>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Some)
}

/// Reads a value that can be left out but not taken away: `null` is an error.
///
/// # Errors
/// When the value has another type.
pub fn present<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Patch {
        #[serde(default, deserialize_with = "nullable")]
        phone: Option<Option<String>>,
        #[serde(default, deserialize_with = "present")]
        name: Option<String>,
    }

    #[test]
    fn absence_null_and_value_are_told_apart() {
        let read = serde_json::from_str::<Patch>;
        let empty = read("{}").expect("read");
        assert_eq!((empty.phone, empty.name), (None, None));
        assert_eq!(read(r#"{"phone":null}"#).expect("read").phone, Some(None));
        let set = read(r#"{"phone":"1","name":"x"}"#).expect("read");
        assert_eq!(
            (set.phone, set.name),
            (Some(Some("1".to_owned())), Some("x".to_owned()))
        );
        assert!(read(r#"{"name":null}"#).is_err());
    }
}
