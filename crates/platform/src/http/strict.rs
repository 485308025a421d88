//! JSON as its schema language has it: an object is an object, where derived
//! types would also take a list of their fields' values, and `5.0` is an integer.

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{
    DeserializeOwned, Deserializer, Error as _, IntoDeserializer, Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::{Error, Value};

/// Whether a body can hide a list in place of an object.
pub(super) fn has_list(bytes: &[u8]) -> bool {
    bytes.contains(&b'[')
}

/// Refuses what [`serde_json`] takes and the document does not.
pub(super) fn read<T: DeserializeOwned>(
    value: Value,
) -> Result<T, serde_path_to_error::Error<Error>> {
    serde_path_to_error::deserialize(Strict(value))
}

struct Strict(Value);

/// A number without a fraction as an integer; anything else as it is.
fn whole(value: Value) -> Value {
    let text = value.as_f64().filter(|n| n.fract() == 0.0);
    let integer = text.and_then(|n| format!("{n:.0}").parse::<i64>().ok());
    match integer {
        Some(integer) if value.is_f64() => integer.into(),
        _ => value,
    }
}

macro_rules! integers {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            whole(self.0).deserialize_any(visitor)
        })*
    };
}

impl<'de> Deserializer<'de> for Strict {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Array(items) => {
                let items = items.into_iter().map(Strict);
                visitor.visit_seq(SeqDeserializer::new(items))
            }
            Value::Object(fields) => {
                let fields = fields
                    .into_iter()
                    .map(|(name, value)| (name, Strict(value)));
                visitor.visit_map(MapDeserializer::new(fields))
            }
            plain => plain.deserialize_any(visitor),
        }
    }

    integers! { deserialize_i32 deserialize_i64 deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.0 {
            Value::Array(_) => Err(Error::invalid_type(Unexpected::Seq, &visitor)),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.0.deserialize_enum(name, variants, visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i128 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct seq tuple tuple_struct map identifier ignored_any
    }
}

impl IntoDeserializer<'_, Error> for Strict {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[derive(Debug, PartialEq, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Outer {
        inner: Option<Inner>,
        #[serde(default)]
        pairs: Vec<(String, i64)>,
        #[serde(default)]
        free: Value,
    }

    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Inner {
        word: Option<Word>,
    }

    #[derive(Debug, PartialEq, serde::Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Word {
        Red,
    }

    #[test]
    fn a_list_is_no_object_wherever_it_stands() {
        for (value, at) in [
            (json!([null]), "."),
            (json!([]), "."),
            (json!({"inner": [null]}), "inner"),
        ] {
            assert!(serde_json::from_value::<Outer>(value.clone()).is_ok() || value == json!([]));
            let refused = read::<Outer>(value.clone()).expect_err("refused");
            assert_eq!(refused.path().to_string(), at, "{value}");
        }
    }

    #[test]
    fn everything_else_is_read_as_ever() {
        for value in [
            json!({}),
            json!({"inner": null, "free": [1, {"a": [null]}]}),
            json!({"inner": {"word": "red"}, "pairs": [["a", 1], ["b", -2]], "free": {"b": 1.5}}),
        ] {
            let usual: Outer = serde_json::from_value(value.clone()).expect("read");
            assert_eq!(read::<Outer>(value).expect("read"), usual);
        }
        let whole = read::<Outer>(json!({"pairs": [["a", 5.0], ["b", -0.0]]})).expect("read");
        assert_eq!(whole.pairs, [("a".to_owned(), 5), ("b".to_owned(), 0)]);
        assert!(read::<Outer>(json!({"pairs": [["a", 5.5]]})).is_err());
        assert!(read::<Outer>(json!({"pairs": [["a", 1e300]]})).is_err());
        assert!(read::<Outer>(json!({"pairs": [["a"]]})).is_err());
        assert!(read::<Outer>(json!({"colour": 1})).is_err());
    }
}
