#!/usr/bin/env bash
# gzip against zstd, on one thread, from a file in the page cache to a pipe nobody reads.
#
#   ./bench.sh [FILE]
#
# Without a FILE it makes one: every .py file of Python's standard library in one tar.
# For each level it prints the size, the seconds to compress and to decompress (the median and
# the extremes of seven runs), and the peak memory of one run of each. Needs bash, awk, python3
# and GNU time.
set -euo pipefail
runs=7
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

file=${1:-$work/stdlib.tar}
if [ ! -e "$file" ]; then
  python3 - "$file" <<'PYTHON'
import pathlib, sys, sysconfig, tarfile
root = pathlib.Path(sysconfig.get_path("stdlib"))
paths = sorted(p for p in root.rglob("*.py") if "site-packages" not in p.parts)
with tarfile.open(sys.argv[1], "w") as tar:
    for path in paths:
        info = tarfile.TarInfo(str(path.relative_to(root)))
        info.size = path.stat().st_size
        with open(path, "rb") as source:
            tar.addfile(info, source)
PYTHON
fi
size=$(stat -c %s "$file")

timed() { # seconds of each run, then median, least and most
  for _ in $(seq "$runs"); do
    start=$(date +%s%N)
    "$@" >/dev/null
    end=$(date +%s%N)
    awk "BEGIN { printf \"%.4f\n\", ($end - $start) / 1e9 }"
  done | sort -n | awk '{ t[NR] = $1 } END { printf "%s\t%s\t%s", t[int((NR + 1) / 2)], t[1], t[NR] }'
}

peak() { # KiB
  command time -f %M "$@" 2>&1 >/dev/null | tail -1
}

gzip --version | head -1
zstd --version
printf 'input: %s bytes\n' "$size"
printf 'what\tbytes\tratio\tpack_s\tmin\tmax\tunpack_s\tmin\tmax\tpack_KiB\tunpack_KiB\n'
level() { # LABEL SUFFIX PACK...
  label=$1 packed=$work/packed.$2
  shift 2
  "$@" <"$file" >"$packed"
  cat "$file" "$packed" >/dev/null
  local unpack=("$1" -dc "$packed")
  [ "$1" = zstd ] && unpack=(zstd --single-thread -qdc "$packed")
  cmp "$file" <("${unpack[@]}")
  bytes=$(stat -c %s "$packed")
  printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$label" "$bytes" \
    "$(awk "BEGIN { printf \"%.2f\", $size / $bytes }")" \
    "$(timed "$@" "$file")" "$(timed "${unpack[@]}")" "$(peak "$@" "$file")" "$(peak "${unpack[@]}")"
}
for n in 1 6 9; do level "gzip -$n" gz gzip -c "-$n"; done
for n in 1 3 9 19; do level "zstd -$n" zst zstd --single-thread -qc "-$n"; done
