#!/usr/bin/env bash
# What a repository of 2,000 reports costs against one of 20, over HTTP from git's own server on this machine: clone, look, publish, search.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build tests/EightD.Benchmarks -c Release -v quiet --nologo
dotnet tests/EightD.Benchmarks/bin/Release/net10.0/EightD.Benchmarks.dll git "$work"
