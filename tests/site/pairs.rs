use snapbox::str;
use versus::config::MarkdownConfig;
use versus::markdown::{self, AsWritten, Call, Dialect, Outline, ShortcodeError, Shortcodes};
use versus::path::SourcePath;

use crate::Project;
use crate::project::Built;

/// A page that must have nothing to say but notes.
fn page(body: &str) -> Built {
    Project::new().bare().page("a.md", "title: A\ndescription: d", body).clean()
}

/// The captions of each pair, without tags: `Rust, a.rs | Go`.
fn pairs(body: &str) -> Vec<String> {
    let built = Project::new().bare().page("a.md", "title: A\ndescription: d", body).build();
    let html = built.text("a/index.html");
    let blocks = html.split("<div class=\"pair\"").skip(1);
    blocks.map(|block| captions(block.split("</div>").next().unwrap_or(block))).collect()
}

fn captions(html: &str) -> String {
    let captions = html.split("<figcaption>").skip(1).map(|part| {
        let caption = part.split("</figcaption>").next().unwrap_or(part);
        let mut text = String::new();
        let mut in_tag = false;
        for c in caption.chars() {
            match c {
                '<' => in_tag = true,
                '>' => in_tag = false,
                '\n' => {}
                c if !in_tag => text.push(c),
                _ => {}
            }
        }
        text.trim_end_matches('#').to_owned()
    });
    captions.collect::<Vec<_>>().join(" | ")
}

/// A label and a fence.
fn panel(label: &str, fence: &str) -> String {
    format!("{label}\n\n```{fence}\n1\n```\n\n")
}

fn two(first: &str, second: &str) -> String {
    panel(first, "rust") + &panel(second, "go")
}

