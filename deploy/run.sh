#!/usr/bin/env bash
# Builds Vignette and serves it, the site and the relay together, until Ctrl-C:
#
#   ./deploy/run.sh [--port N] [--no-setup] [--no-build]
#
# On a fresh Debian machine it first installs what is missing. The second time there is nothing to do, and the page is
# up within seconds.
set -euo pipefail
cd "$(dirname "$0")/.."

port=8080
setup=yes
build=yes

usage() { sed -n '2,7s/^# \{0,1\}//p' "$0"; }
fail() { echo "run: $*" >&2; exit 2; }

while [ $# -gt 0 ]; do
  case $1 in
    --port) [ $# -ge 2 ] || fail "--port needs a number."; port=$2; shift ;;
    --port=*) port=${1#--port=} ;;
    --no-setup) setup=no ;;
    --no-build) build=no ;;
    -h | --help) usage; exit 0 ;;
    *) fail "There is no option $1; there are --port N, --no-setup and --no-build." ;;
  esac
  shift
done
[[ $port =~ ^[0-9]{1,5}$ ]] && [ "$port" -le 65535 ] || fail "\"$port\" is no port; give a number up to 65535."

log=build/run.log
mkdir -p build

# Runs a step with its output in the log; shows the end of it when the step fails.
quietly() {
  "$@" >"$log" 2>&1 && return
  tail -n 40 "$log" | cut -c1-300 >&2
  fail "\"$*\" failed; all of its output is in $log."
}

build_target() {
  local preset=$1 target=$2
  if [ ! -f "build/$preset/build.ninja" ]; then
    echo "run: building $target; the first time takes a few minutes" >&2
    quietly cmake --preset "$preset"
  fi
  quietly cmake --build "build/$preset" --target "$target"
}

[ $setup = no ] || ./deploy/setup
. deploy/environment.sh
if [ $build = yes ]; then
  build_target wasm vignette_site
  build_target release vignette-relay
fi
[ -x build/bin/vignette-relay ] && [ -f build/site/index.html ] ||
  fail "There is nothing to serve yet; run once without --no-build."

# The relay logs each request; that is for a file, not for the terminal somebody waits at.
build/bin/vignette-relay serve --site build/site --port "$port" >build/relay.out 2>build/relay.log &
relay=$!
# Ctrl-C reaches the relay as well; it finishes what it is sending and ends by itself.
stop() {
  trap - INT TERM EXIT
  kill "$relay" 2>/dev/null || true
  wait "$relay" || true
}
trap 'stop; exit 0' INT TERM
trap stop EXIT

until address=$(grep -om1 'http://[^ ]*' build/relay.out); do
  kill -0 "$relay" 2>/dev/null || { cat build/relay.log >&2; exit 1; }
  sleep 0.05
done
echo "Vignette is at $address"
wait "$relay"
