#!/usr/bin/env bash
# The same accounts make the same JSON, byte for byte: else every plan would show changes that nobody made.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
CDKTF_OUTDIR=$folder/first npx tsx main.ts
CDKTF_OUTDIR=$folder/second npx tsx main.ts
diff -r "$folder/first" "$folder/second"
