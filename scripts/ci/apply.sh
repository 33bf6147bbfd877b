#!/usr/bin/env bash
# Applies the plans that plan.sh saved for the stacks in STACKS.
# Rerunning an old run would restore an old configuration, so the run must be the newest. Needs GH_TOKEN.
set -euo pipefail
if [ "${GITHUB_RUN_ATTEMPT:-1}" -gt 1 ]; then
  newest=$(gh api "repos/$GITHUB_REPOSITORY/commits/$GITHUB_REF_NAME" --jq .sha)
  [ "$newest" = "$GITHUB_SHA" ] ||
    { echo "$GITHUB_REF_NAME is at $newest, this run at $GITHUB_SHA: start a new run of the workflow 'deploy'" >&2; exit 1; }
fi
read -ra stacks <<< "$STACKS"
npx trailwatch apply "${stacks[@]}"
