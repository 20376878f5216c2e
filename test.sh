#!/usr/bin/env bash
# Installs what the tests need, builds everything, runs every test. Last line: "N passed, N failed".
# The tests start their own servers, on free loopback ports and in temporary folders, and stop them.
#
#   --fast   under a minute after the build, for the time between two edits: the tests that need no server, no root and, but for python3, no other
#            process.
set -uo pipefail
cd "$(dirname "$0")"

case "$*" in
    "") fast= ;;
    --fast) fast=yes ;;
    *) echo "usage: ./test.sh [--fast]" >&2; exit 2 ;;
esac

packages=(rabbitmq-server librsvg2-2 fonts-dejavu-core python3 python3-pika postgresql)
commands=(dotnet)
filter=
if [ "$fast" ]; then
    packages=()
    commands+=(python3)
    # Parts of names. What needs a server or a process of its own:
    left_out=(Tests.RabbitMq .Postgres .EndToEnd.)
    # what needs librsvg:
    left_out+=(.LibrsvgTests .RendererActorTests.Draw_ .PlotNodeTests.Node_Notifications)
    # and what takes long: a store that crashes at every step of its life, and a simulation that writes SQLite files.
    left_out+=(CrashTests .Seeds_Sqlite)
    for part in "${left_out[@]}"; do
        filter+=${filter:+&}FullyQualifiedName!~$part
    done
    export SIMULATION_SEEDS=${SIMULATION_SEEDS:-100}
fi
configuration=${CONFIGURATION:-Release}

fail() { echo "test.sh: $1" >&2; echo "0 passed, 1 failed"; exit 1; }

for command in "${commands[@]}"; do
    command -v "$command" >/dev/null || fail "$command is missing: install it (dotnet: the .NET 10 SDK)"
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

# Locked: a package that is not the one of packages.lock.json ends the build.
dotnet build Diabetes.Actors.sln -c "$configuration" -p:RestoreLockedMode=true -v q -clp:NoSummary || fail "the build failed"

# Runs a command and prints what it said when it has ended, so that two lanes do not write into each other's lines.
run() {
    local name=$1 begin=$SECONDS
    shift
    "$@" > "$results/$name.log" 2>&1 || touch "$results/$name.failed"
    flock "$results" sh -c 'echo "== $1 ($2 s)"; cat "$3"' - "$name" $((SECONDS - begin)) "$results/$name.log"
}

# Runs the tests of a project: all of them, or those that a filter names.
test_project() {
    local project=$1 result=$2 only=${3:-}
    local both=$filter${filter:+${only:+&}}$only
    dotnet test "tests/$project/bin/$configuration/net10.0/$project.dll" ${both:+--filter "$both"} \
        --logger "trx;LogFileName=$result.trx" --results-directory "$results" -v q
    local status=$?
    [ -s "$results/$result.trx" ] || { echo "$result left no result: it crashed"; status=1; }
    return $status
}

check_lines() {
    ! LC_ALL=C.UTF-8 grep -rnE --include='*.cs' --exclude-dir=obj '^.{141,}' src tests bench
}

# Two lanes for two cores. The tests that start nodes as processes take as long as all others together.
trap 'trap - TERM; kill 0' INT
[ "$fast" ] || ( run EndToEnd test_project Diabetes.Nodes.Tests EndToEnd 'FullyQualifiedName~.EndToEnd.' ) &
for project in tests/*.Tests; do
    name=$(basename "$project")
    only=
    [ "$name" = Diabetes.Nodes.Tests ] && only='FullyQualifiedName!~.EndToEnd.'
    run "$name" test_project "$name" "$name" "$only"
done
[ "$fast" ] || run format dotnet format Diabetes.Actors.sln --verify-no-changes --no-restore
run lines check_lines
wait

status=0
compgen -G "$results/*.failed" > /dev/null && status=1

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
