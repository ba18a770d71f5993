//! Oniguruma, which has the last word on what an automaton cannot say.

use std::sync::OnceLock;

use onig::{MatchParam, Regex, RegexOptions, Region, SearchOptions, Syntax};

use super::pattern::for_ascii;

/// How often a match may step back; one that does more is tried again.
const FEW_RETRIES: u32 = 2_000;
/// How often it may then, times the bytes of the line: each step back may go
/// through the line. Who wants more has met a text it was not made for.
const MANY_STEPS: u32 = 64 << 20;
/// What that costs, in steps of the budget.
const TRIED_AGAIN: u64 = 4 << 20;
/// What asking costs, in steps of the budget.
const ASKED: u64 = 64;

/// The steps that a text may still take.
///
/// Whatever can take long is counted, so that a text that would take a
/// grammar quadratic time ends soon, and at the same place on each machine.
#[derive(Debug)]
pub(super) struct Budget(u64);

/// The budget is used up.
#[derive(Debug)]
pub(super) struct Exhausted;

impl Budget {
    /// The steps for a text of so many bytes: many times what any text has
    /// been seen to take.
    pub fn of(bytes: usize) -> Self {
        Self((16 << 20) + 1_024 * bytes as u64)
    }

    #[inline]
    pub fn take(&mut self, steps: u64) -> Result<(), Exhausted> {
        self.0 = self.0.checked_sub(steps).ok_or(Exhausted)?;
        Ok(())
    }

    /// The steps that are left.
    pub fn left(&self) -> u64 {
        self.0
    }
}

/// A pattern in Oniguruma's syntax, compiled when it is first asked.
#[derive(Debug)]
pub(super) struct Pattern {
    source: String,
    /// Nothing if Oniguruma refuses it, which then never matches.
    compiled: OnceLock<Option<Regex>>,
    /// The same for lines of ASCII; nothing if it is the same pattern.
    ascii: OnceLock<Option<Regex>>,
}

impl Pattern {
    pub fn new(source: String) -> Self {
        Self { source, compiled: OnceLock::new(), ascii: OnceLock::new() }
    }

    pub fn source(&self) -> &str {
        &self.source
    }

    /// Where a match that begins at `at` ends, if there is one.
    pub fn match_at(
        &self,
        line: &str,
        at: usize,
        mut region: Option<&mut Region>,
        budget: &mut Budget,
    ) -> Result<Option<usize>, Exhausted> {
        let Some(regex) = self.compiled(line) else { return Ok(None) };
        let length = bounded(line, budget, |param| {
            let region = region.as_deref_mut();
            regex.match_with_param(line, at, SearchOptions::SEARCH_OPTION_NONE, region, param)
        })?;
        Ok(length.map(|length| at + length))
    }

    /// Finds the first match from `from` on.
    pub fn search(
        &self,
        line: &str,
        from: usize,
        region: &mut Region,
        budget: &mut Budget,
    ) -> Result<bool, Exhausted> {
        let Some(regex) = self.compiled(line) else { return Ok(false) };
        let (to, options) = (line.len(), SearchOptions::SEARCH_OPTION_NONE);
        let found = bounded(line, budget, |param| {
            regex.search_with_param(line, from, to, options, Some(&mut *region), param)
        })?;
        Ok(found.is_some())
    }

    /// What to ask about a line.
    fn compiled(&self, line: &str) -> Option<&Regex> {
        let of_ascii = || for_ascii(&self.source).as_deref().and_then(compile);
        if line.is_ascii()
            && let Some(regex) = self.ascii.get_or_init(of_ascii)
        {
            return Some(regex);
        }
        self.compiled.get_or_init(|| compile(&self.source)).as_ref()
    }
}

fn compile(source: &str) -> Option<Regex> {
    let options = RegexOptions::REGEX_OPTION_CAPTURE_GROUP;
    Regex::with_options(source, options, Syntax::default()).ok()
}

/// Asks twice at most: with few retries, then with many, which cost more.
fn bounded(
    line: &str,
    budget: &mut Budget,
    mut ask: impl FnMut(MatchParam) -> Result<Option<usize>, onig::Error>,
) -> Result<Option<usize>, Exhausted> {
    budget.take(ASKED)?;
    let mut param = MatchParam::default();
    param.set_retry_limit_in_match(FEW_RETRIES);
    if let Ok(found) = ask(param) {
        return Ok(found);
    }
    budget.take(TRIED_AGAIN)?;
    let bytes = u32::try_from(line.len()).unwrap_or(u32::MAX).saturating_add(64);
    let mut param = MatchParam::default();
    param.set_retry_limit_in_match((MANY_STEPS / bytes).max(FEW_RETRIES));
    ask(param).map_err(|_| Exhausted)
}
