#!/usr/bin/env python3
"""Sets Hugo and Zola beside versus on the same articles, in turns, and prints a table.

    benches/peers.py target/release/versus [--hugo HUGO] [--zola ZOLA] [--sizes 1000] [--rounds 3]
    benches/peers.py target/release/versus --hugo HUGO --articles FOLDER

Articles are invented (`articles.py`), or those of a folder, whose front matter
the peers have to understand. What each makes: pages, lists in parts, tags, a feed.
versus does so three times: with all that it makes beside (social cards, search, related
pages, hubs, feeds of tags, copies for programs such as each article as Markdown); lean,
without all of that, and without the feed too; and bare, which is lean with templates as
plain as those of the others, where the first two have the default theme.
Figures are medians: CPU seconds (user + system), wall seconds and peak memory of the
whole process; making room for a cold build is not timed.
"""
import argparse, os, pathlib, shutil, statistics, subprocess, tempfile, time

import articles

HUGO_LAYOUTS = {
    "baseof.html": '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }} {{ site.Title }}</title></head>'
                   '<body>{{ block "main" . }}{{ end }}{{ partial "footer.html" . }}</body></html>',
    "list.html": '{{ define "main" }}<h1>{{ .Title }}</h1>{{ .Content }}<ul>{{ range .Paginator.Pages }}'
                 '<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Summary | plainify | truncate 200 }}</li>{{ end }}</ul>{{ end }}',
    "taxonomy.html": '{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}',
    "single.html": '{{ define "main" }}<h1>{{ .Title }}</h1><nav>{{ .TableOfContents }}</nav>{{ .Content }}'
                   '<ul>{{ range .Params.tags }}<li><a href="/tags/{{ . | urlize }}/">{{ . }}</a></li>{{ end }}</ul>{{ end }}',
}
HUGO_CONFIG = """baseURL = "https://example.org/"
title = "Site"
[pagination]
pagerSize = 24
[taxonomies]
tag = "tags"
[outputs]
home = ["html", "rss"]
section = ["html"]
taxonomy = ["html"]
term = ["html"]
"""
ZOLA_TEMPLATES = {
    "base.html": '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{% block title %}{% endblock %} {{ config.title }}</title></head>'
                 '<body>{% block main %}{% endblock %}{% include "footer.html" %}</body></html>',
    "footer.html": "<footer></footer>",
    "page.html": '{% extends "base.html" %}{% block title %}{{ page.title }}{% endblock %}{% block main %}<h1>{{ page.title }}</h1>'
                 '<nav>{% for h in page.toc %}<a href="{{ h.permalink | safe }}">{{ h.title }}</a>{% for c in h.children %}<a href="{{ c.permalink | safe }}">{{ c.title }}</a>{% endfor %}{% endfor %}</nav>{{ page.content | safe }}'
                 '<ul>{% if page.taxonomies.tags %}{% for t in page.taxonomies.tags %}<li><a href="{{ get_taxonomy_url(kind="tags", name=t) }}">{{ t }}</a></li>{% endfor %}{% endif %}</ul>{% endblock %}',
    "section.html": '{% extends "base.html" %}{% block title %}{{ section.title }}{% endblock %}{% block main %}<h1>{{ section.title }}</h1>{{ section.content | safe }}'
                    '<ul>{% for page in paginator.pages %}<li><a href="{{ page.permalink | safe }}">{{ page.title }}</a> {{ page.description }}</li>{% endfor %}</ul>{% endblock %}',
    "taxonomy_list.html": '{% extends "base.html" %}{% block main %}<ul>{% for t in terms %}<li><a href="{{ t.permalink | safe }}">{{ t.name }}</a></li>{% endfor %}</ul>{% endblock %}',
    "taxonomy_single.html": '{% extends "base.html" %}{% block main %}<ul>{% for page in paginator.pages %}<li><a href="{{ page.permalink | safe }}">{{ page.title }}</a> {{ page.description }}</li>{% endfor %}</ul>{% endblock %}',
}
ZOLA_CONFIG = """base_url = "https://example.org"
title = "Site"
generate_feeds = true
taxonomies = [{ name = "tags", paginate_by = 24 }]
"""
VERSUS_LIST = '<ul>{% for card in pages %}<li><a href="{{ card.url }}">{{ card.title }}</a> {{ card.summary }}</li>{% endfor %}</ul>'
VERSUS_TEMPLATES = {
    "base.html": '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{% block title %}{% endblock %} {{ site.title }}</title></head>'
                 '<body>{% block main %}{% endblock %}{% include "partials/footer.html" %}</body></html>',
    "partials/footer.html": "<footer></footer>",
    "page.html": '{% extends "base.html" %}{% block title %}{{ page.title }}{% endblock %}{% block main %}<h1>{{ page.title }}</h1>'
                 '<nav>{% for h in page.toc %}<a href="#{{ h.id }}">{{ h.title }}</a>{% for c in h.children %}<a href="#{{ c.id }}">{{ c.title }}</a>{% endfor %}{% endfor %}</nav>{{ content }}'
                 '<ul>{% for t in page.tags %}<li><a href="{{ t.url }}">{{ t.title }}</a></li>{% endfor %}</ul>{% endblock %}',
    "section.html": '{% extends "base.html" %}{% block title %}{{ section.title }}{% endblock %}{% block main %}<h1>{{ section.title }}</h1>{{ content }}'
                    '{% set pages = section.pages %}' + VERSUS_LIST + '{% endblock %}',
    "home.html": '{% extends "base.html" %}{% block title %}{{ section.title }}{% endblock %}{% block main %}<h1>{{ section.title }}</h1>{{ content }}'
                 '{% set pages = recent %}' + VERSUS_LIST + '{% endblock %}',
    "taxonomy.html": '{% extends "base.html" %}{% block main %}<ul>{% for t in taxonomy.terms %}<li><a href="{{ t.url }}">{{ t.title }}</a></li>{% endfor %}</ul>{% endblock %}',
    "term.html": '{% extends "base.html" %}{% block main %}{% set pages = term.pages %}' + VERSUS_LIST + '{% endblock %}',
    "404.html": '{% extends "base.html" %}{% block main %}<h1>404</h1>{% endblock %}',
}
LEAN = "social_cards: false\nfeeds: { limit: 0 }\nsearch: false\nrelated: { limit: 0 }\nhubs: { subjects: false, alternatives: false, matrix: false, a_to_z: false }\noutputs: false\n"


