use syntect::parsing::syntax_definition::Pattern;
fn main() {
    let name = std::env::args().nth(1).unwrap(); let word = std::env::args().nth(2).unwrap();
    let b = two_face::syntax::extra_newlines().into_builder();
    for s in b.syntaxes() { if s.name != name { continue; }
        for (c, ctx) in &s.contexts { for p in &ctx.patterns { if let Pattern::Match(m) = p {
            let d = format!("{:?} {:?} {:?}", m.scope, m.captures, m.operation);
            if d.contains(&word) { println!("{c}: {}\n    {d}", m.regex.regex_str()); } } } } }
}
