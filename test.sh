#!/usr/bin/env bash
# Installs what the tests need, builds everything, runs every test. Last line: "N passed, N failed".
# The tests start their own servers, on free loopback ports and in temporary folders, and stop them.
set -uo pipefail
cd "$(dirname "$0")"

packages=(rabbitmq-server librsvg2-2 fonts-dejavu-core python3 python3-pika postgresql)
commands=(dotnet)
configuration=${CONFIGURATION:-Release}

fail() { echo "test.sh: $1" >&2; echo "0 passed, 1 failed"; exit 1; }

for command in "${commands[@]}"; do
    command -v "$command" >/dev/null || fail "$command is missing: install the .NET 10 SDK"
done

missing=()
for package in "${packages[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
    [ "$(id -u)" = 0 ] || fail "these Debian packages are missing: ${missing[*]} (sudo apt-get install ${missing[*]})"
    echo "Installing ${missing[*]}"
    # A broker of the system's own is not wanted: the tests start theirs.
    policy=/usr/sbin/policy-rc.d
    [ -e "$policy" ] && policy= || { printf '#!/bin/sh\nexit 101\n' > "$policy"; chmod +x "$policy"; }
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    installed=$?
    [ -n "$policy" ] && rm -f "$policy"
    [ $installed = 0 ] || fail "apt-get could not install ${missing[*]}"
fi

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

dotnet build Diabetes.Actors.sln -c "$configuration" -v q -clp:NoSummary || fail "the build failed"

status=0
for project in tests/*.Tests; do
    name=$(basename "$project")
    echo "== $name"
    dotnet test "$project" -c "$configuration" --no-build --logger "trx;LogFileName=$name.trx" --results-directory "$results" -v q || status=1
    [ -s "$results/$name.trx" ] || { echo "$name left no result: it crashed" >&2; status=1; }
done

# The sums come from the results themselves: what did not run is not counted as passed.
read -r passed failed < <(python3 - "$results" <<'PY'
import glob, sys, xml.etree.ElementTree as ET
passed = failed = 0
for path in glob.glob(sys.argv[1] + "/*.trx"):
    counters = next(e for e in ET.parse(path).iter() if e.tag.endswith("Counters"))
    passed += int(counters.get("passed"))
    failed += int(counters.get("total")) - int(counters.get("passed"))
print(passed, failed)
PY
)
if [ "$status" != 0 ] && [ "${failed:-0}" = 0 ]; then failed=1; fi
echo "${passed:-0} passed, ${failed:-1} failed"
[ "${failed:-1}" = 0 ] && [ "${passed:-0}" -gt 0 ]