class Tool(articles.Project):
    """A generator with a copy of the articles, set up for it. `config` is its file and
    what stands in it with highlighting and without."""

    def __init__(self, name, command, config, files=()):
        super().__init__(name, dict(files))
        self.command, self.config = command, config

    def colours(self, on):
        """Switches highlighting."""
        path, text = self.config
        self.write(path, text(on))

    def clear(self):
        for path in [self.root / "public", self.root / ".versus", self.root / "resources"]:
            shutil.rmtree(path, ignore_errors=True)

    def build(self):
        """Builds; the wall and CPU seconds and the peak memory in MB."""
        with open(self.root / "log", "w+") as log:
            begin = time.perf_counter()
            process = subprocess.Popen([part.replace("ROOT", str(self.root)) for part in self.command],
                                       stdout=log, stderr=log, stdin=subprocess.DEVNULL)
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - begin
            process.returncode = os.waitstatus_to_exitcode(status)
            log.seek(0)
            assert process.returncode == 0, f"{self.name}: {log.read()[-2000:]}"
        return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def versus_config(more=""):
    return "versus.yaml", lambda on: (
        f"title: Site\nbase_url: https://example.org/\nmarkdown: {{ highlight: {str(on).lower()} }}\n{more}")


def hugo_config(on):
    return HUGO_CONFIG + f"[markup.highlight]\ncodeFences = {str(on).lower()}\nnoClasses = false\n"


def zola_config(on):
    return ZOLA_CONFIG + ('[markdown.highlighting]\ntheme = "github-light"\nstyle = "class"\n' if on else "")


