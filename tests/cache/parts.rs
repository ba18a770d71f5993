//! What keys tell apart.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};
use versus::cache::{Ingredients, Key};
use versus::data::Node;

fn key(value: impl Serialize) -> Option<Key> {
    let mut parts = Ingredients::of("test");
    parts.add_value(&value);
    parts.key()
}

#[track_caller]
fn differ(one: impl Serialize, other: impl Serialize) {
    assert!(key(&one).is_some());
    assert_ne!(key(one), key(other));
}

#[track_caller]
fn are_alike(one: impl Serialize, other: impl Serialize) {
    assert!(key(&one).is_some());
    assert_eq!(key(one), key(other));
}

#[derive(Serialize, Default)]
struct Shy {
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    second: Option<u8>,
}

#[derive(Serialize)]
struct Around {
    before: u8,
    #[serde(flatten)]
    within: Shy,
}

#[derive(Serialize)]
enum Shape {
    Nothing,
    One(u8),
    Other(u8),
    Two(u8, u8),
    Named { a: u8 },
}

#[test]
fn texts_are_told_apart_by_where_they_end() {
    differ(["ab", "c"], ["a", "bc"]);
    differ(["ab"], ["a\0b"]);
    differ(vec!["a"], vec!["a", ""]);
    differ("", ());
    differ("a", 'a');
}

#[test]
fn a_field_that_is_left_out_is_missed() {
    let first = || Shy { first: Some(1), second: None };
    let second = || Shy { first: None, second: Some(1) };
    differ(first(), second());
    differ(Shy::default(), first());
    differ(Around { before: 1, within: first() }, Around { before: 1, within: second() });
    differ([first(), Shy::default()], [Shy::default(), first()]);
    differ((first(), Shy::default()), (Shy::default(), first()));
}

#[test]
fn nothing_is_not_something_that_holds_nothing() {
    differ(None::<()>, Some(()));
    differ(None::<Option<u8>>, Some(None::<u8>));
    differ(Vec::<u8>::new(), ());
    differ(Vec::<u8>::new(), BTreeMap::<u8, u8>::new());
    differ(Vec::<u8>::new(), "");
    differ(Vec::<Vec<u8>>::new(), vec![Vec::<u8>::new()]);
}

#[test]
fn a_list_ends_where_it_ends() {
    differ(vec![vec![1], vec![2, 3]], vec![vec![1, 2], vec![3]]);
    differ(vec![vec![vec![1]], vec![]], vec![vec![vec![1], vec![]]]);
    differ((vec![1, 2], vec![3]), (vec![1], vec![2, 3]));
    differ(json!({ "a": { "b": 1 } }), json!({ "a": {}, "b": 1 }));
}

#[test]
fn the_kind_of_a_value_counts() {
    differ(1_u8, "1");
    differ(1_u8, 1.0_f64);
    differ(1_u8, true);
    differ(-1_i64, u64::MAX);
    differ(0.0_f64, -0.0_f64);
    differ(1_u128 << 64, 1_u128 << 65);
    differ(BTreeMap::from([("1", 1)]), BTreeMap::from([(1, 1)]));
}

#[test]
fn variants_are_told_apart_by_name() {
    differ(Shape::One(1), Shape::Other(1));
    differ(Shape::Nothing, Shape::One(0));
    differ(Shape::Nothing, "Nothing");
    differ(Shape::Two(1, 2), Shape::Two(2, 1));
    differ(Shape::Named { a: 1 }, Shape::Named { a: 2 });
    differ(Shape::Named { a: 1 }, Shape::One(1));
}

#[test]
fn the_order_of_a_map_counts() {
    let map = |names: [&str; 2]| Node::Map(names.map(|name| (name.to_owned(), Node::Null)).into());
    differ(map(["a", "b"]), map(["b", "a"]));
}

#[test]
fn what_is_one_value_by_other_types_has_one_key() {
    are_alike(1_u8, 1_usize);
    are_alike("a", String::from("a"));
    are_alike((1_u8, 2_u8), [1_u8, 2]);
    are_alike(Shy { first: Some(1), second: None }, BTreeMap::from([("first", Some(1_u8))]));
}

#[test]
fn parts_are_told_apart_by_where_they_end() {
    let key = |parts: &[&str]| {
        let mut all = Ingredients::of("test");
        parts.iter().for_each(|part| all.add(part.as_bytes()));
        all.key()
    };
    assert_ne!(key(&["ab", "c"]), key(&["a", "bc"]));
    assert_ne!(key(&["a"]), key(&["a", ""]));
    let mut with_value = Ingredients::of("test");
    with_value.add_value(&"a");
    assert_ne!(key(&["a"]), with_value.key());
}

#[test]
fn what_cannot_be_written_has_no_key() {
    struct Broken;
    impl Serialize for Broken {
        fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("broken"))
        }
    }
    assert_eq!(key([Broken]), None);
    let mut parts = Ingredients::of("test");
    parts.add_value(&Broken);
    let mut whole = Ingredients::of("whole");
    whole.add_all(&parts.sum());
    assert_eq!(whole.key(), None);
}

/// Small values, of which many are nearly the same.
fn value() -> impl Strategy<Value = Value> {
    let text = || prop::sample::select(vec!["", "a", "b", "ab", "\n", "\\n"]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-2_i64..3).prop_map(Value::from),
        Just(Value::from(1.0)),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 8, 3, move |inner| {
        let entries = prop::collection::vec((text(), inner.clone()), 0..3);
        prop_oneof![
            prop::collection::vec(inner, 0..3).prop_map(Value::from),
            entries.prop_map(|entries| entries
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect()),
        ]
    })
}

proptest! {
    #[test]
    fn what_json_tells_apart_is_told_apart(values in prop::collection::vec(value(), 60)) {
        let json = values.iter().map(|value| serde_json::to_string(value).unwrap());
        let told: Vec<_> = json.zip(values.iter().map(key)).collect();
        for (json, key) in &told {
            for (other_json, other_key) in &told {
                prop_assert_eq!(json == other_json, key == other_key, "{} {}", json, other_json);
            }
        }
    }
}
