#!/usr/bin/env bash
# Go against Rust: one small program in each, built and run.
#
#   ./bench.sh
#
# Both count the words of one text of about 100 MB and print the ten most frequent, with what the
# standard libraries offer and no tuning. Prints the seconds of a build from nothing and of a
# second build after a change, the size of the program, and the seconds and peak memory of a run.
# Needs go, rustc, python3 and GNU time.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
runs=9
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
cd "$work"
export GOCACHE=$work/cache GOFLAGS=-mod=mod GOTOOLCHAIN=local

python3 - <<'PYTHON'
import random
chance = random.Random(13)
letters = "etaoinshrdlu"
words = ["".join(chance.choice(letters) for _ in range(chance.randrange(2, 10))) for _ in range(60_000)]
with open("text.txt", "w") as text:
    for _ in range(1_500_000):
        picks = (words[int(len(words) * chance.random() ** 3)] for _ in range(11))
        text.write(" ".join(picks) + "\n")
PYTHON

mkdir go rust
cp "$here/wordcount.go" go/main.go
printf 'module wordcount\n\ngo 1.24\n' >go/go.mod
cp "$here/wordcount.rs" rust/main.rs

seconds() { # of a command
  start=$(date +%s%N)
  "$@"
  end=$(date +%s%N)
  awk "BEGIN { printf \"%.3f\", ($end - $start) / 1e9 }"
}
build_go() { (cd go && go build -o ../count-go .); }
build_rust() { rustc --edition 2024 -O -o count-rust rust/main.rs; }
spread() { sort -n | awk '{ t[NR] = $1 } END { printf "%s (%s to %s)\n", t[int((NR + 1) / 2)], t[1], t[NR] }'; }

go version
rustc --version
printf 'text: %s bytes\n' "$(stat -c %s text.txt)"
for language in go rust; do
  for _ in $(seq 5); do
    rm -rf "$GOCACHE" count-*
    seconds "build_$language"
    echo
  done | spread | sed "s/^/$language, build from nothing, s: /"
  for n in $(seq 5); do
    printf '// change %s\n' "$n" >>"$(echo $language/main.*)"
    seconds "build_$language"
    echo
  done | spread | sed "s/^/$language, build after a change, s: /"
done
build_go && build_rust
cmp <(./count-go text.txt) <(./count-rust text.txt)
stat -c '%n, bytes: %s' count-go count-rust
for language in go rust; do
  cp count-$language stripped && strip stripped
  stat -c "$language stripped, bytes: %s" stripped
  cat text.txt >/dev/null
  for _ in $(seq "$runs"); do
    command time -f '%e %U %S %M' "./count-$language" text.txt 2>&1 >/dev/null
  done >runs-$language
  for column in 1:wall,s 2:user,s 4:peak,KiB; do
    cut -d' ' -f"${column%%:*}" runs-$language | spread | sed "s/^/$language, run, ${column#*:}: /"
  done
done
