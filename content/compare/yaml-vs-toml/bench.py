"""YAML against TOML: reading the same settings with Python's usual readers.

    python3 bench.py

Makes settings of 1,000 services, three levels deep with a list each, writes them in both formats as
a person would (no quotes in YAML where none are needed), and checks that every reader gives
the same data. Prints the sizes, and for each reader the seconds of one reading: the median and
the extremes of eleven. Needs PyYAML with its C reader, and tomli as a compiled wheel; tomllib is
in the standard library.
"""

import platform
import random
import statistics
import sys
import time
import tomllib

import tomli
import yaml

RUNS = 11
SERVICES = 1_000
WORDS = "amber birch cedar delta ember frost gravel harbor iris juniper kelp lichen".split()


def settings():
    chance = random.Random(5)
    word = lambda: chance.choice(WORDS)
    return {
        "services": {
            f"{word()}-{number}": {
                "image": f"registry.example.org/{word()}/{word()}",
                "replicas": chance.randrange(1, 9),
                "ratio": chance.randrange(1, 99) / 100,
                "public": chance.random() < 0.5,
                "limits": {"memory": chance.randrange(64, 4096), "cpu": chance.randrange(1, 8)},
                "tags": [word() for _ in range(3)],
            }
            for number in range(SERVICES)
        }
    }


def scalar(value, quote):
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{value}"' if quote and isinstance(value, str) else str(value)


def as_yaml(data):
    lines = ["services:"]
    for name, service in data["services"].items():
        lines.append(f"  {name}:")
        for key, value in service.items():
            if isinstance(value, dict):
                lines.append(f"    {key}:")
                lines += [f"      {inner}: {scalar(v, False)}" for inner, v in value.items()]
            elif isinstance(value, list):
                lines.append(f"    {key}:")
                lines += [f"      - {scalar(v, False)}" for v in value]
            else:
                lines.append(f"    {key}: {scalar(value, False)}")
    return "\n".join(lines) + "\n"


def as_toml(data):
    lines = []
    for name, service in data["services"].items():
        lines.append(f"[services.{name}]")
        tables = []
        for key, value in service.items():
            if isinstance(value, dict):
                tables.append(f"[services.{name}.{key}]")
                tables += [f"{inner} = {scalar(v, True)}" for inner, v in value.items()]
            elif isinstance(value, list):
                lines.append(f"{key} = [{', '.join(scalar(v, True) for v in value)}]")
            else:
                lines.append(f"{key} = {scalar(value, True)}")
        lines += [*tables, ""]
    return "\n".join(lines)


def timed(read, text):
    seconds = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        read(text)
        seconds.append(time.perf_counter() - begin)
    return f"{statistics.median(seconds):.4f}\t{min(seconds):.4f}\t{max(seconds):.4f}"


def main():
    data = settings()
    texts = {"yaml": as_yaml(data), "toml": as_toml(data)}
    readers = [
        ("yaml", "PyYAML, Python", lambda text: yaml.load(text, yaml.SafeLoader)),
        ("yaml", "PyYAML, C", lambda text: yaml.load(text, yaml.CSafeLoader)),
        ("toml", "tomllib, Python", tomllib.loads),
        ("toml", "tomli, compiled", tomli.loads),
    ]
    print("Python", platform.python_version(), "PyYAML", yaml.__version__, "libyaml",
          ".".join(map(str, yaml._yaml.get_version())))
    print("tomli compiled:", not sys.modules["tomli._parser"].__file__.endswith(".py"))
    for name, text in texts.items():
        print(f"{name}\t{len(text.encode())} bytes\t{text.count(chr(10))} lines")
    for name, label, read in readers:
        assert read(texts[name]) == data, label
        print(f"{name}\t{label}\t{timed(read, texts[name])}", flush=True)


main()
