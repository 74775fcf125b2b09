#!/usr/bin/env bash
# Plays a whole 8D in Microsoft's Agents Playground, a stand-in for Teams from npm, with the published bot: without a tenant, an account or the network. It takes
# pictures of the thread, and fails where the report in Git is not the sample. Usage: tests/teams-play.sh [FOLDER-FOR-PICTURES]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work=$(mktemp -d)
trap 'sleep 0.5; rm -rf "$work"' EXIT
pictures=${1:-$work}
mkdir -p "$pictures"

command -v chromium >/dev/null || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1
[ -d tests/teams-judges/node_modules ] || (cd tests/teams-judges && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null)
dotnet publish src/EightD.Bot -c Release -o "$work/bot" -v quiet --nologo
node tests/teams-judges/play.mjs "$work" tests/EightD.Reports.Tests/Fixtures/sample.md "$(realpath "$pictures")"
