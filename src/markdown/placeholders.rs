//! Marks that a writer leaves where a text is still to come.

use std::ops::Range;

use memchr::memmem;
use pulldown_cmark::{Event, Tag, TagEnd};

use super::Dialect;
use super::parse::{Spanned, parse};
use crate::diag::{Diagnostic, Lint};

/// The marks, in capitals alone: `todo` and `xxx` are words like others.
const MARKS: [&str; 4] = ["TODO", "TBD", "FIXME", "XXX"];

/// How the printers' dummy text begins, with a word more than its name has.
const DUMMY: &str = "Lorem ipsum dolor";

/// What is to be said of a mark.
pub fn placeholder(mark: &str) -> Diagnostic {
    Diagnostic::new(Lint::Placeholder, format!("`{mark}` stands for what is still to be written"))
        .help("write it, or put the word into backticks if it is meant")
}

/// The marks of a short text, such as a title.
pub fn placeholders<'t>(text: &'t str, dialect: &Dialect) -> Vec<&'t str> {
    if !may_hold(text) {
        return Vec::new();
    }
    find(&parse(text, dialect), text).into_iter().map(|range| &text[range]).collect()
}

/// The bytes of the marks in a body. Code, comments, links and addresses may
/// hold any word.
pub(super) fn find(events: &[Spanned<'_>], body: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut block = Block::default();
    let mut in_code = false;
    for (event, span) in events {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(_) if in_code => {}
            Event::Text(text) => block.push(text, span.start),
            Event::SoftBreak | Event::HardBreak => block.text.push('\n'),
            Event::Start(Tag::Image { .. }) => block.text.push('['),
            Event::End(TagEnd::Image) => block.text.push(']'),
            Event::Code(_) | Event::Start(Tag::Link { .. }) | Event::End(TagEnd::Link) => {
                block.text.push('`');
            }
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)
            | Event::InlineHtml(_)
            | Event::InlineMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
            _ => found.extend(std::mem::take(&mut block).marks(body)),
        }
    }
    found.extend(block.marks(body));
    // The short form of trunk-based development.
    found.retain(|mark| &body[mark.clone()] != "TBD" || !body.contains("runk"));
    found
}

/// Texts without a mark, which are nearly all, cost a search and no more.
pub(super) fn may_hold(text: &str) -> bool {
    MARKS
        .iter()
        .chain(&[DUMMY])
        .any(|mark| memmem::find(text.as_bytes(), mark.as_bytes()).is_some())
}

/// A paragraph, heading or cell as it is read.
#[derive(Default)]
struct Block {
    text: String,
    /// Where in `text` each piece begins, and where in the body.
    pieces: Vec<(usize, usize)>,
}

impl Block {
    fn push(&mut self, text: &str, start: usize) {
        self.pieces.push((self.text.len(), start));
        self.text.push_str(text);
    }

    /// Where in the body its marks are. What is a mark only once markup inside
    /// it is taken away is none.
    fn marks(self, body: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for mark in MARKS.iter().chain(&[DUMMY]) {
            for (at, _) in self.text.match_indices(mark) {
                let (before, after) = (&self.text[..at], &self.text[at + mark.len()..]);
                if *mark != DUMMY && !is_meant(before, after) {
                    continue;
                }
                let piece = self.pieces.iter().rfind(|(start, _)| *start <= at);
                let start = piece.map_or(0, |(start, in_body)| in_body + at - start);
                let range = start..start + mark.len();
                found.extend((body.get(range.clone()) == Some(mark)).then_some(range));
            }
        }
        found
    }
}

/// Whether a word is left as a mark and not spoken of: it is called out, as
/// `TODO: …` and `TODO(name)`, or it is all that its block or bracket holds.
fn is_meant(before: &str, after: &str) -> bool {
    let begins = before.is_empty() || before.ends_with(|c: char| c.is_whitespace() || is_open(c));
    let is_call = |rest: &str| rest.is_empty() || rest.starts_with(char::is_whitespace);
    if begins && (after.starts_with('(') || after.strip_prefix(':').is_some_and(is_call)) {
        return true;
    }
    let around = |c: char| c.is_whitespace() || ".:!?…".contains(c);
    let (before, after) = (before.trim_end_matches(around), after.trim_start_matches(around));
    (before.is_empty() || before.ends_with(is_open))
        && (after.is_empty() || after.starts_with([')', ']']))
}

fn is_open(c: char) -> bool {
    c == '(' || c == '['
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::MarkdownConfig;

    fn found(text: &str) -> Vec<&str> {
        placeholders(text, &Dialect::Versus(MarkdownConfig::default()))
    }

    #[test]
    fn a_mark_is_called_out_or_alone() {
        for text in [
            "TODO",
            "TODO: numbers",
            "TODO(ada): numbers",
            "**TODO**: write this",
            "It is fast. TODO: say how fast",
            "_TODO_",
            "TODO …",
            "Costs (TODO)",
            "Costs (TODO: look them up)",
            "[TODO]",
            "| Memory | a |\n|--|--|\n| Go | TODO |",
            "- [ ] TODO",
            "![TODO](a.png)",
            "## TODO\n\nText.",
            "Nothing like it.\n\nTODO",
            "&amp; `x` é\nTODO: ü",
        ] {
            assert_eq!(found(text), ["TODO"], "{text}");
        }
        assert_eq!(found("- TBD\n- FIXME!\n- XXX: ms"), ["TBD", "FIXME", "XXX"]);
        assert_eq!(found("Lorem ipsum dolor sit amet"), ["Lorem ipsum dolor"]);
    }

    #[test]
    fn what_is_spoken_of_is_no_mark() {
        for text in [
            "todo, Todo, TODOs, TodoMVC, MY_TODO_LIST, TODO_LIST, TODO-list, TODO.md, src/TODO",
            "a TODO app",
            "TODO apps in four frameworks",
            "TODO Comments",
            "the **TODO** in the code",
            "comments such as TODO, FIXME and XXX",
            "leave a comment (TODO or FIXME)",
            "search for TODO",
            "the marker “TODO” and 'FIXME'",
            "“TODO”",
            "`TODO`: a mark",
            "- [TODO](/todo/)",
            "// TODO rename it",
            "    TODO: in code",
            "<!-- TODO: in a comment -->",
            "Git Flow vs TBD",
            "Trunk-Based Development (TBD) is one. TBD needs flags.",
            "555-XXX-XXXX, CVE-2026-XXX, std::XXX::y, XXX::y, context.TODO(), XXXL",
            "generates lorem ipsum",
            "Lorem ipsum generators",
            "Todo el mundo",
            "T[^é]ODO\n\n[^é]: A note.",
            "T**O**DO",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
