#!/usr/bin/env bash
# Installs the tool that lies beside this script, at the revision that the workflow names in `uses`, into an environment of
# its own. Reads ACTION_PATH, INPUT_VERSION, INPUT_PYTHON and the runner's RUNNER_TEMP; arguments it takes none.
set -euo pipefail

fail() {
    # Shown in the run's summary. What came from outside stands behind %, and a line break in it would begin a new command.
    local told=${1//'%'/%25}
    told=${told//$'\r'/%0D}
    printf '::error title=empathy-audit::%s\n' "${told//$'\n'/%0A}"
    exit 2
}

venv=$RUNNER_TEMP/empathy-audit
"$INPUT_PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 10))' ||
    fail "$INPUT_PYTHON is no Python of version 3.10 or newer; run actions/setup-python before this action"
# Twice in one job: the second time it is there.
if [ ! -x "$venv/bin/empathy-audit" ]; then
    "$INPUT_PYTHON" -m venv "$venv"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "$ACTION_PATH" ||
        fail "the tool could not be installed; what pip says stands above"
fi

brought=$("$venv/bin/empathy-audit" --version)
brought=${brought##* }
case "$brought." in
"${INPUT_VERSION:-$brought}".*) echo "empathy-audit $brought" ;;
*) fail "the action brings version $brought and not $INPUT_VERSION; name the tag of that version in \`uses\`" ;;
esac
