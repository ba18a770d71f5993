//! What a site says of its own accord, in its language: `strings/en.yaml`, and
//! a file of the project beside it that says some or all of it otherwise.

mod direction;
mod plural;
mod read;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

pub use direction::Direction;
use plural::Form;

use crate::diag::Checked;
use crate::path::SourcePath;

/// The folder of the project's own texts.
pub const FOLDER: &str = "strings";

/// Every text, in English.
static ENGLISH: LazyLock<Texts> =
    LazyLock::new(|| read::english(include_str!("../../strings/en.yaml")));

type Texts = BTreeMap<String, Text>;

/// A text as it is written down.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Text {
    /// One for every case.
    Plain(String),
    /// One for each form that a count takes.
    Counted(BTreeMap<Form, String>),
    /// Several, in order.
    List(Vec<String>),
}

/// The texts of a site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Strings {
    language: String,
    own: Arc<Texts>,
}

/// The file that a language's texts stand in, and that of the language without
/// its region, which is looked at next.
pub fn files(language: &str) -> Vec<SourcePath> {
    let whole = language.trim().replace('_', "-");
    let base = whole.split('-').next().unwrap_or_default().to_owned();
    let is_name = |name: &String| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let mut names: Vec<String> = [whole, base].into_iter().filter(is_name).collect();
    names.dedup();
    names.into_iter().map(|name| SourcePath::new(format!("{FOLDER}/{name}.yaml"))).collect()
}

/// The texts of a file over the English ones.
pub fn read(file: &SourcePath, text: &str, language: &str) -> Checked<Strings> {
    let own = read::translation(file, text, &ENGLISH);
    own.map(|own| Strings { language: language.to_owned(), own: Arc::new(own) })
}

impl Strings {
    /// The English ones, counting as a language does.
    pub fn english(language: &str) -> Self {
        Self { language: language.to_owned(), own: Arc::default() }
    }

    fn find(&self, key: &str) -> Option<&Text> {
        self.own.get(key).or_else(|| ENGLISH.get(key))
    }

    /// A text with its braces; of one that counts, the form for `count`.
    pub fn pattern(&self, key: &str, count: Option<usize>) -> Option<&str> {
        match self.find(key)? {
            Text::Plain(text) => Some(text),
            Text::Counted(forms) => {
                let form = count.map_or(Form::Other, |count| Form::of(&self.language, count));
                forms.get(&form).or_else(|| forms.get(&Form::Other)).map(String::as_str)
            }
            Text::List(_) => None,
        }
    }

    /// A text in which nothing is filled in.
    pub fn plain(&self, key: &str) -> Option<&str> {
        match self.find(key)? {
            Text::Plain(text) if !text.contains('{') => Some(text),
            _ => None,
        }
    }

    /// A text as it is; its key if there is none, which a test rules out.
    pub fn text(&self, key: &str) -> String {
        self.pattern(key, None).unwrap_or(key).to_owned()
    }

    /// A text with its braces filled in.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let find = |name: &str| values.iter().find(|(known, _)| *known == name);
        filled(self.pattern(key, None).unwrap_or(key), |name| find(name).map(|(_, v)| (*v).into()))
    }

    /// The same of one that counts.
    pub fn counted(&self, key: &str, count: usize, values: &[(&str, &str)]) -> String {
        let find = |name: &str| match name {
            "count" => Some(count.to_string()),
            name => values.iter().find(|(known, _)| *known == name).map(|(_, v)| (*v).into()),
        };
        filled(self.pattern(key, Some(count)).unwrap_or(key), find)
    }

    /// What several things of a kind are called, if the texts know the kind.
    pub fn kind(&self, kind: &str) -> Option<&str> {
        self.pattern(&format!("kinds.{kind}"), None)
    }

    /// The names of the months, from January.
    pub fn months(&self) -> &[String] {
        match self.find("month_names") {
            Some(Text::List(names)) => names,
            _ => &[],
        }
    }

    /// Names in a row: `a, b, c`.
    pub fn row(&self, names: &[&str]) -> String {
        names.join(&self.text("separator"))
    }

    /// Names in a sentence: `a, b and c`.
    pub fn listed(&self, names: &[&str]) -> String {
        match names {
            [] => String::new(),
            [one] => (*one).to_owned(),
            [first @ .., last] => {
                self.fill("last_of_two", &[("first", &self.row(first)), ("last", last)])
            }
        }
    }

    /// The texts whose keys begin with `prefix` and that are not the English
    /// ones, each by the rest of its key: a text, or its forms by name.
    pub fn changed(&self, prefix: &str) -> BTreeMap<String, serde_json::Value> {
        let named = |forms: &BTreeMap<Form, String>| -> BTreeMap<&str, String> {
            let names = Form::NAMES.iter();
            names.filter_map(|(name, form)| Some((*name, forms.get(form)?.clone()))).collect()
        };
        let json = |text: &Text| match text {
            Text::Plain(text) => serde_json::json!(text),
            Text::Counted(forms) => serde_json::json!(named(forms)),
            Text::List(texts) => serde_json::json!(texts),
        };
        let own = self.own.iter().filter(|(key, text)| ENGLISH.get(*key) != Some(text));
        own.filter_map(|(key, text)| Some((key.strip_prefix(prefix)?.to_owned(), json(text))))
            .collect()
    }

    /// Every key that a text can have.
    pub fn keys() -> impl Iterator<Item = &'static str> {
        ENGLISH.keys().map(String::as_str)
    }
}

/// A pattern with what `value` has for the names in its braces.
pub fn filled(pattern: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    while let Some((before, name, after)) = next_name(rest) {
        out.push_str(before);
        match value(name) {
            Some(value) => out.push_str(&value),
            None => out.push_str(&rest[before.len()..rest.len() - after.len()]),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// What stands before the first braces, in them, and behind them.
fn next_name(text: &str) -> Option<(&str, &str, &str)> {
    let open = text.find('{')?;
    let close = open + text[open..].find('}')?;
    Some((&text[..open], &text[open + 1..close], &text[close + 1..]))
}

/// The names in the braces of a pattern.
fn names(pattern: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = pattern;
    while let Some((_, name, after)) = next_name(rest) {
        names.push(name);
        rest = after;
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_complete() {
        let english = Strings::english("en");
        assert!(Strings::keys().count() > 150, "the file was not read");
        assert_eq!(english.months().len(), 12);
        assert_eq!(english.kind("library"), Some("Libraries"));
        assert_eq!(english.counted("articles_count", 1, &[]), "1 article");
        assert_eq!(english.counted("articles_count", 2, &[]), "2 articles");
        assert_eq!(english.listed(&["a", "b", "c"]), "a, b and c");
        assert_eq!(english.fill("see", &[("name", "{name}")]), "see {name}");
    }

    #[test]
    fn a_region_has_the_texts_of_its_language_too() {
        let names = |language| files(language).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(names("pt_BR"), ["strings/pt-BR.yaml", "strings/pt.yaml"]);
        assert_eq!(names("de"), ["strings/de.yaml"]);
        assert!(names("../x").is_empty() && names("").is_empty());
    }
}
