#!/usr/bin/env bash
# Whole turns through the playground's API of the published build, 32 senders over 64 conversations. Usage: tests/load.sh [SECONDS] [8Ds | azurite]
# With a number: in a store that already holds so many 8Ds. With `azurite`: on Azurite, after its own raw conditional writes in the same run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
seconds=${1:-15} store=${2:-0} port=${PORT:-3997} blobs=${BLOB_PORT:-3996}
work=$(mktemp -d)
bot='' azurite=''
trap 'kill $bot $azurite 2>/dev/null || true; rm -rf "$work"' EXIT

dotnet publish src/EightD.Bot -c Release -o "$work/bot" -v quiet --nologo
dotnet build tests/EightD.Benchmarks -c Release -v quiet --nologo
measure=(dotnet tests/EightD.Benchmarks/bin/Release/net10.0/EightD.Benchmarks.dll)
settings=(--Storage:Path "$work/eightd.db")
if [ "$store" = azurite ]; then
  node tests/azurite/node_modules/azurite/dist/src/blob/main.js --blobHost 127.0.0.1 --blobPort "$blobs" --inMemoryPersistence --silent --disableTelemetry >"$work/azurite.log" &
  azurite=$!
  until curl -s -o /dev/null "http://127.0.0.1:$blobs/devstoreaccount1"; do kill -0 "$azurite"; sleep 0.05; done
  # the account and key that every Azurite has, by its documentation
  connection="DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;BlobEndpoint=http://127.0.0.1:$blobs/devstoreaccount1;"
  settings=(--Storage:Provider AzureBlob --Storage:ConnectionString "$connection")
  "${measure[@]}" raw "$connection" "$seconds" "${RAW_BYTES:-16384}"
elif [ "$store" -gt 0 ]; then
  "${measure[@]}" fill "$work/eightd.db" "$store"
fi

began=$(date +%s%N)
dotnet "$work/bot/EightD.Bot.dll" --Playground:Enabled=true --urls "http://127.0.0.1:$port" \
  "${settings[@]}" --Git:Remote "$work/reports.git" >"$work/log" 2>&1 &
bot=$!
until curl -fs -o /dev/null "http://127.0.0.1:$port/readyz"; do kill -0 "$bot"; sleep 0.01; done
echo "ready after $((($(date +%s%N) - began) / 1000000)) ms"
"${measure[@]}" load "http://127.0.0.1:$port" "$seconds" "$bot"
