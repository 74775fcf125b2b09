#!/usr/bin/env bash
# Whole turns through the playground's API of the published build, 32 senders over 64 conversations; with a number, in a store that
# already holds so many 8Ds. Usage: tests/load.sh [SECONDS] [8Ds]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
seconds=${1:-15} filled=${2:-0} port=${PORT:-3997}
work=$(mktemp -d)
trap 'kill "$bot" 2>/dev/null || true; rm -rf "$work"' EXIT
bot=0

dotnet publish src/EightD.Bot -c Release -o "$work/bot" -v quiet --nologo
dotnet build tests/EightD.Benchmarks -c Release -v quiet --nologo
measure=(dotnet tests/EightD.Benchmarks/bin/Release/net10.0/EightD.Benchmarks.dll)
if [ "$filled" -gt 0 ]; then "${measure[@]}" fill "$work/eightd.db" "$filled"; fi

began=$(date +%s%N)
dotnet "$work/bot/EightD.Bot.dll" --Playground:Enabled=true --urls "http://127.0.0.1:$port" \
  --Storage:Path "$work/eightd.db" --Git:Remote "$work/reports.git" >"$work/log" 2>&1 &
bot=$!
until curl -fs -o /dev/null "http://127.0.0.1:$port/readyz"; do kill -0 "$bot"; sleep 0.01; done
echo "ready after $((($(date +%s%N) - began) / 1000000)) ms"
"${measure[@]}" load "http://127.0.0.1:$port" "$seconds" "$bot"
