//! Keys and values in the order in which they are to be written.

use crate::prelude::*;
use alloc::borrow::Cow;
use serde::ser::{Serialize, SerializeMap, Serializer};

/// Keys and values in a given order.
pub struct Entries<'a, T>(pub Vec<(Cow<'a, str>, T)>);

impl<T> Default for Entries<'_, T> {
    fn default() -> Self {
        Entries(Vec::new())
    }
}

impl<T> Entries<'_, T> {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T: Serialize> Serialize for Entries<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

#[cfg(feature = "schema")]
mod schema {
    use super::Entries;
    use crate::prelude::*;
    use alloc::borrow::Cow;
    use schemars::{JsonSchema, Schema, SchemaGenerator};

    impl<T: JsonSchema> JsonSchema for Entries<'_, T> {
        fn inline_schema() -> bool {
            true
        }

        fn schema_name() -> Cow<'static, str> {
            format!("Entries_of_{}", T::schema_name()).into()
        }

        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            alloc::collections::BTreeMap::<String, T>::json_schema(generator)
        }
    }
}
