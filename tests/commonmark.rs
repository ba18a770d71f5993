//! CommonMark's own examples, through our renderer with extensions off.
//!
//! The examples are not ours to copy: `./test` fetches them (npm's
//! `commonmark-spec`) and names the folder in `VERSUS_TOOLS`.

use versus::markdown::{
    AsWritten, Body, Call, Dialect, Setting, ShortcodeError, Shortcodes, Source, html, outline,
};
use versus::path::SourcePath;

struct None;

impl Shortcodes for None {
    fn names(&self) -> Vec<&str> {
        Vec::new()
    }

    fn render(&self, _: &Call, _: Option<&str>) -> Result<String, ShortcodeError> {
        unreachable!("CommonMark has no shortcodes")
    }
}

/// The examples of `spec.txt`: Markdown, HTML and section, between fences of 32
/// backticks, with `→` for a tab.
fn examples(spec: &str) -> Vec<(String, String, String)> {
    let fence = "`".repeat(32);
    let mut examples = Vec::new();
    let mut section = String::new();
    let mut lines = spec.lines();
    while let Some(line) = lines.next() {
        if let Some(title) = line.strip_prefix('#') {
            section = title.trim_start_matches('#').trim().to_owned();
        }
        if line == format!("{fence} example") {
            let mut part = |end: &str| {
                let mut text = String::new();
                for line in lines.by_ref().take_while(|line| *line != end) {
                    text.push_str(&line.replace('→', "\t"));
                    text.push('\n');
                }
                text
            };
            examples.push((part("."), part(&fence), section.clone()));
        }
    }
    examples
}

fn tokens(html: &str) -> Vec<html5gum::Token> {
    let line_end = |token: &html5gum::Token| match token {
        html5gum::Token::String(text) => text.value.as_slice() == b"\n",
        _ => false,
    };
    html5gum::Tokenizer::new(html).map(|Ok(token)| token).filter(|t| !line_end(t)).collect()
}

#[test]
fn every_example_of_the_specification_is_rendered_as_it_says() {
    let spec = std::env::var("VERSUS_TOOLS").and_then(|tools| {
        let path = format!("{tools}/node_modules/commonmark-spec/spec.txt");
        std::fs::read_to_string(path).map_err(|_| std::env::VarError::NotPresent)
    });
    let Ok(spec) = spec else {
        println!("skipped: `commonmark-spec` is not installed; `./test` installs it");
        return;
    };
    let examples = examples(&spec);
    assert_eq!(examples.len(), 652);
    let file = SourcePath::new("example.md");
    let mut failures = Vec::new();
    for (number, (markdown, expected, section)) in examples.iter().enumerate() {
        let whole = Body {
            file: &file,
            text: markdown,
            offset: 0,
            title: Option::None,
            reserved: &[],
            sources: &[],
            counts_words: false,
        };
        let (outline, _) = outline(whole, &Dialect::CommonMark).value;
        let source = Source {
            file: &file,
            body: markdown,
            offset: 0,
            outline: &outline,
            setting: Setting::default(),
        };
        let found = html(source, &Dialect::CommonMark, &AsWritten, &None).value;
        // As in CommonMark's own runner, how a quote in a text is escaped and
        // line ends between blocks do not count: tokens are compared.
        if tokens(&found) != tokens(expected) {
            failures
                .push(format!("{} ({section})\n{markdown:?}\n{expected:?}\n{found:?}", number + 1));
        }
    }
    assert!(failures.is_empty(), "{} differ:\n{}", failures.len(), failures.join("\n\n"));
}
