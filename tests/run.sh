#!/usr/bin/env bash
# Runs every layer of the tests and ends with "N passed, N failed".
#   ./tests/run.sh            everything CI runs
#   ./tests/run.sh --quick    without the browser, GCC and the fuzzers: before each commit
#   ./tests/run.sh --soak     everything and clang-tidy, with hours of fuzzing
#   ./tests/run.sh --tidy     only clang-tidy over what changed since it was last clean; over everything it takes half an hour
#   ./tests/run.sh --bench    only the benches: ours beside a named peer, in one run
set -uo pipefail
cd "$(dirname "$0")/.."

mode=full
for option in "$@"; do
  case "$option" in
    --quick) mode=quick ;;
    --soak) mode=soak ;;
    --bench) mode=bench ;;
    --tidy) mode=tidy ;;
    *) echo "run.sh: unknown option $option (--quick, --soak, --bench, --tidy)" >&2; exit 2 ;;
  esac
done

./deploy/setup || exit 1
. deploy/environment.sh
logs=build/logs
mkdir -p "$logs"
passed=0
failed=0
started=$SECONDS

# layer NAME MINUTES COMMAND…: runs it, counts what its output says, shows the output only when something failed.
# What does not end in its minutes is ended with all it started, so that one stuck part cannot hide the others.
layer() {
  local name=$1 limit=$(($2 * 60)) log="$logs/${1// /-}.log" at=$SECONDS status p f
  shift 2
  set -m  # the command becomes a process group of its own, which can be ended whole
  "$@" >"$log" 2>&1 </dev/null &
  local child=$!
  set +m
  trap 'kill -KILL -- -'$child'; exit 130' INT TERM
  while kill -0 $child 2>/dev/null; do
    if [ $((SECONDS - at)) -ge $limit ]; then
      echo "did not end within $((limit / 60)) minutes" >>"$log"
      kill -KILL -- -$child 2>/dev/null
    fi
    sleep 0.2
  done
  wait $child 2>/dev/null
  status=$?
  trap - INT TERM
  # doctest, node's test runner, and our own scripts ("N passed, N failed") each close with their counts
  read -r p f < <(sed -nE \
    -e 's/.*test cases: +[0-9]+ \| +([0-9]+) passed \| +([0-9]+) failed.*/\1 \2/p' \
    -e 's/^# pass ([0-9]+)/\1 0/p' -e 's/^# fail ([0-9]+)/0 \1/p' \
    -e 's/^([0-9]+) passed, ([0-9]+) failed.*/\1 \2/p' "$log" | awk '{p += $1; f += $2} END {print p + 0, f + 0}')
  if [ $status -ne 0 ] && [ "$f" = 0 ]; then f=1; fi
  passed=$((passed + p))
  failed=$((failed + f))
  if [ $status -eq 0 ]; then
    printf '%-28s ok      %4d passed  %4d s\n' "$name" "$p" $((SECONDS - at))
  else
    printf '%-28s FAILED  %4d failed  %4d s\n' "$name" "$f" $((SECONDS - at))
    cut -c1-400 "$log" | grep -vE '^(\[[0-9]+/[0-9]+\]|--) ' | tail -n 60
  fi
  return $status
}

build() { cmake --preset "$1" >/dev/null && cmake --build --preset "$1"; }
relay_build() { cmake --preset release >/dev/null && cmake --build --preset release --target vignette-relay vignette-emulator; }
unit_tests() { ctest --preset "$1" -V -j 2 -E "$([ $mode = quick ] && echo relay_hostile || echo none)"; }
format_check() { git ls-files '*.cpp' '*.hpp' | xargs clang-format-19 --dry-run -Werror && echo "1 passed, 0 failed"; }
node_tests() { node --test --test-reporter=tap tests/js/*.test.mjs; }
relay_tests() { node --test --test-reporter=tap tests/relay/"$1"/*.test.mjs; }
browser_test() { node --test --test-reporter=tap "$1"; }
kill_soak() { VIGNETTE_KILLS=1000 node --test --test-reporter=tap tests/e2e/kill.test.mjs; }
fuzz() { cmake --preset fuzz >/dev/null && cmake --build --preset fuzz --target fuzzers && node tests/fuzz/run.mjs "$1"; }

if [ $mode = bench ]; then
  { build wasm && cmake --build --preset wasm --target bench_pictures &&
    relay_build && cmake --build --preset release --target bench-upstream bench-holder bench-pacer; } >"$logs/bench-build.log" 2>&1 || { tail -40 "$logs/bench-build.log"; exit 1; }
  exec node tests/bench/run.mjs
fi

if [ $mode = tidy ]; then
  cmake --preset dev >/dev/null && cmake --build --preset dev --target vignette_ui >/dev/null && exec node tests/tidy.mjs
  exit 1
fi

layer "includes" 1 node tests/layers.mjs
layer "format" 2 format_check
layer "native build" 30 build dev && layer "native tests" 15 unit_tests dev
layer "site build" 30 build wasm && layer "wasm tests" 10 unit_tests wasm
layer "javascript" 5 node_tests
if [ $mode != quick ]; then
  layer "gcc build" 30 build gcc && layer "gcc tests" 5 unit_tests gcc
  if layer "relay build" 20 relay_build; then
    layer "relay clients" 5 relay_tests clients
    layer "relay threats" 10 relay_tests threats
    for file in tests/e2e/*.test.mjs; do
      layer "browser $(basename "$file" .test.mjs)" 8 browser_test "$file"
    done
  fi
  if [ $mode = soak ]; then layer "fuzz" 1440 fuzz 7200; else layer "fuzz" 20 fuzz 20; fi
fi
if [ $mode = soak ]; then layer "kill soak" 240 kill_soak; fi
if [ $mode = soak ]; then layer "clang-tidy" 90 node tests/tidy.mjs; fi

echo "took $((SECONDS - started)) s"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
