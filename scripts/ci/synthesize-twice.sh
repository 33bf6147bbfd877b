#!/usr/bin/env bash
# The same accounts must produce the same JSON, byte for byte: otherwise every plan would show spurious changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
CDKTF_OUTDIR=$folder/first node scripts/synth.mjs
CDKTF_OUTDIR=$folder/second node scripts/synth.mjs
diff -r "$folder/first" "$folder/second"
