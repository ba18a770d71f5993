use snapbox::str;

use crate::Project;

fn html(body: &str) -> String {
    Project::new().bare().page("a.md", "title: A", body).build().text("a/index.html").to_owned()
}

#[test]
fn what_could_run_is_left_out_and_said() {
    Project::new()
        .page(
            "a.md",
            "title: A\ndescription: d",
            "x <b onclick=\"f()\">y</b>\n\n<script>\nalert(1)\n</script>\n",
        )
        .problems(str![[r#"
warning[html-removed]: the attribute `onclick` was left out
 --> content/a.md:5:6
  |
5 | x <b onclick="f()">y</b>
  |      ^^^^^^^^^^^^^
  = help: use Markdown, or set `markdown: { html: allow }` if you trust every author

warning[html-removed]: `<script>` was left out
 --> content/a.md:7:1
  |
7 | <script>
  | ^^^^^^^^
  = help: use Markdown, or set `markdown: { html: allow }` if you trust every author


"#]]);
}

#[test]
fn markdown_between_tags_stays_markdown() {
    assert_eq!(
        html("<details>\n<summary>More</summary>\n\n**b**\n\n</details>\n"),
        "<details>\n<summary>More</summary>\n<p><strong>b</strong></p>\n</details>\n"
    );
}

#[test]
fn a_stray_end_tag_closes_nothing_of_the_theme() {
    assert_eq!(html("a</div></main>b\n"), "<p>ab</p>\n");
    assert_eq!(html("- <div>\n\nx</div>\n"), "<ul>\n<li><div>\n</div></li>\n</ul>\n<p>x</p>\n");
    assert_eq!(html("<em>x\n"), "<p><em>x</em></p>\n");
}

#[test]
fn the_owner_may_allow_or_escape_it() {
    let with = |policy: &str| {
        Project::new()
            .bare()
            .config(&format!("markdown: {{ html: {policy} }}"))
            .page("a.md", "title: A", "<i onclick=x>y</i><!--more-->")
            .clean()
            .text("a/index.html")
            .to_owned()
    };
    assert_eq!(with("allow"), "<p><i onclick=x>y</i></p>\n");
    assert_eq!(with("escape"), "<p>&lt;i onclick=x&gt;y&lt;/i&gt;</p>\n");
}

#[test]
fn every_usual_trick_is_disarmed() {
    for trick in [
        "<img src=x onerror=alert(1)>",
        "<a href=\" java\tscript:alert(1)\">x</a>",
        "<a href=\"&#106;avascript:alert(1)\">x</a>",
        "<svg><script>alert(1)</script></svg>",
        "<svg onload=alert(1)>",
        "<math><mi xlink:href=\"javascript:alert(1)\">x</mi></math>",
        "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
        "<style>*{background:url(javascript:alert(1))}</style>",
        "<p style=\"background:url(javascript:alert(1))\">x</p>",
        "<object data=\"javascript:alert(1)\"></object>",
        "<form action=\"javascript:alert(1)\"><button>x</button></form>",
        "<textarea><img title=\"</textarea><img src=x onerror=alert(1)>\"></textarea>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
        "<base href=\"javascript:/a/-alert(1)///////\">",
        "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
        "<video src=x onloadstart=alert(1)></video>",
        "<details open ontoggle=alert(1)>x</details>",
        "<b/onmouseover=alert(1)>x</b>",
        "<IMG SRC=x OnErRoR=alert(1)>",
        "<img src=\"x\" \nonerror\n=\nalert(1)>",
    ] {
        for body in [trick.to_owned(), format!("text {trick} text"), format!("- {trick}\n")] {
            let html = html(&body);
            for token in html5gum::Tokenizer::new(&html) {
                let Ok(html5gum::Token::StartTag(tag)) = token else { continue };
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                let runs = [
                    "script", "svg", "math", "iframe", "style", "object", "form", "base", "meta",
                    "textarea", "noscript",
                ];
                assert!(!runs.contains(&name.as_str()), "{trick}: {html}");
                for (key, value) in &tag.attributes {
                    let key = String::from_utf8_lossy(key);
                    assert!(!key.starts_with("on") && key != "style", "{trick}: {html}");
                    let value = String::from_utf8_lossy(&value.value).to_lowercase();
                    let link = matches!(&*key, "href" | "src");
                    assert!(
                        !(link && value.replace('\t', "").contains("javascript:")),
                        "{trick}: {html}"
                    );
                }
            }
        }
    }
}
