#!/usr/bin/env bash
# Signed slash commands: Bolt, which acknowledges and does nothing else, then the published bot, which verifies, decides, saves on SQLite and acknowledges.
# Both in one run on the same cores, 32 senders over 64 channels. Usage: tests/slack-speed.sh [SECONDS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
seconds=${1:-10} port=${PORT:-3995}
work=$(mktemp -d)
running=''
trap 'kill $running 2>/dev/null || true; rm -rf "$work"' EXIT

[ -d tests/slack-judges/node_modules ] || (cd tests/slack-judges && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null)
dotnet publish src/EightD.Bot -c Release -o "$work/bot" -v quiet --nologo
dotnet build tests/EightD.Benchmarks -c Release -v quiet --nologo
measure=(dotnet tests/EightD.Benchmarks/bin/Release/net10.0/EightD.Benchmarks.dll slack)

node tests/slack-judges/acknowledge.mjs "$port" >"$work/bolt.log" &
running=$!
until grep -q ready "$work/bolt.log"; do kill -0 "$running"; sleep 0.05; done
echo "Bolt, acknowledging only:"
"${measure[@]}" "http://127.0.0.1:$port/slack/events" "$seconds"
kill "$running"
wait "$running" 2>/dev/null || true

api="http://127.0.0.1:$((port + 1))/api/"
Slack__SigningSecret=signing-secret Slack__BotToken=xoxb-none dotnet "$work/bot/EightD.Bot.dll" --Playground:Enabled=false --urls "http://127.0.0.1:$port" \
  --Slack:ApiUrl="$api" --Storage:Path="$work/eightd.db" --Git:Remote="$work/reports.git" >"$work/log" 2>&1 &
running=$!
until curl -fs -o /dev/null "http://127.0.0.1:$port/readyz"; do kill -0 "$running"; sleep 0.01; done
echo "The bot, saving each:"
"${measure[@]}" "http://127.0.0.1:$port/slack/commands" "$seconds" "$api"
