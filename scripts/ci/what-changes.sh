#!/usr/bin/env bash
# Writes to review/ what is different from a commit: stacks, and what detections mean.
# Usage: scripts/ci/what-changes.sh <commit>
set -euo pipefail
npx trailwatch review review --changed-since "$1"
