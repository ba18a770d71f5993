//! syntect's dump of a syntax, read into types whose fields can be seen.
//!
//! syntect parses with its contexts but keeps them to itself. They are in its
//! dump of a syntax, which is an interface: the grammars of two-face are such
//! dumps, made by one release and read by another. So the contexts of one
//! syntax are had by writing its reference and reading the dump in it; nothing
//! of the other syntaxes is touched, and no dump of our own is kept.

use std::collections::HashMap;
use std::io::Read;

use flate2::read::ZlibDecoder;
use serde::Deserialize;
use syntect::parsing::{ClearAmount, Scope, SyntaxReference};

/// The contexts of one syntax.
#[derive(Deserialize)]
pub(super) struct Contexts {
    pub ids: HashMap<String, Id>,
    pub contexts: Vec<Context>,
}

/// The place of a context in the set.
#[derive(Deserialize, Clone, Copy)]
pub(super) struct Id {
    pub syntax: usize,
    pub context: usize,
}

#[derive(Deserialize)]
pub(super) struct Context {
    pub meta_scope: Vec<Scope>,
    pub meta_content_scope: Vec<Scope>,
    #[serde(rename = "meta_include_prototype")]
    _include_prototype: bool,
    pub clear_scopes: Option<ClearAmount>,
    pub prototype: Option<Id>,
    pub uses_backrefs: bool,
    pub patterns: Vec<Pattern>,
}

#[derive(Deserialize)]
pub(super) enum Pattern {
    Match(Match),
    Include(Reference),
}

#[derive(Deserialize)]
pub(super) struct Match {
    pub has_captures: bool,
    pub regex: String,
    pub scope: Vec<Scope>,
    pub captures: Option<Vec<(usize, Vec<Scope>)>>,
    pub operation: Operation,
    pub with_prototype: Option<Reference>,
}

#[derive(Deserialize)]
pub(super) enum Operation {
    Push(Vec<Reference>),
    Set(Vec<Reference>),
    Pop,
    None,
}

/// A reference that is not direct names what the set does not have.
#[derive(Deserialize)]
#[expect(dead_code, reason = "the dump tells the kinds apart by their order and fields")]
pub(super) enum Reference {
    Named(String),
    ByScope { scope: Scope, sub_context: Option<String>, with_escape: bool },
    File { name: String, sub_context: Option<String>, with_escape: bool },
    Inline(String),
    Direct(Id),
}

/// The field of a syntax that holds its contexts.
#[derive(Deserialize)]
struct Syntax {
    serialized_lazy_contexts: Vec<u8>,
}

/// The contexts of a syntax; nothing if syntect dumps them in another form.
pub(super) fn contexts(syntax: &SyntaxReference) -> Option<Contexts> {
    let written = serde_json::to_vec(syntax).ok()?;
    let dumped: Syntax = serde_json::from_slice(&written).ok()?;
    // syntect would read it by a few bytes at a time, each time through the decoder.
    let mut contexts = Vec::new();
    ZlibDecoder::new(&dumped.serialized_lazy_contexts[..]).read_to_end(&mut contexts).ok()?;
    syntect::dumps::from_uncompressed_data(&contexts).ok()
}
