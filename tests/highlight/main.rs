//! The highlighter against syntect, which says what is right, token for token.
//!
//! `HIGHLIGHT_ROUNDS=100` makes up a hundred times as much code, and takes all
//! sources of the registry instead of a few.
#![expect(clippy::unwrap_used, reason = "a test ends here")]

mod fuzz;
mod oracle;
mod samples;

use std::path::Path;

use syntect::parsing::{SyntaxDefinition, SyntaxSet};
use versus::highlight::{Classes, Ended, Grammars, Highlighter};

use fuzz::Random;

fn rounds() -> usize {
    std::env::var("HIGHLIGHT_ROUNDS").map_or(1, |rounds| rounds.parse().unwrap())
}

fn set() -> SyntaxSet {
    two_face::syntax::extra_newlines()
}

fn find(set: &SyntaxSet, token: &str) -> Option<usize> {
    let found = set.find_syntax_by_token(token)?;
    set.syntaxes().iter().position(|syntax| std::ptr::eq(syntax, found))
}

fn definitions() -> Vec<SyntaxDefinition> {
    set().into_builder().syntaxes().to_vec()
}

/// Lines of the repository's own articles and sources.
fn real_lines() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let set = set();
    let blocks = samples::blocks(&root.join("content"), |word| find(&set, word));
    let lines = blocks.iter().flat_map(|sample| sample.code.lines());
    let lines: Vec<String> = lines.map(str::to_owned).collect();
    assert!(lines.len() > 100, "the articles have code");
    lines
}

/// Fails if any sample is parsed in another way than by syntect, or given up.
fn assert_all_same(samples: impl IntoIterator<Item = (usize, String)>) -> usize {
    let grammars = Grammars::new(set(), oracle::silent);
    let highlighter = Highlighter::new(&grammars);
    assert_same(samples.into_iter().inspect(|(syntax, code)| {
        let (_, exhausted) = oracle::ours(&highlighter, *syntax, code);
        assert!(!exhausted, "{}:\n{code}", grammars.set().syntaxes()[*syntax].name);
    }))
}

/// Fails if any sample is parsed in another way than by syntect.
fn assert_same(samples: impl IntoIterator<Item = (usize, String)>) -> usize {
    let set = set();
    let grammars = Grammars::new(two_face::syntax::extra_newlines(), oracle::silent);
    let highlighter = Highlighter::new(&grammars);
    let (mut count, mut wrong) = (0, Vec::new());
    for (syntax, code) in samples {
        count += 1;
        wrong.extend(oracle::difference(&highlighter, &set, syntax, &code));
    }
    assert!(
        wrong.is_empty(),
        "{} of {count} differ:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(8)].join("\n")
    );
    count
}

#[test]
fn every_syntax_has_a_parser() {
    let grammars = Grammars::new(set(), oracle::silent);
    let highlighter = Highlighter::new(&grammars);
    for syntax in 0..grammars.set().syntaxes().len() {
        let parsed =
            highlighter.with_parser(syntax, 1, |mut parser| parser.parse("\n", &mut vec![]));
        assert_eq!(parsed, Some(Ok(())), "{}", grammars.set().syntaxes()[syntax].name);
    }
    assert!(highlighter.with_parser(grammars.set().syntaxes().len(), 1, |_| ()).is_none());
}

#[test]
fn made_up_code_of_every_syntax_is_parsed_as_by_syntect() {
    let real = real_lines();
    let real: Vec<&str> = real.iter().map(String::as_str).collect();
    let definitions = definitions();
    let samples = definitions.iter().enumerate().flat_map(|(syntax, definition)| {
        let words = fuzz::words(definition);
        let real = &real;
        (0..rounds()).map(move |round| {
            let mut random = Random((syntax * 1_000_003 + round) as u64);
            (syntax, fuzz::code(&mut random, &words, real, 14))
        })
    });
    assert_same(samples);
}

#[test]
fn long_lines_and_high_stacks_of_every_syntax_are_parsed_as_by_syntect() {
    let definitions = definitions();
    let samples = definitions.iter().enumerate().flat_map(|(syntax, definition)| {
        let words = fuzz::words(definition);
        (0..rounds()).map(move |round| {
            let mut random = Random((syntax * 7_000_003 + round) as u64);
            let times = 40 + random.below(90);
            (syntax, fuzz::repeated(&mut random, &words, times))
        })
    });
    assert_same(samples);
}

