#!/usr/bin/env bash
# Writes to review/ what is different from a commit: stacks, and what detections mean.
# Usage: scripts/ci/what-changes.sh <commit>
set -euo pipefail
mkdir -p review
npx trailwatch stacks --changed-since "$1" --json > review/stacks.json
npx trailwatch detections --changed-since "$1" --markdown > review/detections.md
