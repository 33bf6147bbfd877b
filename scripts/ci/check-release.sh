#!/usr/bin/env bash
# Fails unless a tag is the version of package.json, with its changelog and its record: check-release.sh v1.2.3
set -euo pipefail

version=$(node -p 'require("./package.json").version')
problems=()
[ "$1" = "v$version" ] || problems+=("The tag must be v$version, as in package.json, got '$1'.")
grep -qF "## [$version] - " CHANGELOG.md || problems+=("CHANGELOG.md must have a section '## [$version] - <date>'.")
[ -f "releases/$version/record.json" ] || problems+=("releases/$version must exist: run 'npm run release:record' and commit it.")

if [ "${#problems[@]}" -gt 0 ]; then
  printf '%s\n' "${problems[@]}" >&2
  exit 1
fi
