//! Oniguruma's syntax, read into the parts that an automaton can say.

use std::ops::Range;
use std::str::Chars as Characters;

use super::super::chars::{Beyond, Chars};

/// A part of a pattern.
#[derive(Debug, Clone)]
pub(in crate::highlight) enum Node {
    Empty,
    Class(Chars),
    Concat(Vec<Node>),
    Alternate(Vec<Node>),
    Repeat {
        node: Box<Node>,
        min: u32,
        max: Option<u32>,
        greedy: bool,
    },
    /// What it matches first is not tried again.
    Atomic(Box<Node>),
    Look {
        node: Box<Node>,
        ahead: bool,
        negative: bool,
    },
    /// `^` and `\A`: a text is one line.
    Start,
    /// `$` and `\Z`: before a newline at the end, or behind it.
    LineEnd,
    /// `\z`
    End,
    /// `\b`, or `\B` if negative.
    Boundary {
        negative: bool,
    },
    /// Letters that a character beyond ASCII may stand for, where case does not count.
    Folded(Chars),
    /// Something that matches it knows not what.
    Unknown,
}

/// What the syntax has that is not read here; Oniguruma is asked everywhere then.
#[derive(Debug)]
pub(in crate::highlight) struct Unread;

type Read<T> = Result<T, Unread>;

/// Reads a pattern.
pub(in crate::highlight) fn parse(source: &str) -> Read<Node> {
    Parser::new(source).whole()
}

/// The classes and properties of a pattern that mean what stands there, whatever
/// flags hold, each with its bytes.
pub(super) fn classes(source: &str) -> Read<Vec<(Range<usize>, Chars)>> {
    let mut parser = Parser::new(source);
    parser.whole()?;
    Ok(parser.classes)
}

/// How deep groups may nest.
const MAX_DEPTH: u32 = 100;

#[derive(Clone, Copy, Default)]
struct Flags {
    /// `i`: case does not count.
    either_case: bool,
    /// `x`: white space and comments do not count.
    spaced: bool,
    /// `m`: a dot matches a newline.
    dot_all: bool,
}

pub(super) struct Parser<'a> {
    source: &'a str,
    pub(super) rest: Characters<'a>,
    classes: Vec<(Range<usize>, Chars)>,
    flags: Flags,
    depth: u32,
    /// The group just read was flags alone, and took what follows into itself.
    isolated: bool,
}

impl<'a> Parser<'a> {
    fn new(source: &'a str) -> Self {
        let (rest, flags) = (source.chars(), Flags::default());
        Self { source, rest, classes: Vec::new(), flags, depth: 0, isolated: false }
    }

    fn whole(&mut self) -> Read<Node> {
        let node = self.alternatives()?;
        if self.rest.next().is_some() { Err(Unread) } else { Ok(node) }
    }

    /// The byte that comes next.
    fn at(&self) -> usize {
        self.source.len() - self.rest.as_str().len()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest.clone().next()
    }

    pub(super) fn eats(&mut self, character: char) -> bool {
        let is_it = self.peek() == Some(character);
        if is_it {
            self.rest.next();
        }
        is_it
    }

    pub(super) fn next(&mut self) -> Read<char> {
        self.rest.next().ok_or(Unread)
    }

    pub(super) fn ahead(&self, text: &str) -> bool {
        self.rest.as_str().starts_with(text)
    }

