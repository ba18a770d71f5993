#!/usr/bin/env python3
"""Measures the preview: how soon it starts, how soon a save is shown, what it costs.

    benches/preview.py target/release/versus [--hugo HUGO] [--sizes 290,2900,10000] [--rounds 20]

Beside it runs Hugo's server, where it is given, on the same articles, in turns.
Times are milliseconds, median / 95th percentile, from the write until a page
that is asked for again and again shows it.
"""
import argparse, http.client, os, pathlib, shutil, statistics, subprocess, tempfile, time

import peers
from articles import CODE, Project, article, generate


class Server(Project):
    """A preview of a copy of the articles."""

    def __init__(self, name, articles, command, files):
        super().__init__(name, files)
        self.command = command
        shutil.copytree(articles / "content", self.root / "content", dirs_exist_ok=True)

    def start(self, first):
        """Starts it; how long until it answers."""
        begin = time.perf_counter()
        with open(self.root.with_suffix(".log"), "w") as log:
            self.process = subprocess.Popen(
                [part.replace("ROOT", str(self.root)) for part in self.command],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        port = int(self.command[self.command.index("--port") + 1])
        self.host = ("localhost", port)
        self.connection = None
        while self.get(first)[0] != 200:
            assert self.process.poll() is None, self.root.with_suffix(".log").read_text()[-2000:]
            time.sleep(0.002)
        return time.perf_counter() - begin

    def get(self, path):
        """The status and body of a page; 0 if there is no answer."""
        # A server may have closed a connection that lay idle.
        status, body = self.ask(path)
        return self.ask(path) if status == 0 else (status, body)

    def ask(self, path):
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection(*self.host, timeout=300)
            self.connection.request("GET", path)
            answer = self.connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            self.connection = None
            return 0, b""

    def cpu(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1000

    def until(self, path, is_there, limit=120):
        begin = time.perf_counter()
        while not is_there(*self.get(path)):
            if time.perf_counter() - begin > limit:
                raise TimeoutError(f"{self.name}: {path} never showed it")
            time.sleep(0.0005)
        return time.perf_counter() - begin

    def idle(self, quiet=0.4):
        """Waits until it has nothing to do."""
        before = self.cpu()
        while True:
            time.sleep(quiet)
            now = self.cpu()
            if now - before < 0.04:
                return now
            before = now

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.remove()


def versus(binary, articles, port):
    return Server("versus", articles, [binary, "serve", "--root", "ROOT", "--port", str(port)], {
        "versus.yaml": "title: Site\nbase_url: https://example.org/\n",
        "content/subjects/quick.md": "---\nname: Quick\n---\nText.\n",
    })


def hugo(binary, articles, port):
    files = {f"layouts/_default/{name}": text for name, text in peers.HUGO_LAYOUTS.items()}
    files["layouts/partials/footer.html"] = "<footer></footer>"
    files["static/style.css"] = "a{}"
    files["hugo.toml"] = peers.HUGO_CONFIG
    return Server("hugo", articles, [binary, "server", "-s", "ROOT", "--port", str(port), "--renderToMemory"], files)


def edits(server, count):
    """Each kind of edit: what it is called, and a function that makes the nth and waits for it."""
    is_ours = server.name == "versus"
    path, url = "content/post/07/p7.md", "/post/07/p7/"
    body = "\n\n".join(f"Line {n} of the text, which is edited.\n\n```go\n{CODE['go'].format('a', n, 'b', 'c')}```" for n in range(3))
    shows = lambda mark: lambda status, page: status == 200 and mark.encode() in page

    def page(n, title="Edited vs Page", tags=("edited",), text=""):
        server.write(path, article(title, f"{text}\n\n{body}", tags, "2026-02-03"))

    def text(n):
        page(n, text=f"mark-{n}-text")
        return server.until(url, shows(f"mark-{n}-text"))

    def title(n):
        page(n, title=f"Mark{n} vs Title")
        return server.until(url, shows(f"Mark{n} vs Title"))

    def title_on_list(n):
        page(n, title=f"Mark{n} vs List")
        return server.until("/post/07/" if is_ours else "/tags/edited/", shows(f"Mark{n} vs List"))

    def tag(n):
        page(n, tags=("edited", f"tag{n}"))
        return server.until(url, shows(f"tag{n}"))

    def tag_page(n):
        page(n, tags=("edited", f"paged{n}"))
        return server.until(f"/tags/paged{n}/", lambda status, _: status == 200)

    def template(n):
        server.write("templates/partials/footer.html" if is_ours else "layouts/partials/footer.html", f"<footer>mark-{n}</footer>")
        return server.until(url, shows(f"mark-{n}<"))

    def config(n):
        file = "versus.yaml" if is_ours else "hugo.toml"
        text_ = (server.root / file).read_text()
        lines = [f"title: Site{n}" if l.startswith("title:") else f'title = "Site{n}"' if l.startswith("title =") else l for l in text_.split("\n")]
        server.write(file, "\n".join(lines))
        return server.until(url, shows(f"Site{n}"))

    def style(n):
        server.write("static/style.css", f"a{{order:{n}}}")
        return server.until("/style.css", shows(f"order:{n}}}"))

    def subject(n):
        server.write("content/subjects/quick.md", f"---\nname: Quick{n}\n---\nText {n}.\n")
        return server.until("/subjects/quick/", shows(f"Quick{n}"))

    def new(n):
        server.write(f"content/post/07/new{n}.md", article(f"New {n}", "text", ["edited"], "2026-02-03"))
        return server.until(f"/post/07/new{n}/", lambda status, _: status == 200)

    def gone(n):
        (server.root / f"content/post/07/new{n}.md").unlink()
        return server.until(f"/post/07/new{n}/", lambda status, _: status == 404)

    kinds = [text, title, title_on_list, tag, tag_page, template, config, style, new, gone]
    return kinds + ([subject] if is_ours and server.get("/subjects/quick/")[0] == 200 else [])


def summary(times):
    ordered = sorted(t * 1000 for t in times)
    return f"{statistics.median(ordered):.0f} / {ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]:.0f}"


def measure(arguments, count):
    articles = pathlib.Path(tempfile.mkdtemp(prefix="preview-articles-"))
    generate(articles, count, blocks=2)
    servers = [versus(arguments.binary, articles, 18171)]
    if arguments.hugo:
        servers.append(hugo(arguments.hugo, articles, 18172))
    starts = {server.name: [] for server in servers}
    for _ in range(arguments.starts):
        for server in servers:
            starts[server.name].append(server.start("/post/07/p7/"))
            server.idle()
            if len(starts[server.name]) < arguments.starts:
                server.process.terminate()
                server.process.wait()
    for server in servers:
        print(f"{count:>6} {server.name:<7} start {summary(starts[server.name])} ms, cpu {server.cpu():.2f} s, {server.memory():.0f} MB", flush=True)
    kinds = {server.name: edits(server, count) for server in servers}
    times = {}
    for n in range(arguments.rounds):
        for server in servers:
            if server.name == "hugo" and n >= arguments.hugo_rounds:
                continue
            for kind in kinds[server.name]:
                before = server.idle(0.12)
                try:
                    shown = kind(n)
                except TimeoutError as error:
                    print("   STALE", error, flush=True)
                    shown = float("nan")
                cpu = server.idle(0.25) - before
                times.setdefault((kind.__name__, server.name), []).append((shown, cpu))
    for name in dict.fromkeys(name for name, _ in times):
        row = [f"{count:>6} {name:<14}"]
        for server in servers:
            if (name, server.name) in times:
                shown = [t for t, _ in times[name, server.name]]
                cpu = statistics.median(c for _, c in times[name, server.name])
                row.append(f"{server.name} {summary(shown):>13} ms, cpu {cpu * 1000:>5.0f} ms")
        print("   ".join(row), flush=True)
    for server in servers:
        print(f"{count:>6} {server.name:<7} in the end {server.memory():.0f} MB", flush=True)
        server.stop()
    shutil.rmtree(articles)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("binary")
    parser.add_argument("--hugo")
    parser.add_argument("--sizes", default="290,2900,10000")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--hugo-rounds", type=int, default=3)
    parser.add_argument("--starts", type=int, default=1)
    arguments = parser.parse_args()
    for size in arguments.sizes.split(","):
        measure(arguments, int(size))


if __name__ == "__main__":
    main()
