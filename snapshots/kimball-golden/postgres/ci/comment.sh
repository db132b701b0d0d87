#!/usr/bin/env bash
# Renews the one comment of a pull request. plan/ comes from a run that may be a
# fork's, so nothing in it is believed: the pull request must be at the commit HEAD
# of that run, and the text must be a plan, which is inert.
set -euo pipefail

: "${REPOSITORY:?}" "${HEAD:?the commit of the run}"
mark='<!-- dps-gen plan -->'

number=$(head -c 20 plan/number | tr -cd '0-9')
if [ "$(gh api "repos/$REPOSITORY/pulls/$number" --jq .head.sha)" != "$HEAD" ]; then
    echo "Pull request $number is not at $HEAD: no comment."
    exit 0
fi
if [ "$(head -c ${#mark} plan/comment.md)" != "$mark" ]; then
    echo "There is no plan to comment with."
    exit 1
fi
head -c 65000 plan/comment.md > comment.md

own=".[] | select(.user.type == \"Bot\" and (.body | startswith(\"$mark\"))) | .id"
id=$(gh api --paginate "repos/$REPOSITORY/issues/$number/comments" --jq "$own" | head -n 1)
if [ -n "$id" ]; then
    gh api --silent --method PATCH "repos/$REPOSITORY/issues/comments/$id" --field body=@comment.md
else
    gh api --silent --method POST "repos/$REPOSITORY/issues/$number/comments" --field body=@comment.md
fi
