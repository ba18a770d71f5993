#!/usr/bin/env bash
# npm, pnpm and Yarn: installing one project again, as a build server with a warm cache does.
#
#   NPM=… PNPM=… YARN=… ./bench.sh
#
# Each variable is the command to run, by default the program on the PATH. Copies package.json from beside this file
# into a folder for each, lets each write its lockfile and fill a cache of its own, then removes
# what was installed and installs again from lockfile and cache, install scripts off. Prints the
# seconds (median and extremes of seven), how many files an installation has, and by how much
# a second project with the same lockfile grows the disk, cache included. `yarn` is Yarn with its
# default, Plug'n'Play. Needs network for the first installation only.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
runs=7
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CI=1 HOME=$work/home XDG_DATA_HOME=$work/home/data XDG_CACHE_HOME=$work/home/cache
export npm_config_cache=$work/home/npm YARN_GLOBAL_FOLDER=$work/home/yarn YARN_ENABLE_TELEMETRY=0
export YARN_ENABLE_SCRIPTS=0
mkdir -p "$HOME"
read -ra NPM <<<"${NPM:-npm}"
read -ra PNPM <<<"${PNPM:-pnpm}"
read -ra YARN <<<"${YARN:-yarn}"

first() {
  case $1 in
    npm) "${NPM[@]}" install --ignore-scripts --no-audit --no-fund ;;
    pnpm) "${PNPM[@]}" install --ignore-scripts --store-dir "$HOME/pnpm-store" --no-frozen-lockfile ;;
    yarn) "${YARN[@]}" install --no-immutable ;;
  esac
}
again() {
  case $1 in
    npm) "${NPM[@]}" ci --ignore-scripts --no-audit --no-fund --offline ;;
    pnpm) "${PNPM[@]}" install --ignore-scripts --store-dir "$HOME/pnpm-store" --frozen-lockfile --offline ;;
    yarn) "${YARN[@]}" install --immutable ;;
  esac
}
empty() { rm -rf node_modules .pnp.cjs .pnp.loader.mjs .yarn; }
used() { du -sk "$work" | cut -f1; } # a hard link counts once

printf 'npm %s, pnpm %s, yarn %s\n' "$("${NPM[@]}" --version)" "$("${PNPM[@]}" --version)" "$("${YARN[@]}" --version)"
for tool in npm pnpm yarn; do
  mkdir "$work/$tool" && cd "$work/$tool"
  cp "$here/package.json" .
  if [ $tool = yarn ]; then touch yarn.lock; fi
  first $tool >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
  empty
  again $tool >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
  for _ in $(seq "$runs"); do
    empty
    sync
    start=$(date +%s%N)
    again $tool >"$work/log" 2>&1
    end=$(date +%s%N)
    awk "BEGIN { printf \"%.3f\n\", ($end - $start) / 1e9 }"
  done | sort -n | awk -v tool=$tool '{ t[NR] = $1 }
    END { printf "%s\tseconds %s (%s to %s)\n", tool, t[int((NR + 1) / 2)], t[1], t[NR] }'
  if [ -d node_modules ]; then
    printf '%s\tfiles in node_modules %s\n' $tool "$(find node_modules -type f | wc -l)"
  else
    printf '%s\tno node_modules; files written %s\n' $tool \
      "$(find . -type f -newer package.json ! -name yarn.lock | wc -l)"
  fi
  mkdir "$work/$tool-2" && cp package.json *lock* "$work/$tool-2" && cd "$work/$tool-2"
  before=$(used)
  again $tool >"$work/log" 2>&1
  printf '%s\tsecond project, MiB: %s\n' $tool "$(awk "BEGIN { printf \"%.1f\", ($(used) - $before) / 1024 }")"
done