#[test]
fn the_code_of_the_articles_is_parsed_as_by_syntect() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let set = set();
    let blocks = samples::blocks(&root.join("content"), |word| find(&set, word));
    assert!(assert_all_same(blocks.into_iter().map(|sample| (sample.syntax, sample.code))) > 20);
}

#[test]
fn real_blocks_are_parsed_as_by_syntect() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if !root.exists() {
        println!("skipped: `../shared/corpus` is not here");
        return;
    }
    let set = set();
    let blocks = samples::blocks(&root, |word| find(&set, word));
    let step = if rounds() > 1 { 1 } else { 40 };
    assert_all_same(blocks.into_iter().step_by(step).map(|sample| (sample.syntax, sample.code)));
}

#[test]
fn sources_of_crates_are_parsed_as_by_syntect() {
    let set = set();
    let mut sources = samples::sources(&[], |extension| find(&set, extension));
    sources.retain(|sample| {
        sample.code.len() < 20_000 && sample.code.lines().all(|line| line.len() < 2_000)
    });
    if sources.is_empty() {
        println!("skipped: cargo's registry has no sources here");
        return;
    }
    let step = if rounds() > 1 { 10 } else { sources.len().div_ceil(12) };
    assert_all_same(sources.into_iter().step_by(step).map(|sample| (sample.syntax, sample.code)));
}

#[test]
fn threads_that_share_machines_agree() {
    let definitions = definitions();
    let samples: Vec<(usize, String)> = ["rs", "html", "rb", "md", "sh", "php"]
        .into_iter()
        .flat_map(|token| {
            let syntax = find(&set(), token).unwrap();
            let words = fuzz::words(&definitions[syntax]);
            (0..6).map(move |round| (syntax, fuzz::code(&mut Random(round), &words, &[], 20)))
        })
        .collect();
    let grammars = Grammars::new(set(), oracle::silent);
    let alone = Highlighter::new(&grammars);
    let expected: Vec<_> =
        samples.iter().map(|(syntax, code)| oracle::ours(&alone, *syntax, code)).collect();
    let shared = Highlighter::new(&grammars);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for ((syntax, code), expected) in samples.iter().zip(&expected) {
                    assert_eq!(oracle::ours(&shared, *syntax, code), *expected);
                }
            });
        }
    });
}

#[test]
fn a_text_that_takes_too_many_steps_ends_at_the_same_place_each_time() {
    let grammars = Grammars::new(set(), oracle::silent);
    let syntax = find(grammars.set(), "md").unwrap();
    let line = "[".repeat(2_000) + "\n";
    let ends = [(), ()].map(|()| {
        let highlighter = Highlighter::new(&grammars);
        // The steps of a short text, for a long one.
        highlighter.with_parser(syntax, 0, |mut parser| {
            (0..1_000_000).find(|_| parser.parse(&line, &mut vec![]) == Err(Ended::Exhausted))
        })
    });
    assert_eq!(ends[0], ends[1]);
    assert!(ends[0].unwrap().is_some(), "it has an end");
}

#[test]
fn the_innermost_scope_that_says_something_decides() {
    use syntect::parsing::Scope;
    use versus::highlight::Says;
    fn says(scope: Scope) -> Says {
        match scope.build_string().split('.').next() {
            Some("string") => Says::Class(1),
            Some("constant") => Says::Class(2),
            Some("source") => Says::Plain,
            _ => Says::Nothing,
        }
    }
    let grammars = Grammars::new(set(), says);
    let syntax = find(grammars.set(), "rs").unwrap();
    let (mut changes, mut runs) = (Vec::new(), Vec::new());
    let line = "let a = \"b\\n\"; let c = 1;\n";
    Highlighter::new(&grammars).with_parser(syntax, line.len(), |mut parser| {
        parser.parse(line, &mut changes).unwrap();
        let done = Classes::default().runs(0..line.len(), &changes, |range, class| {
            runs.push((&line[range], class));
        });
        done.unwrap();
    });
    let expected = [("\"", 1), ("b", 1), ("\\n", 2), ("\"", 1), ("1", 2)];
    assert_eq!(runs, expected);
}
