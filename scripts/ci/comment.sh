#!/usr/bin/env bash
# Writes a file into our comment on a pull request, creating or replacing it. Needs GH_TOKEN, GITHUB_REPOSITORY and
# PULL_REQUEST.
# Usage: scripts/ci/comment.sh <file>
set -euo pipefail
comments=repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments
ours='.[] | select(.user.login == "github-actions[bot]" and (.body | startswith("<!-- trailwatch -->"))) | .id'
id=$(gh api "$comments" --paginate --jq "$ours" | head -n 1)
if [ -n "$id" ]; then
  gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" --field "body=@$1" --silent
else
  gh api --method POST "$comments" --field "body=@$1" --silent
fi
