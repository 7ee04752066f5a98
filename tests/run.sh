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
logs=build/logs
mkdir -p "$logs"
passed=0
failed=0
started=$SECONDS

# layer NAME COMMAND…: runs it, counts what its output says, shows the output only when something failed.
layer() {
  local name=$1 log="$logs/${1// /-}.log" at=$SECONDS status p f
  shift
  "$@" >"$log" 2>&1
  status=$?
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
unit_tests() { ctest --preset "$1" -V -j 2; }
format_check() { git ls-files '*.cpp' '*.hpp' | xargs clang-format-19 --dry-run -Werror && echo "1 passed, 0 failed"; }
node_tests() { node --test --test-reporter=tap tests/js/; }
fuzz() { cmake --preset fuzz >/dev/null && cmake --build --preset fuzz --target fuzzers && node tests/fuzz/run.mjs "$1"; }

if [ $mode = bench ]; then
  { build wasm && cmake --build --preset wasm --target bench_pictures; } >"$logs/bench-build.log" 2>&1 || { tail -40 "$logs/bench-build.log"; exit 1; }
  exec node tests/bench/run.mjs
fi

if [ $mode = tidy ]; then
  cmake --preset dev >/dev/null && cmake --build --preset dev --target vignette_ui >/dev/null && exec node tests/tidy.mjs
  exit 1
fi

layer "includes" node tests/layers.mjs
layer "format" format_check
layer "native build" build dev && layer "native tests" unit_tests dev
layer "site build" build wasm && layer "wasm tests" unit_tests wasm
layer "javascript" node_tests
if [ $mode != quick ]; then
  layer "gcc build" build gcc && layer "gcc tests" unit_tests gcc
  layer "relay build" relay_build && layer "browser" node tests/e2e/run.mjs
  layer "fuzz" fuzz "$([ $mode = soak ] && echo 7200 || echo 20)"
fi
if [ $mode = soak ]; then layer "clang-tidy" node tests/tidy.mjs; fi

echo "took $((SECONDS - started)) s"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
