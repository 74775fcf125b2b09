#!/usr/bin/env bash
# Plays two weeks in the playground, each day in a process of its own that believes to run on that day (libfaketime), and prints what people are told.
# Nothing of the bot knows that the time is not the true one. Needs: the .NET SDK, Node, the Debian package faketime (installed where it is missing).
set -euo pipefail
cd "$(dirname "$0")/.."
command -v faketime > /dev/null || apt-get install -y faketime > /dev/null
library=$(find /usr/lib -name libfaketimeMT.so.1 | head -1)
dotnet build src/EightD.Bot -c Release -v quiet -clp:NoSummary
bot=$PWD/src/EightD.Bot/bin/Release/net10.0/EightD.Bot.dll
folder=$(mktemp -d)
port=${PORT:-3990}
pid=
trap '[ -z "$pid" ] || kill "$pid" 2> /dev/null || true; rm -rf "$folder"' EXIT

say() { curl -sf -H 'content-type: application/json' -d "$(node -e 'console.log(JSON.stringify({user: process.argv[1], text: process.argv[2], thread: null}))' "$1" "$2")" "http://127.0.0.1:$port/playground/api/conversations/ops/messages" > /dev/null; }

# Everything that is new since the last look: in the conversation, and in people's own chats.
look() {
  node -e '
    const fs = require("fs"), [base, seen] = process.argv.slice(1);
    const known = new Map(fs.existsSync(seen) ? JSON.parse(fs.readFileSync(seen)) : []);
    const show = async (where, path) => {
      for (const message of (await (await fetch(base + path)).json()).messages) {
        const text = message.text + (message.card ? message.card.buttons.map(button => ` [${button.label}]`).join("") : "");
        if (message.from !== "8D Bot" || known.get(message.id) === text) continue;
        console.log(`  ${where}${known.has(message.id) ? " (edited)" : message.thread ? " (in the thread)" : ""}\n    ${text.replaceAll("\n", "\n    ")}`);
        known.set(message.id, text);
      }
    };
    (async () => {
      await show("to everybody", "/playground/api/conversations/ops?user=nobody");
      for (const person of ["ana", "bo", "lea", "cora"]) await show(`to ${person}`, `/playground/api/people/${person}/messages`);
      await show("to ana alone", "/playground/api/conversations/ops?user=ana");
      fs.writeFileSync(seen, JSON.stringify([...known]));
    })();' "http://127.0.0.1:$port" "$folder/seen.json"
}

# A day: the process believes that it is that time, people say something, what is new is printed.
day() {
  echo "== $(TZ=UTC date -d "$1" '+%A, %Y-%m-%d %H:%M')"
  (cd "$folder" && exec env LD_PRELOAD="$library" FAKETIME="@$1" TZ=UTC dotnet "$bot" "--urls=http://127.0.0.1:$port" --Playground:Enabled=true --Reminders:Interval=00:00:00.5 --Interview:Pause=00:00:00 --Logging:LogLevel:Default=Warning > "$folder/log" 2>&1) &
  pid=$!
  for _ in $(seq 100); do curl -sf "http://127.0.0.1:$port/healthz" > /dev/null && break; sleep 0.2; done
  shift
  for said in "$@"; do
    echo "  ${said%%:*} says: ${said#*:}"
    say "${said%%:*}" "${said#*:}"
  done
  sleep 2.5
  look
  kill "$pid"
  wait "$pid" || true
  pid=
}

day '2024-12-12 16:00:00' 'ana:/8d start Checkout is down' 'ana:/8d team add @lea Lead' 'ana:/8d team add @cora Champion' 'ana:/8d answer D3.temporary Timeout raised to 60 s' \
  'ana:/8d action add Create the index @bo by 2024-12-13' 'ana:/8d resolved'
day '2024-12-13 09:00:05'
day '2024-12-14 09:00:05'
day '2024-12-16 09:00:05'
day '2024-12-16 14:00:00'
day '2024-12-17 09:00:05' 'ana:/8d remind'
day '2024-12-18 09:00:05'
day '2024-12-19 09:00:05'
day '2024-12-20 09:00:05'
day '2024-12-23 09:00:05'
day '2024-12-24 09:00:05' 'bo:/8d action done 1' 'ana:/8d temp 1 removed'
day '2025-01-22 09:00:05'
day '2025-01-23 09:00:05'
