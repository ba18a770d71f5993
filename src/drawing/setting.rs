//! Sets a text in lines.

use super::{Fitted, Frame};

/// So much smaller each try is, in pixels.
const STEP: usize = 2;

/// Sets a text as large as it fits, in lines of about one length. Widths are in
/// parts of the size.
pub(super) fn fit(text: &str, frame: Frame, advance: &dyn Fn(char) -> f32) -> Fitted {
    let setter = Setter { advance, space: advance(' ') };
    let pieces = setter.pieces(text);
    let least = frame.least.clamp(1, frame.size.max(1));
    let most = frame.lines.max(1);
    for size in (least..=frame.size.max(1)).rev().step_by(STEP).chain([least]) {
        let limit = frame.width / size as f32;
        let lines = setter.lines(&pieces, limit);
        if lines.len() <= most && lines.iter().all(|line| line.width <= limit) {
            let lines = setter.balanced(&pieces, limit, lines);
            return finished(lines, size, false);
        }
    }
    let limit = frame.width / least as f32;
    let (lines, is_cut) = setter.cut(&pieces, limit, most);
    finished(lines, least, is_cut)
}

fn finished(lines: Vec<Line>, size: u32, is_cut: bool) -> Fitted {
    let widest = lines.iter().map(|line| line.width).fold(0.0, f32::max);
    let lines = lines.into_iter().map(|line| line.text).collect();
    Fitted { size, lines, width: widest * size as f32, is_cut }
}

/// What is not broken.
struct Piece<'t> {
    text: &'t str,
    width: f32,
    /// Whether a space stands before it.
    is_word: bool,
}

#[derive(Debug, Clone, Default)]
struct Line {
    text: String,
    width: f32,
}

struct Setter<'a> {
    advance: &'a dyn Fn(char) -> f32,
    space: f32,
}

impl Setter<'_> {
    fn width(&self, text: &str) -> f32 {
        text.chars().map(self.advance).sum()
    }

    /// Words; those with no spaces between them, letter by letter.
    fn pieces<'t>(&self, text: &'t str) -> Vec<Piece<'t>> {
        let mut pieces = Vec::new();
        for word in text.split_whitespace() {
            let mut start = 0;
            let mut letters = word.char_indices().peekable();
            while let Some((at, letter)) = letters.next() {
                let end = at + letter.len_utf8();
                let next = letters.peek().map(|(_, next)| *next);
                if next.is_none_or(|next| may_part(letter, next)) {
                    let text = &word[start..end];
                    pieces.push(Piece { text, width: self.width(text), is_word: start == 0 });
                    start = end;
                }
            }
        }
        pieces
    }

    fn append(&self, line: &mut Line, piece: &Piece<'_>) {
        if piece.is_word && !line.text.is_empty() {
            line.text.push(' ');
        }
        line.width = self.joined(line, piece);
        line.text.push_str(piece.text);
    }

    fn joined(&self, line: &Line, piece: &Piece<'_>) -> f32 {
        let is_apart = piece.is_word && !line.text.is_empty();
        line.width + piece.width + if is_apart { self.space } else { 0.0 }
    }

    /// As few lines as hold the pieces, each as full as it gets.
    fn lines(&self, pieces: &[Piece<'_>], limit: f32) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        for piece in pieces {
            match lines.last_mut() {
                Some(line) if self.joined(line, piece) <= limit => self.append(line, piece),
                _ => {
                    let mut line = Line::default();
                    self.append(&mut line, piece);
                    lines.push(line);
                }
            }
        }
        lines
    }

    /// The same number of lines, none much longer than another.
    fn balanced(&self, pieces: &[Piece<'_>], limit: f32, full: Vec<Line>) -> Vec<Line> {
        if full.len() < 2 {
            return full;
        }
        let widest = pieces.iter().map(|piece| piece.width).fold(0.0, f32::max);
        let (mut low, mut high, mut best) = (widest, limit, full);
        for _ in 0..12 {
            let middle = f32::midpoint(low, high);
            let lines = self.lines(pieces, middle);
            if lines.len() > best.len() {
                low = middle;
            } else {
                (high, best) = (middle, lines);
            }
        }
        best
    }

    /// So many lines, broken anywhere if need be, and whether more was left.
    fn cut(&self, pieces: &[Piece<'_>], limit: f32, most: usize) -> (Vec<Line>, bool) {
        let mut broken = Vec::new();
        for piece in pieces {
            self.broken(piece, limit, &mut broken);
        }
        let mut lines = self.lines(&broken, limit);
        if lines.len() <= most {
            return (lines, false);
        }
        let rest = lines.get(most).map(|line| line.text.clone()).unwrap_or_default();
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            // What comes next tells whether the last word is a whole one.
            last.text = format!("{} {rest}", last.text);
            self.end(last, limit);
        }
        (lines, true)
    }

    /// A piece in parts that are no wider than a line.
    fn broken<'t>(&self, piece: &Piece<'t>, limit: f32, parts: &mut Vec<Piece<'t>>) {
        let (mut start, mut width, mut is_word) = (0, 0.0, piece.is_word);
        for (at, letter) in piece.text.char_indices() {
            let next = (self.advance)(letter);
            if width + next > limit && at > start {
                parts.push(Piece { text: &piece.text[start..at], width, is_word });
                (start, width, is_word) = (at, 0.0, false);
            }
            width += next;
        }
        parts.push(Piece { text: &piece.text[start..], width, is_word });
    }

    /// Puts an ellipsis behind as much of a text as there is room for, a whole
    /// word where one ends in the second half.
    fn end(&self, line: &mut Line, limit: f32) {
        const ELLIPSIS: char = '…';
        let mut room = limit - (self.advance)(ELLIPSIS);
        let mut fits = |letter: char| {
            room -= (self.advance)(letter);
            room >= 0.0
        };
        let end: usize = line.text.chars().take_while(|c| fits(*c)).map(char::len_utf8).sum();
        let text = &line.text[..end];
        let is_whole = line.text[end..].starts_with(char::is_whitespace);
        let word = text.rfind(char::is_whitespace).filter(|at| !is_whole && *at > end / 2);
        let is_loose = |c: char| c.is_whitespace() || ",;:.-–—".contains(c);
        let text = text[..word.unwrap_or(end)].trim_end_matches(is_loose);
        line.text = format!("{text}{ELLIPSIS}");
        line.width = self.width(&line.text);
    }
}

