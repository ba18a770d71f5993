//! The default theme's style sheets and scripts without what only people need:
//! comments, indentation, blanks. Names stay, so that errors can be read.

use std::borrow::Cow;

/// A style sheet or script of the default theme as it is published.
pub(super) fn minify<'a>(path: &str, source: &'a [u8]) -> Cow<'a, [u8]> {
    let make = match path.rsplit_once('.') {
        Some((_, "css")) => css,
        Some((_, "js")) => js,
        _ => return Cow::Borrowed(source),
    };
    match std::str::from_utf8(source) {
        Ok(text) => Cow::Owned(make(text).into_bytes()),
        Err(_) => Cow::Borrowed(source),
    }
}

/// Blanks that no rule of CSS needs. Those round `+`, `*` and `-` stay: inside
/// `calc()` they are needed.
fn css(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let taken = match first {
            '"' | '\'' => quoted(rest),
            '/' if rest.starts_with("/*") => comment(rest),
            c if c.is_whitespace() => rest.len() - rest.trim_start().len(),
            c => c.len_utf8(),
        };
        let (part, after) = rest.split_at(taken);
        match first {
            '/' if part.len() > 1 => {}
            c if c.is_whitespace() => {
                let is_before = after.starts_with(['{', '}', ';', ',', '>']);
                let is_behind = out.is_empty() || out.ends_with(['{', '}', ';', ',', '>', ':']);
                if !is_before && !is_behind && !out.ends_with(' ') && !after.is_empty() {
                    out.push(' ');
                }
            }
            '}' => {
                out.truncate(out.trim_end_matches(';').len());
                out.push('}');
            }
            _ => out.push_str(part),
        }
        rest = after;
    }
    out
}

/// Blanks that no rule of JavaScript needs. A line may end a statement, so its
/// end stays unless what stands beside it can't end or begin one.
fn js(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut gap = "";
    while let Some(first) = rest.chars().next() {
        let taken = match first {
            '"' | '\'' => quoted(rest),
            '`' => template(rest),
            '/' if rest.starts_with("/*") => comment(rest),
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if begins_value(&out) => regex(rest),
            c if c.is_whitespace() => rest.len() - rest.trim_start().len(),
            c => c.len_utf8(),
        };
        let (part, after) = rest.split_at(taken);
        rest = after;
        let is_comment = part.starts_with("//") || part.starts_with("/*");
        if is_comment || first.is_whitespace() {
            let breaks = part.contains('\n') || gap == "\n";
            gap = if breaks { "\n" } else { " " };
            continue;
        }
        if is_needed(gap, &out, first) {
            out.push_str(gap);
        }
        gap = "";
        out.push_str(part);
    }
    out.push('\n');
    out
}

/// Whether two things would become another without what stands between.
fn is_needed(gap: &str, before: &str, next: char) -> bool {
    let Some(last) = before.chars().next_back() else { return false };
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '$' || c == '#';
    match gap {
        "" => false,
        " " => is_word(last) && is_word(next) || last == next && "+-".contains(last),
        _ => {
            let goes_on = "{([,;=&|?:<>*%!.~^".contains(last)
                || "+-".contains(last) && !before.ends_with("++") && !before.ends_with("--");
            !goes_on && !"}).,;:?=&|<>*%^]".contains(next)
        }
    }
}

/// Whether a slash here begins a regular expression.
fn begins_value(before: &str) -> bool {
    let word = before.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next();
    before.is_empty()
        || before.ends_with(|c| "(,=:[!&|?{};+-*%~^<>\n".contains(c))
        || matches!(word, Some("return" | "typeof" | "case" | "in" | "of"))
}

/// The length of a text in quotes.
fn quoted(text: &str) -> usize {
    let quote = text.as_bytes().first().copied();
    let mut bytes = text.bytes().enumerate().skip(1);
    while let Some((at, byte)) = bytes.next() {
        if byte == b'\\' {
            bytes.next();
        } else if Some(byte) == quote {
            return at + 1;
        }
    }
    text.len()
}

/// The length of a template, those inside its braces included.
fn template(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        at += match bytes[at] {
            b'\\' => 2,
            b'`' => return at + 1,
            b'$' if bytes.get(at + 1) == Some(&b'{') => 2 + braces(&text[at + 2..]),
            _ => 1,
        };
    }
    text.len()
}

/// The length of what stands between braces, the closing one included.
fn braces(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut depth) = (0, 1);
    while at < bytes.len() {
        at += match bytes[at] {
            b'"' | b'\'' => quoted(&text[at..]),
            b'`' => template(&text[at..]),
            b'{' => {
                depth += 1;
                1
            }
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
                1
            }
            _ => 1,
        };
    }
    text.len()
}

/// The length of a regular expression without its flags.
fn regex(text: &str) -> usize {
    let mut in_class = false;
    let mut bytes = text.bytes().enumerate().skip(1);
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' => {
                bytes.next();
            }
            b'[' => in_class = true,
            b']' => in_class = false,
            b'/' if !in_class => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn comment(text: &str) -> usize {
    text.find("*/").map_or(text.len(), |at| at + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_sheet_keeps_what_it_means() {
        let cases = [
            (
                "/* a */ a > b,\n c {\n color : red; top: calc(1px + 2px);\n}\n",
                "a>b,c{color :red;top:calc(1px + 2px)}",
            ),
            ("a::before {content: \"/* }  */\" / \"\"}", "a::before{content:\"/* }  */\" / \"\"}"),
            (".a :hover, .b > :focus {margin: 0 -1rem}", ".a :hover,.b>:focus{margin:0 -1rem}"),
            (
                "@media (min-width: 4rem) and (hover) {\n a {x: y}\n}",
                "@media (min-width:4rem) and (hover){a{x:y}}",
            ),
        ];
        for (source, expected) in cases {
            assert_eq!(css(source), expected);
        }
    }

    #[test]
    fn a_script_keeps_what_it_means() {
        let cases = [
            ("const a = 1 // one\nconst b = a + +a\n", "const a=1\nconst b=a+ +a\n"),
            ("f()\n  .then(x => {\n    y\n  })\n", "f().then(x=>{y})\n"),
            ("let s = 'a // b', t = \"it's\"\n", "let s='a // b',t=\"it's\"\n"),
            ("const u = `a  ${ f(`b  }`) } // c`\n", "const u=`a  ${ f(`b  }`) } // c`\n"),
            ("x.replace(/[/\"]  +/g, '') / 2 / 3\n", "x.replace(/[/\"]  +/g,'')/2/3\n"),
            ("a++\n++b\nreturn /  /.test(c)\n", "a++\n++b\nreturn/  /.test(c)\n"),
            ("if (a) b()\nelse c()\n", "if(a)b()\nelse c()\n"),
            ("/* a\n b */\nd\n", "d\n"),
        ];
        for (source, expected) in cases {
            assert_eq!(js(source), expected);
        }
    }

    #[test]
    fn nothing_is_lost_at_the_end_of_a_text_that_ends_too_soon() {
        for text in ["a {b: \"c", "/* a", "`a ${b", "'a\\", "x = /a", "`${`", "é'"] {
            css(text);
            js(text);
        }
    }
}
