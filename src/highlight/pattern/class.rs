//! Bracketed classes, properties, and escaped characters.

use super::super::chars::Chars;
use super::parse::{Parser, Unread};

/// A class as it is written.
pub(super) struct Class {
    pub chars: Chars,
    pub inverted: bool,
    /// It has classes in it.
    pub nested: bool,
}

/// What stands in a class.
enum Item {
    Character(char),
    Class(Chars),
}

impl Parser<'_> {
    /// Reads a class behind its opening bracket.
    pub(super) fn class(&mut self) -> Result<Class, Unread> {
        let inverted = self.eats('^');
        let (mut chars, mut whole) = (Chars::NONE, None::<Chars>);
        let (mut nested, mut first) = (false, true);
        loop {
            if self.eats(']') {
                // The first one is a character, if another follows.
                if !(first && self.rest.clone().any(|character| character == ']')) {
                    break;
                }
                chars = chars.or(self.ranged(']')?);
            } else if self.ahead("&&") {
                self.next()?;
                self.next()?;
                whole = Some(whole.map_or(chars, |whole| whole.and(chars)));
                (chars, nested) = (Chars::NONE, true);
            } else {
                chars = chars.or(match self.item(&mut nested)? {
                    Item::Class(class) => class,
                    Item::Character(character) => self.ranged(character)?,
                });
            }
            first = false;
        }
        let chars = whole.map_or(chars, |whole| whole.and(chars));
        let chars = if inverted { chars.inverted() } else { chars };
        Ok(Class { chars, inverted, nested })
    }

    fn item(&mut self, nested: &mut bool) -> Result<Item, Unread> {
        if self.ahead("[:")
            && let Some(class) = self.posix()?
        {
            return Ok(Item::Class(class));
        }
        let character = self.next()?;
        if character == '[' {
            *nested = true;
            return Ok(Item::Class(self.class()?.chars));
        }
        if character != '\\' {
            return Ok(Item::Character(character));
        }
        let letter = self.next()?;
        if let Some(class) = Chars::escaped(letter) {
            return Ok(Item::Class(class));
        }
        match letter {
            'p' | 'P' => Ok(Item::Class(self.property(letter == 'P')?)),
            'b' => Ok(Item::Character('\x08')),
            'R' | 'X' => Err(Unread),
            _ => self.character(letter).map(Item::Character),
        }
    }

    /// Reads the end of a range, if a hyphen and a character follow.
    fn ranged(&mut self, from: char) -> Result<Chars, Unread> {
        let mut rest = self.rest.clone();
        if rest.next() != Some('-') || matches!(rest.next(), None | Some(']')) {
            return Ok(Chars::one(from));
        }
        self.next()?;
        match self.item(&mut false)? {
            Item::Character(to) if from <= to => Ok(Chars::range(from, to)),
            Item::Character(_) => Err(Unread),
            // The hyphen is a character then.
            Item::Class(class) => Ok(Chars::one(from).or(Chars::one('-')).or(class)),
        }
    }

    /// Reads `[:name:]`; nothing if it is an ordinary class.
    fn posix(&mut self) -> Result<Option<Chars>, Unread> {
        let text: String = self.rest.clone().skip(2).take(20).collect();
        let Some((name, _)) = text.split_once(":]") else { return Ok(None) };
        let inverted = name.starts_with('^');
        let Some(class) = Chars::named(name.trim_start_matches('^')) else { return Ok(None) };
        for _ in 0..name.len() + 4 {
            self.next()?;
        }
        Ok(Some(if inverted { class.inverted() } else { class }))
    }

    /// Reads the name of a property behind `\p`.
    pub(super) fn property(&mut self, inverted: bool) -> Result<Chars, Unread> {
        if !self.eats('{') {
            return Err(Unread);
        }
        let inverted = inverted != self.eats('^');
        let mut name = String::new();
        loop {
            match self.next()? {
                '}' => break,
                '_' | '-' | ' ' => {}
                character => name.push(character),
            }
        }
        let class = Chars::named(&name).unwrap_or(Chars::UNKNOWN);
        Ok(if inverted { class.inverted() } else { class })
    }

    /// The character that an escape stands for.
    pub(super) fn character(&mut self, letter: char) -> Result<char, Unread> {
        Ok(match letter {
            't' => '\t',
            'n' => '\n',
            'r' => '\r',
            'f' => '\x0C',
            'v' => '\x0B',
            'a' => '\x07',
            'e' => '\x1B',
            '0'..='7' => return Err(Unread),
            'x' if self.eats('{') => {
                let code = self.hexadecimal(8)?;
                if !self.eats('}') {
                    return Err(Unread);
                }
                code
            }
            'x' => match self.hexadecimal(2)? {
                // A byte that is no character by itself.
                '\u{80}'.. => return Err(Unread),
                character => character,
            },
            'u' => self.hexadecimal(4)?,
            'c' | 'C' | 'M' | 'o' => return Err(Unread),
            other => other,
        })
    }

    fn hexadecimal(&mut self, most: usize) -> Result<char, Unread> {
        let mut code = 0_u32;
        for _ in 0..most {
            let Some(digit) = self.peek().and_then(|digit| digit.to_digit(16)) else { break };
            code = code.checked_mul(16).ok_or(Unread)? + digit;
            self.rest.next();
        }
        char::from_u32(code).ok_or(Unread)
    }
}