/// Whether a line may end between two letters: behind a hyphen, a slash or a
/// dash, and round letters of scripts that have no spaces.
fn may_part(before: char, after: char) -> bool {
    let is_closing = |c: char| "、。，．：；？！）」』】〉》…".contains(c);
    let is_opening = |c: char| "（「『【〈《".contains(c);
    if is_closing(after) || is_opening(before) {
        return false;
    }
    "-/–—".contains(before) && after.is_alphabetic() || is_spaceless(before) || is_spaceless(after)
}

fn is_spaceless(c: char) -> bool {
    matches!(u32::from(c), 0x0E00..=0x0EFF | 0x1780..=0x17FF | 0x2E80..=0x9FFF | 0xF900..=0xFAFF | 0xFF00..=0xFF60 | 0x2_0000..=0x3_FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sets a text in letters of half their size.
    fn set(text: &str, frame: Frame) -> Fitted {
        fit(text, frame, &|_| 0.5)
    }

    const FRAME: Frame = Frame { width: 100.0, lines: 2, size: 20, least: 10 };

    #[test]
    fn a_short_text_keeps_its_size_and_its_line() {
        let fitted = set("  Go vs\nRust ", FRAME);
        assert_eq!((fitted.size, fitted.is_cut, fitted.width), (20, false, 100.0));
        assert_eq!(fitted.lines, ["Go vs Rust"]);
        assert_eq!(set("", FRAME).lines, Vec::<String>::new());
    }

    #[test]
    fn lines_are_about_as_long_as_each_other() {
        let frame = Frame { lines: 3, ..FRAME };
        assert_eq!(set("one two three four", frame).lines, ["one two", "three four"]);
        assert_eq!(set("a bb cc dd ee", frame).lines, ["a bb cc", "dd ee"]);
    }

    #[test]
    fn a_long_text_shrinks_and_is_cut_only_then() {
        let fitted = set("one two three four five six", FRAME);
        assert_eq!((fitted.size, fitted.is_cut), (14, false));
        let fitted = set(&"word ".repeat(40), FRAME);
        assert_eq!((fitted.size, fitted.is_cut), (10, true));
        assert_eq!(fitted.lines, ["word word word word", "word word word word…"]);
        let fitted = set("aaaaaaaaaaaaaaaa - bbbbbbbbbbbbbbbb - cccccccccccccc", FRAME);
        assert_eq!(fitted.lines, ["aaaaaaaaaaaaaaaa -", "bbbbbbbbbbbbbbbb…"]);
        let fitted = set("some words of a line and then another of unbelievable length", FRAME);
        assert_eq!(fitted.lines, ["some words of a line", "and then another of…"]);
    }

    #[test]
    fn a_word_wider_than_the_frame_is_broken_only_where_it_must_be() {
        let fitted = set(&"x".repeat(25), FRAME);
        assert_eq!((fitted.size, fitted.lines.len(), fitted.is_cut), (10, 2, false));
        assert!(fitted.width <= FRAME.width);
        assert_eq!(set("well-known tools", FRAME).lines, ["well-known", "tools"]);
        assert_eq!(set("unmistakably-hyphenated", FRAME).lines, ["unmistakably-", "hyphenated"]);
    }

    #[test]
    fn scripts_without_spaces_break_between_letters_but_before_no_stop() {
        let fitted = set("比較するプログラミング言語。", FRAME);
        assert_eq!(fitted.lines, ["比較するプログ", "ラミング言語。"]);
        assert_eq!(
            set("四文字、四文字、四", Frame { lines: 5, size: 60, least: 60, ..FRAME }).lines,
            ["四文", "字、四", "文字、", "四"]
        );
    }

    #[test]
    fn no_frame_is_too_small_to_end() {
        for frame in [
            Frame { width: 0.0, lines: 0, size: 0, least: 0 },
            Frame { width: -5.0, lines: 1, size: 9, least: 90 },
            Frame { width: f32::NAN, lines: 1, size: 9, least: 9 },
        ] {
            assert!(set("some words", frame).lines.len() <= 1, "{frame:?}");
        }
    }
}
