#!/usr/bin/env bash
# Carries out the Dockerfile in folders of this machine, instruction by instruction, where no Docker engine is: COPY, RUN, ENV and
# WORKDIR mean here what they mean there, but for the root of the file system. Prints how to start what comes out.
# usage: deploy/by-hand.sh FOLDER        (NODE_BIN: the folder of another Node than the one in PATH)
set -euo pipefail
source=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
out=${1:?usage: deploy/by-hand.sh FOLDER}
mkdir -p "$out"
out=$(cd "$out" && pwd)
export PATH="${NODE_BIN:+$NODE_BIN:}$PATH"

# What the build context holds: the files that git knows, without what .dockerignore names.
context=$out/context
mkdir "$context"
git -C "$source" ls-files -z --cached --others --exclude-standard | (cd "$source" && xargs -0 cp --parents -t "$context" --)

stage='' root=''
run() { # a RUN instruction: paths from / are below the stage's root
  (cd "$root/app" && npm_config_cache=$out/.npm sh -euc "${1//\/data/$root/data}")
}
copy() {
  local from=$context
  case $1 in --from=*) from=$out/${1#--from=}; shift ;; esac
  local to=${*: -1} given
  for given in "${@:1:$#-1}"; do
    given=$from/${given#/}
    if [ -d "$given" ]; then mkdir -p "$root/app/$to" && cp -a "$given/." "$root/app/$to/"; else cp -a "$given" "$root/app/$to"; fi
  done
}

# Instructions that go over several lines are joined first.
sed -e ':a' -e '/\\$/{N;s/\\\n//;ba' -e '}' "$source/Dockerfile" | while IFS= read -r line; do
  case $line in
    '' | '#'*) ;;
    'FROM '*' AS '*) stage=${line##* } root=$out/$stage; mkdir -p "$root/app"; echo "== $line" ;;
    'FROM '*) stage=image root=$out/$stage; mkdir -p "$root/app"; echo "== $line" ;;
    'COPY '*) echo "$line"; read -ra words <<<"${line#COPY }"; copy "${words[@]}" ;;
    'RUN apt-get '*) echo "   (to be done on this machine: $line)" ;;
    'RUN '*) echo "$line"; command=${line#RUN }; run "${command/chown node:node/true node:node}" </dev/null ;;
    *) echo "   ($line)" ;;
  esac
done
echo
echo "image: $(du -sm "$out/image" | cut -f1) MB without Node; start it with, for example:"
echo "  cd $out/image/app && GUARITA_DATA_DIR=$out/image/data DATABASE_URL=... GUARITA_SECRET=... node --enable-source-maps dist/server/main.js"
