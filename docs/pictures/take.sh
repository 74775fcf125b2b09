#!/usr/bin/env bash
# Takes the README's picture anew, in a real browser (chromium) with a bot of its own.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
PICTURES="$PWD/docs/pictures" dotnet run --project tests/EightD.Bot.Tests -- --progress off --filter-class '*PictureTests'