def tools(arguments):
    command = [arguments.binary, "build", "--root", "ROOT", "-q", "--report", "ROOT/report"]
    yield Tool("versus", command, versus_config())
    yield Tool("versus, lean", command, versus_config(LEAN))
    files = {f"templates/{name}": text for name, text in VERSUS_TEMPLATES.items()}
    yield Tool("versus, bare", command, versus_config(LEAN), files)
    if arguments.hugo:
        files = {f"layouts/_default/{name}": text for name, text in HUGO_LAYOUTS.items()}
        files["layouts/partials/footer.html"] = "<footer></footer>"
        yield Tool("hugo", [arguments.hugo, "-s", "ROOT", "--quiet"], ("hugo.toml", hugo_config), files)
    if arguments.zola:
        files = {f"templates/{name}": text for name, text in ZOLA_TEMPLATES.items()}
        yield Tool("zola", [arguments.zola, "-r", "ROOT", "build"], ("config.toml", zola_config), files)


def sections(root):
    """Zola has no list of a folder that has no `_index.md`."""
    for folder in [root, *(path for path in root.rglob("*") if path.is_dir())]:
        index = folder / "_index.md"
        if not index.exists():
            index.write_text(f"---\ntitle: {folder.name}\nsort_by: date\npaginate_by: 24\n---\n")


def fill(tool, arguments, count):
    if arguments.articles:
        shutil.copytree(arguments.articles, tool.root / "content")
    else:
        articles.generate(tool.root, count, nested=tool.name == "zola")
    if tool.name == "zola":
        sections(tool.root / "content")


def measure(arguments, count):
    """Medians by case and tool."""
    all_tools = list(tools(arguments))
    for tool in all_tools:
        fill(tool, arguments, count)
    found = {}

    def note(case, tool):
        found.setdefault(case, {}).setdefault(tool.name, []).append(tool.build())

    edited = {tool.name: next(path for path in sorted((tool.root / "content").rglob("*.md")) if path.name != "_index.md")
              for tool in all_tools}
    for turn in range(arguments.rounds):
        for tool in all_tools:
            ours = tool.name.startswith("versus")
            tool.colours(False)
            tool.clear()
            note("cold, no highlighting", tool)
            tool.colours(True)
            tool.clear()
            note("cold", tool)
            if ours:
                # What is written within two seconds may be written again unseen.
                time.sleep(2.1)
                tool.build()
                note("nothing changed", tool)
            text = edited[tool.name].read_text()
            edited[tool.name].write_text(f"{text}\nA line more, {turn}.\n")
            note("one edit", tool)
            edited[tool.name].write_text(text)
            tool.build()
            if ours:
                config = tool.root / "versus.yaml"
                config.write_text(config.read_text().replace("title: Site", f"title: Site {turn}"))
                note("all pages again", tool)
    for tool in all_tools:
        tool.remove()
    medians = {case: {name: tuple(statistics.median(run[i] for run in runs) for i in range(3)) for name, runs in by_tool.items()}
               for case, by_tool in found.items()}
    return [tool.name for tool in all_tools], medians


def show(count, names, medians):
    print(f"\n{count} articles: CPU s · wall s · MB\n")
    print("| | " + " | ".join(names) + " |")
    print("|---|" + "--:|" * len(names))
    for case, by_tool in medians.items():
        cells = [f"{c:.2f} · {w:.2f} · {m:.0f}" if (run := by_tool.get(name)) and [c := run[1], w := run[0], m := run[2]] else "" for name in names]
        print(f"| {case} | " + " | ".join(cells) + " |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("binary", type=os.path.abspath)
    parser.add_argument("--hugo")
    parser.add_argument("--zola")
    parser.add_argument("--articles", type=pathlib.Path, help="a folder of articles instead of invented ones")
    parser.add_argument("--sizes", default="12,1000")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", default="/dev/shm" if os.path.isdir("/dev/shm") else None,
                        help="where to build; a file system in memory, so that no disk counts")
    arguments = parser.parse_args()
    tempfile.tempdir = arguments.folder
    counts = [sum(1 for _ in arguments.articles.rglob("*.md"))] if arguments.articles else map(int, arguments.sizes.split(","))
    for count in counts:
        show(count, *measure(arguments, count))


if __name__ == "__main__":
    main()
