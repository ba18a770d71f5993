#!/usr/bin/env python3
"""Writes a site of invented comparison articles, the same on every machine.

    benches/articles.py FOLDER COUNT [--blocks 6] [--seed 7]

An article has about 13 KB with six blocks of code, 4 KB with two, 3 KB with none.
"""
import argparse, itertools, pathlib, random, shutil, tempfile

SYLLABLES = [a + b for a in "bcdfghklmnprstvz" for b in "aeiou"]

# Code of one kind each; {0}, {1}, … are words.
CODE = {
    "go": """func {0}(items []int, limit int) (map[string]int, error) {{
	seen := make(map[string]int, len(items)) // {1}
	for index, item := range items {{
		if item > limit && index%2 == 0 {{
			return nil, fmt.Errorf("{2} %d is over %q", item, "{3}")
		}}
		seen[strconv.Itoa(item)] += index
	}}
	return seen, nil
}}
""",
    "rust": """/// Counts {0} by {1}.
pub fn {2}<'a>(items: &'a [Item], limit: u64) -> Result<HashMap<&'a str, u64>, Error> {{
    let mut seen = HashMap::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {{
        if item.size > limit {{
            return Err(Error::TooLarge {{ index, name: format!("{3}-{{}}", item.name) }});
        }}
        *seen.entry(item.name.as_str()).or_insert(0) += item.size * 0x1f;
    }}
    Ok(seen)
}}
""",
    "python": '''def {0}(items: list[int], limit: int = 42) -> dict[str, int]:
    """Counts {1} by {2}."""
    seen = {{}}
    for index, item in enumerate(items):
        if item > limit and index % 2 == 0:
            raise ValueError(f"{3} {{item!r}} is over the limit")
        seen[str(item)] = seen.get(str(item), 0) + index
    return {{key: value for key, value in seen.items() if value is not None}}
''',
    "yaml": """apiVersion: apps/v1
kind: Deployment
metadata:
  name: {0}
  labels: {{ app: {1}, tier: "{2}" }}
spec:
  replicas: 3
  template:
    spec:
      containers:
        - name: {3}
          image: registry.example.org/{0}:1.4.2 # {1}
          env:
            - name: {2}
              value: "on"
""",
    "bash": """#!/usr/bin/env bash
set -euo pipefail
{0}="${{1:-{1}}}"
for file in "${{{0}}}"/*.tar.gz; do
  if [[ -s "$file" ]] && ! grep -q '{2}' "$file.log"; then
    tar -xzf "$file" -C /var/lib/{3} | tee -a "$file.log" # {1}
  fi
done
echo "{2}: $(ls -1 "${{{0}}}" | wc -l) files"
""",
    "ts": """export interface {0} {{ readonly id: number; name?: string; tags: Array<"{1}" | "{2}"> }}

export async function load(url: string, limit = 1e3): Promise<{0}[]> {{
  const answer = await fetch(`${{url}}/{3}?limit=${{limit}}`, {{ headers: {{ accept: "application/json" }} }});
  if (!answer.ok) throw new Error(`{1}: ${{answer.status}}`);
  const all: {0}[] = await answer.json();
  return all.filter((one) => one.name !== undefined && /^[a-z]+$/i.test(one.name)); // {2}
}}
""",
}


class Writer:
    """Words as they are in a language: few are frequent, and topics share theirs."""

    def __init__(self, count, seed):
        self.random = random.Random(seed)
        self.vocabulary = ["".join(self.random.choice(SYLLABLES) for _ in range(2 + i % 3)) for i in range(30_000)]
        self.weights = list(itertools.accumulate(1 / (i + 3) for i in range(len(self.vocabulary))))
        self.topics = [self.words(60) for _ in range(max(40, count // 25))]

    def words(self, count):
        return self.random.choices(self.vocabulary, cum_weights=self.weights, k=count)

    def body(self, topic, blocks):
        """Paragraphs below headings, and blocks of code between them."""
        parts = []
        for part in range(max(8, 4 * blocks)):
            text = self.words(50)
            text[::4] = (self.random.choice(topic) for _ in text[::4])
            if part % 2 == 0:
                parts.append("## " + " ".join(text[:3]).capitalize())
            parts.append(" ".join(text).capitalize() + ".")
            if part % 4 == 1 and part // 4 < blocks:
                language = list(CODE)[(part // 4 + len(text[5])) % len(CODE)]
                code = "".join(CODE[language].format(*self.words(4)) for _ in range(2))
                parts.append(f"```{language}\n{code}```")
        return "\n\n".join(parts)


def article(title, body, tags, date, description="What the two are good at.", nested=False):
    """An article's file; Zola wants its taxonomies in a map of their own."""
    tags = f"tags: [{', '.join(tags)}]"
    tags = f"taxonomies:\n  {tags}" if nested else tags
    return f"---\ntitle: {title}\ndescription: {description}\ndate: {date}\n{tags}\n---\n\n{body}\n"


def generate(folder, count, blocks=6, seed=7, nested=False):
    """Writes so many articles below `content/post/`."""
    writer = Writer(count, seed)
    r = writer.random
    for i in range(count):
        topic = r.choice(writer.topics)
        title = f"{r.choice(topic).capitalize()} vs {r.choice(topic).capitalize()} {i}"
        date = f"20{10 + i % 16:02}-{1 + i % 12:02}-{1 + i % 28:02}"
        tags = [r.choice(topic), r.choice(topic)]
        description = " ".join(r.choice(topic) for _ in range(8)).capitalize() + "."
        path = pathlib.Path(folder) / f"content/post/{i % 100:02}/p{i}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(article(title, writer.body(topic, blocks), tags, date, description, nested))


class Project:
    """A folder for a generator, with its own files."""

    def __init__(self, name, files):
        self.name = name
        self.root = pathlib.Path(tempfile.mkdtemp(prefix=f"bench-{name.replace(' ', '-')}-"))
        for path, text in files.items():
            self.write(path, text)

    def write(self, path, text):
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)

    def remove(self):
        shutil.rmtree(self.root, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--blocks", type=int, default=6, help="blocks of code in an article")
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    generate(arguments.folder, arguments.count, arguments.blocks, arguments.seed)
    config = arguments.folder / "versus.yaml"
    if not config.exists():
        config.write_text("title: Articles\nbase_url: https://example.org/\n")


if __name__ == "__main__":
    main()
