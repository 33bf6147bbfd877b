#!/usr/bin/env bash
# Applies the plans that plan.sh saved of the stacks in STACKS.
# A run that is repeated later would put back what was right then: it must still be the newest. Needs GH_TOKEN.
set -euo pipefail
if [ "${GITHUB_RUN_ATTEMPT:-1}" -gt 1 ]; then
  newest=$(gh api "repos/$GITHUB_REPOSITORY/commits/$GITHUB_REF_NAME" --jq .sha)
  [ "$newest" = "$GITHUB_SHA" ] ||
    { echo "$GITHUB_REF_NAME is at $newest, this run at $GITHUB_SHA: start the workflow 'deploy' anew" >&2; exit 1; }
fi
read -ra stacks <<< "$STACKS"
npx trailwatch apply "${stacks[@]}"
