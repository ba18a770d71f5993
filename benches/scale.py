#!/usr/bin/env python3
"""Measures how the costs of versus grow with a site, and prints a table.

    benches/scale.py target/release/versus [--sizes 1000,10000,100000] [--blocks 0] [--rounds 3]

Articles are invented (`articles.py`), without highlighting, and everything is made
that is made by default. For each size: CPU milliseconds a page and peak memory of a
build from nothing, peak memory of `check`, the build's CPU beside that of deleting
and copying its output, and how much sooner two threads are done than one. Figures
are medians; all runs of a size take turns.
"""
import argparse, os, shutil, statistics, subprocess, tempfile, time

import articles


class Site(articles.Project):
    def __init__(self, binary, count, blocks):
        super().__init__(f"scale-{count}", {"versus.yaml": "title: Site\nbase_url: https://example.org/\nmarkdown: { highlight: false }\n"})
        self.binary = binary
        articles.generate(self.root, count, blocks)

    def run(self, *command):
        """CPU seconds, seconds and MB at the peak of a command of versus."""
        begin = time.perf_counter()
        process = subprocess.Popen([self.binary, *command, "--root", self.root, "-q", "--report", self.root / "report"],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        # `check` fails when it warns.
        assert process.returncode == 0 or command[0] == "check", (self.root / "report").read_text()[-2000:]
        return usage.ru_utime + usage.ru_stime, time.perf_counter() - begin, usage.ru_maxrss / 1024

    def build(self, jobs):
        shutil.rmtree(self.root / "public", ignore_errors=True)
        shutil.rmtree(self.root / ".versus", ignore_errors=True)
        return self.run("build", "--jobs", str(jobs))

    def copy(self):
        """CPU seconds of deleting a copy of the output and making it again."""
        copy = self.root / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.root / "public", copy)
        before = os.times()
        subprocess.run(f"rm -rf {copy} && cp -r {self.root / 'public'} {copy}", shell=True, check=True)
        after = os.times()
        shutil.rmtree(copy)
        return after.children_user + after.children_system - before.children_user - before.children_system


def measure(site, rounds):
    runs = []
    for _ in range(rounds):
        one, two = site.build(1), site.build(2)
        runs.append((two[0], two[2], one[1] / two[1], two[0] / site.copy(), site.run("check", "--no-cache")[2]))
    return [statistics.median(run[i] for run in runs) for i in range(5)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("binary", type=os.path.abspath)
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--blocks", type=int, default=0, help="blocks of code in an article")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", default="/dev/shm" if os.path.isdir("/dev/shm") else None,
                        help="where to build; a file system in memory, so that no disk counts")
    arguments = parser.parse_args()
    tempfile.tempdir = arguments.folder
    print("| articles | ms a page | MB, build | MB, check | CPU, copy = 1 | two threads |\n|--:|--:|--:|--:|--:|--:|")
    for count in map(int, arguments.sizes.split(",")):
        site = Site(arguments.binary, count, arguments.blocks)
        cpu, build, threads, copy, check = measure(site, arguments.rounds)
        site.remove()
        print(f"| {count} | {cpu / count * 1000:.2f} | {build:.0f} | {check:.0f} | {copy:.2f} | {threads:.2f} |", flush=True)


if __name__ == "__main__":
    main()
