#!/usr/bin/env bash
# Plans the stacks in STACKS (ids, separated by spaces) and lists in actions.txt which resources would be changed and
# how, without any values. A refused or failed plan ends the job.
set -euo pipefail
read -ra stacks <<< "$STACKS"
npx trailwatch plan "${stacks[@]}"
(cd .trailwatch/plans && grep -H '^  # ' -- */plan.log || true) | sort > actions.txt
cat actions.txt >> "${GITHUB_STEP_SUMMARY:-/dev/null}"
