#!/usr/bin/env bash
# git merge against git rebase on a repository made for the purpose.
#
#   ./bench.sh [RUNS]
#
# Makes a repository of 2,000 files. `main` and `feature` part and get 200 commits each, which
# touch different files, so neither way meets a conflict. Then joins them both ways, each run in
# a fresh clone, and prints a line a run: seconds, commits made, objects made, and the bytes of
# the pack that a push of `feature` would send to a server that has both branches.
set -euo pipefail
runs=${1:-11}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=bench GIT_AUTHOR_EMAIL=bench@example.org
export GIT_COMMITTER_NAME=bench GIT_COMMITTER_EMAIL=bench@example.org

commits() { # BRANCH SUBTREE: 200 commits, each one line in one of 200 files
  git switch --quiet "$1"
  for i in $(seq 200); do
    echo "change $i on $1" >>"$2/$((i % 20))/$((i % 50)).txt"
    git commit --quiet --all --message "$1: change $i"
  done
}

origin=$work/origin
git init --quiet --initial-branch main "$origin"
cd "$origin"
for top in a b; do
  for dir in $(seq 0 19); do
    mkdir -p "$top/$dir"
    for file in $(seq 0 49); do
      seq "$file" $((file + 60)) >"$top/$dir/$file.txt"
    done
  done
done
git add . && git commit --quiet --message base
git branch feature
commits main a
commits feature b
git gc --quiet

git --version
printf 'files: %s\n' "$(git ls-files | wc -l)"
printf 'way\tseconds\tcommits\tobjects\tpush_bytes\n'
for run in $(seq "$runs"); do
  for way in merge rebase; do
    clone=$work/clone
    rm -rf "$clone"
    git clone --quiet --branch feature "$origin" "$clone"
    cd "$clone"
    git config gc.auto 0
    before=$(git rev-list --count --all)
    sync
    start=$(date +%s%N)
    if [ "$way" = merge ]; then
      git merge --quiet --no-edit origin/main >/dev/null
    else
      git rebase --quiet origin/main >/dev/null
    fi
    end=$(date +%s%N)
    objects=$(git count-objects | cut -d' ' -f1)
    made=$(($(git rev-list --count --all) - before))
    bytes=$(printf 'feature\n^origin/feature\n^origin/main\n' |
      git pack-objects --quiet --revs --thin --stdout | wc -c)
    printf '%s\t%s\t%s\t%s\t%s\n' "$way" \
      "$(awk "BEGIN { printf \"%.3f\", ($end - $start) / 1e9 }")" "$made" "$objects" "$bytes"
    cd "$work"
  done
done
