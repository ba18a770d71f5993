use snapbox::str;

use crate::Project;

fn bare(body: &str) -> crate::project::Built {
    Project::new().bare().page("a.md", "title: A page", body).build()
}

#[test]
fn the_title_is_not_printed_twice_and_other_first_levels_step_down() {
    bare("# A Page!\n\n## One\n\n# Two\n\n## One\n\n### Sub {#own .wide onclick=x}\n").html("a/index.html", str![[r##"
<h2 id="one">One<a class="anchor" href="#one" aria-label="Link to this section">#</a></h2>
<h2 id="two">Two<a class="anchor" href="#two" aria-label="Link to this section">#</a></h2>
<h2 id="one-1">One<a class="anchor" href="#one-1" aria-label="Link to this section">#</a></h2>
<h3 id="own" class="wide">Sub<a class="anchor" href="#own" aria-label="Link to this section">#</a></h3>

"##]]);
}

#[test]
fn only_the_first_heading_can_be_the_title() {
    let built = Project::new().bare().file("content/b.md", "# One\n\n# Two\n\n# Three\n").build();
    let html = built.text("b/index.html");
    assert!(!html.contains("One") && html.contains("Two") && html.contains("Three"), "{html}");
}

#[test]
fn tables_stand_in_a_box_and_align_by_class() {
    bare("|a|b|c|\n|-|-:|:-:|\n|1|`2`|3|\n").html("a/index.html", str![[r#"
<div class="scroll" role="group" tabindex="0" aria-label="Table"><table><thead><tr><th scope="col">a</th><th scope="col" class="num">b</th><th scope="col" class="mid">c</th></tr></thead><tbody>
<tr><td>1</td><td class="num"><code>2</code></td><td class="mid">3</td></tr>
</tbody></table></div>

"#]]);
}

#[test]
fn an_empty_cell_of_a_head_heads_nothing() {
    let built = bare("||b|\n|-|-|\n|1|2|\n");
    let html = built.text("a/index.html");
    assert!(html.contains("<thead><tr><td></td><th scope=\"col\">b</th></tr></thead>"), "{html}");
}

#[test]
fn alerts_tasks_strikethrough_and_definitions_are_read() {
    bare("> [!WARNING]\n> hot\n\n- [x] done\n- [ ] ~~open~~\n\nTerm\n: what it is\n").html(
        "a/index.html",
        str![[r#"
<aside class="alert warning" aria-label="Warning">
<p class="alert-title">Warning</p>
<p>hot</p>
</aside>
<ul>
<li class="task"><input type="checkbox" disabled checked aria-label="done"> done</li>
<li class="task"><input type="checkbox" disabled aria-label="open"> <del>open</del></li>
</ul>
<dl>
<dt>Term</dt>
<dd>what it is</dd>
</dl>

"#]],
    );
}

#[test]
fn bare_addresses_are_links_in_text_and_nowhere_else() {
    let built =
        bare("See https://a.org/x_y?a=1&b=2. `https://b.org` [https://c.org](https://d.org)\n");
    assert_eq!(
        built.text("a/index.html"),
        "<p>See <a href=\"https://a.org/x_y?a=1&amp;b=2\">https://a.org/x_y?a=1&amp;b=2</a>. \
         <code>https://b.org</code> <a href=\"https://d.org\">https://c.org</a></p>\n"
    );
}

#[test]
fn footnotes_are_numbered_by_first_use_and_lead_back() {
    bare("x[^b] y[^a] z[^b]\n\n[^a]: A\n[^b]: B\n[^unused]: C\n").html("a/index.html", str![[r##"
<p>x<sup class="fn-ref" id="fnref-b"><a href="#fn-b">1</a></sup> y<sup class="fn-ref" id="fnref-a"><a href="#fn-a">2</a></sup> z<sup class="fn-ref" id="fnref-b-2"><a href="#fn-b">1</a></sup></p>
<section class="footnotes" aria-label="Footnotes"><ol>
<li id="fn-b">
<p>B <a class="fn-back" href="#fnref-b" aria-label="Back to the text">↩︎</a></p>
</li>
<li id="fn-a">
<p>A <a class="fn-back" href="#fnref-a" aria-label="Back to the text">↩︎</a></p>
</li>
</ol></section>

"##]]);
}

#[test]
fn math_is_marked_and_keeps_its_delimiters() {
    let built = bare("a $x<y$ b\n\n$$z$$\n\n$5 and $10\n");
    assert_eq!(
        built.text("a/index.html"),
        "<p>a <span class=\"math\">$x&lt;y$</span> b</p>\n<p><span class=\"math block\">$$z$$</span></p>\n<p>$5 and $10</p>\n"
    );
}

#[test]
fn template_syntax_in_prose_and_code_passes_through() {
    let built = bare(
        "{{ .Values }} {% if %} ${x} `{:?}` {{</* figure src=x */>}}\n\n```\n{{< figure >}}\n```\n",
    );
    let html = built.text("a/index.html");
    assert!(
        html.starts_with(
            "<p>{{ .Values }} {% if %} ${x} <code>{:?}</code> {{&lt; figure src=x &gt;}}</p>"
        ),
        "{html}"
    );
    assert!(html.contains("{{&lt; figure &gt;}}"));
}

#[test]
fn the_summary_ends_at_more_or_with_the_first_paragraph() {
    let summary = |front: &str, body: &str| {
        Project::new()
            .file("templates/page.html", "{{ page.summary }}")
            .page("a.md", front, body)
            .build()
            .text("a/index.html")
            .to_owned()
    };
    assert_eq!(summary("title: A", "One *two* `three`.\n\nFour.\n"), "One two three.");
    assert_eq!(summary("title: A", "One.\n\nTwo.\n\n<!--more-->\n\nThree.\n"), "One. Two.");
    assert_eq!(summary("title: A\ndescription: D", "One.\n"), "D");
    assert_eq!(summary("title: A", "```\ncode\n```\n"), "");
    let long = summary("title: A", &"word ".repeat(200));
    assert!(long.ends_with("word…") && long.chars().count() <= 281);
}

#[test]
fn the_contents_are_nested_by_level() {
    let built = Project::new()
        .file(
            "templates/page.html",
            "{% for a in page.toc %}{{ a.id }}({% for b in a.children %}{{ b.title }} {% endfor %}){% endfor %}",
        )
        .page("a.md", "title: A", "## One\n### Two `x`\n### Three\n## Four\n")
        .page("b.md", "title: B\ntoc: false", "## One\n")
        .clean();
    assert_eq!(built.text("a/index.html"), "one(Two x Three )four()");
    assert_eq!(built.text("b/index.html"), "");
}

#[test]
fn an_image_without_a_text_is_a_warning() {
    let built = Project::new().page("a.md", "title: A", "![](https://e.org/x.png)").build();
    assert!(built.short().contains("content/a.md:4:1: warning[image-alt]"), "{}", built.short());
}
