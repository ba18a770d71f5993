//! TOML, as Hugo and Zola authors bring it.

use toml::Value;

use super::{Node, SyntaxError};

pub(super) fn parse(text: &str) -> Result<Node, SyntaxError> {
    match text.parse::<toml::Table>() {
        Ok(table) => Ok(map(table)),
        Err(error) => Err(SyntaxError {
            message: error.message().lines().next().unwrap_or("not TOML").to_owned(),
            range: error.span().unwrap_or(0..0),
            label: None,
            help: None,
        }),
    }
}

fn map(table: toml::Table) -> Node {
    Node::Map(table.into_iter().map(|(key, value)| (key, node(value))).collect())
}

fn node(value: Value) -> Node {
    match value {
        Value::String(text) => Node::Text(text),
        Value::Integer(number) => Node::Int(number),
        Value::Float(number) => Node::Float(number),
        Value::Boolean(value) => Node::Bool(value),
        Value::Datetime(date) => Node::Text(date.to_string()),
        Value::Array(items) => Node::List(items.into_iter().map(node).collect()),
        Value::Table(table) => map(table),
    }
}
