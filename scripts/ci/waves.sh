#!/usr/bin/env bash
# Outputs to GitHub which stacks differ from the last successful deployment, in waves; all of them if there was none.
# Administrators deploy the roles for CI and the state bucket.
set -euo pipefail
most=5 # jobs wave-1 to wave-5 in deploy.yml
since=$(gh run list --workflow deploy.yml --branch "$GITHUB_REF_NAME" --status success --limit 1 \
  --json headSha --jq '.[0].headSha // ""')
npx trailwatch stacks ${since:+--changed-since "$since"} --except 'deployment-roles-*' --except state-backend \
  --json > stacks.json
jq -e --argjson most "$most" '.waves | length <= $most' stacks.json > /dev/null ||
  { echo "deploy.yml has $most waves, but these stacks need more: add a wave" >&2; exit 1; }
jq -r '.removed[] | "::warning::\(.) is no longer in the configuration; its resources remain until they are destroyed"' stacks.json
echo "waves=$(jq -c .waves stacks.json)" >> "$GITHUB_OUTPUT"
