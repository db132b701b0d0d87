#!/usr/bin/env bash
# Plans what a branch brings against BASE, and holds it to policies and approvals.
# The plan for people goes to plan/comment.md, whatever comes of it. No cache is believed, as a branch may bring one along.
set -euo pipefail

: "${BASE:?the commit to compare with}"
specs="${SPECS:-specs}"

mkdir -p plan
dps-gen plan "$specs" --no-cache --against "$BASE" --format markdown > plan/comment.md || true
if [ -n "${GITHUB_ACTIONS:-}" ]; then
    dps-gen plan "$specs" --no-cache --against "$BASE" --format github || true
fi
dps-gen check "$specs" --no-cache
dps-gen plan "$specs" --no-cache --against "$BASE" --detailed-exitcode
