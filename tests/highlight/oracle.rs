//! What syntect makes of a text, beside what the highlighter does.

use syntect::parsing::{ParseState, Scope, ScopeStackOp, SyntaxSet};
use versus::highlight::{Change, Ended, Highlighter};

/// The changes of each line, as syntect writes them; `None` where parsing ended.
type Ops = Vec<Option<Vec<(usize, ScopeStackOp)>>>;

/// What syntect says.
pub fn stock(set: &SyntaxSet, syntax: usize, code: &str) -> Ops {
    let mut state = ParseState::new(&set.syntaxes()[syntax]);
    let mut ops = Vec::new();
    for line in code.split_inclusive('\n') {
        let parsed = state.parse_line(line, set).ok();
        let ended = parsed.is_none();
        ops.push(parsed);
        if ended {
            break;
        }
    }
    ops
}

/// What the highlighter says, and whether it gave up for the steps it took.
pub fn ours(highlighter: &Highlighter<'_>, syntax: usize, code: &str) -> (Ops, bool) {
    let (mut ops, mut changes, mut exhausted) = (Vec::new(), Vec::new(), false);
    highlighter.with_parser(syntax, code.len(), |mut parser| {
        for line in code.split_inclusive('\n') {
            let ended = parser.parse(line, &mut changes).err();
            exhausted = ended == Some(Ended::Exhausted);
            ops.push(ended.is_none().then(|| changes.iter().map(op).collect()));
            if ended.is_some() {
                break;
            }
        }
    });
    (ops, exhausted)
}

fn op((at, change): &(usize, Change)) -> (usize, ScopeStackOp) {
    let op = match *change {
        Change::Push(mark) => ScopeStackOp::Push(mark.scope),
        Change::Pop(scopes) => ScopeStackOp::Pop(scopes),
        Change::Clear(amount) => ScopeStackOp::Clear(amount),
        Change::Restore => ScopeStackOp::Restore,
    };
    (*at, op)
}

/// Scopes mean nothing to these tests.
pub fn silent(_: Scope) -> versus::highlight::Says {
    versus::highlight::Says::Nothing
}

/// Where the two first differ, for a reader; nothing if they agree.
///
/// Where the highlighter gives up syntect may never end, and is not asked.
pub fn difference(
    highlighter: &Highlighter<'_>,
    set: &SyntaxSet,
    syntax: usize,
    code: &str,
) -> Option<String> {
    let (mut ours, exhausted) = ours(highlighter, syntax, code);
    let name = &set.syntaxes()[syntax].name;
    let mut compared = code;
    if exhausted {
        ours.pop();
        let lines = code.split_inclusive('\n').take(ours.len());
        compared = &code[..lines.map(str::len).sum()];
    }
    let stock = stock(set, syntax, compared);
    if ours == stock {
        return None;
    }
    let at = ours.iter().zip(&stock).position(|(ours, stock)| ours != stock);
    let at = at.unwrap_or(ours.len().min(stock.len()));
    let line = code.split_inclusive('\n').nth(at);
    let (ours, stock) = (ours.get(at), stock.get(at));
    Some(format!("{name}, line {at}: {line:?}\nours  {ours:?}\nstock {stock:?}"))
}