    /// Reads up to a closing parenthesis or the end.
    fn alternatives(&mut self) -> Read<Node> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Unread);
        }
        let mut branches = vec![self.sequence()?];
        while self.eats('|') {
            branches.push(self.sequence()?);
        }
        self.depth -= 1;
        Ok(one_or(branches, Node::Alternate))
    }

    fn sequence(&mut self) -> Read<Node> {
        let mut parts = Vec::new();
        loop {
            self.skip_remarks()?;
            if matches!(self.peek(), None | Some('|' | ')')) {
                return Ok(one_or(parts, Node::Concat));
            }
            let part = self.part()?;
            parts.push(self.repeated(part)?);
        }
    }

    /// Skips what stands for nothing.
    fn skip_remarks(&mut self) -> Read<()> {
        while let Some(next) = self.peek() {
            match next {
                '(' if self.ahead("(?#") => while self.next()? != ')' {},
                '#' if self.flags.spaced => {
                    let _ = self.rest.by_ref().find(|character| *character == '\n');
                }
                '\t'..='\r' | ' ' if self.flags.spaced => {
                    self.rest.next();
                }
                _ => break,
            }
        }
        Ok(())
    }

    fn part(&mut self) -> Read<Node> {
        Ok(match self.next()? {
            '(' => self.group()?,
            '[' => self.bracketed()?,
            '.' if self.flags.dot_all => Node::Class(Chars::ALL),
            '.' => Node::Class(Chars::one('\n').inverted()),
            '^' => Node::Start,
            '$' => Node::LineEnd,
            '\\' => self.escape()?,
            '*' | '+' | '?' => return Err(Unread),
            character => self.literal(character),
        })
    }

    fn literal(&self, character: char) -> Node {
        if !self.flags.either_case {
            return Node::Class(Chars::one(character));
        }
        match character {
            'a'..='z' | 'A'..='Z' => Node::Folded(Chars::one(character).of_either_case()),
            '\0'..='\x7F' => Node::Class(Chars::one(character)),
            // It may be several ASCII letters.
            _ => Node::Unknown,
        }
    }

    fn bracketed(&mut self) -> Read<Node> {
        let start = self.at() - 1;
        let class = self.class()?;
        if !self.flags.either_case {
            self.classes.push((start..self.at(), class.chars));
            return Ok(Node::Class(class.chars));
        }
        let folded = if class.inverted {
            class.chars.inverted().of_either_case().inverted()
        } else {
            class.chars.of_either_case()
        };
        if class.nested {
            return Ok(Node::Class(Chars { exact: false, ..Chars::UNKNOWN }));
        }
        // A class that has a ligature has its letters too, one after another.
        if class.inverted || class.chars.beyond == Beyond::None {
            return Ok(Node::Class(folded));
        }
        let letters = Box::new(Node::Folded(Chars::UNKNOWN));
        let letters = Node::Repeat { node: letters, min: 2, max: Some(3), greedy: true };
        Ok(Node::Alternate(vec![Node::Class(folded), letters]))
    }

    fn escape(&mut self) -> Read<Node> {
        let letter = self.next()?;
        if let Some(class) = Chars::escaped(letter) {
            return Ok(Node::Class(class));
        }
        Ok(match letter {
            'b' | 'B' => Node::Boundary { negative: letter == 'B' },
            'A' => Node::Start,
            'Z' => Node::LineEnd,
            'z' => Node::End,
            'p' | 'P' => {
                let start = self.at() - 2;
                let class = self.property(letter == 'P')?;
                if !self.flags.either_case {
                    self.classes.push((start..self.at(), class));
                }
                Node::Class(class)
            }
            'k' | 'g' if matches!(self.peek(), Some('<' | '\'')) => {
                let close = if self.next()? == '<' { '>' } else { '\'' };
                while self.next()? != close {}
                Node::Unknown
            }
            '1'..='9' => {
                while self.peek().is_some_and(|next| next.is_ascii_digit()) {
                    self.rest.next();
                }
                Node::Unknown
            }
            'N' => Node::Class(Chars::one('\n').inverted()),
            'O' => Node::Class(Chars::ALL),
            'R' | 'X' => Node::Unknown,
            'G' | 'K' | 'y' | 'Y' => return Err(Unread),
            _ => {
                let character = self.character(letter)?;
                self.literal(character)
            }
        })
    }

    /// Reads what repeats the part before it.
    fn repeated(&mut self, mut node: Node) -> Read<Node> {
        loop {
            self.skip_remarks()?;
            let (min, max, counted) = match self.peek() {
                Some('*') => (0, None, false),
                Some('+') => (1, None, false),
                Some('?') => (0, Some(1), false),
                Some('{') => match self.count()? {
                    Some((min, max)) => (min, max, true),
                    None => return Ok(node),
                },
                _ => return Ok(node),
            };
            if !counted {
                self.rest.next();
            }
            // `{2}?` is not lazy but optional, `{2,}+` not possessive but repeated.
            let greedy = (counted && max == Some(min)) || !self.eats('?');
            let possessive = greedy && !counted && self.eats('+');
            node = Node::Repeat { node: Box::new(node), min, max, greedy };
            if possessive {
                node = Node::Atomic(Box::new(node));
            }
        }
    }

    /// Reads `{2}`, `{2,}`, `{,3}` or `{2,3}`; any other brace is a character.
    fn count(&mut self) -> Read<Option<(u32, Option<u32>)>> {
        let text: String =
            self.rest.clone().skip(1).take_while(|character| *character != '}').collect();
        let (low, high) = text.split_once(',').unwrap_or((&text, &text));
        let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let closed = self.rest.clone().nth(text.chars().count() + 1) == Some('}');
        if !closed || !number(low) || !number(high) || (low.is_empty() && high.is_empty()) {
            return Ok(None);
        }
        let parsed = |text: &str| text.parse::<u32>().map_err(|_| Unread);
        let min = if low.is_empty() { 0 } else { parsed(low)? };
        let max = if high.is_empty() { None } else { Some(parsed(high)?) };
        if max.is_some_and(|max| max < min) {
            return Err(Unread);
        }
        let _ = self.rest.by_ref().find(|character| *character == '}');
        Ok(Some((min, max)))
    }

    /// Reads a group behind its opening parenthesis.
    fn group(&mut self) -> Read<Node> {
        let flags = self.flags;
        let node = if self.eats('?') { self.special()? } else { self.alternatives()? };
        self.flags = flags;
        let closed = std::mem::take(&mut self.isolated) || self.eats(')');
        if closed { Ok(node) } else { Err(Unread) }
    }

    fn special(&mut self) -> Read<Node> {
        let (ahead, negative) = match self.next()? {
            ':' => return self.alternatives(),
            '>' => return Ok(Node::Atomic(Box::new(self.alternatives()?))),
            '=' => (true, false),
            '!' => (true, true),
            '<' if self.eats('=') => (false, false),
            '<' if self.eats('!') => (false, true),
            open @ ('<' | '\'') => {
                let close = if open == '<' { '>' } else { '\'' };
                while self.next()? != close {}
                return self.alternatives();
            }
            flag @ ('i' | 'm' | 'x' | '-') => return self.flagged(flag),
            _ => return Err(Unread),
        };
        let node = Box::new(self.alternatives()?);
        Ok(Node::Look { node, ahead, negative })
    }

    /// Reads flags: for a group of their own, or for all that follows in the
    /// group they stand in, its alternatives too.
    fn flagged(&mut self, first: char) -> Read<Node> {
        let (mut flag, mut on) = (first, true);
        loop {
            match flag {
                'i' => self.flags.either_case = on,
                'm' => self.flags.dot_all = on,
                'x' => self.flags.spaced = on,
                '-' => on = false,
                ':' => return self.alternatives(),
                ')' => break,
                _ => return Err(Unread),
            }
            flag = self.next()?;
        }
        let node = self.alternatives()?;
        self.isolated = true;
        Ok(node)
    }
}

fn one_or(mut nodes: Vec<Node>, many: fn(Vec<Node>) -> Node) -> Node {
    match nodes.len() {
        0 => Node::Empty,
        1 => nodes.remove(0),
        _ => many(nodes),
    }
}
