use snapbox::str;

use crate::Project;

fn site() -> Project {
    Project::new()
        .config("title: S & Co\nbase_url: https://e.org/s/\nauthor: Me\ndescription: All.")
        .page(
            "c/a.md",
            "title: \"A < B\"\ndate: 2026-01-02\nupdated: 2026-02-03\ntags: [x, y]",
            "Hi [b](b.md).\n\n```rust\nfn f() {}\n```\n",
        )
        .page("c/b.md", "title: B\ndate: 2026-01-01T10:00:00+02:00\ntags: [x]", "Ho.")
        .page("c/hidden.md", "title: Hidden\ndate: 2026-01-03\nnoindex: true", "")
}

#[test]
fn the_atom_feed_has_whole_articles_with_whole_links() {
    site().clean().html("atom.xml", str![[r#"
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<title>S &amp; Co</title>
<subtitle>All.</subtitle>
<link href="https://e.org/s/"/>
<link rel="self" type="application/atom+xml" href="https://e.org/s/atom.xml"/>
<id>https://e.org/s/</id>
<updated>2026-02-03T00:00:00Z</updated>
<author><name>Me</name></author>
<entry>
<title>A &lt; B</title>
<link href="https://e.org/s/c/a/"/>
<id>https://e.org/s/c/a/</id>
<published>2026-01-02T00:00:00Z</published>
<updated>2026-02-03T00:00:00Z</updated>
<author><name>Me</name></author>
<category term="x"/>
<category term="y"/>
<summary>Hi b.</summary>
<content type="html">&lt;p&gt;Hi &lt;a href=&quot;https://e.org/s/c/b/&quot;&gt;b&lt;/a&gt;.&lt;/p&gt;
&lt;figure class=&quot;code&quot;&gt;&lt;figcaption&gt;&lt;span&gt;Rust&lt;/span&gt;&lt;/figcaption&gt;&lt;pre tabindex=&quot;0&quot;&gt;&lt;code class=&quot;language-rust&quot;&gt;fn f() {}
&lt;/code&gt;&lt;/pre&gt;&lt;/figure&gt;
</content>
</entry>
<entry>
<title>B</title>
<link href="https://e.org/s/c/b/"/>
<id>https://e.org/s/c/b/</id>
<published>2026-01-01T10:00:00+02:00</published>
<updated>2026-01-01T10:00:00+02:00</updated>
<author><name>Me</name></author>
<category term="x"/>
<summary>Ho.</summary>
<content type="html">&lt;p&gt;Ho.&lt;/p&gt;
</content>
</entry>
</feed>

"#]]);
}

#[test]
fn the_sitemap_names_what_is_worth_finding() {
    site().clean().html(
        "sitemap.xml",
        str![[r#"
<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://e.org/s/</loc></url>
<url><loc>https://e.org/s/c/</loc></url>
<url><loc>https://e.org/s/c/a/</loc><lastmod>2026-02-03</lastmod></url>
<url><loc>https://e.org/s/c/b/</loc><lastmod>2026-01-01T10:00:00+02:00</lastmod></url>
<url><loc>https://e.org/s/tags/</loc></url>
<url><loc>https://e.org/s/tags/x/</loc></url>
</urlset>

"#]],
    );
}

#[test]
fn structured_data_says_what_the_page_says() {
    let built = site().clean();
    let html = built.text("c/a/index.html");
    let json = html.split("<script type=\"application/ld+json\">").nth(1).unwrap();
    let json: serde_json::Value =
        serde_json::from_str(json.split("</script>").next().unwrap()).unwrap();
    let article = &json["@graph"][0];
    assert_eq!(article["@type"], "TechArticle");
    assert_eq!(article["headline"], "A < B");
    assert_eq!(article["datePublished"], "2026-01-02T00:00:00Z");
    assert_eq!(article["dateModified"], "2026-02-03T00:00:00Z");
    assert_eq!(article["author"][0]["name"], "Me");
    let trail = json["@graph"][1]["itemListElement"].as_array().unwrap();
    let names: Vec<&str> = trail.iter().map(|item| item["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Home", "C", "A < B"]);
    assert_eq!(trail[1]["item"], "https://e.org/s/c/");
}

#[test]
fn the_head_carries_canonical_description_and_feeds() {
    let built = site().clean();
    let html = built.text("c/a/index.html");
    for part in [
        "<title>A &lt; B · S &amp; Co</title>",
        "<link rel=\"canonical\" href=\"https://e.org/s/c/a/\">",
        "<meta name=\"description\" content=\"Hi b.\">",
        "<meta property=\"og:type\" content=\"article\">",
        "href=\"/s/atom.xml\"",
        "<html lang=\"en\"",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
    assert!(built.text("c/hidden/index.html").contains("noindex"));
    assert!(built.text("tags/y/index.html").contains("noindex"));
    assert!(!built.text("tags/x/index.html").contains("noindex"));
}

#[test]
fn the_json_feed_is_json_with_the_same_articles() {
    let built = site().clean();
    let feed: serde_json::Value = serde_json::from_str(built.text("feed.json")).unwrap();
    let ids: Vec<&str> =
        feed["items"].as_array().unwrap().iter().map(|i| i["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["https://e.org/s/c/a/", "https://e.org/s/c/b/"]);
    assert_eq!(feed["feed_url"], "https://e.org/s/feed.json");
}

#[test]
fn host_files_come_from_the_config_and_own_files_win() {
    let built = Project::new()
        .config("hosting:\n  cname: e.org\n  redirects: [/a /b 302]\n  headers: { \"/*\": { X-Frame-Options: DENY, X-Number: 1 } }")
        .page("a.md", "title: A", "")
        .file("static/robots.txt", "own")
        .clean();
    assert_eq!(built.text("CNAME"), "e.org\n");
    assert_eq!(built.text("_redirects"), "/a /b 302\n");
    assert_eq!(built.text("_headers"), "/*\n  X-Frame-Options: DENY\n  X-Number: 1\n");
    assert_eq!(built.text(".nojekyll"), "");
    assert_eq!(built.text("robots.txt"), "own");
}

#[test]
fn what_an_author_writes_is_escaped_wherever_it_stands() {
    let evil = "\"></script><script>alert(1)</script><!--";
    let front = format!(
        "title: '{evil}'\ndescription: '{evil}'\ntags: ['x{evil}']\nauthor: '{evil}'\ndate: 2026-01-01\nextra: {{ a: '{evil}' }}"
    );
    let built = Project::new()
        .config(&format!(
            "title: '{evil}'\ndescription: '{evil}'\nmenu: [{{ title: '{evil}', url: '/{evil}' }}]"
        ))
        .page(
            "a.md",
            &front,
            &format!("## {evil}\n\n![{evil}](https://e.org/x.png '{evil}')\n\n> {evil}\n"),
        )
        .build();
    assert!(built.build.is_publishable(false), "{}", built.short());
    for (path, bytes) in &built.files {
        let text = String::from_utf8_lossy(bytes);
        if path.ends_with(".html") {
            assert!(!text.contains("<script>alert"), "{path}:\n{text}");
            assert!(!text.contains("href=\"javascript:"), "{path}:\n{text}");
        }
        if path.ends_with(".xml") {
            assert!(!text.contains("<script"), "{path}:\n{text}");
        }
    }
}

#[test]
fn two_builds_of_one_project_are_the_same_bytes() {
    let first = site().build();
    let threads = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let second = threads.install(|| site().build());
    assert_eq!(first.files, second.files);
}
