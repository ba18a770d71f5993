use snapbox::str;

use crate::Project;

fn html(body: &str) -> String {
    Project::new().bare().page("a.md", "title: A", body).build().text("a/index.html").to_owned()
}

#[test]
fn tokens_get_one_short_class_and_neighbours_are_merged() {
    let built = Project::new()
        .bare()
        .page(
            "a.md",
            "title: A",
            "```rust\n// one\n// two\npub async fn f() -> u8 { \"a\\n\"; 1 }\n```\n",
        )
        .clean();
    built.html("a/index.html", str![[r#"
<figure class="code"><figcaption><span>Rust</span></figcaption><pre tabindex="0"><code class="language-rust"><span class="c">// one
// two</span>
<span class="k">pub</span> async <span class="k">fn</span> f() -&gt; <span class="k">u8</span> { <span class="s">"a</span><span class="n">\n</span><span class="s">"</span>; <span class="n">1</span> }
</code></pre></figure>

"#]]);
}

#[test]
fn a_fence_sets_title_lines_and_numbers() {
    let built = Project::new()
        .bare()
        .page(
            "a.md",
            "title: A",
            "```text {title=\"a <b>\" hl_lines=\"2\" linenos start=9 diff}\n+a\n-b\n c\n```\n",
        )
        .clean();
    built.html("a/index.html", str![[r#"
<figure class="code"><figcaption><span>a &lt;b&gt;</span></figcaption><pre class="numbered" tabindex="0"><code class="language-text"><span class="line add" data-n="9">+a</span>
<span class="line hl del" data-n="10">-b</span>
<span class="line" data-n="11"> c</span>
</code></pre></figure>

"#]]);
}

#[test]
fn an_unknown_language_is_plain_text_and_names_the_nearest() {
    Project::new().page("a.md", "title: A\ndescription: d", "```pyhton\nx = '<'\n```\n").problems(
        str![[r#"
warning[code-language-unknown]: no grammar for `pyhton`: the block is plain text
 --> content/a.md:5:1
  |
5 | ```pyhton
  | ^^^^^^^^^
  = help: did you mean `python`?


"#]],
    );
}

#[test]
fn a_line_too_long_is_left_plain_and_the_others_are_not() {
    let long = "\"x\" ".repeat(600);
    let built = Project::new()
        .bare()
        .page("a.md", "title: A", &format!("```js\n{long}\nlet a = \"y\";\n```\n"))
        .build();
    assert!(built.short().contains("code-too-large"), "{}", built.short());
    let html = built.text("a/index.html");
    assert!(
        html.contains("<span class=\"s\">\"y\"</span>")
            && !html.contains("<span class=\"s\">\"x\"")
    );
}

#[test]
fn a_block_that_a_grammar_would_never_end_is_plain_from_there_on() {
    let code = "<p class=\"x\">\n{a /*\n<p class=\"y\">\n";
    let built =
        Project::new().bare().page("a.md", "title: A", &format!("```svelte\n{code}```\n")).build();
    assert!(built.short().contains("takes too long for line 2"), "{}", built.short());
    let html = built.text("a/index.html");
    assert!(html.contains("<span class=\"s\">\"x\"</span>"), "{html}");
    assert!(html.contains("{a /*\n&lt;p class=\"y\"&gt;\n</code>"), "{html}");
}

#[test]
fn a_fence_can_not_break_out_of_its_attribute() {
    let html = html("```\"><script>alert(1)</script> {title=\"</figcaption><script>\"}\nx\n```\n");
    assert!(!html.contains("<script>"), "{html}");
}

#[test]
fn indented_code_has_no_caption() {
    assert_eq!(
        html("    <x>\n"),
        "<figure class=\"code\"><pre tabindex=\"0\"><code>&lt;x&gt;\n</code></pre></figure>\n"
    );
}

#[test]
fn highlighting_can_be_turned_off() {
    let built = Project::new()
        .bare()
        .config("markdown: { highlight: false }")
        .page("a.md", "title: A", "```rust\nfn f() {}\n```\n")
        .clean();
    assert!(
        built.text("a/index.html").contains("<code class=\"language-rust\">fn f() {}\n</code>")
    );
}

#[test]
fn a_character_that_html_can_not_hold_is_replaced() {
    let html = html("a\u{0}b\n\n```\n\u{0}\n```\n");
    assert!(!html.contains('\u{0}') && html.matches('\u{fffd}').count() == 2, "{html}");
}