#[test]
fn two_labelled_fences_of_different_languages_are_one_block() {
    let body = "**Rust** (using *actix-web*):\n```rust {title=\"src/main.rs\"}\nlet a = 1;\n```\n\n**Go**:\n\n```go\na := 1\n```\n\nText.\n";
    page(body).html("a/index.html", str![[r#"
<div class="pair">
<figure class="code"><figcaption><span><strong>Rust</strong> (using <em>actix-web</em>)</span> <span>src/main.rs</span></figcaption><pre tabindex="0"><code class="language-rust"><span class="k">let</span> a = <span class="n">1</span>;
</code></pre></figure>
<figure class="code"><figcaption><span><strong>Go</strong></span></figcaption><pre tabindex="0"><code class="language-go">a := <span class="n">1</span>
</code></pre></figure>
</div>
<p>Text.</p>

"#]]);
}

#[test]
fn a_heading_becomes_a_caption_and_keeps_its_id() {
    let built = Project::new()
        .file("templates/page.html", "{% for a in page.toc %}{{ a.id }} {% endfor %}{{ content }}")
        .page("a.md", "title: A", &two("## Rust (`serde`)", "## Go {#own .wide}"))
        .page("b.md", "title: B", "[one](a.md#rust-serde), [other](/a/#own)\n")
        .clean();
    built.html("a/index.html", str![[r##"
rust-serde own <div class="pair">
<figure class="code"><figcaption>
<h2 id="rust-serde">Rust (<code>serde</code>)<a class="anchor" href="#rust-serde" aria-label="Link to this section">#</a></h2>
</figcaption><pre tabindex="0"><code class="language-rust"><span class="n">1</span>
</code></pre></figure>
<figure class="code"><figcaption>
<h2 id="own" class="wide">Go<a class="anchor" href="#own" aria-label="Link to this section">#</a></h2>
</figcaption><pre tabindex="0"><code class="language-go"><span class="n">1</span>
</code></pre></figure>
</div>

"##]]);
    assert!(built.text("b/index.html").contains("href=\"/a/#rust-serde\""));
}

#[test]
fn three_in_a_row_are_one_block_and_a_language_that_comes_again_begins_another() {
    let names = |labels: &[(&str, &str)]| {
        let body: String = labels.iter().map(|(label, fence)| panel(label, fence)).collect();
        pairs(&body)
    };
    let (rust, go, zig) = (("**Rust**", "rust"), ("**Go**", "go"), ("**Zig**", "zig"));
    assert_eq!(names(&[rust, go, zig]), ["Rust | Go | Zig"]);
    assert_eq!(names(&[rust, go, rust, go]), ["Rust | Go", "Rust | Go"]);
    assert_eq!(names(&[rust, go, rust]), ["Rust | Go"]);
    assert_eq!(names(&[rust, go, go, rust]), ["Rust | Go", "Go | Rust"]);
}

#[test]
fn whatever_stands_between_parts_them() {
    for between in ["Text.\n\n", "---\n\n", "- item\n\n", "![a](b.png)\n\n", "<div>x</div>\n\n"] {
        let body = panel("**Rust**", "rust") + between + &panel("**Go**", "go");
        assert_eq!(pairs(&body), [""; 0], "{between}");
        let body = format!("**Rust**:\n\n{between}```rust\n1\n```\n\n{}", panel("**Go**", "go"));
        assert_eq!(pairs(&body), [""; 0], "{between}");
    }
}

#[test]
fn a_label_is_a_short_line_that_begins_with_bold_text() {
    for (label, caption) in [
        ("**Rust**", "Rust"),
        ("**Rust:**", "Rust"),
        ("**Rust** (using actix-web):", "Rust (using actix-web)"),
        ("**Rust**: with serde", "Rust: with serde"),
        ("**Rust:** with serde:", "Rust: with serde"),
        ("**Rust** – the standard library", "Rust – the standard library"),
        ("**Rust**, with serde:", "Rust, with serde"),
        ("**Rust** 1.91:", "Rust 1.91"),
        ("**Rust** `main.rs`:", "Rust main.rs"),
        ("***Rust***:", "Rust"),
        ("[**Rust**](b.md):", "Rust"),
        ("**Using Rust and the crate of your choice**", "Using Rust and the crate of your choice"),
    ] {
        assert_eq!(pairs(&two(label, "**Go**:")), [format!("{caption} | Go")], "{label}");
    }
    for label in [
        "Rust:",
        "*Rust*:",
        "In **Rust**:",
        "`Rust`:",
        "- **Rust**:",
        "**Rust** returns a `Result` here:",
        "**Rust**. Nothing else is as short:",
        "**Rust** (using actix-web).",
        "**In Rust**,",
        "**Note that the borrow checker is not happy with this one.**",
        "**Rust**: the compiler stops this one before it ever gets to run anywhere",
        "**Rust**:\nfor example",
        "**Rust**:  \n(hard)",
    ] {
        assert_eq!(pairs(&two(label, "**Go**:")), [""; 0], "{label}");
    }
}

#[test]
fn a_heading_is_a_label_if_it_begins_with_a_name() {
    for (first, second) in [
        ("## Rust", "## Go"),
        ("## rust, in short", "## golang"),
        ("### Rust's way", "### Go's way"),
    ] {
        assert_eq!(pairs(&two(first, second)).len(), 1, "{first}");
    }
    for (first, second) in [
        ("## Rustling", "## Go"),
        ("## In Rust", "## In Go"),
        ("## Rust", "### Go"),
        ("## Rust", "**Go**"),
        ("## Error handling", "## Performance"),
    ] {
        assert_eq!(pairs(&two(first, second)), [""; 0], "{first}");
    }
    // A name that no grammar has counts where the fence has it too.
    let body = panel("## Gleam, typed", "gleam") + &panel("## JS", "javascript");
    assert_eq!(pairs(&body), ["Gleam, typed | JS"]);
}

struct NoShortcodes;

impl Shortcodes for NoShortcodes {
    fn names(&self) -> Vec<&str> {
        Vec::new()
    }

    fn render(&self, _: &Call, _: Option<&str>) -> Result<String, ShortcodeError> {
        unreachable!("there are none")
    }
}

#[test]
fn a_subject_is_a_name_too() {
    let body = panel("## Redis Cluster", "sh") + &panel("## memcached:", "python");
    let html = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let file = SourcePath::new("a.md");
        let outline = Outline::default();
        let source = markdown::Source {
            file: &file,
            body: &body,
            offset: 0,
            outline: &outline,
            setting: markdown::Setting { names: &names, ..markdown::Setting::default() },
        };
        let dialect = Dialect::Versus(MarkdownConfig::default());
        markdown::html(source, &dialect, &AsWritten, &NoShortcodes).value
    };
    assert!(html(&["Redis", "Memcached"]).contains("class=\"pair\""));
    assert!(!html(&["Redis", "Mem"]).contains("class=\"pair\""));
    assert!(!html(&["", "Redis Clusters"]).contains("class=\"pair\""));
}

#[test]
fn links_and_notes_in_a_label_stay_what_they_are() {
    page(
        "**Rust** (using [actix-web](https://actix.rs)):\n\n```rust\n1\n```\n\n**[Go](https://go.dev)**[^1]:\n\n```go\n1\n```\n\n[^1]: Note.\n",
    )
    .html("a/index.html", str![[r##"
<div class="pair">
<figure class="code"><figcaption><span><strong>Rust</strong> (using <a href="https://actix.rs">actix-web</a>)</span></figcaption><pre tabindex="0"><code class="language-rust"><span class="n">1</span>
</code></pre></figure>
<figure class="code"><figcaption><span><strong><a href="https://go.dev">Go</a></strong><sup class="fn-ref" id="fnref-1"><a href="#fn-1">1</a></sup></span></figcaption><pre tabindex="0"><code class="language-go"><span class="n">1</span>
</code></pre></figure>
</div>
<section class="footnotes" aria-label="Footnotes"><ol>
<li id="fn-1">
<p>Note. <a class="fn-back" href="#fnref-1" aria-label="Back to the text">↩︎</a></p>
</li>
</ol></section>

"##]]);
}

#[test]
fn a_pair_may_stand_in_a_list_or_a_quote() {
    let inside = two("**Rust**:", "**Go**:");
    let within = |first: &str, rest: &str| -> String {
        let lines = inside.lines().enumerate();
        lines.map(|(i, line)| format!("{}{line}\n", if i == 0 { first } else { rest })).collect()
    };
    assert_eq!(pairs(&within("- ", "  ")), ["Rust | Go"]);
    assert_eq!(pairs(&within("> ", "> ")), ["Rust | Go"]);
    assert_eq!(pairs(&within("> - ", ">   ")), ["Rust | Go"]);
    let tight = "- **Rust**:\n  ```rust\n  1\n  ```\n  **Go**:\n  ```go\n  1\n  ```\n";
    page(tight).html("a/index.html", str![[r#"
<ul>
<li><div class="pair">
<figure class="code"><figcaption><span><strong>Rust</strong></span></figcaption><pre tabindex="0"><code class="language-rust"><span class="n">1</span>
</code></pre></figure>
<figure class="code"><figcaption><span><strong>Go</strong></span></figcaption><pre tabindex="0"><code class="language-go"><span class="n">1</span>
</code></pre></figure>
</div>
</li>
</ul>

"#]]);
    // Two items are a list, and stay one.
    assert_eq!(
        pairs("- **Rust**:\n  ```rust\n  1\n  ```\n- **Go**:\n  ```go\n  1\n  ```\n"),
        [""; 0]
    );
}

#[test]
fn a_task_pairs_fences_without_labels_and_of_one_language() {
    let body = "```go {pair=\"An <HTTP> server\" title=\"old.go\"}\n1\n```\n```go {pair=\"An <HTTP> server\"}\n2\n```\n";
    page(body).html("a/index.html", str![[r#"
<div class="pair" role="group" aria-label="An &lt;HTTP&gt; server">
<figure class="code"><figcaption><span>Go</span> <span>old.go</span></figcaption><pre tabindex="0"><code class="language-go"><span class="n">1</span>
</code></pre></figure>
<figure class="code"><figcaption><span>Go</span></figcaption><pre tabindex="0"><code class="language-go"><span class="n">2</span>
</code></pre></figure>
</div>

"#]]);
    let fence = |task: &str| format!("```go {{pair={task}}}\n1\n```\n");
    let [a, b] = [fence("a"), fence("b")];
    assert_eq!(pairs(&[&*a, &a, &b, &b].concat()), ["Go | Go", "Go | Go"]);
    let labelled = format!("**Old**:\n\n{a}\n**New**:\n\n{a}");
    assert_eq!(pairs(&labelled), ["Old | New"]);
    // A line above fences that have no label is about all of them.
    assert_eq!(pairs(&format!("**In Go**:\n\n{a}{a}")), ["Go | Go"]);
    assert_eq!(pairs(&format!("{}{a}", panel("**Rust**", "rust"))), [""; 0]);
}

#[test]
fn a_task_that_no_neighbour_has_is_a_warning() {
    let body =
        "```go {pair=\"HTTP server\"}\n1\n```\n\nText.\n\n```rust {pair=\"HTTP sever\"}\n1\n```\n";
    Project::new().page("a.md", "title: A\ndescription: d", body).problems(str![[r#"
warning[pair-alone]: no fence beside this one has the pair `HTTP server`
 --> content/a.md:5:1
  |
5 | ```go {pair="HTTP server"}
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^
  = help: name it on the fence before or behind, with nothing between them but a label

warning[pair-alone]: no fence beside this one has the pair `HTTP sever`
 --> content/a.md:11:1
   |
11 | ```rust {pair="HTTP sever"}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = help: name it on the fence before or behind, with nothing between them but a label


"#]]);
}

#[test]
fn a_fence_may_stay_out() {
    let body = panel("**Rust**", "rust {pair=off}") + &panel("**Go**", "go");
    let built = page(&body);
    assert!(!built.text("a/index.html").contains("class=\"pair\""));
    assert!(built.text("a/index.html").contains("<p><strong>Rust</strong></p>"));
    let body = two("**Rust**", "**Go**") + &panel("**Zig**", "zig {pair=off}");
    assert_eq!(pairs(&body), ["Rust | Go"]);
}

#[test]
fn two_of_one_language_are_no_pair_and_a_note_says_what_to_do() {
    let body = panel("**Before**:", "js") + &panel("**After**:", "javascript");
    let built = Project::new().page("a.md", "title: A\ndescription: d", &body).problems(str![[r#"
info[pair-same-language]: two labelled blocks of JavaScript in a row are no pair
 --> content/a.md:13:1
   |
13 | ```javascript
   | ^^^^^^^^^^^^^
  = help: write `pair="the task"` on both to show them side by side, or `pair=off` on this one to leave them as they are


"#]]);
    assert!(!built.text("a/index.html").contains("class=\"pair\""));
    // One note for a row of commands, none where it was asked for or is no pair anyway.
    let row: String = (1..5).map(|n| panel(&format!("**Step {n}**"), "sh")).collect();
    assert_eq!(page(&row).short().lines().count(), 1);
    let off = panel("**Before**", "js") + &panel("**After**", "js {pair=off}");
    assert_eq!(page(&off).short(), "");
    let parted = panel("**Before**", "js") + "Text.\n\n" + &panel("**After**", "js");
    assert_eq!(page(&parted).short(), "");
}

#[test]
fn plain_text_is_no_language() {
    assert_eq!(pairs(&(panel("**Rust**", "rust") + &panel("**Output**", "text"))), [""; 0]);
    assert_eq!(pairs(&(panel("**Rust**", "rust") + &panel("**Output**", ""))), [""; 0]);
    assert_eq!(page(&(panel("**A**", "text") + &panel("**B**", "text"))).short(), "");
}

#[test]
fn a_fence_without_a_language_is_a_note_and_indented_code_is_none() {
    Project::new()
        .page("a.md", "title: A\ndescription: d", "```\nx\n```\n\n    y\n\n```text\nz\n```\n")
        .problems(str![[r#"
info[code-no-language]: a fence without a language
 --> content/a.md:5:1
  |
5 | ```
  | ^^^
  = help: write its language behind the fence, or `text`


"#]]);
}

#[test]
fn a_feed_has_the_blocks_one_after_another_with_their_captions() {
    let built = Project::new()
        .config("base_url: https://e.org/")
        .page("a.md", "title: A\ndate: 2026-01-01", &two("**Rust**:", "**Go**:"))
        .clean();
    let feed: serde_json::Value = serde_json::from_str(built.text("feed.json")).unwrap();
    let html = feed["items"][0]["content_html"].as_str().unwrap();
    assert_eq!(captions(html), "Rust | Go");
    assert!(!html.contains("<p>"), "{html}");
}

#[test]
fn no_label_or_code_is_lost_or_doubled() {
    for body in [
        "**Rust**",
        "**Rust**\n\n```rust",
        "```rust {pair=x}",
        "```rust {pair=x}\n```\n```go {pair=x}",
        "**Rust**\n```rust\n```\n**Go**\n```go",
        "- **a**\n- ```rust\n  ```\n**b**\n```go\n```",
        "# A\n```rust\n```\n# Go\n```go\n```",
        "**\u{e000}é**:\n```é\n```\n**é**:\n```go\n```",
        "> **a**:\n```rust\n```\n> **b**:\n```go\n```",
        "{{< x >}}**Rust** {{< y >}}\n\n```rust\n```\n",
    ] {
        let built = Project::new().bare().page("a.md", "title: T", body).build();
        let html = built.text("a/index.html");
        assert_eq!(html.matches("<div").count(), html.matches("</div>").count(), "{body}");
        let fences = ["```rust", "```go", "```é"].map(|fence| body.matches(fence).count());
        let fences: usize = fences.iter().sum();
        assert_eq!(html.matches("<figure").count(), fences, "{body}\n{html}");
        let bold = body.matches("**").count() / 2;
        assert_eq!(html.matches("<strong>").count(), bold, "{body}\n{html}");
    }
}
