//! How large drawings are.

use html5gum::{StartTag, Token, Tokenizer};

/// Width and height of a drawing, in pixels. A drawing may have any size, so where
/// it says none, what counts is how wide it is for its height.
pub fn drawn(svg: &str) -> Option<(u32, u32)> {
    let root = root(svg)?;
    sides(&root).or_else(|| {
        let view = text(&root, b"viewbox")?;
        let mut parts = view.split([' ', ',']).filter(|part| !part.is_empty()).skip(2);
        Some((number(parts.next()?)?, number(parts.next()?)?))
    })
}

/// Width and height, if the drawing says both: browsers show it so large.
pub(super) fn given(svg: &str) -> Option<(u32, u32)> {
    sides(&root(svg)?)
}

fn root(svg: &str) -> Option<StartTag<()>> {
    Tokenizer::new(svg).find_map(|token| match token {
        Ok(Token::StartTag(tag)) if tag.name.as_slice() == b"svg" => Some(tag),
        _ => None,
    })
}

fn sides(root: &StartTag<()>) -> Option<(u32, u32)> {
    Some((number(&text(root, b"width")?)?, number(&text(root, b"height")?)?))
}

fn text(root: &StartTag<()>, name: &[u8]) -> Option<String> {
    root.attributes.get(name).map(|found| String::from_utf8_lossy(&found.value).into_owned())
}

fn number(text: &str) -> Option<u32> {
    let number = text.trim().trim_end_matches("px").parse::<f64>().ok();
    number.filter(|n| (0.5..=100_000.0).contains(n)).map(|n| n.round() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_is_measured_by_its_attributes_or_its_box() {
        let cases = [
            ("<svg width='120' height=\"30px\" viewBox='0 0 1 1'/>", Some((120, 30))),
            ("<?xml version='1.0'?><!-- x --><svg viewBox='0,0 24.4 8'>", Some((24, 8))),
            ("<svg width='100%' viewBox='0 0 3 4'>", Some((3, 4))),
            ("<svg>", None),
            ("<svg viewBox='0 0 0 4'>", None),
            ("nothing", None),
        ];
        for (svg, expected) in cases {
            assert_eq!(drawn(svg), expected, "{svg}");
        }
        assert_eq!(given("<svg width='12' height='3'/>"), Some((12, 3)));
        assert_eq!(given("<svg viewBox='0 0 3 4'>"), None);
    }
}
