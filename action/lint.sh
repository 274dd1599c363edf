#!/usr/bin/env bash
# Runs `empathy-audit lint` with what the workflow gives in INPUT_ variables. Each is one argument, whatever stands in it,
# except INPUT_PATHS (one a line) and INPUT_ARGS (split at blanks as a shell would, and nothing else of a shell).
set -euo pipefail

bin=$RUNNER_TEMP/empathy-audit/bin
options=(-f github)
give() { # give --option VALUE: where there is one
    if [ -n "$2" ]; then options+=("$1=$2"); fi
}

split() {
    "$bin/python" -c '
import os, shlex, sys
try:
    sys.stdout.write("".join(part + "\0" for part in shlex.split(os.environ["INPUT_ARGS"])))
except ValueError as error:
    sys.exit(f"::error title=empathy-audit::args cannot be split: {error}; close each quotation mark")'
}

give --rubric "${INPUT_RUBRIC:-}"
give --fail-on "${INPUT_FAIL_ON:-}"
give --max-warnings "${INPUT_MAX_WARNINGS:-}"
give --baseline "${INPUT_BASELINE:-}"
give --changed-since "${INPUT_CHANGED_SINCE:-}"
if [ -n "${INPUT_SARIF_FILE:-}" ]; then options+=(-f sarif "--output-file=$INPUT_SARIF_FILE"); fi
if [ -n "${INPUT_ARGS:-}" ]; then
    split >"$RUNNER_TEMP/empathy-audit-args" || exit 2
    while IFS= read -r -d '' part; do options+=("$part"); done <"$RUNNER_TEMP/empathy-audit-args"
fi

paths=()
while IFS= read -r line; do
    line="${line#"${line%%[![:space:]]*}"}"
    line="${line%"${line##*[![:space:]]}"}"
    if [ -n "$line" ]; then paths+=("$line"); fi
done <<<"${INPUT_PATHS:-}"
if [ "${#paths[@]}" -eq 0 ]; then
    echo '::error title=empathy-audit::paths is empty; name files or folders with macros, one a line'
    exit 2
fi

# Behind -- nothing is an option.
exec "$bin/empathy-audit" lint "${options[@]}" -- "${paths[@]}"
