#!/usr/bin/env bash
# Every test, on a machine with the .NET 10 SDK: installs what is missing (Debian), builds once, runs all, and ends with
# the line `N passed, N failed, N skipped`. Exits non-zero when anything failed.
# With --long the crash test takes 200 rounds a store, and docs/proof/crash-DATE.md says what came of them; calls are counted over a million 8Ds.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

missing=()
command -v git >/dev/null || missing+=(git)
command -v chromium >/dev/null || missing+=(chromium)
command -v node >/dev/null || missing+=(nodejs)
command -v npm >/dev/null || missing+=(npm)
[ -x /usr/sbin/sshd ] || missing+=(openssh-server)
command -v ssh >/dev/null || missing+=(openssh-client)
if [ ${#missing[@]} -gt 0 ]; then
  echo "Installing ${missing[*]} …"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/dev/null 2>&1 \
    || echo "Could not install ${missing[*]}; the tests that need it fail."
fi

for folder in azurite slack-judges teams-judges sarif-judge; do
  [ "tests/$folder/package-lock.json" -nt "tests/$folder/node_modules/.package-lock.json" ] || continue
  echo "Installing what tests/$folder names …"
  (cd "tests/$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null 2>&1) || echo "Could not install it; the tests that need it fail."
done

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
passed=0 failed=0 skipped=0

if ! dotnet build EightD.Bot.sln --nologo -v quiet -clp:NoSummary; then
  echo "The build failed."
  echo "0 passed, 1 failed, 0 skipped"
  exit 1
fi

if [ "${1:-}" = --long ]; then
  export CRASH_ROUNDS=200 CRASH_PROOF=$results/crash EIGHTD_LONG=1
fi

for project in tests/*.Tests/*.csproj; do
  name=$(basename "$project" .csproj)
  echo "== $name"
  # One that hangs is named, every five minutes, and ended after fifty.
  timeout -k 10 50m dotnet run --no-build --project "$project" -- --progress off --output Normal --long-running 300 --xunit-diagnostics on >"$results/$name.raw" 2>&1
  status=$?
  sed -E 's/\x1b\[[0-9;]*[A-Za-z]//g' "$results/$name.raw" >"$results/$name" # colours, which the runner adds where CI is set
  grep -vE '^(Running tests|  from |Out of process|[{]"Timestamp")' "$results/$name" | tail -n 200
  count() { sed -nE "s/^ +$1: ([0-9]+).*/\1/p" "$results/$name" | tail -n 1; }
  p=$(count succeeded) f=$(count failed) s=$(count skipped)
  if [ -z "$p" ] || { [ "$status" -ne 0 ] && [ "${f:-0}" -eq 0 ]; }; then f=$((${f:-0} + 1)); fi
  passed=$((passed + ${p:-0})) failed=$((failed + ${f:-0})) skipped=$((skipped + ${s:-0}))
done

if [ -n "${CRASH_PROOF:-}" ] && [ -f "$CRASH_PROOF" ]; then
  proof=docs/proof/crash-$(date -u +%F).md
  mkdir -p docs/proof
  {
    echo "# Crash test of $(date -u +%F)"
    echo
    echo "\`bash tests/run.sh --long\` on commit $(git rev-parse HEAD)$(git diff --quiet HEAD || echo ' with changes that were not committed'):"
    echo
    cat "$CRASH_PROOF"
  } >"$proof"
  echo "What came of the crash test stands in $proof."
fi

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
