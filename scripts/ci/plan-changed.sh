#!/usr/bin/env bash
# Plans the stacks in review/stacks.json. Some may have no plan yet (exit code 2), because they read other stacks'
# outputs.
set -euo pipefail
mapfile -t stacks < <(jq -r '.waves[].include[].stack' review/stacks.json | tr ' ' '\n')
[ ${#stacks[@]} -gt 0 ] || exit 0
npx trailwatch plan "${stacks[@]}" --json > review/plans.json || [ $? -eq 2 ]
