#!/usr/bin/env bash
# Applies the plans that plan.sh saved of the stacks in STACKS.
set -euo pipefail
read -ra stacks <<< "$STACKS"
npx trailwatch apply "${stacks[@]}"
