#!/usr/bin/env bash
# Plays a whole 8D in a stand-in Slack with the published bot, each a process of its own, and writes what people see. It fails where the report in Git is not
# the sample, byte for byte. Usage: tests/slack-play.sh [http|socket]; without a word both, one after the other.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

dotnet publish src/EightD.Bot -c Release -o "$work/bot" -v quiet --nologo
dotnet build tests/EightD.Bot.Tests -v quiet --nologo -clp:NoSummary
for way in ${1:-http socket}; do
  dotnet tests/EightD.Bot.Tests/bin/Debug/net10.0/EightD.Bot.Tests.dll play "$way" "$work/bot"
done
