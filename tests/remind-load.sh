#!/usr/bin/env bash
# So many people are reminded at 09:00, each by a message of their own, while others work: how long turns take before and meanwhile. Usage: tests/remind-load.sh [PEOPLE]
# The published build believes that it is that day (libfaketime). Needs: the .NET SDK, the Debian package faketime (installed where it is missing).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
people=${1:-10000} port=${PORT:-3995}
command -v faketime >/dev/null || apt-get install -y faketime >/dev/null
library=$(find /usr/lib -name libfaketimeMT.so.1 | head -1)
work=$(mktemp -d)
bot=''
trap 'kill $bot 2>/dev/null || true; rm -rf "$work"' EXIT

dotnet publish src/EightD.Bot -c Release -o "$work/bot" -v quiet --nologo
dotnet build tests/EightD.Benchmarks -c Release -v quiet --nologo
measure=(dotnet tests/EightD.Benchmarks/bin/Release/net10.0/EightD.Benchmarks.dll)

at() {
  env LD_PRELOAD="$library" FAKETIME="@$1" TZ=UTC dotnet "$work/bot/EightD.Bot.dll" --Playground:Enabled=true --urls "http://127.0.0.1:$port" --Metrics:Prometheus=true \
    --Storage:Path "$work/eightd.db" --Git:Remote "$work/reports.git" --Reminders:Interval=00:00:01 --Logging:LogLevel:Default=Warning >"$work/log" 2>&1 &
  bot=$!
  until curl -fs -o /dev/null "http://127.0.0.1:$port/readyz"; do kill -0 "$bot"; sleep 0.05; done
}

at '2024-12-13 16:00:00' # a Friday
"${measure[@]}" assign "http://127.0.0.1:$port" "$people" 2024-12-17
kill "$bot"
wait "$bot" || true
at '2024-12-16 08:59:20'
"${measure[@]}" remind "http://127.0.0.1:$port" "$people"
