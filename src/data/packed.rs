//! Values in a cache, whose format does not tell kinds apart by itself.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Node;

#[derive(Serialize, Deserialize)]
enum Packed {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    List(Vec<Packed>),
    Map(Vec<(String, Packed)>),
}

impl From<Node> for Packed {
    fn from(node: Node) -> Self {
        match node {
            Node::Null => Self::Null,
            Node::Bool(value) => Self::Bool(value),
            Node::Int(value) => Self::Int(value),
            Node::Float(value) => Self::Float(value),
            Node::Text(value) => Self::Text(value),
            Node::List(items) => Self::List(items.into_iter().map(Into::into).collect()),
            Node::Map(entries) => {
                Self::Map(entries.into_iter().map(|(key, node)| (key, node.into())).collect())
            }
        }
    }
}

impl From<Packed> for Node {
    fn from(packed: Packed) -> Self {
        match packed {
            Packed::Null => Self::Null,
            Packed::Bool(value) => Self::Bool(value),
            Packed::Int(value) => Self::Int(value),
            Packed::Float(value) => Self::Float(value),
            Packed::Text(value) => Self::Text(value),
            Packed::List(items) => Self::List(items.into_iter().map(Into::into).collect()),
            Packed::Map(entries) => {
                Self::Map(entries.into_iter().map(|(key, node)| (key, node.into())).collect())
            }
        }
    }
}

/// Writes the entries of a map.
///
/// # Errors
/// As the serializer.
pub fn serialize<S: Serializer>(
    entries: &[(String, Node)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let packed = entries.iter().map(|(key, node)| (key, Packed::from(node.clone())));
    serializer.collect_seq(packed)
}

/// Reads them.
///
/// # Errors
/// As the deserializer.
pub fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<(String, Node)>, D::Error> {
    let packed = Vec::<(String, Packed)>::deserialize(deserializer)?;
    Ok(packed.into_iter().map(|(key, node)| (key, node.into())).collect())
}
