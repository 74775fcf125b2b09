#!/usr/bin/env bash
# Takes the pictures of the README, of docs/slack.md and of docs/check.md anew, in a real browser (chromium) with a bot of its own.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
PICTURES="$PWD/docs/pictures" dotnet run --project tests/EightD.Bot.Tests -- --progress off --filter-class '*PictureTests' --filter-class '*InsightsTests'
