#!/usr/bin/env bash
# Writes the differences from a commit to review/: stacks and detections.
# Usage: scripts/ci/what-changes.sh <commit>
set -euo pipefail
npx trailwatch review review --changed-since "$1"
